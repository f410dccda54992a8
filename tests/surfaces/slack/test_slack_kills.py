"""Bots that are ended, killed or frozen in the middle: each question keeps one answer."""

from loopback_slack.faults import Gate
from support.bot_process import ANSWERING, wait_for
from support.slack_process import WORKERS, Office

pytest_plugins = ("support.slack_offices",)

SHORT = "Has recommendation 1 been completed in Borsetshire?"
LONG = "Tell me everything about stalking protection orders, custody, vetting and detained children"
"""Its answer is streamed."""


def catch(office: Office, method: str, number: int, words: str, *, after: bool = False) -> Gate:
    """Ask, and wait until the bot is held in a call of a method."""
    gate = office.slack.hold(method, after=after)
    office.ask(number, words)
    assert gate.arrived.wait(ANSWERING), f"{method} was not called."
    return gate


def open_all(gates: list[Gate]) -> None:
    for gate in gates:
        gate.open()


def test_a_bot_that_is_told_to_end_finishes_what_it_answers_and_leaves_the_rest_to_the_next(
    office: Office,
) -> None:
    slack = office.slack
    (ending,) = office.living(1)
    answered = office.ask(0, SHORT)
    office.wait_for_answers([answered])
    with slack.hold("chat.postMessage") as gate:
        asked = [office.ask(number, SHORT) for number in range(1, WORKERS + 5)]
        assert gate.arrived.wait(ANSWERING)
        slack.wait_until_delivered()
        press = slack.press(answered.user, office.answers(answered)[0], "askpcc_source:1")
        ending.terminate()
        slack.wait_for(lambda: press.acked, ANSWERING)
        slack.wait_for(lambda: not slack.connections, ANSWERING)
        late = office.ask(WORKERS + 5, SHORT)
    assert ending.wait() == 0
    assert slack.modal(answered.user)
    assert len(ending.events("answered")) == 1 + WORKERS
    office.living(1)
    office.wait_for_answers([answered, *asked, late])
    slack.wait_until_delivered()
    office.assert_answered_once(office.asked)


def test_a_bot_that_is_killed_at_any_moment_loses_no_answer_and_gives_none_twice(office: Office) -> None:
    (dying,) = office.living(1)
    before = len(office.asked)
    gates = [
        catch(office, "chat.stopStream", 20, LONG),
        catch(office, "chat.appendStream", 21, LONG),
        catch(office, "chat.startStream", 22, LONG, after=True),
        catch(office, "chat.postMessage", 23, SHORT, after=True),
        catch(office, "chat.postMessage", 24, SHORT),
        catch(office, "users.info", 25, SHORT),
    ]
    for number in range(26, 32):  # more than there are workers, so that some wait
        office.ask(number, SHORT)
    office.slack.wait_until_delivered()
    dying.kill()
    open_all(gates)
    (next_one,) = office.living(1)
    asked = office.asked[before:]
    office.wait_for_answers(asked)
    wait_for(lambda: len(next_one.events("answered")) >= len(asked), ANSWERING)
    office.slack.wait_until_delivered()
    office.assert_answered_once(office.asked)
    assert dying.answered.isdisjoint(next_one.answered)


def test_a_bot_that_was_frozen_until_another_took_over_takes_back_what_it_posts(office: Office) -> None:
    slack = office.slack
    (freezing,) = office.living(1)
    before = len(office.asked)
    gates = [catch(office, "chat.appendStream", 32, LONG, after=True)]
    # It will post instead, without looking first whether the question is still its own.
    slack.fail("chat.startStream", "ratelimited")
    gates += [
        catch(office, "chat.startStream", 33, LONG, after=True),
        catch(office, "users.info", 34, SHORT),
    ]
    freezing.freeze()
    open_all(gates)
    other = office.start().wait_until_started()
    asked = office.asked[before:]
    wait_for(lambda: len(other.events("answered")) >= len(asked), ANSWERING)
    office.assert_answered_once(office.asked)
    freezing.thaw()
    latest = office.ask(35, SHORT)
    office.wait_for_answers([latest])
    slack.wait_until_delivered()
    # What the thawed bot posts stands there until it has taken it back; it may also see in time that it lost.
    slack.wait_for(lambda: _is_answered_once(office), ANSWERING)
    assert freezing.answered.isdisjoint(other.answered)


def _is_answered_once(office: Office) -> bool:
    try:
        office.assert_answered_once(office.asked)
    except AssertionError:
        return False
    return True
