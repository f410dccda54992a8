"""From a question to an answer, on a real catalogue and real vectors over a few documents."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from askpcc.adapters.catalogue import SqlCatalogue
from askpcc.asking.answering import Answerer
from askpcc.errors import IndexMissing, QuestionError
from askpcc.model import (
    Answer,
    Document,
    Reason,
    Status,
)
from askpcc.ports import Embedder
from support.answered_corpus import DOCUMENTS
from support.cases import cases
from support.small_index import WordEmbedder
from support.whole_flow import WholeFlow, asserted, cited, first_status, quoted

CUSTODY, UPDATE = "borsetshire-custody-2024.md", "borsetshire-custody-update-2025.md"
MIDSOMER, WESSEX = "midsomer-firearms-2023.md", "wessex-on-sea-firearms-2023.md"


@pytest.fixture(scope="module")
def flow(tmp_path_factory: pytest.TempPathFactory) -> WholeFlow:
    """Return the documents, indexed with an embedder that needs no model."""
    made = WholeFlow(tmp_path_factory.mktemp("answering"), WordEmbedder())
    for path, text in DOCUMENTS.items():
        made.write(path, text)
    assert not made.run().failed
    return made


@pytest.fixture(scope="module")
def answerer(flow: WholeFlow) -> Iterator[Answerer]:
    """Open the flow once for all questions."""
    with flow.open_answerer() as opened:
        yield opened


@pytest.fixture
def bundled_flow(tmp_path: Path, bundled_embedder: Embedder) -> WholeFlow:
    """Return the two documents that say the same, indexed with the real model."""
    made = WholeFlow(tmp_path, bundled_embedder)
    for path in ("felpersham-stalking-2024.md", "loamshire-stalking-2024.md"):
        made.write(path, DOCUMENTS[path])
    made.run()
    return made


def ask(answerer: Answerer, question: str, *history: str) -> Answer:
    return answerer.answer(question, history).answer


STATUSES = [
    ("has the heating of the cells been repaired in borsetshire", Status.COMPLETE, "has now been repaired"),
    ("is the first aid training in borsetshire done", Status.PLANNED, "will begin in July 2024"),
    ("did the borsetshire chief accept the strip search log", Status.NOT_ACCEPTED, "does not accept"),
    ("borsetshire custody rec 4 on strip searches", Status.NOT_ACCEPTED, "does not accept"),
    (
        "has midsomer recruited a second enquiry officer",
        Status.COMPLETE,
        "enquiry officer has been recruited",
    ),
    ("is the midsomer permits backlog cleared", Status.IN_PROGRESS, "stands at 212"),
    ("wessex-on-sea backlog of permits - finished?", Status.IN_PROGRESS, "88 are left"),
    ("has loamshire drawn up its register of stalking orders", Status.IN_PROGRESS, "is being drawn up"),
]


@cases(("question", "status", "words"), STATUSES)
def test_a_status_comes_first_with_its_words(
    answerer: Answerer, question: str, status: Status, words: str
) -> None:
    answer = ask(answerer, question)
    assert (answer.reason, first_status(answer)) == (None, status)
    assert words in " ".join(answer.statements[0].citations[0].quote.split())


def test_a_bullet_is_cited_with_the_sentence_that_gives_its_status(answerer: Answerer) -> None:
    answer = ask(answerer, "has midsomer recruited a second enquiry officer")
    assert [citation.quote for citation in answer.statements[0].citations] == [
        "A second enquiry officer has been recruited.",
        "I am pleased to report that the following have been completed:",
    ]


def test_a_status_says_who_says_so_and_as_of_when(answerer: Answerer) -> None:
    answer = ask(answerer, "did the borsetshire chief accept the strip search log")
    assert answer.statements[0].text == "Not accepted, says the force, as of 3 May 2024 (response dated)"


def test_the_newest_document_comes_first_and_the_older_one_is_called_earlier(answerer: Answerer) -> None:
    answer = ask(answerer, "is the contract with nurses completed in borsetshire")
    stated = [statement for statement in answer.statements if statement.status]
    assert [(made.status, made.citations[0].document) for made in stated] == [
        (Status.COMPLETE, UPDATE),
        (Status.IN_PROGRESS, CUSTODY),
    ]
    assert [made.text.startswith("Earlier:") for made in stated] == [False, True]


def test_a_list_states_each_open_matter_and_what_it_does_not_cover(answerer: Answerer) -> None:
    answer = ask(answerer, "which midsomer firearms matters are outstanding")
    assert {statement.status for statement in answer.statements if statement.matter} == {Status.IN_PROGRESS}
    assert "permits" in quoted(answer)
    assert "doctors" in quoted(answer)
    assert "recruited" not in quoted(answer)
    assert "outstanding" in answer.verdict


FACTS = [
    ("how many permits are in the midsomer backlog", "212"),
    ("trumptonshire cameras installation - finished?", "under way"),
    ("who signed the midsomer response", "Ottoline Mudge"),
    ("when was the borsetshire custody response sent", "3 May 2024"),
    ("what's the deadline for the midsomer response", "4 December 2023"),
    ("when was the wessex-on-sea report published", "12 September 2023"),
    ("national or local recs for midsomer", "Local"),
    ("was midsomer quoted", "Force quoted: no"),
]


@cases(("question", "words"), FACTS)
def test_a_fact_is_answered_from_the_words(answerer: Answerer, question: str, words: str) -> None:
    assert words in asserted(ask(answerer, question))


UNSURE = [
    ("who leads the first aid training in borsetshire", "Superintendent Otto Teal"),
    ("what is the engage phase", "the enhanced phase"),
]


@cases(("question", "words"), UNSURE)
def test_what_the_reader_is_not_sure_of_is_shown_as_the_nearest(
    answerer: Answerer, question: str, words: str
) -> None:
    answer = ask(answerer, question)
    assert (answer.reason, answer.statements) == (Reason.DOCUMENT_SILENT, ())
    assert any(words in citation.quote for citation in answer.nearest)


def test_a_comparison_cites_both_sides(answerer: Answerer) -> None:
    answer = ask(answerer, "compare the backlog of permits in midsomer and wessex-on-sea")
    assert {citation.document for citation in cited(answer)} == {MIDSOMER, WESSEX}
    assert "212" in quoted(answer)
    assert "88" in quoted(answer)


def test_all_done_is_corrected(answerer: Answerer) -> None:
    answer = ask(answerer, "so all of the borsetshire custody recs are complete right")
    assert first_status(answer) in {Status.IN_PROGRESS, Status.PLANNED}


THREADS = [
    (
        ["has loamshire drawn up its register of stalking orders"],
        "and felpersham?",
        "felpersham-stalking-2024.md",
    ),
    (["is the midsomer permits backlog cleared"], "and wessex-on-sea", WESSEX),
    (["is the midsomer permits backlog cleared"], "how many are there", MIDSOMER),
    (["is the first aid training in borsetshire done"], "who owns it", CUSTODY),
    (["is the first aid training in borsetshire done"], "when does it start", CUSTODY),
    (["is the contract with nurses completed in borsetshire"], "since when", UPDATE),
    (
        ["who signed the midsomer response", "is the permits backlog cleared"],
        "and the register of doctors",
        MIDSOMER,
    ),
]


@cases(("history", "question", "document"), THREADS)
def test_a_follow_up_stays_with_the_thread(
    answerer: Answerer, history: Sequence[str], question: str, document: str
) -> None:
    answer = ask(answerer, question, *history)
    assert (answer.reason, {citation.document for citation in cited(answer)}) == (None, {document})


FOLLOW_UPS = [
    ("who owns it", "Otto Teal", "is the first aid training in borsetshire done"),
    ("since when", "2 December 2024", "is the contract with nurses completed in borsetshire"),
    ("and the register of doctors?", "register of doctors", "is the midsomer permits backlog cleared"),
]


@cases(("question", "words", "earlier"), FOLLOW_UPS)
def test_a_follow_up_finds_what_it_asks_for(
    answerer: Answerer, question: str, words: str, earlier: str
) -> None:
    assert words in quoted(ask(answerer, question, earlier))


def test_a_force_without_a_document_is_said_to_have_none(answerer: Answerer) -> None:
    answer = ask(answerer, "has Tillingford Police repaired the heating of its cells")
    assert (answer.reason, answer.statements) == (Reason.NO_SUCH_DOCUMENT, ())
    assert "Tillingford Police" in answer.note


@cases("question", ["borsetshire custody rec 9", "midsomer AFI 2 - done?", "rec 77?"])
def test_a_number_that_no_document_has_is_said_to_be_missing(answerer: Answerer, question: str) -> None:
    answer = ask(answerer, question)
    assert (answer.reason, answer.statements) == (Reason.DOCUMENT_SILENT, ())


SILENT = [
    "have the thin blankets been sorted in borsetshire",
    "when will midsomer finish the permits backlog",
    "what did the heating cost in borsetshire in pounds",
    "who keeps the register of doctors in midsomer",
]


@cases("question", SILENT)
def test_hopes_findings_and_what_is_not_said_state_no_status(answerer: Answerer, question: str) -> None:
    answer = ask(answerer, question)
    assert {statement.status for statement in answer.statements} <= {None, Status.NOT_STATED}


def test_a_pledge_is_not_met_by_something_else(answerer: Answerer) -> None:
    answer = ask(answerer, "has the pledge that no child will be cold been met in borsetshire")
    assert {statement.status for statement in answer.statements} <= {None, Status.NOT_STATED}


def test_an_attachment_is_said_not_to_be_held(answerer: Answerer) -> None:
    answer = ask(answerer, "list the full answers on trumptonshire roads")
    assert answer.reason is Reason.DOCUMENT_SILENT
    assert "not held" in answer.note


def test_an_answer_that_abstains_offers_the_nearest_words(answerer: Answerer) -> None:
    answer = ask(answerer, "when will midsomer finish the permits backlog")
    assert answer.abstained
    assert [citation.document for citation in answer.nearest] == [MIDSOMER, MIDSOMER]


def test_a_number_that_several_documents_have_is_asked_back(answerer: Answerer) -> None:
    answer = ask(answerer, "is rec 2 done")
    assert (answer.reason, answer.statements) == (Reason.UNSAFE_TO_GUESS, ())
    assert all(force in answer.note for force in ("Felpersham Police", "Loamshire Police"))


def test_a_number_of_a_force_with_one_document_that_has_it_is_answered(answerer: Answerer) -> None:
    answer = ask(answerer, "loamshire rec 2 on stalking orders, done?")
    assert first_status(answer) is Status.IN_PROGRESS


@cases("number", [1, 3, 4])
def test_a_number_and_a_force_are_enough(answerer: Answerer, number: int) -> None:
    assert first_status(ask(answerer, f"borsetshire rec {number} done?")) is not None


def test_who_holds_an_office_now_is_not_guessed(answerer: Answerer) -> None:
    answer = ask(answerer, "who is the pcc of midsomer now")
    assert (answer.reason, answer.statements) == (Reason.UNSAFE_TO_GUESS, ())


def test_what_is_outside_is_declined_without_citations(answerer: Answerer) -> None:
    answer = ask(answerer, "someone is breaking in to my house right now")
    assert (answer.reason, answer.statements, answer.nearest) == (Reason.OUT_OF_SCOPE, (), ())
    assert "999" in answer.note


HOSTILE = [
    '"heating" AND NOT cells*',
    "heating NEAR(cells, 5) OR (",
    "'; DROP TABLE passages; --",
    "heating' OR '1'='1",
    "%%heating%% _cells_",
    "<script>alert(1)</script> heating",
    "**heating** of the [cells](http://example.invalid)",
    "heating\x00of\x1bcells",
    "heating \u202eslleC\u202c \u200bcells",
    "{{heating}} ${cells} $(id) `id`",
    "heating " * 200,
    "document:borsetshire heating",
    "-- heating /* cells */",
    "\\heating\\ ^cells^ {cells}",
    "heating cells \U0001f525",
]


@cases("question", HOSTILE)
def test_syntax_is_words(answerer: Answerer, question: str) -> None:
    assert {citation.document for citation in cited(ask(answerer, question))} <= set(DOCUMENTS)


@cases("question", HOSTILE)
def test_hostile_words_in_the_thread_do_no_harm(answerer: Answerer, question: str) -> None:
    answer = ask(answerer, "has the heating of the cells been repaired in borsetshire", question)
    assert first_status(answer) is Status.COMPLETE


@cases("question", ["", "  ", "?!", "x" * 10_000, "есть ли отопление в камерах", "暖房は直りましたか"])
def test_what_is_no_question_is_refused(answerer: Answerer, question: str) -> None:
    with pytest.raises(QuestionError):
        ask(answerer, question)


ALL_ASKED = [
    *(question for question, *_ in STATUSES),
    *(question for question, _ in FACTS),
    *SILENT,
    "which midsomer firearms matters are outstanding",
    "is rec 2 done",
]


@cases("question", ALL_ASKED)
def test_every_citation_is_the_document_s_own_words(answerer: Answerer, question: str) -> None:
    answer = ask(answerer, question)
    every = [*cited(answer), *answer.nearest]
    assert [c.quote for c in every] == [c.span.of(DOCUMENTS[c.document]) for c in every]


@cases("question", ALL_ASKED)
def test_no_answer_but_a_list_has_more_than_five_citations(answerer: Answerer, question: str) -> None:
    assert len(cited(ask(answerer, question))) <= 5


def test_the_same_question_has_the_same_answer(flow: WholeFlow, answerer: Answerer) -> None:
    with flow.open_answerer() as other:
        again = [ask(other, question) for question in reversed(ALL_ASKED)][::-1]
    assert [ask(answerer, question) for question in ALL_ASKED] == again


def test_an_answer_names_the_index_it_came_from(flow: WholeFlow, answerer: Answerer) -> None:
    with flow.open_catalogue() as catalogue:
        assert ask(answerer, "is rec 2 done").index_version == catalogue.index_version()


def test_what_an_answer_was_chosen_from_comes_with_it(answerer: Answerer) -> None:
    answered = answerer.answer("has the heating of the cells been repaired in borsetshire")
    assert answered.ranked[0].score >= answered.ranked[-1].score
    assert 0 < answered.confidence <= 1
    assert answered.milliseconds >= 0


class Tampered(SqlCatalogue):
    """A catalogue in which a word of the stored texts has been replaced behind the index's back."""

    def __init__(self, path: Path, old: str, new: str) -> None:
        super().__init__(path)
        self._swap = (old, new)

    def document(self, path: str, version: str | None = None) -> Document:
        """Return the document with another word in it."""
        found = super().document(path, version)
        return replace(found, text=found.text.replace(*self._swap))


