"""Reviewing on pages: who may, what waits, what a verdict does, when an approval lapses."""

import re
import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from httpx import Response
from starlette.testclient import TestClient

from askpcc.model import (
    Act,
    Judgement,
    RecordedAnswer,
    Ruling,
    Status,
    Why,
)
from askpcc.review.approvals import ApprovalExpiry
from askpcc.web.sessions import Person, RoleTable
from support.web_house import ORIGIN, QUILL, House, ask, enter_by, link_for, open_house, token_in
from support.whole_flow import WholeFlow

pytest_plugins = ("support.web_fixtures",)

CUSTODY = "borsetshire-custody-2024.md"
HEATING = "What has become of recommendation 1, the heating of the cells, in Borsetshire?"
NURSES = "Is recommendation 2 of Borsetshire complete?"
SILENT = "Is recommendation 9 of Borsetshire complete?"
REPAIRED = "The heating of all 19 cells has now been repaired."
TRAINING = "The training will begin in July 2024."
TEAL = Person("local", "teal", "Otto Teal")
BOSS = Person("local", "boss", "The Boss")
ASKER = Person("local", "asker", "An Asker")
ROLES = RoleTable(reviewers=frozenset({QUILL.id, TEAL.id}), admins=frozenset({BOSS.id}))


@dataclass
class Bench:
    """The pages with reviewers, and an asker whose answers wait."""

    house: House
    asker: TestClient
    reviewer: TestClient
    asked: dict[str, RecordedAnswer] = field(default_factory=dict)

    def wait(self, question: str = HEATING, *reasons: Why) -> str:
        """Ask, and let the answer wait; return its id."""
        self.house.clock.advance(timedelta(minutes=1))
        ask(self.asker, question)
        (_, recorded), *_ = self.house.ledger.recent(ASKER.team, ASKER.id, 1)
        for why in reasons or (Why.ASKED_PERSON,):
            self.house.ledger.enqueue(recorded.id, why, self.house.clock())
        return recorded.id

    def send(self, answer: str, **fields: str) -> Response:
        """Send the form of an answer's page, filled in."""
        return self.send_as(self.reviewer, answer, **fields)

    def send_as(self, client: TestClient, answer: str, **fields: str) -> Response:
        """Send it in another's browser."""
        filled = {**hidden_in(client.get(f"/review/{answer}").text), **fields}
        return post(client, answer, filled)

    def rulings(self, answer: str) -> list[Ruling]:
        """Return what was decided, oldest first."""
        return [verdict.ruling for verdict in self.house.ledger.verdicts(answer)]


def hidden_in(page: str) -> dict[str, str]:
    """Return the hidden fields of the form of a verdict."""
    form = page[page.index('<form class="judging"') :]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))


def post(client: TestClient, answer: str, fields: Mapping[str, str]) -> Response:
    headers = {"Origin": ORIGIN}
    return client.post(f"/review/{answer}", data=dict(fields), headers=headers)  # type: ignore[return-value] # the client\'s own httpx


