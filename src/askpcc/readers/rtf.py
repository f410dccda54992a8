"""Rich text, as word processors save it to be read by others."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from askpcc.errors import BadDocument
from askpcc.model import BlockKind, StoredText
from askpcc.readers.text_blocks import Piece, break_lines, clean_title, compose, divide, make_row, skip_glyph

SIGNATURE = b"{\\rtf"
_REMEDY = "Save it anew as .docx and put the result in its place."
_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\$"
)
# Parts of a file that are no words of its body.  Whatever else begins with \* is unknown to old readers, and
# may be left out too (RTF 1.9.1, "Destinations"); listtext is the number that is printed before a paragraph.
_NO_WORDS = frozenset(
    "fonttbl colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf "
    "object objdata fldinst xe tc rxe txe bkmkstart bkmkend annotation atnid atnauthor filetbl listtable "
    "listoverridetable rsidtbl generator themedata datastore latentstyles private ftnsep ftnsepc ftncn "
    "aftnsep aftnsepc aftncn nonesttables pnseclvl shppict nonshppict comment doccomm".split()
)
_READ_THOUGH_STARRED = frozenset({"shptxt", "listtext", "pntext", "shpinst", "nesttableprops"})
_SIGNS: Mapping[str, str] = {
    "tab": "\t",
    "line": "\n",
    "emdash": "\u2014",
    "endash": "\u2013",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "bullet": "\u2022",
    "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "\u201c",
    "rdblquote": "\u201d",
}
_ESCAPED: Mapping[str, str] = {"~": "\xa0", "_": "-", "{": "{", "}": "}", "\\": "\\", "\t": "\t"}
_SWITCHES = frozenset({"v", "deleted", "b", "f", "plain"})
_ENDS = frozenset({"par", "sect", "page", "column"})
# Character sets of fonts that offices in Britain use; any other is read by the file's code page.
_CHARSETS = {77: "mac_roman", 161: "cp1253", 162: "cp1254", 186: "cp1257", 204: "cp1251", 238: "cp1250"}
_MAX_DEPTH = 500
"""Groups inside one another: Word writes some twenty."""
_MAX_RANK = 6
_SKIPPED_AFTER_UNICODE = 1
# Bounded, or a table without the word that is looked for would be read once an entry.
_FONT = re.compile(r"\\f(\d{1,5})(?!\d)[^{};]{0,300}?\\fcharset(\d{1,3})")
_HEADING_STYLE = re.compile(
    r"\\s(\d{1,5})(?!\d)[^;{}]{0,500}?(?:\{[^{}]{0,200}\}[^;{}]{0,200}?){0,4}\s(?:heading (\d)|title);",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\{\\title ([^{}\\]*)\}")


@dataclass(frozen=True, slots=True)
class _State:
    """What a group has switched on.  label: the words are the number printed before a paragraph."""

    silent: bool = False
    hidden: bool = False
    deleted: bool = False
    bold: bool = False
    label: bool = False
    note: bool = False
    skipped: int = _SKIPPED_AFTER_UNICODE
    codec: str = ""


@dataclass(slots=True)
class _Paragraph:
    """The paragraph that is open, and how it is shown."""

    words: list[tuple[str, bool]] = field(default_factory=list)
    label: str = ""
    in_table: bool = False
    rank: int = 0


@dataclass(slots=True)
class _Flow:
    """What was read so far.  cells: of the row that is open; cell: the pieces of its last cell."""

    pieces: list[Piece] = field(default_factory=list)
    notes: list[Piece] = field(default_factory=list)
    cells: list[list[Piece]] = field(default_factory=list)
    cell: list[Piece] = field(default_factory=list)


def read_rtf(path: str, data: bytes) -> StoredText:
    """Read rich text: its paragraphs with the numbers printed before them, its tables as rows.

    Hidden and deleted words are left out; footnotes stand at the end.  Raises BadDocument for what is no
    rich text, or is nested beyond measure.
    """
    if not data.lstrip().startswith(SIGNATURE):
        raise BadDocument(
            path, "Its name says rich text, but it holds something else.", "Give it the right suffix."
        )
    reader = _Reader(path, data.decode("latin-1"))
    pieces = reader.read()
    title = _TITLE.search(reader.source)
    stored = compose([pieces])
    return StoredText(stored.text, stored.blocks, title=clean_title(title[1] if title else None))


class _Reader:
    """Reads one file, token by token; source: its bytes as Latin-1, so that each is one character."""

    def __init__(self, path: str, source: str) -> None:
        self.source = _without_binary(source)
        self._path = path
        self._page = _code_page(self.source)
        self._fonts = {
            number: _CHARSETS[int(charset)]
            for number, charset in _FONT.findall(self.source)
            if int(charset) in _CHARSETS
        }
        self._ranks = {
            number: min(max(int(level or 1), 1), _MAX_RANK)
            for number, level in _HEADING_STYLE.findall(self.source)
        }
        self._states = [_State(codec=self._page)]
        self._flows = [_Flow()]
        self._paragraphs = [_Paragraph()]
        self._bytes = bytearray()
        self._to_skip = 0
        self._high: str = ""

    def read(self) -> list[Piece]:
        """Return the pieces of the body, then those of its notes."""
        starred = False
        for token in _TOKEN.finditer(self.source):
            if token["byte"] is None:
                self._flush()
            if token["brace"]:
                if not self._turn(token["brace"]):
                    break
            elif token["word"]:
                self._obey(token["word"], token["number"], starred=starred)
            elif token["byte"] is not None:
                self._take_byte(token["byte"])
            elif token["sign"]:
                self._take_sign(token["sign"])
            elif token["text"]:
                self._take_text(token["text"])
            starred = token["sign"] == "*"
        self._flush()
        while len(self._flows) > 1:
            self._end_note()
        self._end_paragraph()
        self._end_row()
        return [*self._flows[0].pieces, *self._flows[0].notes]

    @property
    def _state(self) -> _State:
        return self._states[-1]

    def _turn(self, brace: str) -> bool:
        """Enter or leave a group; False at the end of the file's own."""
        self._to_skip = 0
        if brace == "{":
            if len(self._states) > _MAX_DEPTH:
                raise BadDocument(self._path, f"Its groups are nested more than {_MAX_DEPTH} deep.", _REMEDY)
            self._states.append(self._state)
            return True
        left = self._states.pop()
        if left.note and self._states and not self._states[-1].note:
            self._end_note()
        return len(self._states) > 1

    def _obey(self, word: str, number: str | None, *, starred: bool) -> None:
        state = self._state
        if word in _NO_WORDS or (starred and word not in _READ_THOUGH_STARRED):
            self._states[-1] = replace(state, silent=True)
        elif word in ("listtext", "pntext"):
            self._states[-1] = replace(state, label=True)
        elif word == "footnote" and not state.note:
            self._states[-1] = replace(state, note=True, bold=False)
            self._flows.append(_Flow())
            self._paragraphs.append(_Paragraph())
        elif word == "u":
            self._take_unicode(int(number or 0))
        elif word == "uc":
            self._states[-1] = replace(state, skipped=min(max(int(number or 1), 0), 8))
        elif word in _SWITCHES:
            self._states[-1] = self._switch(word, number)
        elif word in _SIGNS:
            self._write(_SIGNS[word])
        elif not state.silent:
            self._lay_out(word, number)

    def _switch(self, word: str, number: str | None) -> _State:
        state, on = self._state, number != "0"
        if word == "v":
            return replace(state, hidden=on)
        if word == "deleted":
            return replace(state, deleted=on)
        if word == "b":
            return replace(state, bold=on)
        if word == "f":
            return replace(state, codec=self._fonts.get(number or "", self._page))
        return replace(state, hidden=False, bold=False, deleted=False, codec=self._page)

    def _lay_out(self, word: str, number: str | None) -> None:
        paragraph = self._paragraphs[-1]
        if word == "pard":
            paragraph.in_table, paragraph.rank = False, 0
        elif word == "intbl":
            paragraph.in_table = True
        elif word == "s":
            paragraph.rank = self._ranks.get(number or "", 0)
        elif word == "outlinelevel" and number and int(number) < _MAX_RANK:
            paragraph.rank = int(number) + 1
        elif word in _ENDS:
            self._end_paragraph()
        elif word in ("cell", "nestcell"):
            self._end_paragraph(in_cell=True)
            flow = self._flows[-1]
            flow.cells.append(flow.cell)
            flow.cell = []
        elif word in ("row", "nestrow"):
            self._end_row()

    def _take_text(self, words: str) -> None:
        skipped = min(self._to_skip, len(words))
        self._to_skip -= skipped
        # Bytes above ASCII are not allowed in the format, and written by some programs all the same.
        self._write(words[skipped:].encode("latin-1").decode(self._state.codec, "replace"))

    def _take_byte(self, digits: str) -> None:
        if self._to_skip:
            self._to_skip -= 1
        else:
            self._bytes.append(int(digits, 16))

    def _take_sign(self, sign: str) -> None:
        self._to_skip = 0
        if sign in "\r\n":
            self._lay_out("par", None)
        else:
            self._write(_ESCAPED.get(sign, ""))

    def _take_unicode(self, code: int) -> None:
        """Write a character; those beyond 65,535 come in two halves."""
        letter = chr(code % 0x10000)
        self._to_skip = self._state.skipped
        if "\ud800" <= letter <= "\udbff":
            self._high = letter
            return
        both = (self._high + letter).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        self._high = ""
        self._write(both)

    def _flush(self) -> None:
        if self._bytes:
            words = self._bytes.decode(self._state.codec, "replace")
            self._bytes.clear()
            self._write(words)

    def _write(self, words: str) -> None:
        state, paragraph = self._state, self._paragraphs[-1]
        if state.silent or state.hidden or state.deleted or not words:
            return
        if state.label:
            paragraph.label += words
        else:
            paragraph.words.append((words, state.bold))

    def _end_paragraph(self, *, in_cell: bool = False) -> None:
        paragraph, flow = self._paragraphs[-1], self._flows[-1]
        self._paragraphs[-1] = _Paragraph(in_table=paragraph.in_table, rank=paragraph.rank)
        made = list(_make_pieces(paragraph))
        if in_cell or paragraph.in_table:
            flow.cell += made
            return
        self._end_row()
        flow.pieces += made

    def _end_row(self) -> None:
        flow = self._flows[-1]
        cells = [*flow.cells, flow.cell] if flow.cell else flow.cells
        flow.cells, flow.cell = [], []
        while cells and not cells[-1]:
            cells.pop()
        flow.pieces += make_row(cells)

    def _end_note(self) -> None:
        self._end_paragraph()
        self._end_row()
        note = self._flows.pop()
        self._paragraphs.pop()
        self._flows[0].notes += [*note.pieces, *note.notes]


