"""What several tests stand on: an index made once with the bundled model, and working folders."""

import os
import shutil
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from filelock import FileLock

from askpcc.adapters.embedding import SentenceTransformerEmbedder
from support.command_line import Desk
from support.question_set import CORPUS
from support.whole_flow import WholeFlow

# Tests run side by side, and take a core each; processes that they start inherit this.
os.environ.setdefault("OMP_NUM_THREADS", "1")

MadeOnce = Callable[[str, Callable[[Path], None]], Path]

SLOW_FILES = """
    *_kills.py *_processes.py indexing/test_index_[kr]*.py indexing/test_indexing*.py inquiries/*
    indexing/test_watching.py adapters/test_fetching_pages.py
    slack/test_loopback_slack_* local_slack/*
    test_mcp_server.py */test_browser_* slack/test_flow_* slack/test_hostile_* web/test_hostile_*
    web/test_web_* slack/*_local.py slack/*_load.py slack/*_over_http.py
    slack/test_slack_doctor.py slack/test_slack_health.py slack/test_slack_review*
    slack/test_slack_postgresql.py test_growth.py test_own_failures.py metadata/test_hostile_*
    asking/test_answering.py asking/test_composing.py
    adapters/test_ledger_* adapters/test_hostile_ledger.py adapters/test_hostile_fetching.py
    adapters/test_chroma.py adapters/test_embedding.py adapters/test_reranking.py adapters/test_lang*
    adapters/test_providers.py indexing/test_register_command.py statuses/test_claim_check.py
    review/test_[el-z]*.py
    training/test_figures.py training/test_teaching.py
    chunking/test_passages.py proving/* readers/test_hostile_* test_hostile_text.py cli/test_*ledger*
    test_readme.py cli/test_cli_index.py test_one_response.py
""".split()
"""Files that ``--quick`` leaves out: they start processes, servers or browsers, or go on for seconds."""

SLOW_FIXTURES = {"bundled_embedder", "indexed", "postgresql"}
"""What is made at such a cost that ``--quick`` leaves out each test that stands on it."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the tests with a real language model be asked for, which take minutes, and the quick ones alone."""
    parser.addoption("--real-model", action="store_true", help="also run a small real language model")
    parser.addoption("--quick", action="store_true", help="leave out what is slow (tests/conftest.py)")


def is_slow(path: Path) -> bool:
    """Tell whether a file of tests is one of the slow ones."""
    place = path.relative_to(Path(__file__).parent).as_posix()
    return any(fnmatch(place, pattern) for pattern in SLOW_FILES)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave slow files unread where only quick tests are wanted."""
    return True if config.getoption("--quick") and is_slow(collection_path) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the files that take longest; or leave them out, with each test on an expensive fixture."""
    stands_on = {item: set(getattr(item, "fixturenames", ())) for item in items}
    slow = {item: is_slow(item.path) or bool(stands_on[item] & SLOW_FIXTURES) for item in items}
    if config.getoption("--quick"):
        config.hook.pytest_deselected(items=[item for item in items if slow[item]])
        items[:] = [item for item in items if not slow[item]]
    items.sort(key=lambda item: not slow[item])


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """Return what makes a folder once for all workers of a run, and gives each a copy of its own."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def make(name: str, fill: Callable[[Path], None]) -> Path:
        first, copy = shared / f"{name}_once", own / name
        with FileLock(f"{first}.lock"):
            if not first.exists():
                begun = shared / f"{name}_begun"
                begun.mkdir()
                fill(begun)
                begun.rename(first)
        shutil.copytree(first, copy)
        return copy

    return make


@pytest.fixture(scope="session")
def indexed(made_once: MadeOnce) -> Desk:
    """Return a desk with an index, for tests to copy or to read."""

    def fill(folder: Path) -> None:
        desk = Desk(folder)
        desk.fill()
        result = desk.run("index", "--corpus", str(desk.corpus), "--index", str(desk.index))
        assert result.exit_code == 0, result.output

    return Desk(made_once("indexed", fill))


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return an empty desk and work there, without settings from outside."""
    for name in [name for name in os.environ if name.startswith("ASKPCC_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path)


@pytest.fixture
def reading_desk(indexed: Desk, elsewhere: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Work at the desk with the index, which nothing may change."""
    monkeypatch.chdir(indexed.folder)
    before = sorted(path.name for path in elsewhere.folder.iterdir())
    yield indexed
    assert sorted(path.name for path in elsewhere.folder.iterdir()) == before


@pytest.fixture
def desk(indexed: Desk, elsewhere: Desk) -> Desk:
    """Return a desk of one's own with a copy of the index."""
    shutil.copytree(indexed.folder, elsewhere.folder, dirs_exist_ok=True)
    return elsewhere


@pytest.fixture(scope="session")
def bundled_embedder() -> SentenceTransformerEmbedder:
    """Return the embedder with the real model, loaded once for all that share it."""
    return SentenceTransformerEmbedder()


@pytest.fixture(scope="session")
def whole_corpus(made_once: MadeOnce, bundled_embedder: SentenceTransformerEmbedder) -> WholeFlow:
    """Return the test corpus, indexed with the real model, for tests to copy or to read."""

    def fill(folder: Path) -> None:
        flow = WholeFlow(folder, bundled_embedder)
        shutil.copytree(CORPUS, flow.corpus)
        assert not flow.run().failed

    return WholeFlow(made_once("whole_corpus", fill), bundled_embedder)
