"""Trackers, archives and files of other kinds, from the command line."""

import csv
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZipFile

import openpyxl
import pytest

from support.cases import cases
from support.command_line import Desk

ROWS: list[list[object]] = [
    ["No", "Recommendation", "Status", "Due", "Owner"],
    [1, "Tillingford Police should check every cell each day.", "Complete", date(2025, 3, 1), "Insp. Vale"],
    [2, "Tillingford Police should train its sergeants.", "In progress", date(2025, 9, 30), "Ch Supt Orme"],
    [3, "Tillingford Police should publish its data on force.", "Not accepted", None, "ACC Birch"],
    [4, "Tillingford Police should repair the yard.", "Planned", date(2025, 11, 30), "Estates"],
    [5, "Tillingford Police should audit strip searches.", "Under consideration", None, "Insp. Vale"],
    [6, "The chiefs of all forces should agree a form.", "Not applicable", None, "Nobody"],
]
STATUSES = ["complete", "in_progress", "not_accepted", "planned", "under_consideration", "not_applicable"]


def make_xlsx() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Custody tracker"
    for row in ROWS:
        sheet.append(row)
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def make_csv() -> bytes:
    file = StringIO()
    shown = [[f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell for cell in row] for row in ROWS]
    csv.writer(file).writerows(shown)
    return file.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize(("name", "data"), [("tracker.xlsx", make_xlsx()), ("tracker.csv", make_csv())])
def test_a_tracker_gives_a_row_of_the_register_each(elsewhere: Desk, name: str, data: bytes) -> None:
    elsewhere.corpus.mkdir()
    (elsewhere.corpus / name).write_bytes(data)
    assert elsewhere.run("index").exit_code == 0
    rows = sorted(elsewhere.run_json("status"), key=lambda row: row["number"])
    assert [row["status"] for row in rows] == STATUSES
    assert [row["due"] for row in rows] == ["2025-03-01", "2025-09-30", None, "2025-11-30", None, None]


def test_files_of_other_kinds_are_named_and_are_no_failure(desk: Desk) -> None:
    desk.write("papers.zip", "x")
    desk.write("README", "x")
    told = desk.run("index")
    assert told.exit_code == 0
    (line,) = [line for line in told.stdout.splitlines() if line.startswith("skipped")]
    assert line.startswith("skipped  papers.zip: It is an archive")
    assert line in desk.run("documents").stdout
    assert [one["document"] for one in desk.run_json("index")["skipped"]] == ["papers.zip"]


def test_a_corpus_of_other_kinds_alone_is_told_with_their_names(elsewhere: Desk) -> None:
    elsewhere.corpus.mkdir()
    elsewhere.write("scan.tiff", "x")
    told = elsewhere.run("index")
    assert told.exit_code == 1
    assert "scan.tiff: It is a picture" in told.stderr


def pack(*members: tuple[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", 8) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return file.getvalue()


def test_each_document_of_an_archive_is_added(desk: Desk) -> None:
    archive = desk.folder / "papers.zip"
    plan = b"# Tillingford Police: response on armour\n\nEvery officer has new armour.\n"
    archive.write_bytes(
        pack(("2025/tracker.xlsx", make_xlsx()), ("plan.md", plan), ("logo.png", b"x"), (".x", b""))
    )
    told = desk.run("add", str(archive))
    assert told.exit_code == 0, told.output
    assert "Added “Custody tracker” as tracker.xlsx.\n" in told.stdout
    assert "Added “Tillingford Police: response on armour” as plan.md.\n" in told.stdout
    assert "Not added: logo.png: It is a picture" in told.stdout
    assert not (desk.corpus / "papers.zip").exists()


@cases(
    ("data", "reason"),
    [
        (pack(("../plan.md", b"words")), "leads out of it"),
        (pack(("/plan.md", b"words")), "leads out of it"),
        (pack(*((f"{n}.md", b"words") for n in range(201))), "201 files"),
        (pack(("a.md", bytes(15 * 1024 * 1024))), "which no documents do"),
        (pack(("a.md", b"words"))[:30], "damaged"),
    ],
    ids=["up", "absolute", "many", "bomb", "cut"],
)
def test_an_archive_made_to_harm_is_refused(elsewhere: Desk, data: bytes, reason: str) -> None:
    elsewhere.corpus.mkdir(exist_ok=True)
    archive = elsewhere.folder / "papers.zip"
    archive.write_bytes(data)
    told = elsewhere.run("add", str(archive))
    assert told.exit_code == 1
    assert reason in told.stderr
    assert list(elsewhere.corpus.iterdir()) == []
