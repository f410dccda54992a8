"""``askpcc index`` with a language model behind a server on loopback."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from support.command_line import Desk
from support.model_loopback import Loopback, serve_brain
from support.register_models import Reads, answer

SENTENCE = "Every force vehicle has now been fitted with a defibrillator."
TEXT = f"""# Netherby Police: response to the report on first aid

**Published by the Police and Crime Commissioner on 3 May 2031**

## Area for improvement 1: defibrillators

{SENTENCE}
"""
SCRIPT = {SENTENCE: Reads("complete", "defibrillators", reference="Area for improvement 1")}


@pytest.fixture
def model(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    """Serve a model that reads by the script, and set it."""
    for file in desk.corpus.iterdir():
        file.unlink()
    shutil.rmtree(desk.index, ignore_errors=True)
    desk.write("netherby.md", TEXT)
    with serve_brain(lambda request: (200, answer(request, SCRIPT))) as loopback:
        monkeypatch.setenv("OPENAI_BASE_URL", loopback.base)
        monkeypatch.setenv("OPENAI_API_KEY", "key-123")
        monkeypatch.setenv("ASKPCC_MODEL", "openai:brain")
        yield loopback


def index(desk: Desk, *options: str) -> dict[str, Any]:
    made: dict[str, Any] = desk.run_json("index", *options)
    return made


def test_rows_say_who_read_them(desk: Desk, model: Loopback) -> None:
    index(desk)
    (row,) = desk.run_json("status")
    assert (row["status"], row["number"], row["read_by"]) == ("complete", "1", "openai:brain register v1")
    assert SENTENCE in [citation["quote"] for citation in row["citations"]]
    assert "read by openai:brain register v1" in desk.run("status").stdout
    assert len(model.asked) == 1


def test_an_unchanged_corpus_asks_nothing(desk: Desk, model: Loopback) -> None:
    index(desk)
    again = index(desk)
    assert (again["kept"], again["model"]["calls"], len(model.asked)) == (1, 0, 1)


def test_a_rebuild_reads_nothing_twice(desk: Desk, model: Loopback) -> None:
    index(desk)
    assert index(desk, "--rebuild")["model"]["reused"] >= 1
    assert len(model.asked) == 1


def test_a_rehearsal_tells_the_tokens_and_asks_nothing(desk: Desk, model: Loopback) -> None:
    told = desk.run("index", "--dry-run")
    assert "language model: would read" in told.stdout
    assert "tokens read" in told.stdout
    assert model.asked == []


def test_a_model_that_fails_costs_a_line_and_is_asked_again(
    desk: Desk, model: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve_brain(lambda _: (401, "no")) as refusing:
        monkeypatch.setenv("OPENAI_BASE_URL", refusing.base)
        told = desk.run("index")
    assert told.exit_code == 0
    assert "it does not accept the key" in told.stdout
    assert desk.run_json("status")[0]["read_by"] == "taught reader"
    monkeypatch.setenv("OPENAI_BASE_URL", model.base)
    assert index(desk)["model"]["read"] >= 1
    assert desk.run_json("status")[0]["read_by"] == "openai:brain register v1"


def test_it_can_be_kept_from_the_register(
    desk: Desk, model: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKPCC_MODEL_INDEX_TOKENS", "off")
    assert "model" not in index(desk)
    assert model.asked == []


def test_a_document_that_is_added_is_read_once_and_no_other_again(desk: Desk, model: Loopback) -> None:
    index(desk)
    (desk.folder / "wessex.md").write_text(TEXT.replace("Netherby", "Wessex"), encoding="utf-8")
    told = desk.run("add", str(desk.folder / "wessex.md"))
    assert told.exit_code == 0, told.output
    assert len(model.asked) == 2
