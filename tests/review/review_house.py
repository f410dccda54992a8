"""Reviewing on real parts: a folder of documents with its index, a ledger in a file, a clock."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from askpcc.adapters.catalogue import SqlCatalogue
from askpcc.adapters.ledger import SqlLedger, open_ledger
from askpcc.asking.answering import Answerer
from askpcc.asking.citing import cite_words
from askpcc.model import (
    Answer,
    Citation,
    Inquiry,
    Limits,
    Place,
    RecordedAnswer,
    Ruling,
    Statement,
    Verdict,
)
from askpcc.review.approvals import ApprovalExpiry, ApprovedAnswers, Lapse
from askpcc.review.verdicts import Decision, VerdictService
from support.small_index import WordEmbedder
from support.whole_flow import WholeFlow

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
CUSTODY = "borsetshire-custody-2024.md"
UPDATE = "borsetshire-custody-2025.md"
OTHER = "midsomer-firearms-2023.md"
LOGS = "A log of strip searches is kept in each custody suite."
TRAINING = "The training of detention officers began in July 2024."
TEXTS = {
    CUSTODY: f"""# Cold cells: response to the inspection of custody in Borsetshire

**Report published by HMICFRS on 6 February 2024**

3 May 2024

I write in response to the inspection of custody by Borsetshire Police.

**Recommendation 1: the force should repair the heating of its cells.**

The heating of all 19 cells has now been repaired.

**Recommendation 2: the force should call a nurse for every child in custody.**

A contract with nurses is being negotiated with the hospital.

**Recommendation 3: the force should train detention officers in first aid.**

{TRAINING}

**Recommendation 4: the force should keep a log of strip searches.**

{LOGS}

Perpetua Quill
Police and Crime Commissioner for Borsetshire
""",
    OTHER: """# Safe hands: response to the inspection of firearms licensing in Midsomer

4 December 2023

**Recommendation 1: Midsomer Constabulary should clear its backlog of certificates.**

The backlog of certificates is being cleared by four officers.

Jasper Flint
Police and Crime Commissioner for Midsomer
""",
}
UPDATED = """# Cold cells: an update on custody in Borsetshire

**14 January 2025**

I wrote about custody by Borsetshire Police in May 2024. This is what has happened since.

**Recommendation 2: nurses for every child in custody.**

The contract with nurses was completed on 2 December 2024.

Perpetua Quill
Police and Crime Commissioner for Borsetshire
"""
NURSES = "Is recommendation 2 of Borsetshire complete?"


@dataclass
class House:
    """Everything that reviewing needs.  time: stands still until it is moved."""

    folder: Path
    time: datetime = MONDAY
    flow: WholeFlow = field(init=False)
    ledger: SqlLedger = field(init=False)

    def __post_init__(self) -> None:
        self.flow = WholeFlow(self.folder, WordEmbedder())
        self.ledger = open_ledger(f"sqlite:///{self.folder}/ledger.sqlite", self.now)
        self._numbers = count(1)

    def now(self) -> datetime:
        """Return the time."""
        return self.time

    def new_id(self) -> str:
        """Return a name."""
        return f"id-{next(self._numbers)}"

    def publish(self, texts: dict[str, str]) -> None:
        """Put documents into the corpus and index them."""
        for path, text in texts.items():
            self.flow.write(path, text)
        assert not self.flow.run().failed

    def withdraw(self, path: str) -> None:
        """Take a document away."""
        (self.flow.corpus / path).unlink()
        self.flow.run()

    def change(self, path: str, old: str, new: str) -> None:
        """Change some words of a document."""
        text = (self.flow.corpus / path).read_text("utf-8")
        assert old in text
        self.publish({path: text.replace(old, new)})

    @contextmanager
    def open(self) -> Iterator["Bench"]:
        """Open the index for asking and reviewing."""
        with self.flow.open_answerer() as answerer, self.flow.open_catalogue() as catalogue:
            yield Bench(self, answerer, catalogue)


@dataclass
class Bench:
    """An open index with all that reviews answers."""

    house: House
    answerer: Answerer
    catalogue: SqlCatalogue

    @property
    def approved(self) -> ApprovedAnswers:
        """Return what answers with what was approved."""
        return ApprovedAnswers(self.answerer, self.house.ledger, self.catalogue, self.house.now)

    @property
    def reviewer(self) -> VerdictService:
        """Return what takes decisions."""
        ledger, house = self.house.ledger, self.house
        return VerdictService(ledger, ledger, self.catalogue, self.answerer, house.now, house.new_id)

    @property
    def keeper(self) -> ApprovalExpiry:
        """Return what ends approvals."""
        ledger = self.house.ledger
        return ApprovalExpiry(self.answerer, ledger, ledger, self.catalogue, self.house.now)

    def ask(self, words: str, history: Sequence[str] = ()) -> RecordedAnswer:
        """Ask as people do, and return what was recorded."""
        house, id_ = self.house, self.house.new_id()
        inquiry = Inquiry(id_, Place("web", "", "", id_, id_), "U1", words, house.time, tuple(history))
        house.ledger.take(inquiry, Limits(10**6, 10**6, 10**6))
        answered = self.approved.answer(words, history)
        recorded = RecordedAnswer(
            f"answer-{id_}", id_, 1, answered.answer, house.time, confidence=answered.confidence
        )
        return house.ledger.record(recorded)

    def rule(
        self, recorded: RecordedAnswer, ruling: Ruling = Ruling.APPROVED, *correction: Statement
    ) -> Verdict:
        """Decide on an answer, a minute later."""
        self.house.time += timedelta(minutes=1)
        return self.reviewer.rule(Decision(recorded.id, "U7", ruling, correction=correction))

    def cite(self, path: str, words: str) -> Citation:
        """Cite words of a document."""
        return cite_words(self.catalogue.document(path), words)

    def check(self) -> list[Lapse]:
        """End what does not stand any more."""
        return list(self.keeper.check())


def said(answer: Answer) -> list[tuple[str, list[str]]]:
    """Return the texts of an answer's statements with their quotations."""
    return [(one.text, [citation.quote for citation in one.citations]) for one in answer.statements]
