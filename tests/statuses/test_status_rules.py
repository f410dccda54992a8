"""The rules of status read their own examples."""

import pytest
from askpcc.statuses.rules import Rule, load_rules

from askpcc.model import Speaker
from askpcc.statuses import Place, read_clause
from support.cases import cases
from support.status_cases import CASES

RULES = load_rules().rules
YES = [pytest.param(rule, sentence, id=f"{rule.name}: {sentence}") for rule in RULES for sentence in rule.yes]
NO = [pytest.param(rule, sentence, id=f"{rule.name}: {sentence}") for rule in RULES for sentence in rule.no]


def place_of(rule: Rule, sentence: str) -> Place:
    voice = Speaker.FORCE if sentence.startswith("We ") else Speaker.COMMISSIONER
    where = rule.where
    return Place(voice, answer=where == "answer", lead=where == "lead", heading=where == "heading")


@cases(("rule", "sentence"), YES)
def test_an_example_of_a_rule_has_its_status(rule: Rule, sentence: str) -> None:
    reading = read_clause(sentence, place_of(rule, sentence))
    assert reading is not None
    assert reading.status is rule.status


@cases(("rule", "sentence"), NO)
def test_a_counterexample_of_a_rule_has_not_its_status(rule: Rule, sentence: str) -> None:
    reading = read_clause(sentence, place_of(rule, sentence))
    assert reading is None or reading.status is not rule.status


@cases("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_has_an_example_and_a_counterexample(rule: Rule) -> None:
    assert rule.yes
    assert rule.no


def test_rules_have_names_of_their_own() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))


def read_sentences() -> list[tuple[str, str, str]]:
    lines = (CASES / "sentences.txt").read_text("utf-8").splitlines()
    parts = [line.split("|", 2) for line in lines if not line.startswith("#")]
    return [(status.strip(), where.strip(), sentence.strip()) for status, where, sentence in parts]


@cases(("status", "where", "sentence"), read_sentences())
def test_a_sentence_says_what_its_case_says(status: str, where: str, sentence: str) -> None:
    voice = Speaker.FORCE if "F" in where else Speaker.COMMISSIONER
    reading = read_clause(sentence, Place(voice, answer="A" in where))
    assert (str(reading.status) if reading else "-") == status
