"""What is known of watched pages, in a real file."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from askpcc.adapters.watch_memory import SqliteWatchMemory
from askpcc.errors import IndexFailure
from askpcc.model import Lead, LeadState, Validators

PAGE = "https://office.borsetshire.test/responses"
A = Lead("https://office.borsetshire.test/a.pdf", "Custody", PAGE)
B = Lead("https://office.borsetshire.test/b.pdf", "Vetting", PAGE)


@pytest.fixture
def memory(tmp_path: Path) -> SqliteWatchMemory:
    return SqliteWatchMemory(tmp_path / "index" / "watch.sqlite")


def test_looking_makes_no_file(memory: SqliteWatchMemory, tmp_path: Path) -> None:
    assert memory.validators(PAGE) == Validators()
    assert memory.leads(LeadState.NEW, 9) == []
    assert memory.take_untold() == []
    assert list(tmp_path.iterdir()) == []


def test_a_page_is_kept_with_its_links_across_openings(memory: SqliteWatchMemory, tmp_path: Path) -> None:
    assert memory.note_page(PAGE, Validators('"7"', "then"), [A, B]) == 2
    again = SqliteWatchMemory(tmp_path / "index" / "watch.sqlite")
    assert again.validators(PAGE) == Validators('"7"', "then")
    assert again.leads(LeadState.NEW, 9) == [A, B]
    assert again.leads(LeadState.NEW, 1) == [A]


def test_a_link_is_new_once_in_whatever_spelling(memory: SqliteWatchMemory) -> None:
    memory.note_page(PAGE, Validators(), [A])
    other = Lead("http://OFFICE.borsetshire.test/a.pdf#p2", "Again", PAGE)
    assert memory.note_page(PAGE, Validators(), [other, B]) == 1
    assert memory.lead("http://office.borsetshire.test/a.pdf") == A
    assert memory.lead("https://office.borsetshire.test/c.pdf") is None


def test_what_has_become_of_a_link_is_kept_with_its_reason(memory: SqliteWatchMemory) -> None:
    memory.note_page(PAGE, Validators(), [A, B])
    memory.settle(A.address, LeadState.FAILED, "It is empty.")
    assert memory.leads(LeadState.NEW, 9) == [B]
    (failed,) = memory.leads(LeadState.FAILED, 9)
    assert failed.reason == "It is empty."


def test_a_link_that_was_tried_comes_after_the_others(memory: SqliteWatchMemory) -> None:
    memory.note_page(PAGE, Validators(), [A, B])
    assert [memory.postpone(A.address) for _ in range(2)] == [1, 2]
    assert memory.leads(LeadState.NEW, 9) == [B, A]


def test_an_offer_is_told_once_unless_it_was_not_told_after_all(memory: SqliteWatchMemory) -> None:
    memory.note_page(PAGE, Validators(), [A, B])
    memory.settle(A.address, LeadState.OFFERED)
    taken = memory.take_untold()
    assert [lead.address for lead in taken] == [A.address]
    assert memory.take_untold() == []
    memory.untell(taken)
    assert memory.take_untold() == taken


def test_of_many_at_once_one_tells_an_offer(memory: SqliteWatchMemory) -> None:
    memory.note_page(PAGE, Validators(), [A])
    memory.settle(A.address, LeadState.OFFERED)
    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(lambda _: memory.take_untold(), range(8)))
    assert sorted(map(len, taken)) == [0] * 7 + [1]


def test_a_damaged_file_is_named_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "watch.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(IndexFailure, match=r"watch\.sqlite, cannot be used.*remove it"):
        SqliteWatchMemory(tmp_path / "watch.sqlite").validators(PAGE)
