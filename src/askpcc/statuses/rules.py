"""The rules that read a status out of a clause, and where they may look."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from askpcc.model import Span, Speaker, Status
from askpcc.text.dates import find_dates
from askpcc.text.forces import AREA_SUFFIXES
from askpcc.text.words import load_data

Pattern = re.Pattern[str]

_DEEPEST = 4
"""How often a list of words may hold the name of another one, which holds the name of another one."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Cues that give a clause a status.

    where: in which places the cues are trusted.  negates: the cue holds its own negation, so that none
    is looked for.  anybody: it holds whoever the clause is about.  weak: it counts for nothing beside
    another status.  yes, no: example sentences.
    """

    name: str
    status: Status
    where: str
    cues: Pattern
    yes: tuple[str, ...]
    no: tuple[str, ...]
    negates: bool = False
    anybody: bool = False
    weak: bool = False


@dataclass(frozen=True, slots=True)
class StatusRules:
    """All rules; and all lists of words beside them, by section and name.

    lists: "guards" takes a clause's word away, "subjects" tells whom a clause is about, and so on.
    words: the lists that others are made of, each as the text of an expression.
    """

    rules: tuple[Rule, ...]
    lists: Mapping[str, Mapping[str, Pattern]]
    words: Mapping[str, str]

    def find(self, section: str, name: str, words: str) -> re.Match[str] | None:
        """Find the first place where an expression of a list stands in words."""
        return self.lists[section][name].search(words)

    def holds(self, section: str, name: str, words: str) -> bool:
        """Tell whether words hold an expression of a list."""
        return self.find(section, name, words) is not None

    def begins(self, section: str, name: str, words: str) -> bool:
        """Tell whether words begin with an expression of a list."""
        return self.lists[section][name].match(words) is not None


@lru_cache(maxsize=1)
def load_rules() -> StatusRules:
    """Read the rules of the package."""
    data = load_data("statuses")
    words = _expand({name: f"(?:{'|'.join(listed)})" for name, listed in data.pop("words").items()})
    rules = tuple(_read_rule(rule, words) for rule in data.pop("rule"))
    lists = {section: _compile_all(named, words) for section, named in data.items()}
    return StatusRules(rules, lists | {"words": _compile_all(words, {})}, words)


def _read_rule(rule: Mapping[str, Any], words: Mapping[str, str]) -> Rule:
    return Rule(
        name=rule["name"],
        status=Status(rule["status"]),
        where=rule["where"],
        cues=_compile("|".join(rule["cues"]), words),
        yes=tuple(rule["yes"]),
        no=tuple(rule["no"]),
        negates=rule.get("negates", False),
        anybody=rule.get("anybody", False),
        weak=rule.get("weak", False),
    )


def _compile_all(named: Mapping[str, list[str] | str], words: Mapping[str, str]) -> dict[str, Pattern]:
    joined = {name: listed if isinstance(listed, str) else "|".join(listed) for name, listed in named.items()}
    return {name: _compile(alternatives, words) for name, alternatives in joined.items()}


def _expand(words: Mapping[str, str]) -> dict[str, str]:
    expanded = dict(words)
    for _ in range(_DEEPEST):
        expanded = {name: _fill(listed, expanded) for name, listed in expanded.items()}
    return expanded


def _fill(expression: str, words: Mapping[str, str]) -> str:
    for name, listed in words.items():
        expression = expression.replace(f"{{{name}}}", listed)
    return expression


def _compile(alternatives: str, words: Mapping[str, str]) -> Pattern:
    return re.compile(rf"(?<![\w.])(?:{_fill(alternatives, words)})(?!\w)", re.IGNORECASE)


_BREAK = re.compile(
    r"[;.!?](?=\s|$)|:(?=\s)|\s[–—-](?=\s)|,?\s+(?=(?:but|however|although|though|whereas)\b)", re.IGNORECASE
)
_JOINED = r"(?:because|whether|unless|until|once|when|while|if|which|who|where)\b"
_LONGEST_SUBJECT = 6
_ASKED = re.compile(r"\b(?:what|how|why|whether|that|which|who)\b", re.IGNORECASE)
_QUOTES = r"[\s,;:–—\"“”'‘’-]*"


class About(StrEnum):
    """Whom a clause is about, as far as its first words show."""

    INSPECTORATE = "inspectorate"
    OFFICE = "office"
    FORCE = "force"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a sentence.

    reach: where the main clause begins that it hangs on, as far back as a hope or a question governs.
    subject: where its subject begins; the subject of an earlier clause when it has none of its own.
    """

    span: Span
    reach: int
    subject: int
    about: About


