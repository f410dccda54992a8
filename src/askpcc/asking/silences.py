"""Words that speak of a matter without telling what has become of it: findings, hopes, admissions."""

from collections.abc import Mapping, Sequence

from askpcc.asking.abstaining import Gap
from askpcc.asking.asked_facts import (
    DATE_FACTS,
    count_typed_deadline,
    find_rule,
    find_subject,
    read_asked_facts,
)
from askpcc.asking.asked_statuses import asks_change, asks_forecast, read_premise
from askpcc.asking.tying import is_tied
from askpcc.language import clauses
from askpcc.language.dates import find_dates
from askpcc.language.words import plain
from askpcc.model import DocumentCard, Draft, Question, Ranked, Reason, Status, Wanted

_LOOKED_AT = 12
_AS_TELLING = 0.8
"""How much of the question, of what the sentence that speaks of it most does, others speak of as well."""

_DATES = frozenset({Wanted.WHEN, Wanted.DEADLINE})


def find_forecast(question: Question) -> Gap | None:
    """Say so when a question asks whether a date will be kept."""
    if not asks_forecast(question.words):
        return None
    return Gap(
        Reason.DOCUMENT_SILENT,
        "The documents say what was promised or hoped when they were written, not whether it will be kept.",
    )


def find_typed_deadline(question: Question, ranked: Sequence[Ranked]) -> Gap | None:
    """Tell the end of the 56 days from the date in the question where nothing found tells of the rule."""
    told = count_typed_deadline(question)
    if told is None or find_rule(ranked):
        return None
    return Gap(Reason.DOCUMENT_SILENT, f"What was found does not tell of the 56 days. {told}.")


def find_doubtful_date(question: Question, ranked: Sequence[Ranked]) -> Gap | None:
    """Say so when the date that is asked for stands in the document as one that cannot be."""
    if question.sought not in _DATES or not ranked:
        return None
    likely = [found for found in ranked[:_LOOKED_AT] if is_tied(question, found, ranked)]
    dates = find_dates(plain(likely[0].sentence.quote)) if likely else []
    if not dates or not all(found.doubtful for found in dates):
        return None
    written = dates[0].span.of(plain(likely[0].sentence.quote))
    return _doubt(written)


def find_unstated_date(
    question: Question, ranked: Sequence[Ranked], drafts: Sequence[Draft], cards: Mapping[str, DocumentCard]
) -> Gap | None:
    """Say so when the document on the subject does not give its own or its report's date, or no real one."""
    if drafts or not DATE_FACTS & set(read_asked_facts(question.words)):
        return None
    subject = find_subject(question, ranked, cards)[:1]
    quotes = [plain(one.sentence.quote) for one in ranked if one.sentence.passage.document in subject]
    impossible = [date.span.of(quote) for quote in quotes for date in find_dates(quote) if date.doubtful]
    if impossible:
        return _doubt(impossible[0])
    return Gap(Reason.DOCUMENT_SILENT, "The document on this does not state the date that is asked for.")


def _doubt(written: str) -> Gap:
    return Gap(
        Reason.DOCUMENT_SILENT, f"The document gives a date that cannot be: {written}. Treat it as doubtful."
    )


def find_admission(question: Question, ranked: Sequence[Ranked]) -> Gap | None:
    """Say so when the document itself says, where it speaks of the matter, that it does not know."""
    words = [plain(found.sentence.quote) for found in _of_best_passage(ranked)]
    if question.sought in _DATES and any(clauses.is_undated(quote) for quote in words):
        return Gap(Reason.DOCUMENT_SILENT, "The document itself says that it gives no date for this.")
    if question.sought is Wanted.FACT and any(clauses.is_unanswered(quote) for quote in words):
        return Gap(Reason.DOCUMENT_SILENT, "The document itself says that it does not answer this.")
    return None


def find_only_finding(question: Question, ranked: Sequence[Ranked], drafts: Sequence[Draft]) -> Gap | None:
    """Say so when it is asked what has changed, and what speaks of it only tells of findings or hopes."""
    stated = any(draft.status not in {None, Status.NOT_STATED} for draft in drafts)
    if stated or question.wanted is not Wanted.STATUS or not asks_change(question.words):
        return None
    telling = _most_telling(ranked)
    if not telling or not all(_tells_nothing_done(plain(found.sentence.quote)) for found in telling):
        return None
    if any(_tells_done(found) for found in ranked if _goes_on(found, telling)):
        return None
    return Gap(
        Reason.DOCUMENT_SILENT,
        "The documents tell what was found, hoped for or asked for, not what has become of it.",
    )


def find_pledge(question: Question, ranked: Sequence[Ranked]) -> Gap | None:
    """Say so when it is asked whether a pledge or hope was met, and it is only made where it is spoken of."""
    if question.wanted is not Wanted.STATUS or not clauses.tells_hope(question.words):
        return None
    telling = _most_telling(ranked)
    if not telling or not all(clauses.tells_hope(plain(found.sentence.quote)) for found in telling):
        return None
    return Gap(
        Reason.DOCUMENT_SILENT, "The documents tell what was pledged or hoped, not whether it was met."
    )


def find_false_premise(question: Question, drafts: Sequence[Draft]) -> Gap | None:
    """Say so when a question asks why something is so that no document says."""
    supposed = read_premise(question.words)
    if not supposed or any(draft.status in supposed for draft in drafts):
        return None
    return Gap(Reason.DOCUMENT_SILENT, "The documents do not say that this is so.")


def _tells_nothing_done(words: str) -> bool:
    return clauses.tells_finding(words) or clauses.tells_hope(words) or clauses.demands(words)


def _tells_done(found: Ranked) -> bool:
    words = plain(found.sentence.quote)
    return clauses.tells_status(words) and not _tells_nothing_done(words)


def _goes_on(found: Ranked, telling: Sequence[Ranked]) -> bool:
    """Tell whether a sentence comes after one of these in its passage, so that it may speak of the same."""
    passage = found.sentence.passage.id
    return any(
        passage == other.sentence.passage.id and found.sentence.span.start >= other.sentence.span.end
        for other in telling
    )


def _most_telling(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Return the likely sentences whose own words speak of the question most."""
    most = max((found.parts.get("own", 0.0) for found in ranked[:_LOOKED_AT]), default=0.0)
    likely = ranked[:_LOOKED_AT] if most > 0 else []
    return [found for found in likely if found.parts.get("own", 0.0) >= _AS_TELLING * most]


def _of_best_passage(ranked: Sequence[Ranked]) -> list[Ranked]:
    return [found for found in ranked if found.sentence.passage.id == ranked[0].sentence.passage.id]
