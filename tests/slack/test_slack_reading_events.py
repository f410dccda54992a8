"""Slack's events, read without trust in their shape."""

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from askpcc.model import Place
from askpcc.slack.mrkdwn import find_mentions, question_words
from askpcc.slack.payloads import (
    ChannelKind,
    Deletion,
    Edit,
    Event,
    HomeOpened,
    MessageEvent,
    SharedFile,
    Stop,
    read_event,
    read_team,
)

TS, LATER = "1700000000.000100", "1700000005.000200"
TYPED = {"type": "message", "channel": "C1", "channel_type": "channel", "user": "U1", "ts": TS}


def read(event: dict[str, Any]) -> Event | None:
    return read_event({"team_id": "T1", "event": event}, "UBOT")


def read_typed(**more: object) -> MessageEvent:
    message = read(TYPED | more)
    assert isinstance(message, MessageEvent)
    return message


def change(now: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": "C1",
        "channel_type": "channel",
        "ts": LATER,
        "message": {"type": "message", "user": "U1", "ts": TS} | now,
        "previous_message": {"type": "message", "user": "U1", "ts": TS} | before,
    }


EVENTS: dict[str, dict[str, Any]] = {
    "message": TYPED | {"text": "is <@UBOT> there", "files": [{"id": "F1", "name": "a.pdf", "size": 3}]},
    "mention": {"type": "app_mention", "channel": "C1", "user": "U1", "ts": TS, "text": "<@UBOT> hi"},
    "edit": change({"text": "rec 5?", "edited": {"user": "U1", "ts": LATER}}, {"text": "rec 4?"}),
    "deletion": {
        "type": "message",
        "subtype": "message_deleted",
        "channel": "C1",
        "deleted_ts": TS,
        "previous_message": {"ts": TS, "thread_ts": TS},
    },
    "home": {"type": "app_home_opened", "user": "U1", "tab": "home", "channel": "D1"},
    "stop": {"type": "agent_session_stopped", "channel": "D1", "thread_ts": TS, "user": "U1"},
}


def test_a_message_is_read_with_all_that_matters() -> None:
    assert read_typed(text="<@UBOT> what of *rec 4*, <@U2>?", thread_ts=TS) == MessageEvent(
        team="T1",
        channel="C1",
        channel_kind=ChannelKind.PUBLIC,
        user="U1",
        ts=TS,
        text="what of rec 4, ?",
        thread_ts=TS,
        mentions=("U2",),
        mentions_bot=True,
    )


def test_a_message_alone_is_its_own_thread() -> None:
    assert read_typed().place == Place("slack", "T1", "C1", TS, TS)
    assert read_typed(ts=LATER, thread_ts=TS).place == Place("slack", "T1", "C1", TS, LATER)


def test_the_workspace_is_that_of_the_installation() -> None:
    body = {"team_id": "T2", "authorizations": [{"team_id": "T1"}], "event": TYPED | {"team": "T3"}}
    assert read_team(body) == "T1"
    assert read_team({"team_id": "T2", "authorizations": [{"team_id": None}]}) == "T2"


KINDS = [
    ("im", "D1", ChannelKind.DIRECT),
    ("app_home", "D1", ChannelKind.DIRECT),
    ("mpim", "G1", ChannelKind.GROUP_DIRECT),
    ("group", "C1", ChannelKind.PRIVATE),
    (None, "D1", ChannelKind.DIRECT),
    (None, "C1", ChannelKind.PUBLIC),
    ("new_kind", "X1", ChannelKind.UNKNOWN),
]


def test_the_kind_of_conversation_is_known() -> None:
    for told, channel, kind in KINDS:
        assert read_typed(channel=channel, channel_type=told).channel_kind is kind


WRITTEN_BY_APPS: list[dict[str, Any]] = [
    {"bot_id": "B1"},
    {"subtype": "bot_message"},
    {"user": "UBOT"},
    {"user": "USLACKBOT"},
    {"user": None},
]


def test_what_an_app_wrote_is_known_as_that() -> None:
    for more in WRITTEN_BY_APPS:
        assert read_typed(**more).bot


def test_files_are_read_and_those_held_elsewhere_have_no_address() -> None:
    held = {
        "id": "F1",
        "name": "a.pdf",
        "size": 30,
        "mimetype": "application/pdf",
        "url_private": "https://f/a",
    }
    files = [
        held,
        {"id": "F2", "mode": "external", "url_private": "https://elsewhere.example/b"},
        {"name": "c"},
    ]
    assert read_typed(files=files).files == (
        SharedFile("F1", "a.pdf", 30, "application/pdf", "https://f/a"),
        SharedFile("F2", "", 0, "", ""),
    )


