"""An answer as text and as JSON.  The JSON shape is a public interface: what changes here breaks somebody."""

import json
from dataclasses import replace
from typing import Any

from askpcc.asking.answering import Answered
from askpcc.model import (
    Answer,
    BlockKind,
    Citation,
    Concept,
    Passage,
    Question,
    Ranked,
    Reason,
    Sentence,
    Span,
    Statement,
    Status,
    Wanted,
)
from askpcc.rendering.results import (
    as_json,
    as_text,
    body,
    format_explanation,
    mark,
    number_citations,
    visible,
    write_json,
)
from support.cases import cases

QUESTION = Question(
    words="is rec 5 done",
    wanted=Wanted.STATUS,
    subject="is rec 5 done",
    forces=("Borsetshire Police",),
    items=("recommendation 5",),
    concepts=(Concept(1.0, ((("custodi",), 1.0),)),),
)
FIRST = Citation(
    document="2024/borsetshire.pdf",
    version="0123456789abcdef",
    title="Response on custody",
    span=Span(120, 152),
    quote="Recommendation 5 is\n**complete**.",
    page=2,
    url="https://borsetshire.example/response",
)
SECOND = Citation("midsomer.md", "fedcba9876543210", "midsomer.md", Span(0, 14), "It is under way")
ANSWER = Answer(
    question=QUESTION,
    statements=(
        Statement("", (FIRST,), Status.COMPLETE),
        Statement("Midsomer has begun", (SECOND, FIRST)),
    ),
    index_version="7f3a",
)
ABSTAINING = Answer(
    question=QUESTION,
    statements=(),
    reason=Reason.DOCUMENT_SILENT,
    nearest=(SECOND,),
    note="The documents do not say.",
    index_version="7f3a",
)

ANSWER_IN_JSON = {
    "id": "q1",
    "question": "is rec 5 done",
    "kind": "status",
    "abstained": False,
    "reason": None,
    "verdict": "",
    "text": ("“Recommendation 5 is complete.” [1]\n\nMidsomer has begun: “It is under way” [2] [1]"),
    "claims": [
        {
            "text": "“Recommendation 5 is complete.”",
            "status": "complete",
            "citations": [
                {
                    "document": "2024/borsetshire.pdf",
                    "version": "0123456789abcdef",
                    "title": "Response on custody",
                    "start": 120,
                    "end": 152,
                    "quote": "Recommendation 5 is\n**complete**.",
                    "page": 2,
                    "url": "https://borsetshire.example/response",
                }
            ],
        },
        {
            "text": "Midsomer has begun: “It is under way” “Recommendation 5 is complete.”",
            "status": None,
            "citations": [
                {
                    "document": "midsomer.md",
                    "version": "fedcba9876543210",
                    "title": "midsomer.md",
                    "start": 0,
                    "end": 14,
                    "quote": "It is under way",
                    "page": None,
                    "url": None,
                },
                {
                    "document": "2024/borsetshire.pdf",
                    "version": "0123456789abcdef",
                    "title": "Response on custody",
                    "start": 120,
                    "end": 152,
                    "quote": "Recommendation 5 is\n**complete**.",
                    "page": 2,
                    "url": "https://borsetshire.example/response",
                },
            ],
        },
    ],
    "nearest": [],
    "index_version": "7f3a",
    "ms": 12,
}
ANSWER_TYPES = {
    "id": (str, int, type(None)),
    "question": (str,),
    "kind": (str,),
    "abstained": (bool,),
    "reason": (str, type(None)),
    "verdict": (str,),
    "text": (str,),
    "claims": (list,),
    "nearest": (list,),
    "index_version": (str,),
    "ms": (int, type(None)),
}
CLAIM_TYPES = {"text": (str,), "status": (str, type(None)), "citations": (list,)}
CITATION_TYPES = {
    "document": (str,),
    "version": (str,),
    "title": (str,),
    "start": (int,),
    "end": (int,),
    "quote": (str,),
    "page": (int, type(None)),
    "url": (str, type(None)),
}


def check_types(shape: dict[str, Any], types: dict[str, tuple[type, ...]]) -> None:
    assert list(shape) == list(types)
    assert [name for name, value in shape.items() if type(value) not in types[name]] == []


