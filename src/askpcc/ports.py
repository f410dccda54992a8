"""The seams: what the flows need from the world, in our words."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol, TypeAlias

from askpcc.model import (
    Act,
    Approval,
    Brief,
    ClaimsProposal,
    Document,
    DocumentCard,
    DocumentClaims,
    Draft,
    Erasure,
    Feedback,
    HelpRequest,
    IndexRun,
    Inquiry,
    InquiryState,
    Lead,
    LeadState,
    Limits,
    NamedMatter,
    Passage,
    Place,
    Post,
    Proposal,
    Question,
    Ranked,
    ReaderInput,
    Reading,
    Record,
    RecordedAnswer,
    RegisterBrief,
    Rewriting,
    Spent,
    StatusClaim,
    Taking,
    Thread,
    Validators,
    Verdict,
    Waiting,
    Why,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


Vector: TypeAlias = "NDArray[np.float32]"


class Embedder(Protocol):
    """Turns text into vectors of unit length.

    fingerprint names model and weights and costs no loading of the model.
    max_tokens: what is longer is not seen by the model.
    """

    @property
    def fingerprint(self) -> str: ...
    @property
    def max_tokens(self) -> int: ...
    def count_tokens(self, text: str) -> int: ...
    def embed_passages(self, texts: Sequence[str]) -> list[Vector]: ...
    def embed_question(self, text: str) -> Vector: ...


class EmbeddingCache(Protocol):
    """Vectors by what was embedded: nothing unchanged is embedded twice, also not across a rebuild.

    A key names embedder and text.  save is durable when it returns.
    """

    def load(self, keys: Collection[str]) -> dict[str, Vector]: ...
    def save(self, vectors: Mapping[str, Vector]) -> None: ...


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, and how well it fits: larger is better, comparable within one search only."""

    passage: str
    score: float


class Vectors(Protocol):
    """A vector store that is being filled; ids are ids of passages.

    finds: whether each of these vectors is found again by a search.  close: what was added is on disk.
    """

    @property
    def name(self) -> str: ...
    def ids(self) -> set[str]: ...
    def add(self, vectors: Mapping[str, Vector], documents: Mapping[str, str]) -> None: ...
    def remove(self, ids: Collection[str]) -> None: ...
    def finds(self, vectors: Mapping[str, Vector]) -> bool: ...
    def close(self) -> None: ...


class VectorStores(Protocol):
    """The vector stores of an index, by name.  One that the catalogue names is never written again.

    derive: a new store, which holds what the named one holds, or nothing.  seal: digest of what lies on
    disk, read without opening the store, empty when it cannot be read.  sweep: drops all others.
    """

    def derive(self, name: str | None) -> Vectors: ...
    def seal(self, name: str) -> str: ...
    def sweep(self, keep: str) -> None: ...


class NearestPassages(Protocol):
    """The vector store as a question needs it; it follows the catalogue from store to store."""

    def nearest(self, vector: Vector, limit: int, documents: Collection[str] | None = None) -> list[Hit]: ...


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """What the catalogue knows of a document before reading it again.

    fingerprint: of the file's bytes, its source note and the reader that read it.
    stale: the reason why the newest file could not be read, when an earlier version stays.
    """

    document: str
    version: str
    fingerprint: str
    passages: tuple[str, ...]
    stale: str | None = None


@dataclass(frozen=True, slots=True)
class IndexState:
    """What is indexed before a run, by path.  store, seal: the vector store in use, and its seal."""

    index_version: str
    embedder: str
    store: str
    seal: str
    documents: Mapping[str, IndexedDocument]


@dataclass(frozen=True, slots=True)
class LoadedDocument:
    """A document with its passages, to be indexed; it takes the place of an earlier version.

    claims, items: what it says of matters, and which it names.
    """

    document: Document
    fingerprint: str
    passages: Sequence[Passage]
    claims: Sequence[StatusClaim] = ()
    items: Sequence[NamedMatter] = ()


@dataclass(frozen=True, slots=True)
class CatalogueChange:
    """What one run changes, in one transaction.  stale: the reason, or None where a file is mended.

    run: what the run changed, to be kept for those who announce it; the commit fills in its index version.
    """

    embedder: str
    store: str
    seal: str
    added: Sequence[LoadedDocument] = ()
    removed: Collection[str] = ()
    stale: Mapping[str, str | None] = field(default_factory=dict)
    run: IndexRun | None = None


