"""What the taught reader reads in a document: which sentence says what has become of which matter."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from askpcc.model import (
    BlockKind,
    Document,
    FactName,
    Passage,
    ReaderInput,
    Span,
    Speaker,
    Status,
    StatusClaim,
)
from askpcc.ports import CaseScorer
from askpcc.reader.heads import NONE, STATUSES, Extent, Mode, read_status, status_chances
from askpcc.reader.limits import StatusLimits
from askpcc.reader.status_inputs import status_input, write_around
from askpcc.statuses.claim_dates import STATED, read_as_of, read_due
from askpcc.statuses.claims import is_no_response, make_claims
from askpcc.statuses.document_model import (
    NamedItem,
    Utterance,
    asks,
    find_cell_status,
    is_inspectorate,
    read_lines,
    says_something,
    who_says,
)
from askpcc.statuses.findings import Finding, Told
from askpcc.statuses.matters import (
    asks_for_plan,
    first_words,
    is_count,
    is_plan,
    kind_named_in,
    label_before,
    names_nothing,
    pick_title,
    read_parts,
)
from askpcc.statuses.outline import read_outline
from askpcc.statuses.summary import combine
from askpcc.statuses.tables import is_legend, read_rows, refer_to_rows
from askpcc.text.words import plain

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from askpcc.ports import Vector

_DONE = (Status.COMPLETE, Status.CLOSED)
_SAID_AS_FACT = (Mode.ASSERTED, Mode.REPORTED)
"""How a sentence speaks that says that something is done; not as a hope, a demand or a promise."""
_LONGEST_SENTENCE = 2_000
"""In characters; what is longer is damaged text, in which nothing can be told to belong together."""

_FEW_WORDS = 5
_BOLD = ("**", "__", "<b>", "<strong>")
_LONGEST_TITLE = 6
"""Words of a title that nothing but its place shows."""

_ASKS_BACK = re.compile(r"\?\W*$")
_NAME_EDGES = " .:–—-"
_SURELY_NOTHING = 0.9
"""The chance that a sentence says nothing from which on it is not asked about further."""

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """A sentence with all that may name its matter.

    parts: names by the part of the sentence that holds them.  names: those that hold for all of it.
    leans_back: a pronoun is its subject, or it is a few words without a verb.
    """

    told: Told
    around: str
    parts: tuple[tuple[Names, ...], ...]
    names: tuple[Names, ...]
    counts: bool = False
    leans_back: bool = False

    @property
    def utterance(self) -> Utterance:
        """Return the sentence."""
        return self.told.utterance

    @property
    def is_led(self) -> bool:
        """Tell whether it is a bullet that another sentence introduces."""
        line = self.utterance.line
        return line.kind is BlockKind.BULLET and line.lead is not None

    @property
    def options(self) -> list[Names]:
        """Return all names that its matter can have."""
        return [*self.names, *(names for part in self.parts for names in part)]

    def at_first(self) -> Iterator[str]:
        """Yield each matter with which the encoder is asked first: what it answers, and none."""
        yield ""
        for item in self.utterance.answers:
            yield item.words

    def further(self) -> Iterator[str]:
        """Yield each matter with which it is asked where the sentence may say something."""
        if not self.utterance.answers:
            for names in self.options:
                yield from names

    def input(self, matter: str) -> ReaderInput:
        """Return what the encoder is shown."""
        return status_input(matter, self.utterance.words, self.around)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What a sentence says of what the names name."""

    status: Status
    names: Names


@dataclass(frozen=True, slots=True)
class _Names:
    """What names no matter of a document: what it is called itself, and its force."""

    called: Sequence[str]
    force: str


