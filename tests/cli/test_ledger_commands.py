"""``askpcc purge`` and ``askpcc export`` on a real ledger."""

import csv
import json
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from askpcc.adapters.ledger import SqlLedger, open_ledger
from askpcc.app.flows import open_answerer, open_catalogue
from askpcc.asking.citing import cite_words
from askpcc.cli_admin import export, purge
from askpcc.errors import LedgerError
from askpcc.model import (
    Act,
    Answer,
    Citation,
    Endorsement,
    Feedback,
    Inquiry,
    Limits,
    Opinion,
    Place,
    Question,
    RecordedAnswer,
    Ruling,
    Span,
    Statement,
    Status,
    Verdict,
    Wanted,
)
from askpcc.review.verdicts import Decision, VerdictService
from askpcc.settings import read_settings
from support.command_line import Desk

NOW = datetime.now(UTC)
OLD = NOW - timedelta(days=100)
CITATION = Citation("a.md", "v1", "Letter", Span(3, 14), "It is done.")


def give(ledger: SqlLedger, number: int, person: str, at: datetime, words: str = "Is it done?") -> None:
    id_ = str(number)
    inquiry = Inquiry(f"q{id_}", Place("slack", "T1", "C1", id_, id_), person, words, at, reply_to="secret")
    ledger.take(inquiry, Limits())
    statement = Statement("Complete", (CITATION,), Status.COMPLETE)
    answer = Answer(Question(words, Wanted.STATUS, words), (statement,), endorsement=Endorsement("U7", at))
    ledger.record(RecordedAnswer(f"a{id_}", inquiry.id, 1, answer, at))


@pytest.fixture
def ledger(elsewhere: Desk) -> Iterator[SqlLedger]:
    """Return a ledger in the working folder: an old question of U1, a new one of U2."""
    opened = open_ledger(f"sqlite:///{elsewhere.folder}/ledger.sqlite")
    give(opened, 1, "U1", OLD)
    give(opened, 2, "U2", NOW, "=HYPERLINK(1)\nnext")
    opened.vote(Feedback("a1", "U2", Opinion.BAD, NOW))
    yield opened
    opened.close()


def run(command: str, *options: str, stdin: str = "") -> Result:
    return CliRunner().invoke({"purge": purge, "export": export}[command], options, input=stdin)


def asked(ledger: SqlLedger) -> list[str]:
    return [record.inquiry.id for record in ledger.records()]


def test_a_purge_says_what_will_go_and_asks(ledger: SqlLedger) -> None:
    result = run("purge", "--older-than", "90", stdin="n\n")
    assert result.exit_code == 1
    assert "To go: 1 question, 1 answer, 0 verdicts, 0 approvals; a name in 0 other places." in result.stdout
    assert "Messages in Slack" in result.stdout
    assert asked(ledger) == ["q1", "q2"]


@pytest.mark.parametrize(("options", "stdin"), [((), "y\n"), (("--yes",), "")])
def test_what_is_confirmed_is_erased_and_noted(
    ledger: SqlLedger, options: tuple[str, ...], stdin: str
) -> None:
    result = run("purge", "--older-than", "90", *options, stdin=stdin)
    assert result.exit_code == 0
    assert result.stdout.endswith(
        "Erased: 1 question, 1 answer, 0 verdicts, 0 approvals; a name in 0 other places.\n"
    )
    assert asked(ledger) == ["q2"]
    (act,) = ledger.acts(5)
    assert (act.person, act.did, act.about) == ("command line", "purge", "older than 90 days")
    assert act.result.startswith("1 question, 1 answer")


def test_a_person_is_erased_without_being_named_in_the_audit_line(ledger: SqlLedger) -> None:
    result = run("purge", "--user", "U2", "--yes")
    assert "Erased: 1 question, 1 answer, 0 verdicts, 0 approvals; a name in 1 other place." in result.stdout
    assert asked(ledger) == ["q1"]
    assert [act.about for act in ledger.acts(5)] == ["one person"]
    assert "U2" not in str(list(ledger.records()))


def test_time_and_person_choose_together(ledger: SqlLedger) -> None:
    run("purge", "--user", "U2", "--older-than", "90", "--yes")
    assert asked(ledger) == ["q1", "q2"]
    run("purge", "--user", "U1", "--older-than", "90", "--yes")
    assert asked(ledger) == ["q2"]


