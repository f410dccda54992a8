"""A sentence of a document, with its speaker and the matters that it answers."""

from dataclasses import dataclass

from askpcc.model import Span, Speaker
from askpcc.statuses.lines import Line
from askpcc.statuses.named_items import NamedItem
from askpcc.statuses.places import Place
from askpcc.statuses.rules import load_rules


@dataclass(frozen=True, slots=True)
class Utterance:
    """A sentence of a document, or the whole of a bullet or heading.

    words: plain, never empty.  answers: the matters that it answers.  silent: it stands where nothing is
    a status.  names: it is what names the matters that it answers.  about: the report that it answers,
    where a table says so.  force, titles: as in Place.
    """

    span: Span
    words: str
    line: Line
    voice: Speaker
    answers: tuple[NamedItem, ...] = ()
    silent: bool = False
    names: bool = False
    about: str = ""
    force: str = ""
    titles: str = ""

    @property
    def place(self) -> Place:
        """Return where it stands, as a reader of clauses needs it."""
        own = any(load_rules().holds("places", "for_office", item.text) for item in self.answers)
        before = self.line.words.partition(self.words)[0]
        return Place(
            self.voice,
            bool(self.answers),
            own,
            chief=load_rules().holds("voices", "chief", before),
            reported=load_rules().holds("places", "reported_by_force", before),
            force=self.force,
            titles=self.titles,
        )
