"""What one sentence says about a matter: its status, and the words that say so."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from askpcc.model import Span, Status
from askpcc.statuses.clauses import split_clauses
from askpcc.statuses.cues import Cue
from askpcc.statuses.places import Place, Reading
from askpcc.statuses.rules import load_rules

_LONGEST_SENTENCE = 2_000
"""In characters."""


def read_clause(sentence: str, place: Place | None = None) -> Reading | None:
    """Return what a sentence of plain words says about a matter; None when it says nothing.

    What is longer than any sentence is damaged text, in which nothing can be told to belong together.
    """
    if len(sentence) > _LONGEST_SENTENCE:
        return None
    every = list(read_cues(sentence, place or Place()))
    found = [reading for reading in every if not reading.rule.weak] or every
    status = combine([reading.status for reading in found])
    if status is Status.COMPLETE and load_rules().holds("guards", "left_undone", sentence):
        found, status = [replace(reading, status=Status.IN_PROGRESS) for reading in found], Status.IN_PROGRESS
    telling = next((reading for reading in found if reading.status is status), None)
    return replace(telling or found[0], status=status) if status else None


def combine(statuses: Sequence[Status]) -> Status | None:
    """Return the one status of what several clauses say about one matter; None for none."""
    said = set(statuses)
    for final in (Status.NOT_ACCEPTED, Status.NOT_APPLICABLE, Status.IN_PROGRESS, Status.CLOSED):
        if final in said:
            return final
    if Status.COMPLETE in said and said & {Status.PLANNED, Status.UNDER_CONSIDERATION}:
        return Status.IN_PROGRESS
    ranked = (Status.COMPLETE, Status.PLANNED, Status.UNDER_CONSIDERATION, Status.ACCEPTED)
    return next((status for status in ranked if status in said), None)


def read_cues(sentence: str, place: Place) -> Iterable[Reading]:
    """Yield each cue of a sentence that gives a status, in the order of the rules."""
    clauses = split_clauses(sentence)
    for rule in load_rules().rules:
        for match in rule.cues.finditer(sentence):
            clause = next(clause for clause in reversed(clauses) if clause.span.start <= match.start())
            reading = Reading(rule.status, rule, Span(match.start(), match.end()), clause, place.area)
            cue = Cue(sentence, reading, place)
            if cue.is_trusted() and not cue.is_undone():
                yield replace(reading, status=Status.IN_PROGRESS) if cue.is_of_a_part() else reading
