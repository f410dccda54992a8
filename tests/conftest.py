"""What several tests stand on: an index made once with the bundled model, and working folders."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from askpcc.adapters.embedding import SentenceTransformerEmbedder
from support.command_line import Desk
from support.question_set import CORPUS
from support.whole_flow import WholeFlow


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the tests with a real language model be asked for; they take minutes."""
    parser.addoption("--real-model", action="store_true", help="also run a small real language model")


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk with an index, for tests to copy or to read."""
    desk = Desk(tmp_path_factory.mktemp("indexed"))
    desk.fill()
    result = desk.run("index", "--corpus", str(desk.corpus), "--index", str(desk.index))
    assert result.exit_code == 0, result.output
    return desk


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
def whole_corpus(
    tmp_path_factory: pytest.TempPathFactory, bundled_embedder: SentenceTransformerEmbedder
) -> WholeFlow:
    """Return the test corpus, indexed with the real model, for tests to copy or to read."""
    flow = WholeFlow(tmp_path_factory.mktemp("whole_corpus"), bundled_embedder)
    shutil.copytree(CORPUS, flow.corpus)
    assert not flow.run().failed
    return flow
