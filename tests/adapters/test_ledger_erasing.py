"""A purge leaves nothing of what it erases, and all of the rest."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from ledger_desk import MINUTE, MONDAY, NO_LIMITS, ask, give, run_on_server
from ledger_reviews import approval_by, approve, correct, fill
from sqlalchemy import create_engine, inspect, text

from askpcc.adapters.ledger import SqlLedger
from askpcc.errors import LedgerError, UnknownAnswer
from askpcc.model import (
    Act,
    Endorsement,
    Erasure,
    Feedback,
    HelpRequest,
    Opinion,
    Place,
    Post,
    Record,
    Waiting,
    Why,
)

pytest_plugins = ("ledger_fixtures",)

LATER = MONDAY + timedelta(days=1)
HELP = HelpRequest("help-1", "answer-1", "U1", MONDAY)


def hang(ledger: SqlLedger, number: int, person: str) -> None:
    """Let a person do to an answer all that can be done to one."""
    answer, verdict = f"answer-{number}", replace(correct(f"verdict-{number}", f"answer-{number}"))
    verdict = replace(verdict, reviewer=person)
    ledger.posted(answer, Post("C1", "9"))
    ledger.vote(Feedback(answer, person, Opinion.BAD, MONDAY, comment="Old."))
    ledger.ask_person(replace(HELP, id=f"help-{number}", answer=answer, person=person))
    ledger.rule(verdict, approval_by(verdict, f"key-{number}"))
    ledger.lapse(verdict.id, MONDAY, "It is gone.")


def counts(url: str) -> dict[str, int]:
    engine = create_engine(url)
    with engine.connect() as connection:
        names = [name for name in inspect(connection).get_table_names() if name != "ledger_version"]
        found = {
            name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()  # noqa: S608 - names of our own tables
            for name in names
        }
    engine.dispose()
    return {name: count for name, count in found.items() if count}


def test_all_that_hangs_on_an_inquiry_goes_with_it(url: str, ledger: SqlLedger) -> None:
    fill(ledger, 1)
    hang(ledger, 1, "U9")
    assert ledger.purge(LATER, None) == Erasure(inquiries=1, answers=1, verdicts=1, approvals=1)
    assert counts(url) == {}
    with pytest.raises(UnknownAnswer):
        ledger.answer("answer-1")


def test_what_others_asked_stays_with_all_that_hangs_on_it(ledger: SqlLedger) -> None:
    fill(ledger)
    for number in (1, 2):
        hang(ledger, number, "U9")
    kept = list(ledger.records(person="U2"))
    ledger.purge(None, "U1")
    assert list(ledger.records()) == kept
    assert ledger.queue(5) == [Waiting("answer-2", (Why.LAPSED,), MONDAY)]


@pytest.mark.parametrize(
    ("seconds", "person", "left"),
    [
        (None, "U1", ["2", "3"]),
        (2, None, ["2", "3"]),
        (3, None, ["3"]),
        (3, "U2", ["1", "3"]),
        (1, "U2", ["1", "2", "3"]),
        (None, "nobody", ["1", "2", "3"]),
        (60, None, []),
    ],
)
def test_what_goes_is_chosen_by_time_and_person(
    ledger: SqlLedger, seconds: int | None, person: str | None, left: list[str]
) -> None:
    fill(ledger, 3)
    before = None if seconds is None else MONDAY + timedelta(seconds=seconds)
    planned = ledger.plan_purge(before, person)
    assert planned.inquiries == 3 - len(left)
    assert ledger.purge(before, person) == planned
    assert [each.inquiry.id.removeprefix("inquiry-") for each in ledger.records()] == left


def test_a_plan_changes_nothing(url: str, ledger: SqlLedger) -> None:
    fill(ledger)
    hang(ledger, 1, "U2")
    before = counts(url), list(ledger.records())
    assert ledger.plan_purge(None, "U2") == Erasure(inquiries=1, answers=1, renamed=4)
    assert (counts(url), list(ledger.records())) == before


def test_what_a_person_did_elsewhere_keeps_standing_without_their_name(ledger: SqlLedger) -> None:
    fill(ledger)
    hang(ledger, 1, "U2")
    ledger.resolve("help-1", "U2")
    ledger.mute("T1", "C1", "t", "U2")
    ledger.note(Act("U2", "reindex", "corpus", MONDAY))
    inquiry = ask(7, "U1")
    given = give(inquiry, "answer-7")
    ledger.take(inquiry, NO_LIMITS)
    ledger.record(replace(given, answer=replace(given.answer, endorsement=Endorsement("U2", MONDAY))))
    # An opinion, a request twice, a verdict, an approval, the mute, the act and the endorsement.
    assert ledger.purge(None, "U2") == Erasure(inquiries=1, answers=1, renamed=8)
    first, seventh = ledger.records()
    assert first.feedback[0].person == "erased"
    assert (first.requests[0].person, first.requests[0].resolved_by) == ("erased", "erased")
    assert first.verdicts == (replace(correct("verdict-1"), reviewer="erased"),)
    assert first.approvals[0].reviewer == "erased"
    assert seventh.answers[0].answer.endorsement == Endorsement("erased", MONDAY)
    assert ledger.acts(5) == [Act("erased", "reindex", "corpus", MONDAY)]
    assert ledger.thread("T1", "C1", "t").muted
    assert ledger.activities("U2") == []


def test_a_name_stays_on_what_is_newer(ledger: SqlLedger) -> None:
    fill(ledger)
    for answer, at in (("answer-1", MONDAY), ("answer-2", LATER)):
        ledger.vote(Feedback(answer, "U9", Opinion.GOOD, at))
    ledger.purge(MONDAY + MINUTE / 100, "U9")
    assert [each.feedback[0].person for each in ledger.records()] == ["erased", "U9"]


def test_opinions_of_several_who_were_erased_stay_apart(ledger: SqlLedger) -> None:
    fill(ledger, 1)
    for person in ("U7", "U8", "U9"):
        ledger.vote(Feedback("answer-1", person, Opinion.BAD, MONDAY))
        ledger.purge(None, person)
    people = [each.person for each in ledger.feedback("answer-1")]
    assert people[0] == "erased"
    assert len(set(people)) == 3
    assert all(person.startswith("erased") for person in people)


def test_erased_words_leave_the_history_of_what_stays_in_their_thread(ledger: SqlLedger) -> None:
    first = ask(1, "U1", "Who is U1?", thread="t")
    edited = replace(first, words="Who is Tom?", edition=2)
    other_thread = replace(ask(4, "U2"), history=("Who is U1?",))
    second = replace(ask(2, "U2", thread="t"), history=("Who is U1?", "Which report?", "Who is Tom?"))
    for inquiry in (first, second, other_thread):
        ledger.take(inquiry, NO_LIMITS)
        ledger.record(give(inquiry, f"answer-{inquiry.id}"))
    ledger.revise(first.place, edited.words)
    ledger.purge(None, "U1")
    kept = replace(second, history=("Which report?",))
    assert list(ledger.records()) == [
        Record(kept, (give(kept, f"answer-{second.id}"),)),
        Record(other_thread, (give(other_thread, f"answer-{other_thread.id}"),)),
    ]


def test_a_purge_of_everything_is_refused(ledger: SqlLedger) -> None:
    fill(ledger, 1)
    with pytest.raises(LedgerError, match="would erase everything"):
        ledger.purge(None, None)
    with pytest.raises(LedgerError, match="would erase everything"):
        ledger.plan_purge(None, None)
    assert len(list(ledger.records())) == 1


def test_a_time_without_a_zone_is_refused(ledger: SqlLedger) -> None:
    fill(ledger, 1)
    naive = LATER.replace(tzinfo=None)
    with pytest.raises(LedgerError, match="needs the zone of its time"):
        ledger.purge(naive, None)
    with pytest.raises(LedgerError, match="needs the zone of its time"):
        ledger.plan_purge(naive, "U1")
    with pytest.raises(LedgerError, match="a time without its zone"):
        next(ledger.records(naive))
    assert len(list(ledger.records())) == 1


BLOCK = """
    CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'kept'; END $$ LANGUAGE plpgsql;
    CREATE TRIGGER kept BEFORE DELETE ON inquiries FOR EACH ROW EXECUTE FUNCTION refuse()
