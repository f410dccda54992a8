"""How good the answers to a set of questions are."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from askpcc.asking.answering import Answered, Answerer
from askpcc.asking.composing import QUOTING
from askpcc.errors import QuestionError, UnknownDocument
from askpcc.model import Answer, Citation, Span
from askpcc.ports import Catalogue

TextOf = Callable[[str], str]
"""Gives the stored text of a document by its file name; raises UnknownDocument."""

MEASURES = (
    *("evidence", "both_sides", "right_doc", "tight"),
    *("abstained", "over_abstained", "status", "unverified"),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that a right answer cites, and the document that holds them."""

    document: str
    words: str


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what a right answer to it cites.  named: every document it may cite."""

    id: str
    question: str
    kind: str
    history: tuple[str, ...]
    pieces: tuple[Piece, ...]
    extra: tuple[Piece, ...]
    named: frozenset[str]
    status: str | None
    answerable: bool


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    hit: int = 0
    of: int = 0

    @property
    def rate(self) -> float:
        """Return the share, 0 where there is nothing to share."""
        return self.hit / self.of if self.of else 0.0

    def plus(self, hit: int, of: int = 1) -> "Share":
        """Return the share with more counted."""
        return Share(self.hit + hit, self.of + of)


@dataclass(slots=True)
class Tally:
    """The measures of a question set, and what went wrong, as (id, what, question).

    written: answers in which a language model wrote.  withheld: statements that were not proved.
    """

    shares: dict[str, Share] = field(default_factory=lambda: dict.fromkeys(MEASURES, Share()))
    misses: list[tuple[str, str, str]] = field(default_factory=list)
    outcomes: list[tuple[float, bool]] = field(default_factory=list)
    written: int = 0
    withheld: int = 0
    tokens: int = 0

    def count(self, measure: str, hit: int, of: int = 1) -> None:
        """Count a case towards a measure."""
        self.shares[measure] = self.shares[measure].plus(hit, of)


def read_cases(lines: Iterable[str]) -> list[Case]:
    """Read a question set; raises QuestionError that names the line."""
    cases = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                cases.append(_read_case(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as exc:
                raise QuestionError(f"Line {number} of the question set is no case: {_fault(exc)}") from exc
    return cases


def _fault(exc: Exception) -> str:
    wrong = f"it has no {exc.args[0]}" if isinstance(exc, KeyError) else f"it cannot be read ({exc})"
    return f"{wrong}. Give id, question, kind, doc and evidence."


def _read_case(raw: dict[str, Any]) -> Case:
    document, evidence = raw.get("doc") or "", raw.get("evidence") or ""
    more = [Piece(m["doc"], m["evidence"]) for m in raw.get("more") or [] if m.get("evidence")]
    also = [also if isinstance(also, str) else also.get("doc", "") for also in raw.get("also_ok") or []]
    tags = raw.get("tags") or []
    return Case(
        id=str(raw["id"]),
        question=raw["question"],
        kind=raw["kind"],
        history=tuple(raw.get("history") or ()),
        pieces=(Piece(document, evidence), *more) if evidence else (),
        extra=tuple(Piece(document, words) for words in raw.get("extra_evidence") or []),
        named=frozenset({document, *(piece.document for piece in more), *also}),
        status=raw.get("expected_status"),
        answerable=bool(evidence) and "unanswerable" not in tags and raw["kind"] != "out_of_scope",
    )


def score_case(tally: Tally, case: Case, answer: Answer, confidence: float, text_of: TextOf) -> None:
    """Count one answer.  confidence orders the answers for the curve of risk against coverage."""
    citations = [citation for statement in answer.statements for citation in statement.citations]
    for citation in citations:
        tally.count(
            "unverified",
            text_of(citation.document)[citation.span.start : citation.span.end] != citation.quote,
        )
    right = (
        _score_answerable(tally, case, answer, citations, text_of) if case.answerable else answer.abstained
    )
    if not case.answerable:
        tally.count("abstained", answer.abstained)
        if not answer.abstained:
            tally.misses.append((case.id, "answered, should abstain", case.question))
    if not answer.abstained:
        tally.outcomes.append((confidence, right))


def _score_answerable(
    tally: Tally, case: Case, answer: Answer, citations: Sequence[Citation], text_of: TextOf
) -> bool:
    tally.count("over_abstained", answer.abstained)
    covered = [_is_covered(piece, citations, text_of) for piece in case.pieces]
    tally.count("evidence", covered[0])
    if not covered[0]:
        what = "abstained" if answer.abstained else "evidence missed"
        tally.misses.append((case.id, what, case.question))
    if len(covered) > 1:
        tally.count("both_sides", all(covered))
    for citation in citations:
        tally.count("right_doc", PurePosixPath(citation.document).name in case.named)
    inside = sum(len(_inside(piece, citations, text_of)) for piece in (*case.pieces, *case.extra))
    tally.count("tight", inside, sum(len(citation.span) for citation in citations))
    _score_status(tally, case, answer)
    return covered[0]


def _score_status(tally: Tally, case: Case, answer: Answer) -> None:
    if not case.status or case.status == "not_stated":
        return
    first = answer.statements[0].status if answer.statements else None
    right = first == case.status or (case.status == "complete" and first == "closed")
    tally.count("status", right)
    if not right:
        tally.misses.append((case.id, f"status {first}, expected {case.status}", case.question))


def _is_covered(piece: Piece, citations: Sequence[Citation], text_of: TextOf) -> bool:
    place = _find(piece, text_of)
    return place is not None and 2 * len(_inside(piece, citations, text_of)) >= len(place)


def _inside(piece: Piece, citations: Sequence[Citation], text_of: TextOf) -> set[int]:
    place = _find(piece, text_of)
    if place is None:
        return set()
    return {
        offset
        for citation in citations
        if PurePosixPath(citation.document).name == piece.document
        for offset in range(max(place.start, citation.span.start), min(place.end, citation.span.end))
    }


def _find(piece: Piece, text_of: TextOf) -> Span | None:
    """Find words in their document, white space folded."""
    found = re.search(r"\s+".join(map(re.escape, piece.words.split())), text_of(piece.document))
    return Span(*found.span()) if found else None


def risk_curve(outcomes: Sequence[tuple[float, bool]], asked: int) -> list[tuple[float, float]]:
    """Return for each tenth of the questions (coverage: answered share, risk: wrong share of those)."""
    ordered = sorted(outcomes, key=lambda outcome: -outcome[0])
    points: list[tuple[float, float]] = []
    for tenth in range(1, 11):
        answered = ordered[: round(tenth * asked / 10)]
        if answered and (not points or len(answered) / asked > points[-1][0]):
            wrong = sum(not right for _, right in answered)
            points.append((len(answered) / asked, wrong / len(answered)))
    return points


def evaluate(
    cases: Sequence[Case], answerer: Answerer, catalogue: Catalogue, step: Callable[[int, int, str], None]
) -> Tally:
    """Answer every case and count what came of it.  step hears of each: how many, of how many, what."""
    texts = {
        PurePosixPath(card.path).name: catalogue.document(card.path).text for card in catalogue.documents()
    }

    def text_of(document: str) -> str:
        try:
            return texts[PurePosixPath(document).name]
        except KeyError as exc:
            raise UnknownDocument(
                f"The question set names {document!r}, which the corpus does not hold. "
                "Add it, or correct the set."
            ) from exc

    tally = Tally()
    for done, case in enumerate(cases, start=1):
        try:
            answered = answerer.answer(case.question, case.history)
        except QuestionError as exc:
            tally.misses.append((case.id, f"refused: {exc}", case.question))
            continue
        score_case(tally, case, answered.answer, answered.confidence, text_of)
        _count_writer(tally, answered)
        step(done, len(cases), "answering")
    return tally


def _count_writer(tally: Tally, answered: Answered) -> None:
    """Count whether a language model wrote, how much of its words was not proved, and tokens."""
    tally.written += answered.writer != QUOTING
    tally.withheld += answered.answer.withheld
    tally.tokens += answered.spent.read + answered.spent.written


def tally_as_json(tally: Tally, asked: int) -> dict[str, Any]:
    """Return the measures and the curve of risk against coverage."""
    shares = {
        name: {"hit": share.hit, "of": share.of, "rate": round(share.rate, 4) if share.of else None}
        for name, share in tally.shares.items()
    }
    curve = [{"coverage": round(c, 4), "risk": round(r, 4)} for c, r in risk_curve(tally.outcomes, asked)]
    shape: dict[str, Any] = {"questions": asked, "measures": shares, "risk_coverage": curve}
    if tally.tokens or tally.written or tally.withheld:
        shape |= {"written_by_model": tally.written, "withheld": tally.withheld, "tokens": tally.tokens}
    return shape


def compare_tallies(tallies: Mapping[str, Tally]) -> str:
    """Return the measures of several writers side by side."""
    head = " " * 15 + "".join(f"{writer:>12}" for writer in tallies)
    names = next(iter(tallies.values())).shares
    rows = [
        f"{name:15}" + "".join(f"{tally.shares[name].rate:12.3f}" for tally in tallies.values())
        for name in names
    ]
    return "\n".join([head, *rows])


def tally_as_text(tally: Tally, asked: int, *, misses: bool) -> str:
    """Return the measures, the curve and, when asked for, the misses."""
    lines = [
        f"{name:15}{share.hit:7} / {share.of:<7}{share.rate:.3f}" for name, share in tally.shares.items()
    ]
    if tally.tokens or tally.written or tally.withheld:
        told = f"{tally.written} answers written by a model, {tally.withheld} statements withheld"
        lines += ["", f"{told}, {tally.tokens} tokens"]
    lines += ["", "coverage  risk (share of wrong answers among the answers given, most confident first)"]
    lines += [f"{coverage:8.2f}  {risk:.3f}" for coverage, risk in risk_curve(tally.outcomes, asked)]
    if misses:
        lines += ["", *(f"  {identifier}  {what}  {question}" for identifier, what, question in tally.misses)]
    return "\n".join(lines)