class CatalogueWriter(Protocol):
    """The catalogue as the index flow needs it.

    state: None where nothing is indexed; raises IndexDamaged.  indexed: the indexed text of passages.
    document_claims: every document with what it says of matters; only where something is indexed.
    commit: makes the change visible at once, and returns the index version.  discard: makes room for
    a new catalogue when the old one cannot be read.
    """

    def state(self) -> IndexState | None: ...
    def indexed(self, ids: Collection[str]) -> dict[str, str]: ...
    def document_claims(self) -> list[DocumentClaims]: ...
    def commit(self, change: CatalogueChange) -> str: ...
    def discard(self) -> None: ...


class Catalogue(Protocol):
    """What is indexed, as one generation sees it.  It never mixes two generations in one call.

    document: without a version the newest; its blocks are left out.  Raises UnknownDocument.
    passages: in the order of the ids, without those that are not indexed (any more).
    claims, document_claims: what documents say of matters, of some documents or of all.
    naming: which documents name one of these numbered matters ("recommendation 5"), by path.
    keyword: finds passages that hold at least one of these Porter stems.
    frequencies: how many passages there are, and how many of them hold each of these Porter stems.
    runs: the latest that changed what is indexed, newest first.
    """

    def index_version(self) -> str: ...
    def documents(self) -> Sequence[DocumentCard]: ...
    def document(self, path: str, version: str | None = None) -> Document: ...
    def passages(self, ids: Collection[str]) -> list[Passage]: ...
    def passages_of(self, document: str) -> list[Passage]: ...
    def claims(self, documents: Collection[str] | None = None) -> list[StatusClaim]: ...
    def naming(self, items: Collection[str], documents: Collection[str] | None = None) -> list[str]: ...
    def copies(self) -> Mapping[str, str]: ...
    def document_claims(self, documents: Collection[str] | None = None) -> list[DocumentClaims]: ...
    def keyword(
        self, terms: Collection[str], limit: int, documents: Collection[str] | None = None
    ) -> list[Hit]: ...
    def frequencies(self, stems: Collection[str]) -> tuple[int, Mapping[str, int]]: ...
    def runs(self, limit: int) -> list[IndexRun]: ...


class Lock(Protocol):
    """Keeps two runs from writing one index."""

    def held(self) -> AbstractContextManager[None]: ...


class Corpus(Protocol):
    """The files that people put there.

    files: paths below the corpus, sorted; others: those of files of other kinds; both raise CorpusError.
    read: raises BadDocument.
    """

    def files(self) -> Iterator[str]: ...
    def others(self) -> Iterator[str]: ...
    def read(self, path: str) -> bytes: ...


class CorpusWriter(Protocol):
    """Writes files into the corpus, each whole or not at all; paths are below the corpus."""

    def exists(self, path: str) -> bool: ...
    def read_note(self, path: str) -> str: ...
    def write_new(self, path: str, data: bytes) -> None: ...
    def replace(self, path: str, data: bytes) -> None: ...


class WatchMemory(Protocol):
    """What is known of watched pages and of the links that were found on them, shared by all processes.

    A link is known by its address, in whatever spelling.
    validators: of the version of a page that was read last.  note_page: keeps them together with the links
    that are not known yet, so that none is lost; returns how many were new.  leads: of a state, those tried
    least first, then the oldest.  lead: None where it is not known.  settle: what has become of one.
    postpone: it is tried again later; returns how often it was tried.
    take_untold: what is offered and was told nobody, and counts as told from now on.  untell: it was not
    told after all.
    """

    def validators(self, page: str) -> Validators: ...
    def note_page(self, page: str, validators: Validators, leads: Sequence[Lead]) -> int: ...
    def leads(self, state: LeadState, limit: int) -> list[Lead]: ...
    def lead(self, address: str) -> Lead | None: ...
    def settle(self, address: str, state: LeadState, reason: str = "") -> None: ...
    def postpone(self, address: str) -> int: ...
    def take_untold(self) -> list[Lead]: ...
    def untell(self, leads: Sequence[Lead]) -> None: ...


class Writer(Protocol):
    """Picks what to assert and what to cite; it writes neither quotations nor reference numbers."""

    @property
    def name(self) -> str: ...
    def write(self, question: Question, ranked: Sequence[Ranked]) -> list[Draft]: ...


class LanguageModel(Protocol):
    """Proposes statements about numbered sentences; nothing of it is believed before it is proved.

    name: of the model, with the version of its instructions.

    seconds: within which it answers, or raises ModelError, whatever its provider does.
    """

    @property
    def name(self) -> str: ...
    def propose(self, brief: Brief, seconds: float) -> Proposal: ...
    def rewrite(self, words: str, history: Sequence[str], seconds: float) -> Rewriting: ...


