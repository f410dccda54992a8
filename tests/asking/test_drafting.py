"""What an answer could assert, put together from facts, claims and words."""

from collections.abc import Mapping, Sequence

from askpcc.asking.drafting import QuotingWriter, draft
from askpcc.model import (
    Candidates,
    DocumentCard,
    Draft,
    MatterKind,
    Passage,
    Sentence,
    Status,
    StatusClaim,
)
from support.found import ask, lay_out, make_card, make_claim, make_passage, rank_down

FORCE = "Borsetshire Police"
CARD = make_card("a.md", FORCE, responded="2024-05-01")


def write(
    typed: str,
    passages: Sequence[Passage],
    *claims: StatusClaim,
    cards: Sequence[DocumentCard] = (CARD,),
    read: Mapping[Sentence, Status] | None = None,
) -> list[tuple[str, str]]:
    """Draft from passages in the order given, as (what is said, what is quoted first)."""
    drafts: list[Draft] = draft(
        ask(typed),
        rank_down(*passages, context=1.0),
        Candidates(tuple(passages), {}, claims),
        {card.path: card for card in cards},
        QuotingWriter(0.3),
        read or {},
    )
    return [(made.text.partition(",")[0], made.sentences[0].quote) for made in drafts]


CELLS, DOORS, ROOF, BEDS = lay_out(
    "The cells were painted.", "The doors are shut.", "The roof was tiled in 3 days.", "The beds are made."
)


def test_what_answers_best_comes_first_with_its_status_if_it_has_one() -> None:
    assert write("are the cells painted", [DOORS, CELLS], make_claim(CELLS)) == [
        ("", DOORS.quote),
        ("Complete", CELLS.quote),
    ]


def test_nothing_is_quoted_twice() -> None:
    assert write("are the cells painted", [CELLS], make_claim(CELLS)) == [("Complete", CELLS.quote)]


def test_the_kind_of_a_question_limits_an_answer() -> None:
    assert len(write("are the cells painted", [CELLS, DOORS, ROOF, BEDS], make_claim(CELLS))) == 3


def test_what_is_surely_read_of_what_is_asked_is_stated_where_the_register_says_nothing() -> None:
    [found, *_] = rank_down(ROOF)
    read = {found.sentence: Status.COMPLETE}
    assert write("is the roof tiled", [ROOF, CELLS], make_claim(CELLS), read=read)[:2] == [
        ("Complete", ROOF.quote),
        ("Complete", CELLS.quote),
    ]


def test_a_question_for_a_number_states_no_status() -> None:
    assert write("how many days did the roof take", [ROOF, CELLS], make_claim(CELLS))[0] == ("", ROOF.quote)
    assert "Complete" not in dict(write("how many days did the roof take", [ROOF, CELLS], make_claim(CELLS)))


def test_a_fact_is_given_alone() -> None:
    assert write("when was the response sent", [CELLS, DOORS]) == [
        ("Response dated: 1 May 2024", CELLS.quote)
    ]


def test_a_fact_that_must_not_be_guessed_gives_nothing() -> None:
    assert write("was the force quoted", [CELLS, DOORS]) == []


def test_each_side_has_its_share_of_an_answer() -> None:
    other = lay_out("The cells here are cold.", "The doors here are old.", document="b.md")
    cards = [CARD, make_card("b.md", "Midsomer Constabulary")]
    drafted = write("compare cells in borsetshire and midsomer", [CELLS, DOORS, ROOF, *other], cards=cards)
    assert [quote for _, quote in drafted] == [
        CELLS.quote,
        DOORS.quote,
        *(passage.quote for passage in other),
    ]


def test_each_side_says_something_even_where_there_is_little_room() -> None:
    cards = [make_card(path, force) for path, force in (("a.md", FORCE), ("b.md", "Midsomer Constabulary"))]
    both = [make_passage("Cells are old.", "a.md"), make_passage("Cells are new.", "b.md")]
    assert len(write("are borsetshire and midsomer cells old", both, cards=cards)) == 2


def test_what_belongs_to_the_named_item_is_all_that_is_quoted() -> None:
    five = make_passage("It is being mended.", start=500, items=("recommendation 5",))
    claim = make_claim(five, Status.IN_PROGRESS, number="5", kind=MatterKind.RECOMMENDATION)
    assert write("is rec 5 done", [five, DOORS], claim) == [("In progress", five.quote)]


def test_the_newest_document_of_the_force_is_stated_first() -> None:
    old, new = make_passage("It is being done.", "a.md"), make_passage("It has been done.", "b.md")
    cards = [CARD, make_card("b.md", FORCE, responded="2025-05-01")]
    claims = [make_claim(old, Status.IN_PROGRESS), make_claim(new)]
    assert write("is it done", [old, new], *claims, cards=cards)[:2] == [
        ("Complete", new.quote),
        ("Earlier: In progress", old.quote),
    ]


def test_documents_of_no_force_are_never_newest_first() -> None:
    old, new = make_passage("It is being done.", "a.md"), make_passage("It has been done.", "b.md")
    cards = [make_card("a.md", responded="2024-05-01"), make_card("b.md", responded="2025-05-01")]
    claims = [make_claim(old, Status.IN_PROGRESS), make_claim(new)]
    assert write("is it done", [old, new], *claims, cards=cards)[0] == ("In progress", old.quote)


def test_nothing_found_drafts_nothing() -> None:
    assert write("is it done", []) == []
    assert write("when was the response sent", []) == []