def test_a_dry_run_erases_nothing_and_asks_nothing(ledger: SqlLedger) -> None:
    result = run("purge", "--user", "U1", "--dry-run")
    assert result.exit_code == 0
    assert result.stdout.startswith("Would go: 1 question, 1 answer")
    assert asked(ledger) == ["q1", "q2"]
    assert ledger.acts(5) == []


def test_where_there_is_nothing_nothing_is_asked(ledger: SqlLedger) -> None:
    result = run("purge", "--user", "nobody")
    assert result.exit_code == 0
    assert "Erase" not in result.stdout
    assert ledger.acts(5) == []


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("options", [(), ("--yes",), ("--older-than", "-1"), ("--older-than", "99999999999")])
def test_a_purge_of_everything_or_of_nonsense_is_wrong_usage(options: tuple[str, ...]) -> None:
    assert run("purge", *options).exit_code == 2


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("command", [("purge", "--older-than", "1"), ("export",)])
def test_a_ledger_that_is_not_there_is_not_made(command: tuple[str, ...]) -> None:
    result = run(*command)
    assert isinstance(result.exception, LedgerError)
    assert "There is no ledger at" in str(result.exception)
    assert list(Path().iterdir()) == []


def lines(result: Result) -> list[Any]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_everything_is_exported_line_by_line(ledger: SqlLedger) -> None:
    ledger.rule(Verdict("v1", "a1", "U7", NOW, Ruling.APPROVED, comment="\x1b[2J \ud83d"), None)
    first, second = lines(run("export"))
    assert first["inquiry"]["id"] == "q1"
    assert set(first) == {"inquiry", "answers", "feedback", "requests", "verdicts", "approvals", "queue"}
    assert first["verdicts"][0]["comment"] == "\x1b[2J \ud83d"
    (answer,) = first["answers"]
    assert answer["question"] == {"words": "Is it done?", "history": [], "kind": "status"}
    assert answer["statements"][0]["citations"][0]["quote"] == "It is done."
    assert answer["endorsement"] == {"person": "U7", "at": OLD.isoformat()}
    assert "secret" not in str([first, second])


@pytest.mark.usefixtures("ledger")
def test_what_a_terminal_would_obey_is_escaped() -> None:
    assert "\x1b" not in run("export").stdout


def test_of_one_person_also_what_they_did_elsewhere_is_exported(ledger: SqlLedger) -> None:
    ledger.note(Act("U2", "reindex", "corpus", NOW))
    own, vote, act = lines(run("export", "--user", "U2"))
    assert own["inquiry"]["id"] == "q2"
    assert vote["feedback"]["answer"] == "a1"
    assert act == {
        "act": {"person": "U2", "did": "reindex", "about": "corpus", "at": NOW.isoformat(), "result": ""}
    }


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(
    ("options", "count"),
    [
        (("--since", (NOW - timedelta(days=1)).date().isoformat()), 1),
        (("--since", "2001-01-01"), 2),
        (("--since", "2001-01-01", "--user", "U1"), 1),
        (("--user", "nobody"), 0),
    ],
)
def test_only_some_are_exported(options: tuple[str, ...], count: int) -> None:
    assert len(lines(run("export", *options))) == count


def test_a_sheet_has_one_row_an_answer_and_nothing_that_is_computed(ledger: SqlLedger) -> None:
    ledger.take(Inquiry("q3", Place("web", "", "", "3", "3"), "+cmd", "@SUM(1)", NOW), Limits())
    verdict = Verdict(
        "v1", "a1", "U7", NOW, Ruling.CORRECTED, comment="-1", correction=(Statement("=1", ()),)
    )
    ledger.rule(verdict, None)
    first, second, third = csv.DictReader(run("export", "--format", "csv").stdout.splitlines())
    assert (first["inquiry"], first["answer"], first["text"]) == ("q1", "a1", "Complete “It is done.”")
    assert (first["bad"], first["ruling"], first["comment"], first["correction"]) == (
        "1",
        "corrected",
        "'-1",
        "'=1",
    )
    assert first["sources"] == "a.md v1 3:14"
    assert second["question"] == "'=HYPERLINK(1) next"
    assert (third["question"], third["person"], third["answer"]) == ("'@SUM(1)", "'+cmd", "")


