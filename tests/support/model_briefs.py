"""A brief for a language model, and a good answer to it."""

import json

from askpcc.model import BlockKind, Brief, DocumentMaterial, Material, Passage, Sentence, Span

GOOD = json.dumps(
    {
        "statements": [{"text": "The cells are  heated.", "sentences": [1, 1], "status": "complete"}],
        "not_stated": False,
    }
)


def make_brief(question: str = "Are the cells heated?") -> Brief:
    """Return a question with one sentence."""
    passage = Passage("p", "a.md", "1", 0, BlockKind.PARAGRAPH, Span(0, 9), "Heated.", "Heated.")
    stems = frozenset[str]()
    sentence = Sentence(passage, Span(0, 7), "Heated.", stems, stems, stems)
    held = DocumentMaterial("a.md", {"force": "Borsetshire"}, (Material(1, sentence, "Heated."),))
    return Brief(question, (held,))
