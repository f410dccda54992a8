"""An index of a few invented responses for all tests of the pages, and the pages on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.answered_corpus import DOCUMENTS
from support.small_index import WordEmbedder
from support.web_house import House, open_house
from support.whole_flow import WholeFlow

HOSTILE_TITLE = "&lt;script&gt;alert(1)&lt;/script&gt; for Wessex-on-Sea Police\u202eevil"
HOSTILE = f"""# {HOSTILE_TITLE}

**3 May 2024**

Recommendation 7: Wessex-on-Sea Police should lock its doors. <img src=x onerror=alert(1)> The locks of the
doors are complete, says "><script>alert(2)</script>.
"""
HOSTILE_PATH = "wessex-on-sea-doors-2024.md"
NOTES = "document,url,fetched\nborsetshire-custody-2024.md,https://borsetshire.example/custody,2024-05-04\n"


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


@pytest.fixture
def house(shelf: WholeFlow, tmp_path: Path) -> Iterator[House]:
    """Return the pages, entered by a one-time link."""
    with open_house(shelf, tmp_path) as house:
        yield house
