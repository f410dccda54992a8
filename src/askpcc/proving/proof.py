"""A statement is compared with the words it cites, and the first thing that is not proved is named.

Nothing here says that a statement is true: only that all in it that can be checked stands in those words.
What cannot be decided counts as not proved.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from askpcc.language.forces import ForceTable
from askpcc.language.lexicon import default_lexicon
from askpcc.language.words import content_stems
from askpcc.model import Speaker, Status, StatusClaim
from askpcc.proving.clauses import Mood, find_nearest, read_turns
from askpcc.proving.statuses import read_statuses
from askpcc.proving.values import read_dates, read_items, read_names, read_numbers
from askpcc.proving.vocabulary import load_vocabulary

_LEAST_COVERED = 0.75
"""Of the content of a statement, without words of reporting; the rest may be said in other words."""

_LONGEST = 1_000
"""Characters of one statement; a longer one is no statement but a text."""


class Flaw(StrEnum):
    """What is not proved."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    MARKUP = "markup"
    ITEM = "item"
    DATE = "date"
    NUMBER = "number"
    FORCE = "force"
    NAME = "name"
    SPEAKER = "speaker"
    STATUS = "status"
    DECISIVE = "decisive"
    NEGATION = "negation"
    MOOD = "mood"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a statement rests on.

    quotes: the cited words, plain.  about: what is known of their documents (force, title, report, date,
    author), plain.  claims: what the register reads out of the cited words.  forces: the table of forces.
    """

    quotes: tuple[str, ...]
    about: tuple[str, ...]
    claims: tuple[StatusClaim, ...]
    forces: ForceTable

    @property
    def said(self) -> str:
        """Return all cited words."""
        return "\n".join(self.quotes)

    @property
    def known(self) -> str:
        """Return all cited words and what is known of their documents."""
        return "\n".join([*self.quotes, *self.about])


def find_flaw(text: str, status: Status | None, grounds: Grounds) -> Flaw | None:
    """Return the first thing of a statement that its grounds do not prove; None where all is proved.

    text: plain words of one statement.  status: the one that it claims besides its words.
    """
    for flaw, is_flawed in _CHECKS:
        if is_flawed(text, grounds):
            return flaw
    return Flaw.STATUS if _claims_another_status(text, status, grounds) else None


def _has_markup(text: str, _: Grounds) -> bool:
    return any(mark in text for mark in "<>[]|`\n{}") or "http" in text.lower()


def _names_other_items(text: str, grounds: Grounds) -> bool:
    """A number of a matter is proved by the words or by the register, which reads it from their place."""
    held = read_items(grounds.known) | {f"{claim.kind} {claim.number}" for claim in grounds.claims}
    return not read_items(text) <= held


def _gives_other_dates(text: str, grounds: Grounds) -> bool:
    held = read_dates(grounds.known) | {claim.as_of for claim in grounds.claims if claim.as_of}
    held |= {claim.due for claim in grounds.claims if claim.due}
    return not all(
        any(one == date or one.startswith(f"{date}-") for one in held) for date in read_dates(text)
    )


def _gives_other_numbers(text: str, grounds: Grounds) -> bool:
    return not read_numbers(text) <= read_numbers(grounds.said)


def _names_other_forces(text: str, grounds: Grounds) -> bool:
    held = {force.name for force, _ in grounds.forces.find_forces(grounds.known)}
    return not {force.name for force, _ in grounds.forces.find_forces(text)} <= held


def _names_others(text: str, grounds: Grounds) -> bool:
    held = frozenset(word.casefold() for word in grounds.known.replace("/", " ").split())
    known = read_names(grounds.known) | {word.strip(".,;:()“”\"'’") for word in held} | _offices()
    return any(name not in known and not _is_spelt_out(name, grounds.known) for name in read_names(text))


def _offices() -> frozenset[str]:
    """Return names that any statement may use, whoever it is about."""
    return frozenset(
        "police commissioner crime fire pcc pfcc hmicfrs hmic force constabulary chief constable".split()
    )


def _is_spelt_out(name: str, known: str) -> bool:
    """Tell whether an abbreviation stands for words of the grounds, or they for it."""
    stems = set(content_stems(known))
    for concept in default_lexicon().concepts(name):
        return any(set(phrase) <= stems for phrase, strength in concept.phrases if strength == 1)
    return False


def _gives_another_speaker(text: str, grounds: Grounds) -> bool:
    named = load_vocabulary().speakers["inspectorate"]
    if not named.search(text) or named.search(grounds.said):
        return False
    return not any(claim.said_by is Speaker.INSPECTORATE for claim in grounds.claims)


def _turns_decisively(text: str, grounds: Grounds) -> bool:
    groups = load_vocabulary().groups
    held = {groups[stem] for stem in _all_stems(grounds.known) if stem in groups}
    return not {groups[stem] for stem in _all_stems(text) if stem in groups} <= held


def _all_stems(text: str) -> list[str]:
    from askpcc.language.words import stems

    return stems(text)


def _turns_against(text: str, grounds: Grounds) -> bool:
    cited = read_turns(grounds.quotes)
    return any(
        nearest and all(turn.denies != other.denies for other in nearest)
        for turn in read_turns([text])
        if (nearest := find_nearest(turn, cited))
    )


def _has_another_mood(text: str, grounds: Grounds) -> bool:
    cited = read_turns(grounds.quotes)
    return any(
        nearest and all(_differ(turn.mood, other.mood) for other in nearest)
        for turn in read_turns([text])
        if (nearest := find_nearest(turn, cited))
    )


def _differ(said: Mood, cited: Mood) -> bool:
    return said is not cited


def _says_more(text: str, grounds: Grounds) -> bool:
    held = set(_all_stems(grounds.known))
    concepts = [
        concept
        for concept in default_lexicon().concepts(text)
        if not set(concept.phrases[0][0]) <= load_vocabulary().free
    ]
    covered = sum(any(set(phrase) <= held for phrase, _ in concept.phrases) for concept in concepts)
    return bool(concepts) and covered < _LEAST_COVERED * len(concepts)


def _claims_another_status(text: str, status: Status | None, grounds: Grounds) -> bool:
    """Every status that is claimed, by name or in words, is one that the register has of the cited words."""
    claimed = read_statuses(text) | ({status} if status else set())
    held = {claim.status for claim in grounds.claims}
    for quote in grounds.quotes:
        held |= read_statuses(quote)
    return bool((claimed - {Status.NOT_STATED}) - held)


_CHECKS: Sequence[tuple[Flaw, Callable[[str, Grounds], bool]]] = (
    (Flaw.EMPTY, lambda text, _: not content_stems(text)),
    (Flaw.TOO_LONG, lambda text, _: len(text) > _LONGEST),
    (Flaw.MARKUP, _has_markup),
    (Flaw.ITEM, _names_other_items),
    (Flaw.DATE, _gives_other_dates),
    (Flaw.NUMBER, _gives_other_numbers),
    (Flaw.FORCE, _names_other_forces),
    (Flaw.NAME, _names_others),
    (Flaw.SPEAKER, _gives_another_speaker),
    (Flaw.NEGATION, _turns_against),
    (Flaw.MOOD, _has_another_mood),
    (Flaw.DECISIVE, _turns_decisively),
    (Flaw.CONTENT, _says_more),
)
