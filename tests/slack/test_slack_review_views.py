"""What reviewers see: the message about an answer that waits, and the form for a verdict."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from askpcc.errors import VerdictError
from askpcc.model import (
    RecordedAnswer,
    Ruling,
    Verdict,
    Why,
)
from askpcc.slack.blocks import Block, say
from askpcc.slack.listeners.review_actions import field_of
from askpcc.slack.mrkdwn import escape_line
from askpcc.slack.views.review_forms import (
    REASONS,
    Case,
    build_case,
    build_verdict_form,
    format_correction,
    format_reason,
    format_verdict,
)
from loopback_slack.blocks import check_message, check_view
from support.slack_nouns import AT, hostile_texts, live_parts, make_abstaining, make_inquiry, make_recorded

PATHS = [f"folder/response-{number}.pdf" for number in range(1, 251)]


def make_case(recorded: RecordedAnswer | None = None, words: str = "is rec 4 done?", **more: Any) -> Case:  # noqa: ANN401 - fields of a case
    fields: dict[str, Any] = {"why": tuple(Why), "lapse": "The passage that it cites has changed."}
    return Case(make_inquiry(words), recorded or make_recorded(), **(fields | more))


def build_form(case: Case, documents: Sequence[str] = PATHS) -> Block:
    view = build_verdict_form(case, documents)
    assert check_view(view) == []
    return view


def inputs(view: Block) -> dict[str, Block]:
    return {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}


def verdict(ruling: Ruling, comment: str = "", **more: Any) -> Verdict:  # noqa: ANN401 - fields of a verdict
    return Verdict("v1", "a1", "U0REVIEWER", AT, ruling, comment=comment, **more)


def test_the_message_tells_the_question_and_each_reason() -> None:
    message = build_case(make_case())
    assert check_message(message.blocks) == []
    assert message.text.startswith("To be reviewed: *is rec 4 done?*\nBecause ")
    assert all(words in message.text for words in REASONS.values())
    assert "its approval has lapsed. The passage that it cites has changed." in message.text


def test_an_answer_that_does_not_wait_has_no_reasons() -> None:
    case = make_case(why=(), lapse="")
    assert format_reason(case) == ""
    assert build_case(case).text == "To be reviewed: *is rec 4 done?*"


def test_each_reason_has_its_words() -> None:
    assert set(REASONS) == set(Why)


def test_forty_statements_are_judged_each_and_the_form_stays_within_the_limits() -> None:
    for times in [1, 15, 40, 41, 120]:
        view = build_form(make_case(make_recorded(times=times), earlier=verdict(Ruling.REJECTED)))
        judged = [name for name in inputs(view) if name.startswith("statement")]
        assert judged == [f"statement{number}" for number in range(1, min(times, 40) + 1)]
        assert len(view["blocks"]) <= 100


def test_a_form_that_does_not_show_all_says_so() -> None:
    assert "The rest stands under" in str(build_form(make_case(make_recorded(times=60))))
    assert "The rest stands under" not in str(build_form(make_case(make_recorded(times=3))))


def test_a_silent_answer_is_shown_with_the_nearest_words() -> None:
    view = build_form(make_case(make_abstaining("The documents do not say.", "Near by.")))
    assert "The documents do not say." in str(view["blocks"])
    assert "“Near by.”" in str(view["blocks"])
    assert list(inputs(view)) == ["ruling", "comment", "document", "words", "status"]


def test_the_ruling_alone_is_asked_for() -> None:
    view = build_form(make_case())
    assert [name for name, block in inputs(view).items() if not block.get("optional")] == ["ruling"]


def test_documents_are_offered_as_far_as_a_menu_goes_and_once() -> None:
    options = inputs(build_form(make_case(), [PATHS[0], *PATHS]))["document"]["element"]["options"]
    assert [option["value"] for option in options] == PATHS[:100]


def test_a_form_without_a_document_to_choose_has_no_menu_of_them() -> None:
    for documents in [[], ["x" * 151], ["\x00"], [" "]]:
        assert "document" not in inputs(build_form(make_case(), documents))


def test_a_long_path_is_known_by_its_end() -> None:
    (option,) = inputs(build_form(make_case(), ["f/" * 60 + "a.pdf"]))["document"]["element"]["options"]
    assert option["text"]["text"].endswith("/a.pdf")
    assert option["value"] == "f/" * 60 + "a.pdf"


RULINGS = [
    (Ruling.APPROVED, "Reviewed and approved by Robin on 4 March 2026."),
    (Ruling.CORRECTED, "Corrected by Robin on 4 March 2026."),
    (Ruling.REJECTED, "Reviewed by Robin on 4 March 2026: do not rely on this answer."),
]


def test_a_verdict_names_who_gave_it_and_when() -> None:
    for ruling, words in RULINGS:
        assert format_verdict(verdict(ruling), "Robin") == words
        assert format_verdict(verdict(ruling, " \n "), "Robin") == words
        assert format_verdict(verdict(ruling, "See\nthe letter."), "Robin") == f"{words} “See the letter.”"


def test_a_correction_is_told_with_its_words_and_number() -> None:
    assert format_correction(make_recorded("Complete", "It is done.").answer) == "Complete: “It is done.” [1]"


FIELDS = ["ruling", "judgements", "comment", "document", "words", "status"]
fields = st.sampled_from(["ruling", "words", "document", "comment", "status", "statement1", "else"])
values = st.sampled_from([*Ruling, "", " ", "x"]) | hostile_texts


@settings(deadline=None, max_examples=50, derandomize=True)
@given(st.dictionaries(fields, values), st.sampled_from(FIELDS))
def test_faults_stand_at_fields_that_each_form_has(sent: dict[str, str], field: str) -> None:
    error = VerdictError("It cannot stand.", field)
    assert field_of(error, sent) in {"ruling", "words", "comment", "status", *({"document"} & set(sent))}


@settings(deadline=None, max_examples=12, derandomize=True)
@given(hostile_texts, st.integers(min_value=1, max_value=45))
def test_hostile_words_stay_words_in_what_reviewers_see(text: str, times: int) -> None:
    said = replace(verdict(Ruling.CORRECTED, text), reviewer=text)
    recorded = make_recorded(text, text or "x", times)
    noted = replace(recorded, answer=replace(recorded.answer, note=text))
    for answered in (recorded, noted, make_abstaining(text, text or "x")):
        case = make_case(answered, text, lapse=text, earlier=said)
        message, view = build_case(case), build_form(case, [text, *PATHS, text * 2])
        assert check_message(message.blocks) == []
        assert live_parts([*message.blocks, *view["blocks"]], message.text) == []
    told = say(f"{escape_line(format_verdict(said, text))}\n{format_correction(recorded.answer)}")
    assert check_message(told.blocks) == []
    assert live_parts(told.blocks, told.text) == []
