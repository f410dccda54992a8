"""What comes in from Slack is taken down in the ledger, before Slack is told that it arrived."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from askpcc.model import Inquiry, InquiryState, Limits, Place, Taking, Thread
from askpcc.ports import Inbox, Threads
from askpcc.surfaces.slack.events import SURFACE, ChannelKind, Deletion, Edit, Message, Stop
from askpcc.surfaces.slack.talk import Addressed, addressed, read_order


class Heard(StrEnum):
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
class Note:
    """What the desk has written down.  inquiries: those concerned; none for what is no question."""

    heard: Heard
    place: Place
    person: str = ""
    inquiries: tuple[Inquiry, ...] = ()


_TAKEN = {
    Taking.TAKEN: Heard.ASKED,
    Taking.KNOWN: Heard.KNOWN,
    Taking.QUEUE_FULL: Heard.QUEUE_FULL,
    Taking.TOO_MANY_A_MINUTE: Heard.TOO_MANY,
    Taking.TOO_MANY_A_DAY: Heard.TOO_MANY_TODAY,
}
_SAID = {
    Addressed.NO: Heard.NOTHING,
    Addressed.HELP: Heard.HELP,
    Addressed.COURTESY: Heard.COURTESY,
}


@dataclass(frozen=True, slots=True)
class Desk:
    """Takes down questions, edits, deletions and stops.

    speakers: who wrote the messages of a thread before a message, oldest first, by (channel, thread, ts).
    refuse: why a person may not use the assistant in a channel, by both, or None; raises SlackError.
    """

    inbox: Inbox
    threads: Threads
    limits: Limits
    bot_user: str
    speakers: Callable[[str, str, str], Sequence[str]]
    refuse: Callable[[str, str], str | None]
    now: Callable[[], datetime]
    new_id: Callable[[], str]

    def hear(self, message: Message) -> Note:
        """Take a message down if it is meant for the assistant."""
        if message.channel_kind is ChannelKind.DIRECT and message.files and not message.bot:
            return Note(Heard.FILES, message.place, message.user)
        thread = self._thread(message)
        wanted = addressed(message, thread, self.bot_user, self._speakers(message, thread))
        if wanted is Addressed.YES:
            history = tuple(inquiry.words for inquiry in thread.inquiries)
            return self.ask(message.place, message.user, message.text, history)
        if wanted in {Addressed.MUTE, Addressed.UNMUTE}:
            return self._mute(message, wanted)
        if wanted is Addressed.STOP:
            return self._stop_for(message, thread)
        return Note(_SAID[wanted], message.place, message.user)

    def ask(
        self,
        place: Place,
        person: str,
        words: str,
        history: Sequence[str] = (),
        reply_to: str | None = None,
    ) -> Note:
        """Take a question down, once for its place.

        reply_to: for an answer that its asker alone sees, the address for it, or "" where there is none.
        """
        inquiry = Inquiry(
            id=self.new_id(),
            place=place,
            person=person,
            words=words,
            asked_at=_said_at(place) or self.now(),
            history=tuple(history),
            private=reply_to is not None,
            reply_to=reply_to or "",
        )
        heard = _TAKEN[self.inbox.take(inquiry, self.limits)]
        return Note(heard, place, person, (inquiry,))

    def revise(self, edit: Edit) -> Note:
        """Take down the new words of a question; a message that became one by them is taken as new.

        One that is no question any more is not answered; an answer that stands already stays.
        """
        message = edit.message
        if _asks_nothing(message):
            known = self.inbox.withdraw(edit.place)
            if known is not None:
                return _note_withdrawn(edit.place, known)
        else:
            revised = self.inbox.revise(edit.place, edit.text)
            if revised is not None:
                return Note(Heard.REVISED, edit.place, message.user, (revised,))
        meant = message.mentions_bot or message.channel_kind is ChannelKind.DIRECT
        return self.hear(replace(message, files=())) if meant else Note(Heard.NOTHING, edit.place)

    def withdraw(self, deletion: Deletion) -> Note:
        """Take down that a message is gone, so that nobody answers it any more."""
        return _note_withdrawn(deletion.place, self.inbox.withdraw(deletion.place))

    def stop(self, stop: Stop) -> Note:
        """Take down that nothing of a thread is to be answered any more."""
        stopped = self.inbox.stop(stop.team, stop.channel, stop.thread)
        place = Place(SURFACE, stop.team, stop.channel, stop.thread, stop.thread)
        return Note(Heard.STOPPED if stopped else Heard.NOTHING, place, stop.user, tuple(stopped))

    def mute(self, place: Place, person: str) -> Note:
        """Leave the follow-ups of a thread alone from now on."""
        first = self.threads.mute(place.team, place.channel, place.thread, person)
        return Note(Heard.MUTED if first else Heard.KNOWN, place, person)

    def _mute(self, message: Message, wanted: Addressed) -> Note:
        place = message.place
        if message.channel_kind is ChannelKind.DIRECT:
            return Note(Heard.NEVER_MUTE, place, message.user)
        if self.refuse(message.user, message.channel) is not None:
            return self.ask(place, message.user, message.text)  # is told why not, as with any question
        if wanted is Addressed.MUTE:
            return self.mute(place, message.user)
        was = self.threads.unmute(place.team, place.channel, place.thread)
        return Note(Heard.UNMUTED if was else Heard.KNOWN, place, message.user)

    def _stop_for(self, message: Message, thread: Thread) -> Note:
        """Stop what waits in a thread, for somebody who asked there."""
        if any(inquiry.person == message.user for inquiry in thread.inquiries):
            stopped = self.stop(Stop(message.team, message.channel, message.thread, message.user))
            if stopped.inquiries:
                return stopped
        return Note(Heard.COURTESY, message.place, message.user)

    def _thread(self, message: Message) -> Thread:
        if not message.is_reply:
            return Thread()
        return self.threads.thread(message.team, message.channel, message.thread)

    def _speakers(self, message: Message, thread: Thread) -> Sequence[str]:
        """Ask Slack who spoke before only where that decides: in a thread the assistant is part of."""
        plain = message.mentions_bot or message.channel_kind is ChannelKind.DIRECT
        if plain or message.bot or not thread.inquiries or thread.muted:
            return ()
        return self.speakers(message.channel, message.thread, message.ts)


def _asks_nothing(message: Message) -> bool:
    """Tell whether the words of a message, once a question, are meant for people or ask nothing."""
    direct = message.mentions_bot or message.channel_kind is ChannelKind.DIRECT
    for_people = bool(message.mentions) and not direct
    return for_people or read_order(message.text) is not Addressed.YES


def _note_withdrawn(place: Place, found: Inquiry | None) -> Note:
    if found is None or found.state is not InquiryState.WITHDRAWN:
        return Note(Heard.NOTHING, place)  # an answer that stands there may be read by others
    return Note(Heard.WITHDRAWN, place, inquiries=(found,))


def _said_at(place: Place) -> datetime | None:
    """Return when a message was written, which its name tells; None for what is no message."""
    try:
        return datetime.fromtimestamp(float(place.message), UTC)
    except (ValueError, OverflowError, OSError):
        return None
