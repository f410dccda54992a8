"""Who is spoken to: the assistant, or other people."""

from hypothesis import given, settings
from hypothesis import strategies as st

from askpcc.slack.intake import MessageClass
from support.slack_talk import TalkCase, measure, read_talk_cases

CASES = read_talk_cases("slack_talk.toml")
FURTHER = read_talk_cases("slack_talk_further.toml")


def test_the_assistant_is_spoken_to_only_where_it_is_meant() -> None:
    assert [str(case) for case in CASES if case.judge() != case.expects] == []


def test_further_talk_is_judged_well_enough() -> None:
    precision, recall = measure(FURTHER)
    assert precision >= 0.95
    assert recall >= 0.95


@settings(deadline=None, max_examples=30, derandomize=True)
@given(st.text(), st.sampled_from(["dm", "thread", "channel"]), st.booleans())
def test_any_words_are_judged(says: str, where: str, muted: bool) -> None:
    assert TalkCase(says, "", where=where, muted=muted).judge() in MessageClass


def test_long_words_are_judged_at_once() -> None:
    for says in ("ok " * 20_000, "hi, " * 10_000, "and what about " * 2_000, "*" * 40_000):
        assert TalkCase(says, "").judge() in MessageClass
