"""Wires reviewing in Slack."""

from typing import TYPE_CHECKING

from askpcc.app.slack.office import Office
from askpcc.errors import AskpccError

if TYPE_CHECKING:
    from collections.abc import Callable

    from askpcc.reviewing.reuse import Answers
    from askpcc.reviewing.scrutinising import Scrutineer
    from askpcc.surfaces.slack.listeners.reviews import ReviewListeners
    from askpcc.surfaces.slack.opinion_box import OpinionBox
    from askpcc.surfaces.slack.review_desk import ReviewDesk
    from askpcc.surfaces.slack.verdict_telling import VerdictTeller


def build_review_desk(office: Office) -> "ReviewDesk":
    """Wire what serves reviewers."""
    from askpcc.reviewing.ruling import Reviewer
    from askpcc.surfaces.slack.presenting import Presenter
    from askpcc.surfaces.slack.review_desk import ReviewDesk

    ledger, catalogue = office.ledger, office.catalogue
    return ReviewDesk(
        client=office.client,
        book=ledger,
        reviews=ledger,
        catalogue=catalogue,
        reviewer=Reviewer(ledger, ledger, catalogue, office.answerer, office.now, office.new_id),
        presenter=Presenter(office.library, office.gate.name_of),
        postbox=office.postbox,
        channel=office.settings.slack.review_channel,
        name_of=office.gate.name_of,
    )


def build_answers(office: Office) -> "Answers":
    """Wire what answers: with what reviewers approved, where that stands."""
    from askpcc.reviewing.reuse import ApprovedAnswers

    return ApprovedAnswers(office.answerer, office.ledger, office.catalogue, office.now)


def build_scrutineer(office: Office) -> "Scrutineer":
    """Wire what fills the reviewers' queue."""
    from askpcc.reviewing.scrutinising import Scrutineer

    return Scrutineer(office.ledger, office.now)


def build_opinion_box(office: Office, desk: "ReviewDesk") -> "OpinionBox":
    """Wire what takes opinions."""
    from askpcc.surfaces.slack.opinion_box import OpinionBox

    return OpinionBox(office.ledger, build_scrutineer(office), desk, office.metrics.voted)


def build_review_listeners(
    office: Office, desk: "ReviewDesk", decided: "Callable[[], None]"
) -> "ReviewListeners":
    """Wire what takes verdicts."""
    from askpcc.surfaces.slack.listeners.reviews import ReviewListeners

    return ReviewListeners(office.gate, desk, office.postbox, decided)


def build_lapse_check(office: Office, desk: "ReviewDesk") -> "Callable[[], None]":
    """Wire what ends approvals whose sources changed, and tells the threads they stand in."""
    from askpcc.rendering.logs import EventLog
    from askpcc.reviewing.lapsing import ApprovalKeeper

    log = EventLog("slack.review")
    ledger = office.ledger
    keeper = ApprovalKeeper(office.answerer, ledger, ledger, office.catalogue, office.now)

    def check() -> None:
        for lapse in keeper.check():
            try:
                desk.tell_lapse(lapse)
            except AskpccError as exc:
                log.failure("lapse_not_told", exc, answer=lapse.recorded.id)

    return check


def build_verdict_teller(office: Office, desk: "ReviewDesk") -> "VerdictTeller":
    """Wire what tells verdicts to those who asked."""
    from askpcc.surfaces.slack.verdict_telling import VerdictTeller

    return VerdictTeller(office.ledger, office.ledger, desk.tell)
