"""README is run: its commands, its answers, its options, its JSON, its settings."""

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from askpcc.cli import main
from askpcc.model import Reason, Wanted
from support.cases import cases
from support.command_line import Desk

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
COMMAND = re.compile(r"\baskpcc ([a-z]+)\b")


def read_blocks(*languages: str) -> list[str]:
    return [block for language, block in BLOCK.findall(README) if language in languages]


def read_examples() -> list[tuple[str, str]]:
    """Return each command after a prompt, with the output shown below it."""
    blocks = [f"\n{block}" for block in read_blocks("console", "sh")]
    shown = [example.partition("\n") for block in blocks for example in block.split("\n$ ")[1:]]
    return [(command, output) for command, _, output in shown if command.startswith("askpcc ")]


def read_options(command: str) -> set[str]:
    return {option for parameter in main.commands[command].params for option in parameter.opts}


def read_inline() -> list[str]:
    """Return what stands in backquotes outside of blocks, in one line each."""
    return [" ".join(code.split()) for code in re.findall(r"`([^`]+)`", BLOCK.sub("", README))]


def list_keys(value: Any, path: str = "") -> Iterator[str]:  # noqa: ANN401 - whatever JSON holds
    """Yield the keys of a JSON value with the keys that lead there; a list is its first item."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield f"{path}/{key}"
            yield from list_keys(below, f"{path}/{key}")
    elif isinstance(value, list) and value:
        yield from list_keys(value[0], path)


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk with the corpus that is shipped, indexed."""
    desk = Desk(tmp_path_factory.mktemp("newcomer"))
    shutil.copytree(ROOT / "corpus", desk.corpus)
    result = desk.run("index", "--corpus", str(desk.corpus), "--index", str(desk.index))
    assert result.exit_code == 0, result.output
    return desk


@pytest.fixture
def at_work(newcomer: Desk, elsewhere: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Work at the newcomer's desk, without settings from outside."""
    assert elsewhere.folder != newcomer.folder
    monkeypatch.chdir(newcomer.folder)
    return newcomer


@pytest.mark.parametrize(("command", "shown"), read_examples())
def test_an_example_prints_what_is_shown(at_work: Desk, command: str, shown: str) -> None:
    result = at_work.run(*shlex.split(command)[1:])
    assert result.exit_code == 0, result.output
    assert not shown.strip() or result.stdout.split() == shown.split()


def test_the_first_screen_asks_a_question_and_names_both_make_targets() -> None:
    first = "\n".join(README.splitlines()[:40])
    assert any(command.startswith("askpcc ask ") and command in first for command, _ in read_examples())
    assert "make run" in first
    assert "make test" in first


@cases("command", sorted(main.commands))
def test_every_command_is_in_the_table(command: str) -> None:
    assert re.search(rf"^\| `askpcc {command}\b", README, re.MULTILINE)


@cases("command", sorted(set(COMMAND.findall("\n".join([*read_inline(), *read_blocks("console", "sh")])))))
def test_every_command_that_is_named_is_there(command: str) -> None:
    assert command in main.commands


@cases("option", sorted(set(OPTION.findall(README))))
def test_every_option_that_is_named_is_there(option: str) -> None:
    groups = [*(read_options(command) for command in main.commands)]
    assert any(option in options for options in [*groups, {o for p in main.params for o in p.opts}])


@cases("code", [code for code in read_inline() if COMMAND.match(code) and OPTION.search(code)])
def test_a_command_has_the_options_that_it_is_named_with(code: str) -> None:
    named = COMMAND.match(code)
    assert named
    assert set(OPTION.findall(code)) <= read_options(named[1])


@cases("row", re.findall(r"^\| `askpcc .*$", README, re.MULTILINE))
def test_a_row_of_the_table_names_options_of_its_command(row: str) -> None:
    named = COMMAND.search(row)
    assert named
    assert set(OPTION.findall(row)) <= read_options(named[1])


def test_the_answer_as_json_has_the_keys_that_are_shown(at_work: Desk) -> None:
    (shown,) = [json.loads(block) for block in read_blocks("json")]
    question = next(shlex.split(command)[2] for command, _ in read_examples() if " ask " in command)
    answer = at_work.run_json("ask", question)
    assert answer["claims"]
    assert sorted(list_keys(shown)) == sorted(list_keys(answer))


def test_a_line_that_cannot_be_answered_has_the_keys_that_are_shown(at_work: Desk) -> None:
    assert '`{"id", "error"}`' in README
    _, answers = at_work.ask_lines('{"id": 1}')
    assert list(answers[0]) == ["id", "error"]


def test_the_report_as_json_has_the_keys_that_are_shown(elsewhere: Desk) -> None:
    (shape,) = [code for code in read_inline() if code.startswith('{"index_version"')]
    elsewhere.corpus.mkdir()
    elsewhere.write("empty.md", "")
    elsewhere.write("scan.png", "")
    report = json.loads(elsewhere.run("index", "--json").stdout)
    assert re.findall(r'"(\w+)"', shape) == [path.rpartition("/")[2] for path in list_keys(report)]


@cases(("name", "values"), [("kind", Wanted), ("reason", Reason)])
def test_the_values_of_a_field_are_all_named(name: str, values: type[Wanted] | type[Reason]) -> None:
    listed = re.search(rf"`{name}`\s+(?:is )?one\s+of\s((?:\s*`\w+`,?)+)", README)
    assert listed
    assert re.findall(r"\w+", listed[1]) == [str(value) for value in values]


def test_the_settings_are_those_that_are_read(elsewhere: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKPCC_MISSPELT", "x")
    known = elsewhere.run("documents").stderr.partition("Known are:")[2]
    assert re.findall(r"ASKPCC_\w+", known) == re.findall(r"^\| `(ASKPCC_\w+)`", README, re.MULTILINE)


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@cases(
    "target",
    sorted(
        set(
            re.findall(
                r"\bmake ([a-z]+)\b",
                "\n".join([*re.findall(r"^    make .*$", README, re.MULTILINE), *read_inline()]),
            )
        )
    ),
)
def test_every_make_target_that_is_named_is_there(target: str) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    command = ["make", "--dry-run", target]
    subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 - our own Makefile
