"""The form of a verdict: what its fields say, and which of them cannot stand."""

from collections.abc import Mapping
from dataclasses import dataclass

from askpcc.errors import UnknownDocument, VerdictError
from askpcc.library import Library
from askpcc.model import Answer, Citation, Judgement, RecordedAnswer, Ruling, Span, Statement
from askpcc.rendering.documents import read_place
from askpcc.reviewing.basis import name_answer
from askpcc.reviewing.decisions import Decision, read_correction, read_judgements, read_ruling
from askpcc.reviewing.finding import cite_chosen, cite_words

NEW = "new"
"""The ruling by which what is answered now is approved in the place of what was answered then."""

_JUDGEMENT = "judgement-"


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
) -> Decision:
    """Return the decision that a form makes; VerdictError where it cannot stand.

    fresh: what is answered now, where the form approves that.
    """
    judgements = _read_judgements(form, recorded.answer)
    ruling = Ruling.CORRECTED if form.ruling == NEW else read_ruling(form.ruling)
    correction = _read_fresh(form, fresh) if form.ruling == NEW else ()
    if form.ruling == Ruling.CORRECTED:
        correction = read_correction(form.words, form.document, form.status, lambda: _cite(form, library))
    return Decision(recorded.id, reviewer, ruling, judgements, form.comment, correction, form.seen)


def _read_judgements(form: VerdictForm, answer: Answer) -> tuple[Judgement | None, ...]:
    numbers = [str(number) for number in range(1, len(answer.statements) + 1)]
    others = (form.judgements or {}).keys() - set(numbers)
    if others:
        raise VerdictError("These judgements do not fit this answer. Open it again.", "judgements")
    return read_judgements(map(form.judgement, map(int, numbers)))


def _read_fresh(form: VerdictForm, fresh: Answer | None) -> tuple[Statement, ...]:
    if fresh is None or not fresh.statements or name_answer(fresh) != form.seen:
        raise VerdictError("The documents have changed again, or say nothing now. Look at what they say now.")
    return fresh.statements


def _cite(form: VerdictForm, library: Library) -> Citation:
    document = library.document(form.document)
    place = _read_place(form, document.version, document.text)
    return cite_chosen(document, form.words, place) if place else cite_words(document, form.words)


def _read_place(form: VerdictForm, version: str, text: str) -> Span | None:
    """Return the place where words were chosen; None for one in another version, or in no text at all."""
    if form.version != version:
        return None
    try:
        return read_place(form.place or None, text)
    except UnknownDocument:
        return None
