"""Cases of talk in Slack: what was said, where, and after whom."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from askpcc.model import (
    Inquiry,
    InquiryState,
    Place,
    Thread,
)
from askpcc.slack.intake import MessageClass, classify_message
from askpcc.slack.payloads import MessageEvent, read_event

_CASES = Path(__file__).parents[1] / "cases"
_ROOT, _OWN = "1700000000.000100", "1700000009.000100"
_CHANNELS = {"dm": ("D1", "im"), "thread": ("C1", "channel"), "channel": ("C1", "channel")}


@dataclass(frozen=True, slots=True)
class TalkCase:
    """One message as Slack delivers it, and what it wants; fields as in ``slack_talk.toml``."""

    says: str
    expects: str
    where: str = "thread"
    by: str = "ann"
    before: str = ""
    asked: str = "ann"
    muted: bool = False
    files: bool = False
    subtype: str = ""
    writer_is_bot: bool = False
    taken_back: bool = False

    def __str__(self) -> str:
        return f"{self.where} {self.before}>{self.by}: {self.says or '(nothing)'}"

    def judge(self) -> MessageClass:
        """Tell what the assistant makes of it."""
        return classify_message(self._read(), self._thread(), "BOT", self.before.upper().split())

    def _read(self) -> MessageEvent:
        channel, kind = _CHANNELS[self.where]
        event: dict[str, object] = {"type": "message", "channel": channel, "channel_type": kind}
        event |= {"user": self.by.upper(), "ts": _OWN, "text": self.says}
        event |= {"thread_ts": _ROOT} if self.where == "thread" or self.before else {}
        event |= {"files": [{"id": "F1", "name": "a.pdf"}], "subtype": "file_share"} if self.files else {}
        event |= {"subtype": self.subtype} if self.subtype else {}
        event |= {"bot_id": "B9"} if self.writer_is_bot else {}
        message = read_event({"team_id": "T1", "event": event}, "BOT")
        assert isinstance(message, MessageEvent)
        return message

    def _thread(self) -> Thread:
        inquiries = [self._inquiry(person.upper()) for person in self.asked.split()]
        return Thread(tuple(inquiries) if self.where == "thread" or self.before else (), self.muted)

    def _inquiry(self, person: str) -> Inquiry:
        place = Place("slack", "T1", "C1", _ROOT, _ROOT)
        state = InquiryState.WITHDRAWN if self.taken_back else InquiryState.ANSWERED
        return Inquiry(person, place, person, "is rec 4 done", datetime(2026, 1, 1, tzinfo=UTC), state=state)


def read_talk_cases(name: str) -> list[TalkCase]:
    """Read the cases of a file below ``tests/cases``."""
    return [TalkCase(**case) for case in tomllib.loads((_CASES / name).read_text("utf-8"))["cases"]]


def measure(cases: Sequence[TalkCase]) -> tuple[float, float]:
    """Return precision and recall of being answered, among messages that are answered or left alone."""
    judged = [(case.expects == "yes", case.judge() is MessageClass.YES) for case in cases]
    right = judged.count((True, True))
    return right / sum(answered for _, answered in judged), right / sum(wanted for wanted, _ in judged)
