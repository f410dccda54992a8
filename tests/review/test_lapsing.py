"""After a run of the index, approvals that do not stand any more end, and each end is told once."""

from threading import Barrier, Thread

from review_house import CUSTODY, LOGS, MONDAY, NURSES, OTHER, UPDATE, UPDATED, House, said

from askpcc.model import (
    Ruling,
    Statement,
    Waiting,
    Why,
)
from askpcc.review.approvals import GONE, NEWER, READ_OTHERWISE, ApprovalExpiry, Lapse

pytest_plugins = ("review_fixtures",)

BACKLOG = "What has become of recommendation 1 in Midsomer, the backlog of certificates?"
NUMBERS = ("1", "3")


def approve(house: House, *asked: str) -> None:
    with house.open() as bench:
        for words in asked:
            recorded = bench.ask(words)
            assert recorded.answer.statements
            bench.rule(recorded)


def check(house: House) -> list[Lapse]:
    with house.open() as bench:
        return bench.check()


def test_nothing_lapses_when_nothing_changed(house: House) -> None:
    approve(house, NURSES, BACKLOG)
    assert check(house) == []
    assert len(house.ledger.approvals()) == 2


def test_what_changed_ends_and_is_told_with_then_and_now(house: House) -> None:
    approve(house, NURSES, BACKLOG)
    house.publish({UPDATE: UPDATED})
    (lapse,) = check(house)
    assert lapse.reason == NEWER
    assert lapse.inquiry.words == NURSES
    assert said(lapse.recorded.answer)[0][1] == [
        "A contract with nurses is being negotiated with the hospital."
    ]
    assert said(lapse.now)[0][1] == ["The contract with nurses was completed on 2 December 2024."]
    assert [each.answer for each in house.ledger.approvals()] == ["answer-id-3"]
    assert house.ledger.queue(5) == [Waiting("answer-id-1", (Why.LAPSED,), house.time)]


def test_a_lapse_is_told_once(house: House) -> None:
    approve(house, NURSES)
    house.publish({UPDATE: UPDATED})
    assert [len(check(house)) for _ in range(3)] == [1, 0, 0]


def test_what_ended_when_somebody_asked_is_not_ended_again(house: House) -> None:
    approve(house, NURSES)
    house.publish({UPDATE: UPDATED})
    with house.open() as bench:
        assert bench.ask(NURSES).answer.endorsement is None
        assert bench.check() == []


def test_a_removed_document_ends_what_cites_it(house: House) -> None:
    approve(house, BACKLOG)
    with house.open() as bench:
        bench.rule(
            bench.ask(NURSES),
            Ruling.CORRECTED,
            Statement("", (bench.cite(OTHER, "cleared by four officers"),)),
        )
    house.withdraw(OTHER)
    assert sorted(lapse.reason for lapse in check(house)) == sorted([READ_OTHERWISE, GONE])
    assert house.ledger.approvals() == []


def test_what_is_approved_anew_stands_again(house: House) -> None:
    approve(house, NURSES)
    house.publish({UPDATE: UPDATED})
    check(house)
    approve(house, NURSES)
    assert check(house) == []
    with house.open() as bench:
        assert bench.ask(NURSES).answer.endorsement


def test_of_two_keepers_at_once_one_tells_of_each_lapse(house: House) -> None:
    approve(
        house,
        NURSES,
        BACKLOG,
        *(f"Is recommendation {number} of Borsetshire complete?" for number in NUMBERS),
    )
    house.change(CUSTODY, "3 May 2024", "4 May 2024")
    house.change(OTHER, "cleared by four", "cleared by five")
    told: list[str] = []
    together = Barrier(2)

    def keep(keeper: ApprovalExpiry) -> None:
        together.wait(60)
        told.extend(lapse.recorded.id for lapse in keeper.check())

    with house.open() as bench:
        threads = [Thread(target=keep, args=[bench.keeper]) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(told) == len(set(told))
    assert set(told) == {each.answer for each in house.ledger.queue(9)}
    assert len(told) >= 2
    assert house.ledger.approvals() == []


def test_an_answer_that_was_erased_meanwhile_is_passed_over(house: House) -> None:
    approve(house, NURSES, BACKLOG)
    house.publish({UPDATE: UPDATED})
    house.change(OTHER, "cleared by four", "cleared by five")
    with house.open() as bench:
        lapses = bench.keeper.check()
        assert next(lapses).inquiry.words == NURSES
        house.ledger.purge(house.time.replace(year=2027), None)
        assert list(lapses) == []


def test_each_lapse_is_told_as_it_comes(house: House) -> None:
    approve(house, NURSES, BACKLOG)
    house.publish({UPDATE: UPDATED})
    house.change(OTHER, "cleared by four", "cleared by five")
    with house.open() as bench:
        next(bench.keeper.check())
    assert len(house.ledger.approvals()) == 1


def test_a_correction_that_cites_elsewhere_is_kept(house: House) -> None:
    with house.open() as bench:
        bench.rule(bench.ask(NURSES), Ruling.CORRECTED, Statement("", (bench.cite(CUSTODY, LOGS),)))
    house.change(OTHER, "four officers", "five officers")
    assert check(house) == []
    assert house.ledger.approvals()[0].at > MONDAY
