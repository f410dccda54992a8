"""Who acts in a clause, and whether it is somebody who acts in the cited one."""

import re

from askpcc.proving.clauses import Backing, Turn
from askpcc.proving.vocabulary import load_vocabulary

_I = re.compile(r"\b(?:I|my|me|myself)\b")
_WE = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)
_STANDS_FOR = re.compile(r"\b(?:he|she|his|her|him)\b", re.IGNORECASE)
_FIRST = 5
"""Among so many words a clause names who acts."""


def gives_another_actor(turn: Turn, backing: Backing) -> bool:
    """Tell whether a clause names an actor that the cited one has not, or puts one in another's place."""
    if not set(find_actors(turn.text)) <= _held(backing):
        return True
    said, cited = _read_subject(turn.text), _read_cited_subject(backing)
    return said is not None and bool(cited) and said not in cited


def find_actors(text: str) -> list[str]:
    """Return who is named in a text, in order."""
    vocabulary = load_vocabulary()
    found = vocabulary.actor.finditer(_without_others(text))
    return [vocabulary.actors[" ".join(match[0].lower().split())] for match in found]


def _without_others(text: str) -> str:
    """Leave out words in which an actor's name names something else."""
    return re.sub(
        r"\b(?:use of force|force areas?|police and crime commissioners|chief constables)\b",
        " ",
        text,
        flags=re.IGNORECASE,
    )


def _held(backing: Backing) -> set[str]:
    held = set(find_actors(backing.words))
    first_person = _I.search(backing.own) is not None
    if first_person and not backing.cited.quoted:
        held.add("commissioner")
    held.update(str(claim.said_by) for claim in backing.cited.claims if str(claim.said_by) == "inspectorate")
    acting = _read_cited_subject(backing)
    if not first_person and (not acting or "force" in acting):
        held.add("force")
    return held


def _read_subject(text: str) -> str | None:
    """Return who a clause names first, among its first words."""
    return next(iter(find_actors(" ".join(text.split()[:_FIRST]))), None)


def _read_cited_subject(backing: Backing) -> set[str]:
    """Return who may act in the cited clause; nobody where a thing does or nobody is named."""
    first = " ".join(backing.turn.text.split()[:_FIRST])
    named = _read_subject(backing.turn.text)
    if named:
        return {named}
    if _I.search(first):
        return {"somebody quoted"} if backing.cited.quoted else {"commissioner"}
    if _WE.search(first):
        return {"force", "commissioner"}
    if _STANDS_FOR.search(first):
        return set(find_actors(backing.words))
    return set()
