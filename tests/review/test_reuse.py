"""What a reviewer approved is answered again, with their name, as long as its sources stand."""

from dataclasses import replace

import pytest
from review_house import (
    CUSTODY,
    LOGS,
    MONDAY,
    NURSES,
    OTHER,
    TRAINING,
    UPDATE,
    UPDATED,
    House,
    said,
)

from askpcc.model import (
    Endorsement,
    Ruling,
    Statement,
    Status,
    Waiting,
    Why,
)
from askpcc.review.approvals import (
    CHANGED,
    GONE,
    MOVED,
    NEWER,
)

pytest_plugins = ("review_fixtures",)

APPROVED_AT = MONDAY.replace(minute=1)
SEARCHES = "Is a log of strip searches kept in Borsetshire?"


def approve(house: House, words: str = NURSES) -> list[tuple[str, list[str]]]:
    with house.open() as bench:
        recorded = bench.ask(words)
        assert recorded.answer.statements
        bench.rule(recorded)
        return said(recorded.answer)


def correct(house: House, path: str = CUSTODY, cited: str = LOGS) -> None:
    """Correct the answer about nurses, by words that the answer does not cite."""
    with house.open() as bench:
        statement = Statement("See what the letter says of logs", (bench.cite(path, cited),), Status.COMPLETE)
        bench.rule(bench.ask(NURSES), Ruling.CORRECTED, statement)


def reason_of_lapse(house: House) -> str | None:
    """Ask again, and return why the approval has ended, if it has."""
    with house.open() as bench:
        answer = bench.approved.answer(NURSES).answer
    (approval,) = [each for record in house.ledger.records() for each in record.approvals]
    assert (answer.endorsement is None) == (approval.lapsed_at is not None)
    return approval.lapse or None


def test_an_approved_answer_is_given_again_with_who_approved_it_and_when(house: House) -> None:
    first = approve(house)
    with house.open() as bench:
        again = bench.ask("has rec 2 of Borsetshire Police been complete")
    assert again.answer.endorsement == Endorsement("U7", APPROVED_AT)
    assert said(again.answer) == first


def test_what_was_not_approved_is_answered_afresh(house: House) -> None:
    with house.open() as bench:
        bench.rule(bench.ask(NURSES), Ruling.REJECTED)
        assert bench.ask(NURSES).answer.endorsement is None


@pytest.mark.parametrize(
    "words",
    [
        "Is recommendation 3 of Borsetshire complete?",
        "Is recommendation 2 of Borsetshire not complete?",
        "Is recommendation 2 of Midsomer complete?",
        "Is recommendation 2 complete?",
    ],
)
def test_another_question_is_answered_afresh(house: House, words: str) -> None:
    approve(house)
    with house.open() as bench:
        assert bench.ask(words).answer.endorsement is None
    assert len(house.ledger.approvals()) == 1


def test_the_same_words_in_another_thread_are_answered_afresh(house: House) -> None:
    approve(house)
    with house.open() as bench:
        assert bench.ask(NURSES, ["What does Midsomer say of dogs?"]).answer.endorsement is None
        assert bench.ask(NURSES).answer.endorsement


def test_a_correction_is_given_instead_of_what_was_wrong(house: House) -> None:
    correct(house)
    with house.open() as bench:
        answer = bench.ask(NURSES).answer
    assert said(answer) == [("See what the letter says of logs", [LOGS])]
    assert answer.statements[0].status is Status.COMPLETE
    assert (answer.reason, answer.nearest, answer.withheld) == (None, (), 0)


def test_a_corrected_abstention_is_answered(house: House) -> None:
    words = "Who leads on dogs in Borsetshire?"
    with house.open() as bench:
        silent = bench.ask(words)
        assert silent.answer.abstained
        bench.rule(silent, Ruling.CORRECTED, Statement("", (bench.cite(CUSTODY, "Perpetua Quill\nPolice"),)))
        assert not bench.ask(words).answer.abstained


GROWN = "This letter was typed again without any changes.\n\nI write in response"


def test_it_is_given_from_a_document_that_grew_elsewhere(house: House) -> None:
    first = approve(house)
    house.change(CUSTODY, "I write in response", GROWN)
    with house.open() as bench:
        answer = bench.ask(NURSES).answer
        (citation,) = answer.statements[0].citations
        document = bench.catalogue.document(CUSTODY)
    assert answer.endorsement
    assert said(answer) == first
    assert citation.version == document.version
    assert citation.span.of(document.text) == citation.quote


