"""Many questions in one run: one JSON object a line in, one a line out."""

import json
from typing import Any, TextIO

from askpcc.answering import Answerer
from askpcc.errors import AskpccError, QuestionError
from askpcc.rendering import as_json


def answer_lines(answerer: Answerer, questions: TextIO, answers: TextIO, complaints: TextIO) -> int:
    """Answer each line as it comes; return the exit status, 1 when a line could not be answered.

    A line that cannot be answered gives an object with ``id`` and ``error``, and a sentence to
    complaints that names the line; the others are answered all the same.
    """
    status = 0
    for number, line in enumerate(questions, start=1):
        if not line.strip():
            continue
        request: dict[str, Any] = {}
        try:
            request = _read_request(line)
            answered = answerer.answer(request["question"], request["history"])
            shape = as_json(answered.answer, request.get("id"), answered.milliseconds)
        except AskpccError as exc:
            status = 1
            shape = {"id": request.get("id"), "error": str(exc)}
            print(f"line {number}: {exc}", file=complaints)
        print(json.dumps(shape, ensure_ascii=False), file=answers, flush=True)
    return status


def _read_request(line: str) -> dict[str, Any]:
    try:
        request = json.loads(line)
    except ValueError as exc:
        raise QuestionError(f"This is no JSON: {exc}. Write one object a line.") from exc
    if not isinstance(request, dict) or not isinstance(request.get("question"), str):
        raise QuestionError('A line must be an object with a "question" in it that is a text.')
    history = request.get("history") or []
    if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
        raise QuestionError('"history" must be a list of texts, the earlier questions of the thread.')
    return {**request, "history": history}
