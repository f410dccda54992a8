"""The page on which an admin corrects what was read of a document."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from re import search

import pytest
from starlette.testclient import TestClient

from askpcc.adapters.corpus_folder import CorpusFolderWriter, IndexLock
from askpcc.adapters.ledger import open_ledger
from askpcc.indexing.correcting import CorrectionNotes, Corrector
from askpcc.library import Library
from askpcc.text.forces import load_forces
from askpcc.web.correction_pages import CorrectionPages
from askpcc.web.sessions import Role, RoleTable
from support.answered_corpus import DOCUMENTS
from support.small_index import WordEmbedder
from support.web_house import House, enter_by, link_for, open_house
from support.whole_flow import WholeFlow

PATH = next(iter(DOCUMENTS))


def open_for(flow: WholeFlow, folder: Path, roles: RoleTable) -> Iterator[House]:
    corpus = flow.settings.corpus
    lock = IndexLock(flow.settings.index / "facts.lock", 0, print)
    notes = CorrectionNotes(CorpusFolderWriter(corpus), lock)
    corrector = Corrector(lambda: DOCUMENTS, notes, load_forces(), lambda: date(2031, 5, 3))
    with flow.open_catalogue() as catalogue:
        ledger = open_ledger(f"sqlite:///{folder / 'audit.sqlite'}")
        pages = CorrectionPages(
            Library(catalogue, load_forces()), corrector, ledger, lambda: datetime(2031, 5, 3, tzinfo=UTC)
        )
        with open_house(flow, folder, enter_by(link_for(), roles), pages.pages()) as house:
            yield replace(house, ledger=ledger)
        ledger.close()


@pytest.fixture
def flow(tmp_path: Path) -> WholeFlow:
    """Return an index that a test may change."""
    made = WholeFlow(tmp_path / "flow", WordEmbedder())
    for path, text in DOCUMENTS.items():
        made.write(path, text)
    made.run()
    return made


@pytest.fixture
def house(flow: WholeFlow, tmp_path: Path) -> Iterator[House]:
    """Return the pages for an admin."""
    yield from open_for(flow, tmp_path, RoleTable(of_all=frozenset(Role)))


def send(client: TestClient, **fields: str) -> int:
    page = client.get(f"/correct/{PATH}").text
    token = search(r'name="csrf" value="([^"]+)"', page)
    assert token
    headers = {"origin": "http://127.0.0.1:8000"}
    return client.post(f"/correct/{PATH}", data={"csrf": token[1], **fields}, headers=headers).status_code


def test_the_form_shows_what_is_known(house: House) -> None:
    page = house.signed_in().get(f"/correct/{PATH}").text
    assert 'value="Borsetshire' in page


def test_a_correction_holds_after_the_next_run_and_says_whose_it_is(house: House, flow: WholeFlow) -> None:
    client = house.signed_in()
    assert send(client, force="Netherby") == 200
    flow.run()
    page = client.get(f"/documents/{PATH}").text
    assert "Netherby" in page
    assert "corrected by Perpetua Quill, 3 May 2031" in page


def test_while_a_run_is_under_way_a_correction_is_noted_at_once_for_the_next(
    house: House, flow: WholeFlow
) -> None:
    with IndexLock(flow.settings.index / "lock", 0, print).held():
        assert send(house.signed_in(), force="Netherby") == 200
    flow.run()
    assert "Netherby" in house.signed_in().get(f"/documents/{PATH}").text


def test_a_correction_is_kept_as_an_audit_line(house: House) -> None:
    send(house.signed_in(), force="Netherby")
    (act,) = house.ledger.acts(5)
    assert (act.person, act.did, act.about, act.result) == ("quill", "correct facts", PATH, "force")


def test_what_is_left_as_it_was_is_no_correction(house: House, flow: WholeFlow) -> None:
    page = house.signed_in().get(f"/correct/{PATH}").text
    known = search(r'id="force" name="force" value="([^"]+)"', page)
    assert known
    assert send(house.signed_in(), force=known[1]) == 303
    assert not (flow.settings.corpus / "facts.csv").exists()


def test_a_value_that_cannot_be_is_told_beside_the_form(house: House) -> None:
    client = house.signed_in()
    assert send(client, responded="soon") == 400


def test_corrections_can_be_taken_back(house: House, flow: WholeFlow) -> None:
    client = house.signed_in()
    send(client, force="Netherby")
    flow.run()
    send(client, undo="yes")
    flow.run()
    assert "corrected by" not in client.get(f"/documents/{PATH}").text


def test_only_admins_may_correct(flow: WholeFlow, tmp_path: Path) -> None:
    reviewers = RoleTable(of_all=frozenset({Role.ASKER, Role.REVIEWER}))
    for house in open_for(flow, tmp_path, reviewers):
        client = house.signed_in()
        assert client.get(f"/correct/{PATH}").status_code == 403
        assert "/correct/" not in client.get(f"/documents/{PATH}").text


def test_a_document_that_is_not_held_cannot_be_corrected(house: House) -> None:
    assert house.signed_in().get("/correct/nowhere.md").status_code == 404
