"""Runs a question set through the flow from a question to an answer, and reports how good it is."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from askpcc.asking.answering import Answered, Answerer
from askpcc.asking.composing import QUOTING
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
