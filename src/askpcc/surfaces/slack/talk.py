"""Whether a message is meant for the assistant.

In doubt it is not: an answer nobody asked for disturbs people who talk to each other.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from askpcc.language.forces import ForceTable, load_forces
from askpcc.language.items import find_items
from askpcc.language.patterns import load_patterns
from askpcc.language.words import words
from askpcc.model import InquiryState, Thread
from askpcc.surfaces.slack.events import ChannelKind, Message

_WRITTEN = frozenset({"", "file_share", "thread_broadcast", "me_message"})
"""Subtypes of messages that somebody wrote; the others report joins, topics and the like."""

_FEW_WORDS = 7
_FEW_FOR_AN_ITEM = 4
# A run of marks is looked through once, from its beginning.
_ASKS = re.compile(r"(?<![?!\s])[!\s]*+\?[?!\s]*+\Z|\?\s")
_SENTENCE_END = re.compile(r"[.!;]\s+")
_NAMED_FIRST = re.compile(r"(?:[A-Z][a-z]+ ){0,2}[A-Z][a-z]+,\s")
_SEPARATORS = " \t,.;:!-–—)&"


class Addressed(StrEnum):
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


def addressed(message: Message, thread: Thread, bot_user: str, last_speakers: Sequence[str]) -> Addressed:
    """Tell what a message wants of the assistant.

    thread: what is known of the message's thread.  last_speakers: who wrote the messages before it in the
    thread, oldest first, the assistant as bot_user, apps without a user as ""; empty where that is unknown.
    """
    if message.bot or message.subtype not in _WRITTEN or message.user == bot_user:
        return Addressed.NO
    if message.channel_kind is ChannelKind.DIRECT:
        return Addressed.NO if message.files and not words(message.text) else read_order(message.text)
    if message.mentions_bot:
        return read_order(message.text)
    if thread.muted or message.mentions or not message.is_reply or not _takes_part(thread):
        return Addressed.NO
    speakers = [speaker for speaker in last_speakers if speaker]
    if not _belongs_to(message.user, thread, bot_user, speakers):
        return Addressed.NO
    after_person = bool(speakers) and speakers[-1] not in {bot_user, message.user}
    return Addressed.YES if _follows_up(message.text, after_person=after_person) else Addressed.NO


def _takes_part(thread: Thread) -> bool:
    """Tell whether the assistant was asked in a thread, by a question that was not taken back."""
    return any(inquiry.state is not InquiryState.WITHDRAWN for inquiry in thread.inquiries)


def _belongs_to(user: str, thread: Thread, bot_user: str, last_speakers: Sequence[str]) -> bool:
    """Tell whether somebody asked in the thread, or is alone in it with the assistant."""
    askers = {inquiry.person for inquiry in thread.inquiries}
    return user in askers or not (askers | set(last_speakers)) - {bot_user, user}


def read_order(typed: str) -> Addressed:
    """Tell what words want that are surely meant for the assistant."""
    if not words(typed):
        return Addressed.HELP
    meant = _without_courtesies(typed, "greeting")
    if not words(meant):
        return Addressed.HELP
    for wanted in (Addressed.HELP, Addressed.MUTE, Addressed.UNMUTE, Addressed.STOP):
        found = _cue(wanted).match(meant)
        if found and not words(meant[found.end() :]):
            return wanted
    return Addressed.YES if words(_without_courtesies(meant, "courtesy")) else Addressed.COURTESY


def _follows_up(typed: str, *, after_person: bool) -> bool:
    """Tell whether words in a thread are for the assistant that gave an answer there.

    after_person: somebody else wrote the message before.
    """
    meant = _without_courtesies(typed, "courtesy")
    if _cue("to_people").search(meant) or _NAMED_FIRST.match(meant):
        return False
    if after_person and _cue("to_somebody").search(meant):
        return False
    last = _without_courtesies(_SENTENCE_END.split(meant)[-1], "courtesy")
    return _asks(meant) or _asks(last) or (not after_person and _leans(meant))


def _asks(meant: str) -> bool:
    """Tell whether words are a question or a request by their form."""
    if not words(meant) or _ASKS.search(meant):
        return bool(words(meant))
    if _cue("telling").match(meant):
        return False
    bare = _without_courtesies(meant, "joining")
    return bool(_cue("asking").match(bare) or _cue("request").match(bare)) and not _cue("telling").match(bare)


def _leans(meant: str) -> bool:
    """Tell whether a few words continue what was asked before them."""
    length = len(words(meant))
    if not 0 < length <= _FEW_WORDS or _cue("telling").match(meant):
        return False
    names = find_items(meant) if length <= _FEW_FOR_AN_ITEM else ()
    return bool(_cue("leaning").match(meant) or names or _forces().named(meant.rstrip(_SEPARATORS)))


def _without_courtesies(typed: str, kind: str) -> str:
    """Return words without those of a kind, thanks or greetings, that stand before them."""
    meant = typed.replace("’", "'").strip(_SEPARATORS)
    while found := _cue(kind).match(meant):
        meant = meant[found.end() :].lstrip(_SEPARATORS)
    return meant


@lru_cache(maxsize=1)
def _forces() -> ForceTable:
    return load_forces()


@lru_cache(maxsize=16)
def _cue(name: str) -> re.Pattern[str]:
    """Return the expressions of ``data/talk.toml`` of that name."""
    return load_patterns("talk")[name]
