"""Requests to a person: passed on to the reviewers, resolved by one of them, the asker told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from askpcc.model import HelpRequest
from askpcc.ports import AnswerBook, Opinions
from askpcc.rendering.logs import EventLog
from askpcc.reviewing.scrutinising import Scrutineer
from askpcc.surfaces.slack.controls import say
from askpcc.surfaces.slack.events import SURFACE
from askpcc.surfaces.slack.help_requests import (
    NOBODY,
    PASSED_ON,
    PASSED_ON_BEFORE,
    RESOLVED_BEFORE,
    Plea,
    build_request,
    build_resolved,
    note_resolved,
)
from askpcc.surfaces.slack.posting import Postbox, Spot
from askpcc.surfaces.slack.refusals import reason_of

if TYPE_CHECKING:
    from slack_sdk import WebClient

_LOG = EventLog("slack.help")


@dataclass(frozen=True, slots=True)
class HelpDesk:
    """Passes requests on.  channel: the reviewers'; None where only Home has what waits for them."""

    client: "WebClient"
    opinions: Opinions
    scrutineer: Scrutineer
    book: AnswerBook
    postbox: Postbox
    channel: str | None
    has_reviewers: bool
    now: Callable[[], datetime]
    new_id: Callable[[], str]

    def ask(self, answer: str, person: str) -> str:
        """Pass a request on, once an answer, and return what to say to the person; raises SlackError."""
        request = HelpRequest(self.new_id(), answer, person, self.now())
        held = self.opinions.ask_person(request)
        if held.id != request.id:
            return PASSED_ON_BEFORE
        self.scrutineer.asked_person(request)
        if self.channel is not None:
            post = self.postbox.post(Spot(self.channel), build_request(self._plea(request)))
            if post is not None:
                self.opinions.help_posted(request.id, post)
        return PASSED_ON if self.channel is not None or self.has_reviewers else NOBODY

    def resolve(self, request: str, person: str) -> str | None:
        """Mark a request as resolved and tell the asker in the thread; return what to say, if anything."""
        resolved = self.opinions.resolve(request, person)
        if resolved is None:
            return RESOLVED_BEFORE
        plea = self._plea(resolved)
        if resolved.post is not None:
            self.postbox.change(resolved.post, build_resolved(plea, person, self.now()))
        place = plea.inquiry.place
        if place.surface == SURFACE and not plea.inquiry.private:
            self.postbox.post(Spot(place.channel, place.thread), say(note_resolved(person)))
        return None

    def _plea(self, request: HelpRequest) -> Plea:
        recorded = self.book.answer(request.answer)
        inquiry = self.book.inquiry(recorded.inquiry)
        first = next((post for post in recorded.posts if post.ts), None)
        return Plea(request, inquiry, recorded, self._permalink(first.channel, first.ts) if first else None)

    def _permalink(self, channel: str, ts: str) -> str | None:
        """Return the address of a message; a request goes without one where Slack gives none."""
        from slack_sdk.errors import SlackApiError

        try:
            return str(self.client.chat_getPermalink(channel=channel, message_ts=ts)["permalink"])
        except SlackApiError as exc:
            _LOG.warning("no_permalink", reason=reason_of(exc))
            return None
