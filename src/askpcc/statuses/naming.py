"""What a claim is about: the names of matters."""

import re
from collections.abc import Sequence
from functools import lru_cache

from askpcc.model import Status, StatusClaim
from askpcc.statuses.document_model import NamedItem
from askpcc.statuses.rules import Reading, combine, load_rules
from askpcc.text.dates import find_dates

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


_TO_DO = re.compile(r"\bto\s+(?!be\b)[a-z]+\s+(?P<object>.+)$", re.IGNORECASE)
_AND_TO_DO = re.compile(
    r"\s+and\s+(?:to\s+)?(?!the\b|its\b|their\b|our\b|an?\b)[a-z]+\s+"
    r"(?=(?:the|its|their|our|an?|how|all|more|better|every)\b)"
)
_LISTED = re.compile(r":\s+(?P<list>[^.;:]+)")
_LIST_JOINT = re.compile(r",?\s+and\s+(?:then\s+)?|,\s+(?=[A-Z])")
_THING = re.compile(r"(?:an?|the|its|our|their|new|\d+)\s", re.IGNORECASE)
_THING_JOINT = re.compile(
    r",?\s+and\s+(?=(?:an?|the|its|our|their)\s)|,\s+(?=(?:an?|the|its|our|their)\s)", re.IGNORECASE
)
_COUNTED_THINGS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|several|\d+|the following|these) (?:[\w-]+ ){0,2}?"
    r"(?:things|steps|measures|actions|changes|improvements|pieces|projects|strands|areas|matters|items)\b",
    re.IGNORECASE,
)


def name_listed(sentence: str, reading: Reading) -> tuple[str, ...]:
    """Return what a list after a colon names: "discharged from two areas: A in January, and then B"."""
    listed = _LISTED.search(sentence[reading.cue.end :])
    if not listed:
        return ()
    if reading.status is Status.CLOSED:
        parts = _LIST_JOINT.split(listed["list"])
    else:
        counted = _COUNTED_THINGS.search(sentence[: reading.cue.end + listed.start()])
        parts = _THING_JOINT.split(listed["list"]) if counted and _THING.match(listed["list"]) else []
    return tuple(name for part in parts if (name := shorten(part)))


def name_done(sentence: str, reading: Reading) -> tuple[str, ...]:
    """Return each object of "has rewritten A, fitted B and appointed C"; none of a single one."""
    lists = load_rules().words
    if reading.status is not Status.COMPLETE or " been " in f" {reading.cue.of(sentence)} ":
        return ()
    joint = r"(?:,\s+(?:and\s+)?|\s+and\s+)(?:\w+ly\s+|also\s+)?"
    again = rf"{joint}{lists['done']}\s+(?!{lists['no_object']}\b)(?=\w)"
    rest = re.split(r"[;:]|\.\s", sentence[reading.cue.end :])[0]
    parts = re.split(again, rest, flags=re.IGNORECASE)
    names = tuple(name for part in parts if (name := shorten(part)) and not names_nothing(name))
    return names if len(parts) > 1 and len(names) == len(parts) else ()


def name_work(sentence: str, reading: Reading) -> tuple[str, ...]:
    """Return what work is under way to do: each object of "work underway to improve A and broaden B"."""
    speaks_of_work = re.search(r"\bwork\b", sentence[: reading.cue.end], re.IGNORECASE)
    if reading.status is not Status.IN_PROGRESS or not speaks_of_work:
        return ()
    purpose = _TO_DO.search(until_stop(sentence[reading.cue.end :]))
    parts = _AND_TO_DO.split(purpose["object"]) if purpose else []
    return tuple(name for part in parts if (name := shorten(part)))


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


_PLAN = re.compile(
    r"\b(?:action|improvement|delivery|implementation|recovery|project|work|remedial|detailed) plans?\b"
    r"|^(?:(?:an?|the|its|this|that|our|their|new|clear|full|joint) )*plans?\b(?! (?:for|on) \w+ing\b)",
    re.IGNORECASE,
)
_ANY_PLAN = re.compile(r"\bplans?\b", re.IGNORECASE)
_OF_THE_WHOLE = (Status.CLOSED, Status.NOT_ACCEPTED, Status.NOT_APPLICABLE)


def summarise(claims: Sequence[StatusClaim], item: NamedItem | None = None) -> Status:
    """Return the one status of a matter; not_stated without claims.

    What is said about the matter itself wins over what is said about its parts; the inspectorate's
    closing and a refusal are always about the matter itself.  A recommendation that lists several things
    is not complete because one of them is.
    """
    whole = [claim.status for claim in claims if claim.status in _OF_THE_WHOLE or _is_of_whole(claim, item)]
    final = next((status for status in _OF_THE_WHOLE if status in whole), None)
    if final and Status.IN_PROGRESS not in whole:
        return final
    said = [_said_of_matter(claim, item) for claim in claims if claim.status not in _OF_THE_WHOLE]
    status = combine([status for status in whole if status is not final] or said)
    if status is Status.COMPLETE and item and item.parts > 1 and not whole:
        return Status.IN_PROGRESS
    return status or final or Status.NOT_STATED


def _said_of_matter(claim: StatusClaim, item: NamedItem | None) -> Status:
    """Return what a claim makes of its matter: a plan in place is work begun, unless a plan was asked for."""
    plan = _PLAN.search(claim.matter) is not None
    asked = item is not None and _ANY_PLAN.search(f"{item.words} {item.text}") is not None
    return Status.IN_PROGRESS if claim.status is Status.COMPLETE and plan and not asked else claim.status


def _is_of_whole(claim: StatusClaim, item: NamedItem | None) -> bool:
    told = claim.status in (Status.COMPLETE, Status.IN_PROGRESS)
    return told and item is not None and claim.matter == item.words
