"""``askpcc correct``: what was read of a document, put right, and kept."""

import json

from support.command_line import DOCUMENTS, Desk

DOCUMENT = DOCUMENTS[0]


def facts(desk: Desk) -> dict[str, tuple[str, str | None]]:
    shown = desk.run_json("documents")
    card = next(one for one in shown if one["document"] == DOCUMENT)
    return {fact["name"]: (fact["value"], fact["corrected_by"]) for fact in card["facts"]}


def test_a_correction_holds_for_the_document_its_rows_and_later_runs(desk: Desk) -> None:
    desk.run("index")
    done = desk.run("correct", DOCUMENT, "--force", "Netherby", "--dated", "3 May 2031")
    assert done.exit_code == 0, done.output
    desk.run("index", "--rebuild")
    assert facts(desk)["force"][0] == "Netherby"
    assert facts(desk)["responded"][0] == "2031-05-03"
    assert facts(desk)["force"][1]
    rows = desk.run_json("status", "--history")
    assert {row["force"] for row in rows if row["document"] == DOCUMENT} == {"Netherby"}


def test_corrections_are_taken_back(desk: Desk) -> None:
    desk.run("index")
    before = facts(desk)
    desk.run("correct", DOCUMENT, "--force", "Netherby")
    desk.run("correct", DOCUMENT, "--undo")
    assert facts(desk) == before


def test_nothing_is_noted_of_a_document_that_is_not_there_or_a_value_that_cannot_be(desk: Desk) -> None:
    for command in [
        ("correct", "nowhere.md", "--force", "Netherby"),
        ("correct", DOCUMENT, "--dated", "soon"),
    ]:
        refused = desk.run(*command)
        assert refused.exit_code == 1
        assert "Error:" in refused.stderr
    assert not (desk.corpus / "facts.csv").exists()


def test_a_correction_of_a_removed_document_is_told_until_it_is_taken_back(desk: Desk) -> None:
    desk.run("correct", DOCUMENT, "--force", "Netherby")
    (desk.corpus / DOCUMENT).unlink()
    told = (
        f"stray    facts.csv corrects {DOCUMENT}, which the corpus does not have. If it has another name "
        f"now, write that there; else take it back: askpcc correct {DOCUMENT} --undo\n"
    )
    assert told in desk.run("index").stdout
    assert told in desk.run("documents").stdout
    assert desk.run_json("index")["stray_corrections"] == [DOCUMENT]
    assert desk.run("correct", DOCUMENT, "--force", "Wessex").exit_code == 1
    assert desk.run("correct", DOCUMENT, "--undo").exit_code == 0
    assert desk.run_json("index")["stray_corrections"] == []
    assert "stray" not in desk.run("documents").stdout


def test_without_anything_to_correct_it_says_so(desk: Desk) -> None:
    assert desk.run("correct", DOCUMENT).exit_code == 2


def test_what_somebody_should_check_is_named(desk: Desk) -> None:
    desk.write("lost.md", "# A page\n\nThe cells have been painted.\n")
    desk.run("index")
    shown = {one["document"]: one["to_check"] for one in json.loads(desk.run("documents", "--json").stdout)}
    assert shown["lost.md"] == ["It names no force.", "It gives no date of its own."]
    assert "Please check" in desk.run("documents").stdout