def test_it_is_given_beside_a_new_document_on_something_else(house: House) -> None:
    approve(house)
    house.change(OTHER, "four officers", "six officers")
    assert reason_of_lapse(house) is None


def test_it_lapses_when_its_words_change(house: House) -> None:
    approve(house)
    house.change(CUSTODY, "is being negotiated", "was signed")
    assert reason_of_lapse(house) == GONE


def test_it_lapses_when_its_document_is_gone(house: House) -> None:
    house.publish(
        {"borsetshire-dogs.md": "# Dogs of Borsetshire Police\n\nBorsetshire Police has nine dogs.\n"}
    )
    approve(house)
    house.withdraw(CUSTODY)
    assert reason_of_lapse(house) == GONE


def test_it_lapses_when_a_newer_document_takes_the_place_of_what_it_cites(house: House) -> None:
    approve(house)
    house.publish({UPDATE: UPDATED})
    assert reason_of_lapse(house) == NEWER


def test_it_lapses_when_something_else_is_answered(house: House) -> None:
    correct(house)
    house.change(CUSTODY, "is being negotiated", "was completed")
    assert reason_of_lapse(house) == CHANGED


def test_a_correction_lapses_when_the_passage_that_it_cites_grows(house: House) -> None:
    correct(house)
    house.change(CUSTODY, LOGS, f"It is not true any more that: {LOGS}")
    assert reason_of_lapse(house) == MOVED


def test_a_correction_lapses_when_its_words_stand_under_another_heading(house: House) -> None:
    correct(house)
    house.change(
        CUSTODY, "**Recommendation 4: the force should keep", "**Recommendation 9: the force should burn"
    )
    assert reason_of_lapse(house) == MOVED


def test_a_correction_lapses_when_its_words_only_stand_elsewhere(house: House) -> None:
    house.change(CUSTODY, TRAINING, f"{TRAINING}\n\n{LOGS}\n\nMore.")
    correct(house, CUSTODY, f"{LOGS}\n\nMore.")
    house.change(CUSTODY, f"{LOGS}\n\nMore.", "It ended.")
    assert reason_of_lapse(house) == GONE


def test_a_correction_lapses_when_a_later_document_on_its_report_appears(house: House) -> None:
    correct(house)
    title = "# Cold cells: response to the inspection of custody in Borsetshire\n\n"
    dated = "**Report published by HMICFRS on 6 February 2024**\n\n9 May 2025\n\n"
    house.publish({UPDATE: f"{title}{dated}Borsetshire Police will say more about drones in due course.\n"})
    assert reason_of_lapse(house) == NEWER


def test_a_lapsed_approval_puts_its_answer_into_the_queue_once(house: House) -> None:
    approve(house)
    house.change(CUSTODY, "is being negotiated", "was signed")
    with house.open() as bench:
        for _ in range(2):
            assert bench.approved.answer(NURSES).answer.endorsement is None
    assert house.ledger.queue(5) == [Waiting("answer-id-1", (Why.LAPSED,), house.time)]
    assert house.ledger.approvals() == []


def test_what_lapsed_stays_so_when_the_documents_are_as_they_were(house: House) -> None:
    approve(house)
    house.change(CUSTODY, "is being negotiated", "was signed")
    assert reason_of_lapse(house)
    house.change(CUSTODY, "was signed", "is being negotiated")
    with house.open() as bench:
        assert bench.ask(NURSES).answer.endorsement is None


def test_a_basis_that_cannot_be_read_ends_the_approval(house: House) -> None:
    with house.open() as bench:
        verdict = bench.rule(bench.ask(NURSES))
        (approval,) = house.ledger.approvals()
        again = replace(verdict, id="verdict-2")
        house.ledger.rule(again, replace(approval, verdict="verdict-2", basis="of another time"))
        assert bench.ask(NURSES).answer.endorsement is None
    assert house.ledger.approvals() == []


def test_what_a_document_is_called_is_shown_as_it_is_now(house: House) -> None:
    approve(house, SEARCHES)
    house.change(CUSTODY, "# Cold cells: response", "# Cold  cells: response")
    with house.open() as bench:
        answer = bench.ask(SEARCHES).answer
        if answer.endorsement:
            cited = answer.statements[0].citations[0]
            assert cited == bench.cite(CUSTODY, cited.quote)
