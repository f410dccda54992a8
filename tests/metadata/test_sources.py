"""Notes of where documents came from are read, refused by line, and extended."""

import pytest

from askpcc.errors import CorpusError
from askpcc.metadata import append_source, parse_sources
from askpcc.model import Source
from support.cases import cases

NOTE = "document,url,fetched\na.md,https://borsetshire.example/a,2024-05-31\n"
A = Source("https://borsetshire.example/a", "2024-05-31")
B = Source("https://borsetshire.example/b?x=1,2", "2024-06-01")


def test_row_becomes_a_source() -> None:
    assert parse_sources(NOTE) == {"a.md": A}


def test_empty_text_notes_nothing() -> None:
    assert parse_sources("") == {}
    assert parse_sources("\ufeff\n\n") == {}


@cases(
    "text",
    [
        f"\ufeff{NOTE}",
        NOTE.replace("\n", "\r\n"),
        f"\n{NOTE}\n,,\n",
        "Fetched, Document ,by,URL\n31/05/2024, a.md ,Jo,https://borsetshire.example/a\n",
        NOTE.replace("a.md", '"a.md"').rstrip(),
    ],
    ids=["byte order mark", "windows lines", "blank rows", "other columns and date", "quotes"],
)
def test_what_a_spreadsheet_makes_of_the_file_is_read_the_same(text: str) -> None:
    assert parse_sources(text) == {"a.md": A}


def test_unknown_part_is_absent() -> None:
    assert parse_sources("document,url,fetched\na.md\nb.md,,2024-06-01\n") == {
        "a.md": Source(),
        "b.md": Source(None, "2024-06-01"),
    }


def test_later_row_of_a_document_wins() -> None:
    assert parse_sources(f"{NOTE}a.md,{B.url!r},\n".replace("'", '"'))["a.md"] == Source(B.url, None)


def test_path_is_kept_with_forward_slashes() -> None:
    assert list(parse_sources("document,url,fetched\n2023\\a.md,,\n")) == ["2023/a.md"]


@cases(
    ("text", "line"),
    [
        ("name,url\n", "line 1"),
        (f"{NOTE}b.md,borsetshire.example,\n", "line 3"),
        (f"{NOTE}b.md,javascript:alert(1),\n", "line 3"),
        (f"{NOTE}b.md,http://[,\n", "line 3"),
        (f"{NOTE}\nb.md,,31 February\n", "line 4"),
        (f"{NOTE},https://borsetshire.example/b,\n", "line 3"),
        (f'{NOTE}"b.md\n', "line 3"),
    ],
)
def test_bad_row_is_named_by_its_line_with_what_to_write(text: str, line: str) -> None:
    with pytest.raises(CorpusError, match=rf"sources\.csv, {line}: .* Write document,url,fetched"):
        parse_sources(text)


def test_first_note_brings_the_header() -> None:
    assert append_source("", "a.md", A) == NOTE


@cases("text", [NOTE, NOTE.rstrip(), NOTE.replace("\n", "\r\n"), f"\ufeff{NOTE}"])
def test_appended_note_is_read_back_and_the_earlier_text_stays(text: str) -> None:
    longer = append_source(text, "sub/b, c.md", B)
    assert longer.startswith(text)
    assert parse_sources(longer) == {"a.md": A, "sub/b, c.md": B}
    assert ("\r\n" in text) == longer.endswith("\r\n")


def test_appended_note_keeps_to_the_columns_there_are() -> None:
    text = "by,fetched,document,url\nJo,,a.md,\n"
    assert append_source(text, "b.md", Source(None, "2024-06-01")) == f"{text},2024-06-01,b.md,\n"


def test_nothing_is_appended_to_notes_that_cannot_be_read() -> None:
    with pytest.raises(CorpusError):
        append_source("name,url\n", "a.md", A)
