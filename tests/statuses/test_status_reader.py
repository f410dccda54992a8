"""What becomes of the encoder's judgements: claims with their matters, evidence, speakers and dates."""

from collections.abc import Mapping, Sequence

from askpcc.model import Document, MatterKind, Speaker, Status, StatusClaim
from askpcc.reader.cases import Extent, Mode
from askpcc.statuses import StatusReader
from support.cases import cases
from support.scripted_reader import LIMITS, Says, ScriptedScorer, scripted
from support.status_cases import read_words

HEAD = "# Netherby Police: the Commissioner's response\n\n"
Script = Mapping[str, Says | Sequence[Says]]


def read(text: str, script: Script, path: str = "netherby.md") -> tuple[Document, list[StatusClaim]]:
    document, passages = read_words(path, text if text.startswith("# ") else HEAD + text)
    return document, scripted(script).claims(document, passages)


def matters(text: str, script: Script) -> list[tuple[str, str]]:
    return [(claim.status.value, claim.matter) for claim in read(text, script)[1]]


def evidence(text: str, script: Script) -> list[list[str]]:
    document, claims = read(text, script)
    return [[span.of(document.text) for span in claim.evidence] for claim in claims]


VANS = "The vans have been repaired."
ITEM = "**Recommendation 4: by 31 May 2024, chief constables should count their dogs.**\n\n"
DONE = {VANS: Says("complete")}


def test_a_sentence_that_says_nothing_is_no_claim() -> None:
    assert matters(f"{VANS} The kennels are cold.\n", {}) == []


def test_a_sentence_is_a_claim_with_itself_as_evidence() -> None:
    assert evidence(f"{VANS} The kennels are cold.\n", DONE) == [[VANS]]


@cases(("score", "claimed"), [(2.0, False), (9.0, True)])
def test_what_is_less_sure_than_its_limit_is_no_claim(score: float, *, claimed: bool) -> None:
    assert bool(matters(VANS, {VANS: Says("complete", score=score)})) is claimed


def test_a_status_that_needs_less_is_claimed_with_less() -> None:
    assert matters(VANS, {VANS: Says("in_progress", score=2.5)}) == [("in_progress", "The vans")]


@cases("mode", [Mode.HOPED, Mode.ASKED, Mode.PROMISED, Mode.DENIED, Mode.PAST])
@cases("status", ["complete", "closed"])
def test_what_is_not_said_as_a_fact_is_never_done(mode: Mode, status: str) -> None:
    assert matters(VANS, {VANS: Says(status, mode=mode)}) == []


@cases("mode", [Mode.PROMISED, Mode.ASSERTED])
def test_a_promise_is_a_plan(mode: Mode) -> None:
    assert matters(VANS, {VANS: Says("planned", mode=mode)}) == [("planned", "The vans")]


def test_a_part_is_never_the_whole() -> None:
    assert matters(VANS, {VANS: Says("complete", extent=Extent.PART)}) == [("in_progress", "The vans")]


def test_a_bullet_is_one_claim_with_the_sentence_that_introduces_it() -> None:
    text = "The following are complete:\n\n- The vans are back. They run.\n- A register of keys.\n"
    script = {"The vans are back.": Says("complete"), "They run.": Says("complete"), "keys": Says("complete")}
    lead = "The following are complete:"
    assert evidence(text, script) == [["The vans are back. They run.", lead], ["A register of keys.", lead]]


def test_a_sentence_that_introduces_a_list_is_no_claim_of_its_own_but_its_bullets() -> None:
    text = "The following are complete:\n\n- A register of keys.\n"
    assert matters(text, {"following": Says("complete")}) == [("complete", "A register of keys")]


def test_a_pronoun_cites_the_sentence_that_it_goes_on_from() -> None:
    text = "The vans were old. They have been replaced.\n"
    assert evidence(text, {"They have": Says("complete")}) == [
        ["They have been replaced.", "The vans were old."]
    ]
    assert matters(text, {"They have": Says("complete")}) == [("complete", "The vans")]