def ask_tampered(flow: WholeFlow, question: str, old: str, new: str) -> Answer:
    catalogue = Tampered(flow.settings.index / "catalogue.sqlite", old, new)
    with flow.open_answerer(wrap=lambda _: catalogue) as answerer:
        answer = answerer.answer(question).answer
    catalogue.close()
    return answer


COMPARED = "compare the backlog of permits in midsomer and wessex-on-sea"


def test_a_citation_that_no_longer_verifies_is_withheld_and_said_so(flow: WholeFlow) -> None:
    answer = ask_tampered(flow, COMPARED, "stands at 212", "stands at 999")
    assert answer.withheld == 1
    assert "212" not in asserted(answer)
    assert "999" not in asserted(answer)
    assert "88 are left" in quoted(answer)


def test_words_that_moved_within_their_document_are_withheld(flow: WholeFlow) -> None:
    whole, moved = (
        ask_tampered(flow, COMPARED, "under way on", new) for new in ("under way on", "well under way on")
    )
    assert (whole.withheld, moved.withheld > 0) == (0, True)


def test_nothing_that_does_not_verify_is_offered_as_nearest(flow: WholeFlow) -> None:
    answer = ask_tampered(
        flow, "when will midsomer finish the permits backlog", "stands at 212", "stands at 999"
    )
    assert "212" not in " ".join(citation.quote for citation in answer.nearest)


