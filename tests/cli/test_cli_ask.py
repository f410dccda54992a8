"""``askpcc ask``, with the bundled model."""

import json
from typing import Any

from support.command_line import Desk

KEYS = {
    "id",
    "question",
    "kind",
    "abstained",
    "reason",
    "verdict",
    "text",
    "claims",
    "nearest",
    "index_version",
    "ms",
}
CITATION = {"document", "version", "title", "start", "end", "quote", "page", "url"}
BACKLOG = "Has the backlog of online abuse referrals been cleared in Borsetshire?"
ABSENT = "How many drones does Borsetshire Police fly?"


def citations_of(answer: dict[str, Any]) -> list[dict[str, Any]]:
    cited = [citation for claim in answer["claims"] for citation in claim["citations"]]
    return [*cited, *answer["nearest"]]


def test_an_answer_in_words_quotes_its_sources_and_says_where_they_stand(reading_desk: Desk) -> None:
    result = reading_desk.run("ask", BACKLOG)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "The backlog of 140 online abuse referrals was cleared in January 2024.” [1]" in result.stdout
    sources = result.stdout.partition("\n\nSources\n[1] ")[2]
    assert "\n    borsetshire-child-protection-2024.md, characters 1785:1855\n" in f"{sources}\n"


def test_an_answer_as_json_has_exactly_the_public_keys(reading_desk: Desk) -> None:
    answer = reading_desk.run_json("ask", BACKLOG)
    assert set(answer) == KEYS
    assert (answer["id"], answer["question"], answer["abstained"]) == (None, BACKLOG, False)
    assert all(set(claim) == {"text", "status", "citations"} for claim in answer["claims"])
    assert citations_of(answer)
    assert all(set(citation) == CITATION for citation in citations_of(answer))


def test_every_quote_stands_where_its_citation_says(reading_desk: Desk) -> None:
    _, answers = reading_desk.ask_lines(
        *(json.dumps({"id": n, "question": question}) for n, question in enumerate([BACKLOG, ABSENT]))
    )
    for citation in (citation for answer in answers for citation in citations_of(answer)):
        place = f"{citation['start']}:{citation['end']}"
        shown = reading_desk.run(
            "show", citation["document"], "--version", citation["version"], "--at", place
        ).stdout_bytes.decode()
        assert shown == citation["quote"]


def test_what_no_document_says_is_not_answered(reading_desk: Desk) -> None:
    answer = reading_desk.run_json("ask", ABSENT)
    assert (answer["abstained"], answer["claims"]) == (True, [])
    assert answer["reason"] == "document_silent"
    assert answer["text"]


def test_the_thread_tells_what_a_follow_up_is_about(reading_desk: Desk) -> None:
    answer = reading_desk.run_json("ask", "and when was that cleared?", "--history", BACKLOG)
    assert "borsetshire-child-protection-2024.md" in {c["document"] for c in citations_of(answer)}


def test_an_explanation_goes_to_stderr_only(reading_desk: Desk) -> None:
    plain, explained = reading_desk.run("ask", BACKLOG), reading_desk.run("ask", BACKLOG, "--explain")
    assert explained.stdout == plain.stdout
    assert "wanted: status" in explained.stderr
    assert "forces: Borsetshire Police" in explained.stderr


def test_each_line_is_answered_in_turn_and_a_bad_one_gives_its_error(reading_desk: Desk) -> None:
    lines = [
        json.dumps({"id": "a", "question": BACKLOG}),
        "",
        "no JSON",
        "[]",
        json.dumps({"id": 7}),
        json.dumps({"id": 8, "question": "  "}),
        json.dumps({"id": 9, "question": ABSENT, "history": "no list"}),
        json.dumps({"id": {"any": "value"}, "question": ABSENT, "history": [BACKLOG]}),
    ]
    result, answers = reading_desk.ask_lines(*lines)
    assert result.exit_code == 1
    assert [answer["id"] for answer in answers] == ["a", None, None, 7, 8, 9, {"any": "value"}]
    assert [set(answer) == KEYS for answer in answers] == [True, *[False] * 5, True]
    assert all(set(answer) == {"id", "error"} for answer in answers[1:6])
    complaints = result.stderr.splitlines()
    assert [line.split(":")[0] for line in complaints] == [f"line {number}" for number in (3, 4, 5, 6, 7)]


def test_lines_that_can_all_be_answered_have_status_0(reading_desk: Desk) -> None:
    result, answers = reading_desk.ask_lines(json.dumps({"question": BACKLOG}))
    assert (result.exit_code, result.stderr) == (0, "")
    assert answers[0]["id"] is None
    assert answers[0]["ms"] >= 0


def test_without_an_index_each_line_is_told_so(elsewhere: Desk) -> None:
    result, answers = elsewhere.ask_lines(json.dumps({"id": 1, "question": BACKLOG}))
    assert result.exit_code == 1
    assert answers == [{"id": 1, "error": "No index at index. Run: askpcc index"}]


def test_no_lines_give_no_answers(reading_desk: Desk) -> None:
    result, answers = reading_desk.ask_lines()
    assert (result.exit_code, answers) == (0, [])
