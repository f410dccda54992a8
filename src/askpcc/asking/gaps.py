"""All the reasons not to answer, in the order in which they are looked for."""

from collections.abc import Callable, Sequence

from askpcc.asking import abstaining, silences
from askpcc.asking.abstaining import Gap
from askpcc.asking.ambiguity import find_ambiguity
from askpcc.asking.asked_facts import read_asked_facts
from askpcc.asking.shelf import Shelf
from askpcc.asking.subject import find_no_subject, find_unspoken
from askpcc.model import Draft, Question, Ranked


def find_gap(
    question: Question, ranked: Sequence[Ranked], shelf: Shelf, frequency_of: Callable[[str], int]
) -> Gap | None:
    """Return why a question cannot be answered from what was found, before anything is drafted.

    frequency_of: how many passages hold a Porter stem.
    """
    passages = [found.sentence.passage for found in ranked]
    gap = (
        abstaining.find_force_gap(question, shelf.held)
        or abstaining.find_unknown_force(question, frequency_of)
        or abstaining.find_unknown_name(question, frequency_of)
        or abstaining.find_unsafe(question)
        or abstaining.find_item_gap(question, passages)
        or silences.find_typed_deadline(question, ranked)
        or silences.find_forecast(question)
        or find_no_subject(question)
        or silences.find_doubtful_date(question, ranked)
    )
    if gap or read_asked_facts(question.words):
        return gap
    return (
        find_ambiguity(question, ranked, shelf.cards)
        or abstaining.find_silence(question, ranked)
        or find_unspoken(question, ranked)
        or silences.find_admission(question, ranked)
    )


def find_gap_of_drafts(
    question: Question, ranked: Sequence[Ranked], drafts: Sequence[Draft], shelf: Shelf
) -> Gap | None:
    """Return why what was drafted is no answer to a question."""
    return (
        silences.find_unstated_date(question, ranked, drafts, shelf.cards)
        or abstaining.find_attached(question, ranked, drafts)
        or abstaining.find_unstated(question, drafts)
        or silences.find_pledge(question, ranked)
        or silences.find_false_premise(question, drafts)
        or silences.find_only_finding(question, ranked, drafts)
    )
