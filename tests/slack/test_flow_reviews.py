"""Reviewing through the running bot: what waits, verdicts, and what askers read of them."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest

from askpcc.adapters.ledger import SqlLedger, open_ledger
from askpcc.model import (
    Feedback,
    HelpRequest,
    Inquiry,
    InquiryState,
    Judgement,
    Limits,
    Place,
    Post,
    Ruling,
    Waiting,
    Why,
)
from loopback_slack import Message, View
from support.slack_bot import STAFF, DataFolder, SlackBot, make_staffed_workspace, run_bot
from support.slack_nouns import AT, make_inquiry, make_recorded

pytest_plugins = ("support.slack_fixtures",)

DOCUMENT = "puddlecombe-peel-2024.md"
RIGHT = "the new plan for burglary was put into force on 19 March 2024"


@contextmanager
def ledger_of(bot: SlackBot) -> Iterator[SqlLedger]:
    with closing(open_ledger(bot.settings.ledger)) as ledger:
        yield ledger


def ask(bot: SlackBot, number: int, user: str = "asker") -> Message:
    return bot.answer(f"Has recommendation {number} in Puddlecombe been completed?", user)


def ask_otherwise(bot: SlackBot, number: int) -> Message:
    return bot.answer(f"was the recommendation {number} completed in Puddlecombe", "reader")


def id_of(answer: Message) -> str:
    assert answer.metadata
    return str(answer.metadata["event_payload"]["answer"])


def find_bad(bot: SlackBot, answer: Message, user: str = "reader") -> View:
    """Say that an answer is bad, and return the form that asks why."""
    bot.slack.press(user, answer, "askpcc_feedback", value=f"bad:{id_of(answer)}")
    return bot.slack.wait_for(lambda: bot.slack.modal(user))


def opinions_on(bot: SlackBot, answer: Message) -> list[Feedback]:
    with ledger_of(bot) as ledger:
        return ledger.feedback(id_of(answer))


def cases(bot: SlackBot, answer: str) -> list[Message]:
    """Return the messages in the reviewers' channel that offer a verdict on an answer."""
    there = bot.slack.messages("private")
    return [each for each in there if {"askpcc_verdict", answer} <= set(_offered(each.blocks))]


def _offered(blocks: object) -> Iterator[str]:
    if isinstance(blocks, dict):
        yield from (str(blocks[name]) for name in ("action_id", "value") if name in blocks)
        for part in blocks.values():
            yield from _offered(part)
    elif isinstance(blocks, list):
        for part in blocks:
            yield from _offered(part)


def put_forward(bot: SlackBot, answer: Message) -> Message:
    """Let somebody find an answer bad; return the message that the reviewers see."""
    bot.slack.close(find_bad(bot, answer))
    return bot.slack.wait_for(lambda: cases(bot, id_of(answer)))[0]


def open_form(bot: SlackBot, shown: Message | View, user: str = "reviewer") -> View:
    before = bot.slack.modal(user)
    bot.slack.press(user, shown, "askpcc_verdict")
    return bot.slack.wait_for(lambda: view if (view := bot.slack.modal(user)) is not before else None)


def rule(bot: SlackBot, answer: Message, user: str = "reviewer", **values: str) -> View:
    """Give a verdict from the reviewers' channel; return its form."""
    shown = next(iter(cases(bot, id_of(answer))), None) or put_forward(bot, answer)
    form = open_form(bot, shown, user)
    bot.slack.submit(form, values)
    return form


def told(bot: SlackBot, answer: Message, words: str) -> Message:
    """Wait until the asker reads something in the thread; return the message."""
    return bot.slack.wait_for(
        lambda: [
            each for each in bot.slack.replies_by_bot(answer) if words in each.text and each is not answer
        ]
    )[0]


def waiting(bot: SlackBot, answer: Message) -> Waiting | None:
    with ledger_of(bot) as ledger:
        return next((one for one in ledger.queue(1_000) if one.answer == id_of(answer)), None)


def home_of(bot: SlackBot, user: str) -> View:
    before = len(bot.slack.calls("views.publish"))
    bot.slack.open_home(user)
    bot.slack.wait_for(lambda: bot.slack.calls("views.publish")[before:])
    home = bot.slack.home(user)
    assert home
    return home


