"""The sentences of a batch as the register's reading sees them, and which labels belong to them."""

from collections.abc import Iterator, Sequence

from askpcc.app.flows import build_embedder, build_reader
from askpcc.chunking import split
from askpcc.model import Source
from askpcc.reader.heads import Mode
from askpcc.reader.status_inputs import write_around
from askpcc.settings import read_settings
from askpcc.statuses.document_model import read_lines
from askpcc.statuses.outline import read_outline
from askpcc.text.words import plain
from training.batches import Batch, Json

HEADING = "heading"

MODES_OF_DISTRACTORS = {
    "hope": Mode.HOPED,
    "demand": Mode.ASKED,
    "rule": Mode.ASKED,
    "pledge": Mode.PROMISED,
    "past": Mode.PAST,
}
"""How a sentence speaks that looks like a status for this reason; of other reasons nothing is known."""

_MOSTLY = 0.5
"""The share of a piece of evidence, or of a sentence, from which the two belong together."""


def find_utterances(batch: Batch) -> Iterator[Json]:
    """Yield each sentence of the documents with what it stands under."""
    read, embedder = build_reader(), build_embedder(read_settings({}))
    for name in sorted(batch.texts):
        document = read(name, (batch.folder / "docs" / name).read_bytes(), Source())
        passages = split(document, embedder.count_tokens, embedder.max_tokens)
        outline, _ = read_outline(document, read_lines(document, passages))
        before = ""
        for said in outline:
            yield {
                "document": name,
                "start": said.span.start,
                "end": said.span.end,
                "words": said.words,
                "kind": said.line.kind.value,
                "titles": list(said.line.titles),
                "lead": plain(said.line.lead.of(document.text)) if said.line.lead else "",
                "before": before,
                "items": [item.words for item in said.answers],
                "silent": said.silent,
            }
            before = said.words


def by_document(said: Sequence[Json]) -> dict[str, list[Json]]:
    """Return sentences by the document that they stand in."""
    found: dict[str, list[Json]] = {}
    for one in said:
        found.setdefault(one["document"], []).append(one)
    return found


def find_tellers(batch: Batch, claim: Json, said: Sequence[Json]) -> list[int]:
    """Return the places of the sentences that hold pieces of a claim's evidence.  said: of its document."""
    spans = [span for words in claim["evidence"] if (span := batch.find(claim["doc"], words))]
    return [
        place
        for place, one in enumerate(said)
        if any(_share(one, span) >= _MOSTLY * min(span[1] - span[0], _length(one)) for span in spans)
    ]


def find_within(span: tuple[int, int], said: Sequence[Json]) -> list[int]:
    """Return the places of the sentences that stand mostly within a span of their document."""
    return [place for place, one in enumerate(said) if _share(one, span) >= _MOSTLY * _length(one)]


def around(said: Json) -> str:
    """Return what the encoder is shown beside a sentence."""
    return write_around(said["lead"], said["titles"], said["before"])


def stands_under(said: Json) -> str:
    """Return the item or title that a sentence stands under, which may name its matter, or ""."""
    return str((said["items"] or said["titles"] or [""])[-1])


def _length(said: Json) -> int:
    return int(said["end"] - said["start"])


def _share(said: Json, span: tuple[int, int]) -> int:
    return int(min(span[1], said["end"]) - max(span[0], said["start"]))
