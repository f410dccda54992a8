"""What is said to the bot is taken down in the ledger, once, as a question or as something else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from askpcc.asking.small_talk import SEPARATORS, cue, without_courtesies
from askpcc.errors import new_reference
from askpcc.model import (
    Inquiry,
    InquiryState,
    Limits,
    Place,
    Taking,
    Thread,
)
from askpcc.ports import Inbox, Threads
from askpcc.slack.access import Authorizer
from askpcc.slack.client import to_slack_error
from askpcc.slack.mrkdwn import question_words
from askpcc.slack.payloads import (
    SURFACE,
    ChannelKind,
    Deletion,
    Edit,
    MessageEvent,
    Stop,
    is_timestamp,
)
from askpcc.text.forces import ForceTable, load_forces
from askpcc.text.references import find_items
from askpcc.text.words import words


class MessageClass(StrEnum):
    """What a message wants of the assistant.

    HELP: to be told what can be asked.  COURTESY: nothing, and silence would do no harm.  MUTE, UNMUTE:
    that the thread's follow-ups are left alone, or not any longer.  STOP: that a question is given up.
    """

    YES = "yes"
    NO = "no"
    HELP = "help"
    COURTESY = "courtesy"
    MUTE = "mute"
    UNMUTE = "unmute"
    STOP = "stop"


class IntakeOutcome(StrEnum):
    """What came of something that was said; those from STOPPED on need a word to the person who said it."""

    NOTHING = "nothing"
    KNOWN = "known"
    ASKED = "asked"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"
    FILES = "files"
    COURTESY = "courtesy"
    STOPPED = "stopped"
    QUEUE_FULL = "queue_full"
    TOO_MANY = "too_many"
    TOO_MANY_TODAY = "too_many_today"
    HELP = "help"
    MUTED = "muted"
    UNMUTED = "unmuted"
    NEVER_MUTE = "never_mute"


@dataclass(frozen=True, slots=True)
class IntakeResult:
    """What was taken down.  inquiries: those concerned; none for what is no question."""

    outcome: IntakeOutcome
    place: Place
    person: str = ""
    inquiries: tuple[Inquiry, ...] = ()


_TAKEN = {
    Taking.TAKEN: IntakeOutcome.ASKED,
    Taking.KNOWN: IntakeOutcome.KNOWN,
    Taking.QUEUE_FULL: IntakeOutcome.QUEUE_FULL,
    Taking.TOO_MANY_A_MINUTE: IntakeOutcome.TOO_MANY,
    Taking.TOO_MANY_A_DAY: IntakeOutcome.TOO_MANY_TODAY,
}
_SAID = {
    MessageClass.NO: IntakeOutcome.NOTHING,
    MessageClass.HELP: IntakeOutcome.HELP,
    MessageClass.COURTESY: IntakeOutcome.COURTESY,
}


@dataclass(frozen=True, slots=True)
class MessageIntake:
    """Takes down questions, edits, deletions and stops."""

    inbox: Inbox
    threads: Threads
    limits: Limits
    bot_user: str
    reader: "ThreadReader"
    authorizer: Authorizer

    def take(self, message: MessageEvent) -> IntakeResult:
        """Take a message down if it is meant for the assistant."""
        if message.channel_kind is ChannelKind.DIRECT and message.files and not message.bot:
            return IntakeResult(IntakeOutcome.FILES, message.place, message.user)
        thread = self._thread(message)
        wanted = classify_message(message, thread, self.bot_user, self._speakers(message, thread))
        if wanted is MessageClass.YES:
            history = tuple(inquiry.words for inquiry in thread.inquiries)
            return self.ask(message.place, message.user, message.text, history)
        if wanted in {MessageClass.MUTE, MessageClass.UNMUTE}:
            return self._mute(message, wanted)
        if wanted is MessageClass.STOP:
            return self._stop_for(message, thread)
        return IntakeResult(_SAID[wanted], message.place, message.user)

    def ask(
        self,
        place: Place,
        person: str,
        words: str,
        history: Sequence[str] = (),
        reply_to: str | None = None,
    ) -> IntakeResult:
        """Take a question down, once for its place.

        reply_to: for an answer that its asker alone sees, the address for it, or "" where there is none.
        """
        inquiry = Inquiry(
            id=new_reference(),
            place=place,
            person=person,
            words=words,
            asked_at=_said_at(place) or datetime.now(UTC),
            history=tuple(history),
            private=reply_to is not None,
            reply_to=reply_to or "",
        )
        outcome = _TAKEN[self.inbox.take(inquiry, self.limits)]
        return IntakeResult(outcome, place, person, (inquiry,))

    def revise(self, edit: Edit) -> IntakeResult:
        """Take down the new words of a question; a message that became one by them is taken as new.

        One that is no question any more is not answered; an answer that stands already stays.
        """
        message = edit.message
        if _asks_nothing(message):
            known = self.inbox.withdraw(edit.place)
            if known is not None:
                return _withdrawn(edit.place, known)
        else:
            revised = self.inbox.revise(edit.place, edit.text)
            if revised is not None:
                return IntakeResult(IntakeOutcome.REVISED, edit.place, message.user, (revised,))
        meant = message.mentions_bot or message.channel_kind is ChannelKind.DIRECT
        return (
            self.take(replace(message, files=()))
            if meant
            else IntakeResult(IntakeOutcome.NOTHING, edit.place)
        )

    def withdraw(self, deletion: Deletion) -> IntakeResult:
        """Take down that a message is gone, so that nobody answers it any more."""
        return _withdrawn(deletion.place, self.inbox.withdraw(deletion.place))

    def stop(self, stop: Stop) -> IntakeResult:
        """Take down that nothing of a thread is to be answered any more."""
        stopped = self.inbox.stop(stop.team, stop.channel, stop.thread)
        place = Place(SURFACE, stop.team, stop.channel, stop.thread, stop.thread)
        return IntakeResult(
            IntakeOutcome.STOPPED if stopped else IntakeOutcome.NOTHING, place, stop.user, tuple(stopped)
        )

    def mute(self, place: Place, person: str) -> IntakeResult:
        """Leave the follow-ups of a thread alone from now on."""
        first = self.threads.mute(place.team, place.channel, place.thread, person)
        return IntakeResult(IntakeOutcome.MUTED if first else IntakeOutcome.KNOWN, place, person)

    def _mute(self, message: MessageEvent, wanted: MessageClass) -> IntakeResult:
        place = message.place
        if message.channel_kind is ChannelKind.DIRECT:
            return IntakeResult(IntakeOutcome.NEVER_MUTE, place, message.user)
        if self.authorizer.refuse_person(message.user, message.channel) is not None:
            return self.ask(place, message.user, message.text)  # is told why not, as with any question
        if wanted is MessageClass.MUTE:
            return self.mute(place, message.user)
        was = self.threads.unmute(place.team, place.channel, place.thread)
        return IntakeResult(IntakeOutcome.UNMUTED if was else IntakeOutcome.KNOWN, place, message.user)

    def _stop_for(self, message: MessageEvent, thread: Thread) -> IntakeResult:
        """Stop what waits in a thread, for somebody who asked there."""
        if any(inquiry.person == message.user for inquiry in thread.inquiries):
            stopped = self.stop(Stop(message.team, message.channel, message.thread, message.user))
            if stopped.inquiries:
                return stopped
        return IntakeResult(IntakeOutcome.COURTESY, message.place, message.user)

    def _thread(self, message: MessageEvent) -> Thread:
        if not message.is_reply:
            return Thread()
        return self.threads.thread(message.team, message.channel, message.thread)

    def _speakers(self, message: MessageEvent, thread: Thread) -> Sequence[str]:
        """Ask Slack who spoke before only where that decides: in a thread the assistant is part of."""
        plain = message.mentions_bot or message.channel_kind is ChannelKind.DIRECT
        if plain or message.bot or not thread.inquiries or thread.muted:
            return ()
        return self.reader.speakers(message.channel, message.thread, message.ts)


def _asks_nothing(message: MessageEvent) -> bool:
    """Tell whether the words of a message, once a question, are meant for people or ask nothing."""
    direct = message.mentions_bot or message.channel_kind is ChannelKind.DIRECT
    for_people = bool(message.mentions) and not direct
    return for_people or parse_command(message.text) is not MessageClass.YES


def _withdrawn(place: Place, found: Inquiry | None) -> IntakeResult:
    if found is None or found.state is not InquiryState.WITHDRAWN:
        return IntakeResult(IntakeOutcome.NOTHING, place)  # an answer that stands there may be read by others
    return IntakeResult(IntakeOutcome.WITHDRAWN, place, inquiries=(found,))


def _said_at(place: Place) -> datetime | None:
    """Return when a message was written, which its name tells; None for what is no message."""
    try:
        return datetime.fromtimestamp(float(place.message), UTC)
    except (ValueError, OverflowError, OSError):
        return None


_WRITTEN = frozenset({"", "file_share", "thread_broadcast", "me_message"})
"""Subtypes of messages that somebody wrote; the others report joins, topics and the like."""

_FEW_WORDS = 7
_FEW_FOR_AN_ITEM = 4
# A run of marks is looked through once, from its beginning.
_ASKS = re.compile(r"(?<![?!\s])[!\s]*+\?[?!\s]*+\Z|\?\s")
_SENTENCE_END = re.compile(r"[.!;]\s+")
_NAMED_FIRST = re.compile(r"(?:[A-Z][a-z]+ ){0,2}[A-Z][a-z]+,\s")


def classify_message(
    message: MessageEvent, thread: Thread, bot_user: str, last_speakers: Sequence[str]
) -> MessageClass:
    """Tell what a message wants of the assistant.

    thread: what is known of the message's thread.  last_speakers: who wrote the messages before it in the
    thread, oldest first, the assistant as bot_user, apps without a user as ""; empty where that is unknown.
    """
    if message.bot or message.subtype not in _WRITTEN or message.user == bot_user:
        return MessageClass.NO
    if message.channel_kind is ChannelKind.DIRECT:
        return MessageClass.NO if message.files and not words(message.text) else parse_command(message.text)
    if message.mentions_bot:
        return parse_command(message.text)
    if thread.muted or message.mentions or not message.is_reply or not _takes_part(thread):
        return MessageClass.NO
    speakers = [speaker for speaker in last_speakers if speaker]
    if not _belongs_to(message.user, thread, bot_user, speakers):
        return MessageClass.NO
    after_person = bool(speakers) and speakers[-1] not in {bot_user, message.user}
    return MessageClass.YES if _follows_up(message.text, after_person=after_person) else MessageClass.NO


def _takes_part(thread: Thread) -> bool:
    """Tell whether the assistant was asked in a thread, by a question that was not taken back."""
    return any(inquiry.state is not InquiryState.WITHDRAWN for inquiry in thread.inquiries)


def _belongs_to(user: str, thread: Thread, bot_user: str, last_speakers: Sequence[str]) -> bool:
    """Tell whether somebody asked in the thread, or is alone in it with the assistant."""
    askers = {inquiry.person for inquiry in thread.inquiries}
    return user in askers or not (askers | set(last_speakers)) - {bot_user, user}


def parse_command(typed: str) -> MessageClass:
    """Tell what words want that are surely meant for the assistant."""
    if not words(typed):
        return MessageClass.HELP
    meant = without_courtesies(typed, "greeting")
    if not words(meant):
        return MessageClass.HELP
    for wanted in (MessageClass.HELP, MessageClass.MUTE, MessageClass.UNMUTE, MessageClass.STOP):
        found = cue(wanted).match(meant)
        if found and not words(meant[found.end() :]):
            return wanted
    return MessageClass.YES if words(without_courtesies(meant, "courtesy")) else MessageClass.COURTESY


def _follows_up(typed: str, *, after_person: bool) -> bool:
    """Tell whether words in a thread are for the assistant that gave an answer there.

    after_person: somebody else wrote the message before.
    """
    meant = without_courtesies(typed, "courtesy")
    if cue("to_people").search(meant) or _NAMED_FIRST.match(meant):
        return False
    if after_person and cue("to_somebody").search(meant):
        return False
    last = without_courtesies(_SENTENCE_END.split(meant)[-1], "courtesy")
    return _asks(meant) or _asks(last) or (not after_person and _leans(meant))


def _asks(meant: str) -> bool:
    """Tell whether words are a question or a request by their form."""
    if not words(meant) or _ASKS.search(meant):
        return bool(words(meant))
    if cue("telling").match(meant):
        return False
    bare = without_courtesies(meant, "joining")
    return bool(cue("asking").match(bare) or cue("request").match(bare)) and not cue("telling").match(bare)


def _leans(meant: str) -> bool:
    """Tell whether a few words continue what was asked before them."""
    length = len(words(meant))
    if not 0 < length <= _FEW_WORDS or cue("telling").match(meant):
        return False
    names = find_items(meant) if length <= _FEW_FOR_AN_ITEM else ()
    return bool(cue("leaning").match(meant) or names or _forces().named(meant.rstrip(SEPARATORS)))


@lru_cache(maxsize=1)
def _forces() -> ForceTable:
    return load_forces()


_A_PAGE = 200
"""Messages that Slack gives at once, oldest first."""

_REMEMBERED = 3
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class ThreadReader:
    """Reads threads that the bot is in.  Raises SlackError.

    before: the timestamp of a message; all of a thread comes before what is none, such as the id of a form.
    """

    client: WebClient

    def speakers(self, channel: str, thread: str, before: str) -> list[str]:
        """Return who wrote the messages of a thread before one, oldest first; the bot by its user id."""
        return [str(message.get("user", "")) for message in self._messages(channel, thread, before)]

    def earlier_words(self, channel: str, thread: str, before: str) -> list[str]:
        """Return the last words that people wrote in a thread before a message, oldest first."""
        messages = self._messages(channel, thread, before)
        people = [message for message in messages if not message.get("bot_id") and not _is_gone(message)]
        typed = [question_words(str(message.get("text", ""))) for message in people]
        return [text[:_LONGEST] for text in typed if text][-_REMEMBERED:]

    def _messages(self, channel: str, thread: str, before: str) -> Sequence[dict[str, Any]]:
        latest: dict[str, Any] = {"latest": before, "inclusive": False} if is_timestamp(before) else {}
        try:
            pages = self.client.conversations_replies(channel=channel, ts=thread, limit=_A_PAGE, **latest)
            messages: list[dict[str, Any]] = [one for page in pages for one in page.get("messages") or ()]
        except SlackApiError as exc:
            raise to_slack_error(exc) from exc
        return [message for message in messages if not latest or _time(message) < float(before)]


def _is_gone(message: dict[str, Any]) -> bool:
    """Tell whether a message was deleted and only keeps its thread together."""
    return message.get("subtype") == "tombstone"


def _time(message: dict[str, Any]) -> float:
    return float(str(message.get("ts", "0")) or 0)
