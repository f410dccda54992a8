"""Names of files in the corpus."""

from itertools import islice

import pytest

from askpcc.errors import CorpusError
from askpcc.indexing.adding import (
    MAX_NAME,
    chosen_name,
    numbered,
    pick_name,
)
from support.cases import cases


@cases(
    ("candidates", "name"),
    [
        (["Borsetshire Police: Custody, 2025"], "borsetshire-police-custody-2025.md"),
        (["  Réponse — the Commissioner's "], "reponse-the-commissioners.md"),
        (["", "—", "roads"], "roads.md"),
        ([], "response.md"),
        (["答复"], "response.md"),
        (["../../etc/passwd"], "etc-passwd.md"),
        ([".hidden"], "hidden.md"),
        (["a\x00b\r\n\u202ec"], "a-b-c.md"),
        (["con"], "response-con.md"),
        (["COM1"], "response-com1.md"),
    ],
)
def test_a_name_is_made_of_the_first_candidate_that_leaves_letters(candidates: list[str], name: str) -> None:
    assert pick_name(candidates, ".md") == name


@cases("words", ["custody " * 40, "c" * 400, "c" * 70 + " " + "d" * 70])
def test_a_long_name_is_cut_with_room_for_a_number(words: str) -> None:
    name = pick_name([words], ".docx")

    assert len(list(islice(numbered(name), 999))[-1]) <= MAX_NAME
    assert not name.removesuffix(".docx").endswith("-")


def test_a_long_name_is_cut_between_words() -> None:
    assert pick_name(["custody " * 40], ".html") == "custody-" * 8 + "custody.html"


def test_further_names_are_numbered_from_two() -> None:
    assert list(islice(numbered("roads.html"), 3)) == ["roads.html", "roads-2.html", "roads-3.html"]


@cases(
    ("chosen", "name"),
    [
        ("roads", "roads.html"),
        ("Roads 2025.HTML", "Roads 2025.HTML"),
        ("2025/roads", "2025/roads.html"),
        (" v1.2 (final) ", "v1.2 (final).html"),
        ("heddlu-gŵyr", "heddlu-gŵyr.html"),
        ("sources.csv", "sources.csv.html"),
    ],
)
def test_a_chosen_name_is_kept_and_given_its_suffix(chosen: str, name: str) -> None:
    assert chosen_name(chosen, ".html") == name


@cases(
    "chosen",
    [
        "",
        " ",
        ".",
        "..",
        "../roads",
        "2025/../../roads",
        "/etc/roads",
        "2025//roads",
        "roads/",
        ".hidden",
        "2025/.hidden",
        "roads.",
        "2025 /roads",
        "C:roads",
        "C:\\roads",
        "a\\b",
        "a\x00b",
        "a\nb",
        "a\u202eb",
        "what?",
        "nul",
        "aux.html",
        "r" * 81,
    ],
)
def test_a_chosen_name_cannot_leave_the_corpus_or_hide(chosen: str) -> None:
    with pytest.raises(CorpusError, match="cannot be the name of a file"):
        chosen_name(chosen, ".html")
