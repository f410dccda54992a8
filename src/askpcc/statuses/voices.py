"""Who speaks in a line of a response: the Commissioner, the force or the inspectorate."""

import re
from dataclasses import dataclass

from askpcc.model import Document, FactName, Speaker

_FORCE_TITLE = re.compile(
    r"\b(?:chief constable|force|constabulary)(?:['’]s)?\s+(?:response|comments?|reply|update|answer)"
    r"|\b(?:response|comments?|update)\s+(?:from|of|by)\s+(?:the\s+)?(?:force|chief constable|constabulary)",
    re.IGNORECASE,
)
_OFFICE_TITLE = re.compile(
    r"\b(?:commissioner|p?f?cc|mayor|office)(?:['’]?s)?\s+(?:response|comments?|reply|answer)|conclusion",
    re.IGNORECASE,
)
_OFFICE = r"(?:commissioner(?! of police)|p?f?cc|deputy mayor|mayor)"
_CHIEF = r"(?:(?:temporary |acting )?chief constable|force|constabulary)"
_SAYS = r"(?:says?|said|writes?|wrote|comments?|commented|replies|replied|adds?|added|responds?|responded|is below|as follows|stated?)"
_INTRODUCES_FORCE = re.compile(
    rf"\b{_CHIEF}\b[^.]*\b(?:{_SAYS}|(?:his|her|their) (?:reply|comments|response))\b[^.]*[:.]?\W*$",
    re.IGNORECASE,
)
_HE_SAYS = re.compile(rf"\b(?:he|she)\s+{_SAYS}\W*:\W*$", re.IGNORECASE)
_SPOKEN_BY_FORCE = re.compile(rf"\b{_CHIEF}\b[^.:“\"]{{0,60}}\b{_SAYS}\b[^.“\"]{{0,10}}[“\"]", re.IGNORECASE)
_TOLD_BY_FORCE = re.compile(
    rf"\b{_CHIEF}\b[^.;:]{{0,50}}\b(?:tells?|told|reports that|reported|says|said|informs?|informed|explains?|confirms?|confirmed|comments|writes|assures|advises?|advised)\b"
    rf"|\b(?:assistant|deputy) (?:chief constable|commissioner)\b[^.;:]{{0,30}}\b(?:said|reported|told|answered)\b|^\W*(?:he|she) reported\b"
    rf"|\b{_CHIEF}(?:,[^,.]{{3,40}},)? (?:does|is|has|have|do|are)(?: not)? (?:accept|agree|reject|noted|considered|promised)",
    re.IGNORECASE,
)
_TOLD_BY_INSPECTORATE = re.compile(
    r"\b(?:HMICFRS|HMIC|HMI|inspectors|inspectorate|chief inspector)\b[^.;:]{0,60}\b(?:discharged|closed|lifted|considers?|says|said|told|wrote|found|satisfied|confirmed|decided)\b"
    r"|\bdischarged\b|\bby (?:HMICFRS|HMIC|the inspectorate)\b|\bdefault phase\b|\bmonitoring\b",
    re.IGNORECASE,
)
_GIVES_FORCE_ANSWER = re.compile(
    rf"\bsections?\b[^.]*\b(?:give|set out|say|show|describe|explain|contain)s?\b[^.]*\b{_CHIEF}\b(?:['’]s (?:answer|response|reply|progress)| is | has )",
    re.IGNORECASE,
)


def is_inspectorate(document: Document) -> bool:
    """Tell whether the inspectorate wrote a document."""
    kind = document.fact(FactName.SOURCE_KIND)
    return kind is not None and "inspectorate" in kind.value


@dataclass(slots=True)
class Voices:
    """Follows who speaks while the lines of a document are read in order."""

    default: Speaker = Speaker.COMMISSIONER
    current: Speaker = Speaker.COMMISSIONER
    answers: Speaker = Speaker.COMMISSIONER
    introduced: bool = False

    def open_section(self, title: str) -> None:
        """Note a heading; a voice that words introduced ends with it."""
        self.introduced = False
        if _FORCE_TITLE.search(title):
            self.current = Speaker.FORCE
        elif _OFFICE_TITLE.search(title) or self.current is not self.default:
            self.current = self.default

    def speaker_of(self, words: str, *, quoted: bool, answer: bool) -> Speaker:
        """Return who speaks in a line, and note whom it introduces."""
        if quoted:
            return Speaker.FORCE if self.default is Speaker.COMMISSIONER else self.default
        if _GIVES_FORCE_ANSWER.search(words):
            self.answers = Speaker.FORCE
        if _INTRODUCES_FORCE.search(words) and words.rstrip().endswith((":", "is below.")):
            self.introduced = True
            return self.current
        if answer and self.answers is Speaker.FORCE:
            return Speaker.FORCE
        return Speaker.FORCE if self.introduced else self.current


def who_says(sentence: str, voice: Speaker) -> Speaker:
    """Return who says what a sentence says, when its speaker reports somebody else's word."""
    if _TOLD_BY_FORCE.search(sentence) or _SPOKEN_BY_FORCE.search(sentence):
        return Speaker.FORCE
    return voice


def is_inspectorates_word(sentence: str) -> bool:
    """Tell whether a sentence gives the inspectorate as the one who says so."""
    return _TOLD_BY_INSPECTORATE.search(sentence) is not None