def test_an_edit_of_the_words_is_an_edit() -> None:
    edit = read(EVENTS["edit"])
    assert isinstance(edit, Edit)
    assert (edit.place, edit.text, edit.previous) == (read_typed().place, "rec 5?", "rec 4?")


NO_EDITS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"text": "see https://x.example", "attachments": [{"id": 1}]}, {"text": "see https://x.example"}),
    ({"text": "rec 4?", "reply_count": 1}, {"text": "rec 4?"}),
    ({"text": "*rec 4*?"}, {"text": "rec 4?"}),
    ({"text": "done", "bot_id": "B1"}, {"text": "working", "bot_id": "B1"}),
    ({"text": "done", "user": "UBOT"}, {"text": "working", "user": "UBOT"}),
]


def test_a_change_of_anything_but_a_persons_words_is_none() -> None:
    for now, before in NO_EDITS:
        assert read(change(now, before)) is None


def test_a_mention_put_in_afterwards_is_an_edit() -> None:
    edit = read(change({"text": "<@UBOT> rec 4?"}, {"text": "rec 4?"}))
    assert isinstance(edit, Edit)
    assert edit.message.mentions_bot


def test_a_message_that_is_gone_is_a_deletion() -> None:
    for event in [EVENTS["deletion"], change({"subtype": "tombstone", "thread_ts": TS}, {"text": "rec 4?"})]:
        assert read(event) == Deletion("T1", "C1", TS, TS)


def test_other_events_are_read() -> None:
    assert read(EVENTS["home"]) == HomeOpened("T1", "U1", "home", "D1")
    assert read(EVENTS["stop"]) == Stop("T1", "D1", TS, "U1")
    assert read({"type": "reaction_added"}) is None


TYPED_WORDS = [
    ("<@UBOT> is rec 4 done?", "is rec 4 done?"),
    (
        "see <https://x.example/a|the letter> and <https://y.example>",
        "see the letter and https://y.example",
    ),
    ("ask in <#C1|performance> or <#C2>", "ask in #performance or"),
    ("<@U2|ann> <!channel> <!subteam^S1|@group> hi", "hi"),
    ("due <!date^1^{date}|1 May 2024>", "due 1 May 2024"),
    ("<mailto:a@x.example|a@x.example> wrote", "a@x.example wrote"),
    ("R&amp;D &lt;b&gt; &amp;lt;", "R&D <b> &lt;"),
    ("*bold* _so_ ~gone~ `code` ```block```", "bold so gone code block"),
    ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
    ("&gt; quoted\n• one\n• two :tada: at 10:30:15", "quoted one two at 10:30:15"),
    ("zero\u200bwidth \u202eturned", "zerowidth turned"),
]


def test_words_are_plain() -> None:
    for typed, words in TYPED_WORDS:
        assert question_words(typed) == words


def test_everybody_who_is_mentioned_is_found_once() -> None:
    text = "<@U1> <@U1|ann> <!subteam^S1|@g> <!here> <https://x.example|@U3> &lt;@U4&gt;"
    assert find_mentions(text) == ("U1", "S1", "here")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def paths_of(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    pairs = value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else [])
    return found + [one for key, inner in pairs for one in paths_of(inner, (*path, key))]


@settings(deadline=None, max_examples=30, derandomize=True)
@given(st.data(), st.sampled_from(sorted(EVENTS)), JSON)
def test_any_part_of_an_event_may_be_anything(data: st.DataObject, name: str, junk: object) -> None:
    body: Any = {"team_id": "T1", "authorizations": [{"team_id": "T1"}], "event": copy.deepcopy(EVENTS[name])}
    *way, last = data.draw(st.sampled_from(paths_of(body)))
    inner = body
    for key in way:
        inner = inner[key]
    inner[last] = junk
    happened = read_event(body, "UBOT")
    assert happened is None or isinstance(happened, Event)


@settings(deadline=None, max_examples=30, derandomize=True)
@given(JSON)
def test_anything_may_come_in_place_of_an_event(junk: object) -> None:
    assert read_event(junk, "UBOT") is None
    assert read_event({"team_id": "T1", "event": junk}, "UBOT") is None


@settings(deadline=None, max_examples=30, derandomize=True)
@given(st.text() | st.text("<>@!#|*_~`:& \nU"))
def test_any_text_has_plain_words(text: str) -> None:
    words = question_words(text)
    assert words == " ".join(words.split())


def test_long_text_is_read_at_once() -> None:
    for piece in ["<", "*", "_a", "`", ":a", "&gt;", "<@U1", "~ "]:
        assert isinstance(question_words(piece * 20_000), str)
