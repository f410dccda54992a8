"""Who is spoken to: the assistant, or other people."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askpcc.surfaces.slack.talk import Addressed
from support.slack_talk import TalkCase, measure, read_talk_cases

CASES = read_talk_cases("slack_talk.toml")
FURTHER = read_talk_cases("slack_talk_further.toml")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_assistant_is_spoken_to_only_where_it_is_meant(case: TalkCase) -> None:
    assert case.judge() == case.expects


def test_further_talk_is_judged_well_enough() -> None:
    precision, recall = measure(FURTHER)
    assert precision >= 0.95
    assert recall >= 0.95


@settings(deadline=None)
@given(st.text(), st.sampled_from(["dm", "thread", "channel"]), st.booleans())
def test_any_words_are_judged(says: str, where: str, muted: bool) -> None:
    assert TalkCase(says, "", where=where, muted=muted).judge() in Addressed


@pytest.mark.parametrize("says", ["ok " * 20_000, "hi, " * 10_000, "and what about " * 2_000, "*" * 40_000])
def test_long_words_are_judged_at_once(says: str) -> None:
    assert TalkCase(says, "").judge() in Addressed


def test_the_cases_are_balanced() -> None:
    follow_ups = [case for case in CASES if case.where == "thread" and "<@BOT>" not in case.says]
    wanted = sum(case.expects == "yes" for case in follow_ups)
    assert abs(wanted - (len(follow_ups) - wanted)) <= len(follow_ups) / 4
