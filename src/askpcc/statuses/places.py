"""Where a sentence stands, and what was read in it."""

from dataclasses import dataclass

from askpcc.language.unlisted_forces import AREA_SUFFIXES
from askpcc.model import Span, Speaker, Status
from askpcc.statuses.clauses import Clause
from askpcc.statuses.rules import Rule


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: who speaks, and whether it answers a named matter.

    own: it is the answer to a matter that is addressed to the speaker, whose "I will" then counts.
    lead, heading: the sentence introduces a list; it is a heading.  chief: the Chief Constable was
    spoken of before, so that "he" or "she" can be the Chief Constable.  reported: somebody of the force was
    reported to say something before, so that "had been" can be of that report.  force: whose document it is;
    titles: what the document is called, for the names of other forces in it.
    """

    voice: Speaker = Speaker.COMMISSIONER
    answer: bool = False
    own: bool = False
    lead: bool = False
    heading: bool = False
    chief: bool = False
    reported: bool = False
    force: str = ""
    titles: str = ""

    @property
    def area(self) -> str:
        """Return the force's name as people shorten it ("Borsetshire"); "" where it is not known."""
        return AREA_SUFFIXES.sub("", self.force)


@dataclass(frozen=True, slots=True)
class Reading:
    """A status, the cue that gives it and the clause of the cue, as places in the sentence.

    area: the short name of the force whose document it is.
    """

    status: Status
    rule: Rule
    cue: Span
    clause: Clause
    area: str = ""
