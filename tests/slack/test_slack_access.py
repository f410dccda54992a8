"""Who may ask: closed by default, opened by name, and each refusal is a sentence that leaks nothing."""

from dataclasses import replace

from askpcc.slack.access import (
    AccessRules,
    Channel,
    Person,
    decide,
    may_reindex,
    may_review,
)

MEMBER = Person("U0MEMBER", "T0OWN", "Member")
CHANNEL = Channel("C0TALK", "channel", has_bot=True)
MESSAGES = Channel("D0TALK", "im", has_bot=True)
RULES = AccessRules("T0OWN")

GUEST = replace(MEMBER, is_guest=True)
FOREIGN = replace(MEMBER, team="T0OTHER")
STRANGER = replace(MEMBER, is_stranger=True)
UNSEEN = Person("U0MEMBER", "", is_stranger=True)
BOT = replace(MEMBER, is_bot=True)
DELETED = replace(MEMBER, is_deleted=True)
SHARED = replace(CHANNEL, is_shared=True)
NOT_IN = replace(CHANNEL, has_bot=False)


def refused(
    person: Person = MEMBER,
    channel: Channel = CHANNEL,
    rules: AccessRules = RULES,
    groups: frozenset[str] = frozenset(),
) -> str | None:
    refusal = decide(person, channel, groups, rules)
    return refusal.kind if refusal else None


def test_a_full_member_may_ask_in_direct_messages_and_where_the_bot_was_invited() -> None:
    for channel in [CHANNEL, MESSAGES, replace(CHANNEL, kind="private")]:
        assert decide(MEMBER, channel, frozenset(), RULES) is None


OTHERS = [
    (GUEST, "guest"),
    (FOREIGN, "outsider"),
    (STRANGER, "outsider"),
    (UNSEEN, "outsider"),
    (BOT, "bot"),
    (DELETED, "deleted"),
]


def test_anybody_else_is_refused() -> None:
    for person, kind in OTHERS:
        for channel in [CHANNEL, MESSAGES]:
            assert refused(person, channel) == kind


def test_nobody_may_ask_where_the_bot_is_not() -> None:
    for channel in [NOT_IN, replace(MESSAGES, has_bot=False)]:
        assert refused(channel=channel) == "no_bot"


def test_a_channel_with_another_organisation_is_refused_until_it_is_named() -> None:
    assert refused(channel=SHARED) == "shared_channel"
    opened = replace(RULES, shared_channels=frozenset({"C0TALK"}))
    assert refused(channel=SHARED, rules=opened) is None


def test_an_allowed_shared_channel_does_not_let_the_others_people_ask() -> None:
    opened = replace(RULES, shared_channels=frozenset({"C0TALK"}))
    assert refused(FOREIGN, SHARED, opened) == "outsider"


def test_a_named_guest_may_ask() -> None:
    for person in [GUEST, FOREIGN, STRANGER]:
        assert refused(person, rules=replace(RULES, guests=frozenset({"U0MEMBER"}))) is None


def test_naming_an_app_or_a_deactivated_account_does_not_let_it_ask() -> None:
    for person in [BOT, DELETED]:
        named = frozenset({"U0MEMBER"})
        assert refused(person, rules=replace(RULES, guests=named, users=named, admins=named)) is not None


def test_named_channels_shut_all_others() -> None:
    for channel in [replace(CHANNEL, id="C0OTHER"), MESSAGES]:
        narrow = replace(RULES, channels=frozenset({"C0TALK"}))
        assert refused(rules=narrow) is None
        assert refused(channel=channel, rules=narrow) == "channel"


def test_a_named_channel_is_still_refused_while_it_is_shared() -> None:
    assert refused(channel=SHARED, rules=replace(RULES, channels=frozenset({"C0TALK"}))) == "shared_channel"


NAMED = [
    ({"U0MEMBER"}, set(), True),
    (set(), {"S0ONE"}, True),
    ({"U0OTHER"}, {"S0ONE"}, True),
    ({"U0OTHER"}, set(), False),
    (set(), {"S0TWO"}, False),
]


def test_of_named_people_and_groups_one_is_enough() -> None:
    for users, groups, may in NAMED:
        narrow = replace(RULES, users=frozenset(users), groups=frozenset(groups))
        assert (refused(rules=narrow, groups=frozenset({"S0ONE"})) is None) == may


def test_a_named_guest_is_narrowed_like_everybody() -> None:
    narrow = replace(RULES, guests=frozenset({"U0MEMBER"}), users=frozenset({"U0OTHER"}))
    assert refused(GUEST, rules=narrow) == "person"


def test_without_a_known_workspace_nobody_may_ask() -> None:
    assert refused(replace(MEMBER, team=""), rules=AccessRules("")) == "outsider"


ADMINS = replace(RULES, admins=frozenset({"U0BOSS", "U0CHIEF", "U0DEPUTY"}))


def test_a_member_is_told_whom_to_ask() -> None:
    refusal = decide(MEMBER, SHARED, frozenset(), ADMINS)
    assert refusal is not None
    assert "Ask <@U0BOSS> or <@U0CHIEF> if" in refusal.sentence


def test_who_is_no_member_does_not_learn_who_runs_the_bot() -> None:
    for person in [GUEST, FOREIGN, STRANGER]:
        refusal = decide(person, CHANNEL, frozenset(), ADMINS)
        assert refusal is not None
        assert "U0" not in refusal.sentence
        assert "whoever runs me" in refusal.sentence


def test_a_refusal_names_neither_who_nor_what_is_allowed() -> None:
    for person in [MEMBER, GUEST, FOREIGN, BOT, DELETED]:
        for channel in [CHANNEL, NOT_IN, SHARED]:
            named = replace(RULES, users=frozenset({"U0OTHER"}), channels=frozenset({"C0OTHER"}))
            refusal = decide(person, channel, frozenset(), replace(named, groups=frozenset({"S0ONE"})))
            assert refusal is not None
            assert not any(
                id_ in refusal.sentence for id_ in ("U0OTHER", "C0OTHER", "S0ONE", "T0OWN", "U0MEMBER")
            )


def test_nobody_may_reindex_or_review_until_named() -> None:
    assert not may_reindex(MEMBER, RULES)
    assert not may_review(MEMBER, RULES)


def test_each_right_is_given_by_itself() -> None:
    named = frozenset({"U0MEMBER"})
    admin, reviewer = replace(RULES, admins=named), replace(RULES, reviewers=named)
    assert (may_reindex(MEMBER, admin), may_review(MEMBER, admin)) == (True, False)
    assert (may_reindex(MEMBER, reviewer), may_review(MEMBER, reviewer)) == (False, True)


def test_a_right_is_lost_with_full_membership() -> None:
    for person in [GUEST, FOREIGN, STRANGER, BOT, DELETED]:
        named = frozenset({"U0MEMBER"})
        rules = replace(RULES, admins=named, reviewers=named, guests=named)
        assert not may_reindex(person, rules)
        assert not may_review(person, rules)
