"""The pages in a real browser: ask, follow a citation to its words, print, read on a phone."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pdfplumber
import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from askpcc.server import HttpServer
from support.web_browser import (
    DESK,
    PHONE,
    is_in_view,
    overhang,
    print_page,
    read_console,
    resize,
)
from support.web_documents import HOSTILE_PATH
from support.web_house import ORIGIN, House, open_house
from support.whole_flow import WholeFlow

pytest_plugins = ("support.web_fixtures",)

QUESTION = "Has Borsetshire Police repaired the heating of its cells?"
WORDS = "The heating of all 19 cells has now been repaired."
_SECONDS = 120


@dataclass(frozen=True)
class Reader:
    """Somebody at a browser who has come in."""

    browser: Chrome
    base: str

    def open(self, path: str) -> None:
        """Open a page."""
        self.browser.get(f"{self.base}{path}")

    def wait_for(self, selector: str) -> None:
        """Wait until something is there."""
        WebDriverWait(self.browser, _SECONDS).until(
            lambda browser: browser.find_elements(By.CSS_SELECTOR, selector)
        )

    def ask(self, question: str, *keys: str) -> None:
        """Type a question and send it, with keys or the button."""
        self.browser.find_element(By.ID, "question").send_keys(question, *keys)
        if not keys:
            self.browser.find_element(By.CSS_SELECTOR, "form.ask button").click()
        self.wait_for(".answer")


@pytest.fixture(scope="module")
def house_in_use(shelf: WholeFlow, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(shelf, tmp_path_factory.mktemp("browsed")) as house:
        yield house


@pytest.fixture(scope="module")
def entered(house_in_use: House, chrome: Chrome) -> Iterator[Reader]:
    with HttpServer(house_in_use.app, "127.0.0.1", 0) as server:
        base = f"http://127.0.0.1:{server.port}"
        chrome.delete_all_cookies()
        chrome.get(house_in_use.link().replace(ORIGIN, base))
        yield Reader(chrome, base)


@pytest.fixture
def reader(entered: Reader) -> Reader:
    """Return a reader at a desk, on the first page."""
    resize(entered.browser, DESK)
    entered.open("/")
    return entered


def test_a_citation_leads_to_its_marked_words_in_view(reader: Reader) -> None:
    reader.ask(QUESTION)
    reader.browser.find_element(By.CSS_SELECTOR, "a.number").click()
    reader.wait_for("#cited")
    assert reader.browser.find_element(By.ID, "cited").text == WORDS
    assert is_in_view(reader.browser, "#cited")


def test_words_at_the_end_of_a_long_text_are_in_view_on_a_phone(reader: Reader) -> None:
    resize(reader.browser, PHONE)
    reader.ask("Who will see that no child is cold, and what did the inspectors say of blankets?")
    for number in range(len(reader.browser.find_elements(By.CSS_SELECTOR, "a.number"))):
        reader.browser.find_elements(By.CSS_SELECTOR, "a.number")[number].click()
        reader.wait_for("#cited")
        assert is_in_view(reader.browser, "#cited")
        reader.browser.back()
        reader.wait_for("a.number")


def test_a_question_is_sent_by_keyboard_and_answered_in_its_conversation(reader: Reader) -> None:
    reader.ask(QUESTION, Keys.CONTROL, Keys.ENTER)
    reader.ask("What about recommendation 2?")
    WebDriverWait(reader.browser, _SECONDS).until(
        lambda browser: len(browser.find_elements(By.CSS_SELECTOR, ".answer")) == 2
    )


def test_the_first_key_skips_to_the_content(reader: Reader) -> None:
    reader.browser.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    focused = reader.browser.switch_to.active_element
    assert focused.text == "Skip to the content"
    focused.send_keys(Keys.ENTER)
    assert reader.browser.switch_to.active_element.get_attribute("id") == "content"


def test_without_scripts_pages_are_asked_and_read_all_the_same(reader: Reader) -> None:
    reader.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        reader.open("/")
        reader.ask(QUESTION)
        reader.browser.find_element(By.CSS_SELECTOR, "a.number").click()
        reader.wait_for("#cited")
    finally:
        reader.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_an_answer_prints_as_a_briefing_of_one_page(reader: Reader) -> None:
    reader.ask(QUESTION)
    with pdfplumber.open(io.BytesIO(print_page(reader.browser))) as printed:
        pages = [" ".join((page.extract_text() or "").split()) for page in printed.pages]
    assert len(pages) == 1
    for words in (QUESTION, "Complete, says", f"“{WORDS}” [1]", "Sources", "3 May 2024"):
        assert words in pages[0]
    assert pages[0].count(WORDS) == 2
    assert "https://borsetshire.example/custody" in pages[0]
    assert "from the index of" in pages[0]
    assert "Not reviewed by a person" in pages[0]
    for words in ("Sign out", "Register", "Ask further", "Skip"):
        assert words not in pages[0]


PAGES = [
    *("/", "/register", "/documents", "/changes", "/nothing"),
    "/documents/borsetshire-custody-2024.md",
    "/source/borsetshire-custody-2024.md?at=0:40",
    f"/source/{HOSTILE_PATH}",
]


def test_no_page_is_wider_than_a_phone(reader: Reader) -> None:
    for path in PAGES:
        resize(reader.browser, PHONE)
        reader.open(path)
        assert overhang(reader.browser) <= 0


def test_rows_of_the_register_are_cards_on_a_phone(reader: Reader) -> None:
    resize(reader.browser, PHONE)
    reader.open("/register")
    script = (
        "return [...document.querySelectorAll('tbody tr:first-child td')]"
        ".map(cell => cell.getBoundingClientRect().left)"
    )
    assert len(set(reader.browser.execute_script(script))) == 1


CONTRASTS = """
const rgb = text => text.match(/[\\d.]+/g).map(Number);
const linear = value => value <= .03928 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4;
const light = ([r, g, b]) =>
  .2126 * linear(r / 255) + .7152 * linear(g / 255) + .0722 * linear(b / 255);
