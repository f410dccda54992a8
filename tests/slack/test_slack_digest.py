"""What changed, for those who follow it."""

import json
from dataclasses import replace

from hypothesis import given, settings

from askpcc.model import Status
from askpcc.register import RegisterChanges
from askpcc.slack.blocks import Message
from askpcc.slack.reindexing import MOST_MESSAGES, DigestOccasion, build_digest
from loopback_slack.blocks import check_blocks, check_message
from support.slack_nouns import AT, hostile_texts, live_parts, make_row

RUN = DigestOccasion(AT, "i7", added=("new.md",), addresses={"borsetshire-custody.md": "https://b.example/c"})
BEFORE = make_row(quote="Officers will check the beds.", status=Status.PLANNED)
AFTER = make_row(status=Status.COMPLETE)
NEW = make_row("Area for improvement 2: log books", document="new.md")
GONE = make_row("Recommendation 9: keys", document="gone.md")
CHANGES = RegisterChanges([NEW], [(BEFORE, AFTER)], [GONE])


def fine(messages: list[Message]) -> bool:
    return all(
        message.text and not check_blocks(message.blocks) + check_message(message.blocks)
        for message in messages
    )


def digest(changes: RegisterChanges, run: DigestOccasion = RUN) -> list[Message]:
    return build_digest(json.loads(json.dumps(changes.as_json())), run)


def test_nothing_to_tell_is_no_message() -> None:
    assert digest(RegisterChanges(), DigestOccasion(AT, "i7")) == []


def test_changed_statuses_come_first_with_old_and_new_words_then_new_then_gone() -> None:
    (message,) = digest(CHANGES)
    assert fine([message])
    wanted = ["1 status has changed; 1 matter is new, 1 gone", "new.md", "*planned* → *complete*"]
    wanted += ["Was *planned*", "Officers will check the beds.", "Now *complete*", "New: ", "Gone: "]
    places = [message.text.find(words) for words in wanted]
    assert -1 not in places
    assert places == sorted(places)


def test_matters_lead_to_where_they_are_published() -> None:
    (message,) = digest(CHANGES)
    assert "<https://b.example/c" in message.text


def test_a_long_digest_is_split_and_says_how_many_more() -> None:
    many = [make_row(f"Recommendation {n}: beds", document=f"d{n}.md") for n in range(400)]
    messages = digest(RegisterChanges(new=many))
    assert fine(messages)
    assert 1 < len(messages) <= MOST_MESSAGES + 1
    shown = sum(message.text.count("New: ") for message in messages)
    assert f"And {400 - shown} further changes" in messages[-1].text


def test_many_documents_are_counted() -> None:
    run = replace(RUN, added=[f"d{n}.md" for n in range(30)])
    assert "and 20 further documents" in digest(RegisterChanges(), run)[0].text


def test_a_shape_of_another_time_is_read_as_far_as_it_goes() -> None:
    assert (
        build_digest({"new": [{"status": "unheard_of"}, None], "changed": 7}, DigestOccasion(AT, "i7")) == []
    )
    assert build_digest(None, DigestOccasion(AT, "i7")) == []


@settings(deadline=None, max_examples=30, derandomize=True)
@given(hostile_texts)
def test_hostile_words_stay_words_in_a_digest(text: str) -> None:
    row = make_row(
        text, force=text, report=text, document=text or "a.md", quote=text, due=text, addressee=text
    )
    run = replace(RUN, index_version=text, added=(text,), addresses={text or "a.md": text})
    messages = build_digest(RegisterChanges([row], [(row, replace(row, as_of=text))], [row]).as_json(), run)
    assert fine(messages)
    assert [live for message in messages for live in live_parts(message.blocks, message.text)] == []
