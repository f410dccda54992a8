"""Facts are read from each layout with the words that say them, and nothing is read that is not said."""

from pathlib import Path

import pytest

from askpcc.errors import BadDocument
from askpcc.metadata import read_facts
from askpcc.model import Fact, FactName, StoredText
from askpcc.readers import read_stored_text
from askpcc.text.forces import load_forces
from support.cases import cases

CASES = sorted((Path(__file__).parent.parent / "cases" / "metadata").glob("*.md"))
FORCES = load_forces()


def _store(text: str, path: str = "response.md") -> StoredText:
    return read_stored_text(path, text.encode())


def _facts(text: str) -> dict[FactName, Fact]:
    return {fact.name: fact for fact in read_facts("response.md", _store(text), FORCES)}


def _value(text: str, name: FactName) -> str | None:
    fact = _facts(text).get(name)
    return fact.value if fact else None


@cases("path", CASES, ids=[path.stem for path in CASES])
def test_layout_yields_exactly_the_facts_it_states_with_their_words(path: Path) -> None:
    stored = read_stored_text(path.name, path.read_bytes())
    read = {
        (fact.name.value, fact.value, fact.span.of(stored.text) if fact.span else "")
        for fact in read_facts(path.name, stored, FORCES)
    }
    lines = path.with_suffix(".facts").read_text(encoding="utf-8").splitlines()
    assert read == {tuple(line.split(" | ", 2)) for line in lines}


@cases(
    ("sentence", "published"),
    [
        ("The report was published on 3 May 2022.", "2022-05-03"),
        ("On 3 May 2022, HMICFRS published its findings on lanterns.", "2022-05-03"),
        ("HMICFRS published the report on lanterns and lamps on 3 May 2022.", "2022-05-03"),
        ("Their report on data standards came out in May 2022.", "2022-05"),
        ("The report came out in May 2022. The report was issued on 3 May 2022.", "2022-05-03"),
        ("Our response to the report was published on 3 May 2022.", None),
        ("My response, which was published on 3 May 2022, follows.", None),
        ("The Police and Crime Plan was published on 3 May 2022.", None),
        ("The previous report was published on 3 May 2022.", None),
        ("The report was published on 31 February 2022.", None),
        ("One report was published on 3 May 2022, and another report was published on 4 June 2022.", None),
        ("By 3 May 2022 the report should be acted on.", None),
    ],
)
def test_published_is_the_date_of_the_report_answered(sentence: str, published: str | None) -> None:
    assert _value(f"# Lanterns\n\nI welcome this.\n\n{sentence}\n", FactName.PUBLISHED) == published


def test_date_of_a_page_is_not_the_date_of_the_report() -> None:
    facts = _facts(
        "# Commissioner's response to HMICFRS report: lanterns\n\nPublished: 3 May 2022\n\nI agree."
    )
    assert FactName.PUBLISHED not in facts
    assert facts[FactName.RESPONDED].value == "2022-05-03"


@cases(
    ("sentence", "force"),
    [
        ("I am the Police and Crime Commissioner for Borsetshire.", "Borsetshire Police"),
        ("The Chief Constable of Midsomer and the Constabulary agree.", "Midsomer Constabulary"),
        ("The Commissioner compared notes with Borsetshire.", None),
        ("Inspectors visited eleven forces.", None),
        ("Officers of the National Crime Agency came.", None),
        ("Local Police teams and British Transport Police came.", None),
    ],
)
def test_force_is_the_one_that_answers(sentence: str, force: str | None) -> None:
    text = f"# Commissioner's response to HMICFRS report: lanterns\n\nI welcome it.\n\nAgain.\n\n{sentence}\n"
    assert _value(text, FactName.FORCE) == force


def test_listed_force_goes_by_its_full_name() -> None:
    form = "Title of Inspection\tLanterns\nD&C Specific\tYes\n"
    assert _value(form, FactName.FORCE) == "Devon & Cornwall Police"


@cases(
    ("words", "author"),
    [
        ("Jane Lantern, Police and Crime Commissioner for Borsetshire", True),
        ("Jane Lantern\nPCC for Borsetshire", True),
        ("Signed: Jane Lantern, Police and Crime Commissioner", True),
        ("> Jane Lantern, Police and Crime Commissioner for Borsetshire", False),
        ("Jane Lantern, Chief Constable of Borsetshire Police", False),
        ("Jane Lantern, the Commissioner, said that she agreed.", False),
        ("To\nJane Lantern\nPolice and Crime Commissioner for Borsetshire", False),
        (
            "Jane Lantern\nPolice and Crime Commissioner\n\nDear Commissioner,\n\nWe inspected lanterns.",
            False,
        ),
    ],
)
def test_author_is_who_signs_not_who_is_quoted_or_addressed(words: str, author: bool) -> None:
    read = _value(f"# Lanterns\n\nSome words about lanterns.\n\n{words}\n", FactName.AUTHOR)
    assert bool(read and read.startswith("Jane Lantern")) is author


def test_title_comes_from_the_file_s_own_data_where_the_text_has_none() -> None:
    stored = StoredText("and so on.", _store("and so on.").blocks, title="Lanterns | Borsetshire PCC")
    facts = {fact.name: fact for fact in read_facts("a.html", stored, FORCES)}
    assert facts[FactName.TITLE] == Fact(FactName.TITLE, "Lanterns", None)


def test_title_comes_from_the_file_name_where_nothing_else_has_one() -> None:
    facts = read_facts("sub/lanterns-after_dark.md", _store("and so on."), FORCES)
    assert facts == (Fact(FactName.TITLE, "lanterns after dark", None),)


@cases(
    ("line", "remedy"),
    [
        ("published: 31 February", "2023-06-06"),
        ("date: soon", "2023-06-06"),
        ("deadline: a while", "56 days"),
        ("local: perhaps", "yes or no"),
        ("source_kind: rumour", "statutory response"),
        ("force: '?'", "full name"),
    ],
)
def test_front_matter_that_cannot_be_is_refused_with_key_and_remedy(line: str, remedy: str) -> None:
    with pytest.raises(BadDocument) as caught:
        _facts(f"---\n{line}\n---\n\nWords.\n")
    assert line.partition(":")[0] in caught.value.reason
    assert remedy in caught.value.remedy


def test_front_matter_may_name_a_force_by_its_short_name() -> None:
    assert _value("---\nforce: the Met\n---\n\nWords.\n", FactName.FORCE) == "Metropolitan Police Service"


def test_front_matter_gives_a_deadline_in_days() -> None:
    assert _value("---\ndeadline: 56 days\n---\n\nWords.\n", FactName.DEADLINE) == "56 days"
