"""What is done with bytes before a format is read: decoding, and refusing what unpacks beyond measure."""

import codecs
import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from askpcc.errors import BadDocument

# What Windows-1252 adds to ASCII in English, Welsh and French office text.  A byte that decodes to
# anything else speaks for another encoding.
_USUAL_1252 = frozenset(
    "€\u201a„…\u2018’“”•–—™\xa0£§¨©«\xad®°±²\xb4µ¶·»¼½¾×÷ÀÁÂÄÇÈÉÊËÌÍÎÏÑÒÓÔÖÙÚÛÜàáâäçèéêëìíîïñòóôöùúûü"
)
# More high bytes than this in a text speak for an alphabet other than the Latin one.
_MAX_HIGH_SHARE = 0.05
# A control character may slip in from a word processor; many mean that this is not text.
_MAX_CONTROL_SHARE = 0.01
# In UTF-16, English text has a zero in nearly every second byte and none in between.
_MIN_ZERO_SHARE, _MAX_ZERO_SHARE = 0.7, 0.02

_CONTROLS = dict.fromkeys(code for code in [*range(32), 127] if chr(code) not in "\t\n\r\f\v")
_SIGNATURES = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a Word document or another archive",
    b"\xd0\xcf\x11\xe0": "an old or password-protected Office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "an archive",
    b"{\\rtf": "a rich text document",
}
_BINARY_REMEDY = "Take it out of the corpus, or put its text in its place."
_UTF8_REMEDY = "Save it as UTF-8 and put it in its place."
_MAX_UNPACKED_BYTES = 200 * 1024 * 1024
# What is parsed, pictures left aside; the tree of it takes about ten times as much memory.
_MAX_PARSED_BYTES = 40 * 1024 * 1024
_MAX_PARTS = 5_000
# Of the parts of a Word document.
PARSED_SUFFIXES = (".xml", ".rels")
# XML packs to a tenth or a thirtieth; what packs far better and is large was made to harm.
_MAX_RATIO = 200
_HARMLESS_BYTES = 10 * 1024 * 1024

_STEP = 1024 * 1024
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_REMEDY = "Save it anew from the program that made it, and put the result in its place."


def decode_text(path: str, data: bytes, declared: str | None = None) -> str:
    """Decode the bytes of a text file: UTF-8 or UTF-16 by their marks, else UTF-8, else what is sure.

    A byte order mark is not part of the text, so that offsets count from the first character behind
    it.  Line ends stay as they are.  declared: the codec that the file names itself, tried after the
    marks.  With neither, UTF-16 and Windows-1252 are read only where every rule agrees.
    Raises BadDocument for anything else, and for what is not text.
    """
    for signature, name in _SIGNATURES.items():
        if data.startswith(signature):
            raise BadDocument(path, f"Its name says text, but it holds {name}.", "Give it the right suffix.")
    text = _decode_marked(path, data)
    if text is None and declared:
        text = _decode_declared(data, declared)
    if text is None:
        text = _decode_unmarked(path, data)
    controls = len(text) - len(text.translate(_CONTROLS))
    if "\0" in text or controls > _MAX_CONTROL_SHARE * len(text):
        raise BadDocument(path, "It holds control characters, so it is not a text file.", _BINARY_REMEDY)
    return text


def _decode_marked(path: str, data: bytes) -> str | None:
    marks = {
        codecs.BOM_UTF32_LE: "utf-32",
        codecs.BOM_UTF32_BE: "utf-32",
        codecs.BOM_UTF8: "utf-8-sig",
        codecs.BOM_UTF16_LE: "utf-16",
        codecs.BOM_UTF16_BE: "utf-16",
    }
    encoding = next((name for mark, name in marks.items() if data.startswith(mark)), None)
    if encoding is None:
        return None
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as exc:
        reason = f"It begins as {encoding.upper()} and is broken at byte {exc.start}."
        raise BadDocument(path, reason, _UTF8_REMEDY) from exc


def _decode_declared(data: bytes, declared: str) -> str | None:
    try:
        return data.decode(declared)
    except UnicodeDecodeError:
        return None


def _decode_unmarked(path: str, data: bytes) -> str:
    if b"\0" in data:
        return _decode_utf16(path, data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as exc:
        text = _decode_windows(data)
        if text is None:
            reason = f"It is not UTF-8 (byte {exc.start}), and its encoding cannot be told for sure."
            raise BadDocument(path, reason, _UTF8_REMEDY) from exc
        return text


def _decode_utf16(path: str, data: bytes) -> str:
    half = max(len(data) // 2, 1)
    shares = [data[parity::2].count(0) / half for parity in (0, 1)]
    sure = len(data) % 2 == 0 and max(shares) >= _MIN_ZERO_SHARE and min(shares) <= _MAX_ZERO_SHARE
    try:
        if sure:
            return data.decode("utf-16-le" if shares[1] > shares[0] else "utf-16-be")
    except UnicodeDecodeError as exc:
        raise BadDocument(path, "It looks like UTF-16 and is broken.", _UTF8_REMEDY) from exc
    raise BadDocument(path, "It holds zero bytes, so it is not a text file.", _BINARY_REMEDY)


def _decode_windows(data: bytes) -> str | None:
    """Return the text where nothing speaks against Windows-1252, else None."""
    from charset_normalizer import from_bytes

    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    high = [character for character in text if character > "\x7f"]
    if not _USUAL_1252.issuperset(high) or len(high) > max(_MAX_HIGH_SHARE * len(text), 3):
        return None
    guess = from_bytes(data).best()
    return text if guess is not None and str(guess) == text else None


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
            if total > _MAX_PARSED_BYTES:
                raise BadDocument(path, f"It unpacks to more than {_MAX_PARSED_BYTES} bytes.", _REMEDY)


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


def refuse_inflated_archive(path: str, data: bytes, kind: str = "a Word document") -> None:
    """Raise BadDocument where a ZIP archive has too many parts or they unpack to too much.

    Sizes are those that the archive states; the library that unpacks stops at them.  kind: what it should be.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as exc:
        raise BadDocument(path, f"It is damaged and cannot be opened as {kind}.", _REMEDY) from exc
    size = sum(part.file_size for part in parts)
    packed_well = size > _HARMLESS_BYTES and size > _MAX_RATIO * len(data)
    parsed = sum(part.file_size for part in parts if part.filename.lower().endswith(PARSED_SUFFIXES))
    if len(parts) > _MAX_PARTS or size > _MAX_UNPACKED_BYTES or parsed > _MAX_PARSED_BYTES or packed_well:
        reason = f"It unpacks to {size} bytes in {len(parts)} parts, which no response does."
        raise BadDocument(path, reason, _REMEDY)