NAMES = [
    ("The force has rolled out new body-worn video.", "new body-worn video"),
    ("We are developing a new protocol with partners.", "a new protocol with partners"),
    ("I was pleased to learn that the training offer has been reviewed.", "the training offer"),
    ("The backlog of devices was cleared in May 2024.", "The backlog of devices"),
    ("Work is under way to refresh the training of dog handlers.", "the training of dog handlers"),
    ("Since the inspection, the vetting policy has been rewritten by the force.", "the vetting policy"),
]


@cases(("sentence", "name"), NAMES)
def test_words_of_the_sentence_name_its_matter(sentence: str, name: str) -> None:
    assert matters(sentence, {sentence: Says("in_progress", of=name)}) == [("in_progress", name)]


def test_the_encoder_chooses_between_the_heading_and_the_words_of_the_sentence() -> None:
    text = f"## Dog handling\n\n{VANS}\n"
    assert matters(text, {VANS: Says("complete", of="Dog handling")}) == [("complete", "Dog handling")]
    assert matters(text, {VANS: Says("complete", of="The vans")}) == [("complete", "The vans")]


@cases("title", ["Commissioner's response", "Progress to date", "Our response, May 2024", "2. Next steps"])
def test_the_heading_of_a_section_names_no_matter(title: str) -> None:
    assert matters(f"## {title}\n\n{VANS}\n", {VANS: Says("complete", of=title)}) == [
        ("complete", "The vans")
    ]


def test_a_title_at_the_beginning_of_a_line_names_the_matter_and_says_nothing() -> None:
    script = {"Cells": Says("planned"), "painted": Says("complete", of="Cells")}
    assert matters("**Cells.** All have been painted.\n", script) == [("complete", "Cells")]
    assert matters("Cold cells. All have been painted.\n", {**script, "painted": Says("complete")}) == [
        ("complete", "Cold cells")
    ]


def test_an_answer_of_one_word_is_no_title() -> None:
    assert matters(f"{ITEM}Agreed. The dogs are old.\n", {"Agreed": Says("accepted")}) == [
        ("accepted", "chief constables should count their dogs")
    ]


def test_a_question_is_no_status() -> None:
    assert matters("And the vans, have they been repaired?\n", {"repaired": Says("complete")}) == []


def test_who_speaks_in_a_transcript_is_no_matter() -> None:
    words = "COUNCILLOR QUILL: The vans have been repaired."
    assert matters(words, {"vans": Says("complete")}) == [("complete", "The vans")]


def test_a_legend_is_no_status() -> None:
    assert matters("Blue = closed by HMICFRS.\n", {"Blue": Says("closed")}) == []


def test_the_parts_of_a_sentence_can_say_different_things() -> None:
    words = "The heating has been repaired, but the windows are still broken."
    script = {words: [Says("complete", of="The heating"), Says("in_progress", of="the windows")]}
    assert matters(words, script) == [("complete", "The heating"), ("in_progress", "the windows")]


def test_things_that_work_is_to_improve_are_matters_each() -> None:
    words = "There is still work under way to improve the kennels and broaden the use of leads."
    assert matters(words, {words: Says("in_progress")}) == [
        ("in_progress", "the kennels"),
        ("in_progress", "the use of leads"),
    ]


COUNTS = [
    "17 are pending sign-off.",
    "Of the 22 recommendations, 14 have been completed.",
    "Nine of the eleven areas for improvement are closed.",
    "Most of them have been completed.",
]


@cases("sentence", COUNTS)
def test_a_count_is_no_matter(sentence: str) -> None:
    assert matters(sentence, {sentence: Says("complete")}) == []


def test_all_of_the_recommendations_are_a_matter() -> None:
    words = "All of the recommendations have been accepted."
    assert matters(words, {words: Says("accepted")}) == [("accepted", "All of the recommendations")]


def test_an_answer_is_about_the_item_that_it_answers() -> None:
    (claim,) = read(f"{ITEM}The dogs are being counted.\n", {"counted": Says("in_progress")})[1]
    assert (claim.kind, claim.number, claim.status) == (MatterKind.RECOMMENDATION, "4", Status.IN_PROGRESS)
    assert (claim.due, claim.addressee) == ("2024-05-31", "chief constables")


