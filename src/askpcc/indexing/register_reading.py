"""A language model reads documents for the register: each portion once, within a budget, and proved."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import perf_counter

from askpcc.errors import ModelError
from askpcc.indexing.plan import ModelUse
from askpcc.metadata import describe_document
from askpcc.model import (
    Document,
    Part,
    Passage,
    ProposedClaim,
    RegisterBrief,
    Speaker,
    Spent,
    Status,
    StatusClaim,
)
from askpcc.ports import ReadingStore, RegisterModel, TokenBudget
from askpcc.statuses import ClaimProof, Portion, StatusReader, read_portions
from askpcc.statuses.claim_check import ClaimCheck
from askpcc.statuses.claims import make_claims
from askpcc.statuses.findings import Finding

SECONDS = 120.0
"""For one call: nobody waits for it, and a slow model writes some 3,000 tokens in that time."""
_PATIENCE = 5 * SECONDS
"""Seconds that calls may fail one after the other before the model is let be until the next run.

Five that never end; what is refused at once may be refused for a whole corpus, which costs nothing.
"""
_NEARLY_SPENT = 0.05
"""The share of a run's tokens with less than which nothing more is tried; a small document may still fit."""
_SIDE_BY_SIDE = 3
_LONGEST_CALL = 6_000
"""Characters of the portions read in one call; the claims in them are some 40 at most."""
_CHARACTERS_OF_TOKEN = 4
"""Of English, as providers count; less for damaged text."""
_WRITTEN_SHARE = 0.2
"""Tokens written for each that is sent, as measured: .15 to .21 in five batches of documents."""

Hide = Callable[[str, Document], str]


def hide_nothing(words: str, _: Document) -> str:
    """Return the words as they are."""
    return words


@dataclass(frozen=True, slots=True)
class _Asked:
    """A portion with what names it in the store, and what is shown of it."""

    portion: Portion
    key: str
    part: Part

    @property
    def size(self) -> int:
        return sum(len(one.words) for one in self.part.sentences)


class ModelReader:
    """Reads statuses with a language model; what it does not get to, the taught reader has read.

    check: what the model reads has to pass.  most_tokens: read and written in one run.  reads: False to count
    what would be read, and read nothing.
    """

    def __init__(  # noqa: PLR0913 - each is a part of its own
        self,
        taught: StatusReader,
        check: ClaimCheck,
        model: RegisterModel,
        store: ReadingStore,
        budget: TokenBudget,
        most_tokens: int,
        *,
        hide: Hide = hide_nothing,
        reads: bool = True,
    ) -> None:
        self._taught = taught
        self._check = check
        self._model = model
        self._store = store
        self._budget = budget
        self._most = most_tokens
        self._hide = hide
        self._reads = reads
        self._lock = Lock()
        self._failing = 0.0
        self._unread: set[str] = set()
        self.use = ModelUse(model.register_name)

    @property
    def fingerprint(self) -> str:
        """Return what decides what is read."""
        hidden = " without names" if self._hide is not hide_nothing else ""
        return f"{self._taught.fingerprint} {self._model.register_name} {self._check.fingerprint}{hidden}"

    def is_whole(self, path: str) -> bool:
        """Tell whether the model has read all of a document that this run has read."""
        return path not in self._unread

    def claims(self, document: Document, passages: Sequence[Passage]) -> list[StatusClaim]:
        """Return the status claims of a document, in its order."""
        asked = self._show(document, read_portions(document, passages))
        known = self._store.load({one.key for one in asked})
        missing = [one for one in asked if one.key not in known]
        self._note(portions=len(asked), reused=len(asked) - len(missing))
        if missing and self._reads:
            known |= self._read(document, missing)
        elif missing:
            self._plan(document, missing)
        unread = [one.portion for one in asked if one.key not in known]
        if unread:
            self._unread.add(document.path)
            self._note(unread=len(unread))
        read = [(one.portion, known[one.key]) for one in asked if one.key in known]
        by_model = list(self._prove(document, passages, read))
        taught = self._taught.find(document, passages) if unread else []
        left = [finding for finding in taught if any(_holds(portion, finding) for portion in unread)]
        findings = sorted([*by_model, *left], key=lambda finding: finding.evidence[0])
        return list(make_claims(document, findings))

    def _show(self, document: Document, portions: Sequence[Portion]) -> list[_Asked]:
        shown = []
        for portion in portions:
            part = self._hidden(portion.as_part(1), document)
            named = json.dumps([self._model.register_name, asdict(part)], ensure_ascii=False)
            key = sha256(named.encode("utf-8", "surrogatepass")).hexdigest()
            shown.append(_Asked(portion, key, part))
        return shown

    def _hidden(self, part: Part, document: Document) -> Part:
        def hide(words: str) -> str:
            return self._hide(words, document)

        sentences = (
            replace(one, words=hide(one.words), lead=hide(one.lead), column=hide(one.column))
            for one in part.sentences
        )
        return Part(tuple(map(hide, part.headings)), tuple(sentences))

    def _about(self, document: Document) -> dict[str, str]:
        return {name: self._hide(told, document) for name, told in describe_document(document).items()}

    def _plan(self, document: Document, missing: Sequence[_Asked]) -> None:
        """Count what reading would take."""
        for batch in _pack(missing):
            read = self._estimate(_number(self._about(document), batch))
            self._note(calls=1, tokens_read=read, tokens_written=round(read * _WRITTEN_SHARE))

    def _estimate(self, brief: RegisterBrief) -> int:
        return self._model.measure(brief) // _CHARACTERS_OF_TOKEN

    def _read(self, document: Document, missing: Sequence[_Asked]) -> dict[str, str]:
        """Have the model read portions, several calls at once; what is read is kept as it comes."""
        waiting: SimpleQueue[list[_Asked]] = SimpleQueue()
        done: SimpleQueue[dict[str, str] | BaseException] = SimpleQueue()
        about, batches = self._about(document), list(_pack(missing))
        for batch in batches:
            waiting.put(batch)

        def work() -> None:
            while True:
                try:
                    done.put(self._ask(about, waiting.get_nowait()))
                except Empty:
                    return
                except BaseException as exc:  # noqa: BLE001 - raised again by whoever waits
                    done.put(exc)

        for _ in batches[:_SIDE_BY_SIDE]:
            # A daemon, so that nobody who stops the run waits for a provider.
            Thread(target=work, name="register reading", daemon=True).start()
        read: dict[str, str] = {}
        for _ in batches:
            outcome = done.get()
            if isinstance(outcome, BaseException):
                raise outcome
            self._store.save(outcome)
            read |= outcome
        return read

    def _ask(self, about: Mapping[str, str], batch: Sequence[_Asked]) -> dict[str, str]:
        """Return what the model reads in portions, by key; nothing where it fails."""
        brief = _number(about, batch)
        began = perf_counter()
        if self.use.reason:
            return {}
        try:
            self._refuse_when_spent(self._estimate(brief))
            proposal = self._model.read_register(brief, SECONDS)
        except ModelError as failure:
            self._fail(failure, perf_counter() - began)
            # What was written and cannot be used may be the fault of one portion.
            apart = failure.tokens_written and len(batch) > 1
            middle = len(batch) // 2
            return self._ask(about, batch[:middle]) | self._ask(about, batch[middle:]) if apart else {}
        self._count(proposal.spent)
        with self._lock:
            self._failing = 0.0
        self._note(read=len(batch))
        return {
            one.key: json.dumps([_write(claim) for claim in claims], ensure_ascii=False)
            for one, claims in _part(batch, proposal.claims)
        }

    def _refuse_when_spent(self, needed: int) -> None:
        self._budget.refuse_when_spent()
        left = self._most - self.use.tokens_read - self.use.tokens_written
        if needed > left:
            reason = f"the {self._most:,} tokens that it may use in a run are used up"
            raise ModelError(reason, lasting=left < self._most * _NEARLY_SPENT)

    def _fail(self, failure: ModelError, seconds: float) -> None:
        with self._lock:
            self._failing += seconds
            ends = failure.lasting or self._failing >= _PATIENCE
            self.use = replace(
                self.use,
                failed=self.use.failed + (not failure.lasting),
                last_fault=failure.reason,
                reason=self.use.reason or (failure.reason if ends else ""),
            )
        if failure.tokens_read or failure.tokens_written:
            self._count(Spent(failure.tokens_read, failure.tokens_written))

    def _count(self, spent: Spent) -> None:
        self._note(calls=1, tokens_read=spent.read, tokens_written=spent.written)
        try:
            self._budget.count(spent)
        except ModelError as failure:
            with self._lock:
                self.use = replace(self.use, reason=self.use.reason or failure.reason)

    def _note(self, **more: int) -> None:
        with self._lock:
            self.use = replace(self.use, **{name: getattr(self.use, name) + by for name, by in more.items()})

    def _prove(
        self, document: Document, passages: Sequence[Passage], read: Sequence[tuple[Portion, str]]
    ) -> Iterator[Finding]:
        """Yield what the document bears out of what the model read."""
        proof = ClaimProof.of(document, passages, self._check)
        for portion, written in read:
            for proposed in map(_read_claim, json.loads(written)):
                finding = proof.find(portion, proposed)
                if finding is None:
                    self._note(refused=1)
                else:
                    yield replace(finding, read_by=self._model.register_name)


