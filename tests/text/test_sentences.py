"""Sentences: where they end, and where a stop ends nothing."""

from hypothesis import given
from hypothesis import strategies as st

from askpcc.model import Span
from askpcc.readers import read_stored_text
from askpcc.text.sentences import split_sentences
from support.cases import cases
from support.question_set import CORPUS

ONE = (
    "See No. 5 of the report.",
    "See para. 12 and pp. 3 to 5 for more.",
    "Officers from St. Mary's school came.",
    "Some forces, e.g. Borsetshire, i.e. the largest, did.",
    "Mr J. R. Quill and Dr. Mudge wrote to Cllr. Fenn.",
    "The D.C.I. Ottoline Quill led it.",
    "The force waited… and waited.",
    "He asked “why?” and left.",
    "2.1 The force acted.",
    "2.1. The force acted.",
    "**Recommendation 2:** By 31 December 2030, the force should act.",
    "Recommendation 5. The force should act.",
    "It rose from 3.5 per cent to 78.2% at www.borsetshire.example in v2.1 of it.",
    "The desk closes at 5 p.m. on Mondays.",
    "a) first; b) second; c) third.",
    "It was done in Dec. 2029 by the force.",
    "(It was done.)",
    "**It was done.**",
    "…and then it stopped.",
    "no capital here. none here either",
)
MANY = {
    "It ended. It began.": ["It ended.", "It began."],
    "It ended!! Did it? Yes.": ["It ended!!", "Did it?", "Yes."],
    "He said “It is done.” Then he left.": ["He said “It is done.”", "Then he left."],
    'He said "It is done." Then he left.': ['He said "It is done."', "Then he left."],
    "**It ended.** We agree.": ["**It ended.**", "We agree."],
    "It ended. **We agree.**": ["It ended.", "**We agree.**"],
    "We waited… Then it came.": ["We waited…", "Then it came."],
    "It was bought. iPads came.": ["It was bought.", "iPads came."],
    "It rose. 12 officers joined. £5 was spent.": ["It rose.", "12 officers joined.", "£5 was spent."],
    "It is in place. Élan is the supplier.": ["It is in place.", "Élan is the supplier."],
    "It is done.[1] It was late.<sup>2</sup> We wait.": [
        "It is done.[1]",
        "It was late.<sup>2</sup>",
        "We wait.",
    ],
    "<p>It ended.</p><p>It began.</p>": ["<p>It ended.</p>", "<p>It began.</p>"],
    "It ended.<br>It began.": ["It ended.", "<br>It began."],
    "The answer is no. Fifty left.": ["The answer is no.", "Fifty left."],
    "So do I. The force agrees.": ["So do I.", "The force agrees."],
    "It was graded B. They were pleased.": ["It was graded B.", "They were pleased."],
    "Dogs, cats etc. The rest waits.": ["Dogs, cats etc.", "The rest waits."],
    "1. Train. 2. Equip.": ["1. Train.", "2. Equip."],
    "It ended.\n- It began.\n> Then this.": ["It ended.", "- It began.", "> Then this."],
}


def split(text: str) -> list[str]:
    return [sentence.of(text) for sentence in split_sentences(text, Span(0, len(text)))]


@cases("text", ONE)
def test_one_sentence_stays_whole(text: str) -> None:
    assert split(text) == [text]


@cases("text", MANY)
def test_sentences_are_told_apart(text: str) -> None:
    assert split(text) == MANY[text]


def test_nothing_outside_the_place_is_read() -> None:
    text = "Before it. In it. And on. After it."
    assert [s.of(text) for s in split_sentences(text, Span(11, 25))] == ["In it.", "And on."]


def test_white_space_alone_holds_no_sentence() -> None:
    assert split(" \n\t ") == []


PROSE = st.lists(
    st.sampled_from(
        ["Mr", "No", "J", "it", "The", "5", ".", "?", "…", "”", "(", ")", "*", "<b>", " ", "\n", "é"]
    )
).map("".join)


@given(st.one_of(PROSE, st.text()), st.data())
def test_sentences_hold_all_but_white_space_in_order_without_overlap(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = split_sentences(text, Span(start, end))
    covered = [offset for sentence in found for offset in range(sentence.start, sentence.end)]
    assert covered == sorted(set(covered))
    assert {n for n in range(start, end) if not text[n].isspace()} <= set(covered) <= set(range(start, end))
    assert all(sentence.of(text) == sentence.of(text).strip() for sentence in found)


@cases("path", sorted(CORPUS.iterdir()), ids=lambda path: path.name)
def test_each_block_of_the_corpus_falls_into_its_sentences(path: object) -> None:
    file = CORPUS / getattr(path, "name", "")
    stored = read_stored_text(file.name, file.read_bytes())
    for block in stored.blocks:
        joined = "".join(sentence.of(stored.text) for sentence in split_sentences(stored.text, block.span))
        assert "".join(joined.split()) == "".join(block.span.of(stored.text).split())
