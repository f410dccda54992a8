"""A real browser without a screen."""

import base64
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

_SECONDS = 120
DESK = (1200, 900)
PHONE = (390, 844)


@contextmanager
def open_browser(profile: Path) -> Iterator[Chrome]:
    """Start Chromium with an empty profile; without one installed the test is skipped."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if browser is None or driver is None:
        pytest.skip("Chromium and its driver are not installed: apt-get install chromium chromium-driver")
    options = ChromeOptions()
    options.binary_location = browser
    for argument in (
        *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
        *("--no-first-run", "--disable-background-networking", "--hide-scrollbars"),
        f"--user-data-dir={profile}",
        f"--window-size={DESK[0]},{DESK[1]}",
    ):
        options.add_argument(argument)
    chrome = Chrome(options, ChromeService(driver))
    try:
        chrome.set_page_load_timeout(_SECONDS)
        yield chrome
    finally:
        chrome.quit()


def resize(browser: Chrome, size: tuple[int, int]) -> None:
    """Show pages as on a screen of this size, as a phone would where it is small."""
    width, height = size
    shape = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < DESK[0]}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", shape)


def is_in_view(browser: Chrome, selector: str) -> bool:
    """Tell whether something stands within what is shown."""
    script = (
        "const box = document.querySelector(arguments[0]).getBoundingClientRect();"
        "return box.top >= 0 && box.bottom <= window.innerHeight && box.height > 0;"
    )
    return bool(browser.execute_script(script, selector))


def overhang(browser: Chrome) -> int:
    """Return by how many pixels a page is wider than its screen."""
    return int(
        browser.execute_script(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth;"
        )
    )


_PAINTED = """
    const done = arguments[0];
    document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => done())));
"""


def print_page(browser: Chrome) -> bytes:
    """Return a page as PDF, as printed once it is seen; before its first frame it may be empty."""
    browser.execute_async_script(_PAINTED)
    wishes: dict[str, Any] = {"preferCSSPageSize": True, "printBackground": False}
    printed = browser.execute_cdp_cmd("Page.printToPDF", wishes)
    return base64.b64decode(printed["data"])


def read_console(browser: Chrome) -> list[str]:
    """Return what the browser complained of since it was last asked, such as a policy that is broken."""
    logged = browser.get_log("browser")  # type: ignore[no-untyped-call] # selenium leaves it without types
    return [str(entry["message"]) for entry in logged]
