"""Every example that people are shown is answered: from the register, or with what can be asked."""

import re
import shutil
from importlib import resources
from pathlib import Path

import pytest
import yaml

from askpcc.adapters.embedding import SentenceTransformerEmbedder
from askpcc.asking.small_talk import HELP
from askpcc.register import build_register
from askpcc.slack.views.home_tab import suggest
from support.cases import cases
from support.whole_flow import WholeFlow

HERE = Path(__file__).parent
MANIFEST = resources.files("askpcc") / "data/slack_manifest.yaml"
_VIEW = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))["features"]["agent_view"]
SUGGESTED = _VIEW["suggested_prompts"]
MESSAGES = [prompt["message"] for prompt in SUGGESTED]
SHOWN = re.findall(r'\$ askpcc ask "([^"]+)"', (HERE.parent / "README.md").read_text(encoding="utf-8"))
MAKE = re.findall(r"(?m)^QUESTION := (.+)$", (HERE.parent / "Makefile").read_text(encoding="utf-8"))


def index(folder: Path, documents: Path, embedder: SentenceTransformerEmbedder) -> WholeFlow:
    flow = WholeFlow(folder, embedder)
    shutil.copytree(documents, flow.corpus)
    assert not flow.run().failed
    return flow


@pytest.fixture(scope="module")
def demo(
    tmp_path_factory: pytest.TempPathFactory, bundled_embedder: SentenceTransformerEmbedder
) -> WholeFlow:
    """Return the corpus of the demo, indexed."""
    return index(tmp_path_factory.mktemp("demo"), HERE / "cases/slack_corpus", bundled_embedder)


@pytest.fixture(scope="module")
def shipped(
    tmp_path_factory: pytest.TempPathFactory, bundled_embedder: SentenceTransformerEmbedder
) -> WholeFlow:
    """Return the corpus that comes with the project, indexed."""
    return index(tmp_path_factory.mktemp("shipped"), HERE.parent / "corpus", bundled_embedder)


@cases("message", [message for message in MESSAGES if message != "help"])
def test_a_suggested_prompt_is_answered_from_the_register(demo: WholeFlow, message: str) -> None:
    answer = demo.ask(message)
    assert answer.statements
    assert all(one.status for one in answer.statements)
    assert answer.verdict


def test_a_prompt_that_home_suggests_is_answered(demo: WholeFlow) -> None:
    with demo.open_catalogue() as catalogue:
        rows = build_register(catalogue.document_claims())
    messages = [prompt.message for prompt in suggest(rows, limit=8)]
    assert len(messages) > 4
    unanswered = [message for message in messages if not demo.ask(message).statements]
    assert unanswered == []


def test_the_prompt_for_help_tells_what_can_be_asked(demo: WholeFlow) -> None:
    assert "help" in MESSAGES
    assert demo.ask("help").note == HELP


@cases("question", [*SHOWN, *MAKE])
def test_a_shown_question_is_answered_on_the_shipped_corpus(shipped: WholeFlow, question: str) -> None:
    answer = shipped.ask(question)
    assert answer.statements
    assert answer.verdict
