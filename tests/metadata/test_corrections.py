"""Facts as people correct them: what they may type, how it is kept, and what becomes of a document."""

import pytest

from askpcc.errors import CorpusError
from askpcc.metadata.corrections import (
    FACTS_FILE,
    Correction,
    correct,
    parse_corrections,
    read_value,
    write_corrections,
)
from askpcc.model import FactName
from askpcc.text.forces import load_forces
from support.cases import cases
from support.status_cases import read_words

ANN = Correction(FactName.FORCE, "Netherby", "Ann Oake", "2031-05-03")


@cases(
    ("name", "typed", "value"),
    [
        (FactName.RESPONDED, "3 May 2031", "2031-05-03"),
        (FactName.PUBLISHED, "2031-05-03", "2031-05-03"),
        (FactName.TITLE, "  Cold   cells ", "Cold cells"),
        (FactName.FORCE, "Netherby", "Netherby"),
        (FactName.AUTHOR, "", ""),
        (FactName.SOURCE_KIND, "statement", "statement"),
    ],
)
def test_what_is_typed_becomes_a_fact_as_documents_state_it(name: FactName, typed: str, value: str) -> None:
    assert read_value(name, typed, load_forces()) == value


@cases(
    ("name", "typed"),
    [
        (FactName.RESPONDED, "soon"),
        (FactName.SOURCE_KIND, "poem"),
        (FactName.TITLE, "x" * 301),
        (FactName.AUTHOR, "Ann\x1b[2J"),
    ],
)
def test_what_cannot_be_one_is_refused_with_its_value(name: FactName, typed: str) -> None:
    with pytest.raises(CorpusError):
        read_value(name, typed, load_forces())


def test_corrections_are_read_as_they_were_written() -> None:
    title = Correction(FactName.TITLE, 'Say "no", twice', "B", "2031-01-01")
    held = {"a, b.md": {FactName.FORCE: ANN}, "é.md": {FactName.TITLE: title}}
    assert parse_corrections(write_corrections(held)) == held


@cases(
    "damaged",
    [
        "document,fact,value,by,on\na.md,force,X\n",
        "document,fact,value,by,on\na.md,colour,red,B,2031-01-01\n",
        "document,fact,value,by,on\na.md,deadline,2031-01-01,B,2031-01-01\n",
        "document,fact,value,by,on\na.md,force,X,B,yesterday\n",
        "document,fact,value,by,on\na.md,responded,soon,B,2031-01-01\n",
        'document,fact,value,by,on\n"a.md,force,X,B,2031-01-01\n',
    ],
)
def test_a_damaged_file_is_named_with_what_to_do(damaged: str) -> None:
    with pytest.raises(CorpusError, match=FACTS_FILE):
        parse_corrections(damaged)


def test_a_corrected_fact_stands_in_the_place_of_what_was_read_and_says_who_says_so() -> None:
    document, _ = read_words("a.md", "# Wessex Police: response\n\nWe agree.\n")
    fact = correct(document, {FactName.FORCE: ANN}).fact(FactName.FORCE)
    assert fact is not None
    assert (fact.value, fact.span, fact.by) == ("Netherby", None, "Ann Oake, 3 May 2031")


def test_an_empty_correction_takes_a_fact_away() -> None:
    document, _ = read_words("a.md", "# Wessex Police: response\n\nWe agree.\n")
    assert document.fact(FactName.FORCE) is not None
    nothing = Correction(FactName.FORCE, "", "Ann Oake", "2031-05-03")
    assert correct(document, {FactName.FORCE: nothing}).fact(FactName.FORCE) is None