def text_of(page: str) -> str:
    """Return the words of a page."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


@pytest.fixture
def bench(shelf: WholeFlow, tmp_path: Path) -> Iterator[Bench]:
    """Return pages on an index that a test may change."""
    shutil.copytree(shelf.folder, tmp_path / "own")
    flow = WholeFlow(tmp_path / "own", shelf.embedder)
    with open_house(flow, tmp_path, enter_by(link_for(), ROLES)) as house:
        yield Bench(house, house.signed_in(ASKER), house.signed_in(QUILL))


def test_reviewers_and_admins_see_what_waits(bench: Bench) -> None:
    answer = bench.wait()
    for person in [QUILL, TEAL, BOSS]:
        client = bench.house.signed_in(person)
        assert client.get("/review").status_code == 200
        assert client.get(f"/review/{answer}").status_code == 200
        assert 'href="/review"' in client.get("/").text


def test_others_neither_see_nor_decide(bench: Bench) -> None:
    answer = bench.wait()
    assert bench.asker.get("/review").status_code == 403
    refused = bench.asker.get(f"/review/{answer}")
    assert refused.status_code == 403
    assert HEATING not in refused.text
    token = token_in(bench.asker.get("/").text)
    assert post(bench.asker, answer, {"csrf": token, "ruling": "approved"}).status_code == 403
    assert bench.rulings(answer) == []
    assert 'href="/review' not in bench.asker.get(f"/answers/{answer}").text


def test_without_a_session_nothing_is_shown(bench: Bench) -> None:
    answer = bench.wait()
    for path in ("/review", f"/review/{answer}"):
        assert bench.house.client().get(path).status_code == 403
    assert post(bench.house.client(), answer, {"ruling": "approved"}).status_code == 403


def test_the_queue_has_the_oldest_first_with_reasons_asker_and_place(bench: Bench) -> None:
    bench.wait(HEATING, Why.BAD_FEEDBACK, Why.ASKED_PERSON)
    bench.wait(NURSES, Why.WITHHELD)
    page = text_of(bench.reviewer.get("/review").text)
    assert page.index(HEATING) < page.index(NURSES)
    assert "Because somebody found it wrong; somebody asked for a person" in page
    assert "Waits since 3 May 2026, 12:01 UTC · asked by asker on these pages" in page


def test_the_queue_is_filtered_by_reason(bench: Bench) -> None:
    bench.wait(HEATING, Why.BAD_FEEDBACK)
    bench.wait(NURSES, Why.WITHHELD)
    page = bench.reviewer.get("/review?why=withheld").text
    assert NURSES in page
    assert HEATING not in page
    assert "Nothing waits for this reason" in bench.reviewer.get("/review?why=lapsed").text
    assert HEATING in bench.reviewer.get("/review?why=nonsense").text


def test_an_answer_stands_beside_its_source_with_the_words_marked(bench: Bench) -> None:
    page = bench.reviewer.get(f"/review/{bench.wait()}").text
    assert 'data-cites="1">' + REPAIRED + "</mark>" in page
    assert '<span class="place" id="cite-1"></span><mark' in page
    assert 'href="#cite-1"' in page
    assert TRAINING in text_of(page)


def test_an_approval_is_kept_told_and_given_again(bench: Bench) -> None:
    answer, other = bench.wait(), bench.wait(NURSES)
    sent = bench.send(answer, ruling="approved", comment="Checked.", **{"judgement-1": "supported"})
    assert sent.headers["location"] == f"/review/{other}?done={answer}"
    (verdict,) = bench.house.ledger.verdicts(answer)
    assert (verdict.reviewer, verdict.comment) == (QUILL.id, "Checked.")
    assert verdict.judgements == (Judgement.SUPPORTED,)
    assert bench.house.ledger.acts(1) == [
        Act(QUILL.id, "give verdict", f"answer {answer}", verdict.at, "approved")
    ]
    told = text_of(bench.reviewer.get(sent.headers["location"]).text)
    assert f"Approved: {HEATING} . The same question is answered so from now on." in told
    shown = text_of(bench.asker.get(f"/answers/{answer}").text)
    assert "Approved by quill on 3 May 2026, 12:02 UTC. Statements: 1 supported Comment: Checked." in shown
    assert "Not reviewed by a person" not in shown
    again = text_of(bench.asker.get(ask(bench.asker, HEATING)).text)
    assert "Approved by quill on 3 May 2026, 12:02 UTC" in again


def test_after_the_last_verdict_comes_the_empty_queue(bench: Bench) -> None:
    answer = bench.wait()
    sent = bench.send(answer, ruling="rejected")
    assert sent.headers["location"] == f"/review?done={answer}"
    page = text_of(bench.reviewer.get(sent.headers["location"]).text)
    assert "Nothing waits." in page
    assert f"Rejected: {HEATING}" in page


def test_the_filter_stays_from_answer_to_answer(bench: Bench) -> None:
    first, _, third = bench.wait(), bench.wait(NURSES, Why.SAMPLE), bench.wait(SILENT)
    fields = hidden_in(bench.reviewer.get(f"/review/{first}").text) | {"ruling": "rejected"}
    sent = bench.reviewer.post(f"/review/{first}?why=asked_person", data=fields, headers={"Origin": ORIGIN})
    assert sent.headers["location"] == f"/review/{third}?why=asked_person&done={first}"


def test_an_approved_abstention_says_that_it_is_not_given_again(bench: Bench) -> None:
    sent = bench.send(bench.wait(SILENT), ruling="approved")
    assert "the same question is not answered so" in text_of(
        bench.reviewer.get(sent.headers["location"]).text
    )


def test_a_correction_by_pasted_words_is_cited_exactly_and_shown_to_the_asker(bench: Bench) -> None:
    answer = bench.wait(NURSES)
    bench.send(
        answer,
        ruling="corrected",
        words="the  training will begin".replace("the", "The"),
        document=CUSTODY,
        status="planned",
    )
    (statement,) = bench.house.ledger.verdicts(answer)[0].correction
    assert statement.status is Status.PLANNED
    assert statement.citations[0].quote == "The training will begin"
    page = text_of(bench.asker.get(f"/answers/{answer}").text)
    assert "Corrected by quill" in page
    assert "“The training will begin”" in page


def test_a_correction_by_chosen_words_keeps_the_marks_of_the_format_between_them(bench: Bench) -> None:
    answer = bench.wait(NURSES)
    document = bench.house.library.document("monitoring.md")
    start = document.text.index("Scan")
    end = document.text.index("of monitoring of every")
    place = f"{start}:{end}"
    bench.send(
        answer,
        ruling="corrected",
        words="Scan is the default phase",
        document=document.path,
        place=place,
        version=document.version,
    )
    (statement,) = bench.house.ledger.verdicts(answer)[0].correction
    assert statement.citations[0].quote == "Scan** is the default phase"


def test_words_that_stand_twice_are_cited_where_they_were_chosen(bench: Bench) -> None:
    answer = bench.wait(NURSES)
    text = bench.house.library.document(CUSTODY).text
    version = bench.house.library.document(CUSTODY).version
    words = "the force should"
    second = text.index(words, text.index(words) + 1)
    chosen = {"words": words, "document": CUSTODY, "place": f"{second}:{second + len(words)}"}
    assert "times in" in bench.send(answer, ruling="corrected", **chosen).text
    assert bench.send(answer, ruling="corrected", version=version, **chosen).status_code == 303
    (statement,) = bench.house.ledger.verdicts(answer)[0].correction
    assert statement.citations[0].span.start == second


REFUSED: Mapping[str, tuple[dict[str, str], str]] = {
    "nothing chosen": ({}, "Choose what is to become of the answer"),
    "an unknown ruling": ({"ruling": "sentenced"}, "Choose what is to become"),
    "approved though wrong": (
        {"ruling": "approved", "judgement-1": "wrong_status"},
        "A statement that is not supported cannot be approved",
    ),
    "no words": ({"ruling": "corrected", "document": CUSTODY}, "Choose the words of the source"),
    "words that stand nowhere": (
        {"ruling": "corrected", "document": CUSTODY, "words": "all cells are quite warm"},
        "These words do not stand in",
    ),
    "too few words": (
        {"ruling": "corrected", "document": CUSTODY, "words": "been repaired"},
        "Cite at least 3 words",
    ),
    "no such status": (
        {"ruling": "corrected", "document": CUSTODY, "words": REPAIRED, "status": "splendid"},
        "This is no status",
    ),
    "a long comment": ({"ruling": "rejected", "comment": "x" * 2_001}, "longer than 2,000 characters"),
    "what is answered now, where that is the same": ({"ruling": "new"}, "The documents have changed again"),
}


def test_what_cannot_stand_is_told_beside_its_field_and_nothing_is_lost(bench: Bench) -> None:
    answer = bench.wait()
    for fields, words in REFUSED.values():
        refused = bench.send(answer, **{"comment": "A remark.", **fields})
        assert refused.status_code == 400
        assert words in text_of(refused.text)
        assert refused.text.count('role="alert"') == 1
        assert fields.get("comment", "A remark.") in refused.text
        assert bench.rulings(answer) == []
        assert bench.house.ledger.acts(1) == []


def test_the_second_of_two_reviewers_is_told_and_may_still_decide(bench: Bench) -> None:
    answer = bench.wait()
    other = bench.house.signed_in(TEAL)
    mine = hidden_in(bench.reviewer.get(f"/review/{answer}").text)
    bench.send_as(other, answer, ruling="rejected", comment="Not so.")
    told = post(bench.reviewer, answer, {**mine, "ruling": "approved", "comment": "It is."})
    assert told.status_code == 409
    assert "Somebody decided meanwhile" in told.text
    assert "Rejected by teal" in text_of(told.text)
    assert "It is." in told.text
    assert bench.rulings(answer) == [Ruling.REJECTED]
    again = {**hidden_in(told.text), "ruling": "approved"}
    assert post(bench.reviewer, answer, again).status_code == 303
    assert bench.rulings(answer) == [Ruling.REJECTED, Ruling.APPROVED]


def test_a_form_that_is_sent_twice_counts_once(bench: Bench) -> None:
    answer = bench.wait()
    form = hidden_in(bench.reviewer.get(f"/review/{answer}").text) | {"ruling": "rejected"}
    assert [post(bench.reviewer, answer, form).status_code for _ in range(2)] == [303, 409]


def test_of_two_reviewers_at_the_same_moment_one_is_told_of_the_other(bench: Bench) -> None:
    answer = bench.wait()
    clients = [bench.reviewer, bench.house.signed_in(TEAL)]
    forms = [hidden_in(one.get(f"/review/{answer}").text) | {"ruling": "rejected"} for one in clients]
    together = Barrier(2)

    def send(number: int) -> int:
        together.wait(60)
        return post(clients[number], answer, forms[number]).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, range(2))) == [303, 409]
    assert len(bench.rulings(answer)) == 1


def change_heating(bench: Bench) -> None:
    """Let the documents say something else, and end the approvals that rest on them."""
    text = (bench.house.flow.corpus / CUSTODY).read_text("utf-8")
    bench.house.flow.write(CUSTODY, text.replace(REPAIRED, "The heating of 11 cells is being repaired."))
    assert not bench.house.flow.run().failed
    house = bench.house
    with house.flow.open_answerer() as answerer:
        keeper = ApprovalExpiry(answerer, house.ledger, house.ledger, house.library.catalogue, house.clock)
        assert len(list(keeper.check())) == 1


def lapse(bench: Bench) -> str:
    answer = bench.wait()
    bench.send(answer, ruling="approved")
    change_heating(bench)
    return answer


def test_a_lapsed_approval_shows_then_beside_now_with_the_change_marked(bench: Bench) -> None:
    page = bench.reviewer.get(f"/review/{lapse(bench)}").text
    assert "its approval has lapsed" in page
    assert "The approval lapsed on 3 May 2026" in page
    assert "Words that it cites are not in the documents any more." in page
    assert "<del>has now been</del>" in page
    assert "<ins>is being</ins>" in page
    assert "approve what is answered now" in page
    assert "This is an earlier version" in text_of(page) or "earlier version: its words" in text_of(page)


def test_what_is_answered_now_is_approved_in_its_place_if_it_is_what_was_shown(bench: Bench) -> None:
    answer = lapse(bench)
    refused = bench.send(answer, ruling="new", seen="0" * 32)
    assert refused.status_code == 400
    assert "The documents have changed again" in refused.text
    assert bench.send(answer, ruling="new").status_code == 303
    assert bench.rulings(answer) == [Ruling.APPROVED, Ruling.CORRECTED]
    again = text_of(bench.asker.get(ask(bench.asker, HEATING)).text)
    assert "Approved by quill" in again
    assert "11 cells" in again


def test_a_lapsed_answer_that_was_corrected_is_given_again(bench: Bench) -> None:
    answer = lapse(bench)
    words = {"words": "The training will begin in July 2024", "document": CUSTODY}
    bench.send(answer, ruling="corrected", **words)
    assert [each.answer for each in bench.house.ledger.approvals()] == [answer]


def test_an_old_answer_shows_what_is_answered_now_before_anybody_approves_it(bench: Bench) -> None:
    answer, other = bench.wait(), bench.wait(HEATING)
    bench.send(other, ruling="approved")
    change_heating(bench)
    page = bench.reviewer.get(f"/review/{answer}").text
    assert "The index has changed since this was answered" in page
    assert "<ins>is being</ins>" in page


def test_an_answer_that_was_never_given_is_not_found(bench: Bench) -> None:
    assert bench.reviewer.get("/review/0123456789").status_code == 404
    token = token_in(bench.reviewer.get("/").text)
    assert post(bench.reviewer, "0123456789", {"csrf": token}).status_code == 404
    assert bench.reviewer.get("/review?done=0123456789").status_code == 200