def _holds(portion: Portion, finding: Finding) -> bool:
    return any(place.utterance.span.overlaps(finding.evidence[0]) for place in portion.places)


def _pack(asked: Sequence[_Asked]) -> Iterator[list[_Asked]]:
    """Yield neighbouring portions that are read in one call."""
    batch: list[_Asked] = []
    for one in asked:
        if batch and sum(held.size for held in batch) + one.size > _LONGEST_CALL:
            yield batch
            batch = []
        batch.append(one)
    if batch:
        yield batch


def _number(about: Mapping[str, str], batch: Sequence[_Asked]) -> RegisterBrief:
    """Return portions as one brief, whose sentences are numbered through, as are the rows of tables."""
    parts, first = [], 1
    for one in batch:
        sentences = tuple(
            replace(sentence, number=number)
            for number, sentence in enumerate(one.part.sentences, start=first)
        )
        parts.append(Part(one.part.headings, sentences))
        first += len(sentences)
    return RegisterBrief(about, tuple(parts))


def _part(
    batch: Sequence[_Asked], claims: Sequence[ProposedClaim]
) -> Iterator[tuple[_Asked, list[ProposedClaim]]]:
    """Yield each portion with the claims whose most telling sentence stands in it, numbered as it is."""
    first = 1
    for one in batch:
        own = range(first, first + len(one.portion.places))
        first = own.stop
        yield (
            one,
            [
                replace(claim, numbers=tuple(n - own.start + 1 for n in claim.numbers if n in own))
                for claim in claims
                if claim.numbers and claim.numbers[0] in own
            ],
        )


def _write(claim: ProposedClaim) -> dict[str, object]:
    return {**asdict(claim), "said_by": claim.said_by and str(claim.said_by), "status": str(claim.status)}


def _read_claim(held: Mapping[str, object]) -> ProposedClaim:
    speaker = held["said_by"]
    return ProposedClaim(
        str(held["matter"]),
        Status(str(held["status"])),
        tuple(held["numbers"]),  # type: ignore[arg-type]  # as written by _write
        str(held["reference"]),
        Speaker(str(speaker)) if speaker else None,
    )