class RegisterModel(Protocol):
    """Reads portions of documents for the register; nothing of it is believed before it is proved.

    register_name: of the model, with the version of its instructions.  measure: characters sent for a brief.
    read_register: raises ModelError, within these seconds.
    """

    @property
    def register_name(self) -> str: ...
    def measure(self, brief: RegisterBrief) -> int: ...
    def read_register(self, brief: RegisterBrief, seconds: float) -> ClaimsProposal: ...


class ReadingStore(Protocol):
    """What a language model has read, by key: nothing unchanged is read twice, also not across a rebuild.

    A key names model, instructions and words.  save is durable when it returns.
    """

    def load(self, keys: Collection[str]) -> dict[str, str]: ...
    def save(self, readings: Mapping[str, str]) -> None: ...


class TokenBudget(Protocol):
    """The tokens that may be read and written in a day; refusing raises ModelError when they are used up."""

    def refuse_when_spent(self) -> None: ...
    def count(self, spent: Spent) -> None: ...


class Inbox(Protocol):
    """Inquiries on their way to an answer, shared by all processes.

    take: keeps an inquiry once, before anything is done about it; KNOWN when its place was taken before.
    revise: new words for the inquiry of a place; it waits again, in its next edition; None where nothing
    is known of the place, its message is gone, or the words are the same.  Its attempts are counted anew.
    withdraw: the asking message is gone; one that is not answered yet will not be.  Returns the inquiry in
    its state after that; None where nothing is known of the place.
    end: settles an inquiry that is worked on without a worker, by the surface that took it.
    stop: those of a thread that are waiting or being worked on are not to be answered; returns them.
    """

    def take(self, inquiry: Inquiry, limits: Limits) -> Taking: ...
    def revise(self, place: Place, words: str) -> Inquiry | None: ...
    def withdraw(self, place: Place) -> Inquiry | None: ...
    def stop(self, team: str, channel: str, thread: str) -> list[Inquiry]: ...
    def end(self, inquiry: Inquiry, state: InquiryState) -> None: ...


class WorkList(Protocol):
    """Inquiries as a worker sees them.  worker: a name that no other process or thread has.

    claim: the oldest that waits, or whose worker's lease has run out; None where there is none.
    renew: prolongs the leases of all that this worker holds.
    settle: ends an inquiry, unless it has another worker or a newer edition; tells whether it did.
    hand_back: lets others have what this worker holds; returns how many.
    state: of one inquiry, edition and attempt; WAITING where it has a newer edition, or another worker.
    waiting: how many wait.
    """

    def claim(self, worker: str, lease: timedelta) -> Inquiry | None: ...
    def renew(self, worker: str, lease: timedelta) -> None: ...
    def settle(self, inquiry: Inquiry, worker: str, state: InquiryState) -> bool: ...
    def hand_back(self, worker: str) -> int: ...
    def state(self, inquiry: Inquiry) -> InquiryState: ...
    def waiting(self) -> int: ...


class AnswerBook(Protocol):
    """Answers as they were given.

    record: keeps an answer before it is posted; one already kept for that inquiry and edition stays, and
    is returned.  posted: a message now carries it, or its part of that number, counted from 0; False where
    another message carries that part already, and then nothing is kept.
    answer, inquiry: raise UnknownAnswer.
    answers_to: all editions' answers, oldest first.  recent: a person's latest, newest first.
    """

    def record(self, answer: RecordedAnswer) -> RecordedAnswer: ...
    def posted(self, answer: str, post: Post, part: int | None = None) -> bool: ...
    def answer(self, id_: str) -> RecordedAnswer: ...
    def inquiry(self, id_: str) -> Inquiry: ...
    def answers_to(self, inquiry: str) -> list[RecordedAnswer]: ...
    def recent(self, team: str, person: str, limit: int) -> list[tuple[Inquiry, RecordedAnswer]]: ...


class Threads(Protocol):
    """Where the assistant is part of the talk.  mute: returns False where it was muted already."""

    def thread(self, team: str, channel: str, thread: str) -> Thread: ...
    def mute(self, team: str, channel: str, thread: str, person: str) -> bool: ...
    def unmute(self, team: str, channel: str, thread: str) -> bool: ...


