"""``askpcc index``, with the bundled model."""

import json
import os
import shutil
from pathlib import Path

import pytest

from askpcc.adapters.embedding import bundled_model
from support.command_line import DOCUMENTS, ODD, Desk
from support.welsh_texts import ENGLISH, WELSH

KEYS = {
    *("index_version", "added", "changed", "removed", "kept"),
    *(
        "passages",
        "failed",
        "skipped",
        "register",
        "doubtful",
        "seconds",
        "to_check",
        "welsh_copies",
        "stray_corrections",
    ),
}
NEW = "# Felpersham Police: response on stalking\n\nOrders are served within a day in Felpersham.\n"


def read_all(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_run_is_told_in_words_with_what_became_of_each_document(desk: Desk) -> None:
    desk.write("new.md", NEW)
    desk.write(ODD, "Wessex-on-Sea Police\n\nVetting is done.\n")
    (desk.corpus / DOCUMENTS[1]).unlink()
    result = desk.run("index")
    assert result.exit_code == 0
    first = result.stdout.splitlines()
    assert first[0] == "added    Felpersham Police: response on stalking (new.md)"
    assert [line.split()[0] for line in first[:3]] == ["added", "changed", "removed"]
    assert all(name in line for name, line in zip(["new.md", ODD, DOCUMENTS[1]], first, strict=False))
    assert "1 added, 1 changed, 1 removed, 2 kept, 0 failed" in first[3]


def test_a_run_names_what_somebody_should_check(desk: Desk) -> None:
    desk.write("lost.md", "# A page\n\nThe cells have been painted.\n")
    told = desk.run("index").stdout
    assert "Please check (askpcc correct puts force and date right):" in told
    assert "  A page (lost.md): It names no force. It gives no date of its own.\n" in told


def test_a_welsh_copy_is_named_with_its_twin_and_counted_once(desk: Desk) -> None:
    desk.write("custody.md", ENGLISH)
    desk.write("custody-cy.md", WELSH)
    told = desk.run("index").stdout
    assert "added    Welsh copy of Response to the custody inspection (custody-cy.md)\n" in told
    assert "custody-cy.md): It" not in told
    assert desk.run_json("index", "--rebuild")["welsh_copies"] == {"custody-cy.md": "custody.md"}
    listed = desk.run("documents").stdout
    assert "  Welsh copy of Response to the custody inspection (custody.md)\n" in listed
    rows = desk.run_json("status", "--force", "Netherby")
    assert {row["document"] for row in rows} == {"custody.md"}
    counted = desk.run_json("ask", "Which documents do you hold for Netherby?")["text"]
    assert counted.startswith("I hold 1 document of Netherby")
    answer = desk.run_json("ask", "Has recommendation 1 been completed at Netherby?")
    cited = [citation for claim in answer["claims"] for citation in claim["citations"]]
    assert {citation["document"] for citation in cited} == {"custody.md"}


def test_a_run_as_json_has_exactly_the_public_keys(desk: Desk) -> None:
    desk.write("new.md", NEW)
    report = desk.run_json("index")
    assert set(report) == KEYS
    assert set(report["passages"]) == {"embedded", "reused", "removed"}
    assert report["added"] == ["new.md"]
    assert (report["changed"], report["removed"], report["kept"], report["failed"]) == ([], [], 4, [])
    assert report["passages"]["embedded"] == 2


def test_a_second_run_embeds_nothing_and_keeps_the_version(desk: Desk) -> None:
    desk.write("new.md", NEW)
    first, second = desk.run_json("index"), desk.run_json("index")
    assert second["index_version"] == first["index_version"]
    assert (second["added"], second["kept"]) == ([], 5)
    assert second["passages"]["embedded"] == 0


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(desk: Desk) -> None:
    desk.write("new.md", NEW)
    before = read_all(desk.folder)
    report = desk.run_json("index", "--dry-run")
    assert report["added"] == ["new.md"]
    assert report["passages"]["embedded"] == 2
    assert read_all(desk.folder) == before


def test_a_dry_run_without_an_index_makes_none(elsewhere: Desk) -> None:
    elsewhere.fill()
    report = elsewhere.run_json("index", "--dry-run")
    assert len(report["added"]) == 4
    assert report["index_version"] == ""
    assert not elsewhere.index.exists()


def test_a_rebuild_embeds_nothing_again_and_changes_no_document(desk: Desk) -> None:
    report = desk.run_json("index", "--rebuild")
    assert (report["added"], report["changed"], report["removed"]) == ([], [], [])
    assert report["kept"] == 4
    assert report["passages"]["reused"] > 0
    assert report["passages"]["embedded"] == 0


def test_a_bad_file_is_named_with_a_remedy_and_the_others_are_indexed(desk: Desk) -> None:
    (desk.corpus / "scan.pdf").write_bytes(b"%PDF-1.7 cut sho")
    desk.write("new.md", NEW)
    result = desk.run("index")
    assert result.exit_code == 1
    assert "response on stalking (new.md)" in result.stdout
    assert "failed   scan.pdf: " in result.stdout


def test_a_bad_file_as_json_has_exactly_the_public_keys(desk: Desk) -> None:
    (desk.corpus / "scan.pdf").write_bytes(b"%PDF-1.7 cut sho")
    result = desk.run("index", "--json")
    assert result.exit_code == 1
    (failure,) = json.loads(result.stdout)["failed"]
    assert set(failure) == {"document", "reason", "remedy", "stale"}
    assert (failure["document"], failure["stale"]) == ("scan.pdf", False)
    assert failure["reason"]
    assert failure["remedy"]


def test_what_was_indexed_from_a_file_that_went_bad_stays_and_is_marked_as_stale(desk: Desk) -> None:
    desk.write(ODD, "")
    result = desk.run("index")
    assert result.exit_code == 1
    assert "Its last good version stays indexed, marked as stale." in result.stdout
    cards = {card["document"]: card for card in desk.run_json("documents")}
    assert cards[ODD]["stale"]
    assert not any(cards[document]["stale"] for document in DOCUMENTS)
    assert "café" in desk.run("show", ODD).stdout
    desk.write(ODD, "Wessex-on-Sea Police\n\nVetting is done.\n")
    assert desk.run("index").exit_code == 0
    assert not any(card["stale"] for card in desk.run_json("documents"))


def test_losing_more_than_half_of_the_documents_has_to_be_allowed(desk: Desk) -> None:
    for document in DOCUMENTS:
        (desk.corpus / document).unlink()
    refused = desk.run("index")
    assert refused.exit_code == 1
    assert "--allow-shrink" in refused.stderr
    assert len(desk.run_json("documents")) == 4
    assert desk.run("index", "--allow-shrink").exit_code == 0
    assert [card["document"] for card in desk.run_json("documents")] == [ODD]


def test_an_empty_corpus_is_told_in_a_sentence(elsewhere: Desk) -> None:
    elsewhere.corpus.mkdir()
    result = elsewhere.run("index")
    assert result.exit_code == 1
    assert "corpus" in result.stderr
    assert not (elsewhere.index / "catalogue.sqlite").exists()


def test_a_missing_corpus_is_told_in_a_sentence(elsewhere: Desk) -> None:
    result = elsewhere.run("index", "--corpus", "nowhere")
    assert result.exit_code == 1
    assert "nowhere" in result.stderr
    assert not (elsewhere.index / "catalogue.sqlite").exists()


def test_an_index_folder_that_cannot_be_made_is_told_in_a_sentence(elsewhere: Desk) -> None:
    elsewhere.fill()
    (elsewhere.folder / "taken").write_text("a file")
    result = elsewhere.run("index", "--index", "taken/index")
    assert result.exit_code == 1
    assert "taken/index" in result.stderr
    assert "--index" in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_index_folder_without_rights_is_told_in_a_sentence(elsewhere: Desk) -> None:
    elsewhere.fill()
    elsewhere.index.mkdir(mode=0o500)
    result = elsewhere.run("index")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_another_embedder_than_that_of_the_index_is_refused_with_what_to_do(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = desk.folder / "model"
    shutil.copytree(bundled_model().path, model)
    (model / "config.json").write_text((model / "config.json").read_text() + "\n")
    monkeypatch.setenv("ASKPCC_EMBEDDER", str(model))
    for command in (("index",), ("ask", "Has the backlog been cleared in Borsetshire?")):
        result = desk.run(*command)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "The index was built with the embedder" in result.stderr
