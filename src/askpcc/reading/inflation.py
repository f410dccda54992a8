"""Limits on what a packed file may grow to: counted before a parser unpacks it."""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from askpcc.errors import BadDocument

MAX_UNPACKED_BYTES = 200 * 1024 * 1024
# What is parsed, pictures left aside; the tree of it takes about ten times as much memory.
MAX_PARSED_BYTES = 40 * 1024 * 1024
MAX_PARTS = 5_000
# Of the parts of a Word document.
PARSED_SUFFIXES = (".xml", ".rels")
# XML packs to a tenth or a thirtieth; what packs far better and is large was made to harm.
MAX_RATIO = 200
_HARMLESS_BYTES = 10 * 1024 * 1024

_STEP = 1024 * 1024
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_REMEDY = "Save it anew from the program that made it, and put the result in its place."


def refuse_inflated_streams(path: str, data: bytes) -> None:
    """Raise BadDocument where the packed streams of a PDF grow too large.

    Pictures do not count, since they are never unpacked.  Streams packed twice are refused unseen: no
    program that writes documents does that.
    """
    total = 0
    for stream in _STREAM.finditer(data):
        before = data[max(stream.start() - 1_000, 0) : stream.start()]
        dictionary = before[max(before.rfind(b" obj"), 0) :]
        if _IMAGE.search(dictionary):
            continue
        if len(_FLATE.findall(dictionary)) > 1:
            raise BadDocument(path, "It holds a stream that is packed twice.", _REMEDY)
        for size in _inflate(data, stream.end()):
            total += size
            if total > MAX_PARSED_BYTES:
                raise BadDocument(path, f"It unpacks to more than {MAX_PARSED_BYTES} bytes.", _REMEDY)


def _inflate(data: bytes, start: int) -> Iterator[int]:
    """Yield the sizes of what unpacks from an offset on; nothing where no packed data stands there."""
    unpacker = zlib.decompressobj()
    packed = data[start : start + _STEP]
    while packed and not unpacker.eof:
        try:
            yield len(unpacker.decompress(packed, _STEP))
        except zlib.error:
            # Not packed, or damaged: the parser finds that out, and without growing.
            return
        packed = unpacker.unconsumed_tail
        if not packed:
            start += _STEP
            packed = data[start : start + _STEP]


def refuse_inflated_archive(path: str, data: bytes) -> None:
    """Raise BadDocument where a ZIP archive has too many parts or they unpack to too much.

    Sizes are those that the archive states; the library that unpacks stops at them.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as exc:
        raise BadDocument(path, "It is damaged and cannot be opened as a Word document.", _REMEDY) from exc
    size = sum(part.file_size for part in parts)
    packed_well = size > _HARMLESS_BYTES and size > MAX_RATIO * len(data)
    parsed = sum(part.file_size for part in parts if part.filename.lower().endswith(PARSED_SUFFIXES))
    if len(parts) > MAX_PARTS or size > MAX_UNPACKED_BYTES or parsed > MAX_PARSED_BYTES or packed_well:
        reason = f"It unpacks to {size} bytes in {len(parts)} parts, which no response does."
        raise BadDocument(path, reason, _REMEDY)
