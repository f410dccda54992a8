"""Wires what listens to Slack."""

from functools import partial
from typing import TYPE_CHECKING

from askpcc.app.indexing import run_index
from askpcc.app.slack.office import Office
from askpcc.app.slack.reviewing import build_opinion_box, build_scrutineer
from askpcc.app.slack.shelving import build_shelving

if TYPE_CHECKING:
    from collections.abc import Sequence

    from askpcc.indexing.indexer import Watcher
    from askpcc.indexing.report import IndexReport
    from askpcc.inquiries.workers import Workers
    from askpcc.surfaces.slack.bolt import Listeners
    from askpcc.surfaces.slack.desk import Desk
    from askpcc.surfaces.slack.file_desk import FileDesk
    from askpcc.surfaces.slack.listeners.buttons import ButtonListeners
    from askpcc.surfaces.slack.listeners.talk import TalkListeners
    from askpcc.surfaces.slack.opinion_box import OpinionBox
    from askpcc.surfaces.slack.reindexing import Reindexing
    from askpcc.surfaces.slack.review_desk import ReviewDesk
    from askpcc.surfaces.slack.signs_of_life import SignsOfLife
    from askpcc.surfaces.slack.watching import Watch

_WAIT = 600.0


def build_listeners(
    office: Office,
    workers: "Workers",
    signs: "SignsOfLife",
    watch: "Watch",
    reviews: "ReviewDesk",
) -> "Sequence[Listeners]":
    """Wire all listeners."""
    from askpcc.surfaces.slack.home_reading import HomeReader
    from askpcc.surfaces.slack.listeners.commands import CommandListeners
    from askpcc.surfaces.slack.listeners.files import FileListeners
    from askpcc.surfaces.slack.listeners.forms import FormListeners
    from askpcc.surfaces.slack.listeners.home import HomeListeners

    desk, reindexing = _build_desk(office), _build_reindexing(office, watch)
    files = _build_file_desk(office, reindexing)
    talk = _build_talk(office, desk, workers, signs, files)
    opinions = build_opinion_box(office, reviews)
    reader = HomeReader(
        gate=office.gate,
        library=office.library,
        book=office.ledger,
        opinions=office.ledger,
        journal=office.ledger,
        reviews=reviews,
        runs=reindexing,
        now=office.now,
    )
    return (
        talk,
        CommandListeners(desk, talk.begin, reindexing.start, office.metrics.took),
        FormListeners(desk, opinions, talk.begin, office.metrics.took, office.now),
        _build_buttons(office, desk, opinions),
        FileListeners(files),
        HomeListeners(reader, reindexing, desk, office.postbox, talk.begin, office.now),
    )


def _build_desk(office: Office) -> "Desk":
    from askpcc.model import Limits
    from askpcc.surfaces.slack.desk import Desk
    from askpcc.surfaces.slack.thread_reading import ThreadReader

    slack = office.settings.slack
    return Desk(
        inbox=office.ledger,
        threads=office.ledger,
        limits=Limits(slack.queue, slack.per_minute, slack.per_day),
        bot_user=office.bot_user,
        speakers=ThreadReader(office.client).speakers,
        refuse=office.gate.refuse_person,
        now=office.now,
        new_id=office.new_id,
    )


def _build_talk(
    office: Office, desk: "Desk", workers: "Workers", signs: "SignsOfLife", files: "FileDesk"
) -> "TalkListeners":
    from askpcc.surfaces.slack.listeners.talk import TalkListeners

    ledger = office.ledger
    return TalkListeners(
        desk=desk,
        workers=workers,
        waiting=ledger.waiting,
        signs=signs,
        postbox=office.postbox,
        book=ledger,
        journal=ledger,
        files=files.take,
        heard=office.metrics.took,
    )


def _build_reindexing(office: Office, watch: "Watch") -> "Reindexing":
    from askpcc.surfaces.slack.reindexing import Reindexing

    return Reindexing(
        client=office.client,
        gate=office.gate,
        postbox=office.postbox,
        journal=office.ledger,
        run=partial(_index, office),
        announce=watch.call,
        now=office.now,
        new_id=office.new_id,
    )


def _index(office: Office, watcher: "Watcher") -> "IndexReport":
    from askpcc.indexing.indexer import Wishes

    return run_index(office.settings, watcher, Wishes(), _WAIT)


def _build_file_desk(office: Office, reindexing: "Reindexing") -> "FileDesk":
    from askpcc.adapters.slack_files import SlackFiles
    from askpcc.surfaces.slack.file_desk import FileDesk

    return FileDesk(
        client=office.client,
        gate=office.gate,
        shelving=build_shelving(office.settings),
        fetch=SlackFiles(office.token, office.settings.slack.api_url).fetch,
        postbox=office.postbox,
        journal=office.ledger,
        reindexing=reindexing,
        now=office.now,
    )


def _build_buttons(office: Office, desk: "Desk", opinions: "OpinionBox") -> "ButtonListeners":
    from askpcc.surfaces.slack.help_desk import HelpDesk
    from askpcc.surfaces.slack.listeners.buttons import ButtonListeners
    from askpcc.surfaces.slack.presenting import Presenter
    from askpcc.surfaces.slack.sharing import Sharing

    ledger, slack = office.ledger, office.settings.slack
    help_desk = HelpDesk(
        client=office.client,
        opinions=ledger,
        scrutineer=build_scrutineer(office),
        book=ledger,
        postbox=office.postbox,
        channel=slack.review_channel,
        has_reviewers=bool(slack.reviewers),
        now=office.now,
        new_id=office.new_id,
    )
    return ButtonListeners(
        gate=office.gate,
        book=ledger,
        opinions=opinions,
        desk=desk,
        library=office.library,
        sharing=Sharing(
            ledger, ledger, office.postbox, Presenter(office.library, office.gate.name_of).build_shared
        ),
        help_desk=help_desk,
        postbox=office.postbox,
        now=office.now,
    )