def test_a_bad_opinion_reaches_the_reviewers_once(bot: SlackBot) -> None:
    answer = ask(bot, 11)
    form = find_bad(bot, answer)
    bot.slack.submit(form, {"askpcc_fault_choice": "out_of_date"})
    bot.slack.close(find_bad(bot, answer, "asker"))
    bot.slack.wait_for(lambda: cases(bot, id_of(answer)))
    bot.eventually(lambda: len(opinions_on(bot, answer)) == 2)
    bot.settle()
    (case,) = cases(bot, id_of(answer))
    assert "Has recommendation 11 in Puddlecombe been completed?" in case.text
    assert "Because somebody found it wrong." in case.text
    assert list(_offered(case.blocks)) == [
        "askpcc_verdict",
        id_of(answer),
        "askpcc_show_answer",
        id_of(answer),
    ]


def test_a_request_to_a_person_offers_a_verdict_once(bot: SlackBot) -> None:
    answer, seen = ask(bot, 11), len(bot.slack.ephemerals("asker"))
    for _ in range(2):
        bot.slack.press("asker", answer, "askpcc_ask_person")
    bot.slack.wait_for(lambda: bot.slack.ephemerals("asker")[seen + 1 :])
    bot.settle()
    (request,) = cases(bot, id_of(answer))
    assert "Somebody asks for a person" in request.text
    held = waiting(bot, answer)
    assert held
    assert Why.ASKED_PERSON in held.why


def test_reviewers_alone_see_the_queue_at_home_with_its_reasons(bot: SlackBot) -> None:
    answer = ask(bot, 11)
    put_forward(bot, answer)
    assert "Because somebody found it wrong" in str(home_of(bot, "reviewer").blocks)
    for user in ("asker", "admin"):
        assert "askpcc_verdict" not in list(_offered(home_of(bot, user).blocks))


def test_the_form_shows_the_answer_and_asks_for_each_statement(bot: SlackBot) -> None:
    answer = ask(bot, 12)
    form = open_form(bot, put_forward(bot, answer))
    fields = [block["block_id"] for block in form.blocks if block["type"] == "input"]
    assert fields == ["statement1", "ruling", "comment", "document", "words", "status"]
    assert "the new plan for burglary" in str(form.blocks)
    sources = next(block["element"] for block in form.blocks if block["block_id"] == "document")
    assert sources["options"][0]["value"] == DOCUMENT
    bot.slack.close(form)


def press_within(bot: SlackBot, user: str, view: View, answer: str) -> None:
    """Send what Slack sends for a button of an opened answer."""
    who = f"U0{user.upper()}"
    action = {"type": "button", "action_id": "askpcc_verdict", "block_id": "b", "value": answer}
    bot.slack.deliver(
        "interactive",
        {
            "type": "block_actions",
            "user": {"id": who},
            "team": {"id": bot.slack.workspace.team},
            "container": {"type": "view", "view_id": view.id},
            "view": {"id": view.id, "type": "modal"},
            "trigger_id": bot.slack.make_trigger(who),
            "actions": [action],
        },
    )


def test_the_form_opens_on_top_of_the_answer_and_returns_to_it(bot: SlackBot) -> None:
    answer = ask(bot, 15)
    bot.slack.press("reviewer", put_forward(bot, answer), "askpcc_show_answer")
    shown = bot.slack.wait_for(lambda: bot.slack.modal("reviewer"))
    press_within(bot, "reviewer", shown, id_of(answer))
    form = bot.slack.wait_for(lambda: view if (view := bot.slack.modal("reviewer")) is not shown else None)
    bot.slack.submit(form, {"ruling": "rejected"})
    told(bot, answer, "do not rely on this answer")
    assert bot.slack.modal("reviewer") is shown
    bot.slack.close(shown)


def test_somebody_else_is_told_politely_that_only_reviewers_judge(bot: SlackBot) -> None:
    answer = ask(bot, 11)
    case, seen = put_forward(bot, answer), len(bot.slack.ephemerals("asker"))
    bot.slack.press("asker", case, "askpcc_verdict")
    assert "Only a reviewer may give a verdict." in bot.ephemeral("asker", seen).text
    assert bot.slack.modal("asker") is None


