"""Words typed in a hurry, and the thread they stand in, become a typed question."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache

from askpcc.errors import QuestionError
from askpcc.model import (
    Concept,
    Question,
    Status,
    Wanted,
)
from askpcc.proving.values import read_values
from askpcc.text.forces import ForceTable
from askpcc.text.references import RECOMMENDATION, find_items, without_items
from askpcc.text.words import (
    STOPWORDS,
    Lexicon,
    default_lexicon,
    load_patterns,
    plain,
    stems,
    words,
)

_ONLY = "I only answer what published responses to police inspections say"
_DECLINED = {
    "emergency": "If somebody is in danger or a crime is happening, call 999; if it is not urgent, call 101. "
    f"{_ONLY}.",
    "advice": f"I cannot advise on what to do. {_ONLY}.",
    "opinion": f"I give no opinions on people or forces. {_ONLY}.",
    "attack": f"{_ONLY}, in their own words.",
    "drafting": f"I write no texts of that sort. {_ONLY}.",
    "elsewhere": f"That is another subject. {_ONLY}.",
}


_NEVER_READ = ("emergency", "attack")
"""What a language model is not shown either."""


def decline(typed: str, *, reads_all: bool = False) -> str | None:
    """Return the sentence that declines a request outside the responses, or None for one inside.

    reads_all: a language model reads the request, and tells itself what the responses do not answer.
    """
    shapes = load_patterns("scope")
    names = _NEVER_READ if reads_all else shapes
    return next((_DECLINED[name] for name in names if shapes[name].search(typed)), None)


OPEN = frozenset({Status.IN_PROGRESS, Status.PLANNED, Status.ACCEPTED, Status.UNDER_CONSIDERATION})
DONE = frozenset({Status.COMPLETE, Status.CLOSED})
REFUSED = frozenset({Status.NOT_ACCEPTED})

_STATUSES = {
    "refused": REFUSED,
    "progress": frozenset({Status.IN_PROGRESS}),
    "open": OPEN,
    "closed": frozenset({Status.CLOSED}),
    "done": DONE,
    "planned": frozenset({Status.PLANNED}),
    "considered": frozenset({Status.UNDER_CONSIDERATION}),
    "accepted": frozenset({Status.ACCEPTED}),
}
"""What a question can ask for, in the order in which it is looked for: what is "not done" is open."""


def read_asked_statuses(typed: str) -> frozenset[Status]:
    """Return the statuses that a question asks for; none when it names none."""
    patterns = load_patterns("asked_statuses")
    return next((_STATUSES[name] for name in _STATUSES if patterns[name].search(typed)), frozenset())


def without_statuses(typed: str) -> str:
    """Return a question without the words by which it asks for statuses."""
    patterns = load_patterns("asked_statuses")
    for name in _STATUSES:
        typed = patterns[name].sub(" ", typed)
    return typed


def supposes_all(typed: str) -> bool:
    """Tell whether a question takes it that everything is done ("so all of them are complete, right?")."""
    patterns = load_patterns("asked_statuses")
    return bool(patterns["all"].search(typed) and patterns["done"].search(typed))


def asks_forecast(typed: str) -> bool:
    """Tell whether a question asks if a date will be kept ("will it be finished in time")."""
    return bool(load_patterns("asked_statuses")["forecast"].search(typed))


LONGEST_QUESTION = 2_000
"""Characters.  The longest real questions have some three hundred; more is a pasted document."""

_INHERITED_WEIGHT = 0.4
_REMEMBERED = 3
_SOFT_WEIGHT = 0.3
_REFERS_BACK = re.compile(
    r"\b(?:it|its|that|this|those|these|they|them|he|she|one|ones|then)\b", re.IGNORECASE
)
_ONLY_ASKS = re.compile(r"^\W*(?:(?:since|by|says?|and|but) )*(?:when|who|why|how|where)\W*$", re.IGNORECASE)
_FOLLOWS_ON = re.compile(r"^\W*(?:and|what about|how about|also|ok|so|then)\b", re.IGNORECASE)
SHORT_ITEM = re.compile(r"\bR ?(\d{1,2})\b", re.IGNORECASE)
"""A recommendation as people write it in haste; some documents number theirs so, and in no other way."""

_FEW_WORDS = 4
_FORM = re.compile(
    r"\b(?:who|when|why|which|where|how(?! about)|what(?! about)|has|have|had|is|are|was|were|did|does|do"
    r"|will|list|show|any)\b",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"^\W*(?:(?:no|sorry|and|also|or|ok|then|so|but|what about|how about|i meant?"
    r"|same (?:question |thing )?(?:for|in))\b\W*)+",
    re.IGNORECASE,
)
"""Words with which a question only changes the one before it."""
_MOST_CHANGED = 6
"""Words, beside those."""
_BARE_NUMBER = re.compile(r"(?:\bnumber|\bno\.?|#)\s*(\d{1,3})\b|^\W*(\d{1,3})\W*$", re.IGNORECASE)
_OTHER_FORCE = re.compile(r"\b(?:the )?other (?:force|one|pcc|area)\b", re.IGNORECASE)
_UNSEEN = frozenset({"Cc", "Cs", "Co", "Cn"})
"""Unicode's control characters, halves of surrogate pairs, private and unassigned characters."""

