"""Reviewing in a real browser: verdicts by keyboard, citing by selecting, a lapse, on a phone, in print."""

import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pdfplumber
import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait
from test_web_browser import find_faint_words

from askpcc.model import Judgement, Ruling, Why
from askpcc.review.approvals import ApprovalExpiry
from askpcc.server import HttpServer
from support.web_browser import DESK, PHONE, is_in_view, overhang, print_page, resize
from support.web_house import ORIGIN, QUILL, House, ask, open_house
from support.whole_flow import WholeFlow

pytest_plugins = ("support.web_fixtures",)

CUSTODY = "borsetshire-custody-2024.md"
HEATING = "What has become of recommendation 1, the heating of the cells, in Borsetshire?"
REPAIRED = "The heating of all 19 cells has now been repaired."
SEVERAL = "Is the backlog of permits cleared in Midsomer and Wessex-on-Sea?"
TRAINING = "The training will begin in July 2024."
_SECONDS = 120

SELECT = """
const wanted = arguments[0];
for (const piece of document.querySelectorAll(".source-pane.current [data-at]")) {
  const at = piece.firstChild.data.indexOf(wanted);
  if (at < 0) continue;
  const range = document.createRange();
  range.setStart(piece.firstChild, at);
  range.setEnd(piece.firstChild, at + wanted.length);
  document.getSelection().removeAllRanges();
  document.getSelection().addRange(range);
  return true;
}
return false;
"""
"""Selects words in the source that is shown, as a mouse would."""