def test_an_answer_has_exactly_this_shape() -> None:
    shape = as_json(ANSWER, "q1", 12)
    assert shape == ANSWER_IN_JSON
    assert json.dumps(shape) == json.dumps(ANSWER_IN_JSON)


@cases("answer", [ANSWER, ABSTAINING])
def test_keys_have_their_order_and_types(answer: Answer) -> None:
    shape = as_json(answer, "q1", 12)
    check_types(shape, ANSWER_TYPES)
    for claim in shape["claims"]:
        check_types(claim, CLAIM_TYPES)
        for citation in claim["citations"]:
            check_types(citation, CITATION_TYPES)
    for citation in shape["nearest"]:
        check_types(citation, CITATION_TYPES)


def test_an_abstaining_answer_has_its_reason_no_claims_and_the_nearest_words() -> None:
    shape = as_json(ABSTAINING, None, 3)
    assert (shape["abstained"], shape["reason"], shape["claims"]) == (True, "document_silent", [])
    assert shape["text"] == (
        "The documents do not say.\n\nThe nearest that the documents say:\n\n“It is under way” [1]"
    )
    assert [citation["document"] for citation in shape["nearest"]] == ["midsomer.md"]


@cases("reason", Reason)
@cases("wanted", Wanted)
def test_reasons_and_kinds_are_plain_words(reason: Reason, wanted: Wanted) -> None:
    answer = replace(ABSTAINING, reason=reason, question=replace(QUESTION, wanted=wanted))
    shape = json.loads(write_json(as_json(answer)))
    assert (shape["reason"], shape["kind"]) == (reason.value, wanted.value)


@cases("identifier", [None, 7, "q1", ["a", 1], {"thread": "x"}])
def test_an_id_comes_back_as_it_was_sent(identifier: object) -> None:
    assert json.loads(write_json(as_json(ANSWER, identifier)))["id"] == identifier


def test_a_source_has_one_number_in_text_and_list() -> None:
    assert number_citations(ANSWER) == {FIRST: 1, SECOND: 2}


def test_text_for_a_terminal_lists_its_sources() -> None:
    assert as_text(ANSWER) == (
        "“Recommendation 5 is complete.” [1]\n\n"
        "Midsomer has begun: “It is under way” [2] [1]\n\n"
        "Sources\n"
        "[1] Response on custody\n"
        "    2024/borsetshire.pdf, page 2, characters 120:152\n"
        "    https://borsetshire.example/response\n"
        "[2] midsomer.md\n"
        "    midsomer.md, characters 0:14"
    )


def test_an_answer_without_sources_lists_none() -> None:
    assert as_text(replace(ABSTAINING, nearest=())) == "The documents do not say."


@cases(("withheld", "told"), [(1, "1 of the statements"), (2, "2 of the statements")])
def test_what_was_withheld_is_told(withheld: int, told: str) -> None:
    last = body(replace(ANSWER, withheld=withheld)).split("\n\n")[-1]
    assert last.startswith(told)
    assert ("was withheld" in last) is (withheld == 1)


def test_an_explanation_shows_reading_and_candidates() -> None:
    passage = Passage("id", "a.md", "v", 0, BlockKind.PARAGRAPH, Span(5, 10), "Done.", "Done.")
    sentence = Sentence(passage, Span(5, 10), "Done.", frozenset(), frozenset(), frozenset())
    ranked = Ranked(sentence, 1.25, parts={"own": 1.0, "dense": 0.25, "date": 0.0})
    assert format_explanation(Answered(ANSWER, (ranked,))).splitlines() == [
        "wanted: status",
        "forces: Borsetshire Police",
        "items: recommendation 5",
        "about: custodi",
        "embedded: is rec 5 done",
        " 1 1.25  a.md 5  (own +1.00 dense +0.25)",
        "    Done.",
    ]


def test_a_place_is_cut_out_with_its_surroundings() -> None:
    assert mark("abcdef", 2, 4) == ("ab", "cd", "ef")
    assert mark("abcdef", 2, 4, around=1) == ("b", "cd", "e")
    assert mark("abcdef", 0, 6) == ("", "abcdef", "")


def test_what_can_be_seen_stays() -> None:
    text = "Tab\tand line\nfeed, “quotes”, é, 谁, \U0001f693 – all of it"
    assert visible(text) == text
