"""The app's own pages: Home with its menus and buttons, and the prompts of the Messages tab."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from askpcc.model import Inquiry, Place
from askpcc.surfaces.slack import notices
from askpcc.surfaces.slack.action_ids import HOME_FORCE, HOME_STATUS, PROMPT, REINDEX
from askpcc.surfaces.slack.controls import say
from askpcc.surfaces.slack.desk import Desk, Heard
from askpcc.surfaces.slack.events import SURFACE, HomeOpened
from askpcc.surfaces.slack.home import build_home
from askpcc.surfaces.slack.home_reading import HomeReader
from askpcc.surfaces.slack.home_view import read_filters
from askpcc.surfaces.slack.posting import Postbox, Spot
from askpcc.surfaces.slack.prompts import prompts_payload, suggest
from askpcc.surfaces.slack.reading_events import read_event
from askpcc.surfaces.slack.reindexing import Reindexing, open_conversation
from askpcc.surfaces.slack.requests import read_press

if TYPE_CHECKING:
    from slack_bolt import Ack, App
    from slack_sdk import WebClient

_NOT_TAKEN = {
    Heard.QUEUE_FULL: notices.QUEUE_FULL,
    Heard.TOO_MANY: notices.TOO_MANY,
    Heard.TOO_MANY_TODAY: notices.TOO_MANY_TODAY,
}


@dataclass(frozen=True, slots=True)
class HomeListeners:
    """Shows Home to whoever opens it, and does what its buttons say."""

    reader: HomeReader
    reindexing: Reindexing
    desk: Desk
    postbox: Postbox
    asked: Callable[[Inquiry], None]
    now: Callable[[], datetime]

    def register(self, app: "App") -> None:
        """Listen."""
        app.event("app_home_opened")(self.open)
        app.action(HOME_FORCE)(self.filter)
        app.action(HOME_STATUS)(self.filter)
        app.action(REINDEX)(self.reindex)
        app.action(PROMPT)(self.ask)

    def open(self, body: Mapping[str, Any], client: "WebClient") -> None:
        """Show Home, or in the Messages tab what could be asked."""
        opened = read_event(body, self.desk.bot_user)
        if not isinstance(opened, HomeOpened):
            return
        if opened.tab == "home":
            client.views_publish(
                user_id=opened.user, view=build_home(self.reader.read(opened.team, opened.user))
            )
        elif opened.channel:
            prompts = suggest(self.reader.library.rows(), today=self.now().date().isoformat())
            client.assistant_threads_setSuggestedPrompts(**prompts_payload(opened.channel, prompts))

    def filter(self, ack: "Ack", body: Mapping[str, Any], client: "WebClient") -> None:
        """Show the rows of the register that somebody chose."""
        ack()
        press = read_press(body)
        view = self.reader.read(press.team, press.user, read_filters(body))
        client.views_publish(user_id=press.user, view=build_home(view))

    def reindex(self, ack: "Ack", body: Mapping[str, Any], client: "WebClient") -> None:
        """Bring the index up to date for an admin."""
        ack()
        person = read_press(body).user
        self.postbox.post(Spot(open_conversation(client, person)), say(self.reindexing.start(person)))

    def ask(self, ack: "Ack", body: Mapping[str, Any], client: "WebClient") -> None:
        """Ask a suggested question: it is posted to the person, and answered below that."""
        ack()
        press = read_press(body)
        channel = open_conversation(client, press.user)
        post = self.postbox.post(Spot(channel), say(notices.ask_for(press.value)))
        if post is None:
            return
        message = Spot(channel, post.ts)
        note = self.desk.ask(Place(SURFACE, press.team, channel, post.ts, post.ts), press.user, press.value)
        if note.heard is Heard.ASKED:
            self.asked(note.inquiries[0])
        elif note.heard in _NOT_TAKEN:
            self.postbox.post(message, say(_NOT_TAKEN[note.heard]))
