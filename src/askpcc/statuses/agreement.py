"""Claims that rules read in prose are kept where the taught encoder reads the same status in their words."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from askpcc.model import BlockKind, Document, Passage, ReaderInput, Span, Status, StatusClaim
from askpcc.ports import CaseScorer
from askpcc.reader.heads import STATUSES, status_chances
from askpcc.reader.status_inputs import status_input, write_around
from askpcc.statuses.claims import find_claims, outline_of
from askpcc.statuses.document_model import Utterance
from askpcc.text.words import plain

DONE = (Status.COMPLETE, Status.CLOSED)
"""Both say that a matter is done; who says so is what tells them apart, and rules know who speaks."""


def mean_the_same(status: Status) -> tuple[Status, ...]:
    """Return the statuses that an encoder need not tell from this one, itself among them."""
    return DONE if status in DONE else (status,)


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
        outline = outline_of(document, passages)
        claims = find_claims(document, outline)
        said = _Said(document, outline)
        cases = {claim.id: said.cases(claim) for claim in claims}
        asked = list(dict.fromkeys(case for some in cases.values() for case in some))
        scores = dict(zip(asked, self._scorer.score(asked), strict=True)) if asked else {}
        for claim in claims:
            places = [STATUSES.index(status) for status in mean_the_same(claim.status)]
            told = [float(status_chances(scores[case])[places].sum()) for case in cases[claim.id]]
            yield claim, max(told, default=None)


class _Said:
    """The sentences of a document that stand in no table, in order, each with the words before it."""

    def __init__(self, document: Document, outline: Sequence[Utterance]) -> None:
        self._text = document.text
        self._said: list[tuple[Utterance, str]] = []
        before = ""
        for utterance in outline:
            if utterance.line.kind is not BlockKind.ROW:
                self._said.append((utterance, before))
            before = utterance.words
        self._said.sort(key=lambda one: one[0].span.start)
        self._starts = [utterance.span.start for utterance, _ in self._said]

    def cases(self, claim: StatusClaim) -> list[ReaderInput]:
        """Return what the encoder is asked of a claim, each once.

        Its sentences, among them what introduces a bullet; with its matter and without.
        """
        made = [
            case
            for cited in claim.evidence
            for utterance, before in self._within(cited)
            for case in self._ask(claim.matter, utterance, before)
        ]
        return list(dict.fromkeys(made))

    def _ask(self, matter: str, utterance: Utterance, before: str) -> Iterator[ReaderInput]:
        line = utterance.line
        lead = plain(line.lead.of(self._text)) if line.lead else ""
        around = write_around(lead, line.titles, before)
        yield status_input(matter, utterance.words, around)
        yield status_input("", utterance.words, around)

    def _within(self, cited: Span) -> Iterator[tuple[Utterance, str]]:
        for place in range(max(0, bisect_right(self._starts, cited.start) - 1), len(self._said)):
            utterance, before = self._said[place]
            if utterance.span.start >= cited.end:
                return
            if cited.overlaps(utterance.span):
                yield utterance, before