def test_a_form_of_somebody_who_is_no_reviewer_changes_nothing(bot: SlackBot) -> None:
    answer = ask(bot, 11)
    form = open_form(bot, put_forward(bot, answer))
    payload = bot.slack.submit(form, {"words": "no ruling", "ruling": "approved"}).payload
    bot.slack.wait_for(lambda: form.errors)
    payload = json.loads(json.dumps(payload)) | {"user": {"id": "U0ASKER"}}
    payload["view"]["state"]["values"]["words"]["words"]["value"] = None
    bot.slack.deliver("interactive", payload)
    assert (
        "Only a reviewer"
        in bot.slack.wait_for(lambda: form.errors if "Only" in form.errors["ruling"] else None)["ruling"]
    )
    with ledger_of(bot) as ledger:
        assert ledger.verdicts(id_of(answer)) == []
    bot.slack.close(form)


STRANGE: list[tuple[str, object]] = [
    ("private_metadata", "no JSON"),
    ("private_metadata", "[1]"),
    ("private_metadata", '{"answer": 3}'),
    ("private_metadata", '{"answer": "no such answer"}'),
    ("private_metadata", None),
    ("state", None),
    ("state", {"values": []}),
    ("state", {"values": {"ruling": {"ruling": {"selected_option": None}}}}),
    ("state", {"values": {"ruling": {"ruling": {"selected_option": {"value": "no such ruling"}}}}}),
    ("state", {"values": {"ruling": {"ruling": {"selected_option": {"value": "corrected"}}}}}),
]


def test_a_strange_form_stays_open_and_changes_nothing(bot: SlackBot) -> None:
    answer = ask(bot, 11)
    form = open_form(bot, put_forward(bot, answer))
    sent = json.dumps(bot.slack.submit(form, {"ruling": "approved", "words": RIGHT}).payload)
    bot.slack.wait_for(lambda: form.errors)
    for name, value in STRANGE:
        form.errors = {}
        payload = json.loads(sent)
        if name == "private_metadata":
            payload["view"]["state"]["values"]["words"]["words"]["value"] = None
        payload["view"][name] = value
        bot.slack.deliver("interactive", payload)
        assert bot.slack.wait_for(lambda: form.errors)
    with ledger_of(bot) as ledger:
        assert ledger.verdicts(id_of(answer)) == []
    bot.slack.close(form)


def test_an_approval_is_shown_told_and_reused(bot: SlackBot) -> None:
    answer = ask(bot, 12)
    rule(bot, answer, ruling="approved", statement1="supported", comment="Checked *twice* <!channel>.")
    note = told(bot, answer, "<@U0ASKER> Reviewed and approved by reviewer on ")
    assert "Checked" in note.text
    assert "Reviewed and approved by reviewer on " in answer.text
    assert "the new plan for burglary" in answer.text
    assert waiting(bot, answer) is None
    again = ask_otherwise(bot, 12)
    assert "Approved by reviewer on " in again.text
    assert "its sources have not changed since" in again.text
    assert "the new plan for burglary" in again.text


def test_a_correction_takes_the_place_of_the_answer_and_is_reused(bot: SlackBot) -> None:
    answer = ask(bot, 13)
    rule(
        bot,
        answer,
        ruling="corrected",
        statement1="wrong_source",
        document=DOCUMENT,
        words=RIGHT,
        status="complete",
    )
    note = told(bot, answer, "<@U0ASKER> Corrected by reviewer on ")
    for message in (note, answer, ask_otherwise(bot, 13)):
        assert f"“{RIGHT}” [1]" in message.text
        assert "roads policing" not in message.text
    assert "Corrected by reviewer on " in answer.text
    assert "[1]" in str(answer.blocks)
    bot.slack.press("reader", answer, "askpcc_source:1")
    view = bot.slack.wait_for(lambda: bot.slack.modal("reader"))
    assert RIGHT in str(view.blocks), "the number leads to what the correction cites"
    bot.slack.close(view)