class Opinions(Protocol):
    """What people think of answers, and which a person is to look at.

    vote: one a person and answer, the latest counts.  ask_person: one open request an answer; returns
    the open one.  open_requests: those that nobody has resolved and no verdict has followed.
    resolve: None where it was resolved before.  bad: the latest bad opinions, newest first.
    """

    def vote(self, feedback: Feedback) -> None: ...
    def feedback(self, answer: str) -> list[Feedback]: ...
    def ask_person(self, request: HelpRequest) -> HelpRequest: ...
    def help_posted(self, request: str, post: Post) -> None: ...
    def resolve(self, request: str, person: str) -> HelpRequest | None: ...
    def open_requests(self, limit: int) -> list[HelpRequest]: ...
    def bad(self, limit: int) -> list[Feedback]: ...


class Journal(Protocol):
    """Audit lines, and marks that processes move one after the other.

    note: keeps an audit line for good.  acts: the latest, newest first.
    mark: the value of a mark; None where nobody has set it.  move_mark: sets it where it still has the
    value that the caller saw; tells whether it did, so that of several processes one does what follows.
    """

    def note(self, act: Act) -> None: ...
    def acts(self, limit: int) -> Sequence[Act]: ...
    def mark(self, name: str) -> str | None: ...
    def move_mark(self, name: str, seen: str | None, value: str) -> bool: ...


Activity = Feedback | HelpRequest | Verdict | Act
"""What a person thought, asked for, decided or did apart from their own inquiries."""


class ReviewBook(Protocol):
    """The queue of answers that wait for a reviewer, the verdicts, and the approvals that stand.

    enqueue: notes a reason; one that the answer waits for already stays.  A verdict takes the answer out of
    the queue; a reason that comes up afterwards puts it there again.
    queue: the answers that wait, oldest first.  verdicts: of an answer, oldest first.  latest_verdicts: on
    any, newest first.
    rule: keeps a verdict with the approval that follows from it, if one does, in the place of an earlier
    approval of the same key.  ended: the verdict whose approval it contradicts, which ends.
    approval: the one that stands for a key.  approvals: all that stand.  approvals_of: those that verdicts
    on an answer led to, oldest first, also the ended ones.
    lapse: ends an approval and puts its answer into the queue as lapsed, once; tells whether it did.
    """

    def enqueue(self, answer: str, why: Why, at: datetime) -> None: ...
    def queue(self, limit: int) -> list[Waiting]: ...
    def rule(self, verdict: Verdict, approval: Approval | None, ended: str | None = None) -> None: ...
    def verdicts(self, answer: str) -> list[Verdict]: ...
    def latest_verdicts(self, limit: int) -> list[Verdict]: ...
    def approval(self, key: str) -> Approval | None: ...
    def approvals(self) -> list[Approval]: ...
    def approvals_of(self, answer: str) -> list[Approval]: ...
    def lapse(self, verdict: str, at: datetime, reason: str) -> bool: ...


class Archive(Protocol):
    """All that is kept, for those who must hand it out or erase it.

    records: each inquiry with its answers, opinions and verdicts, oldest first, read bit by bit; only those
    asked since a time, or by a person, where these are given.
    activities: what a person did on others' answers, and their audit lines.
    purge: erases inquiries asked before a time, of a person, or both, with all that hangs on them.  What the
    person did elsewhere, before that time, keeps standing without their name.  Raises LedgerError where
    neither is given, and for a time without its zone.  plan_purge: tells what that would erase.
    """

    def records(self, since: datetime | None = None, person: str | None = None) -> Iterator[Record]: ...
    def activities(self, person: str) -> list[Activity]: ...
    def plan_purge(self, before: datetime | None, person: str | None) -> Erasure: ...
    def purge(self, before: datetime | None, person: str | None) -> Erasure: ...


class Reader(Protocol):
    """Judges which of the sentences that were found answer a question, and whether any does.

    fingerprint names the reader, and costs no loading.  limits: the least chances at which something is
    said, by name.
    """

    @property
    def fingerprint(self) -> str: ...
    @property
    def limits(self) -> Mapping[str, float]: ...
    def read_question(self, question: Question, found: Sequence[Ranked]) -> Reading: ...


class CaseScorer(Protocol):
    """A taught encoder: scores cases by its heads.

    fingerprint names weights and inputs, and costs no loading.  score: for each case the raw scores of all
    heads side by side, in the order and widths of their encoder in askpcc.reader.heads.HEADS.
    """

    @property
    def fingerprint(self) -> str: ...
    def score(self, cases: Sequence[ReaderInput]) -> "list[Vector]": ...