def test_what_a_recommendation_asks_is_not_read() -> None:
    assert matters(ITEM, {"should count": Says("complete")}) == []


def test_a_plan_in_place_is_work_begun_unless_a_plan_was_asked_for() -> None:
    words = "An action plan has been drawn up."
    asked = ITEM.replace("count their dogs", "have a plan for their dogs")
    assert [status for status, _ in matters(ITEM + words, {words: Says("complete")})] == ["in_progress"]
    assert [status for status, _ in matters(asked + words, {words: Says("complete")})] == ["complete"]


def test_who_speaks_and_when_stay_what_the_document_shows() -> None:
    text = (
        "Report published: 6 June 2023\n\nThe Chief Constable tells me that the vans have been repaired.\n\n"
        "HMICFRS closed the cause of concern about vans on 3 May 2024.\n\n"
        "The kennels will open by June 2025.\n"
    )
    script = {"tells me": Says("complete"), "closed": Says("closed"), "will open": Says("planned")}
    claims = read(text, script)[1]
    assert [(claim.said_by, claim.due) for claim in claims] == [
        (Speaker.FORCE, None),
        (Speaker.INSPECTORATE, None),
        (Speaker.COMMISSIONER, "2025-06"),
    ]
    assert claims[1].as_of == "2024-05-03"


def test_the_inspectorates_own_pages_claim_only_what_it_closed() -> None:
    text = (
        "# Report on an inspection visit to Netherby Police\n\nPublished on: 19 September 2023\n\n"
        "HMICFRS inspected the force. We found that vans were old. Training has been delivered.\n\n"
        "HMICFRS has closed the cause of concern about vans.\n"
    )
    script = {"delivered": Says("complete"), "has closed": Says("closed")}
    claims = read(text, script, "hmicfrs-netherby-report.md")[1]
    assert [claim.status for claim in claims] == [Status.CLOSED]


TRACKER = (
    "| No. | Recommendation | Status | Progress |\n|---|---|---|---|\n"
    "| 1 | Train dog handlers | Amber | All were trained. |\n"
    "| 2 | Repair vans | Green | Eight of nine run. |\n| 3 | Build kennels | With the architect | - |\n"
)


def test_a_column_of_statuses_wins_over_the_words_beside_it() -> None:
    assert ("in_progress", "Train dog handlers") in matters(TRACKER, {"All were": Says("complete")})


def test_green_without_a_legend_means_what_the_row_says() -> None:
    assert ("complete", "Repair vans") in matters(TRACKER, {})
    assert ("in_progress", "Repair vans") in matters(TRACKER, {"Eight": Says("in_progress")})


def test_words_that_are_no_known_status_are_read() -> None:
    assert ("planned", "Build kennels") in matters(TRACKER, {"architect": Says("planned")})


def test_a_table_whose_columns_are_not_known_is_read_by_its_words() -> None:
    table = (
        "| | What they saw | What became of it |\n|---|---|---|\n| x | Dogs unled | On leads since May |\n"
        "| y | Cold vans | We look into it |\n"
    ).replace("| | What", "| Ref | What", 1)
    script = {"On leads": Says("complete"), "look into": Says("under_consideration")}
    assert matters(table, script) == [("complete", "Dogs unled"), ("under_consideration", "Cold vans")]


def test_an_endless_sentence_says_nothing() -> None:
    assert matters("the force has " * 20_000, {"the force has": Says("complete")}) == []


def test_a_sentence_is_asked_about_further_only_where_it_may_say_something() -> None:
    scorer = ScriptedScorer({VANS: Says("complete")})
    document, passages = read_words(
        "netherby.md", f"{HEAD}{VANS} The kennels are cold and the yard is wet.\n"
    )
    StatusReader(scorer, LIMITS).claims(document, passages)
    assert {case.first for case in scorer.read if case.sentence == VANS} == {"", "The vans"}
    assert {case.first for case in scorer.read if "kennels" in case.sentence} == {""}


def test_the_fingerprint_tells_the_encoder_and_the_limits() -> None:
    one, other = scripted({}), StatusReader(ScriptedScorer({}, "scripted 2"), LIMITS)
    assert len({one.fingerprint, other.fingerprint}) == 2
