"""What the Slack bot takes to acknowledge, to show that it is at work, and to answer, on loopback."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from time import monotonic

from askpcc.slack.blocks import FEEDBACK
from askpcc.slack.client import answer_of
from bench.figures import Figure, in_ms
from loopback_slack import LoopbackSlack, Message
from support.bot_process import ANSWERING
from support.slack_process import Deployment, make_busy_workspace, open_deployment

_WAITING = 50
_SLOWEST_PRESS, _SLOWEST_STATUS, _SLOWEST_ACK = 1.0, 1.0, 3.0
_PATIENCE = 600.0
_AGAIN = 5


def measure_slack(index: Path, words: Sequence[str], questions: int, folder: Path) -> Iterator[Figure]:
    """Start a bot of its own, and ask: a few one after the other, then many at once, then with a button."""
    slack = LoopbackSlack(workspace=make_busy_workspace(), tolerate=("unacknowledged",))
    with open_deployment(slack, index, folder) as deployment:
        deployment.living(1)
        yield _measure_status(deployment, words[:_AGAIN])
        yield from _measure_many(deployment, [words[n % len(words)] for n in range(questions)])
        yield _measure_press(deployment, words[0])


def _measure_status(deployment: Deployment, words: Sequence[str]) -> Figure:
    taken = [_time_status(deployment, number, question) for number, question in enumerate(words)]
    return Figure(
        "Slack: first status, one question", in_ms(median(taken)), "", median(taken), _SLOWEST_STATUS
    )


def _time_status(deployment: Deployment, number: int, question: str) -> float:
    began, calls = monotonic(), len(deployment.slack.calls("assistant.threads.setStatus"))
    asked = deployment.ask(number, question)
    deployment.slack.wait_for(
        lambda: deployment.slack.calls("assistant.threads.setStatus")[calls:], ANSWERING
    )
    taken = monotonic() - began
    _wait(deployment, [asked])
    return taken


def _measure_many(deployment: Deployment, words: Sequence[str]) -> Iterator[Figure]:
    began, before = monotonic(), len(deployment.slack.deliveries)
    asked = [deployment.ask(number, question) for number, question in enumerate(words)]
    _wait(deployment, asked)
    seconds = monotonic() - began
    deployment.slack.wait_until_delivered(_PATIENCE)
    name = f"Slack: {len(words)} questions at once"
    yield Figure(f"{name}, answered", f"{len(words) / seconds:.1f} /s")
    taken = [each.latency for each in deployment.slack.deliveries[before:] if each.latency is not None]
    shown = f"{in_ms(median(taken))}, {in_ms(quantiles(taken, n=20)[-1])}"
    yield Figure("    acknowledgements, median and 95th percentile", shown)
    yield Figure("    slowest acknowledgement", in_ms(max(taken)), "", max(taken), _SLOWEST_ACK)


def _measure_press(deployment: Deployment, question: str) -> Figure:
    """Press a button of an answer while questions wait."""
    slack = deployment.slack
    shown = deployment.ask(0, question)
    _wait(deployment, [shown])
    asked = [deployment.ask(number, question) for number in range(_WAITING)]
    answer = deployment.answers(shown)[0]
    value = f"good:{answer_of(answer.payload(metadata=True))}"
    press = slack.press(shown.user, answer, FEEDBACK, value=value)
    slack.wait_for(lambda: press.ended, ANSWERING)
    taken = press.latency or float("inf")
    _wait(deployment, asked)
    return Figure(f"Slack: a button while {_WAITING} questions wait", in_ms(taken), "", taken, _SLOWEST_PRESS)


def _wait(deployment: Deployment, asked: list[Message]) -> None:
    """Wait for anything that the bot says to each."""
    replies = deployment.slack.replies_by_bot
    deployment.slack.wait_for(lambda: all(map(replies, asked)), _PATIENCE)
