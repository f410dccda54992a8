"""A ledger of an earlier askpcc is brought up to date with every row; one of a later askpcc is refused."""

import shutil
import signal
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from ledger_desk import NO_LIMITS, Hands, ask, run_on_server, start
from sqlalchemy import Connection, Engine, create_engine, inspect, text

from askpcc.adapters import ledger as package
from askpcc.adapters.ledger import open_ledger
from askpcc.adapters.ledger.database import migrate, read_place
from askpcc.adapters.ledger.schema import VERSION, VERSION_TABLE, metadata
from askpcc.errors import LedgerError
from askpcc.model import (
    Act,
    Answer,
    Approval,
    Citation,
    Endorsement,
    Fault,
    Feedback,
    HelpRequest,
    Inquiry,
    InquiryState,
    Judgement,
    Opinion,
    Place,
    Post,
    Question,
    Queued,
    Reason,
    RecordedAnswer,
    Ruling,
    Span,
    Statement,
    Status,
    Taking,
    Verdict,
    Wanted,
    Why,
)

pytest_plugins = ("ledger_fixtures",)

DUMPS = Path(__file__).parents[1] / "cases" / "ledger"
VERSIONS = ("0001", "0002", "0003", "0004")
"""Each version that was ever released; its dumps were made by it, and stay as they are."""

NEXT = "9999"
OPENING = (
    f"from alembic import op\nimport sqlalchemy as sa\nrevision = '{NEXT}'\ndown_revision = '{VERSION}'\n"
)
MAKES_TABLES_ANEW = """
def upgrade():
    anew = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    for name in ("inquiries", "answers"):
        with op.batch_alter_table(name, recreate=anew) as batch:
            batch.add_column(sa.Column("added", sa.Text()))
"""
BREAKS_OFF = """
def upgrade():
    op.add_column("answers", sa.Column("added", sa.Text()))
    op.execute("INSERT INTO no_such_table VALUES (1)")
"""
DIES = """
def upgrade():
    import os, signal
    op.add_column("answers", sa.Column("added", sa.Text()))
    op.execute("UPDATE answers SET added = 'x'")
    os.kill(os.getpid(), signal.SIGKILL)
"""
MIGRATE = f"""
from askpcc.adapters.ledger.database import migrate
from askpcc.adapters.ledger.database import read_place
migrate(read_place(url), name, "{NEXT}")
"""
LOSES_REFERENCES = """
def upgrade():
    op.execute("DELETE FROM inquiries")
"""