WHOLLY = ("who leads the first aid training in borsetshire", "Otto Teal", "Sam Eagle")


def test_an_answer_of_which_nothing_verifies_asserts_nothing(flow: WholeFlow) -> None:
    answer = ask_tampered(flow, *WHOLLY)
    assert "Teal" not in asserted(answer)
    assert "Eagle" not in asserted(answer)


def test_an_abstaining_answer_tells_what_it_withheld(flow: WholeFlow) -> None:
    answer = ask_tampered(flow, "has midsomer recruited a second enquiry officer", "e", "E")
    assert (answer.statements, answer.withheld > 0) == ((), True)


def test_which_force_is_meant_is_asked_back_where_two_say_the_same(bundled_flow: WholeFlow) -> None:
    answer = bundled_flow.ask("is the register of stalking orders finished")
    assert (answer.reason, answer.statements) == (Reason.UNSAFE_TO_GUESS, ())
    assert "Felpersham Police" in answer.note
    assert "Loamshire Police" in answer.note


WIDER = [
    pytest.param(
        "are the people in tillingford whose vetting had run out vetted again",
        "have been vetted again",
        id="whose is not who",
    ),
    pytest.param(
        "how many temporary permits were open in trumptonshire",
        "212 temporary permits",
        id="open is no status here",
    ),
]