def test_a_file_is_whole_and_for_its_owner_only(ledger: SqlLedger, elsewhere: Desk) -> None:
    result = run("export", "-o", "out.jsonl")
    assert result.exit_code == 0
    assert (result.stdout, result.stderr) == ("", "out.jsonl: 2 lines.\n")
    file = elsewhere.folder / "out.jsonl"
    assert file.read_text("utf-8") == run("export").stdout
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not [path for path in elsewhere.folder.iterdir() if path.name.startswith(".")]
    assert len(asked(ledger)) == 2


@pytest.mark.usefixtures("ledger")
def test_a_file_that_cannot_be_written_is_a_sentence() -> None:
    result = run("export", "-o", "no/such/folder/out.jsonl")
    assert isinstance(result.exception, LedgerError)
    assert "cannot be written: No such file or directory" in str(result.exception)


@pytest.mark.usefixtures("ledger")
def test_a_question_set_is_no_sheet() -> None:
    assert run("export", "--as-questions", "--format", "csv").exit_code == 2


@pytest.mark.usefixtures("ledger")
def test_without_verdicts_the_question_set_is_empty() -> None:
    assert lines(run("export", "--as-questions")) == []


LOADED = """
import sys
from click.testing import CliRunner
from askpcc.asking.citing import cite_words
from askpcc.review.verdicts import Decision, VerdictService
from askpcc.settings import read_settings
from askpcc.cli_admin import export, purge
for command, options in ((export, []), (export, ["--format", "csv"]), (export, ["--as-questions"]),
                         (purge, ["--older-than", "90", "--yes"])):
    result = CliRunner().invoke(command, options)
    assert result.exit_code == 0, result.output
loaded = {name.partition(".")[0] for name in sys.modules}
print(sorted(loaded & {"torch", "chromadb", "transformers", "numpy"}))
"""


@pytest.mark.usefixtures("ledger")
def test_neither_command_loads_what_is_slow(elsewhere: Desk) -> None:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True, cwd=elsewhere.folder
    )
    assert done.stdout == "[]\n"


def test_words_of_many_kinds_are_exported_as_they_were(ledger: SqlLedger) -> None:
    words = "'; DROP TABLE x; --\n\u202etxet 👮🏽 \x10 \udfff"
    inquiry = Inquiry("q3", Place("web", "", "", "3", "3"), "U3", words, NOW, history=(words,))
    ledger.take(replace(inquiry), Limits())
    (line,) = lines(run("export", "--user", "U3"))
    assert line["inquiry"]["words"] == words
    assert line["inquiry"]["history"] == [words]


QUESTION = "has borsetshire sorted its backlog of online abuse referrals"
RIGHT = "The backlog of 140 online abuse referrals was cleared in January 2024."


def correct(desk: Desk, ledger: SqlLedger, cited: str) -> None:
    """Ask as people do, and correct the answer by these words."""
    settings = read_settings(index=desk.index)
    with open_answerer(settings) as answerer, open_catalogue(settings) as catalogue:
        given = answerer.answer(QUESTION).answer
        ledger.take(Inquiry("q9", Place("web", "", "", "9", "9"), "U1", QUESTION, NOW), Limits())
        ledger.record(RecordedAnswer("a9", "q9", 1, given, NOW))
        reviewer = VerdictService(ledger, ledger, catalogue, answerer, lambda: NOW, lambda: "v9")
        citation = cite_words(catalogue.document("borsetshire-child-protection-2024.md"), cited)
        statement = Statement("Complete", (citation,), Status.COMPLETE)
        reviewer.rule(Decision("a9", "U7", Ruling.CORRECTED, correction=(statement,)))


@pytest.mark.parametrize(("cited", "hit"), [(RIGHT, 1), ("HMICFRS made nine recommendations", 0)])
def test_a_correction_is_exported_as_a_set_that_an_evaluation_runs(desk: Desk, cited: str, hit: int) -> None:
    with closing(open_ledger(f"sqlite:///{desk.folder}/ledger.sqlite")) as ledger:
        correct(desk, ledger, cited)
    assert run("export", "--as-questions", "-o", "set.jsonl").stderr == "set.jsonl: 1 line.\n"
    measures = desk.run_json("eval", "set.jsonl", "--index", "index")["measures"]
    assert measures["evidence"] == {"hit": hit, "of": 1, "rate": float(hit)}
    assert measures["unverified"]["hit"] == 0
