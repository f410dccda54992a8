"""``askpcc eval`` with several writers, side by side."""

import json

import pytest

from askpcc.evaluation import Share, Tally, compare_tallies, tally_as_json
from support.command_line import Desk
from support.model_loopback import serve_brain

NOTHING = json.dumps({"statements": [], "not_stated": True})


def test_the_measures_of_writers_stand_side_by_side() -> None:
    quoting, model = Tally(), Tally()
    quoting.shares["evidence"], model.shares["evidence"] = Share(1, 2), Share(3, 4)
    head, evidence, *_ = compare_tallies({"quoting": quoting, "model": model}).splitlines()
    assert head.split() == ["quoting", "model"]
    assert evidence.split() == ["evidence", "0.500", "0.750"]


def test_what_a_model_did_is_in_the_json_and_nothing_of_it_without_one() -> None:
    assert "tokens" not in tally_as_json(Tally(), 1)
    assert tally_as_json(Tally(written=1, withheld=2, tokens=30), 1)["withheld"] == 2


def test_both_writers_answer_the_same_set(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case = {
        "id": "1",
        "question": "What has become of recommendation 1?",
        "kind": "status",
        "doc": "",
        "evidence": "",
    }
    questions = desk.folder / "questions.jsonl"
    questions.write_text(json.dumps(case), encoding="utf-8")
    with serve_brain(lambda _: (200, NOTHING)) as loopback:
        monkeypatch.setenv("OPENAI_BASE_URL", loopback.base)
        monkeypatch.setenv("OPENAI_API_KEY", "key-123")
        monkeypatch.setenv("ASKPCC_MODEL", "openai:brain")
        result = desk.run(
            "eval", str(questions), "--corpus", str(desk.corpus), "--writer", "quoting", "--writer", "model"
        )
    assert result.exit_code == 0, result.output
    assert "quoting       model" in result.stdout


def test_a_model_that_is_not_set_cannot_be_compared(desk: Desk) -> None:
    questions = desk.folder / "questions.jsonl"
    questions.write_text("", encoding="utf-8")
    result = desk.run("eval", str(questions), "--corpus", str(desk.corpus), "--writer", "model")
    assert result.exit_code == 1
    assert "ASKPCC_MODEL" in result.stderr
