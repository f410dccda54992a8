"""What the taught reader reads in a document: which sentence says what has become of which matter."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from typing import TYPE_CHECKING, Any

from askpcc.errors import ReaderError
from askpcc.model import (
    BlockKind,
    Document,
    Passage,
    ReaderInput,
    Span,
    Speaker,
    Status,
    StatusClaim,
)
from askpcc.ports import CaseScorer
from askpcc.reader.cases import (
    NONE,
    STATUSES,
    Extent,
    Mode,
    read_status,
    status_chances,
)
from askpcc.statuses.claim_dates import STATED, read_as_of, read_due
from askpcc.statuses.claims import is_no_response, make_claims
from askpcc.statuses.document_model import (
    NamedItem,
    is_inspectorate,
    who_says,
)
from askpcc.statuses.findings import Finding, settle
from askpcc.statuses.matters import (
    asks_for_plan,
    is_plan,
    kind_named_in,
)
from askpcc.statuses.status_cases import Names, StatusCase, read_cases
from askpcc.statuses.summary import combine
from askpcc.text.words import plain

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from askpcc.ports import Vector


_DONE = (Status.COMPLETE, Status.CLOSED)
_NOT_SO = (Mode.DENIED, Mode.PAST)
"""How a bullet speaks that is not what its introduction says."""

_SAID_AS_FACT = (Mode.ASSERTED, Mode.REPORTED)
"""How a sentence speaks that says that something is done; not as a hope, a demand or a promise."""
_NOTHING = STATUSES.index(NONE)
_SURELY_NOTHING = 0.9
"""The chance that a sentence says nothing from which on it is not asked about further."""


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What a sentence says of what the names name.  chance: that it does, from 0 to 1."""

    status: Status
    names: Names
    chance: float


_FILE = "data/reader/limits.json"


@dataclass(frozen=True, slots=True)
class StatusLimits:
    """The least chance (0 to 1) of each status."""

    least: Mapping[Status, float]

    @property
    def fingerprint(self) -> str:
        """Return what tells these limits from others."""
        return ", ".join(f"{status} {self.least[status]}" for status in sorted(self.least))


def load_status_limits() -> StatusLimits:
    """Return the limits that are installed with this package; raises ReaderError where they are damaged."""
    file = resources.files("askpcc") / _FILE
    try:
        return read_status_limits(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError) as exc:
        raise ReaderError(
            f"The reader's limits {file} cannot be used: {exc!r}. Install askpcc again."
        ) from exc


def read_status_limits(data: Mapping[str, Any]) -> StatusLimits:
    """Return the limits of a file: {"status": {name: chance}}."""
    return StatusLimits({Status(name): float(chance) for name, chance in data["status"].items()})


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
        """Return the status claims of a document, in its order; a matter it never returns to has none."""
        return list(make_claims(document, self.find(document, passages)))

    def find(self, document: Document, passages: Sequence[Passage]) -> list[Finding]:
        """Return what a document says has become of matters, in its order.

        A document of the inspectorate claims only what it has closed.  Guidance and law claim nothing.
        """
        if is_no_response(document):
            return []
        cases, rows = read_cases(document, passages)
        findings = [*self._read(document, cases), *rows.stated]
        said = {span for finding in findings for span in finding.evidence}
        findings += [finding for label, finding in rows.weak.items() if label not in said]
        if is_inspectorate(document):
            findings = [finding for finding in findings if finding.status is Status.CLOSED]
        return sorted(findings, key=lambda finding: finding.evidence[0])

    def _read(self, document: Document, cases: Sequence[StatusCase]) -> list[Finding]:
        scores = score_cases(self._scorer, cases)
        found: list[Finding] = []
        latest: tuple[StatusCase, Finding] | None = None
        for case in cases:
            made = list(_findings(document, case, CaseScores(case, scores, self._limits).judge(), latest))
            found += made
            latest = (case, made[-1]) if made else latest
        return list(_merge(found))


