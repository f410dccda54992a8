"""The form of a verdict: what its fields say, and which of them cannot stand."""

from collections.abc import Mapping
from dataclasses import dataclass

from askpcc.errors import UnknownDocument, VerdictError
from askpcc.library import Library
from askpcc.model import Answer, Judgement, RecordedAnswer, Ruling, Span, Statement, Status
from askpcc.rendering.documents import read_place
from askpcc.reviewing.basis import name_answer
from askpcc.reviewing.decisions import LONGEST_COMMENT, Decision
from askpcc.reviewing.finding import cite_chosen, cite_words

NEW = "new"
"""The ruling by which what is answered now is approved in the place of what was answered then."""

_JUDGEMENT = "judgement-"
_STATUSES, _JUDGEMENTS = set(Status), set(Judgement)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a form was not taken.  field: beside which that stands."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class VerdictForm:
    """What was filled in, as it came.

    judgements: by the number of the statement.  known: the verdict that counted when the form was shown.
    seen: the name of what was answered then.  place, version: where the words were chosen, if they were.
    """

    ruling: str = ""
    judgements: Mapping[str, str] | None = None
    comment: str = ""
    document: str = ""
    words: str = ""
    place: str = ""
    version: str = ""
    status: str = ""
    known: str = ""
    seen: str = ""

    def judgement(self, number: int) -> str:
        """Return what was chosen for a statement."""
        return (self.judgements or {}).get(str(number), "")


def read_form(fields: Mapping[str, str]) -> VerdictForm:
    """Return what was filled in."""
    plain = ("ruling", "comment", "document", "words", "place", "version", "status", "known", "seen")
    judged = {
        name.removeprefix(_JUDGEMENT): value for name, value in fields.items() if name.startswith(_JUDGEMENT)
    }
    filled = {name: fields.get(name, "").strip() for name in plain}
    return VerdictForm(judgements=judged, **filled)


def decide(
    form: VerdictForm, recorded: RecordedAnswer, reviewer: str, library: Library, fresh: Answer | None
) -> Decision | Refusal:
    """Return the decision that a form makes, or why it cannot stand.

    fresh: what is answered now, where the form approves that.
    """
    judgements = _read_judgements(form, recorded.answer)
    if isinstance(judgements, Refusal):
        return judgements
    if form.ruling not in {NEW, *Ruling}:
        return Refusal("ruling", "Choose what is to become of the answer: approve, correct or reject it.")
    if len(form.comment) > LONGEST_COMMENT:
        return Refusal("comment", f"The comment is longer than {LONGEST_COMMENT:,} characters. Shorten it.")
    correction = _read_correction(form, library, fresh)
    if isinstance(correction, Refusal):
        return correction
    ruling = Ruling.CORRECTED if form.ruling == NEW else Ruling(form.ruling)
    return Decision(recorded.id, reviewer, ruling, judgements, form.comment, correction, form.seen)


def _read_judgements(form: VerdictForm, answer: Answer) -> tuple[Judgement | None, ...] | Refusal:
    numbers = [str(number) for number in range(1, len(answer.statements) + 1)]
    given = form.judgements or {}
    if not given.keys() <= set(numbers) or not set(given.values()) <= {"", *_JUDGEMENTS}:
        return Refusal("judgements", "These judgements do not fit this answer. Load the page again.")
    chosen = [given.get(number, "") for number in numbers]
    return tuple(Judgement(one) if one else None for one in chosen)


def _read_correction(
    form: VerdictForm, library: Library, fresh: Answer | None
) -> tuple[Statement, ...] | Refusal:
    if form.ruling == NEW:
        if fresh is None or not fresh.statements or name_answer(fresh) != form.seen:
            words = "The documents have changed again, or say nothing now. Look at what they say now."
            return Refusal("ruling", words)
        return fresh.statements
    return _read_cited(form, library) if form.ruling == Ruling.CORRECTED else ()


def _read_cited(form: VerdictForm, library: Library) -> tuple[Statement, ...] | Refusal:
    if form.status not in {"", *_STATUSES}:
        return Refusal("status", "This is no status. Choose one of the list, or none.")
    if not form.words:
        return Refusal("words", "Choose the words of the source that say what is right.")
    try:
        document = library.document(form.document)
    except UnknownDocument:
        return Refusal("document", "This is no document of the corpus. Choose one of the list.")
    try:
        place = _read_place(form, document.version, document.text)
        found = cite_chosen(document, form.words, place) if place else cite_words(document, form.words)
    except VerdictError as exc:
        return Refusal("words", str(exc))
    status = Status(form.status) if form.status else None
    text = status.replace("_", " ").capitalize() if status else ""
    return (Statement(text, (found,), status),)


def _read_place(form: VerdictForm, version: str, text: str) -> Span | None:
    """Return the place where words were chosen; None for one in another version, or in no text at all."""
    if form.version != version:
        return None
    try:
        return read_place(form.place or None, text)
    except UnknownDocument:
        return None
