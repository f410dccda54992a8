"""What one person's Home shows, gathered from the index and the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from askpcc.errors import IndexFailure, UnknownAnswer
from askpcc.library import Library
from askpcc.model import Act, DocumentCard, HelpRequest
from askpcc.ports import AnswerBook, Journal, Opinions
from askpcc.surfaces.slack.gate import Gate
from askpcc.surfaces.slack.home_view import Filters, HomeView, IndexState
from askpcc.surfaces.slack.prompts import suggest
from askpcc.surfaces.slack.review_desk import ReviewDesk

_MOST_RECENT = 10
_MOST_REQUESTS = 20
_MOST_CASES = 20
_MOST_ACTS = 10


class Runs(Protocol):
    """Tells whether the index is being built."""

    def running(self) -> bool:
        """Tell so."""


class Today(Protocol):
    """Tells the time in UTC."""

    def __call__(self) -> datetime:
        """Tell it."""


@dataclass(frozen=True, slots=True)
class HomeReader:
    """Gathers what Home shows; what a person may not see is not read for them."""

    gate: Gate
    library: Library
    book: AnswerBook
    opinions: Opinions
    journal: Journal
    reviews: ReviewDesk
    runs: Runs
    now: Today

    def read(self, team: str, person: str, filters: Filters | None = None) -> HomeView:
        """Return Home as one person sees it; raises SlackError where Slack does not say who they are."""
        index = self._index()
        refused = self.gate.refuse_at_home(person)
        if refused is not None:
            return HomeView(index, refused=refused)
        rows = self.library.rows()
        reviewer, admin = self.gate.may_review(person), self.gate.may_reindex(person)
        return HomeView(
            index=index,
            reviewer=reviewer,
            admin=admin,
            rows=rows,
            filters=filters or Filters(),
            prompts=suggest(rows, today=self.now().date().isoformat()),
            recent=self.book.recent(team, person, _MOST_RECENT),
            requests=self._requests() if reviewer else (),
            cases=self.reviews.read_cases(_MOST_CASES) if reviewer else (),
            acts=self._acts() if admin else (),
        )

    def _index(self) -> IndexState:
        freshness, cards = self.library.freshness(), self._cards()
        return IndexState(
            built_at=freshness.built_at,
            documents=len(cards),
            passages=self.library.count_passages(),
            stale=tuple((card.path, card.stale) for card in cards if card.stale),
            running=self.runs.running(),
        )

    def _cards(self) -> Sequence[DocumentCard]:
        try:
            return self.library.cards()
        except IndexFailure:
            return ()  # Home tells that there is no index

    def _requests(self) -> Sequence[tuple[HelpRequest, str]]:
        """Return the open requests; a verdict that was given since has answered one."""
        return [
            (one, self._words(one.answer))
            for one in self.opinions.open_requests(_MOST_REQUESTS)
            if not any(verdict.at >= one.at for verdict in self.reviews.reviews.verdicts(one.answer))
        ]

    def _words(self, answer: str) -> str:
        try:
            return self.book.inquiry(self.book.answer(answer).inquiry).words
        except UnknownAnswer:
            return ""

    def _acts(self) -> Sequence[Act]:
        return self.journal.acts(_MOST_ACTS)
