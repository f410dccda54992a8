"""Words that a database may stumble over come back as they were, or are refused in a sentence."""

from dataclasses import replace

import pytest
from ledger_desk import MONDAY, NO_LIMITS, ask, cite, give
from ledger_reviews import approval_by, approve, correct
from sqlalchemy import create_engine, text

from askpcc.adapters.ledger import SqlLedger
from askpcc.errors import LedgerError, UnknownAnswer
from askpcc.model import (
    Act,
    Fault,
    Feedback,
    HelpRequest,
    Opinion,
    Place,
    Post,
    Statement,
    Status,
    Taking,
)

pytest_plugins = ("ledger_fixtures",)

WORDS = {
    "nul": "Was it\0 accepted?\0",
    "lone surrogate": "Was \ud83d it \udfff accepted?",
    "pair of surrogates in the wrong order": "\udd70\ud83d",
    "escape": "\x10 \x100000 \x10d800 \x10\x10",
    "every control": "".join(map(chr, range(32))) + "\x7f\x85\u2028",
    "no characters": "\ufffe\uffff\U0010ffff\ufeff",
    "emoji": "👮🏽‍♀️ 🏴󠁧󠁢󠁷󠁬󠁳󠁿 🕰",
    "right to left": "\u202ethgir\u202c עברית عربي",
    "unnormalised": "cafe\u0301 café \u212b",
    "sql": "'; DROP TABLE inquiries; --",
    "placeholders": ":words %s %(words)s ? $1 {words} \\ \\u0000 %%",
}


PLAIN = ("emoji", "right to left", "unnormalised", "sql", "placeholders")
SHORT = {
    "empty": "",
    "stored as they are": " ".join(WORDS[name] for name in PLAIN),
    "stored in other characters": " ".join(words for name, words in WORDS.items() if name not in PLAIN),
    "one half of a pair": "\ud83d",
}
LONG = SHORT | {"long": "Was recommendation 5 accepted? " * 3_400}


@pytest.fixture(params=LONG.values(), ids=list(LONG))
def words(request: pytest.FixtureRequest) -> str:
    """Return hostile words."""
    return str(request.param)


def test_words_of_an_inquiry_come_back_as_they_were(ledger: SqlLedger, words: str) -> None:
    inquiry = replace(ask(words=words), history=(words, "x", words), reply_to=words)
    assert ledger.take(inquiry, NO_LIMITS) is Taking.TAKEN
    assert ledger.take(inquiry, NO_LIMITS) is Taking.KNOWN
    assert ledger.inquiry(inquiry.id) == inquiry
    assert ledger.revise(inquiry.place, words) is None
    assert ledger.revise(inquiry.place, words + "!") == replace(inquiry, words=words + "!", edition=2)
    assert ledger.inquiry(inquiry.id).words == words + "!"


def test_words_of_an_answer_come_back_as_they_were(ledger: SqlLedger, words: str) -> None:
    inquiry = replace(ask(words=words), history=(words,))
    ledger.take(inquiry, NO_LIMITS)
    citation = replace(cite(), title=words, quote=words, url=words)
    given = give(inquiry, citations=[citation])
    statement = replace(given.answer.statements[0], text=words)
    answer = replace(
        given.answer, statements=(statement,), nearest=(citation,), note=words, index_version=words
    )
    recorded = replace(given, answer=answer, writer=words)
    assert ledger.record(recorded) == recorded


def test_words_of_people_come_back_as_they_were(ledger: SqlLedger, words: str) -> None:
    ledger.take(ask(), NO_LIMITS)
    ledger.record(give(ask()))
    vote = Feedback("answer-1", "U1", Opinion.BAD, MONDAY, Fault.OTHER, words)
    ledger.vote(vote)
    assert ledger.feedback("answer-1") == [vote]
    act = Act(words, words, words, MONDAY, words)
    ledger.note(act)
    assert ledger.acts(1) == [act]
    ledger.move_mark("mark", None, words)
    assert ledger.move_mark("mark", words, words + "!")
    assert ledger.mark("mark") == words + "!"