@dataclass(frozen=True, slots=True)
class _Joints:
    """Expressions for where clauses meet.  opening: what stands before a subject."""

    joint: re.Pattern[str]
    subject_joint: re.Pattern[str]
    verb: re.Pattern[str]
    opening: re.Pattern[str]
    no_subject: re.Pattern[str]


@lru_cache(maxsize=1)
def _joints() -> _Joints:
    words = load_rules().words
    verb, subject = rf"(?={words['verb_follows']}\b)", rf"(?={words['subject_begins']}\b)"
    joint = rf",?\s+(?={_JOINED})|,\s+(?:and|so|or|yet)\s+|\s+and\s+{verb}"
    finite = rf"\b(?:{words['auxiliaries']}|{words['verb_follows']}|\w+ed|now)\b"
    finite += rf"|^\W*(?:the )?(?:{words['pronouns']}) \w+"
    return _Joints(
        re.compile(joint, re.IGNORECASE),
        re.compile(rf"\s+and\s+{subject}", re.IGNORECASE),
        re.compile(finite, re.IGNORECASE),
        re.compile(rf"^{_QUOTES}(?:{words['openings']}[\s,]+)*", re.IGNORECASE),
        re.compile(rf"^(?:{words['verb_follows']}|shall|which|who|being|not)\b", re.IGNORECASE),
    )


def split_clauses(sentence: str) -> list[Clause]:
    """Return the clauses of a sentence that is plain words, in order; at least one."""
    breaks = [match.end() for match in _BREAK.finditer(sentence)]
    joints = [match.start() for match in _joints().joint.finditer(sentence)]
    joints += [
        match.start()
        for match in _joints().subject_joint.finditer(sentence)
        if _has_verb(sentence[max(at for at in (0, *breaks, *joints) if at <= match.start()) : match.start()])
    ]
    starts = [start for start in sorted({0, *breaks, *joints}) if start == 0 or sentence[start:].strip()]
    clauses: list[Clause] = []
    for start, end in zip(starts, [*starts[1:], len(sentence)], strict=True):
        reach = max((place for place in breaks if place <= start), default=0)
        clauses.append(_read_clause(sentence, Span(start, end), reach, clauses))
    return clauses


def _has_verb(words: str) -> bool:
    """Tell whether words before "and the ..." are a clause; "the vans and the cars" are one subject."""
    words = _ASKED.split(words)[-1]
    return len(words.split()) > _LONGEST_SUBJECT or _joints().verb.search(words) is not None


def _read_clause(sentence: str, span: Span, reach: int, earlier: list[Clause]) -> Clause:
    opening = _joints().opening.match(sentence[span.start : span.end])
    subject = span.start + (opening.end() if opening else 0)
    if earlier and _joints().no_subject.match(sentence[subject : span.end]):
        return Clause(span, reach, earlier[-1].subject, earlier[-1].about)
    return Clause(span, reach, subject, _about(sentence[subject : span.end]))


def _about(words: str) -> About:
    rules = load_rules()
    known = (About.INSPECTORATE, About.OFFICE, About.FORCE)
    return next((about for about in known if rules.begins("subjects", about, words)), About.OTHER)


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


_RELATIVE = re.compile(r"[^,\s]\s+(?:that|who|which)\s*$", re.IGNORECASE)
"""What stands before the verb of such a clause: "a service that has been cut"."""

