"""Sources with several marked places, and two answers compared, as reviewers see them."""

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from askpcc.model import (
    Citation,
    Document,
    Span,
    Statement,
    version_of,
)
from askpcc.web.document_pages import Run, lay_out
from askpcc.web.review_cases import Side, compare

TEXT = """# The cells of Borsetshire

**Heating.** All 19 cells are *warm* now, says <b>the</b> letter.

> The nurses come \N{SMILING FACE WITH OPEN MOUTH} every day.\r
> Nobody is cold.

- A bullet, and another.
"""


def read(text: str, cited: Mapping[int, Span]) -> list[Run]:
    document = Document("a.md", version_of(text), text, ())
    return [run for paragraph in lay_out(document, (), cited) for run in paragraph.runs]


def place(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def test_each_piece_stands_at_its_place_of_the_stored_text() -> None:
    for run in read(TEXT, {1: place("All 19 cells"), 2: place("Nobody is cold.")}):
        assert TEXT[run.start : run.start + len(run.words)] == run.words


def test_the_marks_of_the_format_are_not_shown() -> None:
    shown = "".join(run.words for run in read(TEXT, {}))
    assert not set("#*<>") & set(shown)


def test_citations_that_share_words_are_both_marked() -> None:
    for first, second in [
        ("All 19 cells", "warm"),
        ("All 19 cells are", "cells are *warm*"),
        ("All 19", "All 19 cells"),
    ]:
        runs = read(TEXT, {1: place(first), 2: place(second)})
        for number, words in ((1, first), (2, second)):
            marked = "".join(run.words for run in runs if number in run.numbers)
            assert marked == words.replace("*", "")
            assert sum(number in run.opens for run in runs) == 1


def test_a_citation_over_paragraphs_opens_once() -> None:
    runs = read(TEXT, {7: Span(place("letter").start, place("Nobody").end)})
    assert sum(7 in run.opens for run in runs) == 1
    assert sum(7 in run.numbers for run in runs) > 1


@settings(deadline=None, max_examples=50, derandomize=True)
@given(st.data())
def test_no_place_is_told_wrongly_whatever_is_cited(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="ab \n\r*#>-<b/\u00e9\U0001f600", max_size=60))
    edges = st.integers(0, len(text))
    cited = {
        number: Span(*sorted(pair))
        for number, pair in enumerate(data.draw(st.lists(st.tuples(edges, edges), max_size=4)), start=1)
    }
    ends = 0
    for run in read(text, cited):
        assert text[run.start : run.start + len(run.words)] == run.words
        assert run.start >= ends
        ends = run.start + len(run.words)
        for number in run.numbers:
            assert cited[number].start <= run.start
            assert ends <= cited[number].end


def state(text: str, *quotes: str) -> Statement:
    cited = tuple(Citation("a.md", "1" * 16, "A", Span(0, len(quote)), quote) for quote in quotes)
    return Statement(text, cited)


def changed(side: Side | None) -> list[str]:
    assert side is not None
    runs = [*side.label, *(words for quote, _ in side.quotes for words in quote)]
    return [words.text for words in runs if words.changed]


def test_words_that_differ_are_marked_on_both_sides() -> None:
    (change,) = compare(
        [state("In progress, says the office", "The work is under way.")],
        [state("Complete, says the office", "The work is done.")],
    )
    assert changed(change.then) == ["In progress,", "under way."]
    assert changed(change.now) == ["Complete,", "done."]


def test_what_stayed_stands_beside_itself_when_something_comes_before_it() -> None:
    stayed, new = state("", "It is warm."), state("", "It is new.")
    first, second = compare([stayed], [new, stayed])
    assert (first.then, first.is_same) == (None, False)
    assert second.is_same
    assert changed(second.then) == []
    assert changed(second.now) == []


def test_what_is_gone_stands_beside_nothing() -> None:
    (change,) = compare([state("Complete", "It is warm.")], [])
    assert change.now is None
    assert changed(change.then) == ["Complete", "It is warm."]
