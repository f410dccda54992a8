"""The register, the documents and the changes as pages."""

import csv
from html import unescape
from io import StringIO
from pathlib import Path
from re import findall, sub

import pytest

from support.answered_corpus import DOCUMENTS
from support.small_index import WordEmbedder
from support.web_house import House, open_house
from support.welsh_texts import ENGLISH, WELSH
from support.whole_flow import WholeFlow

pytest_plugins = ("support.web_fixtures",)

CUSTODY, UPDATE = "borsetshire-custody-2024.md", "borsetshire-custody-update-2025.md"


def words_of(page: str) -> str:
    """Return the words of a page."""
    return " ".join(unescape(sub(r"<[^>]*>", " ", page)).split())


def statuses(page: str) -> list[str]:
    """Return the statuses of the rows of a table."""
    return findall(r'<td data-label="Status"><span class="status status-(\w+)"', page)


def test_the_register_shows_the_newest_rows_first(house: House) -> None:
    rows = list(csv.DictReader(StringIO(house.signed_in().get("/register.csv").text)))
    documents = [row["document"] for row in rows]
    assert documents.index(UPDATE) < documents.index(CUSTODY)
    page = house.signed_in().get("/register").text
    assert statuses(page) == [row["status"] for row in rows]


NARROWED = [
    ("force=Borsetshire+Police", "Cold cells", "Safe hands"),
    ("status=not_accepted", "not accepted", ">complete<"),
    ("report=cold+cells", "Cold cells", "Safe hands"),
    ("as_of=2024-06-01", "Cold cells: response", "14 January 2025"),
]


def test_the_register_can_be_narrowed(house: House) -> None:
    for query, holds, lacks in NARROWED:
        page = house.signed_in().get(f"/register?{query}").text.partition("<table")[2]
        assert holds in page
        assert lacks not in page


def test_what_the_register_does_not_have_is_told(house: House) -> None:
    for query in ["force=Nowhere", "status=lost", "report=zebras", "as_of=soon"]:
        answer = house.signed_in().get(f"/register?{query}")
        assert answer.status_code == 400
        assert 'role="alert"' in answer.text
        assert house.signed_in().get(f"/register.csv?{query}").status_code == 400


def test_superseded_rows_are_shown_when_they_are_wanted(house: House) -> None:
    client = house.signed_in()
    without, complete = client.get("/register").text, client.get("/register?history=1").text
    assert len(statuses(without)) < len(statuses(complete))
    assert "tick “history” to see them" in without
    assert "--history" not in without + complete
    assert f'href="/documents/{UPDATE}">superseded by a newer document' in complete


def test_what_the_register_does_not_cover_stands_below_it(house: House) -> None:
    page = words_of(house.signed_in().get("/register").text)
    assert "what they do not name is not here" in page.partition("What this does not cover")[2]


def test_every_row_leads_to_its_words(house: House) -> None:
    client = house.signed_in()
    links = findall(r'class="evidence" href="([^"]+)"', client.get("/register").text)
    assert links
    for link in map(unescape, links):
        assert '<mark id="cited">' in client.get(link.partition("#")[0]).text


def test_the_csv_has_the_rows_that_are_shown(house: House) -> None:
    client = house.signed_in()
    answer = client.get("/register.csv?force=Borsetshire+Police")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(StringIO(answer.text)))
    shown = statuses(client.get("/register?force=Borsetshire+Police").text)
    assert [row["status"] for row in rows] == shown


def test_a_page_that_there_is_not_is_empty_or_the_first(house: House) -> None:
    for number in ["0", "-1", "x", "99999999999999999999", "2"]:
        assert house.signed_in().get(f"/register?page={number}").status_code == 200


def test_documents_are_listed_with_what_was_read_from_each(house: House) -> None:
    page = house.signed_in().get("/documents").text
    for path in DOCUMENTS:
        assert f'href="/documents/{path}"' in page
    words = words_of(page)
    assert "complete 1" in words
    assert "Borsetshire Police" in words


def test_a_document_is_shown_with_its_facts_and_claims(house: House) -> None:
    client = house.signed_in()
    page = client.get(f"/documents/{CUSTODY}").text
    words = words_of(page)
    assert "Response dated 3 May 2024" in words
    assert "Perpetua Quill" in words
    assert "“The heating of all 19 cells has now been repaired.”" in words
    assert 'href="https://borsetshire.example/custody"' in page
    for link in map(unescape, findall(r'href="(/source/[^"#]+\?[^"#]+)#cited"', page)):
        assert '<mark id="cited">' in client.get(link).text


