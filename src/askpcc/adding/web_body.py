"""The body of a web answer, unpacked as it arrives and never beyond a limit."""

import zlib

from askpcc.errors import FetchError

# What we ask for; anything else would have to be unpacked without a limit.
ACCEPTED_CODING = "gzip"
PLAIN_CODINGS = frozenset({"", "identity"})
GZIP_CODINGS = frozenset({"gzip", "x-gzip"})
GZIP_WINDOW = 16 + zlib.MAX_WBITS


class Body:
    """Collects the pieces of one body.  limit: bytes, both as sent and as unpacked."""

    def __init__(self, url: str, coding: str, limit: int) -> None:
        coding = coding.strip().lower()
        if coding not in PLAIN_CODINGS | GZIP_CODINGS:
            raise FetchError(
                f"{url}: the answer is packed as {coding!r}, which was not asked for. {_BY_HAND}"
            )
        self._url = url
        self._limit = limit
        self._sent = 0
        self._data = bytearray()
        self._unpacker = zlib.decompressobj(GZIP_WINDOW) if coding in GZIP_CODINGS else None

    def feed(self, piece: bytes) -> None:
        """Take the next piece as it was sent; FetchError once the limit is passed."""
        self._sent += len(piece)
        if self._sent > self._limit:
            raise too_large(self._url, self._limit)
        if self._unpacker is None:
            self._data += piece
        else:
            self._unpack(piece)

    def finish(self) -> bytes:
        """Return the whole body; FetchError where it is empty or was cut short."""
        if self._unpacker is not None and self._sent and not self._unpacker.eof:
            raise FetchError(f"{self._url}: the answer was cut short. Try again.")
        if not self._data:
            raise FetchError(f"{self._url}: the answer is empty. Check the address in a browser.")
        return bytes(self._data)

    def _unpack(self, piece: bytes) -> None:
        unpacker = self._unpacker
        while piece and unpacker is not None:
            if unpacker.eof:  # RFC 1952: members may follow one another
                unpacker = self._unpacker = zlib.decompressobj(GZIP_WINDOW)
            try:
                self._data += unpacker.decompress(piece, self._limit + 1 - len(self._data))
            except zlib.error as exc:
                raise FetchError(f"{self._url}: the packed answer is damaged. Try again.") from exc
            if len(self._data) > self._limit:
                raise too_large(self._url, self._limit)
            piece = unpacker.unused_data


def too_large(url: str, limit: int) -> FetchError:
    """Say that an answer is larger than may be fetched."""
    return FetchError(f"{url}: the answer is larger than {limit:,} bytes. {_BY_HAND}")


_BY_HAND = "Save it in a browser and add the file."
