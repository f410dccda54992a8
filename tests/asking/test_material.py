"""What a language model is shown: which sentences, grouped and numbered, what is counted, what is hidden."""

from collections.abc import Mapping

from askpcc.asking.material import Found, choose_sentences, compute, group, write_words
from askpcc.asking.ranking import read_sentences
from askpcc.model import (
    BlockKind,
    Candidates,
    DocumentCard,
    Fact,
    FactName,
    MatterKind,
    Passage,
    Ranked,
    Span,
    Speaker,
    Status,
    StatusClaim,
)


def make_passage(document: str, ordinal: int, words: str, start: int, section: str = "Custody") -> Passage:
    return Passage(
        f"{document}-{ordinal}",
        document,
        "1",
        ordinal,
        BlockKind.PARAGRAPH,
        Span(start, start + len(words)),
        words,
        words,
        section=section,
    )


def find(*passages: Passage, claims: tuple[StatusClaim, ...] = ()) -> Found:
    """Return all sentences of the passages as found, the likeliest first in their order."""
    sentences = [sentence for passage in passages for sentence in read_sentences(passage)]
    ranked = [Ranked(sentence, float(-place)) for place, sentence in enumerate(sentences)]
    return Found(ranked, Candidates(passages, {}, claims))


def keep(words: str, card: DocumentCard) -> str:
    assert card
    return words


CARDS: Mapping[str, DocumentCard] = {
    "a.md": DocumentCard(
        "a.md",
        "1",
        (
            Fact(FactName.TITLE, "Custody", None),
            Fact(FactName.PUBLISHED, "2024-02-06", Span(0, 40)),
            Fact(FactName.RESPONDED, "2024-03-01", Span(41, 70)),
        ),
    ),
    "b.md": DocumentCard("b.md", "1"),
}
DATED = make_passage("a.md", 0, "The report was published on 6 Feb. 2024. I write on 1 March 2024.", 0)


def test_the_best_are_shown_with_what_stands_beside_them_forty_at_most() -> None:
    passages = [
        make_passage("b.md", n, f"It was cold in {n}. Cell {n} is heated. It took {n} years.", 90 * n)
        for n in range(1, 60)
    ]
    every = find(*passages).ranked
    found = Found(
        sorted(every, key=lambda one: "heated" not in one.sentence.quote), find(*passages).candidates
    )
    shown = [one.quote for one in choose_sentences(found, (), CARDS)]
    assert len(shown) == 40
    assert shown[:28] == [f"Cell {n} is heated." for n in range(1, 29)]
    assert shown[28:30] == ["It was cold in 1.", "It took 1 years."]


def test_each_search_adds_twelve_at_most() -> None:
    many = [make_passage("b.md", 2 * n, f"Cell number {n} is heated now.", 40 * n) for n in range(90)]
    more = [make_passage("a.md", 2 * n, f"Nurse number {n} is there now.", 40 * n + 200) for n in range(30)]
    alone = choose_sentences(find(*many), (), CARDS)
    assert len(choose_sentences(find(*many), [find(*more)], CARDS)) == len(alone) + 12


def test_sentences_are_numbered_by_document_and_in_their_order() -> None:
    found = find(
        make_passage("b.md", 1, "Later words.", 90), DATED, make_passage("b.md", 0, "Early words.", 0)
    )
    grouped = group([one.sentence for one in found.ranked], [found], CARDS, keep)
    assert [one.document for one in grouped] == ["b.md", "a.md"]
    assert [(one.number, one.words) for one in grouped[0].sentences] == [
        (1, "Early words."),
        (2, "Later words."),
    ]


def test_a_title_is_not_told_again_as_a_heading() -> None:
    found = find(make_passage("a.md", 3, "The cells are heated.", 200, section="Custody / Cells"))
    (document,) = group([one.sentence for one in found.ranked], [found], CARDS, keep)
    assert document.sentences[0].heading == "Cells"


def test_what_is_hidden_is_hidden_in_the_register_too() -> None:
    passage = make_passage("b.md", 0, "Otto Teal should leave the cells.", 0)
    claim = StatusClaim(
        "1",
        "b.md",
        "1",
        "Otto Teal should leave the cells",
        MatterKind.RECOMMENDATION,
        Status.COMPLETE,
        Speaker.FORCE,
        (passage.span,),
    )
    found = find(passage, claims=(claim,))

    def hide(words: str, card: DocumentCard) -> str:
        assert card
        return words.replace("Otto Teal", "(name)")

    (document,) = group([one.sentence for one in found.ranked], [found], CARDS, hide)
    assert [one.matter for one in document.sentences[0].claims] == ["(name) should leave the cells"]


def test_days_are_counted_from_the_dates_that_are_shown() -> None:
    found = find(DATED)
    (document,) = group([one.sentence for one in found.ranked], [found], CARDS, keep)
    told = compute([document], CARDS)
    assert [one.text.partition(":")[0] for one in told][:1] == ["Counted, not stated"]
    assert "24 days after the report was published on 6 February 2024" in told[1].text


def test_the_cells_of_a_row_stay_apart() -> None:
    assert write_words("Cells | **Otto Teal** | | June") == "Cells | Otto Teal | June"
