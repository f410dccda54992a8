"""``askpcc add``, from a disk and from a server on loopback."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from support.command_line import Desk

TITLE = "Tillingford Police: response on body armour"
PAGE = """<html><head><title>Tillingford Police: response on body armour</title></head><body><main>
<h1>Tillingford Police: response on body armour</h1>
<p>Recommendation 1</p><p>Every officer in Tillingford was issued with new armour in May 2024.</p>
<p>The Commissioner for Tillingford thanks the inspectorate and accepts this report in full.</p>
</main></body></html>"""


@pytest.fixture
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("downloads") / "Armour response.html"
    file.write_text(PAGE, encoding="utf-8")
    return file


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as http.server names it
        """Say nothing."""


@pytest.fixture
def address(page: Path) -> Iterator[str]:
    handler = partial(_Quiet, directory=str(page.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/Armour%20response.html"
        server.shutdown()
        thread.join()


def test_a_file_goes_into_the_corpus_with_its_source_and_is_indexed(desk: Desk, page: Path) -> None:
    result = desk.run("add", str(page), "--url", "https://tillingford.test/armour", "--name", "armour.html")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(f"Added “{TITLE}” as armour.html.\n")
    assert "1 added" in result.stdout
    assert "https://tillingford.test/armour" in (desk.corpus / "sources.csv").read_text()
    answer = desk.run_json("ask", "Has new armour been issued in Tillingford?")
    assert answer["claims"][0]["citations"][0]["document"] == "armour.html"
    assert answer["claims"][0]["citations"][0]["url"] == "https://tillingford.test/armour"


def test_a_file_that_is_there_already_is_named_and_nothing_is_stored(desk: Desk, page: Path) -> None:
    assert desk.run("add", str(page), "--name", "armour.html").exit_code == 0
    again = desk.run("add", str(page), "--name", "other.html")
    assert again.exit_code == 1
    assert "Already in the corpus as armour.html" in again.stdout
    assert not (desk.corpus / "other.html").exists()


def test_a_web_page_goes_into_the_corpus_with_its_address_and_the_day(desk: Desk, address: str) -> None:
    result = desk.run("add", address, "--allow-private")
    assert result.exit_code == 0, result.output
    added = {card["url"]: card for card in desk.run_json("documents")}[address]
    assert added["document"].endswith(".html")
    assert added["fetched"]
    shown = desk.run("show", added["document"]).stdout
    assert "Every officer in Tillingford was issued with new armour in May 2024." in shown


def test_a_private_address_is_refused_unless_it_is_allowed(desk: Desk, address: str) -> None:
    before = sorted(desk.corpus.iterdir())
    result = desk.run("add", address)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "an address of a private network" in result.stderr
    assert "--allow-private" in result.stderr
    assert sorted(desk.corpus.iterdir()) == before


@pytest.mark.parametrize("what", ["nowhere.html", "ftp://tillingford.test/armour", "corpus"])
def test_what_cannot_be_brought_is_told_in_a_sentence(desk: Desk, what: str) -> None:
    before = sorted(desk.corpus.iterdir())
    result = desk.run("add", what)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: ")
    assert sorted(desk.corpus.iterdir()) == before


def test_a_newer_wording_of_a_document_is_stored_and_replace_is_named(desk: Desk, page: Path) -> None:
    assert desk.run("add", str(page), "--name", "armour.html").exit_code == 0
    page.write_text(PAGE.replace("May 2024", "June 2024"), encoding="utf-8")
    again = desk.run("add", str(page), "--name", "newer.html")
    assert again.exit_code == 0, again.output
    assert f"Added “{TITLE}” as newer.html. armour.html has the same title or name." in again.stdout
    assert "--replace armour.html" in again.stdout
