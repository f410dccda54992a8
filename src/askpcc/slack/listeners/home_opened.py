"""Home is opened, and what is chosen there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from askpcc.errors import IndexFailure, UnknownAnswer
from askpcc.library import Library
from askpcc.model import (
    Act,
    DocumentCard,
    HelpRequest,
    Place,
)
from askpcc.ports import AnswerBook, Journal, Opinions
from askpcc.slack import notices
from askpcc.slack.access import Authorizer
from askpcc.slack.blocks import (
    HOME_FORCE,
    HOME_STATUS,
    PROMPT,
    REINDEX,
    say,
)
from askpcc.slack.client import SlackMessenger, Target
from askpcc.slack.intake import IntakeOutcome, MessageIntake
from askpcc.slack.listeners.conversation import NOT_TAKEN, MessageListeners
from askpcc.slack.listeners.review_actions import SlackReviews
from askpcc.slack.payloads import (
    SURFACE,
    HomeOpened,
    read_event,
    read_press,
)
from askpcc.slack.reindexing import Reindexing
from askpcc.slack.views.home_tab import (
    Filters,
    HomeView,
    IndexSummary,
    build_home,
    prompts_payload,
    read_filters,
    suggest,
)

_MOST_RECENT = 10
_MOST_LOOKED_AT = 200
_MOST_ACTS = 10


@dataclass(frozen=True, slots=True)
class HomeReader:
    """Gathers what Home shows; what a person may not see is not read for them."""

    authorizer: Authorizer
    library: Library
    book: AnswerBook
    opinions: Opinions
    journal: Journal
    reviews: SlackReviews
    reindexing: Reindexing

    def read(self, team: str, person: str, filters: Filters | None = None) -> HomeView:
        """Return Home as one person sees it; raises SlackError where Slack does not say who they are."""
        index = self._index()
        refused = self.authorizer.refuse_at_home(person)
        if refused is not None:
            return HomeView(index, refused=refused)
        rows = self.library.rows()
        reviewer, admin = self.authorizer.may_review(person), self.authorizer.may_reindex(person)
        return HomeView(
            index=index,
            reviewer=reviewer,
            admin=admin,
            rows=rows,
            filters=filters or Filters(),
            prompts=suggest(rows, today=_today()),
            recent=self.book.recent(team, person, _MOST_RECENT),
            requests=self._requests() if reviewer else (),
            cases=self.reviews.read_cases(_MOST_LOOKED_AT) if reviewer else (),
            acts=self._acts() if admin else (),
        )

    def _index(self) -> IndexSummary:
        freshness, cards = self.library.freshness(), self._cards()
        return IndexSummary(
            built_at=freshness.built_at,
            documents=len(cards),
            passages=self.library.count_passages(),
            stale=tuple((card.path, card.stale) for card in cards if card.stale),
            running=self.reindexing.running(),
        )

    def _cards(self) -> Sequence[DocumentCard]:
        try:
            return self.library.cards()
        except IndexFailure:
            return ()  # Home tells that there is no index

    def _requests(self) -> Sequence[tuple[HelpRequest, str]]:
        return [(one, self._words(one.answer)) for one in self.opinions.open_requests(_MOST_LOOKED_AT)]

    def _words(self, answer: str) -> str:
        try:
            return self.book.inquiry(self.book.answer(answer).inquiry).words
        except UnknownAnswer:
            return ""

    def _acts(self) -> Sequence[Act]:
        return self.journal.acts(_MOST_ACTS)


@dataclass(frozen=True, slots=True)
class HomeListeners:
    """Shows Home to whoever opens it, and does what its buttons say."""

    reader: HomeReader
    reindexing: Reindexing
    intake: MessageIntake
    messenger: SlackMessenger
    messages: MessageListeners

    def register(self, app: App) -> None:
        """Listen."""
        app.event("app_home_opened")(self.open)
        app.action(HOME_FORCE)(self.filter)
        app.action(HOME_STATUS)(self.filter)
        app.action(REINDEX)(self.reindex)
        app.action(PROMPT)(self.ask)

    def open(self, body: Mapping[str, Any], client: WebClient) -> None:
        """Show Home, or in the Messages tab what could be asked."""
        opened = read_event(body, self.intake.bot_user)
        if not isinstance(opened, HomeOpened):
            return
        if opened.tab == "home":
            client.views_publish(
                user_id=opened.user, view=build_home(self.reader.read(opened.team, opened.user))
            )
        elif opened.channel:
            prompts = suggest(self.reader.library.rows(), today=_today())
            client.assistant_threads_setSuggestedPrompts(**prompts_payload(opened.channel, prompts))

    def filter(self, ack: Ack, body: Mapping[str, Any], client: WebClient) -> None:
        """Show the rows of the register that somebody chose."""
        ack()
        press = read_press(body)
        view = self.reader.read(press.team, press.user, read_filters(body))
        client.views_publish(user_id=press.user, view=build_home(view))

    def reindex(self, ack: Ack, body: Mapping[str, Any]) -> None:
        """Bring the index up to date for an admin."""
        ack()
        person = read_press(body).user
        self.messenger.post(
            Target(self.messenger.open_conversation(person)), say(self.reindexing.start(person))
        )

    def ask(self, ack: Ack, body: Mapping[str, Any]) -> None:
        """Ask a suggested question: it is posted to the person, and answered below that."""
        ack()
        press = read_press(body)
        channel = self.messenger.open_conversation(press.user)
        post = self.messenger.post(Target(channel), say(notices.format_prompt(press.value)))
        if post is None:
            return
        place = Place(SURFACE, press.team, channel, post.ts, post.ts)
        result = self.intake.ask(place, press.user, press.value)
        if result.outcome is IntakeOutcome.ASKED:
            self.messages.begin(result.inquiries[0])
        elif result.outcome in NOT_TAKEN:
            self.messenger.post(Target(channel, post.ts), say(NOT_TAKEN[result.outcome]))


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
