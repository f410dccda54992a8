"""Home, as people, reviewers and administrators see it."""

import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings

from askpcc.model import Act, Status, Why
from askpcc.slack.views.home_tab import (
    ANY,
    Filters,
    HomeView,
    IndexSummary,
    Prompt,
    build_home,
    read_filters,
)
from askpcc.slack.views.review_forms import Case
from loopback_slack.blocks import check_view
from support.slack_nouns import (
    AT,
    hostile_texts,
    live_parts,
    make_abstaining,
    make_inquiry,
    make_recorded,
    make_request,
    make_row,
)

INDEX = IndexSummary(AT, 28, 1_204, (("old-letter.pdf", "It is damaged."),))
ROWS = [make_row(f"Recommendation {n}: beds", force=f"Force {n} Police", number=str(n)) for n in range(1, 31)]
ROWS[0] = replace(ROWS[0], status=Status.COMPLETE)
CASES = [Case(make_inquiry("rec 9?"), replace(make_recorded(), id=f"b{n}"), tuple(Why)) for n in range(30)]
FULL = HomeView(
    index=INDEX,
    reviewer=True,
    admin=True,
    rows=ROWS,
    prompts=[Prompt("Title", "Is recommendation 4 done?")] * 9,
    recent=[(make_inquiry(), make_recorded()), (make_inquiry("and cse"), make_abstaining())] * 20,
    requests=[(make_request(), "is rec 4 done?")] * 30,
    cases=CASES,
    acts=[Act("U3", "reindex", "all", AT, "2 added")] * 30,
)


def show(view: HomeView) -> str:
    return json.dumps(build_home(view)["blocks"], ensure_ascii=False)


def action_ids(part: Any) -> list[str]:  # noqa: ANN401 - any part of a view
    if isinstance(part, dict):
        own = [part["action_id"]] if "action_id" in part else []
        return own + [one for inner in part.values() for one in action_ids(inner)]
    return [one for inner in part for one in action_ids(inner)] if isinstance(part, list) else []


HOMES = [
    FULL,
    HomeView(INDEX),
    HomeView(IndexSummary()),
    HomeView(INDEX, refused="Guests may not ask."),
    replace(FULL, rows=()),
]


def test_slack_takes_home() -> None:
    for view in HOMES:
        assert check_view(build_home(view)) == []


def test_home_tells_how_fresh_the_index_is_and_what_is_stale() -> None:
    shown = show(HomeView(INDEX))
    for words in ("28 documents, 1,204 passages", "2026-03-04 12:30 UTC", "old-letter.pdf: It is damaged."):
        assert words in shown


def test_home_shows_the_ten_newest_rows_and_how_many_there_are() -> None:
    shown = show(HomeView(INDEX, rows=ROWS))
    assert [n for n in range(1, 31) if f"Recommendation {n}: beds" in shown] == list(range(1, 11))
    assert "The newest 10 of 30 matters." in shown
    assert "says the force, as of 30 June 2025" in shown


def test_filters_choose_rows_and_stay_chosen() -> None:
    view = HomeView(INDEX, rows=ROWS, filters=Filters("Force 1 Police", Status.COMPLETE))
    shown = show(view)
    assert "Recommendation 1: beds" in shown
    assert "Recommendation 2: beds" not in shown
    menus = next(block for block in build_home(view)["blocks"] if block.get("block_id"))["elements"]
    assert [menu["initial_option"]["value"] for menu in menus] == ["Force 1 Police", "complete"]


def test_superseded_rows_are_out_of_sight() -> None:
    assert "beds" not in show(HomeView(INDEX, rows=[replace(ROWS[0], superseded_by="b.md#1")]))


def test_what_was_chosen_is_read_from_the_menus() -> None:
    def body(force: str, status: str) -> dict[str, Any]:
        chosen = {
            "askpcc_home_force": {"selected_option": {"value": force}},
            "askpcc_home_status": {"selected_option": {"value": status}},
        }
        return {"view": {"state": {"values": {"askpcc_home_filters": chosen}}}}

    assert read_filters(body("Midsomer Constabulary", "closed")) == Filters(
        "Midsomer Constabulary", Status.CLOSED
    )
    assert read_filters(body(ANY, ANY)) == Filters()
    assert read_filters(body("", "no such status")) == Filters()
    assert read_filters({"view": None}) == Filters()


def test_people_see_no_buttons_of_reviewers_and_administrators() -> None:
    ids = action_ids(build_home(replace(FULL, reviewer=False, admin=False)))
    assert not {"askpcc_reindex", "askpcc_resolve", "askpcc_verdict"} & set(ids)
    assert "You can ask" in show(HomeView(INDEX))


def test_reviewers_see_the_queue_and_administrators_reindex_after_a_confirmation() -> None:
    blocks = build_home(FULL)["blocks"]
    assert action_ids(blocks).count("askpcc_resolve") == 8
    assert action_ids(blocks).count("askpcc_verdict") == 16
    button = next(e for b in blocks for e in b.get("elements", []) if e.get("action_id") == "askpcc_reindex")
    assert button["confirm"]["title"]["text"] == "Re-index all documents?"
    assert "and 44 further ones" in show(FULL)


def test_an_answer_that_waits_for_several_reasons_stands_once_with_all_of_them() -> None:
    case = Case(make_inquiry(), make_recorded(), (Why.BAD_FEEDBACK, Why.ASKED_PERSON))
    view = HomeView(INDEX, reviewer=True, requests=[(make_request(), "is rec 4 done?")], cases=[case])
    assert show(view).count("is rec 4 done?") == 1
    assert "Because somebody found it wrong; somebody asked for a person." in show(view)


def test_somebody_who_is_refused_sees_why_and_nothing_else() -> None:
    view = replace(FULL, refused="Guests may not ask.")
    assert [block["type"] for block in build_home(view)["blocks"]] == ["header", "section"]
    assert "Guests may not ask." in show(view)


def test_recent_questions_tell_what_came_of_them() -> None:
    shown = show(
        HomeView(INDEX, recent=[(make_inquiry(), make_recorded()), (make_inquiry(), make_abstaining())])
    )
    assert "*complete*" in shown
    assert "The documents do not say" in shown
    assert '"value": "a2"' in shown


@settings(deadline=None, max_examples=30, derandomize=True)
@given(hostile_texts)
def test_hostile_words_stay_words_in_home(text: str) -> None:
    row = make_row(
        text, force=text or None, report=text, document=text or "a.md", quote=text, number=text[:9] or None
    )
    view = HomeView(
        index=IndexSummary(AT, 1, 1, ((text, text),)),
        reviewer=True,
        admin=True,
        rows=[row],
        filters=Filters(text),
        prompts=[Prompt("Title", text.strip() or "x")],
        recent=[(make_inquiry(text), make_recorded(text, text))],
        requests=[(make_request(text), text)],
        cases=[
            Case(make_inquiry(text), replace(make_recorded(text, text), id=id_), tuple(Why), text)
            for id_ in "ab"
        ],
        acts=[Act(text, text, text, AT, text)],
    )
    home = build_home(view)
    assert check_view(home) == []
    assert live_parts(home["blocks"]) == []
