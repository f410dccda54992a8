"""Of documents drawn to do harm, in every format, each is read or refused: nothing else comes of them."""

import warnings
from collections import Counter
from random import Random

import pytest

from askpcc.readers import SUPPORTED_SUFFIXES
from support.cases import cases
from support.hostile_documents import MAKERS, SMALL, draw_document
from support.hostile_reading import HostileReading

DOCUMENTS = 300
"""Seeds; each format that is read has some thirty of them.  ``python -m bench.hostile`` reads thousands."""
READ = 0.35
"""Share that is read at least, so that they do not become documents such as nobody opens; .52 as measured."""


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> HostileReading:
    """Return the whole reading, with a script in place of the encoder of statuses."""
    return HostileReading(tmp_path_factory.mktemp("hostile"))


@cases("seed", range(DOCUMENTS))
def test_a_hostile_document_is_read_or_refused(reading: HostileReading, seed: int) -> None:
    document = draw_document(seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a parser may complain of what it is given
        outcome = reading.read(document)
    assert outcome.unexpected is None, outcome.unexpected
    if outcome.refused is not None:
        assert outcome.refused.document == document.path
        assert outcome.refused.remedy
    if outcome.loaded is not None:
        text = outcome.loaded.document.text
        assert all(0 <= p.span.start < p.span.end <= len(text) for p in outcome.loaded.passages)
        assert all(span.of(text).strip() for claim in outcome.loaded.claims for span in claim.evidence)


def test_hostile_documents_are_of_every_format_and_many_are_read(reading: HostileReading) -> None:
    drawn = [draw_document(seed) for seed in range(DOCUMENTS // 3)]
    assert {document.suffix for document in drawn} == SUPPORTED_SUFFIXES
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ends = Counter(reading.read(document).loaded is not None for document in drawn)
    assert ends[True] >= READ * len(drawn)


@cases("suffix", sorted(MAKERS))
def test_a_seed_always_draws_the_same_bytes(suffix: str) -> None:
    for seed in range(5):
        assert MAKERS[suffix](Random(seed), SMALL) == MAKERS[suffix](Random(seed), SMALL)  # noqa: S311
