"""A run of the index, told in Slack."""

from dataclasses import replace

from hypothesis import given, settings

from askpcc.errors import (
    EmbedderMismatch,
    IndexBusy,
    IndexDamaged,
    ShrinkRefused,
)
from askpcc.indexing.plan import Failure, IndexReport, PassageCount, SkippedFile
from askpcc.register import RegisterChanges
from askpcc.slack.blocks import Message
from askpcc.slack.reindexing import build_report, format_progress, refuse_reindex
from loopback_slack.blocks import check_blocks, check_message
from support.slack_nouns import hostile_texts, live_parts, make_row

REPORT = IndexReport(
    index_version="i7",
    added=("new.md",),
    removed=("old.md",),
    kept=26,
    passages=PassageCount(embedded=40, reused=1_164),
    failed=(Failure("scan.pdf", "It has no text.", "Run it through text recognition.", stale=True),),
    seconds=12.4,
    register=RegisterChanges(new=[make_row()]),
)


def fine(messages: list[Message]) -> bool:
    return all(one.text and not check_blocks(one.blocks) + check_message(one.blocks) for one in messages)


def test_a_report_tells_documents_passages_register_and_what_failed_with_its_remedy() -> None:
    (message,) = build_report(REPORT, "U123")
    assert fine([message])
    for words in (
        "1 added, 0 changed, 1 removed, 26 unchanged, 1 not readable",
        "*Passages*: 1,204",
        "*Register*: 1 new\n",
        "It took 12 seconds.",
        "*Not readable*: scan.pdf. It has no text. Run it through text recognition. Its last good version",
        "Asked for by <@U123>. Index i7.",
    ):
        assert words in message.text


def test_documents_are_named_by_their_titles_where_these_are_known() -> None:
    (message,) = build_report(replace(REPORT, titles={"new.md": "Custody in Borsetshire"}), "U123")
    assert "*Added*\nCustody in Borsetshire" in message.text
    assert "*Removed*\nold.md" in message.text


def test_a_run_that_changed_nothing_says_so() -> None:
    assert build_report(IndexReport("i7", kept=28), "U123")[0].text.startswith("Nothing had changed")


def test_a_long_report_is_shortened_with_counts() -> None:
    failures = [Failure(f"f{n}.pdf", "It is damaged.", "Send it again.", stale=False) for n in range(40)]
    report = replace(REPORT, added=[f"d{n}.md" for n in range(300)], failed=failures)
    messages = build_report(report, "U123")
    assert fine(messages)
    text = "\n".join(message.text for message in messages)
    assert "and 290 more" in text
    assert "30 further files could not be read" in text


PROGRESS = [
    (0, 0, "reading", "Re-indexing: looking for changes…"),
    (7, 28, "reading", "Re-indexing: 7 of 28 documents (25 %)…"),
    (29, 28, "embedding", "Re-indexing: 28 of 28 passages (100 %)…"),
    (-1, 1, "reading", "Re-indexing: 0 of 1 document (0 %)…"),
]


def test_progress_is_one_line() -> None:
    for done, total, what, line in PROGRESS:
        assert format_progress(done, total, what) == line


REFUSED_FOR = [
    (IndexBusy("lock held at /srv/index"), "being indexed already"),
    (ShrinkRefused("/srv/index"), "More than half"),
    (EmbedderMismatch("/srv/index"), "another embedding model"),
    (IndexDamaged("/srv/index"), "could not be indexed"),
]


def test_a_refusal_says_why_and_shows_nothing_from_inside() -> None:
    for failure, words in REFUSED_FOR:
        message = refuse_reindex(failure, "r7")
        assert fine([message])
        assert words in message.text
        assert "r7" in message.text
        assert "/srv" not in message.text


@settings(deadline=None, max_examples=30, derandomize=True)
@given(hostile_texts)
def test_hostile_words_stay_words_in_a_report(text: str) -> None:
    report = replace(REPORT, index_version=text, added=[text] * 30, changed=[text], removed=[text])
    messages = build_report(replace(report, failed=[Failure(text, text, text, stale=True)] * 12), text)
    assert fine(messages)
    assert [live for message in messages for live in live_parts(message.blocks, message.text)] == []


def test_files_of_other_kinds_are_named_up_to_five() -> None:
    skipped = [SkippedFile(f"s{n}.png", "It is a picture. Run text recognition on it.") for n in range(7)]
    messages = build_report(replace(REPORT, skipped=skipped), "U123")
    assert fine(messages)
    text = "\n".join(message.text for message in messages)
    assert "*Left out*: s4.png. It is a picture. Run text recognition on it." in text
    assert "s5.png" not in text
    assert "2 further files of other kinds left out; `askpcc index` names all." in text
