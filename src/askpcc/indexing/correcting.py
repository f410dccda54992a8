"""Somebody who knows better corrects what was read of a document; the next run of the index takes it up."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from askpcc.errors import CorpusError, UnknownDocument
from askpcc.metadata.corrections import (
    FACTS_FILE,
    Correction,
    Corrections,
    parse_corrections,
    read_value,
    write_corrections,
)
from askpcc.model import FactName
from askpcc.ports import CorpusWriter, Lock
from askpcc.text.forces import ForceTable


@dataclass(frozen=True, slots=True)
class CorrectionNotes:
    """The file of corrections.  lock: of its writers alone, so that none waits for a run of the index.

    A run reads the file once, when it begins; what is noted later is taken up by the next one.
    """

    writer: CorpusWriter
    lock: Lock

    def held(self) -> Mapping[str, Corrections]:
        """Return the corrections by document; raises CorpusError where they cannot be read."""
        return parse_corrections(self.writer.read_note(FACTS_FILE))

    def add(self, document: str, said: Mapping[FactName, Correction | None]) -> None:
        """Write corrections of a document; None takes one back.  Raises CorpusError, IndexBusy."""
        with self.lock.held():
            held = {path: dict(facts) for path, facts in self.held().items()}
            facts = held.setdefault(document, {})
            for name, correction in said.items():
                if correction is None:
                    facts.pop(name, None)
                else:
                    facts[name] = correction
            self.writer.replace(FACTS_FILE, write_corrections(held).encode("utf-8"))


@dataclass(frozen=True, slots=True)
class Corrector:
    """Notes corrections beside the documents of a corpus.

    documents: the paths of all.  today: the day that each correction is noted under.
    """

    documents: Callable[[], Collection[str]]
    notes: CorrectionNotes
    forces: ForceTable
    today: Callable[[], date]

    def correct(self, document: str, values: Mapping[FactName, str | None], person: str) -> None:
        """Note what is true of a document; None takes a correction back, "" says that there is no such fact.

        Raises UnknownDocument for a document that the corpus does not have, unless corrections of it are
        only taken back, CorpusError for a value that cannot be used, and IndexBusy; then nothing is noted.
        """
        said = self.read({name: typed for name, typed in values.items() if typed is not None}, person)
        if document not in self.documents() and (said or document not in self.notes.held()):
            raise UnknownDocument(f"{document!r} is not in the corpus.")
        self.notes.add(document, {**dict.fromkeys(values), **said})

    def read(self, values: Mapping[FactName, str], person: str) -> Corrections:
        """Return typed values as the corrections that a person makes today; raises CorpusError."""
        on = self.today().isoformat()
        return {
            name: Correction(name, read_value(name, typed, self.forces), person, on)
            for name, typed in values.items()
        }

    def find_faults(self, values: Mapping[FactName, str]) -> dict[FactName, str]:
        """Return of each typed value that cannot be used why, in a sentence."""
        faults: dict[FactName, str] = {}
        for name, typed in values.items():
            try:
                read_value(name, typed, self.forces)
            except CorpusError as exc:
                faults[name] = str(exc)
        return faults
