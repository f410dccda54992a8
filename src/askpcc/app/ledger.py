"""Wires what hands out and erases what the ledger keeps."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from askpcc.errors import LedgerError
from askpcc.settings import Settings

if TYPE_CHECKING:
    from askpcc.adapters.ledger import SqlLedger


@contextmanager
def open_kept_ledger(settings: Settings) -> Iterator["SqlLedger"]:
    """Open the ledger that is there; raises LedgerError where there is none, and makes none."""
    from askpcc.adapters.ledger import open_ledger
    from askpcc.adapters.ledger.place import read_place

    file = read_place(settings.ledger).file
    if file is not None and not file.exists():
        raise LedgerError(f"There is no ledger at {file}. Set ASKPCC_LEDGER to where it is.")
    ledger = open_ledger(settings.ledger)
    try:
        yield ledger
    finally:
        ledger.close()