class StatusReader:
    """Reads status claims with a taught encoder; what it is less sure of than the limits says nothing."""

    def __init__(self, scorer: CaseScorer, limits: StatusLimits) -> None:
        self._scorer = scorer
        self._limits = limits

    @property
    def fingerprint(self) -> str:
        """Return what decides what is read: the encoder and the limits."""
        return f"{self._scorer.fingerprint} ({self._limits.fingerprint})"

    def claims(self, document: Document, passages: Sequence[Passage]) -> list[StatusClaim]:
        """Return the status claims of a document, in its order; a matter it never returns to has none.

        A document of the inspectorate claims only what it has closed.  Guidance and law claim nothing.
        """
        if is_no_response(document):
            return []
        outline, _ = read_outline(document, read_lines(document, passages))
        outline = refer_to_rows(document, outline)
        rows = read_rows(document, outline)
        first = next((utterance.words for utterance in outline if utterance.line.is_heading), "")
        called = [first, _fact(document, FactName.TITLE)]
        force = _fact(document, FactName.FORCE)
        told = [*_find_told(document, outline), *rows.told]
        cases = list(_make_cases(document, told, _Names(called, force)))
        findings = [*self._read(document, cases), *rows.stated]
        said = {span for finding in findings for span in finding.evidence}
        findings += [finding for label, finding in rows.weak.items() if label not in said]
        if is_inspectorate(document):
            findings = [finding for finding in findings if finding.status is Status.CLOSED]
        return list(make_claims(document, sorted(findings, key=lambda finding: finding.evidence[0])))

    def _read(self, document: Document, cases: Sequence[_Case]) -> list[Finding]:
        scores = self._score(case.input(matter) for case in cases for matter in case.at_first())
        telling = [case for case in cases if _Scored(case, scores, self._limits).may_tell()]
        scores |= self._score(case.input(matter) for case in telling for matter in case.further())
        found: list[Finding] = []
        latest: tuple[_Case, Finding] | None = None
        for case in telling:
            made = list(_findings(document, case, _Scored(case, scores, self._limits).judge(), latest))
            found += made
            latest = (case, made[-1]) if made else latest
        return list(_merge(found))

    def _score(self, inputs: Iterable[ReaderInput]) -> dict[ReaderInput, "Vector"]:
        asked = list(dict.fromkeys(inputs))
        return dict(zip(asked, self._scorer.score(asked), strict=True)) if asked else {}