const ground = one => {
  for (let at = one; at; at = at.parentElement) {
    const colour = rgb(getComputedStyle(at).backgroundColor);
    if (colour.length < 4 || colour[3] > 0) return colour;
  }
  return [255, 255, 255];
};
const ratio = one => {
  const [a, b] = [light(rgb(getComputedStyle(one).color)), light(ground(one))].sort((x, y) => y - x);
  return (a + .05) / (b + .05);
};
const holdsWords = one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim());
return [...document.querySelectorAll('body *')].filter(one => holdsWords(one) && ratio(one) < 4.5)
  .map(one => `${one.tagName}.${one.className} ${ratio(one)}: ${one.textContent.slice(0, 40)}`);
"""
"""Elements whose words stand out too little; w3.org/TR/WCAG21/#dfn-contrast-ratio."""


def find_faint_words(browser: Chrome) -> dict[str, list[str]]:
    """Return the elements of a page that are hard to read, in each colour scheme."""
    found = {}
    for scheme in ("light", "dark"):
        media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        found[scheme] = browser.execute_script(CONTRASTS)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    return found


COLOURED_PAGES = [
    "/",
    "/register?history=1",
    "/register?force=x",
    "/documents",
    "/changes",
    "/source/borsetshire-custody-2024.md?at=9:70",
]


def test_words_stand_out_from_their_ground(reader: Reader) -> None:
    for path in COLOURED_PAGES:
        reader.open(path)
        assert find_faint_words(reader.browser) == {"light": [], "dark": []}


def test_every_field_has_a_label(reader: Reader) -> None:
    script = (
        "return [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]"
        ".filter(one => !one.labels.length).length"
    )
    for path in ("/", "/register"):
        reader.open(path)
        assert reader.browser.execute_script(script) == 0


def test_a_script_in_a_document_does_not_run_and_nothing_breaks_the_policy(reader: Reader) -> None:
    read_console(reader.browser)
    for path in (f"/source/{HOSTILE_PATH}", f"/documents/{HOSTILE_PATH}", "/register", "/"):
        reader.open(path)
        assert "\u202e" not in reader.browser.title
        assert reader.browser.execute_script("return document.images.length") == 0
    assert read_console(reader.browser) == []