FAULTY = [
    ({"ruling": "corrected", "document": DOCUMENT, "words": "no such words at all"}, "words", "do not stand"),
    ({"ruling": "corrected", "document": DOCUMENT, "words": "was put into force on"}, "words", "times in"),
    ({"ruling": "corrected", "words": RIGHT}, "document", "Choose the source"),
    ({"ruling": "corrected", "document": DOCUMENT}, "words", "Choose the words"),
    ({"ruling": "approved", "statement1": "not_supported"}, "ruling", "cannot be approved"),
    ({"ruling": "approved", "words": RIGHT}, "ruling", "To correct the answer"),
]


def test_a_form_that_cannot_stand_stays_open_and_says_why(bot: SlackBot) -> None:
    answer = ask(bot, 11)
    form = open_form(bot, put_forward(bot, answer))
    for values, field, words in FAULTY:
        form.errors = {}
        bot.slack.submit(form, values)
        errors = bot.slack.wait_for(lambda: form.errors)
        assert list(errors) == [field]
        assert words in errors[field]
    with ledger_of(bot) as ledger:
        assert ledger.verdicts(id_of(answer)) == []
    bot.slack.close(form)


def test_a_rejected_answer_says_not_to_rely_on_it_and_is_not_reused(bot: SlackBot) -> None:
    answer = ask(bot, 14)
    rule(bot, answer, ruling="rejected", statement1="out_of_date")
    told(bot, answer, "do not rely on this answer")
    assert "Reviewed by reviewer on " in answer.text
    assert waiting(bot, answer) is None
    assert "Approved by" not in ask_otherwise(bot, 14).text
    with ledger_of(bot) as ledger:
        (verdict,) = ledger.verdicts(id_of(answer))
    assert (verdict.ruling, verdict.judgements) == (Ruling.REJECTED, (Judgement.OUT_OF_DATE,))


def test_a_form_that_is_sent_twice_is_one_verdict(bot: SlackBot) -> None:
    answer = ask(bot, 15)
    form = open_form(bot, put_forward(bot, answer))
    bot.slack.submit(form, {"ruling": "approved"}, redeliver=True)
    told(bot, answer, "Reviewed and approved")
    bot.settle()
    assert len([each for each in bot.replies(answer) if "<@U0ASKER> Reviewed" in each.text]) == 1


def test_a_verdict_answers_the_request_to_a_person(bot: SlackBot) -> None:
    answer = bot.answer("Has recommendation 16 in Puddlecombe been completed?")
    bot.slack.press("asker", answer, "askpcc_ask_person")
    bot.slack.wait_for(lambda: cases(bot, id_of(answer)))
    assert id_of(answer) in list(_offered(home_of(bot, "reviewer").blocks))
    rule(bot, answer, ruling="approved")
    told(bot, answer, "Reviewed and approved")
    home = [block for block in home_of(bot, "reviewer").blocks if block["type"] == "actions"]
    assert id_of(answer) not in list(_offered(home))


def test_an_edited_question_keeps_its_newest_answer(bot: SlackBot) -> None:
    asked = bot.ask("Has recommendation 17 in Puddlecombe been completed?")
    answer = bot.first_reply(asked)
    earlier, case = id_of(answer), put_forward(bot, answer)
    bot.slack.edit(asked, f"{bot.slack.mention} Has recommendation 18 in Puddlecombe been completed?")
    bot.slack.wait_for(lambda: "Recommendation 18 " in answer.text)
    bot.settle()
    bot.slack.submit(open_form(bot, case), {"ruling": "rejected"})
    bot.settle()
    with ledger_of(bot) as ledger:
        assert ledger.verdicts(earlier)
    assert "do not rely" not in answer.text
    assert "Recommendation 18 " in answer.text
    assert bot.replies(asked) == [answer]


def ask_privately(bot: SlackBot, number: int) -> Message:
    seen = len(bot.slack.ephemerals("asker"))
    bot.slack.command("asker", "general", "/askpcc", f"Is recommendation {number} in Puddlecombe complete?")
    return bot.slack.wait_for(
        lambda: [each for each in bot.slack.ephemerals("asker")[seen:] if "Recommendation" in each.text]
    )[0]


