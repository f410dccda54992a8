"""An index of a few invented responses for all tests of the pages, and the pages on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from support.answered_corpus import DOCUMENTS
from support.small_index import WordEmbedder
from support.web_browser import open_browser
from support.web_documents import HOSTILE, HOSTILE_PATH, NOTES
from support.web_house import House, open_house
from support.whole_flow import WholeFlow


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> WholeFlow:
    """Return an index that no test changes."""
    flow = WholeFlow(tmp_path_factory.mktemp("web_shelf"), WordEmbedder())
    for path, text in DOCUMENTS.items():
        flow.write(path, text)
    flow.write(HOSTILE_PATH, HOSTILE)
    flow.write("sources.csv", NOTES)
    assert not flow.run().failed
    return flow


@pytest.fixture(scope="session")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """Return a browser; whoever uses it begins without cookies."""
    with open_browser(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture
def house(shelf: WholeFlow, tmp_path: Path) -> Iterator[House]:
    """Return the pages, entered by a one-time link."""
    with open_house(shelf, tmp_path) as house:
        yield house
