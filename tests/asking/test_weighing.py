"""What each word of a question weighs in a corpus."""

import math

import pytest

from askpcc.asking.ranking import Rarity, Weighed, weigh
from askpcc.model import Concept

RARITY = Rarity(100, {"custodi": 50, "ligatur": 2, "point": 20, "polic": 100, "cell": 4})


def concept(*phrases: tuple[str, float], weight: float = 1.0) -> Concept:
    """Make a concept of phrases, each as stems with blanks."""
    return Concept(weight, tuple((tuple(words.split()), strength) for words, strength in phrases))


def weighed(one: Concept) -> Weighed:
    return weigh([one], RARITY)[0]


def test_rarity_is_inverse_document_frequency() -> None:
    assert RARITY.of(("ligatur",)) == pytest.approx(math.log(1 + 98.5 / 2.5))


def test_the_rarer_weighs_more() -> None:
    assert RARITY.of(("ligatur",)) > RARITY.of(("custodi",)) > RARITY.of(("polic",)) > 0


def test_a_phrase_weighs_as_much_as_its_rarest_word() -> None:
    assert RARITY.of(("ligatur", "point")) == RARITY.of(("ligatur",))


def test_what_stands_nowhere_weighs_nothing() -> None:
    assert RARITY.of(("unicorn",)) == 0
    assert RARITY.of(("ligatur", "unicorn")) == 0


def test_an_empty_corpus_weighs_nothing() -> None:
    assert Rarity(0, {}).of(("ligatur",)) == 0
    assert weigh([concept(("ligatur", 1))], Rarity(0, {}))[0].weight == 1


def test_a_word_found_earns_its_weight() -> None:
    one = weighed(concept(("ligatur", 1)))
    assert one.earned(frozenset({"ligatur", "cell"})) == one.weight == RARITY.of(("ligatur",))


def test_a_word_not_found_earns_nothing() -> None:
    assert weighed(concept(("ligatur", 1))).earned(frozenset({"cell"})) == 0
    assert weighed(concept(("ligatur", 1))).earned(frozenset()) == 0


def test_a_part_of_a_phrase_earns_less_than_its_share() -> None:
    one = weighed(concept(("ligatur point", 1)))
    half = one.earned(frozenset({"point"}))
    assert 0 < half < one.weight / 2
    assert one.earned(frozenset({"point", "ligatur"})) == one.weight


def test_another_way_to_say_it_earns_by_its_strength() -> None:
    one = weighed(concept(("ligatur", 1), ("cell", 0.5)))
    assert one.earned(frozenset({"cell"})) == pytest.approx(0.5 * RARITY.of(("cell",)))


def test_a_commoner_way_to_say_it_earns_no_more_than_its_own_rarity() -> None:
    one = weighed(concept(("ligatur", 1), ("polic", 1)))
    assert one.earned(frozenset({"polic"})) <= RARITY.of(("polic",))


def test_a_rarer_way_to_say_it_earns_no_more_than_the_typed_word() -> None:
    one = weighed(concept(("custodi", 1), ("ligatur", 0.9)))
    assert one.earned(frozenset({"ligatur"})) <= one.weight


def test_an_inherited_word_weighs_less() -> None:
    typed, inherited = weigh([concept(("ligatur", 1)), concept(("ligatur", 1), weight=0.4)], RARITY)
    assert inherited.weight == pytest.approx(0.4 * typed.weight)


def test_a_word_that_the_corpus_never_speaks_of_weighs_as_much_as_the_mean() -> None:
    rare, common, unknown = weigh(
        [concept(("ligatur", 1)), concept(("custodi", 1)), concept(("unicorn", 1))], RARITY
    )
    assert unknown.weight == pytest.approx((rare.weight + common.weight) / 2)
    assert unknown.earned(frozenset({"unicorn"})) == 0


def test_without_concepts_there_is_nothing_to_weigh() -> None:
    assert weigh([], RARITY) == []
