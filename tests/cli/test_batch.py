"""Many questions in one run, on a real small index: one JSON object a line in, one a line out."""

import json
from collections.abc import Iterator
from io import BytesIO, StringIO, TextIOWrapper
from typing import Any

import pytest

from askpcc.app.flows import build_taught_reader
from askpcc.asking.answering import Answerer
from askpcc.asking.drafting import QuotingWriter
from askpcc.asking.finding import Finder
from askpcc.asking.ranking import load_ranking
from askpcc.cli import answer_lines
from askpcc.errors import QuestionError
from askpcc.reader.taught import BESIDE
from askpcc.text.forces import load_forces
from support.cases import cases
from support.small_index import SmallIndex

ASKED = "how many custody sergeants were recruited"


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    small = SmallIndex(tmp_path_factory.mktemp("batch"))
    small.write("custody.md", "Response on custody", "Eleven custody sergeants were recruited in May 2030.")
    small.write("fraud.md", "Response on fraud", "Fraud policy is under review by the force.")
    small.run()
    taught = build_taught_reader()
    with small.reader() as reader:
        finder = Finder(reader.catalogue, reader.nearest, reader.embedder, load_forces(), load_ranking())
        yield Answerer(reader.catalogue, finder, taught, QuotingWriter(taught.limits[BESIDE]))


def ask(answerer: Answerer, *lines: str | dict[str, Any]) -> tuple[int, list[dict[str, Any]], str]:
    written = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    answers, complaints = StringIO(), StringIO()
    status = answer_lines(answerer, StringIO("\n".join(written)), answers, complaints)
    return status, [json.loads(line) for line in answers.getvalue().splitlines()], complaints.getvalue()


def test_each_line_gets_one_answer_in_order(answerer: Answerer) -> None:
    status, answers, complaints = ask(
        answerer, {"id": "q1", "question": ASKED}, {"id": 2, "question": "is the fraud policy under review"}
    )
    assert (status, complaints) == (0, "")
    assert [answer["id"] for answer in answers] == ["q1", 2]
    assert answers[0]["claims"][0]["citations"][0]["document"] == "custody.md"
    assert isinstance(answers[0]["ms"], int)


def test_a_thread_goes_with_its_question(answerer: Answerer) -> None:
    _, answers, _ = ask(answerer, {"id": 1, "question": "since when", "history": [ASKED]})
    assert answers[0]["question"] == "since when"


def test_empty_lines_are_passed_over(answerer: Answerer) -> None:
    status, answers, _ = ask(answerer, "", {"question": ASKED}, "  ", "")
    assert (status, len(answers), answers[0]["id"]) == (0, 1, None)


BAD = {
    "no JSON": ("custody?", "This is no JSON"),
    "no object": ('["question"]', 'an object with a "question"'),
    "no question": ('{"id": 1}', 'an object with a "question"'),
    "a question that is no text": ('{"question": 5}', 'an object with a "question"'),
    "a thread that is no list": ('{"question": "custody", "history": "fraud"}', '"history" must be a list'),
    "a thread of numbers": ('{"question": "custody", "history": [5]}', '"history" must be a list'),
    "an empty thread of another type": ('{"question": "custody", "history": ""}', '"history" must be a list'),
    "an empty question": ('{"question": " "}', "The question is empty"),
    "what JSON does not have": ('{"id": NaN, "question": "custody"}', "NaN is not in JSON"),
    "brackets without end": ("[" * 100_000, "This is no JSON"),
    "a number without end": ('{"question": "custody", "id": ' + "9" * 5_000 + "}", "This is no JSON"),
}


@cases("claim", BAD)
def test_a_line_that_cannot_be_answered_is_told_and_the_others_are_answered(
    answerer: Answerer, claim: str
) -> None:
    line, told = BAD[claim]
    status, answers, complaints = ask(answerer, line, {"id": "good", "question": ASKED})
    assert status == 1
    assert told in answers[0]["error"]
    assert list(answers[0]) == ["id", "error"]
    assert complaints.startswith("line 1: ")
    assert (answers[1]["id"], answers[1]["abstained"]) == ("good", False)


def test_the_id_of_a_bad_question_comes_back(answerer: Answerer) -> None:
    _, answers, _ = ask(answerer, {"id": "q7", "question": ""})
    assert answers[0]["id"] == "q7"


def test_a_byte_order_mark_is_passed_over(answerer: Answerer) -> None:
    status, answers, _ = ask(answerer, "\ufeff" + json.dumps({"id": 1, "question": ASKED}))
    assert (status, answers[0]["id"]) == (0, 1)


def test_half_a_surrogate_pair_can_be_sent_back(answerer: Answerer) -> None:
    answers = TextIOWrapper(BytesIO(), encoding="utf-8")
    line = '{"id": "\\ud800", "question": "how many custody sergeants \\udfff were recruited"}'
    assert answer_lines(answerer, StringIO(line), answers, StringIO()) == 0
    answers.seek(0)
    assert json.loads(answers.read())["id"] == "\ud800"


def test_questions_in_another_encoding_are_told(answerer: Answerer) -> None:
    questions = TextIOWrapper(BytesIO(b'{"question": "caf\xe9"}\n'), encoding="utf-8")
    with pytest.raises(QuestionError, match="not UTF-8"):
        answer_lines(answerer, questions, StringIO(), StringIO())


def test_each_answer_is_written_before_the_next_question_is_read(answerer: Answerer) -> None:
    answers = StringIO()
    seen: list[int] = []

    def questions() -> Iterator[str]:
        for _ in range(2):
            seen.append(answers.getvalue().count("\n"))
            yield json.dumps({"question": ASKED})

    answer_lines(answerer, questions(), answers, StringIO())
    assert seen == [0, 1]
