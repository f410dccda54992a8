"""The words of a sentence that name the matter it is about."""

import re

from askpcc.language.dates import find_dates
from askpcc.model import Status
from askpcc.statuses.listing import name_done, name_listed, name_work
from askpcc.statuses.name_words import find_matter_words, names_nothing, shorten, until_stop, without_report
from askpcc.statuses.places import Reading
from askpcc.statuses.rules import load_rules

_ORDINAL = r"the (?:first|second|third|fourth|fifth|last|other), [^,;:]{4,80}"
_TOPIC = re.compile(
    r"^(?:of|on|as (?:for|to|regards)|turning to|regarding|concerning|with regard to"
    r"|in (?:relation|respect|regard) (?:to|of))\s+"
    rf"(?P<topic>(?:{_ORDINAL})|[^,;:]{{4,80}}),",
    re.IGNORECASE,
)
_SOME_OF = re.compile(r"^(?:out )?of (?:the|its|these|those|our) [^,;:]{4,60}, [\w-]+", re.IGNORECASE)
_OF_SUBJECT = re.compile(r"(?:their|its|his|her)\s[\w-]+(?:\s[\w-]+)?$", re.IGNORECASE)
_LATER_COUNT = re.compile(r"^the (?:first|last|other|remaining|rest|remainder|others)\b", re.IGNORECASE)
_IDIOM = re.compile(r"(?:the whole|balance|average|the one hand|the other hand)\b", re.IGNORECASE)
_GIVEN = re.compile(
    r"\bbeen (?:\w+ )?(?:given|offered|issued with|provided with)$|\bnow (?:given|offered)$", re.IGNORECASE
)
_DOING = re.compile(r"^(?:is|are|am|was|were)\b.*ing$", re.IGNORECASE)
_TOLD_BY_STATUS = (Status.COMPLETE, Status.IN_PROGRESS, Status.PLANNED, Status.CLOSED)


def name_matters(sentence: str, reading: Reading) -> tuple[str, ...]:
    """Return the words that name each matter a sentence is about, as they stand; none if it names none."""
    names = name_listed(sentence, reading) or name_work(sentence, reading) or _name(sentence, reading)
    return tuple(f"“{name}" if "”" in name and "“" not in name else name for name in names)


def _name(sentence: str, reading: Reading) -> tuple[str, ...]:
    if reading.rule.name == "released from monitoring":
        return (until_stop(without_report(sentence[reading.clause.subject :])),)
    subject, acted_on, topic = _subject(sentence, reading), _object(sentence, reading), _topic(sentence)
    if reading.status not in _TOLD_BY_STATUS:
        some = _SOME_OF.match(sentence)
        if some and names_nothing(some.group().rpartition(", ")[2]):
            return (some.group(),)
        return _first(find_matter_words(sentence[reading.clause.subject :]), topic, subject, acted_on)
    if reading.status is Status.CLOSED and load_rules().begins(
        "subjects", "inspectorate", reading.cue.of(sentence)
    ):
        after = sentence[reading.cue.end :]
        return _first(find_matter_words(after), shorten(after), topic, subject)
    if acted_on and subject and _OF_SUBJECT.match(acted_on):
        acted_on = ""
    promise = reading.cue.of(sentence).lower().startswith(("will", "shall"))
    if topic and _LATER_COUNT.match(subject):
        subject = ""
    active = _is_active(sentence, reading) or _GIVEN.search(reading.cue.of(sentence))
    likeliest = (acted_on, subject) if active and not promise else (subject, acted_on)
    others = (
        topic,
        _doer(sentence, reading),
        _earlier_subject(sentence, reading),
        _other_work(sentence, reading),
    )
    several = name_done(sentence, reading) if likeliest[0] == acted_on else ()
    return several or _first(*likeliest, *others)


def _first(*names: str) -> tuple[str, ...]:
    return next(((name,) for name in names if name), ())


def _subject(sentence: str, reading: Reading) -> str:
    subject = _before_cue(sentence, reading)
    return "" if names_nothing(subject) or _is_doer(subject, reading.area) else subject