_OF_THE_SHAPE = """
    status deadline date number many updates progress happened list count current latest finished completed
    outstanding open accepted agreed rejected go come work look take give ask show use start want new left
    got goes gone heard seen idea actual exact theyre ive dont isnt hasnt why"""
"""Words that tell what sort of answer is wanted, or that any sentence may hold."""


def read_question(
    typed: str, history: Sequence[str], forces: ForceTable, held: Collection[str] = ()
) -> Question:
    """Read what a question wants and what it is about; the thread lends what it leaves out.

    history: the earlier questions of the thread, oldest first; what is too long in them is cut off.
    held: forces that have documents, among which "the other force" may be.
    Raises QuestionError for words that are empty, longer than LONGEST_QUESTION characters, or in a script
    the responses do not use.
    """
    own = _check(_tidy(typed))
    earlier = tuple(text[:LONGEST_QUESTION] for text in map(_tidy, history) if text)[-_REMEMBERED:]
    lexicon = default_lexicon()
    concepts = _own_concepts(own, forces, lexicon)
    asks = without_forces(_find_form(own, earlier), forces)
    thread = [own, *reversed(earlier)]
    # The thread's last question is embedded before one that leans on it, long forms after it.
    leans = _leans_on_thread(own, len(concepts), bool(earlier))
    return Question(
        words=own,
        wanted=read_wanted(asks),
        sought=read_wanted(asks, besides=Wanted.COMPARE),
        asks=asks,
        subject=" ".join([*(earlier[-1:] if leans else ()), own, *lexicon.spell_out(concepts)]),
        history=earlier,
        forces=_other_force(own, _nearest_named(thread, forces), held),
        items=_nearest_items(thread, forces),
        concepts=_with_inherited(concepts, earlier, forces, lexicon),
    )


def read_wanted(typed: str, besides: Wanted | None = None) -> Wanted:
    """Tell what sort of answer a question wants (``data/questions.toml``), leaving one sort aside."""
    shapes = {Wanted(name): pattern for name, pattern in load_patterns("questions").items()}
    found = (wanted for wanted, pattern in shapes.items() if wanted is not besides and pattern.search(typed))
    return next(found, Wanted.FACT)


def _tidy(typed: str) -> str:
    """Return typed words without markup and without characters that nobody sees or can type."""
    kinds = [(char, unicodedata.category(char)) for char in typed]
    seen = "".join(" " if kind in _UNSEEN else char for char, kind in kinds if kind != "Cf")
    return plain(seen)


def _check(cleaned: str) -> str:
    if not cleaned:
        raise QuestionError("The question is empty. Type what you want to know about a response.")
    if len(cleaned) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(cleaned):,} characters; {LONGEST_QUESTION:,} are the most. "
            "Ask about one matter."
        )
    if not words(cleaned):
        raise QuestionError(
            f"There are no words in {cleaned[:40]!r}. Type what you want to know about a response."
        )
    letters = [char for char in cleaned if char.isalpha()]
    if letters and sum(char < "\u0250" for char in letters) < len(letters) / 2:
        raise QuestionError("The responses are in English. Ask in English, please.")
    return cleaned


def _own_concepts(text: str, forces: ForceTable, lexicon: Lexicon) -> tuple[Concept, ...]:
    """Return the concepts of a text without forces and numbered items, which are compared on their own."""
    return tuple(_soften(one) for one in lexicon.concepts(without_items(without_forces(text, forces))))


