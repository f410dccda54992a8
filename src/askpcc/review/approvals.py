"""Approved answers: when one is given again, and when it lapses."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from askpcc.asking.answering import Answered
from askpcc.asking.citing import anchor, keep_verified, read_cited
from askpcc.errors import QuestionError, UnknownAnswer
from askpcc.inquiry_workers import Answers
from askpcc.model import (
    Answer,
    Approval,
    Citation,
    DocumentClaims,
    Endorsement,
    FactName,
    Inquiry,
    Passage,
    Question,
    RecordedAnswer,
    Statement,
    StatusClaim,
    Wanted,
)
from askpcc.ports import AnswerBook, Catalogue, ReviewBook
from askpcc.register import Row, build_register
from askpcc.register.rows import is_later, is_same_report, read_response
from askpcc.text.forces import ForceTable, load_forces
from askpcc.text.words import STOPWORDS, default_lexicon, stem

GONE = "Words that it cites are not in the documents any more."
MOVED = "The passage that it cites has changed."
NEWER = "A newer document speaks of what it cites."
CHANGED = "The documents now say something else to this question."
READ_OTHERWISE = "Its question is read differently now."
_DIGITS = 32
_BEGIN, _END = "\ue000", "\ue001"
"""Around the name of a force; a question that was read holds no private characters."""

_TOKEN = re.compile(rf"{_BEGIN}[^{_END}]*{_END}|\d(?:[\w.,/:-]*\w)?|[^\W_]+|[%£$€<>=+]")
_PLACED = rf"\b(?:in|at|of)\s+(?:the\s+)?{_BEGIN}[^{_END}]*{_END}(?:['’]s)?"
_HEADED = rf"\A\W*{_BEGIN}[^{_END}]*{_END}\s*[:,–-]"
_ONLY_PLACES = re.compile(f"{_PLACED}|{_HEADED}", re.IGNORECASE)
_SHORTENED = (
    (re.compile(r"\b(what|who|where|when|how|it|that)['’]?s\b", re.IGNORECASE), r"\1 is"),
    (re.compile(r"\b(is|are|was|were|has|have|had|do|does|did)n['’]?t\b", re.IGNORECASE), r"\1 not"),
)
_SAYS_NOTHING = frozenset("a an the please pls thanks s".split())
_NOW = {"was": "is", "were": "are", "has": "is", "have": "are"}
_SAME = 1.0
_SHORTEST_PLURAL = 4
_PARTS = 3


@dataclass(frozen=True, slots=True)
class Basis:
    """Three names; each changes with what it names.

    said: what is answered afresh.  around: the passages that the approved citations stand in, and what is
    claimed there.  newer: which newer documents speak of the same report or matter.
    """

    said: str
    around: str
    newer: str

    def __str__(self) -> str:
        return f"{self.said}.{self.around}.{self.newer}"


@dataclass(frozen=True, slots=True)
class Lapse:
    """An approval that ended, for those who are told.

    recorded: the answer that was approved.  now: what the documents say today.
    """

    approval: Approval
    inquiry: Inquiry
    recorded: RecordedAnswer
    now: Answer
    reason: str


@dataclass(frozen=True, slots=True)
class ApprovedAnswers:
    """Answers with what was approved, where that stands, and otherwise afresh.

    answers: afresh.  A question is answered afresh each time: only that shows whether the documents still
    say what they said when the approval was given.
    """

    answers: Answers
    reviews: ReviewBook
    catalogue: Catalogue
    now: Callable[[], datetime]

    def answer(self, typed: str, history: Sequence[str] = ()) -> Answered:
        """Answer a question; raises as the answers and the ledger do."""
        fresh = self.answers.answer(typed, history)
        approval = self.reviews.approval(key_of(fresh.answer.question))
        if approval is None:
            return fresh
        standing = find_standing(approval, fresh.answer, self.catalogue)
        if isinstance(standing, str):
            self.reviews.lapse(approval.verdict, self.now(), standing)
            return fresh
        return replace(fresh, answer=standing)


@dataclass(frozen=True, slots=True)
class ApprovalExpiry:
    """Asks each approved question again.  answers: afresh, without what was approved."""

    answers: Answers
    book: AnswerBook
    reviews: ReviewBook
    catalogue: Catalogue
    now: Callable[[], datetime]

    def check(self) -> Iterator[Lapse]:
        """End the approvals that do not stand any more, and yield those that this call ended, one by one.

        Of several keepers at once, one ends an approval.  Raises the failures of the index and the ledger.
        """
        for approval in self.reviews.approvals():
            lapse = self._check(approval)
            if lapse is not None:
                yield lapse

    def _check(self, approval: Approval) -> Lapse | None:
        try:
            recorded = self.book.answer(approval.answer)
            inquiry = self.book.inquiry(recorded.inquiry)
        except UnknownAnswer:
            return None  # it was erased meanwhile, and its approval with it
        question = recorded.answer.question
        try:
            fresh = self.answers.answer(question.words, question.history).answer
        except QuestionError:
            return None  # it was a question when it was approved, and nobody can ask it any more
        reason = self._find_reason(approval, fresh)
        if reason is None or not self.reviews.lapse(approval.verdict, self.now(), reason):
            return None
        return Lapse(approval, inquiry, recorded, fresh, reason)

    def _find_reason(self, approval: Approval, fresh: Answer) -> str | None:
        if key_of(fresh.question) != approval.key:
            return READ_OTHERWISE
        standing = find_standing(approval, fresh, self.catalogue)
        return standing if isinstance(standing, str) else None


def find_standing(approval: Approval, fresh: Answer, catalogue: Catalogue) -> Answer | str:
    """Return the approved answer with its citations in the newest versions, or why it has lapsed."""
    moved = find_again(approval.statements, catalogue)
    if moved is None:
        return GONE
    then, now = _parse_basis(approval.basis), read_basis(fresh, moved, catalogue)
    if then is None or then.said != now.said:
        return NEWER if then is not None and then.newer != now.newer else CHANGED
    if then.around != now.around:
        return MOVED
    if then.newer != now.newer:
        return NEWER
    endorsed = replace(fresh, endorsement=Endorsement(approval.reviewer, approval.at))
    if name_statements(fresh.statements) == name_statements(moved):
        return replace(endorsed, statements=moved)
    return replace(endorsed, statements=moved, reason=None, nearest=(), note="", verdict="", withheld=0)


def find_again(statements: Sequence[Statement], catalogue: Catalogue) -> tuple[Statement, ...] | None:
    """Return statements with their citations in the newest versions; None where some words are not there."""
    moved = anchor(statements, read_cited(statements, catalogue))
    if moved is None:
        return None
    kept, dropped = keep_verified(moved, lambda path, version: catalogue.document(path, version).text)
    return None if dropped else kept


def key_of(question: Question) -> str:
    """Name a question by its words, what was read from them, and the thread that it stands in.

    All words count, in their order, so that whoever is named first, a negation, a bound or a number makes
    another question.  Only what surely says the same is folded: case, articles, courtesies, singular and
    plural, forms of one word and abbreviations (as the lexicon has them), names of one force, "has been" and
    "was" where a status is asked for.  Nothing rests on likeness.
    """
    table = _table_of(question.forces)
    read = [question.wanted, question.sought, *question.forces, "items", *question.items]
    thread = [part for said in question.history for part in ("earlier", *_spell(said, question, table))]
    return digest([*read, "words", *_spell(question.words, question, table), *thread])


@lru_cache(maxsize=256)
def _table_of(names: Sequence[str]) -> ForceTable:
    listed = (force for force in load_forces().forces if force.name in names)
    return ForceTable(listed).with_extra(names)


def _spell(text: str, question: Question, table: ForceTable) -> list[str]:
    """Return the words of a text as they are compared."""
    for force, span in reversed(table.find_forces(text, typed=True)):
        text = f"{text[: span.start]}{_BEGIN}{force.name}{_END}{text[span.end :]}"
    if len(question.forces) == 1:
        text = _ONLY_PLACES.sub(" ", text)
    for shortened, spelt_out in _SHORTENED:
        text = shortened.sub(spelt_out, text)
    spelt = [part for typed in _TOKEN.findall(text) for part in _fold(typed)]
    return _fold_tense(spelt) if question.wanted is Wanted.STATUS else spelt


def _fold(typed: str) -> Iterator[str]:
    """Yield the words that a word stands for."""
    word = typed.casefold()
    if typed[0] == _BEGIN or (typed.isupper() and len(typed) > 1 and word in STOPWORDS):
        yield typed  # IT is not it
    elif word not in _SAYS_NOTHING:
        # An abbreviation alone: "afi" and "afis", but no word whose stem looks like one.
        stemmed = (stem(word),)
        written = default_lexicon().long_forms.get(stemmed) if word.rstrip("s") == stemmed[0] else None
        if written is None:
            yield _one_form(word)
        else:
            yield from (_one_form(part) for part in _TOKEN.findall(written.casefold()))


def _one_form(word: str) -> str:
    """Return the form that stands for all forms of a word."""
    lexicon = default_lexicon()
    others = lexicon.equivalents.get((stem(word),), {})
    # What an abbreviation stands for has the same stem as other words.
    same = [
        phrase[0]
        for phrase, strength in others.items()
        if strength == _SAME and len(phrase) == 1 and phrase not in lexicon.long_forms
    ]
    return min([stem(word), *same]) if same else _singular(word)


def _singular(word: str) -> str:
    ends = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if ends and len(word) >= _SHORTEST_PLURAL and word not in STOPWORDS else word


def _fold_tense(spelt: Sequence[str]) -> list[str]:
    """Write one form for "is", "was" and "has been": a status is asked for as it is known today."""
    perfect = "been" in spelt
    forms = _NOW if perfect else {name: now for name, now in _NOW.items() if name.startswith("w")}
    return [forms.get(word, word) for word in spelt if not (perfect and word == "been")]


def read_basis(fresh: Answer, approved: Sequence[Statement], catalogue: Catalogue) -> Basis:
    """Return what statements rest on today, all of whose citations stand in the newest versions.

    fresh: what is answered to the question without any approval.
    """
    cited = [citation for statement in approved for citation in statement.citations]
    return Basis(name_answer(fresh), _name_surroundings(cited, catalogue), _name_newer(cited, catalogue))


def _parse_basis(written: str) -> Basis | None:
    """Return the basis that was written; None where it is none."""
    parts = written.split(".")
    return Basis(*parts) if len(parts) == _PARTS else None


def name_answer(answer: Answer) -> str:
    """Name all that an answer says; where its words stand does not count, so that documents may grow."""
    nearest = [f"{citation.document}\n{citation.quote}" for citation in answer.nearest]
    said = [answer.reason or "", answer.note, "nearest", *nearest]
    return digest([*said, "statements", name_statements(answer.statements)])


def name_statements(statements: Iterable[Statement]) -> str:
    """Name what statements say: their texts, statuses and quoted words."""
    return digest(
        part
        for statement in statements
        for part in (
            "statement",
            statement.text,
            statement.status or "",
            *(f"{citation.document}\n{citation.quote}" for citation in statement.citations),
        )
    )


def _name_surroundings(cited: Sequence[Citation], catalogue: Catalogue) -> str:
    documents = sorted({citation.document for citation in cited})
    passages = {path: catalogue.passages_of(path) for path in documents}
    claims = catalogue.claims(documents) if documents else []
    return digest(part for citation in cited for part in _list_surroundings(citation, passages, claims))


def _list_surroundings(
    citation: Citation, passages: Mapping[str, Sequence[Passage]], claims: Sequence[StatusClaim]
) -> Iterator[str]:
    """Yield the passages under a citation with their headings, and the claims that rest on its words."""
    yield f"citation {citation.document}"
    for passage in passages[citation.document]:
        if passage.span.overlaps(citation.span):
            yield from (passage.indexed, passage.section, *passage.items)
    for claim in claims:
        if claim.document == citation.document and any(s.overlaps(citation.span) for s in claim.evidence):
            yield from ("claim", claim.matter, claim.number or "", claim.status, claim.said_by)
            yield from (claim.as_of or "", claim.due or "", claim.addressee or "")


def _name_newer(cited: Sequence[Citation], catalogue: Catalogue) -> str:
    entries = _read_related({citation.document for citation in cited}, catalogue)
    rows = build_register(entries)
    return digest(sorted({*_find_superseding(cited, rows), *_find_later(cited, entries)}))


def _read_related(cited: set[str], catalogue: Catalogue) -> list[DocumentClaims]:
    """Read the documents of the forces that the cited documents are of."""
    forces = {
        card.path: {fact.value for fact in card.facts if fact.name is FactName.FORCE}
        for card in catalogue.documents()
    }
    concerned: set[str] = set().union(*(forces.get(path, set()) for path in cited))
    related = sorted(path for path, own in forces.items() if path in cited or own & concerned)
    return catalogue.document_claims(related) if related else []


def _find_superseding(cited: Sequence[Citation], rows: Sequence[Row]) -> Iterator[str]:
    """Yield what has taken the place of what is cited, with what it says now."""
    for row in rows:
        if row.superseded_by is not None and any(_shares_words(row, citation) for citation in cited):
            newest = (other for other in rows if other.id == row.superseded_by)
            yield f"{row.superseded_by} {' '.join(sorted(other.status for other in newest))}"


def _shares_words(row: Row, citation: Citation) -> bool:
    return any(
        one.document == citation.document and one.span.overlaps(citation.span) for one in row.citations
    )


def _find_later(cited: Sequence[Citation], entries: Sequence[DocumentClaims]) -> Iterator[str]:
    """Yield the documents that are later than a cited one and speak of the same report."""
    responses = {entry.document.path: read_response(entry.document) for entry in entries}
    for path in {citation.document for citation in cited} & responses.keys():
        own = responses[path]
        for other in responses.values():
            if is_same_report(own, other) and is_later(other.dated, own.dated):
                yield other.document


def digest(parts: Iterable[str]) -> str:
    """Name a row of texts; rows that differ in any have different names."""
    made = sha256()
    for part in parts:
        made.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return made.hexdigest()[:_DIGITS]
