"""Runs a question set through the flow from a question to an answer, and reports how good it is."""

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import Any

from askpcc.asking.answering import Answerer
from askpcc.errors import QuestionError, UnknownDocument
from askpcc.evaluating.measures import Case, Tally, risk_curve, score_case
from askpcc.ports import Catalogue


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
        step(done, len(cases), "answering")
    return tally


def tally_as_json(tally: Tally, asked: int) -> dict[str, Any]:
    """Return the measures and the curve of risk against coverage."""
    shares = {
        name: {"hit": share.hit, "of": share.of, "rate": round(share.rate, 4) if share.of else None}
        for name, share in tally.shares.items()
    }
    curve = [{"coverage": round(c, 4), "risk": round(r, 4)} for c, r in risk_curve(tally.outcomes, asked)]
    return {"questions": asked, "measures": shares, "risk_coverage": curve}


def tally_as_text(tally: Tally, asked: int, *, misses: bool) -> str:
    """Return the measures, the curve and, when asked for, the misses."""
    lines = [
        f"{name:15}{share.hit:7} / {share.of:<7}{share.rate:.3f}" for name, share in tally.shares.items()
    ]
    lines += ["", "coverage  risk (share of wrong answers among the answers given, most confident first)"]
    lines += [f"{coverage:8.2f}  {risk:.3f}" for coverage, risk in risk_curve(tally.outcomes, asked)]
    if misses:
        lines += ["", *(f"  {identifier}  {what}  {question}" for identifier, what, question in tally.misses)]
    return "\n".join(lines)
