"""Asking on a page: what is kept, what is shown, who may see it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

from askpcc.asking.answering import Answered
from askpcc.errors import LedgerError
from askpcc.inquiry_workers import AnswerRecorder
from askpcc.model import (
    Endorsement,
    Inquiry,
    InquiryState,
    Limits,
    Place,
    RecordedAnswer,
    Why,
)
from askpcc.review.verdicts import ReviewQueue, Scrutiny
from askpcc.web.question_service import LazyAnswerer
from askpcc.web.sessions import Person, RoleTable
from support.web_house import ORIGIN, QUILL, House, ask, enter_by, link_for, open_house, token_in
from support.whole_flow import WholeFlow

pytest_plugins = ("support.web_fixtures",)

HEATING = "Has Borsetshire Police repaired the heating of its cells?"
NURSES = "What about recommendation 2?"
OTHER = Person("local", "teal", "Otto Teal")


def test_an_answer_has_its_status_first_and_its_words_with_a_number(house: House) -> None:
    client = house.signed_in()
    page = client.get(ask(client, HEATING)).text
    status = page.index('class="status status-complete">Complete</strong>')
    quotation = page.index("“The heating of all 19 cells has now been repaired.”")
    number = page.index(">[1]</a>")
    sources = page.index("<h3>Sources</h3>")
    assert status < quotation < number < sources
    assert (
        "Cold cells: response to the inspection of custody in Borsetshire</a>, 3 May 2024" in page[sources:]
    )


def test_the_number_of_a_citation_leads_to_the_words_in_their_version(house: House) -> None:
    client = house.signed_in()
    client.get(ask(client, HEATING))
    (inquiry, recorded), *_ = house.ledger.recent(QUILL.team, QUILL.id, 1)
    cited = recorded.answer.statements[0].citations[0]
    page = client.get(
        f"/source/{cited.document}?version={cited.version}&at={cited.span.start}:{cited.span.end}"
    ).text
    assert f'<mark id="cited">{cited.quote}</mark>' in page
    assert inquiry.words == HEATING


def test_a_question_is_kept_with_its_person_before_it_is_answered(house: House) -> None:
    client = house.signed_in()
    ask(client, HEATING)
    (inquiry, recorded), *_ = house.ledger.recent(QUILL.team, QUILL.id, 1)
    assert inquiry.person == QUILL.id
    assert inquiry.place.surface == "web"
    assert inquiry.private
    assert recorded.answer.question.words == HEATING


def test_no_worker_of_another_surface_takes_a_question_up(house: House) -> None:
    ask(house.signed_in(), HEATING)
    assert house.ledger.waiting() == 0


def test_earlier_questions_of_a_conversation_are_its_history(house: House) -> None:
    client = house.signed_in()
    conversation = ask(client, HEATING)
    assert ask(client, NURSES, conversation.rpartition("/")[2]) == conversation
    (inquiry, recorded), *_ = house.ledger.recent(QUILL.team, QUILL.id, 1)
    assert inquiry.history == (HEATING,)
    page = client.get(conversation).text.partition("<main")[2]
    assert page.index(HEATING) < page.index(NURSES)
    assert recorded.answer.question.history == (HEATING,)


def test_a_conversation_is_its_askers_alone(house: House) -> None:
    conversation = ask(house.signed_in(), HEATING)
    other = house.signed_in(OTHER)
    assert other.get(conversation).status_code == 404
    assert HEATING not in other.get("/").text


def test_a_conversation_cannot_be_joined(house: House) -> None:
    conversation = ask(house.signed_in(), HEATING)
    other = house.signed_in(OTHER)
    own = ask(other, NURSES, conversation.rpartition("/")[2])
    assert HEATING not in other.get(own).text
    assert NURSES not in house.signed_in().get(conversation).text
    (inquiry, _), *_ = house.ledger.recent(OTHER.team, OTHER.id, 1)
    assert inquiry.history == ()


def test_an_answer_is_shown_to_its_asker_and_to_reviewers(shelf: WholeFlow, tmp_path: Path) -> None:
    roles = RoleTable(reviewers=frozenset({"reviewer"}))
    with open_house(shelf, tmp_path, enter_by(link_for(), roles)) as house:
        ask(house.signed_in(), HEATING)
        (_, recorded), *_ = house.ledger.recent(QUILL.team, QUILL.id, 1)
        path = f"/answers/{recorded.id}"
        assert HEATING in house.signed_in().get(path).text
        assert HEATING in house.signed_in(Person("local", "reviewer", "A Reviewer")).get(path).text
        assert house.signed_in(OTHER).get(path).status_code == 404
        assert house.signed_in().get("/answers/0000000000").status_code == 404


def test_a_form_that_is_sent_twice_asks_once(house: House) -> None:
    client = house.signed_in()
    token = token_in(client.get("/").text)
    form = {"csrf": token, "question": HEATING, "conversation": "a" * 16, "message": "b" * 16}
    answers = [client.post("/ask", data=form, headers={"Origin": ORIGIN}) for _ in range(2)]
    assert {answer.headers["location"] for answer in answers} == {f"/conversations/{'a' * 16}#latest"}
    assert len(house.ledger.recent(QUILL.team, QUILL.id, 5)) == 1


def test_what_is_no_question_is_told_at_once_and_not_kept(house: House) -> None:
    for question, told in [("", "is empty"), (" \n ", "is empty"), ("why " * 600, "2,000 are the most")]:
        client = house.signed_in()
        token = token_in(client.get("/").text)
        answer = client.post("/ask", data={"csrf": token, "question": question}, headers={"Origin": ORIGIN})
        assert answer.status_code == 400
        assert told in answer.text
        assert house.ledger.recent(QUILL.team, QUILL.id, 5) == []


def test_words_that_cannot_be_read_are_told_in_the_conversation(house: House) -> None:
    client = house.signed_in()
    assert "Ask in English, please." in client.get(ask(client, "Что сделано по рекомендации 5?")).text


def test_who_asks_too_much_is_told_the_limit_and_keeps_their_words(shelf: WholeFlow, tmp_path: Path) -> None:
    with open_house(shelf, tmp_path, limits=Limits(per_minute=1)) as house:
        client = house.signed_in()
        ask(client, HEATING)
        token = token_in(client.get("/").text)
        answer = client.post("/ask", data={"csrf": token, "question": NURSES}, headers={"Origin": ORIGIN})
        assert answer.status_code == 429
        assert "You asked 1 questions within a minute" in answer.text
        assert NURSES in answer.text
        ask(house.signed_in(OTHER), HEATING)


def test_an_answer_that_must_be_looked_at_waits_for_a_reviewer(house: House) -> None:
    house.questions.review_queue = ReviewQueue(house.ledger, house.clock, Scrutiny(sample=1))
    ask(house.signed_in(), HEATING)
    (_, recorded), *_ = house.ledger.recent(QUILL.team, QUILL.id, 1)
    assert [waiting.answer for waiting in house.ledger.queue(5)] == [recorded.id]


class FullQueue(ReviewQueue):
    """A queue that cannot be written."""

    def answered(self, recorded: RecordedAnswer) -> list[Why]:
        """Fail as a full disk does."""
        raise LedgerError(f"The ledger is full: {recorded.id}.")


def test_an_answer_is_shown_although_the_queue_cannot_be_written(house: House) -> None:
    house.questions.review_queue = FullQueue(house.ledger, house.clock)
    client = house.signed_in()
    assert "The heating of all 19 cells" in client.get(ask(client, HEATING)).text


@dataclass
class Slow:
    """Answers when it is told to."""

    answers: LazyAnswerer
    go: Event = field(default_factory=Event)
    began: Event = field(default_factory=Event)

    def answer(self, typed: str, history: Sequence[str] = ()) -> Answered:
        """Wait, and answer."""
        self.began.set()
        assert self.go.wait(120)
        return self.answers.answer(typed, history)


@contextmanager
def slowly(house: House) -> Iterator[Slow]:
    """Let the house answer when it is told to."""
    slow = Slow(LazyAnswerer(house.flow.open_answerer))
    before = house.questions.recorder
    house.questions.recorder = AnswerRecorder(slow, house.ledger, house.clock, lambda: "ffffffffff")
    house.questions.seconds_to_wait = 0
    try:
        yield slow
    finally:
        slow.go.set()
        house.questions.close()
        slow.answers.close()
        house.questions.recorder = before


def test_while_the_model_loads_a_page_says_so_and_looks_again(house: House) -> None:
    client = house.signed_in()
    with slowly(house) as slow:
        conversation = ask(client, HEATING)
        assert slow.began.wait(120)
        page = client.get(conversation).text
        assert "The language model is being loaded" in page
        assert '<meta http-equiv="refresh"' in page
    page = client.get(conversation).text
    assert "The heating of all 19 cells has now been repaired." in page
    assert "http-equiv" not in page


def test_when_too_many_are_being_answered_no_more_are_taken(house: House) -> None:
    house.questions.limits = Limits(waiting=1)
    with slowly(house) as slow:
        ask(house.signed_in(), HEATING)
        assert slow.began.wait(120)
        client = house.signed_in(OTHER)
        token = token_in(client.get("/").text)
        answer = client.post("/ask", data={"csrf": token, "question": NURSES}, headers={"Origin": ORIGIN})
        assert answer.status_code == 429
        assert "Too many questions wait" in answer.text


def test_before_the_first_question_the_page_says_that_it_takes_longer(house: House) -> None:
    client = house.signed_in()
    note = "The first question after a start takes longer"
    assert note in client.get("/").text
    ask(client, HEATING)
    assert note not in client.get("/").text


def test_a_question_that_an_earlier_process_left_is_told_as_lost(house: House) -> None:
    place = Place("web", QUILL.team, f"web:{QUILL.id}", "c" * 16, "d" * 16)
    left = Inquiry("eeeeeeeeee", place, QUILL.id, HEATING, house.clock(), state=InquiryState.WORKING)
    house.ledger.take(left, Limits())
    page = house.signed_in().get(f"/conversations/{'c' * 16}").text
    assert "Ask it again." in page


def test_without_an_index_the_asker_is_told_with_a_reference_and_no_path(
    tmp_path: Path, shelf: WholeFlow
) -> None:
    with open_house(WholeFlow(tmp_path, shelf.embedder), tmp_path) as house:
        client = house.signed_in()
        assert "There is no index yet" in client.get("/").text
        page = client.get(ask(client, HEATING)).text
        assert "The index or the ledger cannot be used now" in page
        assert str(tmp_path) not in page
        answer = client.get("/register")
        assert answer.status_code == 503
        assert str(tmp_path) not in answer.text


def test_who_approved_an_answer_is_said(house: House) -> None:
    client = house.signed_in()
    ask(client, HEATING)
    (inquiry, given), *_ = house.ledger.recent(QUILL.team, QUILL.id, 1)
    place = replace(inquiry.place, thread="c" * 16, message="d" * 16)
    house.ledger.take(replace(inquiry, id="eeeeeeeeee", place=place), Limits())
    approved = replace(given.answer, endorsement=Endorsement("Otto Teal", house.clock()))
    house.ledger.record(replace(given, id="ffffffffff", inquiry="eeeeeeeeee", answer=approved))
    for path in (f"/conversations/{'c' * 16}", "/answers/ffffffffff"):
        assert "Approved by Otto Teal on 3 May 2026, 12:00 UTC" in client.get(path).text
