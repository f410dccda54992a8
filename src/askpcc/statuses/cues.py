"""Whether words that can give a status do so where they stand: trusted, undone, or of a part only."""

import re
from dataclasses import dataclass
from functools import lru_cache

from askpcc.language.dates import find_dates
from askpcc.model import Speaker, Status
from askpcc.statuses.clauses import About
from askpcc.statuses.places import Place, Reading
from askpcc.statuses.rules import load_rules

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