NINE = datetime(2026, 11, 2, 9, 0, 0, 250_000, UTC)
MINUTE = timedelta(minutes=1)
FIRST = Inquiry(
    id="inquiry-1",
    place=Place("slack", "T1", "C1", "17.1", "17.1"),
    person="U1",
    words="Was recommendation 5 accepted?",
    asked_at=NINE,
    history=("Which report?",),
    state=InquiryState.ANSWERED,
    attempt=1,
)
SECOND = replace(
    FIRST,
    id="inquiry-2",
    place=Place("slack", "T1", "C1", "17.1", "17.2"),
    words="When is it due? 🕰",
    asked_at=NINE + MINUTE,
    history=(),
    private=True,
    reply_to="https://hooks.example/2",
    state=InquiryState.WORKING,
)
CITED = Citation(
    document="borsetshire/response.md",
    version="v1",
    title="Borsetshire: response",
    span=Span(120, 146),
    quote="I accept recommendation 5.",
    page=3,
    url="https://pcc.borsetshire.example/5",
)
ACCEPTED = RecordedAnswer(
    id="answer-1",
    inquiry="inquiry-1",
    edition=1,
    answer=Answer(
        question=Question(FIRST.words, Wanted.STATUS, FIRST.words, FIRST.history),
        statements=(Statement("Accepted, the commissioner says:", (CITED,), Status.ACCEPTED),),
        note="It's from 2025.",
        withheld=1,
        index_version="3-0a1b2c3d",
    ),
    answered_at=NINE + MINUTE,
    milliseconds=41,
    confidence=0.75,
    posts=(Post("C1", "17.3"),),
)
SILENT = RecordedAnswer(
    id="answer-2",
    inquiry="inquiry-2",
    edition=1,
    answer=Answer(
        question=Question(SECOND.words, Wanted.DEADLINE, SECOND.words),
        statements=(),
        reason=Reason.DOCUMENT_SILENT,
        nearest=(replace(CITED, page=None, url=None),),
    ),
    answered_at=NINE + 2 * MINUTE,
)
VOTE = Feedback("answer-1", "U1", Opinion.BAD, NINE + 2 * MINUTE, Fault.OUT_OF_DATE, "There's a newer one.")
REUSED = RecordedAnswer(
    id="answer-3",
    inquiry="inquiry-1",
    edition=2,
    answer=replace(ACCEPTED.answer, note="", withheld=0, endorsement=Endorsement("U7", NINE + 4 * MINUTE)),
    answered_at=NINE + 5 * MINUTE,
)
APPROVED = Verdict(
    "verdict-1", "answer-1", "U7", NINE + 4 * MINUTE, Ruling.APPROVED, (Judgement.SUPPORTED,), "It's so."
)
CORRECTED = Verdict(
    id="verdict-2",
    answer="answer-2",
    reviewer="U8",
    at=NINE + 6 * MINUTE,
    ruling=Ruling.CORRECTED,
    correction=(
        Statement("Due in March:", (CITED, replace(CITED, page=None, url=None))),
        Statement("", (CITED,), Status.PLANNED),
    ),
)
STANDING = Approval("verdict-2", "answer-2", "key-2", "U8", CORRECTED.at, CORRECTED.correction, "basis-2")
LAPSED = Approval(
    verdict="verdict-1",
    answer="answer-1",
    key="key-1",
    reviewer="U7",
    at=APPROVED.at,
    statements=ACCEPTED.answer.statements,
    basis="basis-1",
    lapsed_at=NINE + 7 * MINUTE,
    lapse="It is gone.",
)
QUEUE = (
    Queued("answer-1", Why.BAD_FEEDBACK, NINE + 2 * MINUTE, APPROVED.at),
    Queued("answer-1", Why.LAPSED, NINE + 7 * MINUTE),
)
HELP = HelpRequest("help-1", "answer-2", "U1", NINE + 3 * MINUTE, Post("C9", "17.9"))


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """Return an engine on the ledger that is beside the ledger's own."""
    made = create_engine(url)
    yield made
    made.dispose()


@pytest.fixture(params=VERSIONS)
def old(request: pytest.FixtureRequest, url: str) -> str:
    """Return the URL of a ledger as an earlier askpcc left it."""
    dump = DUMPS / f"{request.param}.{url.partition(':')[0].partition('+')[0]}.sql"
    script = dump.read_text("utf-8")
    if url.startswith("sqlite"):
        file = Path(url.removeprefix("sqlite:///"))
        file.parent.mkdir()
        connection = sqlite3.connect(file)
        connection.executescript(script)
        connection.close()
    else:
        run_on_server(url.replace("+psycopg", ""), script)
    return url


def read_rows(connection: Connection) -> dict[str, list[dict[str, object]]]:
    names = set(inspect(connection).get_table_names()) - {VERSION_TABLE}
    return {
        name: [dict(row) for row in connection.execute(text(f"SELECT * FROM {name} ORDER BY 1")).mappings()]  # noqa: S608 - names of our own tables
        for name in names
    }


def test_an_older_ledger_keeps_all_that_it_holds(old: str) -> None:
    ledger = open_ledger(old, Hands(NINE))
    assert ledger.thread("T1", "C1", "17.1").inquiries == (FIRST, SECOND)
    assert ledger.thread("T1", "C1", "17.1").muted
    assert [ledger.answer(each.id) for each in (ACCEPTED, SILENT)] == [ACCEPTED, SILENT]
    assert ledger.feedback("answer-1") == [VOTE]
    assert ledger.resolve(HELP.id, "U8") == replace(HELP, resolved_by="U8")
    assert ledger.acts(5) == [Act("U1", "reindex", "corpus", NINE, "1 added")]
    assert ledger.mark("digest") == "2026-11-02"
    ledger.close()


@pytest.mark.parametrize("old", ["0002"], indirect=True)
def test_a_ledger_of_the_first_reviews_keeps_what_was_decided(old: str) -> None:
    ledger = open_ledger(old)
    record, other = ledger.records()
    assert record.answers == (ACCEPTED, REUSED)
    assert (record.verdicts, other.verdicts) == ((APPROVED,), (CORRECTED,))
    assert (record.approvals, other.approvals) == ((LAPSED,), (STANDING,))
    assert record.queue == QUEUE
    assert ledger.approvals() == [STANDING]
    ledger.close()


