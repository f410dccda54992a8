"""The parts of the loopback Slack, wired, and the way from an event to the app."""

import random
from types import TracebackType
from typing import Self

from loopback_slack.deliveries import Carrier, Delivery, RetryRule
from loopback_slack.faults import Faults
from loopback_slack.http_events import HttpEvents
from loopback_slack.journal import Journal, Json
from loopback_slack.payloads import event_callback, is_subscribed
from loopback_slack.rates import Rates
from loopback_slack.response_urls import show_response
from loopback_slack.server import Server
from loopback_slack.sockets import Sockets
from loopback_slack.state import ResponseUrl, Rules, State
from loopback_slack.submissions import answer_submission
from loopback_slack.web_api import WebApi
from loopback_slack.workspace import Workspace, make_workspace


class Core:
    """A Slack on 127.0.0.1 between `with` and its end, where broken rules are raised.

    `rules` sets scopes, subscriptions and lifetimes; `ack` how long an app has to acknowledge; with a `seed`
    events go to a random connection, else round robin; kinds of violation in `tolerate` are not noted.
    """

    bot_token = "xoxb-loopback-bot"  # noqa: S105 # opens nothing but this
    app_token = "xapp-loopback-app"  # noqa: S105 # opens nothing but this
    signing_secret = "loopback-signing-secret"  # noqa: S105 # opens nothing but this

    def __init__(
        self,
        *,
        workspace: Workspace | None = None,
        rules: Rules | None = None,
        ack: RetryRule | None = None,
        seed: int | None = None,
        tolerate: tuple[str, ...] = (),
    ) -> None:
        self.journal = Journal(set(tolerate))
        self.state = State(workspace or make_workspace(), self.journal, rules or Rules(), self.emit)
        self.faults = Faults()
        self.deliveries: list[Delivery] = []
        self._carrier = Carrier(self.journal, ack or RetryRule(), self._take_answer)
        dice = None if seed is None else random.Random(seed)  # noqa: S311 # no secret
        self.sockets = Sockets(self.state, self._carrier, dice)
        rates = Rates(self.state.clock)
        api = WebApi(self.state, self.faults, rates, self.bot_token, self.app_token)
        self._server = Server(api, self.sockets)
        self._http: HttpEvents | None = None

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for gate in self.faults.gates:
            gate.open()
        self._server.stop()
        if kind is None:
            self.journal.raise_violations()

    @property
    def workspace(self) -> Workspace:
        """People, groups and channels."""
        return self.state.workspace

    @property
    def api_url(self) -> str:
        """The base_url of a WebClient."""
        return f"{self.state.base_url}/api/"

    @property
    def mention(self) -> str:
        """What a person types to call the bot."""
        return f"<@{self.workspace.bot}>"

    def send_to(self, url: str) -> None:
        """Deliver to an address of the app from now on, as in HTTP mode."""
        server = self._server
        self._http = HttpEvents(self.state, self._carrier, url, self.signing_secret, server.session)

    @property
    def app_url(self) -> str:
        """Where the app listens in HTTP mode; nothing in Socket Mode."""
        return self._http.url if self._http else ""

    def emit(self, kind: str, event: Json) -> None:
        """Send the app an event it is subscribed to and can see."""
        if self.visible(event):
            self.deliver(kind, event_callback(self.state, event))

    def visible(self, event: Json) -> bool:
        """Whether the app is subscribed, and in the channel."""
        channel = self.workspace.channels.get(str(event.get("channel", event.get("channel_id", ""))))
        inside = channel is None or self.workspace.bot in channel.members
        return inside and is_subscribed(self.state, event)

    def deliver(self, kind: str, payload: Json, *, redeliver: bool = False) -> Delivery:
        """Send a payload; with `redeliver` once more as a retry, over another connection if there is one."""
        with self.journal.changed:
            delivery = Delivery(kind, payload)
            self._begin(delivery)
            if redeliver:
                self._begin(Delivery(kind, payload, first_number=1, follows=delivery))
            return delivery

    def _begin(self, delivery: Delivery) -> None:
        self.deliveries.append(delivery)
        attempt = self._http.attempt if self._http else self.sockets.attempt
        self._server.start_task(self._carrier.carry(delivery, attempt))

    def _take_answer(self, delivery: Delivery) -> None:
        payload, answer = delivery.payload, delivery.answer
        if delivery.event_type == "view_submission":
            answer_submission(self.state, payload, answer)
        elif delivery.kind == "slash_commands" and answer:
            leave = ResponseUrl(payload["channel_id"], payload["user_id"], self.state.clock())
            show_response(self.state, leave, answer)
