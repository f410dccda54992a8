"""Cutting words down to what names a matter."""

import re
from functools import lru_cache

from askpcc.language.dates import find_dates
from askpcc.statuses.rules import load_rules

_MOST_WORDS = 18
_EDGES = " ,;:.–—-"
_BRACKETED_DATE = re.compile(r"\s*\((?:[^()]*\s)?(?:19|20)\d\d\)?$")
_BEFORE_DATE = re.compile(r"\b(?:on|in|by|since|from|until|before|of)\s+$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _stop() -> re.Pattern[str]:
    stops = load_rules().lists["names"]["stops"].pattern
    return re.compile(rf"[;:]\s|,\s|\s[–—-]\s|\s{stops}|[.!?]\W*$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _ending() -> re.Pattern[str]:
    endings = load_rules().lists["names"]["endings"].pattern
    return re.compile(rf"(?:,?\s+{endings})+$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _reported() -> re.Pattern[str]:
    reported = load_rules().lists["names"]["reported"].pattern
    return re.compile(rf"^.*{reported}\s+(?=\S)", re.IGNORECASE)


def names_nothing(words: str) -> bool:
    """Tell whether words are a pronoun or as empty as one."""
    return load_rules().lists["names"]["not_a_name"].fullmatch(words.strip(_EDGES)) is not None


def names_only_work(words: str) -> bool:
    """Tell whether words name nothing but "the work", which in an answer is the matter that it answers."""
    return (
        re.fullmatch(r"(?:(?:the|this|some|other|further)\s+)*(?:of the )?work", words, re.IGNORECASE)
        is not None
    )


def without_report(words: str) -> str:
    """Return words without "X says that" before them."""
    # "That review" is no report of a review.
    return words if words.startswith("That ") else _reported().sub("", words)


def until_stop(words: str) -> str:
    """Return words up to where a new clause begins."""
    stop = _stop().search(words)
    return words[: stop.start()] if stop else words


def shorten(words: str) -> str:
    """Return words up to their first stop or closing date, without what hangs at their ends."""
    kept = " ".join(until_stop(words[: _date_start(words)]).strip(_EDGES).split()[:_MOST_WORDS])
    name = _BRACKETED_DATE.sub("", _ending().sub("", f" {kept}")).strip(_EDGES)
    return name if name.count('"') % 2 == 0 else name.replace('"', "").strip()


def _date_start(words: str) -> int:
    """Return where a date begins that closes words, after "on" or "by"; the end when none does."""
    spans = [found.span for found in find_dates(words, years=True)]
    closing = (span.start for span in spans if _BEFORE_DATE.search(words[: span.start]))
    return next(closing, len(words))


def matter_words(sentence: str) -> str:
    """Return the words of a sentence that speak of recommendations or the like, else its first words."""
    return find_matter_words(sentence) or shorten(without_report(sentence))


def find_matter_words(sentence: str) -> str:
    """Return the stretch from the first to the last word for recommendations, with what counts them."""
    found = list(_matters().finditer(sentence))
    if not found:
        return ""
    whole = sentence[found[0].start() : found[-1].end()]
    return whole if len(whole.split()) <= _MOST_WORDS else found[0].group()


@lru_cache(maxsize=1)
def _matters() -> re.Pattern[str]:
    words = load_rules().words
    counted = r"(?:(?:none|one|some|all|most|many|each|every|both)\s+(?:of\s+)?)?"
    counted += r"(?:(?:the|its|these|this|their|your)\s+)?"
    adjective = r"(?:(?<=\s)(?!and\b|of\b)[\w-]+\s+)??"
    whose = r"(?:\s+(?:to|for)\s+(?:the\s+)?(?:chief constables|forces|(?-i:[A-Z]\w+(?:\s+[A-Z]\w+)*)))?"
    many = rf"(?:{words['few']}\s+)?"
    return re.compile(rf"\b{counted}{many}{adjective}{words['matters']}\b{whose}", re.IGNORECASE)
