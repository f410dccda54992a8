"""``askpcc status``, over a small index on the disk."""

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from askpcc.cli import main
from askpcc.register import build_register
from askpcc.rendering.register_text import COLUMNS, disarm, show_rows, show_table
from support.cases import cases
from support.small_register import SmallRegister, entry

HEAD = ("Force: Borsetshire Police", "Report: Behind closed doors: domestic abuse", "Responded: 2022-06-30")
DOCUMENTS = {
    "a-2022.md": (
        *HEAD,
        "I was pleased that many of the recommendations are completed.",
        "recommendation 1 | complete | force | 2022-06-30 | cameras are on",
        "custody logs of detained children | in_progress | commissioner | | to be mended",
    ),
    "b-2024.md": (
        HEAD[0],
        "Report: Domestic abuse: behind closed doors, an update",
        "Responded: 2024-01-16",
        "recommendation 1 | closed | inspectorate | 2024-01-16 | the inspectors closed it",
    ),
    "m.md": (
        "Force: Midsomer Constabulary",
        *HEAD[1:],
        "recommendation 1 | planned | commissioner | 2022-06-30 | will be bought",
    ),
    "undated.md": ("Force: Felpersham Police", "Report: Fraud", "recommendation 9 | the call log"),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    small = SmallRegister(tmp_path_factory.mktemp("status"))
    for path, lines in DOCUMENTS.items():
        small.write(path, *lines)
    small.run()
    return small.index


def run(index: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["status", "--index", str(index), *options])


def rows(index: Path, *options: str) -> list[dict[str, Any]]:
    result = run(index, "--json", *options)
    assert result.exit_code == 0
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def ids(found: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(row["document"], row["matter"], row["status"]) for row in found]


def test_json_is_an_array_of_rows_newest_first(index: Path) -> None:
    assert ids(rows(index)) == [
        ("b-2024.md", "recommendation 1", "closed"),
        ("a-2022.md", "custody logs of detained children", "in_progress"),
        ("m.md", "recommendation 1", "planned"),
        ("undated.md", "recommendation 9", "not_stated"),
    ]


def test_a_row_has_exactly_the_fields_of_the_public_interface(index: Path) -> None:
    assert {tuple(row) for row in rows(index)} == {COLUMNS}


def test_quotes_stand_in_the_stored_text(index: Path) -> None:
    for row in rows(index, "--history"):
        [citation] = row["citations"]
        place = f"{citation['start']}:{citation['end']}"
        shown = CliRunner().invoke(
            main,
            [
                "show",
                row["document"],
                "--index",
                str(index),
                "--version",
                citation["version"],
                "--at",
                place,
            ],
        )
        assert shown.stdout == citation["quote"]


def test_history_shows_what_was_superseded_and_by_what(index: Path) -> None:
    found = {(row["document"], row["number"]): row["superseded_by"] for row in rows(index, "--history")}
    assert found["a-2022.md", "1"] == "b-2024.md#recommendation-1"
    assert found["m.md", "1"] is None


def test_options_narrow_the_rows(index: Path) -> None:
    assert ids(rows(index, "--force", "midsomer")) == [("m.md", "recommendation 1", "planned")]
    assert ids(rows(index, "--status", "in_progress", "--report", "closed doors")) == [
        ("a-2022.md", "custody logs of detained children", "in_progress")
    ]
    assert ids(rows(index, "--as-of", "2022-12-31", "--force", "Borsetshire", "--status", "complete")) == [
        ("a-2022.md", "recommendation 1", "complete")
    ]


@cases("options", [["--json"], ["--csv"]])
def test_what_is_not_covered_goes_to_stderr_beside_data(index: Path, options: list[str]) -> None:
    result = run(index, *options)
    assert "“many of the recommendations”" in result.stderr
    assert "names 2 matters" not in result.stdout


def test_what_is_not_covered_stands_below_the_rows(index: Path) -> None:
    result = run(index)
    assert result.stderr == ""
    assert "“many of the recommendations”" in result.stdout.split("\n\n")[-1]


def test_outside_of_a_terminal_the_rows_are_plain_and_complete(index: Path) -> None:
    first = run(index).stdout.split("\n\n")[0].splitlines()
    assert first[:4] == [
        "closed: recommendation 1",
        "  says the inspectorate",
        "  as of 16 January 2024 (response dated)",
        "  Borsetshire Police, Domestic abuse: behind closed doors, an update",
    ]
    assert first[4].startswith(f"  “{DOCUMENTS['b-2024.md'][-1]}” (b-2024.md ")


@cases("width", [80, 120])
def test_the_table_of_a_terminal_wraps_and_loses_no_word(width: int) -> None:
    long = "the way in which calls from the public are answered graded and passed on to those on patrol"
    made = entry(
        "long-name-of-a-response-2024.md", *HEAD, f"{long} | under_consideration | inspectorate | | x"
    )
    written = io.StringIO()
    show_table(build_register([made]), written, width)
    lines = written.getvalue().splitlines()
    assert max(len(line) for line in lines) <= width
    assert {*long.split(), "under", "consideration", "inspectorate", "Borsetshire"} <= set(
        written.getvalue().split()
    )


class Terminal(io.StringIO):
    """Says that it is one."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_a_terminal_gets_the_table_and_a_file_the_paragraphs() -> None:
    made = build_register([entry("a.md", "custody | planned | force | | x")])
    terminal, file = Terminal(), io.StringIO()
    show_rows(made, terminal)
    show_rows(made, file)
    assert "matter, and the words that say so" in terminal.getvalue()
    assert file.getvalue().startswith("planned: custody\n  says the force\n")


def test_csv_has_one_row_a_line_under_its_header(index: Path) -> None:
    lines = run(index, "--csv").stdout.splitlines()
    header, first, *others = list(csv.reader(lines))
    assert tuple(header) == COLUMNS
    assert len(lines) == 2 + len(others) == 5
    assert first[:8] == [
        *("Borsetshire Police", "Domestic abuse: behind closed doors, an update", "b-2024.md"),
        *("recommendation 1", "1", "recommendation", "closed", "inspectorate"),
    ]
    assert first[11].startswith("“recommendation 1 | closed")


HOSTILE = [
    "=HYPERLINK(1)",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1",  # noqa: RUF001 - spreadsheets take the wide one too
    " =1",
    "\N{ZERO WIDTH SPACE}=1",
    "\t=1",
    "\x01=1",
]


@cases("cell", HOSTILE)
def test_what_a_spreadsheet_would_compute_gets_an_apostrophe(cell: str) -> None:
    assert disarm(cell) == f"'{cell}"


@cases("cell", ["", "Borsetshire Police", "2024-01-16", "a=1", "“=1”", "5a"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert disarm(cell) == cell


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    small = SmallRegister(tmp_path)
    small.write(
        "=cmd.md",
        "Force: =1+1",
        'Report: =HYPERLINK("http://evil.example","x")',
        "@SUM(A1) [bold]x[/bold] \x1b[31m\x07 | complete | force | | \u202e=2",
    )
    small.run()
    return small.index


def test_no_cell_of_the_csv_is_computed(hostile: Path) -> None:
    result = run(hostile, "--csv")
    [_, row] = list(csv.reader(result.stdout.splitlines()))
    assert [cell[:2] for cell in row[:4]] == ["'=", "'=", "'=", "'@"]
    assert "\x1b" not in result.output
    assert "\u202e" not in result.output


def test_every_cell_of_the_workbook_is_text(hostile: Path, tmp_path: Path) -> None:
    file = tmp_path / "register.xlsx"
    assert run(hostile, "--xlsx", str(file)).exit_code == 0
    [sheet] = load_workbook(file).worksheets
    assert {cell.data_type for row in sheet for cell in row if cell.value is not None} == {"s"}
    assert sheet["A2"].value == "=1+1"
    with zipfile.ZipFile(file) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_neither_text_nor_table_lets_a_document_steer_the_terminal(hostile: Path) -> None:
    assert not {"\x1b", "\x07", "\u202e"} & set(run(hostile).output)
    assert not {"\x1b", "\x07", "\u202e"} & set(run(hostile, "--json").output)
    written = io.StringIO()
    made = entry("a.md", "\x1b[31m[bold]x[/bold] | complete | force | | \x07")
    show_table(build_register([made]), written, 80)
    assert "[bold]x[/bold]" in written.getvalue()
    assert not {"\x1b", "\x07"} & set(written.getvalue())


def test_the_workbook_has_a_frozen_header_filters_and_widths(index: Path, tmp_path: Path) -> None:
    file = tmp_path / "register.xlsx"
    result = run(index, "--xlsx", str(file))
    [sheet] = load_workbook(file).worksheets
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:N5")
    assert all(10 <= sheet.column_dimensions[letter].width <= 60 for letter in "ABCDEFGHIJKLMN")
    assert result.stdout == f"{file}: 4 rows.\n"


def test_an_empty_register_makes_an_empty_workbook(index: Path, tmp_path: Path) -> None:
    file = tmp_path / "register.xlsx"
    assert run(index, "--status", "accepted", "--xlsx", str(file)).exit_code == 0
    assert load_workbook(file).worksheets[0].max_row == 1


def test_a_workbook_that_cannot_be_written_is_told_in_a_sentence(index: Path, tmp_path: Path) -> None:
    result = run(index, "--xlsx", str(tmp_path / "missing" / "register.xlsx"))
    assert result.exit_code == 1
    assert "cannot be written: No such file or directory. Choose another file." in result.stderr


def test_no_row_is_an_empty_array_and_a_sentence(index: Path) -> None:
    assert rows(index, "--status", "accepted") == []
    assert run(index, "--status", "accepted").stdout.startswith("No row of the register fits.\n")


@cases(
    ("options", "words"),
    [
        (["--force", "Kent"], "no force called 'Kent'"),
        (["--status", "finished"], "no status"),
        (["--as-of", "soon"], "no day"),
        (["--report", "sheep"], "'sheep'"),
    ],
)
def test_what_is_unknown_is_a_sentence_and_a_failure(index: Path, options: list[str], words: str) -> None:
    result = run(index, "--json", *options)
    assert (result.exit_code, result.stdout) == (1, "")
    assert words in result.stderr


@cases("options", [["--json", "--csv"], ["--csv", "--xlsx", "a.xlsx"], ["--nothing"]])
def test_wrong_usage_exits_with_two(index: Path, options: list[str]) -> None:
    assert run(index, *options).exit_code == 2


def test_without_an_index_the_command_to_run_is_named(tmp_path: Path) -> None:
    result = run(tmp_path / "index")
    assert result.exit_code == 1
    assert "Run: askpcc index" in result.stderr


def test_it_starts_without_torch_and_chroma(index: Path) -> None:
    program = (
        "import sys; from askpcc.cli import main;"
        "main(['status', '--json', '--index', sys.argv[1]], standalone_mode=False);"
        "heavy = {'torch', 'chromadb', 'sentence_transformers', 'transformers', 'openpyxl', 'pdfplumber'};"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-c", program, str(index)],
        env=os.environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(json.loads(done.stdout)) == 4
    assert done.stderr.splitlines()[-1] == "[]"


def test_a_force_known_from_its_commissioner_in_one_document_is_one_force(tmp_path: Path) -> None:
    small = SmallRegister(tmp_path)
    report = "Report: Behind closed doors: domestic abuse"
    done = "recommendation 1 | {} | force | {} | cameras are on at Midsomer Constabulary"
    small.write(
        "m-2022.md",
        "Force: Midsomer Constabulary",
        report,
        "Responded: 2022-06-30",
        done.format("planned", "2022-06-30"),
    )
    # What reading makes of "Midsomer PCC": a name that the text does not have.
    small.write(
        "m-2024.md",
        "Made up: Midsomer",
        report,
        "Responded: 2024-01-16",
        "recommendation 1 | complete | commissioner | 2024-01-16 | cameras are on",
    )
    small.run()
    shown = rows(small.index, "--force", "midsomer")
    assert [(row["document"], row["force"]) for row in shown] == [("m-2024.md", "Midsomer Constabulary")]
