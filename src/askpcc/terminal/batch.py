"""Many questions in one run: one JSON object a line in, one a line out."""

import json
from collections.abc import Iterable, Iterator
from math import isinf
from typing import TYPE_CHECKING, Any, TextIO

from askpcc.errors import AskpccError, QuestionError
from askpcc.rendering.answers import as_json, visible, write_json

if TYPE_CHECKING:
    from askpcc.asking.answering import Answerer


def answer_lines(answerer: "Answerer", questions: Iterable[str], answers: TextIO, complaints: TextIO) -> int:
    """Answer each line as it comes; return the exit status, 1 when a line could not be answered.

    A line that cannot be answered gives an object with ``id`` and ``error``, and a sentence to
    complaints that names the line; the others are answered all the same.  Raises QuestionError for
    questions that are not UTF-8, since no line can be told from the next in them.
    """
    status = 0
    for number, line in enumerate(_read_lines(questions), start=1):
        if not line.strip():
            continue
        request: dict[str, Any] = {}
        try:
            request = _read_object(line)
            answered = answerer.answer(*_question_of(request))
            shape = as_json(answered.answer, request.get("id"), answered.milliseconds)
        except AskpccError as exc:
            status = 1
            shape = {"id": request.get("id"), "error": str(exc)}
            print(f"line {number}: {visible(str(exc))}", file=complaints)
        print(write_json(shape), file=answers, flush=True)
    return status


def _read_lines(questions: Iterable[str]) -> Iterator[str]:
    try:
        yield from questions
    except UnicodeDecodeError as exc:
        raise QuestionError(f"The questions are not UTF-8: {exc}. Save them as UTF-8.") from exc


def _read_object(line: str) -> dict[str, Any]:
    try:
        # Some editors put a byte order mark at the start of a file.
        read = json.loads(
            line.removeprefix("\ufeff"), parse_constant=_refuse_constant, parse_float=_read_number
        )
    except (ValueError, RecursionError) as exc:
        raise QuestionError(f"This is no JSON: {exc}. Write one object a line.") from exc
    return read if isinstance(read, dict) else {}


def _question_of(request: dict[str, Any]) -> tuple[str, list[str]]:
    question = request.get("question")
    if not isinstance(question, str):
        raise QuestionError('A line must be an object with a "question" in it that is a text.')
    history = [] if request.get("history") is None else request["history"]
    if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
        raise QuestionError('"history" must be a list of texts, the earlier questions of the thread.')
    return question, history


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not in JSON")


def _read_number(written: str) -> float:
    """Read a number; one that cannot be written again, such as 1e999, is refused."""
    number = float(written)
    if isinf(number):
        raise ValueError(f"{written} is too large a number")
    return number