@pytest.fixture
def growing(tmp_path: Path, shelf: WholeFlow) -> WholeFlow:
    """Return an index of one document, which was changed and joined by another."""
    flow = WholeFlow(tmp_path / "growing", shelf.embedder)
    flow.write(CUSTODY, DOCUMENTS[CUSTODY])
    flow.write("midsomer-firearms-2023.md", DOCUMENTS["midsomer-firearms-2023.md"])
    flow.run()
    flow.write(
        CUSTODY,
        DOCUMENTS[CUSTODY].replace(
            "The heating of all 19 cells has now been repaired.",
            "The heating of all 19 cells is still being repaired.",
        ),
    )
    flow.write(UPDATE, DOCUMENTS[UPDATE])
    (flow.corpus / "midsomer-firearms-2023.md").unlink()
    flow.run()
    return flow


def test_what_the_last_run_changed_is_shown_with_the_words_before_and_now(
    growing: WholeFlow, tmp_path: Path
) -> None:
    with open_house(growing, tmp_path) as house:
        client = house.signed_in()
        page = client.get("/changes").text
        latest = words_of(page).partition("The last re-index")[2]
        assert "Added: Cold cells: an update on custody in Borsetshire" in latest
        assert "Changed: Cold cells: response to the inspection of custody in Borsetshire" in latest
        assert "Removed: Safe hands: an inspection of firearms licensing in Midsomer" in latest
        before, now = latest.index("has now been repaired."), latest.index("is still being repaired.")
        assert before < now
        for link in map(unescape, findall(r'class="evidence" href="([^"#]+)#cited"', page)):
            assert '<mark id="cited">' in client.get(link).text


def test_an_earlier_version_can_be_read_where_it_was_cited(growing: WholeFlow, tmp_path: Path) -> None:
    with open_house(growing, tmp_path) as house:
        client = house.signed_in()
        links = map(unescape, findall(r'class="evidence" href="([^"#]+)#cited"', client.get("/changes").text))
        assert any("This is an earlier version." in client.get(link).text for link in links)


def test_a_removed_document_is_not_served_and_its_words_are_no_link(
    growing: WholeFlow, tmp_path: Path
) -> None:
    with open_house(growing, tmp_path) as house:
        client = house.signed_in()
        assert '<span class="evidence">' in client.get("/changes").text
        answer = client.get("/source/midsomer-firearms-2023.md")
        assert answer.status_code == 404
        assert "does not hold it any more" in answer.text
        assert client.get("/documents/midsomer-firearms-2023.md").status_code == 404


def test_a_document_whose_newest_file_cannot_be_read_is_marked(growing: WholeFlow, tmp_path: Path) -> None:
    (growing.corpus / UPDATE).write_bytes(b"\x00\x01\x02")
    growing.run()
    with open_house(growing, tmp_path) as house:
        client = house.signed_in()
        assert "Shown as last readable" in client.get("/documents").text
        assert "The newest file cannot be read" in client.get(f"/documents/{UPDATE}").text
        assert "cannot be read; this is the version before it" in client.get(f"/source/{UPDATE}").text


def test_a_welsh_copy_is_shown_with_its_twin_and_counted_once(tmp_path: Path) -> None:
    flow = WholeFlow(tmp_path / "flow", WordEmbedder())
    flow.write("custody.md", ENGLISH)
    flow.write("custody-cy.md", WELSH)
    flow.run()
    with open_house(flow, tmp_path) as house:
        client = house.signed_in()
        listed, shown = words_of(client.get("/documents").text), client.get("/documents/custody-cy.md").text
        assert "Welsh copy of Response to the custody inspection" in listed
        assert "1 document, indexed" in listed
        assert '<a href="/documents/custody.md">Response to the custody inspection</a>' in shown
        assert "It gives no date" not in shown
        changed = words_of(client.get("/changes").text)
        assert "Added: Welsh copy of Response to the custody inspection , Response to the custody" in changed
        assert "custody-cy.md" not in client.get("/register").text
