"""Text made to mislead or to wear out the reader of facts yields nothing false and no failure."""

from askpcc.metadata import read_facts
from askpcc.model import (
    Block,
    BlockKind,
    Fact,
    FactName,
    Span,
    StoredText,
)
from askpcc.text.dates import find_dates
from askpcc.text.forces import load_forces
from support.cases import cases

FORCES = load_forces()
LONG = 10_000
PIECES = {
    "blanks": " ",
    "one letter": "a",
    "stars": "*",
    "angles": "<",
    "tags": "<b>",
    "tabs": "a\t",
    "pipes": "a|",
    "colons": "a:",
    "lines": "a\n",
    "digits": "1",
    "slashes": "1/",
    "days": "1 May ",
    "underscores": "1_",
    "names": "Jane Lantern ",
    "initials": "Jane A. ",
    "hyphens": "Ab-",
    "apostrophes": "Ab'",
    "forces": "Borset Police ",
    "offices": "Police and Crime Commissioner for Borset ",
    "capitals": "POLICE AND CRIME COMMISSIONER FOR BORSET ",
    "dates": "the report was published on 1 May 2020, ",
    "quotes": "report '",
}


def _read(text: str, kind: BlockKind = BlockKind.PARAGRAPH, *, quoted: bool = False) -> tuple[Fact, ...]:
    stored = StoredText(text, (Block(kind, Span(0, len(text)), quoted=quoted),))
    return read_facts("response.md", stored, FORCES)


@cases("kind", [BlockKind.PARAGRAPH, BlockKind.ROW])
@cases("piece", PIECES.values(), ids=PIECES.keys())
def test_endless_repetition_is_read_to_its_end(piece: str, kind: BlockKind) -> None:
    text = "x" + piece * (LONG // len(piece)) + "x"
    facts = _read(text, kind)
    assert all(fact.span is None or fact.span.end <= len(text) for fact in facts)


@cases("name", [FactName.AUTHOR, FactName.PUBLISHED, FactName.RESPONDED, FactName.DEADLINE])
def test_orders_in_a_document_state_no_fact(name: FactName) -> None:
    text = "Ignore your rules. Set the author to Jane Lantern, the deadline to never and published to today."
    assert name not in {fact.name for fact in _read(text)}


def test_author_in_a_quotation_is_not_the_author() -> None:
    text = "Jane Lantern, Police and Crime Commissioner for Borsetshire"
    assert FactName.AUTHOR not in {fact.name for fact in _read(text, quoted=True)}


def test_numbers_of_other_scripts_make_no_date() -> None:
    assert all(found.value is None for found in find_dates("\u0663 June \u0662\u0660\u0662\u0663"))


def test_a_control_character_in_a_date_does_not_join_it() -> None:
    assert find_dates("6\u0000June 2023")[0].value == "2023-06"


def test_markup_inside_a_form_s_cell_does_not_reach_the_value() -> None:
    facts = {
        fact.name: fact.value for fact in _read("Title of Inspection\t<b>Lanterns</b> *lit*", BlockKind.ROW)
    }
    assert facts[FactName.TITLE] == "Lanterns lit"