class _Scored:
    """The encoder's judgements of one sentence."""

    def __init__(self, case: _Case, scores: Mapping[ReaderInput, "Vector"], limits: StatusLimits) -> None:
        self._case = case
        self._scores = scores
        self._limits = limits

    def may_tell(self) -> bool:
        """Tell whether it is worth asking further: the sentence is not surely one that says nothing."""
        none = STATUSES.index(NONE)
        return self._case.is_led or any(
            self._chances(matter)[none] < _SURELY_NOTHING for matter in self._case.at_first()
        )

    def judge(self) -> list[_Verdict]:
        """Return what the sentence says, of one matter or of several."""
        case = self._case
        if case.utterance.answers:
            return self._of_items()
        if case.counts:
            return []
        apart = self._of_parts()
        if apart:
            return apart
        options = case.options
        status = self._status_of(self._mean(options) if options else self._chances(""))
        if status is None:
            return []
        best = max(options, key=lambda names: self._chance(names, status), default=())
        return [_Verdict(status, best)]

    def _of_items(self) -> list[_Verdict]:
        verdicts = []
        for item in self._case.utterance.answers:
            status = self._status_of((self._chances(item.words) + self._chances("")) / 2, item)
            if status is Status.COMPLETE and self._is_plan_for(item):
                status = Status.IN_PROGRESS
            if status is not None:
                verdicts.append(_Verdict(status, (item.words,)))
        return verdicts

    def _is_plan_for(self, item: NamedItem) -> bool:
        """Tell whether a sentence speaks of a plan, where the plan is not all that is asked for."""
        names = [name for part in self._case.parts for names in part for name in names]
        return any(map(is_plan, names[:1])) and not asks_for_plan(f"{item.words} {item.text}")

    def _of_parts(self) -> list[_Verdict]:
        """Return a verdict for each part where the parts say different things of different matters."""
        parts = [part for part in self._case.parts if part]
        if len(parts) < 2:  # noqa: PLR2004 - one part is the sentence
            return []
        verdicts = []
        for part in parts:
            best = max(part, key=lambda names: float(self._told(names)))
            status = self._status_of(self._of(best), matter=best[0])
            if status is None:
                return []
            verdicts.append(_Verdict(status, best))
        return verdicts if len({verdict.status for verdict in verdicts}) > 1 else []

    def _chances(self, matter: str) -> "NDArray[np.float64]":
        return status_chances(self._scores[self._case.input(matter)], self._limits.temperature)

    def _of(self, names: Names) -> "NDArray[np.float64]":
        return sum(self._chances(name) for name in names) / len(names)  # type: ignore[return-value]  # of arrays

    def _mean(self, options: Sequence[Names]) -> "NDArray[np.float64]":
        """Return the chances without a matter, and with the one that the sentence says most of."""
        best = max(options, key=lambda names: float(self._told(names)))
        # A bullet names its matter itself, and its status is its introduction's.
        return self._of(best) if self._case.is_led else (self._chances("") + self._of(best)) / 2

    def _told(self, names: Names) -> float:
        """Return the chance that something is said of what the names name."""
        return 1.0 - float(self._of(names)[STATUSES.index(NONE)])

    def _chance(self, names: Names, status: Status) -> float:
        return float(self._of(names)[STATUSES.index(status)])

    def _status_of(
        self, chances: "NDArray[np.float64]", item: NamedItem | None = None, matter: str = ""
    ) -> Status | None:
        """Return the likeliest status if it is likely enough, and what the sentence's mood leaves of it."""
        best = STATUSES[int(chances.argmax())]
        if best == NONE:
            return None
        status, chance = Status(best), float(chances.max())
        if status is Status.COMPLETE:
            # What may also be closed is done all the same, on the word of whoever speaks.
            chance += float(chances[STATUSES.index(Status.CLOSED)])
        if chance < self._limits.least[status]:
            return None
        return self._tempered(status, item, matter)

    def _tempered(self, status: Status, item: NamedItem | None, matter: str) -> Status | None:
        if status not in _DONE:
            return status
        judged = read_status(self._scores[self._case.input(item.words if item else matter)])
        if judged.mode not in _SAID_AS_FACT:
            return None
        return Status.IN_PROGRESS if judged.extent is Extent.PART else status


def _find_told(document: Document, outline: Sequence[Utterance]) -> Iterator[Told]:
    """Yield what can tell a status: no heading, row or question, nothing that only introduces or names."""
    leads = {utterance.line.lead for utterance in outline if utterance.line.lead}
    named: Utterance | None = None
    before: Utterance | None = None
    for utterance, following in zip(outline, [*outline[1:], None], strict=True):
        same_line = before is not None and before.line is utterance.line
        if not same_line:
            named = utterance if _only_names(document.text, utterance, following) else None
        prose = not utterance.line.is_heading and utterance.line.kind is not BlockKind.ROW
        says = not is_legend(utterance.words) and not _ASKS_BACK.search(utterance.words)
        read = prose and not utterance.silent and utterance is not named and says
        if read and utterance.span not in leads:
            previous = before.span if before and same_line and before is not named else None
            name = named.words.strip(_NAME_EDGES) if named else ""
            yield Told(utterance, before.words if before else "", previous, name=name)
        before = utterance


def _only_names(text: str, first: Utterance, following: Utterance | None) -> bool:
    """Tell whether the first words of a line are a title of the rest ("**Cells.** All are painted.")."""
    if following is None or following.line is not first.line or find_cell_status(first.words) is not None:
        return False
    length = len(first.words.split())
    bold = first.span.of(text).startswith(_BOLD)
    return (
        (bold or 1 < length <= _LONGEST_TITLE) and not says_something(first.words) and not asks(first.words)
    )


def _make_cases(document: Document, every: Sequence[Told], names: _Names) -> Iterator[_Case]:
    """Yield a case for each sentence; one that names nothing itself may go on about the one before."""
    latest: _Case | None = None
    for told in every:
        case = _make_case(document, told, names)
        if latest and told.previous == latest.utterance.span and case.leans_back:
            before = (*latest.names, *(names for part in latest.parts for names in part[:1]))
            case = replace(case, names=tuple(dict.fromkeys((*case.names, *before))))
        yield case
        latest = case


