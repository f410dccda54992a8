"""Other ways to say a word: the rules of a lexicon, and the lists that come with the package."""

import csv
from collections import Counter
from importlib.resources import files

from askpcc.model import Concept
from askpcc.text.words import Lexicon, build_lexicon, content_stems, default_lexicon, stems
from support.cases import cases

DATA = files("askpcc") / "data"
ABBREVIATIONS = list(csv.DictReader((DATA / "abbreviations.csv").read_text("utf-8").splitlines()))
GROUPS = [
    line
    for line in (DATA / "synonyms.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]

SMALL = build_lexicon(
    [("DA", "domestic abuse"), ("VAWG", "violence against women and girls")],
    ["= woman, women", "cops, police officers", "money, £, funding", "funding, grant"],
)


def phrases(text: str, lexicon: Lexicon = SMALL) -> list[dict[str, float]]:
    concepts = lexicon.concepts(text)
    return [{" ".join(phrase): strength for phrase, strength in c.phrases} for c in concepts]


def typed(text: str, lexicon: Lexicon = SMALL) -> list[str]:
    return [" ".join(concept.phrases[0][0]) for concept in lexicon.concepts(text)]


def test_an_abbreviation_and_its_long_form_are_the_same() -> None:
    assert phrases("DA")[0] == {"da": 1.0, "domest abus": 1.0}
    assert phrases("domestic abuse")[0] == {"domest abus": 1.0, "da": 1.0}


def test_forms_of_a_word_are_the_same_and_synonyms_are_near() -> None:
    assert phrases("women") == [{"women": 1.0, "woman": 1.0}]
    assert phrases("cops") == [{"cop": 1.0, "polic offic": 0.7}]


def test_nearness_does_not_spread() -> None:
    assert phrases("money") == [{"monei": 1.0, "fund": 0.7}]
    assert phrases("funding") == [{"fund": 1.0, "monei": 0.7, "grant": 0.7}]


def test_the_longest_known_phrase_is_one_concept() -> None:
    assert typed("has violence against women and girls gone up") == ["violenc against women girl", "gone"]


def test_each_concept_stands_once_in_the_order_typed() -> None:
    assert typed("custody and fraud, fraud and custody") == ["custodi", "fraud"]


def test_concepts_have_the_weight_given() -> None:
    assert SMALL.concepts("custody", 0.4) == (Concept(0.4, ((("custodi",), 1.0),)),)


def test_stop_words_are_no_concepts() -> None:
    assert SMALL.concepts("what is the and of it") == ()


def test_what_has_no_words_stands_for_nothing() -> None:
    assert () not in SMALL.equivalents
    assert all(() not in others for others in SMALL.equivalents.values())


def test_the_lists_of_the_package_hold_no_empty_phrase() -> None:
    lexicon = default_lexicon()
    assert all(phrase and all(phrase) for phrase in lexicon.equivalents)
    assert all(phrase and all(phrase) for others in lexicon.equivalents.values() for phrase in others)


def test_the_lists_of_the_package_work_in_every_direction() -> None:
    lexicon = default_lexicon().equivalents
    assert [
        (phrase, other)
        for phrase, others in lexicon.items()
        for other, strength in others.items()
        if lexicon[other][phrase] != strength
    ] == []


@cases("row", ABBREVIATIONS, ids=lambda row: row["short"])
def test_an_abbreviation_is_known_however_it_is_typed(row: dict[str, str]) -> None:
    long_form = tuple(content_stems(row["long"]))
    concept = default_lexicon().concepts(row["short"].lower())[0]
    assert (long_form, 1.0) in concept.phrases


def test_no_abbreviation_is_listed_twice() -> None:
    assert [short for short, n in Counter(row["short"] for row in ABBREVIATIONS).items() if n > 1] == []


@cases("line", GROUPS)
def test_a_line_of_synonyms_relates_different_phrases(line: str) -> None:
    assert len({tuple(content_stems(p) or stems(p)) for p in line.removeprefix("=").split(",")}) > 1


@cases("text", ["what percent", "how many per cent", "50%", "£5", "999 calls", "MFH", "is rec 5 done"])
def test_every_phrase_of_a_question_can_be_weighed(text: str) -> None:
    assert all(phrase for concept in default_lexicon().concepts(text) for phrase, _ in concept.phrases)
