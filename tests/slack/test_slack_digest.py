"""What changed, for those who follow it."""

import json
from dataclasses import replace

from hypothesis import given, settings

from askpcc.model import IndexRun, Lead, Status
from askpcc.register import RegisterChanges
from askpcc.slack.blocks import Message
from askpcc.slack.notifications import MOST_MESSAGES, build_digest, build_offer, read_changes
from loopback_slack.blocks import check_blocks, check_message
from support.slack_nouns import AT, hostile_texts, live_parts, make_row

RUN = IndexRun("i7", AT, added=("new.md",))
ADDRESSES = {"borsetshire-custody.md": "https://b.example/c"}
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


def digest(changes: RegisterChanges, run: IndexRun = RUN) -> list[Message]:
    return build_digest(replace(run, register=json.loads(json.dumps(changes.as_json()))), ADDRESSES)


def test_nothing_to_tell_is_no_message() -> None:
    assert digest(RegisterChanges(), IndexRun("i7", AT)) == []


def test_what_no_matter_and_no_document_did_is_not_counted() -> None:
    (added,) = digest(RegisterChanges())
    assert "Documents: 1 added." in added.text
    (gone,) = digest(RegisterChanges(gone=[GONE]), IndexRun("i7", AT, changed=("a.md",), removed=("b.md",)))
    assert "1 matter is gone. Documents: 1 changed, 1 removed." in gone.text
    for message in (added, gone):
        assert " 0 " not in message.text
        assert "status" not in message.text


def test_documents_are_told_by_the_titles_that_the_run_kept() -> None:
    run = IndexRun("i7", AT, ("a.md",), removed=("b.md",), register={"titles": {"b.md": "On <custody>"}})
    (message,) = build_digest(run, {})
    assert "Added: a.md" in message.text
    assert "Removed: On &lt;custody&gt;" in message.text
    assert fine([message])


def test_what_somebody_should_look_at_is_told_by_title() -> None:
    told = {
        "titles": {"a.md": "On custody", "c-cy.md": "Dalfa", "c.md": "Cells"},
        "welsh_copies": {"c-cy.md": "c.md"},
        "to_check": {"a.md": ["It names no force.", "Page 2 <is> a picture."]},
        "failed": [{"document": "b.pdf", "reason": "It is locked.", "remedy": "Save it without a password."}],
        "skipped": [
            {"document": "old.png", "reason": "It is a picture."},
            {"document": "new.png", "reason": "It is a picture. Run text recognition on it."},
        ],
    }
    before = IndexRun("i6", AT, register={"skipped": [{"document": "old.png", "reason": "It is a picture."}]})
    run = IndexRun("i7", AT, ("a.md", "c-cy.md"), register=told)
    (message,) = build_digest(run, {}, before)
    assert fine([message])
    for words in (
        "Added: On custody",
        "Added: Welsh copy of Cells",
        "*Please check*: On custody. It names no force. Page 2 &lt;is&gt; a picture.",
        "*Not readable*: b.pdf. It is locked. Save it without a password.",
        "*Left out*: new.png. It is a picture. Run text recognition on it.",
    ):
        assert words in message.text
    assert "old.png" not in message.text


def test_of_many_to_look_at_a_few_are_named() -> None:
    told = {"to_check": {f"d{n}.md": ["It names no force."] for n in range(8)}}
    (message,) = build_digest(IndexRun("i7", AT, ("d1.md",), register=told), {})
    assert message.text.count("*Please check*") == 5
    assert "3 further documents to check; `askpcc documents` names all." in message.text


def test_two_documents_of_one_title_are_told_apart_by_their_files() -> None:
    told = {"titles": {"a.md": "On custody", "b.md": "On custody"}}
    (message,) = build_digest(IndexRun("i7", AT, ("a.md", "b.md"), register=told), {})
    assert "Added: On custody (a.md)" in message.text
    assert "Added: On custody (b.md)" in message.text


def test_an_offer_is_one_line_with_a_few_links_and_how_many_more() -> None:
    leads = [
        Lead(f"https://b.example/{n}.pdf", f"Response <{n}>\nto | all", "https://b.example/")
        for n in range(7)
    ]
    message = build_offer(leads)
    assert fine([message])
    assert "\n" not in message.text
    assert message.text.startswith(
        "Found 7 links that may be new responses: <https://b.example/0.pdf|Response"
    )
    assert message.text.count("https://") == 5
    assert "2 more. An administrator can add them" in message.text


def test_long_addresses_are_whole_or_left_out_of_an_offer() -> None:
    leads = [Lead(f"https://b.example/{'x' * 1_900}{n}", "&" * 300, "https://b.example/") for n in range(3)]
    message = build_offer(leads)
    assert fine([message])
    assert message.text.count("https://") == message.text.count("|") == 1
    assert "2 more. An administrator" in message.text


@settings(deadline=None, max_examples=30, derandomize=True)
@given(hostile_texts)
def test_hostile_words_stay_words_in_an_offer(text: str) -> None:
    message = build_offer([Lead("https://b.example/a.pdf", text, text)])
    assert fine([message])
    assert live_parts(message.blocks, message.text) == []


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
    run = replace(RUN, added=tuple(f"d{n}.md" for n in range(30)))
    assert "and 20 further documents" in digest(RegisterChanges(), run)[0].text


def test_a_shape_of_another_time_is_read_as_far_as_it_goes() -> None:
    unknown = {"new": [{"status": "unheard_of"}, None], "changed": 7}
    assert build_digest(IndexRun("i7", AT, register=unknown), {}) == []
    assert not read_changes(None, {})


@settings(deadline=None, max_examples=30, derandomize=True)
@given(hostile_texts)
def test_hostile_words_stay_words_in_a_digest(text: str) -> None:
    row = make_row(
        text, force=text, report=text, document=text or "a.md", quote=text, due=text, addressee=text
    )
    changes = RegisterChanges([row], [(row, replace(row, as_of=text))], [row]).as_json()
    run = replace(RUN, index_version=text, added=(text,), register=changes)
    messages = build_digest(run, {text or "a.md": text})
    assert fine(messages)
    assert [live for message in messages for live in live_parts(message.blocks, message.text)] == []