@dataclass(frozen=True)
class Reviewer:
    """Somebody at a browser with answers to review."""

    house: House
    browser: Chrome
    base: str

    def wait(self, question: str, *reasons: Why) -> str:
        """Let an answer wait; return its id."""
        self.house.clock.advance(timedelta(minutes=1))
        ask(self.house.signed_in(), question)
        (_, recorded), *_ = self.house.ledger.recent(QUILL.team, QUILL.id, 1)
        for why in reasons or (Why.ASKED_PERSON,):
            self.house.ledger.enqueue(recorded.id, why, self.house.clock())
        return recorded.id

    def open(self, path: str) -> None:
        """Open a page."""
        self.browser.get(f"{self.base}{path}")

    def open_source(self, answer: str) -> None:
        """Open an answer to be reviewed, and wait until its source is shown beside it."""
        self.open(f"/review/{answer}")
        WebDriverWait(self.browser, _SECONDS).until(
            lambda browser: browser.find_elements(By.CSS_SELECTOR, ".source-pane.current")
        )

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, wherever the focus is."""
        for key in keys:
            self.browser.switch_to.active_element.send_keys(key)

    def find(self, selector: str) -> str:
        """Return the words of something that is shown."""
        return self.browser.find_element(By.CSS_SELECTOR, selector).text

    def see(self, selector: str, words: str) -> None:
        """Wait until something shows words."""
        # While another page takes this one's place, its elements are stale or of no document.
        patient = WebDriverWait(self.browser, _SECONDS, ignored_exceptions=[WebDriverException])
        patient.until(
            lambda browser: any(words in one.text for one in browser.find_elements(By.CSS_SELECTOR, selector))
        )

    def rulings(self, answer: str) -> list[Ruling]:
        """Return what was decided, oldest first."""
        return [verdict.ruling for verdict in self.house.ledger.verdicts(answer)]


def read_complaints(browser: Chrome) -> list[str]:
    """Return what the browser complained of since it was asked last, but refused forms."""
    lines = browser.get_log("browser")  # type: ignore[no-untyped-call] # Selenium has no types for it
    return [line["message"] for line in lines if "status of 4" not in line["message"]]


@pytest.fixture
def reviewer(shelf: WholeFlow, chrome: Chrome, tmp_path: Path) -> Iterator[Reviewer]:
    """Return a reviewer at a desk, on an index that a test may change."""
    shutil.copytree(shelf.folder, tmp_path / "own")
    flow = WholeFlow(tmp_path / "own", shelf.embedder)
    with (
        open_house(flow, tmp_path) as house,
        HttpServer(house.app, "127.0.0.1", 0) as server,
    ):
        base = f"http://127.0.0.1:{server.port}"
        chrome.delete_all_cookies()
        resize(chrome, DESK)
        chrome.get(house.link().replace(ORIGIN, base))
        read_complaints(chrome)
        yield Reviewer(house, chrome, base)
        assert read_complaints(chrome) == []


def test_a_verdict_is_given_by_keyboard_and_the_next_answer_comes(reviewer: Reviewer) -> None:
    answer, following = reviewer.wait(HEATING), reviewer.wait(SEVERAL)
    reviewer.open("/review")
    reviewer.press("n")
    reviewer.see("h1", HEATING)
    reviewer.press("j", "1", "a")
    assert reviewer.find("#send") == "Send: approve"
    assert reviewer.rulings(answer) == []
    reviewer.press(Keys.ENTER)
    reviewer.see("h1", SEVERAL)
    assert reviewer.browser.current_url.endswith(f"/review/{following}?done={answer}")
    assert f"Approved: {HEATING}" in reviewer.find(".approved")
    (verdict,) = reviewer.house.ledger.verdicts(answer)
    assert (verdict.ruling, verdict.judgements) == (Ruling.APPROVED, (Judgement.SUPPORTED,))


def test_keys_move_between_statements_and_the_source_follows(reviewer: Reviewer) -> None:
    answer = reviewer.wait(SEVERAL)
    cited = [one.citations[0].document for one in reviewer.house.ledger.answer(answer).answer.statements]
    reviewer.open_source(answer)
    statements = reviewer.browser.find_elements(By.CSS_SELECTOR, ".judged")
    shown = []
    for key, statement in zip(["k", *"j" * (len(cited) - 1)], statements, strict=True):
        reviewer.press(key, "2", "0", "4" if key == "j" else "1")
        assert "current" in (statement.get_attribute("class") or "")
        quoted = statement.find_element(By.CSS_SELECTOR, "blockquote p").text
        assert reviewer.find("mark.current") in quoted
        assert is_in_view(reviewer.browser, "mark.current")
        pane = reviewer.browser.find_element(By.CSS_SELECTOR, ".source-pane.current")
        shown.append(pane.get_attribute("data-document"))
    assert shown == cited
    assert set(shown) == {"midsomer-firearms-2023.md", "wessex-on-sea-firearms-2023.md"}
    reviewer.press("k")
    assert "current" in (statements[-2].get_attribute("class") or "")
    checked = reviewer.browser.find_elements(By.CSS_SELECTOR, ".judged :checked")
    judged = [one.get_attribute("value") for one in checked]
    assert judged == ["supported", *["wrong_source"] * (len(cited) - 1)]


def test_nothing_is_decided_by_keys_while_somebody_types(reviewer: Reviewer) -> None:
    answer = reviewer.wait(HEATING)
    reviewer.open(f"/review/{answer}")
    comment = reviewer.browser.find_element(By.ID, "comment")
    comment.send_keys("1 a rancid j")
    assert comment.get_attribute("value") == "1 a rancid j"
    assert reviewer.browser.find_elements(By.CSS_SELECTOR, "[name=ruling]:checked") == []
    assert reviewer.rulings(answer) == []


def test_a_choice_is_taken_back_by_escape(reviewer: Reviewer) -> None:
    answer = reviewer.wait(HEATING)
    reviewer.open(f"/review/{answer}")
    reviewer.press("j", "r")
    assert reviewer.find("#send") == "Send: reject"
    reviewer.press(Keys.ESCAPE)
    assert reviewer.find("#send") == "Send the verdict"
    assert reviewer.browser.find_elements(By.CSS_SELECTOR, "[name=ruling]:checked") == []
    assert reviewer.rulings(answer) == []


def test_the_next_answer_is_not_opened_over_an_unsent_verdict_at_once(reviewer: Reviewer) -> None:
    answer, _ = reviewer.wait(HEATING), reviewer.wait(SEVERAL)
    reviewer.open(f"/review/{answer}")
    reviewer.press("j", "1", "n")
    assert "This verdict was not sent" in reviewer.find("#intent")
    assert reviewer.find("h1") == HEATING
    reviewer.press("n")
    reviewer.see("h1", SEVERAL)


def test_a_correction_cites_the_words_that_were_selected(reviewer: Reviewer) -> None:
    answer = reviewer.wait(HEATING)
    reviewer.open_source(answer)
    assert reviewer.browser.execute_script(SELECT, TRAINING)
    reviewer.press("x")
    assert reviewer.browser.find_element(By.ID, "words").get_attribute("value") == TRAINING
    assert reviewer.browser.find_element(By.ID, "words").is_displayed()
    reviewer.browser.find_element(By.ID, "send").click()
    reviewer.see("main", "Nothing waits.")
    (verdict,) = reviewer.house.ledger.verdicts(answer)
    cited = verdict.correction[0].citations[0]
    document = reviewer.house.library.document(CUSTODY)
    assert (cited.quote, cited.document, cited.version) == (TRAINING, CUSTODY, document.version)
    reviewer.open(f"/answers/{answer}")
    assert f"“{TRAINING}”" in reviewer.find(".verdict")


def test_selected_words_across_marks_of_the_format_are_cited_by_the_button(reviewer: Reviewer) -> None:
    answer = reviewer.wait(HEATING)
    reviewer.open_source(answer)
    script = (
        "const all = [...document.querySelectorAll('.source-pane.current .text p')];"
        "const last = all.findIndex(one => one.textContent.includes('heating of all'));"
        "const range = document.createRange();"
        "range.setStartBefore(all[last - 1].firstChild); range.setEndAfter(all[last].lastChild);"
        "document.getSelection().removeAllRanges(); document.getSelection().addRange(range);"
    )
    reviewer.browser.execute_script(script)
    button = WebDriverWait(reviewer.browser, _SECONDS).until(
        lambda browser: browser.find_element(By.CSS_SELECTOR, ".source-pane.current [data-cite]:enabled")
    )
    button.click()
    reviewer.press(Keys.TAB, Keys.TAB)
    reviewer.browser.find_element(By.ID, "send").click()
    reviewer.see("main", "Nothing waits.")
    cited = reviewer.house.ledger.verdicts(answer)[0].correction[0].citations[0]
    assert cited.quote.startswith("Recommendation 1: the force should repair the heating of its cells.**")
    assert cited.quote.endswith(REPAIRED)


def test_what_cannot_stand_is_told_beside_its_field(reviewer: Reviewer) -> None:
    answer = reviewer.wait(HEATING)
    reviewer.open(f"/review/{answer}")
    reviewer.press("j", "3", "a", Keys.ENTER)
    reviewer.see(".ruling .refusal", "cannot be approved")
    assert reviewer.browser.find_element(By.CSS_SELECTOR, "[value=wrong_status]").is_selected()
    assert reviewer.rulings(answer) == []


def change_heating(reviewer: Reviewer) -> None:
    house = reviewer.house
    text = (house.flow.corpus / CUSTODY).read_text("utf-8")
    house.flow.write(CUSTODY, text.replace(REPAIRED, "The heating of 11 cells is being repaired."))
    assert not house.flow.run().failed
    with house.flow.open_answerer() as answerer:
        catalogue = house.library.catalogue
        assert list(ApprovalExpiry(answerer, house.ledger, house.ledger, catalogue, house.clock).check())


def test_an_approval_lapses_after_a_re_index_and_what_is_new_is_approved(reviewer: Reviewer) -> None:
    answer = reviewer.wait(HEATING)
    reviewer.open(f"/review/{answer}")
    reviewer.press("a", Keys.ENTER)
    reviewer.see("main", "Nothing waits.")
    reviewer.open(f"/answers/{answer}")
    assert "Approved by quill" in reviewer.find(".verdict")
    change_heating(reviewer)
    reviewer.open("/review?why=lapsed")
    assert "its approval has lapsed" in reviewer.find(".queue")
    reviewer.press("n")
    reviewer.see(".changes", "Then and now")
    assert "all 19" in reviewer.find(".changes blockquote del")
    assert "11" in reviewer.find(".changes blockquote ins")
    reviewer.press("j", "5", "w")
    assert reviewer.find("#send") == "Send: approve what is answered now"
    reviewer.press(Keys.ENTER)
    reviewer.see("main", "Nothing waits for this reason.")
    reviewer.open(ask(reviewer.house.signed_in(), HEATING))
    assert "Approved by quill" in reviewer.find(".approved")
    assert "11 cells is being repaired" in reviewer.find(".answer")


def test_without_scripts_a_verdict_is_given_by_the_form(reviewer: Reviewer) -> None:
    answer = reviewer.wait(HEATING)
    reviewer.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        reviewer.open(f"/review/{answer}")
        reviewer.browser.find_element(By.CSS_SELECTOR, "a.number").click()
        assert is_in_view(reviewer.browser, "mark")
        assert not any(one.is_displayed() for one in reviewer.browser.find_elements(By.TAG_NAME, "kbd"))
        reviewer.browser.find_element(By.CSS_SELECTOR, "[value=corrected]").click()
        reviewer.browser.find_element(By.ID, "words").send_keys(TRAINING)
        reviewer.browser.find_element(By.ID, "send").click()
        reviewer.see("main", "Nothing waits.")
    finally:
        reviewer.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert reviewer.rulings(answer) == [Ruling.CORRECTED]


def test_on_a_phone_the_source_stands_below_and_nothing_is_wider(reviewer: Reviewer) -> None:
    answer = reviewer.wait(SEVERAL)
    resize(reviewer.browser, PHONE)
    for path in ("/review", f"/review/{answer}"):
        reviewer.open(path)
        assert overhang(reviewer.browser) <= 0
    boxes = reviewer.browser.execute_script(
        "return ['.judging', '.source-pane.current'].map("
        "one => document.querySelector(one).getBoundingClientRect().toJSON())"
    )
    assert boxes[0]["bottom"] <= boxes[1]["top"]
    reviewer.browser.find_elements(By.CSS_SELECTOR, "a.number")[1].click()
    assert is_in_view(reviewer.browser, "mark.current")


def test_a_reviewed_answer_prints_as_a_briefing_of_one_page(reviewer: Reviewer) -> None:
    answer = reviewer.wait(HEATING)
    reviewer.open(f"/review/{answer}")
    reviewer.press("a", Keys.ENTER)
    reviewer.see("main", "Nothing waits.")
    reviewer.open(f"/answers/{answer}")
    with pdfplumber.open(io.BytesIO(print_page(reviewer.browser))) as printed:
        pages = [" ".join((page.extract_text() or "").split()) for page in printed.pages]
    assert len(pages) == 1
    for words in ("Approved by quill on", f"“{REPAIRED}” [1]", "Sources"):
        assert words in pages[0]
    for words in ("Not reviewed", "Review this answer", "Sign out"):
        assert words not in pages[0]


def test_every_field_has_a_label(reviewer: Reviewer) -> None:
    reviewer.open(f"/review/{reviewer.wait(SEVERAL)}")
    script = (
        "return [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]"
        ".filter(one => !one.labels.length).length"
    )
    assert reviewer.browser.execute_script(script) == 0


def test_words_stand_out_from_their_ground(reviewer: Reviewer) -> None:
    answer = reviewer.wait(HEATING)
    reviewer.open(f"/review/{answer}")
    reviewer.press("a", Keys.ENTER)
    reviewer.see("main", "Nothing waits.")
    change_heating(reviewer)
    for path in ("/review", f"/review/{answer}", f"/answers/{answer}"):
        reviewer.open(path)
        assert find_faint_words(reviewer.browser) == {"light": [], "dark": []}


def test_an_answer_whose_approval_lapsed_says_so(reviewer: Reviewer) -> None:
    answer = reviewer.wait(HEATING)
    reviewer.open(f"/review/{answer}")
    reviewer.press("a", Keys.ENTER)
    reviewer.see("main", "Nothing waits.")
    change_heating(reviewer)
    reviewer.open(f"/answers/{answer}")
    assert "It does not count any more." in reviewer.find(".verdict")
