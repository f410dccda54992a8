"""Which words of a document can name the matter that a sentence speaks of, and which name none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from askpcc.model import MatterKind
from askpcc.statuses.vocabulary import load_vocabulary
from askpcc.text.dates import find_dates
from askpcc.text.sentences import Clause, split_clauses
from askpcc.text.words import words

MOST_WORDS = 12
_EDGES = " ,;:.–—-*_"
_FEWEST_OF_OBJECT = 2

_KINDS = (
    (MatterKind.AREA_FOR_IMPROVEMENT, re.compile(r"\b(?:areas? for improvement|AFIs?)\b", re.IGNORECASE)),
    (MatterKind.CAUSE_OF_CONCERN, re.compile(r"\b(?:causes?|areas?) of concern\b", re.IGNORECASE)),
    (MatterKind.RECOMMENDATION, re.compile(r"\b(?:recommendations?|recs?)\b", re.IGNORECASE)),
)
_PLAN = re.compile(
    r"\b(?:action|improvement|delivery|implementation|recovery|project|work|remedial|detailed) plans?\b"
    r"|^(?:(?:an?|the|its|this|that|our|their|new|clear|full|joint) )*plans?\b(?! (?:for|on) \w+ing\b)",
    re.IGNORECASE,
)
_ANY_PLAN = re.compile(r"\bplans?\b", re.IGNORECASE)


def kind_named_in(words: str) -> MatterKind:
    """Return what sort of matter words speak of; an improvement when they name no other."""
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), MatterKind.IMPROVEMENT)


def is_plan(matter: str) -> bool:
    """Tell whether a matter is a plan, which in place is not the work done."""
    return _PLAN.search(matter) is not None


def asks_for_plan(asked: str) -> bool:
    """Tell whether what is asked for is a plan."""
    return _ANY_PLAN.search(asked) is not None


def names_nothing(name: str, force: str = "") -> bool:
    """Tell whether words only stand for something, or for whoever acts; force: the name of the force."""
    said = {word for word in words(name) if not word.isdigit()}
    return said <= load_vocabulary().words["nobody"] | set(words(force))


def is_section_title(title: str, force: str = "") -> bool:
    """Tell whether a heading names a section of a response, and no matter ("Commissioner's response")."""
    vocabulary = load_vocabulary().words
    dated = title
    for found in reversed(find_dates(title, years=True)):
        dated = dated[: found.span.start] + dated[found.span.end :]
    said = {word for word in words(dated) if not word.isdigit()}
    return said <= vocabulary["nobody"] | vocabulary["section"] | set(words(force))


_NUMBER = (
    r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|thirteen|thirty(?:-\w+)?"
    r"|(?:four|fif|six|seven|eigh|nine)teen|(?:twen|for|fif|six|seven|eigh|nine)ty(?:-\w+)?"
    r"|half|many|most|some|several|none|few|the (?:rest|remainder|others?|remaining(?: \w+)?|last|first))"
)
_COUNTED = (
    r"(?:recommendations?|recs|areas? for improvement|AFIs?|causes? of concern|actions?|items?|points?"
    r"|matters?|them|these|those|which)"
)
_COUNT = re.compile(
    r"(?:(?:out )?of (?:the|these|those|our|its) [^,;]{1,60},\s*)?"
    r"(?:a (?:total|further|number) of |only |just |another |so far |a further )?"
    rf"{_NUMBER}(?: (?:more|further|other|of (?:the |these |those |our |its )?(?:{_NUMBER} ?)?))*"
    rf"(?: ?(?:[\w-]+ )?{_COUNTED})?",
    re.IGNORECASE,
)


def is_count(subject: str) -> bool:
    """Tell whether the subject of a clause is a count of recommendations or the like ("Of 22, 17")."""
    return _COUNT.fullmatch(subject.strip(_EDGES)) is not None


@dataclass(frozen=True, slots=True)
class Part:
    """Clauses of a sentence that share a subject.

    names: what can be what they speak of, each one matter or several that are listed together, the likelier
    first.  subject: the words before its verb.
    """

    subject: str
    names: tuple[tuple[str, ...], ...]

    @property
    def points_back(self) -> bool:
        """Tell whether a pronoun is its subject."""
        return _POINTS_BACK.match(self.subject) is not None


_POINTS_BACK = re.compile(r"\W*(?:it|they|this|these|that|both|the (?:work|same))\W*$", re.IGNORECASE)
_RELATIVE = re.compile(
    r"[\s,]*(?:because|whether|unless|until|once|when|while|if|which|who|where|that)\b", re.IGNORECASE
)
_SPEAKER = re.compile(r"\W*(?P<who>[^:.;?!]{2,60}):\s+(?=\S)")
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|shall|can|cannot|could|would|should|must|(?-i:may)|might|do|does|did|remains?"
    r"|remained|continues?|continued)\b(?!-)"
    r"|(?:(?<=\bI)|(?<=\bwe)|(?<=\bit)|(?<=\bhe)|(?<=\bshe)|(?<=\bthey)|(?<=\bthat)|(?<=\bthere))[’'](?:s|ve|ll|re|m|d)\b",
    re.IGNORECASE,
)
_VERB_GROUP = re.compile(
    r"(?:\s+(?:not|also|now|already|been|being|be|to|have|has|had|since|just|still|all|both|begun|started|agreed"
    r"|able|going|working|yet|continued|continue|working on|\w+ly))*\s+[\w’'-]+"
    r"(?:\s+(?:out|up|down|off|in(?:to)? place)\b)?",
    re.IGNORECASE,
)
_PLAIN_VERB = re.compile(r"\b(?!need\b|indeed\b|speed\b|hundred\b)[a-z]{2,}ed\b")
_ACTOR_ACTS = re.compile(r"\W*(?:(?:I|we|they|he|she|it)\b)\s+[\w’'-]+", re.IGNORECASE)
_STOP = re.compile(
    r"[;:]\s|,\s|\s[–—-]\s|[.!?]\W*$"
    r"|\s(?:which|so that|so as|in order|because|while|but|whereas|although|though|and then|following|since"
    r"|until|when|where|before|after|during|through|thanks|resulting|alongside|along with|as well)\b"
    r"|\sby \w+ing\b|\s(?:in|on|by|from|at|during) (?:early |late |mid-?|the end of )?"
    r"(?=\d|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|spring|summer|autumn|winter|this|last|next)",
    re.IGNORECASE,
)
_NO_OBJECT = re.compile(
    r"(?:it|him|her|them|me|us|you|back|again|no|not|never|in|on|by|from|to|at|for|since|with|within|into|out|up|as|that|over|under|through|against|of|down|during"
    r"|before|after|and|or|once|but|whether|how|why|because|until|when|where|if|so|than|about|across|between)\b",
    re.IGNORECASE,
)
_TO_DO = re.compile(r"\bto\s+(?!be\b)[a-z]+\s+(?P<object>.+)$")
_INFINITIVE = re.compile(r"^to\s+(?:\w+ly\s+)?(?!the\b|all\b|our\b|its\b|an?\b)[a-z]+\s+")
_AND_TO_DO = re.compile(
    r"\s+and\s+(?:to\s+)?(?!the\b|its\b|their\b|our\b|an?\b)[a-z]+\s+"
    r"(?=(?:the|its|their|our|an?|how|all|more|better|every)\b)"
)
_WORK = re.compile(r"\bwork\b", re.IGNORECASE)
_REPORT = re.compile(
    r"^.*\b(?:that|aware|reports?|confirms?|says|told me)\s+"
    r"(?=(?:the|its|our|all|an?|every|there)\b)",
    re.IGNORECASE,
)


def _end_of_speaker(sentence: str) -> int:
    """Return where words begin before which a transcript names who speaks ("CHAIR: We did."), or 0."""
    found = _SPEAKER.match(sentence)
    if not found:
        return 0
    who = found["who"]
    titled = who.isupper() and set(words(who)[:1]) <= load_vocabulary().words["nobody"]
    return found.end() if titled or names_nothing(who) else 0


def read_parts(sentence: str, force: str = "") -> list[Part]:
    """Return the parts of a sentence of plain words that each have a subject; at least one."""
    sentence = sentence[_end_of_speaker(sentence) :]
    return [_read_part(sentence[start:end], force) for start, end in _parts(sentence)]


def _parts(sentence: str) -> Iterator[tuple[int, int]]:
    clauses = split_clauses(sentence)
    firsts = [clause for place, clause in enumerate(clauses) if not place or _begins_part(sentence, clause)]
    starts = [firsts[0].span.start, *(clause.span.start for clause in firsts[1:])]
    subjects = [clause.subject for clause in firsts]
    for subject, end in zip(subjects, [*starts[1:], len(sentence)], strict=True):
        if subject < end:
            yield subject, end
    if all(subject >= end for subject, end in zip(subjects, [*starts[1:], len(sentence)], strict=True)):
        yield 0, len(sentence)


def _begins_part(sentence: str, clause: Clause) -> bool:
    own = clause.subject >= clause.span.start
    return own and _RELATIVE.match(sentence, clause.span.start) is None


def _read_part(said: str, force: str) -> Part:
    report = _REPORT.match(said)
    said = said[report.end() :] if report else said
    subject, rest = _split_at_verb(said)
    listed = _listed(said) if _WORK.search(said) else ()
    rest = _INFINITIVE.sub("", rest)
    found: list[tuple[str, ...]] = []
    if not names_nothing(subject, force) and shorten(subject):
        found.append((shorten(subject),))
    thing = "" if _NO_OBJECT.match(rest) else shorten(rest)
    if len(listed) > 1 or (listed and names_nothing(subject, force)):
        found.insert(0, listed)
    elif len(thing.split()) >= _FEWEST_OF_OBJECT and not names_nothing(thing, force):
        found.append((thing,))
    return Part(subject, tuple(dict.fromkeys(found)))


def _split_at_verb(said: str) -> tuple[str, str]:
    """Return what stands before the first verb of a clause, and after its last word."""
    verb = _VERB.search(said)
    if verb:
        group = _VERB_GROUP.match(said, verb.end())
        return said[: verb.start()], said[group.end() if group else verb.end() :].lstrip()
    acts = _ACTOR_ACTS.match(said)
    if acts:
        return said[: acts.start()] or acts.group().split()[0], said[acts.end() :].lstrip()
    plain = _PLAIN_VERB.search(said) or re.match(r"\W*[A-Z][a-z]+ed\b", said)
    if plain:
        return said[: plain.start()], said[plain.end() :].lstrip()
    return said, ""


def _listed(said: str) -> tuple[str, ...]:
    """Return the things of "work to improve the one and broaden the other", each a matter."""
    found = _TO_DO.search(said)
    if not found:
        return ()
    names = [shorten(name) for name in _AND_TO_DO.split(found["object"])]
    return tuple(name for name in names if name and not names_nothing(name))


_HANGING = re.compile(
    r"(?:\s+(?:that|which|who|whom|and|or|but|of|for|to|in|on|at|by|with|the|an?|as|also))+$", re.IGNORECASE
)


def shorten(name: str) -> str:
    """Return words up to their first stop, at most MOST_WORDS of them, without what hangs at their ends."""
    stop = _STOP.search(name)
    kept = (name[: stop.start()] if stop else name).strip(_EDGES)
    return _HANGING.sub("", " ".join(kept.split()[:MOST_WORDS])).strip(_EDGES)


_SAYS = re.compile(
    r"\b(?:said|says|saying|asked|told|wrote|writes|agreed|added|replied|reported|noted)\b", re.IGNORECASE
)
_LABEL = re.compile(r"(?P<label>[^:.;?!]{3,100}?)(?::|\s[–—-])\s+\S")


def label_before(words: str) -> str:
    """Return what stands before a colon or dash at the beginning of a bullet or line; "" without one."""
    found = _LABEL.match(words)
    label = shorten(found["label"]) if found and not _end_of_speaker(words) else ""
    return "" if _VERB.search(label) or _SAYS.search(label) else label


def first_words(words: str) -> str:
    """Return the first words of a sentence, which name what nothing else names."""
    return " ".join(words.rstrip(" .;").split()[:MOST_WORDS]).strip(_EDGES)


def pick_title(titles: Sequence[str], of_document: Sequence[str], force: str) -> str:
    """Return the nearest heading if it names a matter; of_document: what the document itself is called."""
    title = titles[-1].strip(_EDGES) if titles else ""
    if not title or title in of_document or is_section_title(title, force):
        return ""
    return title if len(title.split()) <= MOST_WORDS else first_words(title)
