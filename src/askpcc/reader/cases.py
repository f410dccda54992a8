"""What the encoders are shown, as text and as tokens, and how their heads' scores become judgements.

The same code writes the inputs of teaching and of reading, so that both see the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from askpcc.errors import ReaderError
from askpcc.model import Question, ReaderInput, Sentence, Status, Task
from askpcc.text.words import plain

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer


class Mode(StrEnum):
    """How a sentence speaks of a matter: as a fact, a hope, a demand, a promise and so on."""

    ASSERTED = "asserted"
    DENIED = "denied"
    HOPED = "hoped"
    ASKED = "asked"
    PROMISED = "promised"
    REPORTED = "reported"
    PAST = "past"


class Extent(StrEnum):
    """Whether a sentence speaks of the whole of a matter or of a part."""

    WHOLE = "whole"
    PART = "part"


NONE = "none"
STATUSES: tuple[str, ...] = (
    NONE,
    Status.COMPLETE.value,
    Status.CLOSED.value,
    Status.IN_PROGRESS.value,
    Status.PLANNED.value,
    Status.ACCEPTED.value,
    Status.UNDER_CONSIDERATION.value,
    Status.NOT_ACCEPTED.value,
    Status.NOT_APPLICABLE.value,
)


class Subject(StrEnum):
    """What an encoder is taught to judge; each has one of its own, since one for both is worse at both."""

    QUESTIONS = "questions"
    STATUSES = "statuses"


HEADS: Mapping[Subject, Mapping[str, int]] = {
    Subject.QUESTIONS: {"answers": 1, "speaks": 1, "stated": len(STATUSES)},
    Subject.STATUSES: {"status": len(STATUSES), "mode": len(Mode), "extent": len(Extent)},
}
"""Names and widths of each encoder's heads, in the order in which their scores stand side by side."""


@dataclass(frozen=True, slots=True)
class StatusJudgement:
    """What a sentence says has become of a matter.

    status: None where it says nothing.  chance: of that status, or of none.  done: the chance that it is
    complete or closed.  Chances are from 0 to 1, calibrated on batches that were left out.
    """

    status: Status | None
    chance: float
    done: float
    mode: Mode
    extent: Extent


def head(scores: "Sequence[float] | NDArray[np.float32]", name: str) -> "NDArray[np.float64]":
    """Return the raw scores of one head of a case, out of those of its encoder."""
    import numpy as np

    beside = next(heads for heads in HEADS.values() if name in heads)
    names = list(beside)
    begin = sum(beside[other] for other in names[: names.index(name)])
    return np.asarray(scores[begin : begin + beside[name]], dtype=np.float64)


def read_status(scores: "NDArray[np.float32]") -> StatusJudgement:
    """Return the likeliest status of a case."""
    chances = status_chances(scores)
    best = int(chances.argmax())
    done = chances[STATUSES.index(Status.COMPLETE)] + chances[STATUSES.index(Status.CLOSED)]
    return StatusJudgement(
        None if STATUSES[best] == NONE else Status(STATUSES[best]),
        float(chances[best]),
        float(done),
        list(Mode)[int(head(scores, "mode").argmax())],
        list(Extent)[int(head(scores, "extent").argmax())],
    )


def status_chances(scores: "NDArray[np.float32]") -> "NDArray[np.float64]":
    """Return the chance of each of STATUSES."""
    return _shares(head(scores, "status"))


def stated_chances(scores: "NDArray[np.float32]") -> "NDArray[np.float64]":
    """Return the chance of each of STATUSES, as what a sentence says has become of what a question asks."""
    return _shares(head(scores, "stated"))


def _shares(scores: "NDArray[np.float64]") -> "NDArray[np.float64]":
    import numpy as np

    raised = np.exp(scores - scores.max())
    return raised / raised.sum()  # type: ignore[no-any-return]  # numpy's sums are Any


_MARKS = {Task.ANSWERS: 1, Task.STATUS: 2}
"""Ids of tokens that BERT's vocabulary leaves unused: they tell the encoder its task."""

_FIRST, _SENTENCE = 32, 56
"""Most tokens of these parts: nine in ten questions, matters and sentences are shorter."""

_CONTEXT = {Task.ANSWERS: 24, Task.STATUS: 40}
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


_LONGEST = 200
"""Characters of a lead-in or of the sentence before; the encoder sees some twenty words of them."""


def status_input(matter: str, sentence: str, around: str) -> ReaderInput:
    """Ask what a sentence says has become of a matter; "" where only the sentence tells which."""
    return ReaderInput(Task.STATUS, matter, sentence, around)


def write_around(lead: str, titles: Sequence[str], before: str) -> str:
    """Return what a sentence stands under: its lead-in, or the sentence before, after the nearest heading."""
    title = titles[-1] if titles else ""
    return f"{title} · {(lead or before)[-_LONGEST:]}".strip(" ·")