def test_an_older_ledger_goes_on_as_any_other(old: str) -> None:
    clock = Hands(NINE + 5 * MINUTE)
    ledger = open_ledger(old, clock)
    assert ledger.take(replace(SECOND, id="inquiry-3"), NO_LIMITS) is Taking.KNOWN
    assert ledger.take(ask(3), NO_LIMITS) is Taking.TAKEN
    held = ledger.claim("w", MINUTE)
    assert held == replace(ask(3), state=InquiryState.WORKING, attempt=1)
    stale = ledger.claim("w", MINUTE)
    assert stale == replace(SECOND, attempt=2)
    ledger.close()


def test_the_migrations_make_the_tables_of_the_schema(url: str, engine: Engine) -> None:
    open_ledger(url).close()
    options = {"version_table": VERSION_TABLE, "compare_type": True}
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []


def scripts_with(script: str, folder: Path) -> str:
    """Return a folder with the migrations and one more, as a later askpcc may bring."""
    home = Path(str(package.__file__)).parent / "migrations"
    copied = shutil.copytree(home, folder / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    (copied / "versions" / "next.py").write_text(OPENING + script)
    return str(copied)


def test_a_migration_that_makes_tables_anew_keeps_every_row(old: str, engine: Engine, tmp_path: Path) -> None:
    migrate(read_place(old))
    with engine.connect() as connection:
        before = read_rows(connection)
    engine.dispose()
    migrate(read_place(old), scripts_with(MAKES_TABLES_ANEW, tmp_path), NEXT)
    with engine.connect() as connection:
        after = read_rows(connection)
    assert all(row.pop("added") is None for name in ("inquiries", "answers") for row in after[name])
    assert after == before
    assert len(before["inquiries"]) == 2


def test_a_process_that_is_killed_while_it_migrates_changes_nothing(
    old: str, engine: Engine, tmp_path: Path
) -> None:
    migrate(read_place(old))
    with engine.connect() as connection:
        before = read_rows(connection)
    engine.dispose()
    with start(MIGRATE, old, scripts_with(DIES, tmp_path)) as process:
        process.communicate("\n")
    assert process.returncode == -signal.SIGKILL
    with engine.connect() as connection:
        assert read_rows(connection) == before
    open_ledger(old).close()


@pytest.mark.parametrize("script", [BREAKS_OFF, LOSES_REFERENCES], ids=["breaks off", "loses references"])
def test_a_migration_that_fails_changes_nothing(
    old: str, engine: Engine, tmp_path: Path, script: str
) -> None:
    migrate(read_place(old))
    with engine.connect() as connection:
        before = read_rows(connection)
    engine.dispose()
    with pytest.raises(LedgerError, match=r"no_such_table|lose references|contradicts"):
        migrate(read_place(old), scripts_with(script, tmp_path), NEXT)
    with engine.connect() as connection:
        assert read_rows(connection) == before
    open_ledger(old).close()


def test_a_ledger_of_a_newer_askpcc_is_refused_and_left_alone(
    old: str, engine: Engine, tmp_path: Path
) -> None:
    migrate(read_place(old), scripts_with(MAKES_TABLES_ANEW, tmp_path), NEXT)
    with engine.connect() as connection:
        before = read_rows(connection)
    engine.dispose()
    with pytest.raises(LedgerError, match=f"version {NEXT}, which a newer askpcc wrote. Use that askpcc"):
        open_ledger(old)
    with engine.connect() as connection:
        assert read_rows(connection) == before


def test_a_file_with_tables_of_another_program_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "catalogue.sqlite")
    connection.execute("CREATE TABLE documents (path TEXT)")
    connection.close()
    with pytest.raises(LedgerError, match=r"tables of another program \(documents\)"):
        open_ledger(f"sqlite:///{tmp_path}/catalogue.sqlite")


def test_a_server_may_hold_tables_of_another_program_of_other_names(server_url: str) -> None:
    address = server_url.replace("+psycopg", "")
    run_on_server(address, "CREATE TABLE documents (path TEXT)")
    open_ledger(server_url).close()
    run_on_server(address, "DROP TABLE ledger_version")
    with pytest.raises(LedgerError, match=r"tables of another program \(acts, answers, approvals\)"):
        open_ledger(server_url)