Scores = Mapping[ReaderInput, "Vector"]


def score_cases(scorer: CaseScorer, cases: Sequence[StatusCase]) -> Scores:
    """Return what the encoder says of each case with each matter that it may speak of.

    A case that surely says nothing without a matter is not asked about further.
    """
    scores = _score(scorer, (case.input(matter) for case in cases for matter in case.at_first()))
    telling = [case for case in cases if case.lead or not _surely_says_nothing(case, scores)]
    further = [case.input(matter) for case in telling for matter in case.further()]
    return scores | _score(scorer, further + [case.lead_input() for case in telling if case.lead])


def _score(scorer: CaseScorer, inputs: Iterable[ReaderInput]) -> dict[ReaderInput, "Vector"]:
    asked = list(dict.fromkeys(inputs))
    return dict(zip(asked, scorer.score(asked), strict=True)) if asked else {}


def _surely_says_nothing(case: StatusCase, scores: Scores) -> bool:
    sure = (status_chances(scores[case.input(matter)])[_NOTHING] for matter in case.at_first())
    return all(chance >= _SURELY_NOTHING for chance in sure)


class CaseScores:
    """The encoder's judgements of one sentence."""

    def __init__(self, case: StatusCase, scores: Scores, limits: StatusLimits) -> None:
        self._case = case
        self._scores = scores
        self._limits = limits

    def combined(self) -> "NDArray[np.float64]":
        """Return the chance of each of STATUSES, of the matter of which most is said."""
        items = [item.words for item in self._case.utterance.answers]
        if items:
            return (self._chances(items[0]) + self._chances("")) / 2
        known = [names for names in self._case.options if self._case.input(names[0]) in self._scores]
        return self._whole(known)[0]

    def judge(self) -> list[_Verdict]:
        """Return what the sentence says, of one matter or of several."""
        case = self._case
        if case.utterance.answers:
            return self._of_items()
        if case.counts or not self._is_asked_further():
            return []
        apart = self._of_parts()
        if apart:
            return apart
        options = case.options
        verdict = self._verdict((), *self._whole(options))
        if verdict is None:
            return []
        best = max(options, key=lambda names: self._chance(names, verdict.status), default=())
        return [replace(verdict, names=best)]

    def _is_asked_further(self) -> bool:
        return all(self._case.input(matter) in self._scores for matter in self._case.further())

    def _of_items(self) -> list[_Verdict]:
        verdicts = []
        for item in self._case.utterance.answers:
            chances = (self._chances(item.words) + self._chances("")) / 2
            verdict = self._verdict((item.words,), chances, self._case.input(item.words))
            if verdict and verdict.status is Status.COMPLETE and self._is_plan_for(item):
                verdict = replace(verdict, status=Status.IN_PROGRESS)
            if verdict:
                verdicts.append(verdict)
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
            verdict = self._verdict(best, self._of(best), self._case.input(best[0]))
            if verdict is None:
                return []
            verdicts.append(verdict)
        return verdicts if len({verdict.status for verdict in verdicts}) > 1 else []

    def _chances(self, matter: str) -> "NDArray[np.float64]":
        return status_chances(self._scores[self._case.input(matter)])

    def _of(self, names: Names) -> "NDArray[np.float64]":
        return sum(self._chances(name) for name in names) / len(names)  # type: ignore[return-value]  # of arrays

    def _whole(self, options: Sequence[Names]) -> "tuple[NDArray[np.float64], ReaderInput]":
        """Return what the whole sentence says: the mean without a matter and with the one it says most of.

        Of a bullet, what its introduction says where that says more, and the bullet does not deny it.  With
        the case that decides.
        """
        own = self._chances("")
        if options:
            own = (own + self._of(max(options, key=lambda names: float(self._told(names))))) / 2
        if self._case.lead:
            lead = self._case.lead_input()
            introduced = status_chances(self._scores[lead])
            denied = read_status(self._scores[self._case.input("")]).mode in _NOT_SO
            if int(introduced.argmax()) == int(own.argmax()) != _NOTHING and not denied:
                return _agreeing(own, introduced), lead
            if introduced[_NOTHING] < own[_NOTHING] and not denied:
                return introduced, lead
        return own, self._case.input("")

    def _told(self, names: Names) -> float:
        """Return the chance that something is said of what the names name."""
        return 1.0 - float(self._of(names)[_NOTHING])

    def _chance(self, names: Names, status: Status) -> float:
        return float(self._of(names)[STATUSES.index(status)])

    def _verdict(self, names: Names, chances: "NDArray[np.float64]", case: ReaderInput) -> _Verdict | None:
        """Return the likeliest status if it is likely enough, and what the mood of a case leaves of it."""
        best = STATUSES[int(chances.argmax())]
        if best == NONE:
            return None
        status, chance = Status(best), float(chances.max())
        closed = float(chances[STATUSES.index(Status.CLOSED)])
        if status in _DONE and closed < self._limits.least[Status.CLOSED]:
            # What may also be closed is done all the same, on the word of whoever speaks.
            status, chance = Status.COMPLETE, closed + float(chances[STATUSES.index(Status.COMPLETE)])
        if chance < self._limits.least[status]:
            return None
        tempered = self._tempered(status, case)
        return _Verdict(tempered, names, chance) if tempered else None

    def _tempered(self, status: Status, case: ReaderInput) -> Status | None:
        if status not in _DONE:
            return status
        judged = read_status(self._scores[case])
        if judged.mode not in _SAID_AS_FACT:
            return None
        return Status.IN_PROGRESS if judged.extent is Extent.PART else status


