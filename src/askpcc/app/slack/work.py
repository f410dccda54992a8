"""Wires what answers questions and brings the answers."""

from typing import TYPE_CHECKING

from askpcc.app.slack.office import Office
from askpcc.app.slack.reviewing import build_answers, build_scrutineer

if TYPE_CHECKING:
    from askpcc.inquiries.workers import Workers
    from askpcc.model import Inquiry, RecordedAnswer
    from askpcc.surfaces.slack.courier import Courier
    from askpcc.surfaces.slack.signs_of_life import SignsOfLife


def build_workers(office: Office, signs: "SignsOfLife") -> "Workers":
    """Wire the workers and all that one does with a question."""
    from askpcc.inquiries.responding import Respondent
    from askpcc.inquiries.workers import Workers
    from askpcc.rendering.logs import EventLog
    from askpcc.surfaces.slack.attending import Attendant
    from askpcc.surfaces.slack.thread_reading import ThreadReader

    log, scrutineer = EventLog("slack.work"), build_scrutineer(office)

    def ended(inquiry: "Inquiry", recorded: "RecordedAnswer | None") -> None:
        if recorded is None:
            signs.clear(inquiry)
            return
        signs.end(inquiry)
        scrutineer.answered(recorded)
        waited = (office.now() - inquiry.asked_at).total_seconds()
        kind = str(recorded.answer.reason or recorded.answer.question.wanted)
        office.metrics.answered(kind, waited)
        log.event("answered", inquiry=inquiry.id, answer=recorded.id, kind=kind, ms=1000 * waited)

    attendant = Attendant(
        work_list=office.ledger,
        respondent=Respondent(build_answers(office), office.ledger, office.now, office.new_id),
        delivery=build_courier(office),
        refuse=office.gate.refuse,
        earlier=ThreadReader(office.client).earlier_words,
        ended=ended,
    )
    return Workers(
        work_list=office.ledger,
        handle=attendant.handle,
        name=office.process,
        count=office.settings.slack.workers,
        failed=log.failure,
        give_way=office.traffic.give_way,
        settled=signs.wipe,
    )


def build_courier(office: Office) -> "Courier":
    """Wire what brings answers."""
    from askpcc.surfaces.slack.bolt import build_client
    from askpcc.surfaces.slack.courier import Courier
    from askpcc.surfaces.slack.presenting import Presenter
    from askpcc.surfaces.slack.replying import Replier
    from askpcc.surfaces.slack.streaming import AnswerStreams

    api_url = office.settings.slack.api_url
    return Courier(
        postbox=office.postbox,
        book=office.ledger,
        build=Presenter(office.library, office.gate.name_of).build,
        streams=AnswerStreams(
            client=build_client(office.token, api_url, patient=False),
            postbox=office.postbox,
            state=office.ledger.state,
            heard=office.metrics.posted,
        ),
        reply=Replier(api_url, office.metrics.posted).reply,
    )
