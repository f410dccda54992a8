"""Who and what is in Slack: read from a loopback Slack, remembered for a while, and closed where unclear."""

from collections.abc import Iterator
from threading import Thread

import pytest
from slack_sdk import WebClient

from askpcc.errors import SlackError
from askpcc.slack.access import (
    Channel,
    Directory,
    Person,
    read_channel,
    read_person,
)
from loopback_slack import LoopbackSlack

MINUTES = 60.0


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.seconds


@pytest.fixture
def slack() -> Iterator[LoopbackSlack]:
    with LoopbackSlack() as slack:
        yield slack


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def directory(slack: LoopbackSlack, clock: Clock) -> Directory:
    return Directory(WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[]), clock)


def calls(slack: LoopbackSlack, method: str) -> int:
    return sum(call.method == method for call in slack.journal.calls)


PERSONS = [
    ("asker", Person("U0ASKER", "T0LOOPBACK", "asker")),
    ("guest", Person("U0GUEST", "T0LOOPBACK", "guest", is_guest=True)),
    ("visitor", Person("U0VISITOR", "T0LOOPBACK", "visitor", is_guest=True)),
    ("stranger", Person("U0STRANGER", "T0ELSEWHERE", "stranger", is_stranger=True)),
    ("otherbot", Person("U0OTHERBOT", "T0LOOPBACK", "otherbot", is_bot=True)),
    ("leaver", Person("U0LEAVER", "T0LOOPBACK", "leaver", is_deleted=True)),
]


def test_a_person_is_what_slack_says(directory: Directory) -> None:
    for name, expected in PERSONS:
        assert directory.person(f"U0{name.upper()}") == expected


def test_who_cannot_be_seen_is_a_stranger(directory: Directory) -> None:
    assert directory.person("U0NOBODY") == Person("U0NOBODY", "", is_stranger=True)


def test_a_channel_is_what_slack_says(slack: LoopbackSlack, directory: Directory) -> None:
    general, private = slack.workspace.channel("general").id, slack.workspace.channel("private").id
    assert directory.channel(general) == Channel(general, "channel", has_bot=True)
    assert directory.channel(private) == Channel(private, "private", has_bot=True)
    assert directory.channel(slack.dm("asker")) == Channel(slack.dm("asker"), "im", has_bot=True)
    assert not directory.channel(slack.workspace.channel("random").id).has_bot


def test_a_channel_with_another_organisation_is_shared(slack: LoopbackSlack, directory: Directory) -> None:
    connected = slack.workspace.add_channel("connected", members="askpcc asker stranger", shared=True)
    assert directory.channel(connected.id).is_shared


def test_a_conversation_that_cannot_be_seen_is_without_the_bot(directory: Directory) -> None:
    assert directory.channel("C0NOWHERE") == Channel("C0NOWHERE", "private")
    assert directory.channel("D0OTHERS") == Channel("D0OTHERS", "im")


def test_what_was_looked_up_is_remembered_for_five_minutes(
    slack: LoopbackSlack, directory: Directory, clock: Clock
) -> None:
    general = slack.workspace.channel("general").id
    for _ in range(2):
        directory.person("U0ASKER")
        directory.channel(general)
        clock.seconds += 4 * MINUTES
    assert (calls(slack, "users.info"), calls(slack, "conversations.info")) == (1, 1)
    slack.workspace.user("asker").is_restricted = True
    assert directory.person("U0ASKER").is_guest
    assert calls(slack, "users.info") == 2


def test_an_invitation_works_at_once(slack: LoopbackSlack, directory: Directory) -> None:
    random = slack.workspace.channel("random").id
    assert not directory.channel(random).has_bot
    slack.invite("asker", random)
    assert directory.channel(random).has_bot


def test_groups_are_those_asked_for_that_somebody_is_in(slack: LoopbackSlack, directory: Directory) -> None:
    one = slack.workspace.add_group("one", members="asker reader")
    two = slack.workspace.add_group("two", members="reader")
    assert directory.groups_of("U0ASKER", {one.id, two.id, "S0GONE"}) == {one.id}
    assert directory.groups_of("U0READER", {one.id, two.id}) == {one.id, two.id}
    assert directory.groups_of("U0READER", ()) == frozenset()
    assert calls(slack, "usergroups.users.list") == 3


def test_a_failure_is_told_and_not_remembered(slack: LoopbackSlack, directory: Directory) -> None:
    for error in ["internal_error", "invalid_auth", "missing_scope", "ratelimited"]:
        slack.fail("users.info", error)
        with pytest.raises(SlackError, match=f"Slack refused users_info: {error}"):
            directory.person("U0ASKER")
    assert directory.person("U0ASKER").name == "asker"


def test_a_connection_that_breaks_is_told_without_what_was_sent(
    slack: LoopbackSlack, directory: Directory
) -> None:
    slack.hang_up("conversations.info")
    with pytest.raises(SlackError, match="Slack cannot be reached") as caught:
        directory.channel("C0GENERAL")
    assert "C0GENERAL" not in str(caught.value)
    assert "xoxb" not in str(caught.value)


def test_several_threads_may_look_things_up(slack: LoopbackSlack, directory: Directory) -> None:
    found: list[Person] = []
    threads = [Thread(target=lambda: found.append(directory.person("U0ASKER"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(found) == {Person("U0ASKER", "T0LOOPBACK", "asker")}
    assert len(found) == 8
    assert calls(slack, "users.info") <= 8


def test_a_user_that_is_misshapen_is_nobody_with_rights() -> None:
    users: list[object] = [
        None,
        [],
        "U0A",
        {},
        {"id": "U0A"},
        {"id": "U0OTHER", "team_id": "T0OWN"},
        {"id": "U0A", "team_id": 7},
    ]
    for user in users:
        person = read_person("U0A", user)
        assert person.is_stranger or person.team == ""


def test_a_channel_that_is_misshapen_is_without_the_bot() -> None:
    channels: list[object] = [
        None,
        [],
        "C0A",
        {},
        {"id": "C0A"},
        {"id": "C0A", "is_member": "yes"},
        {"id": "C0B", "is_member": True},
    ]
    for channel in channels:
        assert not read_channel("C0A", channel).has_bot


SHARING: list[tuple[dict[str, object], bool]] = [
    ({"is_ext_shared": True}, True),
    ({"is_pending_ext_shared": True}, True),
    ({"pending_shared": ["T0OTHER"]}, True),
    ({"is_shared": True}, True),
    ({"is_shared": True, "is_org_shared": True}, False),
    ({"is_shared": True, "is_org_shared": True, "is_ext_shared": True}, True),
    ({"pending_shared": []}, False),
]


def test_a_channel_counts_as_shared_where_it_may_be() -> None:
    for fields, shared in SHARING:
        assert read_channel("C0A", {"id": "C0A", "is_member": True, **fields}).is_shared == shared


def test_slacks_own_bot_is_a_bot() -> None:
    assert read_person("USLACKBOT", {"id": "USLACKBOT", "team_id": "T0OWN", "is_bot": False}).is_bot
