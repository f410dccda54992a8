"""What people are told without having asked: the digest, lapses, verdicts."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from askpcc.errors import (
    IndexFailure,
    SlackError,
    UnknownAnswer,
)
from askpcc.model import (
    Approval,
    Citation,
    IndexRun,
    Lead,
    MatterKind,
    Span,
    Speaker,
    Status,
    Verdict,
    Why,
)
from askpcc.ports import AnswerBook, Catalogue, Journal, ReviewBook, WatchMemory
from askpcc.register.history import Pair, RegisterChanges
from askpcc.register.rows import Response, Row
from askpcc.rendering.document_names import DocumentNames
from askpcc.rendering.logs import EventLog
from askpcc.review.approvals import ApprovalExpiry
from askpcc.slack.blocks import (
    Message,
    Piece,
    count,
    fits,
    format_details,
    format_evidence,
    format_matter,
    format_status,
    header,
    moment,
    name_document,
    pack,
    piece,
    remark,
    say,
    section,
)
from askpcc.slack.client import SlackMessenger, Target
from askpcc.slack.listeners.review_actions import SlackReviews
from askpcc.slack.mrkdwn import cut, escape_line, in_one_line, link, size
from askpcc.slack.payloads import (
    Shape,
    count_of,
    part,
    parts,
    text_of,
)

_Name = TypeVar("_Name", bound=StrEnum)
_LOG = EventLog("slack.review")
_DIGEST_MARK = "digest"
"""The mark in the ledger that holds the index version told last."""

_VERDICT_MARK = "verdict"
"""The mark in the ledger that holds the id of the verdict told last; "-" before the first."""

_RUNS_LOOKED_BACK = 50
_VERDICTS_LOOKED_BACK = 100
_MOST_WAITING = 500

MOST_MESSAGES = 3
_MOST_FILES = 10
_MOST_CHECKED = 5
"""Documents to look at that a digest names: a reminder; `askpcc documents` and `askpcc index` have all."""
_LONGEST_REASON = 300
_MOST_LINKS = 5
"""So many the one line of an offer names; `askpcc watch --pending` has all."""

_LONGEST_LINKS = 2_700
"""Characters, addresses included: Slack takes 3,000 in a paragraph, and one address may have 2,000."""

_LONGEST_TITLE = 120
"""Characters: a headline of two lines."""
_TITLE = "What has changed in the responses"


@dataclass(frozen=True, slots=True)
class IndexNotifier:
    """Looks for new runs of the index and tells their changes.

    Of several processes one tells a run: the one that moves the mark.  The first run that an empty ledger
    sees is not told: everything would be new.
    """

    catalogue: Catalogue
    journal: Journal
    messenger: SlackMessenger
    channel: str | None

    def look(self) -> None:
        """Tell the runs that nobody has told yet, oldest first."""
        try:
            runs = self.catalogue.runs(_RUNS_LOOKED_BACK)
        except IndexFailure:
            return
        seen = self.journal.mark(_DIGEST_MARK)
        before = dict(zip((run.index_version for run in runs), runs[1:], strict=False))
        for run in reversed(_newer(runs, seen)):
            if not self.journal.move_mark(_DIGEST_MARK, seen, run.index_version):
                return  # another process tells it
            if seen is not None:
                self._notify(run, seen, before.get(run.index_version))
            seen = run.index_version

    def _notify(self, run: IndexRun, seen: str, before: IndexRun | None) -> None:
        if self.channel is None:
            return
        try:
            for message in build_digest(run, self._addresses(), before):
                self.messenger.post(Target(self.channel), message)
        except SlackError:
            self.journal.move_mark(_DIGEST_MARK, run.index_version, seen)  # it is told when Slack is back
            raise

    def _addresses(self) -> dict[str, str]:
        cards = self.catalogue.documents()
        return {card.path: card.source.url for card in cards if card.source.url}


@dataclass(frozen=True, slots=True)
class OfferNotifier:
    """Tells links that may be new responses, each once.

    Of several processes one tells a link: the one that takes it.
    """

    memory: WatchMemory
    messenger: SlackMessenger
    channel: str | None

    def look(self) -> None:
        """Tell the links that nobody has told yet."""
        leads = self.memory.take_untold() if self.channel is not None else ()
        if self.channel is None or not leads:
            return
        try:
            self.messenger.post(Target(self.channel), build_offer(leads))
        except SlackError:
            self.memory.untell(leads)  # they are told when Slack is back
            raise


def _newer(runs: list[IndexRun], seen: str | None) -> list[IndexRun]:
    """Return the runs since a version, newest first; the latest alone where that version is not known."""
    versions = [run.index_version for run in runs]
    return runs[: versions.index(seen)] if seen in versions else runs[:1]


@dataclass
class LapseNotifier:
    """Ends approvals whose sources changed, once an index version, and tells those that ended.

    Of several processes one tells an approval: the one that moves its mark.
    """

    catalogue: Catalogue
    review_book: ReviewBook
    book: AnswerBook
    journal: Journal
    expiry: ApprovalExpiry
    reviews: SlackReviews
    _checked: str = field(default="", init=False)

    def look(self) -> None:
        """End what does not stand any more, and tell what has ended and waits for a reviewer."""
        try:
            version = self.catalogue.index_version()
        except IndexFailure:
            return
        if version != self._checked:
            deque(self.expiry.check(), maxlen=0)  # each step of it ends one
            self._checked = version
        for waiting in self.review_book.queue(_MOST_WAITING):
            if Why.LAPSED in waiting.why:
                self._notify_latest(waiting.answer)

    def _notify_latest(self, answer: str) -> None:
        ended = [one for one in self.review_book.approvals_of(answer) if one.lapsed_at is not None]
        if ended and self.journal.move_mark(f"lapsed:{ended[-1].verdict}", None, "told"):
            self._notify(ended[-1])

    def _notify(self, approval: Approval) -> None:
        try:
            recorded = self.book.answer(approval.answer)
            self.reviews.notify_lapse(self.book.inquiry(recorded.inquiry), recorded, approval.lapse)
        except (SlackError, UnknownAnswer) as exc:
            # It waits in the queue all the same, with its reason.
            _LOG.failure("lapse_not_told", exc, answer=approval.answer)


@dataclass(frozen=True, slots=True)
class VerdictNotifier:
    """Looks for verdicts that nobody has told yet, and tells them.

    Of several processes one tells a verdict: the one that moves the mark.
    """

    review_book: ReviewBook
    journal: Journal
    reviews: SlackReviews

    def begin(self) -> None:
        """Leave untold what was decided before any bot looked."""
        latest = self.review_book.latest_verdicts(1)
        self.journal.move_mark(_VERDICT_MARK, None, latest[0].id if latest else "-")

    def look(self) -> None:
        """Tell what was decided since, oldest first."""
        latest = self.review_book.latest_verdicts(_VERDICTS_LOOKED_BACK)
        seen = self.journal.mark(_VERDICT_MARK)
        known = [verdict.id for verdict in latest]
        new = latest[: known.index(seen)] if seen in known else latest
        for verdict in reversed(new):
            if not self.journal.move_mark(_VERDICT_MARK, seen, verdict.id):
                return  # another process tells it
            self._notify(verdict)
            seen = verdict.id

    def _notify(self, verdict: Verdict) -> None:
        try:
            self.reviews.notify_verdict(verdict)
        except (SlackError, UnknownAnswer) as exc:
            # The verdict stands on the answer all the same, for whoever looks it up.
            _LOG.failure("verdict_not_told", exc, answer=verdict.answer)


def build_offer(leads: Sequence[Lead]) -> Message:
    """Return one line on links that may be new responses, and how an administrator adds them."""
    shown = _fit_links(leads)
    more = [f"{len(leads) - len(shown):,} more"] if len(leads) > len(shown) else []
    found = count(len(leads), "link that may be a new response", "links that may be new responses")
    add = "An administrator can add them where the bot runs: `askpcc watch --add ADDRESS`"
    return say(f"Found {found}: {', '.join([*shown, *more])}. {add}")


def _fit_links(leads: Sequence[Lead]) -> list[str]:
    """Return the first links, as many as one line may name."""
    shown: list[str] = []
    for lead in leads[:_MOST_LINKS]:
        shown.append(link(lead.address, cut(in_one_line(lead.title), _LONGEST_TITLE)))
        if sum(map(size, shown)) > _LONGEST_LINKS:
            return shown[:-1]
    return shown


def build_digest(
    run: IndexRun, addresses: Mapping[str, str], before: IndexRun | None = None
) -> list[Message]:
    """Return the messages that tell what a run changed, and what somebody should look at.

    None where it changed nothing.  addresses: where documents are published, by path.  before: the run before
    it, whose files of other kinds are not named again.  Beyond MOST_MESSAGES the rest is only counted.
    """
    changes = read_changes(run.register, addresses)
    if not changes and not (run.added or run.changed or run.removed):
        return []
    counts = _count_all(changes, run)
    start = Piece((header(_TITLE), section(counts)), (_TITLE, counts))
    matters = [
        *_list_changed(changes.changed),
        *_list_rows("New", changes.new),
        *_list_rows("Gone", changes.gone),
    ]
    documents = [*_list_documents(run), *_list_checks(run), *_list_unread(run, before)]
    shown, left = _shorten([start, *documents], matters)
    if left:
        shown.append(piece(f"And {count(left, 'further change')}, which the register shows in full."))
    end = f"{moment(run.at)}, index {escape_line(run.index_version)}"
    return pack([*shown, Piece((remark(end),), (end,))])


def _count_all(changes: RegisterChanges, run: IndexRun) -> str:
    statuses = count(len(changes.changed), "status has changed", "statuses have changed")
    matters = [count(len(changes.new), "matter is new", "matters are new")] if changes.new else []
    if changes.gone:
        gone = count(len(changes.gone), "matter is gone", "matters are gone")
        matters.append(f"{len(changes.gone):,} gone" if matters else gone)
    told = "; ".join([*([statuses] if changes.changed else []), *([", ".join(matters)] if matters else [])])
    counts = (("added", run.added), ("changed", run.changed), ("removed", run.removed))
    documents = ", ".join(f"{len(paths):,} {what}" for what, paths in counts if paths)
    return " ".join([*([f"{told}."] if told else []), *([f"Documents: {documents}."] if documents else [])])


def _list_changed(pairs: Sequence[Pair]) -> Iterator[Piece]:
    for before, after in pairs:
        line = f"{format_status(before)} → {format_status(after)}: {format_matter(after)}"
        words = f"Was {format_evidence(before)}\nNow {format_evidence(after)}"
        yield Piece((section(line), section(words), remark(format_details(after))), (f"{line}\n{words}",))


def _list_rows(what: str, rows: Sequence[Row]) -> Iterator[Piece]:
    for row in rows:
        line = f"{what}: {format_status(row)}: {format_matter(row)}"
        yield Piece((section(f"{line}\n{format_details(row)}"),), (line,))


def _list_documents(run: IndexRun) -> Iterator[Piece]:
    kinds = (("Added", run.added), ("Changed", run.changed), ("Removed", run.removed))
    names = read_names(run.register)
    lines = [
        f"{what}: {name_document(path, names)}"
        for what, documents in kinds
        for path in documents[:_MOST_FILES]
    ]
    left = sum(max(0, len(documents) - _MOST_FILES) for _, documents in kinds)
    if left:
        lines.append(f"and {count(left, 'further document')}")
    for start in range(0, len(lines), _MOST_FILES):
        yield piece("\n".join(lines[start : start + _MOST_FILES]))


def _list_checks(run: IndexRun) -> Iterator[Piece]:
    """Yield what somebody should look at in the documents that a run read."""
    names, checks = read_names(run.register), part(run.register, "to_check")
    told = [(path, " ".join(map(str, said))) for path, said in checks.items() if isinstance(said, list)]
    for path, said in told[:_MOST_CHECKED]:
        yield piece(f"*Please check*: {name_document(path, names)}. {_shorten_reason(said)}")
    if len(told) > _MOST_CHECKED:
        left = count(len(told) - _MOST_CHECKED, "further document")
        yield piece(f"{left} to check; `askpcc documents` names all.")


def _list_unread(run: IndexRun, before: IndexRun | None) -> Iterator[Piece]:
    """Yield which files could not be read, and which new ones are of kinds that are not, with what to do."""
    names, known = read_names(run.register), parts(before.register if before else {}, "skipped")
    told = {text_of(one, "document") for one in known}
    skipped = [one for one in parts(run.register, "skipped") if text_of(one, "document") not in told]
    lines = [
        *(
            ("Not readable", one, f"{text_of(one, 'reason')} {text_of(one, 'remedy')}")
            for one in parts(run.register, "failed")
        ),
        *(("Left out", one, text_of(one, "reason")) for one in skipped),
    ]
    for what, one, why in lines[:_MOST_CHECKED]:
        yield piece(f"*{what}*: {name_document(text_of(one, 'document'), names)}. {_shorten_reason(why)}")
    if len(lines) > _MOST_CHECKED:
        left = count(len(lines) - _MOST_CHECKED, "further file")
        yield piece(f"{left} not read; `askpcc index` names all.")


def _shorten_reason(why: str) -> str:
    return escape_line(cut(in_one_line(why), _LONGEST_REASON))


def read_names(shape: object) -> DocumentNames:
    """Read how the documents of a run are called."""
    titles, copies = part(shape, "titles"), part(shape, "welsh_copies")
    return DocumentNames(
        {path: str(title) for path, title in titles.items()}, {path: str(one) for path, one in copies.items()}
    )


def _shorten(first: Sequence[Piece], matters: Sequence[Piece]) -> tuple[list[Piece], int]:
    """Return as many pieces as go into the messages that people will read, and how many are left out.

    Two small pieces are still to follow, for which a place in the last message is kept.
    """
    kept: list[Piece] = list(first)
    held = list(first)
    spare = [piece("x" * 200), piece("x" * 200)]
    messages = 1
    for number, one in enumerate(matters):
        if not fits([*held, one, *spare]):
            messages, held = messages + 1, []
        if messages > MOST_MESSAGES:
            return kept, len(matters) - number
        kept.append(one)
        held.append(one)
    return kept, 0


def read_changes(shape: object, addresses: Mapping[str, str]) -> RegisterChanges:
    """Read what ``RegisterChanges.as_json`` writes; rows of an unknown shape are left out.

    addresses: where documents are published, by path.
    """
    pairs = [
        (_read_row(part(pair, "before"), addresses), _read_row(part(pair, "after"), addresses))
        for pair in parts(shape, "changed")
    ]
    return RegisterChanges(
        new=[row for one in parts(shape, "new") if (row := _read_row(one, addresses))],
        changed=[(before, after) for before, after in pairs if before and after],
        gone=[row for one in parts(shape, "gone") if (row := _read_row(one, addresses))],
    )


def _read_row(shape: Shape, addresses: Mapping[str, str]) -> Row | None:
    status, kind = _named(Status, shape, "status"), _named(MatterKind, shape, "kind")
    document = text_of(shape, "document")
    if status is None or kind is None or not document:
        return None
    response = Response(document, "", text_of(shape, "force") or None, text_of(shape, "report") or document)
    return Row(
        id=document,
        response=response,
        matter=text_of(shape, "matter"),
        kind=kind,
        status=status,
        citations=tuple(_read_citation(one, document, addresses) for one in parts(shape, "citations")),
        number=text_of(shape, "number") or None,
        said_by=_named(Speaker, shape, "said_by"),
        as_of=text_of(shape, "as_of") or None,
        due=text_of(shape, "due") or None,
        addressee=text_of(shape, "addressee") or None,
        superseded_by=text_of(shape, "superseded_by") or None,
    )


def _read_citation(shape: Shape, document: str, addresses: Mapping[str, str]) -> Citation:
    start = count_of(shape, "start")
    return Citation(
        document=document,
        version=text_of(shape, "version"),
        title=document,
        span=Span(start, max(start, count_of(shape, "end"))),
        quote=text_of(shape, "quote"),
        url=addresses.get(document),
    )


def _named(names: type[_Name], shape: Shape, key: str) -> _Name | None:
    name = text_of(shape, key)
    return names(name) if name in set(names) else None
