"""Answers, sources and forms as Slack shows them: pure functions from nouns to what Slack is sent."""

from askpcc.surfaces.slack.answers.building import build_answer
from askpcc.surfaces.slack.answers.forms import build_feedback_modal, build_question_modal
from askpcc.surfaces.slack.answers.messages import Message, Shown
from askpcc.surfaces.slack.answers.progress import loading_lines
from askpcc.surfaces.slack.answers.source_modal import build_source_modal

__all__ = [
    "Message",
    "Shown",
    "build_answer",
    "build_feedback_modal",
    "build_question_modal",
    "build_source_modal",
    "loading_lines",
]
