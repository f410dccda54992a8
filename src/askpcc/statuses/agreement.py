"""Claims that rules read in prose are kept where the taught encoder reads the same status in their words."""

from collections.abc import Iterator, Mapping, Sequence

from askpcc.model import BlockKind, Document, Passage, ReaderInput, Span, Status, StatusClaim
from askpcc.ports import CaseScorer
from askpcc.reader.heads import STATUSES, status_chances
from askpcc.reader.status_inputs import status_input, write_around
from askpcc.statuses.claims import read_claims
from askpcc.statuses.document_model import Utterance, read_lines
from askpcc.statuses.outline import read_outline
from askpcc.text.words import plain

_SAME = {Status.COMPLETE: (Status.COMPLETE, Status.CLOSED), Status.CLOSED: (Status.COMPLETE, Status.CLOSED)}
"""Both say that a matter is done; who says so is what tells them apart, and rules know who speaks."""


class AgreedClaims:
    """Reads the claims that rules and a taught encoder agree on.

    least: of each status the least chance, 0 to 1, that the encoder must give it.  What stands in a table's
    columns is the rules' alone.
    """

    def __init__(self, scorer: CaseScorer, least: Mapping[Status, float]) -> None:
        self._scorer = scorer
        self._least = least

    @property
    def fingerprint(self) -> str:
        """Return what decides what is read beside the rules: the encoder and the limits."""
        limits = (f"{status} {self._least[status]}" for status in sorted(self._least))
        return f"{self._scorer.fingerprint} ({', '.join(limits)})"

    def read(self, document: Document, passages: Sequence[Passage]) -> list[StatusClaim]:
        """Return the status claims of a document, in its order."""
        return [
            claim
            for claim, chance in self.judge(document, passages)
            if chance is None or chance >= self._least[claim.status]
        ]

    def judge(
        self, document: Document, passages: Sequence[Passage]
    ) -> Iterator[tuple[StatusClaim, float | None]]:
        """Yield all claims of the rules with the chance that the encoder gives each; None for a column's."""
        claims = read_claims(document, passages)
        said = list(_find_said(document, passages)) if claims else []
        cases = {claim.id: list(_make_cases(document, claim, said)) for claim in claims}
        asked = list(dict.fromkeys(case for some in cases.values() for case in some))
        scores = dict(zip(asked, self._scorer.score(asked), strict=True)) if asked else {}
        for claim in claims:
            places = [STATUSES.index(status) for status in _SAME.get(claim.status, (claim.status,))]
            told = [float(status_chances(scores[case])[places].sum()) for case in cases[claim.id]]
            yield claim, max(told, default=None)


def _find_said(document: Document, passages: Sequence[Passage]) -> Iterator[tuple[Utterance, str]]:
    """Yield the sentences of a document that stand in no table, each with the words before it."""
    outline, _ = read_outline(document, read_lines(document, passages))
    before = ""
    for utterance in outline:
        if utterance.line.kind is not BlockKind.ROW:
            yield utterance, before
        before = utterance.words


def _make_cases(
    document: Document, claim: StatusClaim, said: Sequence[tuple[Utterance, str]]
) -> Iterator[ReaderInput]:
    """Yield what the encoder is asked of a claim: its sentences, with its matter and without; lead-ins."""
    for utterance, before in said:
        if not _cites(claim, utterance.span):
            continue
        line = utterance.line
        lead = plain(line.lead.of(document.text)) if line.lead else ""
        for matter in (claim.matter, ""):
            yield status_input(matter, utterance.words, write_around(lead, line.titles, before))
        if lead:
            yield status_input(claim.matter, lead, write_around("", line.titles, ""))


def _cites(claim: StatusClaim, span: Span) -> bool:
    return any(cited.overlaps(span) for cited in claim.evidence)
