"""The words of a sentence that name the matter it is about."""

import re

from askpcc.dates import find_dates
from askpcc.model import Span, Status
from askpcc.statuses.readings import Reading
from askpcc.statuses.rules import load_rules

_MOST_WORDS = 18
_REPORTED = re.compile(
    r"^.*\b(?:that|aware|report|learn|says|reported|said|asked about|recommended that|promised that)\s+(?=\S)",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(
    r"^(?:(?:it|they|this|that|these|those|he|she|we|I|there|both|all|each|which|who|what|some|most|many|here|so|one|the same|then|the following|following"
    r"|(?:this|the|these|the same) (?:recommendations?|area for improvement|AFI|cause of concern|entry|item|action|matter))?"
    r"|(?:it|them|they|this|these|that|him|her|us) .*|\W*\d+|(?:nine|ten|\w+) entries)\W*$",
    re.IGNORECASE,
)
_ONLY_WORK = re.compile(
    r"^(?:(?:the|this|further|more|other|some|much|no)\b\s*)*(?:work|action|progress|steps?|improvements?|things|any action)?\W*$",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"[;:]\s|,\s|\s[–—-]\s|\s(?:which|because|so that|in order|whether|until|while|when|once|after|except|although|but|resulting"
    r"|by the end|and (?:will|has|have|is|are|was|were|should|covers|it|they|this|these|he|she|we))\b|[.!?]\W*$",
    re.IGNORECASE,
)
_AUXILIARY = r"is|are|was|were|has|have|had|be|been|will|shall|do|does|did"
_ENDING = re.compile(
    rf"(?:,?\s+(?:and|or|but|to|in|on|of|for|the|a|now|also|since|still|being|currently|both|as|with|by|meanwhile|fully|formally|already|he said|{_AUXILIARY}))+$",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"^(?:in|on|by|from|to|at|for|away|since|with|within|into|out|up|as|that|over|under|through|against|of|down|during|before|each|every|and|or|once|but|whether|how|why)\b",
    re.IGNORECASE,
)
_TO_DO = re.compile(r"\bto\s+(?!be\b)(?P<verb>[a-z]+)\s+(?P<object>.+)$", re.IGNORECASE)
_AND_TO_DO = re.compile(
    r"\s+and\s+(?:to\s+)?(?!the\b|its\b|their\b|our\b|an?\b)[a-z]+\s+(?=(?:the|its|their|our|an?|how|all|more|better|every)\b)"
)
_TOPIC = re.compile(
    r"^(?:of|on|as for|as to|regarding|concerning|in (?:relation|respect|regard) (?:to|of)|with regard to)\s+(?P<topic>(?:the (?:first|second|third|fourth|fifth|last|other), [^,;:]{4,80})|[^,;:]{4,80}),",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\b(?:been|being|be)\b|^(?:is|are|was|were|remains?|stays?|still|not|partly|partially)\b", re.IGNORECASE
)
_ACTIVE = re.compile(
    r"^(?:has|have|will|shall|\w+ now|now|already|took|signed|intends?|plans?|proposes?|means|aims?|continues?|cannot|can|does|do)\b",
    re.IGNORECASE,
)
_DOING = re.compile(r"^(?:is|are|am|was|were)\b.*ing$", re.IGNORECASE)


def name_matters(sentence: str, reading: Reading) -> tuple[str, ...]:
    """Return the words that name each matter a sentence is about, as they stand; none if it names none."""
    names = _listed(sentence, reading) or _name_matters(sentence, reading)
    return tuple(f"“{name}" if "”" in name and "“" not in name else name for name in names)


def _listed(sentence: str, reading: Reading) -> tuple[str, ...]:
    """Return what a list after a colon names: "discharged from two areas: A in January, and then B"."""
    listed = re.search(r":\s+(?P<list>[^.;:]+)", sentence[reading.cue.end :])
    if reading.status is not Status.CLOSED or not listed:
        return ()
    parts = re.split(r",?\s+and\s+(?:then\s+)?|,\s+(?=[A-Z])", listed["list"])
    return tuple(name for part in parts if (name := _shorten(part)))


def _name_matters(sentence: str, reading: Reading) -> tuple[str, ...]:
    if reading.status not in (Status.COMPLETE, Status.IN_PROGRESS, Status.PLANNED, Status.CLOSED):
        named = _matter_words(sentence[reading.clause.subject :])
        return (
            (named,)
            if named
            else _first(_topic(sentence), _subject(sentence, reading), _object(sentence, reading))
        )
    if reading.rule.name == "released from monitoring":
        return (_until_stop(_REPORTED.sub("", sentence[reading.clause.subject :])),)
    work = _work_to_do(sentence, reading)
    if work:
        return work
    subject, acted_on = _subject(sentence, reading), _object(sentence, reading)
    whole = _shorten(_REPORTED.sub("", sentence[reading.clause.subject : reading.cue.start]))
    prefer_object = _is_active(sentence, reading) and not reading.cue.of(sentence).lower().startswith(
        ("will", "shall")
    )
    doer = whole if not _NOT_A_NAME.match(whole) and not _is_the_force(whole) else ""
    return _first(
        *((acted_on, subject) if prefer_object else (subject, acted_on)),
        doer,
        _topic(sentence),
        _earlier_subject(sentence, reading),
        _other_work(sentence, reading),
    )


def matter_words(sentence: str) -> str:
    """Return the words of a sentence that speak of recommendations or the like, else its first words."""
    named = _matter_words(sentence)
    return named or _shorten(_REPORTED.sub("", sentence))


def _first(*names: str) -> tuple[str, ...]:
    return next(((name,) for name in names if name), ())


def _subject(sentence: str, reading: Reading) -> str:
    subject = _shorten(_REPORTED.sub("", sentence[reading.clause.subject : reading.cue.start]))
    if _NOT_A_NAME.match(subject) or _ONLY_WORK.match(subject) or _is_doer(subject):
        return ""
    return subject


def _object(sentence: str, reading: Reading) -> str:
    after = sentence[reading.cue.end :].strip()
    name = _shorten(_until_stop(after))
    unusable = not name or _PREPOSITION.match(name) or _NOT_A_NAME.match(name) or _ONLY_WORK.match(name)
    return "" if unusable or not _is_active(sentence, reading) else name


def _is_active(sentence: str, reading: Reading) -> bool:
    cue = reading.cue.of(sentence)
    if _DOING.match(cue):
        return True
    return bool(_ACTIVE.match(cue)) and not _PASSIVE.search(cue) and not re.search(r"\d|\bof\b", cue)


def _is_doer(subject: str) -> bool:
    """Tell whether a subject is the one who acts, so that the matter is what it acts upon."""
    subjects = load_rules().subjects
    matches = (subjects[name].match(subject) for name in ("force", "office", "inspectorate"))
    whole = next((match for match in matches if match), None)
    return whole is not None and len(subject) - whole.end() < len(subject) // 2


def _is_the_force(subject: str) -> bool:
    return (
        re.match(
            r"(?:the |our |his |her |their )?(?:force|constabulary|service|chief constable|police|we|officers?)\b",
            subject,
            re.IGNORECASE,
        )
        is not None
    )


def _work_to_do(sentence: str, reading: Reading) -> tuple[str, ...]:
    """Return what work is under way to do: each object of "work underway to improve A and broaden B"."""
    if reading.status is not Status.IN_PROGRESS or not re.search(
        r"\bwork\b", sentence[: reading.cue.end], re.IGNORECASE
    ):
        return ()
    purpose = _TO_DO.search(_until_stop(sentence[reading.cue.end :]))
    parts = _AND_TO_DO.split(purpose["object"]) if purpose else []
    return tuple(name for part in parts if (name := _shorten(part)))


def _earlier_subject(sentence: str, reading: Reading) -> str:
    """Return the subject of an earlier clause, of which "work to clear it" speaks."""
    if not reading.cue.of(sentence).lower().startswith("work"):
        return ""
    earlier = re.match(
        rf"(?P<subject>[^,;:]{{4,80}}?)\s+(?:{_AUXILIARY})\b", sentence[: reading.clause.span.start]
    )
    subject = _shorten(earlier["subject"]) if earlier else ""
    return "" if _NOT_A_NAME.match(subject) or _is_doer(subject) else subject


def _other_work(sentence: str, reading: Reading) -> str:
    through = re.search(r"\bwork\b", sentence[reading.clause.subject : reading.cue.end], re.IGNORECASE)
    return sentence[reading.clause.subject : reading.clause.subject + through.end()] if through else ""


def _topic(sentence: str) -> str:
    topic = _TOPIC.match(sentence)
    if (
        not topic
        or find_dates(topic["topic"], years=True)
        or re.match(r"(?:the whole|balance|average)", topic["topic"])
    ):
        return ""
    return topic["topic"]


def _matter_words(sentence: str) -> str:
    """Return the stretch from the first to the last word for recommendations, with what counts them."""
    rules = load_rules().words
    few = rules["few"].pattern
    pattern = re.compile(
        rf"(?:(?:(?:none|one|some|all|most|many|each|every|both)\s+(?:of\s+)?)?(?:(?:the|its|these|this|their|your)\s+)?(?:{few}\s+)?(?:(?<=\s)(?!and\b|of\b)[\w-]+\s+)??)"
        rf"{rules['matters'].pattern}(?:\s+(?:to|for)\s+(?:the\s+)?(?:chief constables|forces|(?-i:[A-Z]\w+(?:\s+[A-Z]\w+)*)))?",
        re.IGNORECASE,
    )
    found = list(pattern.finditer(sentence))
    whole = sentence[found[0].start() : found[-1].end()] if found else ""
    near = whole if len(whole.split()) <= _MOST_WORDS else (found[0].group() if found else "")
    return "" if _NOT_A_NAME.match(near) else near


def _until_stop(words: str) -> str:
    stop = _STOP.search(words)
    return words[: stop.start()] if stop else words


def _shorten(words: str) -> str:
    dates = [found.span for found in find_dates(words, years=True)]
    cut = re.sub(
        r"\s+(?:on|in|by|since|from|until|before|at the end of|by the end of|by the)\s*$",
        "",
        words[: _date_start(dates, words)],
    )
    kept = " ".join(_until_stop(cut).strip(" ,;:.–—-").split()[:_MOST_WORDS])
    name = _ENDING.sub("", kept).strip(" ,;:.–—-")
    return name if name.count('"') % 2 == 0 else name.replace('"', "").strip()


def _date_start(dates: list[Span], words: str) -> int:
    """Return where a date begins that closes words, after "on" or "by"; the end when none does."""
    for span in dates:
        if re.search(r"\b(?:on|in|by|since|from|until|before|of)\s+$", words[: span.start], re.IGNORECASE):
            return span.start
    return len(words)
