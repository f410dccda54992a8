"""Saying on a page whether an answer is right, and asking a person to look at it."""

from askpcc.model import Fault, Opinion, Why
from support.web_house import ORIGIN, QUILL, House, ask, token_in

pytest_plugins = ("support.web_fixtures",)

HEATING = "Has Borsetshire Police repaired the heating of its cells?"


def answered(house: House) -> str:
    """Ask a question and return the answer's id."""
    client = house.signed_in()
    client.get(ask(client, HEATING))
    (_, recorded), *_ = house.ledger.recent(QUILL.team, QUILL.id, 1)
    return str(recorded.id)


def send(house: House, answer: str, what: str, **fields: str) -> str:
    client = house.signed_in()
    token = token_in(client.get(f"/answers/{answer}").text)
    sent = client.post(
        f"/answers/{answer}/{what}", data={"csrf": token, **fields}, headers={"origin": ORIGIN}
    )
    assert sent.status_code == 303
    return str(client.get(sent.headers["location"]).text)


def reasons(house: House, answer: str) -> tuple[Why, ...]:
    return next((waiting.why for waiting in house.ledger.queue(50) if waiting.answer == answer), ())


def test_a_good_opinion_is_kept_and_thanked_for(house: House) -> None:
    answer = answered(house)
    assert "it is kept with the answer" in send(house, answer, "opinion", opinion="good")
    assert [one.opinion for one in house.ledger.feedback(answer)] == [Opinion.GOOD]


def test_a_bad_opinion_puts_the_answer_before_the_reviewers_with_its_fault(house: House) -> None:
    answer = answered(house)
    send(house, answer, "opinion", opinion="bad", fault="wrong_status", comment="<b>newer</b>")
    (given,) = house.ledger.feedback(answer)
    assert (given.fault, given.comment) == (Fault.WRONG_STATUS, "<b>newer</b>")
    assert Why.BAD_FEEDBACK in reasons(house, answer)


def test_asking_a_person_puts_the_answer_before_the_reviewers(house: House) -> None:
    answer = answered(house)
    assert "A person will look" in send(house, answer, "help")
    assert Why.ASKED_PERSON in reasons(house, answer)


def test_no_other_word_is_an_opinion(house: House) -> None:
    answer = answered(house)
    for opinion in ["", "splendid", "good\n", "BAD"]:
        send(house, answer, "opinion", opinion=opinion)
        assert house.ledger.feedback(answer) == []


def test_a_form_without_its_token_is_refused(house: House) -> None:
    answer = answered(house)
    client = house.signed_in()
    sent = client.post(f"/answers/{answer}/opinion", data={"opinion": "good"}, headers={"origin": ORIGIN})
    assert sent.status_code == 403
    assert house.ledger.feedback(answer) == []


def test_an_unknown_answer_takes_no_opinion(house: House) -> None:
    client = house.signed_in()
    token = token_in(client.get("/").text)
    sent = client.post(
        "/answers/none/opinion", data={"csrf": token, "opinion": "good"}, headers={"origin": ORIGIN}
    )
    assert sent.status_code == 404
