"""What is corrected in a preview is kept until somebody decides, once, whether the file is added."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from askpcc.adapters.ledger import open_ledger
from askpcc.metadata.corrections import Correction
from askpcc.model import FactName, Post
from askpcc.slack.files import PreviewNotes
from askpcc.slack.views.file_preview import PreviewPlace

PLACE = PreviewPlace(Post("D1", "1700000000.000100"), "F1:abc")
FORCE = Correction(FactName.FORCE, "Netherby", "Ann Oake", "2031-05-03")
AUTHOR = Correction(FactName.AUTHOR, "", "Bea “B” Ash", "2031-05-04")


@pytest.fixture
def notes(tmp_path: Path) -> Iterator[PreviewNotes]:
    ledger = open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    yield PreviewNotes(ledger)
    ledger.close()


def test_corrections_add_up_and_the_later_of_two_for_one_fact_holds(notes: PreviewNotes) -> None:
    earlier = Correction(FactName.FORCE, "Wessex", "Bea Ash", "2031-05-02")
    notes.add(PLACE, {FactName.FORCE: earlier})
    said = {FactName.FORCE: FORCE, FactName.AUTHOR: AUTHOR}
    assert notes.add(PLACE, said) == said
    assert notes.read(PLACE) == said


def test_a_preview_is_decided_once_and_takes_no_correction_then(notes: PreviewNotes) -> None:
    notes.add(PLACE, {FactName.FORCE: FORCE})
    assert notes.close(PLACE) == {FactName.FORCE: FORCE}
    assert notes.close(PLACE) is None
    assert notes.add(PLACE, {FactName.AUTHOR: AUTHOR}) is None
    assert notes.read(PLACE) is None


def test_what_nobody_corrected_can_be_decided(notes: PreviewNotes) -> None:
    assert notes.close(PLACE) == {}


def test_of_corrections_at_the_same_time_none_is_lost(notes: PreviewNotes) -> None:
    names = [FactName.FORCE, FactName.AUTHOR, FactName.TITLE, FactName.RESPONDED]
    corrections = [Correction(name, "x", "Ann Oake", "2031-05-03") for name in names]
    threads = [Thread(target=notes.add, args=(PLACE, {one.name: one})) for one in corrections]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert set(notes.close(PLACE) or ()) == set(names)


def test_another_preview_knows_nothing_of_it(notes: PreviewNotes) -> None:
    notes.add(PLACE, {FactName.FORCE: FORCE})
    assert notes.read(PreviewPlace(Post("D1", "1700000000.000200"), "F1:abc")) == {}
