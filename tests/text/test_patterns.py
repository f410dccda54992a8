"""Lists of expressions in the package's data."""

import re
import tomllib
from importlib.resources import files
from typing import Any

from askpcc.text.words import load_patterns
from support.cases import cases

LISTS = sorted(
    file.name.removesuffix(".toml")
    for file in (files("askpcc") / "data").iterdir()
    if file.name.endswith(".toml")
)
MATCHED_LISTS = ("clauses", "questions")


def entries(value: Any) -> list[str]:  # noqa: ANN401 - TOML holds texts, lists and tables
    if isinstance(value, dict):
        return [entry for inner in value.values() for entry in entries(inner)]
    return [value] if isinstance(value, str) else [entry for inner in value for entry in entries(inner)]


@cases("name", LISTS)
def test_a_list_is_toml_that_can_be_read(name: str) -> None:
    assert tomllib.loads((files("askpcc") / "data" / f"{name}.toml").read_text("utf-8"))


@cases("name", MATCHED_LISTS)
def test_every_expression_compiles_and_matches_no_empty_text(name: str) -> None:
    lists = tomllib.loads((files("askpcc") / "data" / f"{name}.toml").read_text("utf-8"))
    assert [entry for entry in entries(lists) if re.compile(entry).fullmatch("")] == []


@cases("name", MATCHED_LISTS)
def test_a_pattern_holds_every_key_of_its_list(name: str) -> None:
    lists = tomllib.loads((files("askpcc") / "data" / f"{name}.toml").read_text("utf-8"))
    assert list(load_patterns(name)) == list(lists)


def test_alternatives_of_a_table_are_one_pattern_at_word_boundaries() -> None:
    role = load_patterns("clauses")["role"]
    assert role.search("The CHIEF CONSTABLE.")
    assert role.search("It is led by a team")
    assert not role.search("a leader, inspectors")


def test_names_need_their_capitals() -> None:
    names = load_patterns("clauses")["names"]
    assert names.search("asked Mr Quill")
    assert not names.search("asked mr quill")
