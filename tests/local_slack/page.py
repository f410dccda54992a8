"""local-slack's page, used as a person uses it."""

from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.expected_conditions import element_to_be_clickable
from selenium.webdriver.support.ui import WebDriverWait

_SECONDS = 120


def ask(page: Chrome, words: str) -> None:
    """Write a message into the channel that is open."""
    box = _when_there(page, "main .composer-input")

    def stands_there(_: Chrome) -> bool:
        """Type again what the page lost: it draws itself anew whenever an event comes in."""
        if box.get_property("value") != words:
            box.clear()
            box.send_keys(words)
        return box.get_property("value") == words

    WebDriverWait(page, _SECONDS).until(stands_there)
    _press(page, "//main//button[text()='Send']")


def open_thread(page: Chrome) -> WebElement:
    """Open the thread of the only message that has a reply; return the reply."""
    _press(page, "//main//button[contains(@class, 'thread-summary')]")
    return _when_there(page, ".thread-body .blocks")


def widen_thread(page: Chrome, pixels: int) -> None:
    """Give the thread more room."""
    handle = _when_there(page, ".thread-resize-handle")
    ActionChains(page).drag_and_drop_by_offset(handle, -pixels, 0).move_by_offset(-pixels, 0).perform()


def open_source(page: Chrome) -> WebElement:
    """Press the button of the first source; return the modal."""
    _press(page, "//button[text()='Source 1']")
    return _when_there(page, ".modal-body")


def close_modal(page: Chrome) -> None:
    """Close the modal."""
    _press(page, "//button[@class='modal-x']")


def open_home(page: Chrome) -> WebElement:
    """Open the bot's Home."""
    _press(page, "//button[contains(., 'askpcc') and contains(@class, 'sidebar-item')][last()]")
    return _when_there(page, ".home .blocks")


def _when_there(page: Chrome, selector: str) -> WebElement:
    found: WebElement = WebDriverWait(page, _SECONDS).until(
        lambda _: page.find_element(By.CSS_SELECTOR, selector)
    )
    return found


def _press(page: Chrome, path: str) -> None:
    button = WebDriverWait(page, _SECONDS).until(element_to_be_clickable((By.XPATH, path)))
    page.execute_script("arguments[0].scrollIntoView({block: 'nearest'})", button)
    button.click()
