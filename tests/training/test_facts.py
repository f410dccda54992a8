"""Forces and days of documents that the rules were not made on."""

from collections import Counter

from training.facts import RIGHT, WRONG, measure_facts

EXAMS = ("ac", "aj", "ap", "aq", "exam")


def test_facts_of_the_exams_are_read_as_often_as_when_this_was_written() -> None:
    tallies = [tally for batch, tally in measure_facts().items() if batch in EXAMS]
    force = sum((tally.force for tally in tallies), Counter())
    day = sum((tally.day for tally in tallies), Counter())
    assert force.total() == day.total() == 49
    assert force[RIGHT] >= 44
    assert force[WRONG] == 0
    assert day[RIGHT] >= 38
    assert day[WRONG] <= 1