def test_whoever_asked_privately_is_told_in_their_messages(bot: SlackBot) -> None:
    answer = ask_privately(bot, 17)
    before = len(bot.slack.messages("private"))
    bot.slack.press("asker", answer, "askpcc_ask_person")
    case = bot.slack.wait_for(lambda: bot.slack.messages("private")[before:])[0]
    direct, public = bot.slack.dm("asker"), len(bot.slack.messages("general"))
    seen = len(bot.slack.messages(direct))
    form = open_form(bot, case)
    bot.slack.submit(form, {"ruling": "corrected", "document": DOCUMENT, "words": RIGHT})
    note = bot.slack.wait_for(lambda: bot.slack.messages(direct)[seen:])[0]
    assert "recommendation 17" in note.text
    assert "Corrected by reviewer on " in note.text
    assert f"“{RIGHT}”" in note.text
    bot.settle()
    assert len(bot.slack.messages("general")) == public


def _noted_posts(bot: SlackBot) -> list[Post]:
    """Return where the ledger says that the last answer of the asker stands."""
    with ledger_of(bot) as ledger:
        ((_, recorded),) = ledger.recent(bot.slack.workspace.team, "U0ASKER", 1)
    return [post for post in recorded.posts if post.ts]


def test_a_private_answer_that_was_shared_is_marked_where_all_see_it(bot: SlackBot) -> None:
    answer = ask_privately(bot, 18)
    before, public = len(bot.slack.messages("private")), len(bot.slack.messages("general"))
    bot.slack.press("asker", answer, "askpcc_ask_person")
    case = bot.slack.wait_for(lambda: bot.slack.messages("private")[before:])[0]
    bot.slack.press("asker", answer, "askpcc_share")
    shared = bot.slack.wait_for(lambda: bot.slack.messages("general")[public:])[0]
    bot.eventually(lambda: _noted_posts(bot))
    bot.slack.submit(open_form(bot, case), {"ruling": "approved"})
    bot.slack.wait_for(lambda: "Reviewed and approved by reviewer" in shared.text)
    assert "Only you can see this" not in shared.text
    assert "askpcc_share" not in list(_offered(shared.blocks))


@pytest.fixture(scope="module")
def changing_bot(slack_data: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SlackBot]:
    """Run a bot with two reviewers over documents that may be changed."""
    folder = tmp_path_factory.mktemp("changing")
    space = make_staffed_workspace()
    space.channel("private").members.add("U0ADMIN")
    staff = {**STAFF, "ASKPCC_SLACK_REVIEWERS": "U0REVIEWER,U0ADMIN"}
    with run_bot(slack_data.copy(folder / "data"), folder, staff, space) as running:
        running.eventually(lambda: _digest_mark(running))
        yield running


@pytest.fixture
def changing(changing_bot: SlackBot) -> Iterator[SlackBot]:
    """Return that bot; what it says during the test keeps the rules of Slack."""
    yield changing_bot
    assert not changing_bot.slack.take_violations()


def _digest_mark(bot: SlackBot) -> str | None:
    with ledger_of(bot) as ledger:
        return ledger.mark("digest")


def reindex(bot: SlackBot) -> None:
    before = _digest_mark(bot)
    bot.slack.command("admin", "general", "/askpcc", "reindex")
    bot.eventually(lambda: _digest_mark(bot) != before)


def test_the_later_of_two_reviewers_verdicts_counts(changing: SlackBot) -> None:
    bot = changing
    answer = bot.answer("Has recommendation 1 in Borsetshire been completed?")
    case = put_forward(bot, answer)
    first, second = open_form(bot, case), open_form(bot, case, "admin")
    bot.slack.submit(second, {"ruling": "approved"})
    told(bot, answer, "Reviewed and approved by admin on ")
    bot.slack.submit(first, {"ruling": "rejected"})
    told(bot, answer, "do not rely on this answer")
    assert "Reviewed and approved" not in answer.text
    assert "Reviewed by reviewer on " in answer.text
    with ledger_of(bot) as ledger:
        given = [(one.reviewer, one.ruling) for one in ledger.verdicts(id_of(answer))]
    assert given == [("U0ADMIN", Ruling.APPROVED), ("U0REVIEWER", Ruling.REJECTED)]
    again = bot.answer("Was recommendation 1 in Borsetshire completed?", "reader")
    assert "Approved by" not in again.text