_NO_NAME = "The|This|That|Our|Its|Their|His|Her|My|Each|Every|Local|An?|Both|All|Many|Other|British"
_FORCE_NAME = re.compile(
    rf"(?:The )?(?P<name>(?!(?:{_NO_NAME})\b)(?:[A-Z][\w'’-]+ (?:(?:and|&|of|on) )?){{1,5}}"
    r"(?:Police|Constabulary))\b"
)

_NO_PLACE = f"{_NO_NAME}|He|She|It|We|They|And|But|Deputy|Assistant|Acting|Temporary|Chief|Fire|Crime|Police"
_OFFICE = r"(?:Police,? (?:Fire,? )?and Crime )?(?:Commissioner|P?F?CC|Chief Constable|Police|Constabulary)"


@lru_cache(maxsize=1)
def _place_that_tells() -> re.Pattern[str]:
    """Match a place whose office or force tells what follows, or that tells it of itself ("it", "its")."""
    name, tells = rf"(?!(?:{_NO_PLACE})\b)[A-Z][a-z][\w-]+", load_rules().words["tells"]
    by_office = rf"(?P<of>{name}(?: {name})*)(?:[’']s)? {_OFFICE}\b[^.;]{{0,40}}?\b{tells}"
    of_itself = rf"(?:^|[,;:] |[Nn]eighbouring )(?P<itself>{name}) {tells}(?: me| us)?(?: that)? its?"
    return re.compile(rf"(?<![\w-])(?:{by_office}|{of_itself})\b")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue that was found in a sentence, to be weighed."""

    sentence: str
    reading: Reading
    place: Place

    @property
    def subject(self) -> str:
        """Return what stands between the subject's beginning and the cue."""
        return self.sentence[self.reading.clause.subject : self.reading.cue.start]

    def is_of_a_part(self) -> bool:
        """Tell whether only a part is called complete; a list that a sentence introduces is that part."""
        from_subject = self.sentence[self.reading.clause.subject :]
        part = load_rules().begins("guards", "part", from_subject)
        after = self.sentence[self.reading.cue.end :].lstrip()
        rules, cue = load_rules(), self.reading.cue.of(self.sentence)
        some = rules.begins("guards", "to_a_part", after) or rules.holds("guards", "rest", after)
        some = some or rules.holds("guards", "in_part", cue)
        if self.reading.status is Status.CLOSED:
            return rules.begins("guards", "of_all", from_subject)
        return (part or some) and self.reading.status is Status.COMPLETE and not self.place.lead

    def is_trusted(self) -> bool:
        """Tell whether a rule may be used where its cue was found."""
        rule = self.reading.rule
        if self._is_of_another_force():
            return False
        if not (rule.anybody or rule.status is Status.CLOSED or self._may_be_force()):
            return False
        return rule.where == "anywhere" or self._is_at(rule.where)

    def _is_at(self, where: str) -> bool:
        rules, place = load_rules(), self.place
        dated = bool(find_dates(self.sentence, years=place.answer)) or rules.holds(
            "places", "month", self.sentence
        )
        return {
            "answer": place.answer,
            "lead": place.lead,
            "heading": place.heading,
            "dated": dated,
            "team": rules.holds("places", "team", self.subject),
            "named": rules.holds("words", "matters", self.sentence),
            "force": place.answer or self._is_about_force(),
            "matter": self._is_about_matter(),
            "reported": place.reported
            or rules.holds("places", "reported_by_force", self.sentence[: self.reading.cue.start]),
        }[where]

    def _is_of_another_force(self) -> bool:
        """Tell whether a force acts, or a place tells what is so, whose name the document does not bear."""
        acting = _FORCE_NAME.match(self.sentence, self.reading.clause.subject)
        governing = self.sentence[self.reading.clause.reach : self.reading.cue.start].lstrip()
        telling = _place_that_tells().search(governing)
        named = [acting["name"]] if acting else []
        named += [telling["of"] or telling["itself"]] if telling else []
        own = f"{self.place.force} {self.place.titles}".lower()
        return bool(self.place.force) and any(name.lower() not in own for name in named)

    def _is_first_person(self) -> bool:
        rules, before = load_rules(), self.sentence[: self.reading.cue.start].split()
        begins = rules.begins("places", "first_person", self.sentence[self.reading.clause.subject :])
        return begins or (bool(before) and before[-1].lower() in {"i", "we"})

    def _may_be_force(self) -> bool:
        if self._is_first_person():
            return self.place.voice is Speaker.FORCE or self.place.own
        if self.place.chief and load_rules().begins("places", "he_or_she", self.subject):
            return True
        return self.reading.clause.about not in {About.OFFICE, About.INSPECTORATE}

    def _is_about_force(self) -> bool:
        passive = bool(self.subject.strip()) and self.reading.clause.about is About.OTHER
        return passive or self.reading.clause.about is About.FORCE or self._is_first_person()

    def _is_about_matter(self) -> bool:
        rules = load_rules()
        if rules.holds("words", "matters", self.subject):
            return True
        if self.reading.status is Status.CLOSED and rules.begins("places", "next_in_list", self.subject):
            return True
        return self.place.answer and rules.begins("places", "matter_pronoun", self.subject)

    def is_undone(self) -> bool:
        """Tell whether hope, a condition, a rule, a finding, a negation or routine undoes a cue."""
        rules, reading = load_rules(), self.reading
        start, at = reading.clause.span.start, reading.cue.start
        governing, clause = self.sentence[reading.clause.reach : at], self.sentence[start:at]
        undone = (
            rules.holds("guards", "counted", self.subject)
            or rules.holds("guards", "hope", governing)
            or rules.holds("guards", "asking", governing)
            or rules.holds("guards", "earlier", governing)
            or rules.holds("guards", "unreal", clause)
            or self._is_in_relative()
            or rules.holds("guards", "demand", clause)
            or (self._heeds_findings() and rules.holds("guards", "finding", governing))
            or (not reading.rule.negates and self._is_negated())
        )
        from_subject = self.sentence[reading.clause.subject :]
        if reading.status is Status.COMPLETE:
            own = self.sentence[reading.clause.subject : max(reading.clause.span.end, reading.cue.end)]
            undone = (
                undone
                or any(rules.begins("guards", name, from_subject) for name in ("watching", "no_deed"))
                or rules.begins("guards", "given_up", own)
            )
        return undone or (reading.status is Status.PLANNED and self._is_no_promise())

    def _is_in_relative(self) -> bool:
        """Tell whether a cue is the verb of a clause that only tells which one is meant."""
        if self.place.lead:
            return False
        begins = load_rules().begins("words", "auxiliaries", self.reading.cue.of(self.sentence))
        before = self.sentence[: self.reading.cue.start]
        return begins and _RELATIVE.search(before) is not None

    def _heeds_findings(self) -> bool:
        """Tell whether a finding takes this word away; a verdict on the matter itself is one."""
        verdict = self.place.answer and self.reading.rule.anybody
        return self.reading.status is not Status.CLOSED and not verdict

    def _is_no_promise(self) -> bool:
        """Tell whether a "will" is upkeep, watching, a consequence, or what a rule before it demands."""
        rules, reading = load_rules(), self.reading
        end = max(reading.clause.span.end, reading.cue.end)
        whole = self.sentence[reading.clause.span.start : end]
        return (
            rules.holds("guards", "boilerplate", whole)
            or rules.holds("guards", "recurring", whole)
            or rules.begins("guards", "consequence", self.sentence[reading.cue.start :])
            or rules.holds("guards", "demand", self.sentence[: reading.cue.start])
        )

    def _is_negated(self) -> bool:
        lists = load_rules().lists["guards"]
        return lists["negation"].search(lists["restoring"].sub(" ", self.subject)) is not None


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
