"""Unpacking within a limit."""

import gzip
import tracemalloc

import pytest

from askpcc.downloads import Body
from askpcc.errors import FetchError

URL = "https://borsetshire.test/"


def test_a_bomb_never_unfolds_in_memory() -> None:
    bomb = gzip.compress(bytes(100_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(FetchError, match="larger than 1,000,000 bytes"):
            Body(URL, "gzip", 1_000_000).feed(bomb)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_body_may_come_in_any_pieces() -> None:
    packed = gzip.compress(b"The cells ") + gzip.compress(b"were painted.")
    body = Body(URL, " GZIP ", 1_000)

    for byte in packed:
        body.feed(bytes([byte]))

    assert body.finish() == b"The cells were painted."
