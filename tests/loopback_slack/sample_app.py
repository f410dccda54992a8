"""A small Bolt app that answers in threads: the proof that a real one gets on with the loopback Slack.

usage: python -m loopback_slack.sample_app API_URL BOT_TOKEN APP_TOKEN
"""

import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from slack_bolt import Ack, App, BoltContext, Say
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler

from loopback_slack.journal import Json
from loopback_slack.slack import LoopbackSlack

BUTTON: Json = {
    "type": "actions",
    "elements": [
        {"type": "button", "action_id": "why", "value": "1", "text": {"type": "plain_text", "text": "Why?"}}
    ],
}
MODAL: Json = {
    "type": "modal",
    "callback_id": "reason",
    "title": {"type": "plain_text", "text": "Why?"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "why",
            "label": {"type": "plain_text", "text": "Reason"},
            "element": {"type": "plain_text_input", "action_id": "words"},
        }
    ],
}


def make_app(client: WebClient, signing_secret: str | None = None) -> App:
    """Return the app: it answers mentions and direct messages; it has a button, modal, command and Home."""
    client.retry_handlers += [RateLimitErrorRetryHandler(max_retry_count=2)]
    app = App(client=client, signing_secret=signing_secret, raise_error_for_unhandled_request=False)
    app.event("app_mention")(_answer)
    app.event({"type": "message", "channel_type": "im"})(_answer)
    app.event("app_home_opened")(_show_home)
    app.event(re.compile(".*"))(_let_pass)
    app.action("why")(_open_modal)
    app.view("reason")(_take_reason)
    app.command("/sample")(_answer_command)
    return app


def make_client(api_url: str, token: str) -> WebClient:
    """Return a client of the loopback Slack."""
    return WebClient(token, base_url=api_url, retry_handlers=[ConnectionErrorRetryHandler(max_retry_count=2)])


@contextmanager
def running_app(slack: LoopbackSlack, *, sockets: int = 1) -> Iterator[list[SocketModeHandler]]:
    """Run the app in this process over as many sockets; yield their handlers."""
    handlers = []
    for _ in range(sockets):
        app = make_app(make_client(slack.api_url, slack.bot_token))
        handlers.append(SocketModeHandler(app, slack.app_token))
    try:
        for handler in handlers:
            handler.connect()  # type: ignore[no-untyped-call] # as Bolt has it
        slack.journal.wait_for(lambda: len(slack.sockets.open) >= sockets, 10)
        yield handlers
    finally:
        for handler in handlers:
            handler.client.auto_reconnect_enabled = False
        slack.drop_sockets()  # so that closing need not wait until reading times out
        for handler in handlers:
            _close(handler)


def _close(handler: SocketModeHandler) -> None:
    """Close a handler; its reader may let go of the socket while that is being closed, and then once more."""
    try:
        handler.close()  # type: ignore[no-untyped-call] # as Bolt has it
    except AttributeError:
        handler.close()  # type: ignore[no-untyped-call] # as Bolt has it


def _answer(event: Json, say: Say) -> None:
    if event.get("subtype"):
        return
    root = event.get("thread_ts") or event["ts"]
    words = {"type": "section", "text": {"type": "mrkdwn", "text": "An answer"}}
    say(text="An answer", blocks=[words, BUTTON], thread_ts=root, unfurl_links=False, unfurl_media=False)


def _show_home(event: Json, client: WebClient) -> None:
    words = {"type": "section", "text": {"type": "mrkdwn", "text": "Welcome"}}
    client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [words]})


def _let_pass() -> None:
    """Acknowledge what is of no interest."""


def _open_modal(ack: Ack, body: Json, client: WebClient) -> None:
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=MODAL)


def _take_reason(ack: Ack, view: Json) -> None:
    words = view["state"]["values"]["why"]["words"]["value"]
    if len(words) < len("because"):
        ack(response_action="errors", errors={"why": "Say more"})
    else:
        ack()


def _answer_command(ack: Ack, command: Json, context: BoltContext) -> None:
    ack()
    if context.respond:
        context.respond(text=f"You said {command['text']}")


def main(api_url: str, bot_token: str, app_token: str) -> None:
    """Run in a process of its own, until it is killed."""
    handler = SocketModeHandler(make_app(make_client(api_url, bot_token)), app_token)
    handler.connect()  # type: ignore[no-untyped-call] # as Bolt has it
    threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
