"""``askpcc show``: the stored text, to the byte."""

from support.cases import cases
from support.command_line import DOCUMENTS, ODD, ODD_TEXT, Desk
from support.question_set import CORPUS


def test_a_text_with_windows_line_ends_tabs_and_accents_is_shown_to_the_byte(reading_desk: Desk) -> None:
    assert reading_desk.run("show", ODD).stdout_bytes == ODD_TEXT.encode()


@cases("document", DOCUMENTS)
def test_a_text_file_is_shown_as_it_is(reading_desk: Desk, document: str) -> None:
    assert reading_desk.run("show", document).stdout_bytes == (CORPUS / document).read_bytes()


def test_a_place_in_a_pipe_is_exactly_its_words(reading_desk: Desk) -> None:
    start = ODD_TEXT.index("café")
    shown = reading_desk.run("show", ODD, "--at", f"{start}:{start + 4}")
    assert shown.stdout_bytes == "café".encode()


def test_an_earlier_version_still_shows_the_older_text(desk: Desk) -> None:
    versions = {card["document"]: card["version"] for card in desk.run_json("documents")}
    desk.write(ODD, "Wessex-on-Sea Police\n\nVetting is done.\n")
    assert desk.run("index").exit_code == 0
    assert desk.run("show", ODD).stdout == "Wessex-on-Sea Police\n\nVetting is done.\n"
    assert desk.run("show", ODD, "--version", versions[ODD]).stdout_bytes == ODD_TEXT.encode()


@cases("options", [("nowhere.md",), (ODD, "--version", "0123456789abcdef"), ("../secret",)])
def test_what_is_not_indexed_is_told_in_a_sentence(reading_desk: Desk, options: tuple[str, ...]) -> None:
    result = reading_desk.run("show", *options)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "is not in the index. Run: askpcc index" in result.stderr


@cases("place", ["5", "5:5", "9:3", "0:99999", "-1:5", "a:b", "5:6:7", "", "٣:٤"])
def test_a_place_that_the_text_does_not_have_is_told_in_a_sentence(reading_desk: Desk, place: str) -> None:
    result = reading_desk.run("show", ODD, f"--at={place}")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "is no place in this text. Give START:END in characters, from 0 to " in result.stderr


def test_a_document_with_a_name_near_the_one_asked_for_is_named(reading_desk: Desk) -> None:
    document = DOCUMENTS[0]
    result = reading_desk.run("show", document.replace("-", "_").rpartition(".")[0])
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"Near that name: {document}" in result.stderr
    assert "askpcc documents" in result.stderr