@cases(("question", "words"), WIDER)
def test_a_question_over_the_test_corpus_finds_its_words(
    whole_corpus: WholeFlow, question: str, words: str
) -> None:
    assert words in quoted(whole_corpus.ask(question))


def test_a_missing_index_is_told(tmp_path: Path) -> None:
    flow = WholeFlow(tmp_path, WordEmbedder())
    with pytest.raises(IndexMissing), flow.open_answerer() as answerer:
        answerer.answer("is rec 2 done")


def test_an_empty_shelf_is_answered_with_nothing(tmp_path: Path) -> None:
    flow = WholeFlow(tmp_path, WordEmbedder())
    flow.write("a.md", "# Dogs\n\nKennels are full.\n")
    flow.run()
    answer = flow.ask("has the heating of the cells been repaired")
    assert (answer.abstained, answer.statements) == (True, ())


def test_a_run_of_the_index_is_seen_at_the_next_question(tmp_path: Path) -> None:
    flow = WholeFlow(tmp_path, WordEmbedder())
    flow.write(CUSTODY, DOCUMENTS[CUSTODY])
    flow.run()
    question = "has the heating of the cells been repaired in borsetshire"
    with flow.open_answerer() as answerer:
        before = ask(answerer, question)
        flow.write(CUSTODY, DOCUMENTS[CUSTODY].replace("has now been repaired", "will be repaired"))
        flow.run()
        after = ask(answerer, question)
    assert first_status(before) is Status.COMPLETE
    assert any("will be repaired" in citation.quote for citation in [*cited(after), *after.nearest])
    assert before.index_version != after.index_version
