"""Forms of verdicts that were tampered with, and words in them that try to be more than text."""

import pytest
from test_hostile_web_text import EVIL, Elements, assert_harmless
from test_web_review import CUSTODY, HEATING, REPAIRED, TEAL, Bench, bench, hidden_in, post, text_of

from support.web_documents import HOSTILE_PATH
from support.web_house import token_in

pytest_plugins = ("support.web_fixtures",)

__all__ = ["bench"]

LOCKS = "Has Wessex-on-Sea Police locked its doors?"


ELSEWHERE = [
    {"Origin": "https://elsewhere.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
]


def test_a_verdict_from_elsewhere_is_refused(bench: Bench) -> None:
    answer = bench.wait()
    for headers in ELSEWHERE:
        form = hidden_in(bench.reviewer.get(f"/review/{answer}").text) | {"ruling": "approved"}
        refused = bench.reviewer.post(f"/review/{answer}", data=form, headers=headers)
        assert refused.status_code == 403
        assert bench.rulings(answer) == []


def test_a_verdict_with_the_token_of_another_session_is_refused(bench: Bench) -> None:
    answer = bench.wait()
    token = token_in(bench.house.signed_in(TEAL).get("/").text)
    assert bench.send(answer, ruling="approved", csrf=token).status_code == 403
    assert bench.send(answer, ruling="approved", csrf="").status_code == 403
    assert bench.rulings(answer) == []


NO_STATEMENTS = [
    {"judgement-2": "supported"},
    {"judgement-0": "supported"},
    {"judgement--1": "supported"},
    {"judgement-01": "supported"},
    {"judgement-": "supported"},
    {"judgement-1": "true"},
    {"judgement-1": "supported", "judgement-999999": ""},
]


def test_judgements_on_statements_that_are_not_there_are_refused(bench: Bench) -> None:
    answer = bench.wait()
    for forged in NO_STATEMENTS:
        refused = bench.send(answer, ruling="rejected", **forged)
        assert refused.status_code == 400
        assert "These judgements do not fit this answer" in refused.text
        assert bench.rulings(answer) == []


NO_DOCUMENTS = [
    "../catalogue.sqlite",
    "/etc/passwd",
    "sources.csv",
    "borsetshire-custody-2024.md\0.txt",
    "./borsetshire-custody-2024.md",
    "",
    EVIL,
    "\ud800",
]


def test_a_correction_cites_documents_of_the_corpus_only(bench: Bench) -> None:
    answer = bench.wait()
    for path in NO_DOCUMENTS:
        written = path.encode("utf-8", "replace").decode()
        refused = bench.send(answer, ruling="corrected", words=REPAIRED, document=written)
        assert refused.status_code == 400
        assert "This is no document of the corpus" in refused.text
        assert "root:" not in refused.text
        assert_harmless(refused.text)
        assert bench.rulings(answer) == []


@pytest.mark.parametrize("place", ["0:99999999", "a:b", "0:5"])
def test_a_forged_place_cites_nothing_but_the_words_that_were_sent(bench: Bench, place: str) -> None:
    answer = bench.wait()
    version = bench.house.library.document(CUSTODY).version
    bench.send(answer, ruling="corrected", words=REPAIRED, document=CUSTODY, place=place, version=version)
    (statement,) = bench.house.ledger.verdicts(answer)[0].correction
    assert statement.citations[0].quote == REPAIRED


@pytest.mark.parametrize("known", ["", EVIL])
def test_no_verdict_is_passed_over_by_a_forged_field(bench: Bench, known: str) -> None:
    answer = bench.wait()
    bench.send_as(bench.house.signed_in(TEAL), answer, ruling="rejected")
    refused = bench.send(answer, ruling="approved", known=known)
    assert refused.status_code == 409
    assert_harmless(refused.text)
    assert len(bench.rulings(answer)) == 1


def test_a_script_in_title_question_comment_and_words_stays_text(bench: Bench) -> None:
    answer = bench.wait(f"{LOCKS} {EVIL}")
    page = bench.reviewer.get(f"/review/{answer}").text
    assert_harmless(page)
    assert_harmless(bench.reviewer.get("/review").text)
    refused = bench.send(answer, ruling="corrected", words=EVIL, document=HOSTILE_PATH, comment=EVIL)
    assert_harmless(refused.text)
    assert "&lt;script&gt;alert(1)" in refused.text
    words = "doors are complete, says"
    sent = bench.send(answer, ruling="corrected", words=words, document=HOSTILE_PATH, comment=EVIL)
    assert_harmless(bench.reviewer.get(sent.headers["location"]).text)
    assert_harmless(bench.reviewer.get(f"/review/{answer}").text)
    shown = bench.asker.get(f"/answers/{answer}").text
    assert_harmless(shown)
    assert "alert(2)" in text_of(shown)


def test_a_source_beside_an_answer_is_no_markup(bench: Bench) -> None:
    page = bench.reviewer.get(f"/review/{bench.wait(LOCKS)}").text
    assert_harmless(page)
    assert HOSTILE_PATH in page
    targets = [attributes for _, attributes in Elements(page).found if attributes.get("target")]
    assert all(attributes.get("rel") == "noopener" for attributes in targets)


def test_a_forged_address_tells_of_no_verdict(bench: Bench) -> None:
    for done in ["../x", EVIL, "0" * 4_000]:
        page = bench.reviewer.get("/review", params={"done": done, "why": done})
        assert page.status_code == 200
        assert_harmless(page.text)
        assert 'role="status"' not in page.text


def test_what_another_decided_is_not_told_as_ones_own(bench: Bench) -> None:
    answer = bench.wait()
    bench.send_as(bench.house.signed_in(TEAL), answer, ruling="rejected")
    assert HEATING not in bench.reviewer.get(f"/review?done={answer}").text


def test_a_reviewer_who_is_one_no_more_decides_nothing(bench: Bench) -> None:
    answer = bench.wait()
    page = bench.reviewer.get(f"/review/{answer}").text
    form = hidden_in(page) | {"ruling": "approved", "csrf": token_in(bench.asker.get("/").text)}
    assert post(bench.asker, answer, form).status_code == 403
    assert bench.rulings(answer) == []
