"""What a run of the index changed, for those who follow it: statuses first, then new, then gone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from askpcc.register.changes import Pair
from askpcc.register.rows import Row
from askpcc.surfaces.slack.answers.blocks import section
from askpcc.surfaces.slack.answers.messages import Message, Piece
from askpcc.surfaces.slack.answers.packing import fits, pack
from askpcc.surfaces.slack.controls import count, header, moment, name_file, piece, remark
from askpcc.surfaces.slack.reading_rows import read_changes
from askpcc.surfaces.slack.row_lines import say_details, say_evidence, say_matter, say_status
from askpcc.surfaces.slack.text import escape_line

MOST_MESSAGES = 3
_MOST_FILES = 10
_TITLE = "What has changed in the responses"


@dataclass(frozen=True, slots=True)
class DigestOccasion:
    """The run that a digest is about.  documents by path; addresses: where they are published, by path."""

    at: datetime
    index_version: str
    added: Sequence[str] = ()
    changed: Sequence[str] = ()
    removed: Sequence[str] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)


def build_digest(changes: object, run: DigestOccasion) -> list[Message]:
    """Return the messages that tell what changed; none where nothing did.

    changes: what ``RegisterChanges.as_json`` returns.  Beyond MOST_MESSAGES the rest is only counted.
    """
    read = read_changes(changes, run.addresses)
    if not read and not (run.added or run.changed or run.removed):
        return []
    counts = _count_all(read.changed, read.new, read.gone, run)
    start = Piece((header(_TITLE), section(counts)), (_TITLE, counts))
    matters = [*_tell_changed(read.changed), *_tell("New", read.new), *_tell("Gone", read.gone)]
    documents = list(_tell_documents(run))
    shown, left = _shorten([start, *documents], matters)
    if left:
        shown.append(piece(f"And {count(left, 'further change')}, which the register shows in full."))
    end = f"{moment(run.at)}, index {escape_line(run.index_version)}"
    return pack([*shown, Piece((remark(end),), (end,))])


def _count_all(changed: Sequence[Pair], new: Sequence[Row], gone: Sequence[Row], run: DigestOccasion) -> str:
    statuses = count(len(changed), "status has changed", "statuses have changed")
    matters = f"{count(len(new), 'matter is new', 'matters are new')}, {len(gone):,} gone"
    documents = f"{len(run.added):,} added, {len(run.changed):,} changed, {len(run.removed):,} removed"
    return f"{statuses}; {matters}. Documents: {documents}."


def _tell_changed(pairs: Sequence[Pair]) -> Iterator[Piece]:
    for before, after in pairs:
        line = f"{say_status(before)} → {say_status(after)}: {say_matter(after)}"
        words = f"Was {say_evidence(before)}\nNow {say_evidence(after)}"
        yield Piece((section(line), section(words), remark(say_details(after))), (f"{line}\n{words}",))


def _tell(what: str, rows: Sequence[Row]) -> Iterator[Piece]:
    for row in rows:
        line = f"{what}: {say_status(row)}: {say_matter(row)}"
        yield Piece((section(f"{line}\n{say_details(row)}"),), (line,))


def _tell_documents(run: DigestOccasion) -> Iterator[Piece]:
    kinds = (("Added", run.added), ("Changed", run.changed), ("Removed", run.removed))
    lines = [f"{what}: {name_file(path)}" for what, documents in kinds for path in documents[:_MOST_FILES]]
    left = sum(max(0, len(documents) - _MOST_FILES) for _, documents in kinds)
    if left:
        lines.append(f"and {count(left, 'further document')}")
    for start in range(0, len(lines), _MOST_FILES):
        yield piece("\n".join(lines[start : start + _MOST_FILES]))


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
