"""Who speaks in a line of a response: the Commissioner, the force or the inspectorate."""

from dataclasses import dataclass

from askpcc.model import Document, FactName, Speaker
from askpcc.statuses.rules import load_rules


def is_inspectorate(document: Document) -> bool:
    """Tell whether the inspectorate wrote a document."""
    kind = document.fact(FactName.SOURCE_KIND)
    return kind is not None and "inspectorate" in kind.value


@dataclass(slots=True)
class Voices:
    """Follows who speaks while the lines of a document are read in order.

    default: whose document it is.  current: whose section.  answers: who answers recommendations.
    introduced: words have let the force speak ("The Chief Constable writes:").
    """

    default: Speaker
    current: Speaker
    answers: Speaker
    introduced: bool = False

    def open_section(self, title: str) -> None:
        """Note a heading; a voice that words introduced ends with it."""
        self.introduced = False
        force = load_rules().holds("voices", "force_title", title)
        self.current = Speaker.FORCE if force else self.default

    def speaker_of(self, words: str, *, quoted: bool, answer: bool) -> Speaker:
        """Return who speaks in a line, and note whom it introduces."""
        rules = load_rules()
        if quoted:
            return Speaker.FORCE if self.default is Speaker.COMMISSIONER else self.default
        if rules.holds("voices", "gives_force_answer", words):
            self.answers = Speaker.FORCE
        if rules.holds("voices", "introduces_force", words):
            self.introduced = True
            return self.current
        if self.introduced or (answer and self.answers is Speaker.FORCE):
            return Speaker.FORCE
        return self.current


def who_says(sentence: str, voice: Speaker) -> Speaker:
    """Return who says what a sentence says, when its speaker reports the force's word."""
    return Speaker.FORCE if load_rules().holds("voices", "told_by_force", sentence) else voice


def is_inspectorates_word(sentence: str) -> bool:
    """Tell whether a sentence gives the inspectorate as the one who says so."""
    return load_rules().holds("voices", "told_by_inspectorate", sentence)