def test_words_of_reviewers_come_back_as_they_were(ledger: SqlLedger, words: str) -> None:
    ledger.take(ask(), NO_LIMITS)
    ledger.record(give(ask()))
    citation = replace(cite(), document=words, version=words, title=words, quote=words, url=words)
    said = (Statement(words, (citation,), Status.COMPLETE),)
    verdict = replace(correct(), comment=words, correction=said)
    approval = replace(approval_by(verdict), basis=words)
    ledger.rule(verdict, approval)
    assert ledger.verdicts("answer-1") == [verdict]
    assert ledger.approvals() == [approval]
    ledger.lapse(verdict.id, MONDAY, words)
    assert next(ledger.records()).approvals == (replace(approval, lapsed_at=MONDAY, lapse=words),)


@pytest.mark.parametrize("name", SHORT.values(), ids=list(SHORT))
def test_names_tell_apart_whatever_they_hold(ledger: SqlLedger, name: str) -> None:
    place = Place(name, name, name, name, name)
    inquiry = replace(ask(person=name), id=name, place=place)
    other = replace(inquiry, id=name + "\0", place=replace(place, message=name + "\0"))
    assert [ledger.take(each, NO_LIMITS) for each in (inquiry, other)] == [Taking.TAKEN] * 2
    assert ledger.thread(name, name, name).inquiries == (inquiry, other)
    recorded = ledger.record(give(inquiry, name, [replace(cite(), document=name, version=name)]))
    assert ledger.recent(name, name, 5) == [(inquiry, recorded)]
    ledger.posted(name, Post(name, name))
    assert ledger.answer(name).posts == (Post(name, name),)
    request = HelpRequest(name, name, name, MONDAY, Post(name, name))
    assert ledger.ask_person(request) == request
    assert ledger.resolve(name, name) == replace(request, resolved_by=name)
    assert ledger.mute(name, name, name, name)
    assert not ledger.thread(name, name, name + "\0").muted
    assert ledger.move_mark(name, None, "1")
    assert ledger.mark(name) == "1"
    assert [each.id for each in ledger.stop(name, name, name)] == [name, name + "\0"]


@pytest.mark.parametrize("name", SHORT.values(), ids=list(SHORT))
def test_reviews_and_purges_tell_names_apart_whatever_they_hold(ledger: SqlLedger, name: str) -> None:
    for number, person in ((1, name), (2, name + "\0"), (3, "U3")):
        inquiry = replace(ask(number, person), history=(name,))
        ledger.take(inquiry, NO_LIMITS)
        ledger.record(give(inquiry, f"{name}{number}"))
    verdict = replace(approve(name, f"{name}3"), reviewer=name)
    approval = replace(approval_by(verdict, name), statements=())
    ledger.rule(verdict, approval)
    assert ledger.approval(name) == approval
    assert ledger.approval(name + "\0") is None
    assert ledger.activities(name) == [verdict]
    assert [each.inquiry.person for each in ledger.records(person=name)] == [name]
    ledger.purge(None, name)
    assert [each.inquiry.person for each in ledger.records()] == [name + "\0", "U3"]
    assert ledger.approvals() == [replace(approval, reviewer="erased")]


def test_a_name_of_a_megabyte_comes_back_or_is_refused_in_a_sentence(url: str, ledger: SqlLedger) -> None:
    long = "".join(chr(33 + number * number % 8_009) for number in range(1_000_000))
    inquiry = replace(ask(), place=replace(ask().place, message=long))
    if url.startswith("sqlite"):
        assert ledger.take(inquiry, NO_LIMITS) is Taking.TAKEN
        return
    with pytest.raises(LedgerError, match="refused a statement: index row") as raised:
        ledger.take(inquiry, NO_LIMITS)
    assert len(str(raised.value)) < 500
    assert ledger.waiting() == 0


def test_an_error_shows_an_unknown_name_without_what_steers_a_terminal(ledger: SqlLedger) -> None:
    with pytest.raises(UnknownAnswer, match=r"no answer '\\x1b\[2J\\ud800'") as raised:
        ledger.answer("\x1b[2J\ud800")
    assert str(raised.value).isascii()


def test_ordinary_words_are_stored_as_they_are(url: str, ledger: SqlLedger) -> None:
    words = WORDS["emoji"] + WORDS["right to left"] + WORDS["sql"]
    ledger.take(ask(words=words), NO_LIMITS)
    engine = create_engine(url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT words FROM inquiries")).scalar_one() == words
    engine.dispose()