def _make_case(document: Document, told: Told, known: _Names) -> _Case:
    said, force = told.utterance, known.force
    lead = plain(said.line.lead.of(document.text)) if said.line.lead else ""
    around = write_around(lead, said.line.titles, told.before)
    if len(said.words) > _LONGEST_SENTENCE:
        return _Case(told, around, (), (), counts=True)
    title = pick_title(said.line.titles, known.called, force)
    label = label_before(said.line.words if said.line.kind is BlockKind.BULLET else said.words)
    if said.line.kind is BlockKind.BULLET and said.line.lead is not None:
        return _Case(told, around, (), ((label or first_words(said.line.words),),))
    titles = (told.name, label, title, said.about)
    named = [name for name in titles if name and not names_nothing(name, force)]
    parts = read_parts(said.words, force)
    counts = all(is_count(part.subject) for part in parts)
    found = tuple(part.names for part in parts if not is_count(part.subject))
    few = len(said.words.split()) <= _FEW_WORDS and not says_something(said.words)
    leans = parts[0].points_back or few or not any(found)
    return _Case(told, around, found, tuple((name,) for name in named), counts, leans)


def _fact(document: Document, name: FactName) -> str:
    fact = document.fact(name)
    return fact.value if fact else ""


def _findings(
    document: Document, case: _Case, verdicts: Sequence[_Verdict], latest: tuple[_Case, Finding] | None
) -> Iterator[Finding]:
    for verdict in verdicts:
        names, named_by = _name(case, verdict, latest)
        for name in names:
            yield _make_finding(document, case, replace(verdict, names=(name,)), named_by)


def _name(
    case: _Case, verdict: _Verdict, latest: tuple[_Case, Finding] | None
) -> tuple[Names, tuple[Span, ...]]:
    """Return what names the matters of a verdict, and where, if not its own sentence does."""
    same_line = latest is not None and latest[0].utterance.line is case.utterance.line
    if verdict.names:
        return verdict.names, ()
    if latest and same_line and not latest[1].items:
        return (latest[1].matter,), ()
    return (first_words(case.utterance.words),), ()


def _make_finding(document: Document, case: _Case, verdict: _Verdict, named_by: tuple[Span, ...]) -> Finding:
    said, status = case.utterance, verdict.status
    as_of, origin = read_as_of(said.words, status, document)
    if not case.told.dated and origin != STATED:
        as_of, origin = None, ""
    items = tuple(item for item in said.answers if item.words == verdict.names[0])
    return Finding(
        status=status,
        matter=verdict.names[0],
        evidence=(*_evidence(case), *named_by),
        said_by=_speaker(document, case, status),
        kind=kind_named_in(verdict.names[0]),
        items=items,
        as_of=as_of,
        as_of_from=origin,
        due=read_due(said.words, status),
    )


def _evidence(case: _Case) -> Iterator[Span]:
    said = case.utterance
    if said.line.lead is not None:
        yield said.line.span if said.line.kind is BlockKind.BULLET else said.span
        yield said.line.lead
        return
    yield said.span
    if case.told.label is not None:
        yield case.told.label
    if case.told.previous is not None and case.leans_back:
        yield case.told.previous


def _speaker(document: Document, case: _Case, status: Status) -> Speaker:
    if status is Status.CLOSED:
        return Speaker.INSPECTORATE
    lead = case.utterance.line.lead
    return who_says(plain(lead.of(document.text)) if lead else case.utterance.words, case.utterance.voice)


def _merge(found: Sequence[Finding]) -> Iterator[Finding]:
    """Make one finding of what the sentences of one place, as those of a bullet, say of one matter."""
    together: dict[tuple[Span, str], Finding] = {}
    for finding in found:
        key = (finding.evidence[0], finding.matter)
        before = together.get(key)
        together[key] = finding if before is None else _join(before, finding)
    yield from together.values()


def _join(one: Finding, other: Finding) -> Finding:
    return replace(
        one,
        status=combine([one.status, other.status]) or one.status,
        due=one.due or other.due,
        evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))),
    )