"""


def test_a_purge_that_fails_erases_nothing(url: str, ledger: SqlLedger) -> None:
    fill(ledger)
    hang(ledger, 1, "U2")
    before = counts(url), list(ledger.records())
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        connection.execute(
            "CREATE TRIGGER kept BEFORE DELETE ON inquiries BEGIN SELECT raise(ABORT, 'kept'); END"
        )
        connection.close()
    else:
        run_on_server(url.replace("+psycopg", ""), BLOCK)
    with pytest.raises(LedgerError, match="kept"):
        ledger.purge(None, "U1")
    assert (counts(url), list(ledger.records())) == before


def test_nothing_of_what_was_erased_is_left_in_the_file(tmp_path: Path) -> None:
    from askpcc.adapters.ledger import open_ledger

    ledger = open_ledger(f"sqlite:///{tmp_path}/ledger.sqlite")
    secret = "Quibblethwaite"  # noqa: S105 - no password
    for number in range(30):
        inquiry = ask(number, f"U-{secret}", f"Is {secret} in custody {number}? " + "x" * 3_000)
        ledger.take(inquiry, NO_LIMITS)
        ledger.record(give(inquiry, f"answer-{number}"))
    ledger.take(ask(99, "U2"), NO_LIMITS)
    ledger.note(Act(f"U-{secret}", "reindex", "corpus", MONDAY))
    assert secret.encode() in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    ledger.purge(None, f"U-{secret}")
    assert secret.encode() not in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    ledger.close()


def test_an_answer_to_what_was_erased_meanwhile_is_an_error(ledger: SqlLedger) -> None:
    ledger.take(ask(), NO_LIMITS)
    held = ledger.claim("w", MINUTE)
    assert held
    ledger.purge(None, "U1")
    with pytest.raises(UnknownAnswer):
        ledger.record(give(held))
    assert ledger.claim("w", MINUTE) is None


def test_a_place_whose_inquiry_was_erased_can_be_asked_at_again(ledger: SqlLedger) -> None:
    place = Place("web", "", "", "t", "m")
    ledger.take(replace(ask(), place=place), NO_LIMITS)
    ledger.purge(None, "U1")
    ledger.take(replace(ask(), place=place), NO_LIMITS)
    assert len(list(ledger.records())) == 1


def test_a_purge_counts_verdicts_of_erased_answers_only(ledger: SqlLedger) -> None:
    fill(ledger)
    ledger.rule(approve("verdict-1", "answer-1"), None)
    ledger.rule(approve("verdict-2", "answer-2"), None)
    assert ledger.purge(None, "U1") == Erasure(inquiries=1, answers=1, verdicts=1)