def _agreeing(one: "NDArray[np.float64]", other: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Return the chances of what is read twice, in a bullet and in its introduction: both would be wrong."""
    best = int(one.argmax())
    doubt = (1.0 - one[best]) * (1.0 - other[best])
    rest = one + other
    rest[best] = 0.0
    chances = rest * (doubt / rest.sum())
    chances[best] = 1.0 - doubt
    return chances  # type: ignore[no-any-return]  # numpy's products are Any


def _findings(
    document: Document,
    case: StatusCase,
    verdicts: Sequence[_Verdict],
    latest: tuple[StatusCase, Finding] | None,
) -> Iterator[Finding]:
    """Yield what a sentence says of each matter; of what has no name there is nothing to say."""
    for verdict in verdicts:
        for name in _name(case, verdict, latest):
            yield _make_finding(document, case, replace(verdict, names=(name,)))


def _name(case: StatusCase, verdict: _Verdict, latest: tuple[StatusCase, Finding] | None) -> Names:
    """Return what names the matters of a verdict: its own sentence, or the one before in its line."""
    same_line = latest is not None and latest[0].utterance.line is case.utterance.line
    if verdict.names:
        return verdict.names
    return (latest[1].matter,) if latest and same_line and not latest[1].items else ()


def _make_finding(document: Document, case: StatusCase, verdict: _Verdict) -> Finding:
    said = case.utterance
    status = settle(verdict.status, said.words)
    as_of, origin = read_as_of(said.words, status, document)
    if not case.told.dated and origin != STATED:
        as_of, origin = None, ""
    items = tuple(item for item in said.answers if item.words == verdict.names[0])
    return Finding(
        status=status,
        matter=verdict.names[0],
        evidence=tuple(_evidence(case)),
        said_by=_speaker(document, case, status),
        kind=kind_named_in(verdict.names[0]),
        items=items,
        as_of=as_of,
        as_of_from=origin,
        due=read_due(said.words, status),
        chance=verdict.chance,
    )


def _evidence(case: StatusCase) -> Iterator[Span]:
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


def _speaker(document: Document, case: StatusCase, status: Status) -> Speaker:
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
        chance=min(one.chance, other.chance),
    )
