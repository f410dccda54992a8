"""The instructions of a language model: each version of their words has a run that was recorded."""

import json
from pathlib import Path

import pytest

from askpcc.adapters.chat_forms import FollowUp, Register, Reply, read_register, read_reply
from askpcc.adapters.chat_model import read_prompts
from askpcc.model import Spent

RECORDED = Path(__file__).parents[1] / "cases" / "model"


@pytest.mark.parametrize("name", ["reader", "follow_up", "register"])
def test_words_that_change_have_a_new_version_and_a_new_run(name: str) -> None:
    prompt = read_prompts()[name]
    file = RECORDED / f"{name}_v{prompt.version}.json"
    assert file.exists(), f"record a run of {name}, version {prompt.version}, in {file}"
    assert json.loads(file.read_text("utf-8"))["system"] == prompt.text, "raise the version of the words"


def test_the_recorded_reply_of_a_reader_is_read_whole() -> None:
    version = read_prompts()["reader"].version
    recorded = json.loads((RECORDED / f"reader_v{version}.json").read_text("utf-8"))
    proposal = read_reply(Reply.model_validate(recorded["reply"]), Spent())
    shown = [
        one["number"]
        for document in recorded["shown"]["documents"]
        for part in document["parts"]
        for one in part["sentences"]
    ]
    assert proposal.verdict
    assert [one.text for one in proposal.statements] == [
        one["text"] for one in recorded["reply"]["statements"]
    ]
    assert all(set(one.numbers) <= set(shown) for one in proposal.statements)


def test_the_recorded_reply_to_a_follow_up_is_read() -> None:
    version = read_prompts()["follow_up"].version
    recorded = json.loads((RECORDED / f"follow_up_v{version}.json").read_text("utf-8"))
    assert FollowUp.model_validate(recorded["reply"]).question == recorded["reply"]["question"]


def test_what_a_reply_leaves_out_is_nothing() -> None:
    proposal = read_reply(Reply.model_validate({"statements": [], "not_stated": True}), Spent())
    assert (proposal.verdict, proposal.related, proposal.searches, proposal.not_stated) == ("", (), (), True)


def test_the_recorded_reply_on_a_document_is_read_whole() -> None:
    version = read_prompts()["register"].version
    recorded = json.loads((RECORDED / f"register_v{version}.json").read_text("utf-8"))
    proposal = read_register(Register.model_validate(recorded["reply"]), Spent())
    told = recorded["reply"]["claims"]
    assert [(one.matter, str(one.status), list(one.numbers)) for one in proposal.claims] == [
        (one["matter"], one["status"], one["sentences"]) for one in told
    ]


@pytest.mark.parametrize(
    "claim",
    [
        {},
        "complete",
        {"matter": "the cells", "status": "finished", "sentences": [1]},
        {"matter": "the cells", "status": "complete", "sentences": []},
        {"matter": "the cells", "status": "complete", "sentences": ["one"]},
        {"matter": "the cells", "status": "complete"},
    ],
)
def test_a_claim_without_a_known_status_or_a_sentence_is_left_out(claim: object) -> None:
    good = {"matter": "the cells", "status": "complete", "sentences": 2}
    (read,) = read_register(Register.model_validate({"claims": [claim, good]}), Spent()).claims
    assert (read.numbers, read.reference, read.said_by) == ((2,), "", None)
