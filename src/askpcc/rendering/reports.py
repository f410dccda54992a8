"""What a run of the index did, in words."""

from askpcc.indexing.report import IndexReport
from askpcc.rendering.answers import visible
from askpcc.rendering.register_news import as_news


def report_as_text(report: IndexReport) -> str:
    """Return a report for a terminal.

    It tells the documents by what became of them, the passages, the bad files, and what changed in the
    register.
    """
    groups = (("added", report.added), ("changed", report.changed), ("removed", report.removed))
    lines = [f"{what:8} {visible(document)}" for what, documents in groups for document in documents]
    passages = report.passages
    lines.append(
        f"{len(report.added)} added, {len(report.changed)} changed, {len(report.removed)} removed, "
        f"{report.kept} kept, {len(report.failed)} failed; passages: {passages.embedded} embedded, "
        f"{passages.reused} reused, {passages.removed} removed; index {report.index_version or 'none'}, "
        f"{report.seconds:.1f} s"
    )
    for failure in report.failed:
        stays = " Its last good version stays indexed, marked as stale." if failure.stale else ""
        lines.append(
            f"failed   {visible(failure.document)}: {visible(failure.reason)} {failure.remedy}{stays}"
        )
    lines += [visible(line) for line in as_news(report.register)]
    return "\n".join(lines)
