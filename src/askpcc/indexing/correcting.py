"""Somebody who knows better corrects what was read of a document; the next run of the index takes it up."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from askpcc.errors import UnknownDocument
from askpcc.metadata.corrections import (
    FACTS_FILE,
    Correction,
    parse_corrections,
    read_value,
    write_corrections,
)
from askpcc.model import FactName
from askpcc.ports import CorpusWriter, Lock
from askpcc.text.forces import ForceTable


@dataclass(frozen=True, slots=True)
class Corrector:
    """Writes corrections beside the documents of a corpus.

    documents: the paths of all.  today: the day that each correction is noted under.
    """

    documents: Callable[[], Collection[str]]
    writer: CorpusWriter
    lock: Lock
    forces: ForceTable
    today: Callable[[], date]

    def correct(self, document: str, values: Mapping[FactName, str | None], person: str) -> None:
        """Note what is true of a document; None takes a correction back, "" says that there is no such fact.

        Raises UnknownDocument for a document that the corpus does not have, and CorpusError for a value that
        cannot be used; then nothing is noted.
        """
        if document not in self.documents():
            raise UnknownDocument(f"{document!r} is not in the corpus.")
        read = {
            name: None if typed is None else read_value(name, typed, self.forces)
            for name, typed in values.items()
        }
        on = self.today().isoformat()
        with self.lock.held():
            held = parse_corrections(self.writer.read_note(FACTS_FILE))
            facts = held.setdefault(document, {})
            for name, value in read.items():
                if value is None:
                    facts.pop(name, None)
                else:
                    facts[name] = Correction(name, value, person, on)
            self.writer.replace(FACTS_FILE, write_corrections(held).encode("utf-8"))