@lru_cache(maxsize=1)
def _stems_of_the_shape() -> frozenset[str]:
    return frozenset(stems(_OF_THE_SHAPE))


def _soften(concept: Concept) -> Concept:
    """Weigh words that say what sort of answer is wanted less than those that say what about."""
    typed = concept.phrases[0][0]
    return Concept(_SOFT_WEIGHT, concept.phrases) if set(typed) <= _stems_of_the_shape() else concept


def _leans_on_thread(own: str, content: int, has_thread: bool) -> bool:
    elliptical = content < _FEW_WORDS or _FOLLOWS_ON.search(own) or _REFERS_BACK.search(own)
    return has_thread and bool(elliptical)


def _with_inherited(
    own: tuple[Concept, ...], earlier: tuple[str, ...], forces: ForceTable, lexicon: Lexicon
) -> tuple[Concept, ...]:
    known = {concept.phrases[0][0] for concept in own}
    inherited = []
    for text in reversed(earlier):
        for concept in _own_concepts(text, forces, lexicon):
            if concept.phrases[0][0] not in known:
                known.add(concept.phrases[0][0])
                inherited.append(Concept(concept.weight * _INHERITED_WEIGHT, concept.phrases))
    return (*own, *inherited)


def _find_form(own: str, earlier: Sequence[str]) -> str:
    """Return the words by whose form a question asks: of one that only changes an earlier one, that one's."""
    for text in [own, *reversed(earlier)]:
        if not _only_changes(text):
            return text
    return own


def _only_changes(text: str) -> bool:
    """Tell whether a question says only what is other than in the one before ("and in Millbrae?")."""
    rest = _CHANGES.sub("", text)
    return len(words(rest)) <= _MOST_CHANGED and not _FORM.search(rest) and not read_asked_statuses(rest)


def without_forces(text: str, forces: ForceTable) -> str:
    """Return a text without the names of forces."""
    for _, span in reversed(forces.find_forces(text, typed=True)):
        text = f"{text[: span.start]} {text[span.end :]}"
    return " ".join(text.split())


def _other_force(own: str, named: tuple[str, ...], held: Collection[str]) -> tuple[str, ...]:
    """Return the only force beside those of the thread where a question asks for the other one."""
    others = sorted(set(held) - set(named))
    return (others[0],) if _OTHER_FORCE.search(own) and named and len(others) == 1 else named


def _nearest_items(texts: Sequence[str], forces: ForceTable) -> tuple[str, ...]:
    """Return what the question names by number, else what the questions that it leans on name."""
    own, *earlier = texts
    named = find_items(own) or tuple(f"{RECOMMENDATION} {number}" for number in SHORT_ITEM.findall(own))
    if named or not earlier:
        return named
    lent = _nearest_items(earlier, forces)
    number = _BARE_NUMBER.search(own)
    if number and lent:
        return (f"{lent[0].rpartition(' ')[0]} {number[1] or number[2]}",)
    # What names neither a matter nor anything but a force leaves the matter as it was.
    rest = _OTHER_FORCE.sub("", _CHANGES.sub("", own))
    same = _only_changes(own) and not _own_concepts(rest, forces, default_lexicon())
    return lent if same or _REFERS_BACK.search(own) or _ONLY_ASKS.search(own) else ()


def _nearest_named(texts: Sequence[str], forces: ForceTable) -> tuple[str, ...]:
    """Return the forces that the question names, else those of the latest earlier one that names any."""
    for text in texts:
        named = dict.fromkeys(force.name for force, _ in forces.find_forces(text, typed=True))
        if named:
            return tuple(named)
    return ()


_LONGEST = 400


def is_of_thread(rewritten: str, thread: Sequence[str], forces: ForceTable) -> bool:
    """Tell whether forces, numbers, dates, matters and content words of a question are the thread's own."""
    if len(rewritten) > _LONGEST or not rewritten.isprintable():
        return False
    said = " \n".join(thread)
    named = {force.name for force, _ in forces.find_forces(rewritten, typed=True)}
    if not named <= {force.name for force, _ in forces.find_forces(said, typed=True)}:
        return False
    if not read_values(rewritten) <= read_values(said):
        return False
    held = set(stems(said))
    return all(
        word in STOPWORDS or stem in held
        for word, stem in zip(words(rewritten), stems(rewritten), strict=True)
    )
