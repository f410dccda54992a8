"""The command line as a whole: help, usage, settings from outside, failures in a sentence."""

from pathlib import Path

import click
import pytest

from askpcc.cli import main
from support.command_line import Desk

COMMANDS = sorted(main.commands)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(elsewhere: Desk, command: str) -> None:
    result = elsewhere.run(command, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: main {command} ")
    options = [option for option in main.commands[command].params if isinstance(option, click.Option)]
    assert all(option.help for option in options)


@pytest.mark.parametrize(
    "command", [("ask",), ("ask", "-"), ("ask", "one", "two"), ("show",), ("add",), ("sing",), ("index", "x")]
)
def test_wrong_usage_has_status_2_and_says_what_is_right(elsewhere: Desk, command: tuple[str, ...]) -> None:
    result = elsewhere.run(*command)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage: " in result.stderr


@pytest.mark.parametrize("command", [("ask", "who answered"), ("documents",), ("show", "a.md"), ("status",)])
def test_without_an_index_the_command_that_makes_one_is_named(
    elsewhere: Desk, command: tuple[str, ...]
) -> None:
    result = elsewhere.run(*command)
    assert result.exit_code == 1
    assert result.stderr == "Error: No index at index. Run: askpcc index\n"
    assert list(elsewhere.folder.iterdir()) == []


def test_a_misspelt_setting_is_named_beside_those_that_there_are(
    elsewhere: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKPCC_CORPSE", "x")
    result = elsewhere.run("documents")
    assert result.exit_code == 1
    assert "ASKPCC_CORPSE is no setting" in result.stderr
    assert "ASKPCC_CORPUS" in result.stderr


def test_dotenv_names_the_index_and_the_environment_wins_over_it_and_an_option_over_both(
    indexed: Desk, elsewhere: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (elsewhere.folder / ".env").write_text(f"ASKPCC_INDEX={indexed.index}\n")
    assert elsewhere.run("documents").exit_code == 0
    monkeypatch.setenv("ASKPCC_INDEX", "nowhere")
    assert "No index at nowhere." in elsewhere.run("documents").stderr
    assert elsewhere.run("documents", "--index", str(indexed.index)).exit_code == 0


def test_a_dotenv_that_is_no_text_is_told_in_a_sentence(elsewhere: Desk) -> None:
    (elsewhere.folder / ".env").write_bytes(b"ASKPCC_INDEX=\xff\xfe\n")
    result = elsewhere.run("documents")
    assert result.exit_code == 1
    assert ".env cannot be read" in result.stderr


def test_an_unexpected_failure_is_told_in_a_line_and_debug_shows_where_it_comes_from(
    elsewhere: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise RuntimeError("a \x1b[31mfault\n")

    monkeypatch.setitem(main.commands, "fail", click.Command("fail", callback=fail))
    result = elsewhere.run("fail")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: RuntimeError: a \N{REPLACEMENT CHARACTER}[31mfault")
    assert result.stderr.endswith("askpcc --debug ...\n")
    assert result.stderr.count("\n") == 1
    assert isinstance(elsewhere.run("--debug", "fail").exception, RuntimeError)


def test_documents_are_listed_with_what_was_read_from_each(reading_desk: Desk) -> None:
    text = reading_desk.run("documents").stdout
    cards = reading_desk.run_json("documents")
    assert [card["document"] for card in cards] == sorted(path.name for path in reading_desk.corpus.iterdir())
    keys = {"document", "version", "facts", "url", "fetched", "stale", "doubts", "to_check", "welsh_copy_of"}
    assert all(set(card) == keys for card in cards)
    for card in cards:
        stored = reading_desk.run("show", card["document"]).stdout_bytes.decode()
        for fact in card["facts"]:
            assert set(fact) == {"name", "value", "start", "end", "corrected_by"}
            assert fact["start"] is None or stored[fact["start"] : fact["end"]].strip()
        assert card["document"] in text


def test_the_package_runs_from_any_folder(elsewhere: Desk) -> None:
    with elsewhere.start("--version", stdout=-1) as started:
        assert started.communicate()[0].startswith("askpcc, version ")
    assert not (Path.cwd() / "index").exists()
