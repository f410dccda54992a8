"""Statuses as answers state them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from askpcc.asking.ranking import read_sentences
from askpcc.asking.stating import History, draft_items, draft_statuses, find_borne, find_sentence, word_status
from askpcc.model import (
    Candidates,
    Draft,
    MatterKind,
    NamedMatter,
    Passage,
    Ranked,
    Span,
    Speaker,
    Status,
    StatusClaim,
)
from support.cases import cases
from support.found import ask, lay_out, make_claim, make_passage, rank_down

REC = MatterKind.RECOMMENDATION


def texts(drafts: Sequence[Draft]) -> list[tuple[str, str | None, str]]:
    """Return (first words, status, first quotation) of drafts."""
    return [(made.text.partition(",")[0], made.status, made.sentences[0].quote) for made in drafts]


def state(
    typed: str, ranked: Sequence[Ranked], *claims: StatusClaim, dates: Mapping[str, str] | None = None
) -> list[tuple[str, str | None, str]]:
    """Return which statuses are stated where the first three sentences are those that answer."""
    quoted = [Draft("", (found.sentence,)) for found in ranked[:3]]
    drafts = draft_statuses(ask(typed), ranked, find_borne(ranked, claims), History(dates or {}), quoted)
    return [told for told in texts(drafts) if told[1]]


WORDED = [
    (Status.COMPLETE, Speaker.FORCE, "Complete, says the force"),
    (Status.CLOSED, Speaker.INSPECTORATE, "Closed, says the inspectorate"),
    (Status.IN_PROGRESS, Speaker.COMMISSIONER, "In progress, says the Commissioner's office"),
    (Status.PLANNED, Speaker.FORCE, "Planned, says the force"),
    (Status.ACCEPTED, Speaker.FORCE, "Accepted, says the force"),
    (Status.UNDER_CONSIDERATION, Speaker.FORCE, "Under consideration, says the force"),
    (Status.NOT_ACCEPTED, Speaker.FORCE, "Not accepted, says the force"),
    (Status.NOT_APPLICABLE, Speaker.COMMISSIONER, "Not applicable, says the Commissioner's office"),
    (Status.NOT_STATED, Speaker.FORCE, "Not stated, says the force"),
]


@cases(("status", "speaker", "words"), WORDED)
def test_a_status_is_worded_with_who_says_so(status: Status, speaker: Speaker, words: str) -> None:
    claim = make_claim(make_passage("x"), status, said_by=speaker)
    assert word_status(claim, status) == f"{words}, undated"


def test_every_status_has_its_words() -> None:
    assert {status for status, *_ in WORDED} == set(Status)


@cases(("as_of", "written"), [("2023-06-06", "6 June 2023"), ("2023-06", "June 2023"), ("2023", "2023")])
def test_a_status_says_as_of_when_and_where_that_date_is_from(as_of: str, written: str) -> None:
    claim = make_claim(make_passage("x"), as_of=as_of, as_of_from="response dated")
    assert (
        word_status(claim, Status.COMPLETE) == f"Complete, says the force, as of {written} (response dated)"
    )


CELLS, DOORS, LEAD = lay_out("The cells were painted.", "The doors will be mended.", "This work is complete:")


def test_the_claim_of_the_best_sentence_answers_with_its_words() -> None:
    ranked = rank_down(CELLS, DOORS)
    assert state("are the cells painted", ranked, make_claim(CELLS)) == [
        ("Complete", Status.COMPLETE, CELLS.quote)
    ]


def test_the_sentence_that_gives_a_list_its_status_is_cited_too() -> None:
    ranked = rank_down(CELLS, LEAD)
    borne = find_borne(ranked, [make_claim(CELLS, also=[LEAD])])
    quoted = [Draft("", (ranked[0].sentence,))]
    drafts = draft_statuses(ask("are the cells painted"), ranked, borne, History(), quoted)
    assert [sentence.quote for sentence in drafts[0].sentences] == [CELLS.quote, LEAD.quote]


def test_without_a_claim_no_status_is_stated() -> None:
    assert state("are the cells painted", rank_down(CELLS, DOORS)) == []
    assert state("are the cells painted", []) == []


OLD, NEW = make_passage("It is being done.", "old.md"), make_passage("It has been done.", "new.md")
DATES = {"old.md": "2022-06-30", "new.md": "2024-01-16"}


@cases("best", [[OLD, NEW], [NEW, OLD]])
def test_the_newest_document_is_first_and_the_older_one_is_called_earlier(best: list[Passage]) -> None:
    claims = [make_claim(OLD, Status.IN_PROGRESS), make_claim(NEW)]
    assert state("is it done", rank_down(*best), *claims, dates=DATES) == [
        ("Complete", Status.COMPLETE, NEW.quote),
        ("Earlier: In progress", Status.IN_PROGRESS, OLD.quote),
    ]


def test_a_document_of_another_force_is_never_called_earlier() -> None:
    claims = [make_claim(OLD, Status.IN_PROGRESS), make_claim(NEW)]
    assert state("is it done", rank_down(NEW, OLD), *claims, dates={"new.md": "2024-01-16"}) == [
        ("Complete", Status.COMPLETE, NEW.quote)
    ]


def test_an_undated_document_keeps_its_place() -> None:
    claims = [make_claim(OLD, Status.IN_PROGRESS), make_claim(NEW)]
    assert state("is it done", rank_down(OLD, NEW), *claims, dates={"new.md": "2024-01-16"}) == [
        ("In progress", Status.IN_PROGRESS, OLD.quote),
        ("Complete", Status.COMPLETE, NEW.quote),
    ]


def test_of_one_document_the_best_claim_comes_first() -> None:
    claims = [make_claim(CELLS), make_claim(DOORS, Status.PLANNED)]
    assert state("are the cells painted", rank_down(CELLS, DOORS), *claims, dates={"a.md": "2024"}) == [
        ("Complete", Status.COMPLETE, CELLS.quote),
        ("Planned", Status.PLANNED, DOORS.quote),
    ]


def test_a_demand_alone_states_nothing() -> None:
    demand = make_passage("The force should paint the cells.")
    assert state("are the cells painted yet, is that done", rank_down(demand)) == [
        ("Not stated; the document says what should be done", Status.NOT_STATED, demand.quote)
    ]


def test_a_demand_is_not_mentioned_where_no_status_is_asked_for() -> None:
    assert state("what about the cells", rank_down(make_passage("The force should paint the cells."))) == []


def items(
    typed: str, ranked: Sequence[Ranked], *claims: StatusClaim, parts: int = 0
) -> list[tuple[str, str | None, str]]:
    named = NamedMatter("a.md", "v1", "Recommendation 5", REC, Span(0, 1), number="5", parts=parts)
    found = Candidates((), {}, claims, (named,))
    return texts(draft_items(ask(typed), ranked, found))


FIVE, FIVE_TOO, SIX = lay_out("The cells were painted.", "The doors are being mended.", "The roof was tiled.")
OF_FIVE = [
    make_claim(FIVE, number="5", kind=REC),
    make_claim(FIVE_TOO, Status.IN_PROGRESS, number="5", kind=REC),
    make_claim(SIX, number="6", kind=REC),
]


def test_a_numbered_matter_is_no_further_than_what_is_open_in_it() -> None:
    assert items("is rec 5 done", rank_down(FIVE, FIVE_TOO, SIX), *OF_FIVE) == [
        ("In progress", Status.IN_PROGRESS, FIVE_TOO.quote)
    ]


def test_a_numbered_matter_is_complete_when_all_that_is_said_of_it_is() -> None:
    assert items("is rec 6 done", rank_down(FIVE, FIVE_TOO, SIX), *OF_FIVE) == [
        ("Complete", Status.COMPLETE, SIX.quote)
    ]


def test_each_of_several_numbers_is_stated() -> None:
    stated = items("are recs 5 and 6 done", rank_down(FIVE, FIVE_TOO, SIX), *OF_FIVE)
    assert [status for _, status, _ in stated] == [Status.IN_PROGRESS, Status.COMPLETE]


def test_a_number_that_nothing_is_said_of_is_not_stated() -> None:
    assert items("is rec 7 done", rank_down(FIVE, FIVE_TOO, SIX), *OF_FIVE) == []


def test_an_area_for_improvement_is_no_recommendation_of_the_same_number() -> None:
    assert items("is AFI 6 done", rank_down(FIVE, FIVE_TOO, SIX), *OF_FIVE) == []


def test_a_claim_is_borne_once_by_the_best_sentence_it_rests_on() -> None:
    ranked = rank_down(DOORS, CELLS, CELLS)
    claim = make_claim(CELLS)
    assert [(b.found.sentence.quote, b.claim) for b in find_borne(ranked, [claim])] == [(CELLS.quote, claim)]


def test_a_sentence_is_found_by_an_offset_within_it() -> None:
    ranked = rank_down(CELLS, DOORS)
    assert find_sentence("a.md", DOORS.span.start, ranked) == ranked[1].sentence
    assert find_sentence("a.md", DOORS.span.end - 1, ranked) == ranked[1].sentence
    assert find_sentence("a.md", DOORS.span.end, ranked) is None
    assert find_sentence("b.md", DOORS.span.start, ranked) is None


TWO_PLACES = "All lamps at Causton have been mended. The lamps at Badger's Drift will be mended in May."
PLACES = [
    ("are the lamps at badger's drift mended", []),
    ("are the lamps at Causton mended", ["All lamps at Causton have been mended."]),
    ("are the lamps mended", ["All lamps at Causton have been mended."]),
]


@cases(("typed", "quoted"), PLACES)
def test_what_is_done_at_one_place_does_not_answer_for_another(typed: str, quoted: list[str]) -> None:
    passage = make_passage(TWO_PLACES)
    ranked = [Ranked(sentence, 5.0, 1.0, 0.5) for sentence in read_sentences(passage)]
    claim = make_claim(passage)
    of_first = replace(claim, evidence=(ranked[0].sentence.span,))
    assert [quote for _, _, quote in state(typed, ranked, of_first)] == quoted