def test_a_second_reviewer_sees_what_the_first_decided(changing: SlackBot) -> None:
    bot = changing
    answer = bot.answer("Has recommendation 11 in Puddlecombe been completed?")
    rule(bot, answer, ruling="approved")
    told(bot, answer, "Reviewed and approved")
    form = open_form(bot, cases(bot, id_of(answer))[0], "admin")
    assert "Reviewed before: approved by <@U0REVIEWER>" in str(form.blocks)
    bot.slack.close(form)


def _approve(bot: SlackBot, words: str) -> Message:
    answer = bot.answer(words)
    rule(bot, answer, ruling="approved")
    told(bot, answer, "Reviewed and approved")
    return answer


def _check_lapsed(bot: SlackBot, answer: Message, reason: str) -> None:
    """Check that the thread, the posted answer, the queue and the reviewers' channel tell of a lapse."""
    before = "The approval of this answer has ended"
    note = told(bot, answer, before)
    assert reason in note.text
    case = bot.slack.wait_for(lambda: cases(bot, id_of(answer))[1:])[0]
    assert f"Because its approval has lapsed. {reason}" in case.text
    held = waiting(bot, answer)
    assert held
    assert held.why == (Why.LAPSED,)
    assert before in answer.text
    form = open_form(bot, case)
    assert reason in str(form.blocks)
    bot.slack.close(form)
    assert reason in str(home_of(bot, "reviewer").blocks)


def test_an_approval_ends_with_the_words_that_it_rests_on(changing: SlackBot) -> None:
    bot, asked = changing, "Has recommendation 2 in Borsetshire been completed?"
    answer = _approve(bot, asked)
    file = bot.data.corpus / "borsetshire-custody-2024.md"
    text = file.read_text("utf-8")
    file.write_text(
        text.replace("Recommendation 2 is still in progress.", "Recommendation 2 has been completed."),
        "utf-8",
    )
    reindex(bot)
    _check_lapsed(bot, answer, "Words that it cites are not in the documents any more.")
    again = bot.answer("Was recommendation 2 in Borsetshire completed?", "reader")
    assert "“Recommendation 2 has been completed.”" in again.text
    assert "Approved by" not in again.text
    reindex_once_more = bot.data.corpus / DOCUMENT
    reindex_once_more.write_text(reindex_once_more.read_text("utf-8") + "\nThank you.\n", "utf-8")
    reindex(bot)
    bot.settle()
    thread = bot.replies(answer)
    assert len([one for one in thread if one.text.startswith("The approval of this answer has ended")]) == 1


def test_what_was_asked_on_a_page_is_never_told_in_slack(changing: SlackBot) -> None:
    bot = changing
    with ledger_of(bot) as ledger:
        recorded = ledger.answer(id_of(bot.answer("Has recommendation 12 in Puddlecombe been completed?")))
        place = Place("web", bot.slack.workspace.team, "web", "t1", "m1")
        inquiry = Inquiry(
            "web1",
            place,
            "U0ASKER",
            recorded.answer.question.words,
            recorded.answered_at,
            state=InquiryState.ANSWERED,
        )
        ledger.take(inquiry, Limits())
        ledger.record(replace(recorded, id="web1a", inquiry="web1", posts=()))
        ledger.enqueue("web1a", Why.SAMPLE, recorded.answered_at)
        ledger.ask_person(HelpRequest("h1", "web1a", "U0ASKER", recorded.answered_at))
        home = home_of(bot, "reviewer")
        bot.slack.press("reviewer", home, "askpcc_verdict", value="web1a")
        form = bot.slack.wait_for(lambda: bot.slack.modal("reviewer"))
        posted = len(bot.slack.calls("chat.postMessage"))
        bot.slack.submit(form, {"ruling": "rejected"})
        bot.eventually(lambda: ledger.verdicts("web1a"))
        bot.slack.press("reviewer", home, "askpcc_resolve", value="h1")
        bot.eventually(lambda: ledger.mark("verdict") == ledger.verdicts("web1a")[0].id)
    bot.slack.wait_until_delivered()
    assert len(bot.slack.calls("chat.postMessage")) == posted


