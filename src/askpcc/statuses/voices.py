"""Who speaks in a line of a response: the Commissioner, the force or the inspectorate."""

import re
from dataclasses import dataclass

from askpcc.model import Document, FactName, Speaker
from askpcc.statuses.rules import load_rules

_LOOKED_AT = 1_000
"""How many characters of a line are looked at for who speaks; its sentences are short."""

_LABEL = re.compile(
    r"[*_\s]*+(?P<who>(?:the\s+)?(?:[\w&'’.-]+\s+){0,6}?)(?:response|comment|update|position|reply|progress|answer)s?"
    r"[*_ \t]*(?::[*_\s]*|\n\s*)",
    re.IGNORECASE,
)


def label_of(written: str) -> tuple[str, int]:
    """Return who is named by a label that begins a line ("PCC comment:"), and where the label ends.

    ("", 0) without a label; "" for one that names nobody ("Response:").
    """
    match = _LABEL.match(written)
    return (match["who"], match.end()) if match else ("", 0)


def is_inspectorate(document: Document) -> bool:
    """Tell whether the inspectorate wrote a document."""
    kind = document.fact(FactName.SOURCE_KIND)
    return kind is not None and "inspectorate" in kind.value


@dataclass(slots=True)
class Voices:
    """Follows who speaks while the lines of a document are read in order.

    default: whose document it is.  current: whose section.  answers: who answers recommendations.
    introduced: words have let the force speak ("The Chief Constable writes:").  labelled: who speaks
    since a label at the beginning of a line ("PCC comment:").
    """

    default: Speaker
    current: Speaker
    answers: Speaker
    introduced: bool = False
    labelled: Speaker | None = None

    def open_section(self, title: str) -> None:
        """Note a heading; a voice that words introduced ends with it."""
        self.introduced, self.labelled = False, None
        force = load_rules().holds("voices", "force_title", title)
        self.current = Speaker.FORCE if force else self.default

    def read_label(self, who: str) -> None:
        """Note whom a label names."""
        named = next((name for name in ("office", "force") if load_rules().holds("voices", name, who)), None)
        if named:
            self.labelled = Speaker.FORCE if named == "force" else self.default

    def speaker_of(self, words: str, *, quoted: bool, answer: bool) -> Speaker:
        """Return who speaks in a line, and note whom it introduces."""
        rules, beginning, end = load_rules(), words[:_LOOKED_AT], words[-_LOOKED_AT:]
        if quoted:
            return Speaker.FORCE if self.default is Speaker.COMMISSIONER else self.default
        if rules.holds("voices", "gives_force_answer", beginning):
            self.answers = Speaker.FORCE
        if rules.holds("voices", "introduces_force", end):
            self.introduced = True
            return self.current
        if self.labelled:
            return self.labelled
        if self.introduced or (answer and self.answers is Speaker.FORCE):
            return Speaker.FORCE
        return self.current


def who_says(sentence: str, voice: Speaker) -> Speaker:
    """Return who says what a sentence says, when its speaker reports the force's word."""
    told = load_rules().holds("voices", "told_by_force", sentence[:_LOOKED_AT])
    return Speaker.FORCE if told else voice


def is_inspectorates_word(sentence: str) -> bool:
    """Tell whether a sentence gives the inspectorate as the one who says so."""
    return load_rules().holds("voices", "told_by_inspectorate", sentence[:_LOOKED_AT])