def _before_cue(sentence: str, reading: Reading) -> str:
    """Return the words of a clause before its cue; of a clause without a subject, the earlier one's.

    What a sentence says first that it is about is no part of them.
    """
    words = without_report(sentence[reading.clause.subject : reading.cue.start])
    if reading.clause.subject < reading.clause.span.start:
        words = re.split(rf"\s{load_rules().words['auxiliaries']}\b", words)[0]
    topic = _TOPIC.match(words)
    words = words[topic.end() :] if topic else words
    return shorten(_after_count(words))


def _after_count(words: str) -> str:
    """Return "two" of "Nine are complete and two", in which the count is the subject of the verb."""
    lists = load_rules().words
    joint = rf"\b{lists['auxiliaries']}\b.*(?:,|\sand)\s+(?={lists['few']}\W*$)"
    return re.sub(rf"^.*{joint}", "", words, flags=re.IGNORECASE)


def _object(sentence: str, reading: Reading) -> str:
    after = sentence[reading.cue.end :].strip()
    name = shorten(until_stop(after))
    if _GIVEN.search(reading.cue.of(sentence)) and not names_nothing(name):
        return "" if load_rules().begins("names", "no_object", name) else name
    unusable = names_nothing(name) or load_rules().begins("names", "no_object", name)
    return "" if unusable or not _is_active(sentence, reading) else name


def _is_active(sentence: str, reading: Reading) -> bool:
    """Tell whether a cue is somebody's doing, so that what follows it is what is done."""
    rules, cue = load_rules(), reading.cue.of(sentence)
    if _DOING.match(cue):
        return True
    counts = re.search(r"\d|\bof\b", cue) is not None
    return rules.begins("names", "active", cue) and not rules.holds("names", "passive", cue) and not counts


def _is_doer(subject: str, area: str) -> bool:
    """Tell whether a subject is the one who acts, so that the matter is what it acts upon."""
    if area and re.fullmatch(rf"(?:the )?{re.escape(area)}(?:[’']s)?", subject, re.IGNORECASE):
        return True
    subjects = load_rules().lists["subjects"]
    matches = (subjects[name].match(subject) for name in ("force", "office", "inspectorate"))
    whole = next((match for match in matches if match), None)
    return whole is not None and len(subject) - whole.end() < len(subject) // 2


def _doer(sentence: str, reading: Reading) -> str:
    """Return the one who acts, where nothing else names the matter and it is more than the force."""
    subject = _before_cue(sentence, reading)
    rules = load_rules()
    somebody = any(rules.begins("subjects", name, subject) for name in ("office", "inspectorate"))
    empty = (
        names_nothing(subject)
        or subject.lower() == reading.area.lower()
        or rules.begins("names", "still_the_force", subject)
    )
    return "" if somebody or empty else subject


def _earlier_subject(sentence: str, reading: Reading) -> str:
    """Return the subject of an earlier clause, of which "work to clear it" speaks."""
    if not reading.cue.of(sentence).lower().startswith("work"):
        return ""
    verb = rf"(?P<subject>(?:[^,;:]|(?<=\d),(?=\d)){{4,80}}?)\s+{load_rules().words['auxiliaries']}\b"
    earlier = re.match(verb, sentence[: reading.clause.span.start], re.IGNORECASE)
    subject = shorten(earlier["subject"]) if earlier else ""
    return "" if names_nothing(subject) or _is_doer(subject, reading.area) else subject


def _other_work(sentence: str, reading: Reading) -> str:
    said = sentence[reading.clause.subject : reading.cue.end]
    through = re.search(r"\bwork\b", said, re.IGNORECASE)
    return said[: through.end()] if through else ""


def _topic(sentence: str) -> str:
    """Return what a sentence says first that it is about ("Of the third, on supervision, ...")."""
    topic = _TOPIC.match(sentence)
    if not topic or find_dates(topic["topic"], years=True) or _IDIOM.match(topic["topic"]):
        return ""
    return topic["topic"]