def test_an_answer_that_is_found_bad_after_its_verdict_waits_again(changing: SlackBot) -> None:
    bot = changing
    answer = _approve(bot, "Has recommendation 13 in Puddlecombe been completed?")
    bot.slack.close(find_bad(bot, answer))
    bot.slack.wait_for(lambda: cases(bot, id_of(answer))[1:])
    held = waiting(bot, answer)
    assert held
    assert held.why == (Why.BAD_FEEDBACK,)


def test_the_asker_is_told_although_the_posted_answer_cannot_be_changed(changing: SlackBot) -> None:
    bot = changing
    answer = bot.answer("Has recommendation 14 in Puddlecombe been completed?")
    case = put_forward(bot, answer)
    bot.slack.fail("chat.update", "fatal_error", times=1)
    bot.slack.submit(open_form(bot, case), {"ruling": "rejected"})
    told(bot, answer, "do not rely on this answer")
    assert "do not rely" not in answer.text


def test_what_does_not_go_into_the_posted_message_goes_below_it_once(changing: SlackBot) -> None:
    bot = changing
    answer = bot.answer("Has recommendation 15 in Puddlecombe been completed?")
    with ledger_of(bot) as ledger:
        place = replace(ledger.inquiry(ledger.answer(id_of(answer)).inquiry).place, message="1.1")
        inquiry = replace(make_inquiry("long one?", "U0ASKER"), id="long", place=place)
        ledger.take(replace(inquiry, state=InquiryState.ANSWERED), Limits())
        ledger.record(
            replace(make_recorded(quote="The beds are checked. " * 20, times=60), id="long1", inquiry="long")
        )
        ledger.posted("long1", Post(answer.channel, answer.ts))
        ledger.enqueue("long1", Why.SAMPLE, AT)
    home = home_of(bot, "reviewer")
    for comment in ("First look.", "Second look."):
        bot.slack.press("reviewer", home, "askpcc_verdict", value="long1")
        form = bot.slack.wait_for(lambda: bot.slack.modal("reviewer"))
        bot.slack.submit(form, {"ruling": "rejected", "comment": comment})
        told(bot, answer, f"“{comment}”")
        bot.slack.wait_for(lambda: bot.slack.modal("reviewer") is None)
    parts = [one for one in bot.replies(answer) if one.metadata and id_of(one) == "long1"]
    assert len(parts) > 1
    assert parts[0] is answer
    assert sum("Answer long1" in part.text for part in parts) == 1


def test_whoever_asked_privately_is_told_of_a_lapse_in_their_messages(changing: SlackBot) -> None:
    bot = changing
    ask_privately(bot, 18)
    with ledger_of(bot) as ledger:
        ((inquiry, recorded),) = ledger.recent(bot.slack.workspace.team, "U0ASKER", 1)
        assert inquiry.private
        ledger.enqueue(recorded.id, Why.SAMPLE, recorded.answered_at)
    bot.slack.press("reviewer", home_of(bot, "reviewer"), "askpcc_verdict", value=recorded.id)
    form, direct = bot.slack.wait_for(lambda: bot.slack.modal("reviewer")), bot.slack.dm("asker")
    bot.slack.submit(form, {"ruling": "approved"})
    bot.slack.wait_for(lambda: [one for one in bot.slack.messages(direct) if "approved by" in one.text])
    file = bot.data.corpus / DOCUMENT
    text = file.read_text("utf-8")
    assert "Recommendation 18 is complete" in text
    file.write_text(text.replace("Recommendation 18 is complete", "Recommendation 18 is open"), "utf-8")
    reindex(bot)
    (note,) = bot.slack.wait_for(
        lambda: [one for one in bot.slack.messages(direct) if "approval of this answer has ended" in one.text]
    )
    assert "Is recommendation 18 in Puddlecombe complete?" in note.text