def _make_pieces(paragraph: _Paragraph) -> Iterator[Piece]:
    label = " ".join(paragraph.label.split())
    for lines in break_lines(paragraph.words):
        text = "\n".join(words for words, _ in lines)
        if paragraph.rank:
            yield Piece(BlockKind.HEADING, " ".join(text.split()), paragraph.rank, label=label)
        elif _is_wordy(label):
            yield Piece(BlockKind.PARAGRAPH, f"{label} {text}")
        elif label:
            bullet = not any(map(str.isalnum, label)) or label == "o"
            yield Piece(BlockKind.BULLET, text[skip_glyph(text) :], 1, label="" if bullet else label)
        else:
            yield from divide(text, [bold for _, bold in lines])
        label = ""


def _is_wordy(label: str) -> bool:
    """Tell whether words stand beside the number of a label ("Recommendation 1")."""
    return re.search(r"[A-Za-z]{3,}", label) is not None and re.search(r"\d", label) is not None


def _code_page(source: str) -> str:
    found = re.search(r"\\ansicpg(\d{1,5})", source)
    name = f"cp{found[1]}" if found else ("mac_roman" if source[:200].find("\\mac") > 0 else "cp1252")
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name


def _without_binary(source: str) -> str:
    r"""Leave out what \bin announces: raw bytes, whose braces are none."""
    parts: list[str] = []
    start = 0
    for found in re.finditer(r"\\bin(\d{1,9}) ?", source):
        if found.start() >= start:
            parts.append(source[start : found.start()])
            start = found.end() + int(found[1])
    return "".join([*parts, source[start:]])
