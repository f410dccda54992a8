"""What the encoder is shown: a question or a matter, a sentence, and what stands around it.

The same code writes the inputs of teaching and of reading, so that both see the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from askpcc.errors import ReaderError
from askpcc.model import Question, ReaderInput, Sentence, Task
from askpcc.text.words import plain

if TYPE_CHECKING:
    from tokenizers import Tokenizer


_MARKS = {Task.ANSWERS: 1, Task.STATUS: 2, Task.ASKS: 3}
"""Ids of tokens that BERT's vocabulary leaves unused: they tell the encoder its task."""

_FIRST, _SENTENCE = 32, 56
"""Most tokens of these parts: nine in ten questions, matters and sentences are shorter."""

_CONTEXT = {Task.ANSWERS: 24, Task.STATUS: 40, Task.ASKS: 0}
"""Most tokens of the context: a status often stands in the heading or lead-in alone."""

_CONTEXT_CHARACTERS = 160
_EARLIER = 2


@dataclass(frozen=True, slots=True)
class Encoded:
    """Token ids of one case and, for each, which part it belongs to: 0 for the first, 1 for the rest."""

    ids: list[int]
    parts: list[int]


def write_asked(question: str, history: Sequence[str]) -> str:
    """Return a question with the earlier ones of its thread behind it, the latest first."""
    return " | ".join([question, *reversed(history[-_EARLIER:])])


def answer_input(question: Question, sentence: Sentence) -> ReaderInput:
    """Ask whether a sentence answers a question."""
    asked = write_asked(question.words, question.history)
    return ReaderInput(Task.ANSWERS, asked, plain(sentence.quote), write_surroundings(sentence))


def write_surroundings(sentence: Sentence) -> str:
    """Return the words before a sentence in its passage, or the passage's header where it is the first."""
    passage = sentence.passage
    before = plain(passage.quote[: sentence.span.start - passage.span.start])[-_CONTEXT_CHARACTERS:]
    header = passage.indexed.partition("\n")[0] if "\n" in passage.indexed else ""
    return before if len(before) > _CONTEXT_CHARACTERS // 2 else f"{header} · {before}".strip(" ·")


def encode(case: ReaderInput, tokenizer: "Tokenizer") -> Encoded:
    """Turn a case into tokens; each part is cut to its room, a context at its beginning.

    tokenizer: without truncation, of BERT's uncased vocabulary.
    """
    cls, sep = (_id_of(mark, tokenizer) for mark in ("[CLS]", "[SEP]"))
    first = _ids(case.first, tokenizer)[:_FIRST]
    ids = [cls, _MARKS[case.task], *first, sep]
    rest: list[int] = []
    if case.sentence:
        rest += [*_ids(case.sentence, tokenizer)[:_SENTENCE], sep]
    if case.context:
        rest += [*_ids(case.context, tokenizer)[-_CONTEXT[case.task] :], sep]
    return Encoded(ids + rest, [0] * len(ids) + [1] * len(rest))


def _id_of(mark: str, tokenizer: "Tokenizer") -> int:
    found = tokenizer.token_to_id(mark)
    if found is None:
        raise ReaderError(f"The reader's tokenizer has no {mark}: it is not BERT's. Install askpcc again.")
    return int(found)


def _ids(text: str, tokenizer: "Tokenizer") -> list[int]:
    # Words of a document that look like the tokenizer's own marks are words.
    return list(tokenizer.encode(text.replace("[", "("), add_special_tokens=False).ids)
