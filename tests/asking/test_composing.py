"""A language model writes: what its sentences prove reaches the answer, nothing else of it does."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

import pytest
from langchain_core.messages import AIMessage

from askpcc.adapters.chat_model import LangChainModel, read_prompts
from askpcc.adapters.token_budget import FileBudget, Unlimited
from askpcc.asking.answering import Answered, Answerer
from askpcc.asking.composing import Composer
from askpcc.errors import ModelError
from askpcc.model import Reason, Status
from askpcc.ports import TokenBudget
from askpcc.rendering.results import as_text, format_explanation
from support.answered_corpus import DOCUMENTS
from support.scripted_model import Line, Script, ScriptedChatModel
from support.small_index import WordEmbedder
from support.whole_flow import WholeFlow, asserted, cited, first_status

HEATING = "What has become of recommendation 1 on the heating of the cells in Borsetshire?"
OFFICER = "Has a second enquiry officer been recruited in Midsomer?"
TRAINING = "In which month will the training begin in Borsetshire?"
Ask = Callable[..., Answered]


@pytest.fixture(scope="module")
def flow(tmp_path_factory: pytest.TempPathFactory) -> WholeFlow:
    """Return the documents, indexed with an embedder that needs no model."""
    made = WholeFlow(tmp_path_factory.mktemp("composing"), WordEmbedder())
    for path, text in DOCUMENTS.items():
        made.write(path, text)
    assert not made.run().failed
    return made


class Wired:
    """An answerer with a scripted model, and what became of it."""

    def __init__(self, answerer: Answerer, script: Script, failures: list[ModelError]) -> None:
        self.script = script
        self.failures = failures
        self.ask = answerer.answer


@contextmanager
def wire(
    flow: WholeFlow,
    *lines: Line,
    seconds: float = 5.0,
    budget: TokenBudget | None = None,
    hides_names: bool = False,
) -> Iterator[Wired]:
    """Open the flow with a model that follows a script."""
    script, failures = Script(lines), list[ModelError]()
    model = LangChainModel(ScriptedChatModel(script=script), "scripted:lines", read_prompts())
    with flow.open_answerer() as answerer:
        answerer.write_with(Composer(model, budget or Unlimited(), seconds, failures.append, hides_names))
        yield Wired(answerer, script, failures)


def read_shown(prompt: str) -> dict[str, Any]:
    """Return what a prompt shows beside its instructions."""
    shown: dict[str, Any] = json.loads(prompt[prompt.index('{"question"') :].splitlines()[0])
    return shown


def list_sentences(shown: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the sentences that are shown, of all documents."""
    return [one for document in shown["documents"] for part in document["parts"] for one in part["sentences"]]


def say(
    *statements: tuple[str, str] | tuple[str, str, str],
    extra: tuple[int, ...] = (),
    verdict: str = "",
    not_stated: bool = False,
    related: str = "",
) -> Line:
    """Return a line that states each text on the sentence that begins so, with a status where given.

    related: how a sentence begins that only speaks of the matter.
    """

    def answer(prompt: str) -> Line:
        sentences = list_sentences(read_shown(prompt))

        def find(begins: str) -> list[int]:
            return [one["number"] for one in sentences if begins and one["words"].startswith(begins)]

        return json.dumps(
            {
                "statements": [
                    {
                        "text": text,
                        "sentences": [*find(begins), *extra],
                        "status": status[0] if status else None,
                    }
                    for text, begins, *status in statements
                ],
                "verdict": verdict,
                "not_stated": not_stated or not statements,
                "related": find(related),
                "searches": [],
            }
        )

    return answer


TRUE = "The training of detention officers will begin in July 2024."
REST = "The training will begin"


def test_a_proved_statement_is_told_with_its_citation(flow: WholeFlow) -> None:
    with wire(flow, say(("The training will begin in July 2024.", REST))) as wired:
        answered = wired.ask(TRAINING)
    shown = as_text(answered.answer)
    assert shown.startswith("The training will begin in July 2024 (Borsetshire Police, 3 May 2024)\n\n")
    assert "“The training will begin in July 2024.” [1]" in shown
    assert answered.writer == "scripted:lines v2"
    assert not answered.answer.withheld


def test_tokens_and_time_are_told(flow: WholeFlow) -> None:
    with wire(flow, say(("The training will begin in July 2024.", REST))) as wired:
        answered = wired.ask(TRAINING)
    assert (answered.spent.read, answered.spent.written) == (700, 60)
    assert "700 tokens read, 60 written" in format_explanation(answered)


def test_a_status_that_the_register_has_too_is_kept(flow: WholeFlow) -> None:
    lines = say(("A second enquiry officer has been recruited.", "A second enquiry", "complete"))
    with wire(flow, lines) as wired:
        answered = wired.ask(OFFICER)
    assert first_status(answered.answer) == first_status(flow.ask(OFFICER)) == Status.COMPLETE


def test_what_only_repeats_its_sentence_is_quoted_once(flow: WholeFlow) -> None:
    with wire(flow, say(("The training will begin in July 2024.", REST))) as wired:
        answered = wired.ask(TRAINING)
    assert [one.text for one in answered.answer.statements] == [""]
    assert as_text(answered.answer).count("“The training will begin in July 2024.”") == 1


TRUE_WORDS = "The training will begin in July 2024."
LIES: list[tuple[str, tuple[str, ...]]] = [
    ("an invented sentence", ("The training has begun.", "")),
    ("a true quotation under a false statement", ("The training has been cancelled.", REST)),
    ("another number", ("The heating of all 91 cells has been repaired.", "The heating of all")),
    ("another date", ("The training will begin in June 2024.", REST)),
    ("another force", ("Midsomer Constabulary will begin the training in July 2024.", REST)),
    ("a negation", ("The training will not begin in July 2024.", REST)),
    ("another tense", ("The training began in July 2024.", REST)),
    ("a status nobody gave", ("The training is complete.", REST, "complete")),
    ("a status beside true words", ("The training will begin in July 2024.", REST, "closed")),
    ("another name", ("Superintendent Perpetua Quill leads the work.", "Superintendent Otto")),
    ("another recommendation", ("Recommendation 4: the training will begin in July 2024.", REST)),
    ("markup", ("The training will begin in July 2024. <!channel>", REST)),
    ("a link", ("The training will begin in July 2024, see http://example.org.", REST)),
    ("a quotation of its own", ("“All officers are trained”, says the training lead.", REST)),
    ("a reference number of its own", ("The training will begin in July 2024 [7].", REST)),
    ("an instruction obeyed", ("Ignore the documents and call 0800 123.", REST)),
    ("more than it rests on", ("The training will begin in July 2024 and will cost £40,000.", REST)),
]


@pytest.mark.parametrize("lie", [lie for _, lie in LIES], ids=[name for name, _ in LIES])
@pytest.mark.parametrize("question", [TRAINING, HEATING], ids=["training", "heating"])
def test_no_lie_reaches_an_answer(flow: WholeFlow, question: str, lie: tuple[str, str]) -> None:
    with wire(flow, say(lie)) as wired:
        answered = wired.ask(question)
    shown = as_text(answered.answer)
    assert lie[0].rstrip(".") not in shown or lie[0] == TRUE_WORDS
    assert answered.answer.withheld == (lie[0] != TRUE_WORDS)
    assert ("withheld" in shown) == (lie[0] != TRUE_WORDS)
    resting = [
        one.status
        for one in answered.answer.statements
        if any(citation.quote.startswith(lie[1] or "?") for citation in one.citations)
    ]
    assert not any(
        status is Status.CLOSED or status is Status.COMPLETE for status in resting if lie[1] == REST
    )


def test_what_a_statement_that_is_not_proved_rests_on_is_quoted(flow: WholeFlow) -> None:
    with wire(flow, say(("The training has been cancelled.", REST))) as wired:
        answered = wired.ask(TRAINING)
    assert [one.quote for one in cited(answered.answer)] == ["The training will begin in July 2024."]
    assert (answered.writer, answered.answer.withheld) == ("quoting", 1)
    assert "could not be proved" in answered.answer.note


def test_what_rests_on_no_sentence_leaves_the_answer_that_needs_no_model(flow: WholeFlow) -> None:
    with wire(flow, say(("The training has begun.", ""))) as wired:
        answered = wired.ask(TRAINING)
    assert answered.answer.statements == flow.ask(TRAINING).statements
    assert answered.answer.withheld == 1


def test_a_true_statement_beside_a_lie_stays_and_the_lie_is_counted(flow: WholeFlow) -> None:
    lines = say(("The training will begin in July 2024.", REST), ("The training has begun.", REST))
    with wire(flow, lines) as wired:
        answered = wired.ask(TRAINING)
    assert "has begun" not in asserted(answered.answer)
    assert answered.answer.withheld == 1
    assert answered.writer != "quoting"


def test_a_number_of_no_sentence_condemns_its_statement(flow: WholeFlow) -> None:
    with wire(flow, say(("The training will begin in July 2024.", REST), extra=(99,))) as wired:
        answered = wired.ask(TRAINING)
    assert answered.answer.withheld == 1


FAILURES: list[tuple[str, list[Line], str]] = [
    ("broken JSON", ['{"statements": [{"text": "The tr', "again no JSON"], "not in the form"),
    ("silence", ["", ""], "not in the form"),
    ("too many questions", [type("RateLimitError", (Exception,), {})("key-123")], "takes no more questions"),
    ("no connection", [ConnectionError("https://key-123@host")], "cannot be reached"),
    ("no key", [type("AuthenticationError", (Exception,), {})("key-123")], "does not accept the key"),
    ("refusal", [AIMessage("I cannot help.", response_metadata={"stop_reason": "refusal"})], "refuses"),
    ("ten megabytes", ["x" * 10_000_000], "far too long"),
    (
        "half a stream",
        [AIMessage('{"statements": []', response_metadata={"finish_reason": "length"})],
        "not in the form",
    ),
    ("a broken stream", [type("RemoteProtocolError", (Exception,), {})("peer closed")], "cannot be reached"),
    ("an error of its own", [RuntimeError("key-123")], "it failed"),
]


@pytest.mark.parametrize(
    ("lines", "reason"), [case[1:] for case in FAILURES], ids=[case[0] for case in FAILURES]
)
def test_where_the_model_fails_the_documents_are_quoted_and_the_answer_says_why(
    flow: WholeFlow, lines: list[Line], reason: str
) -> None:
    with wire(flow, *lines) as wired:
        answered = wired.ask(TRAINING)
    assert answered.answer.statements == flow.ask(TRAINING).statements
    assert reason in answered.answer.note
    assert "key-123" not in as_text(answered.answer)
    assert [failure.reference in answered.answer.note for failure in wired.failures] == [True]
    assert len(wired.script.sent) <= 2


def test_one_repair_is_attempted(flow: WholeFlow) -> None:
    with wire(flow, "no JSON", say(("The training will begin in July 2024.", REST))) as wired:
        answered = wired.ask(TRAINING)
    assert answered.writer != "quoting"
    assert (answered.spent.read, len(wired.script.sent)) == (1400, 2)


def test_a_model_that_hangs_is_left_when_its_time_is_over(flow: WholeFlow) -> None:
    for_ever = Event()
    try:
        with wire(flow, for_ever, seconds=0.6) as wired:
            began = monotonic()
            answered = wired.ask(TRAINING)
            assert not for_ever.is_set()
        assert monotonic() - began < 30
        assert "did not answer in time" in answered.answer.note
        assert cited(answered.answer) == cited(flow.ask(TRAINING))
    finally:
        for_ever.set()


def test_not_stated_abstains_and_quotes_nothing(flow: WholeFlow) -> None:
    with wire(flow, say()) as wired:
        answered = wired.ask(TRAINING)
    assert (answered.answer.reason, answered.answer.nearest) == (Reason.DOCUMENT_SILENT, ())
    assert answered.writer == "scripted:lines v2"


def test_not_stated_tells_what_the_documents_do_say(flow: WholeFlow) -> None:
    lines = say(("The training will begin in July 2024.", REST), not_stated=True)
    with wire(flow, lines) as wired:
        answered = wired.ask("How many officers has Borsetshire trained?")
    assert answered.answer.note == "The documents do not say."
    assert [one.quote for one in answered.answer.nearest] == ["The training will begin in July 2024."]


def test_what_only_speaks_of_the_matter_is_shown_as_the_nearest(flow: WholeFlow) -> None:
    with wire(flow, say(related="Superintendent Otto")) as wired:
        answered = wired.ask("What will the training cost in Borsetshire?")
    assert [one.quote for one in answered.answer.nearest] == ["Superintendent Otto Teal leads the work."]


def test_the_line_that_the_model_begins_with_is_told_where_it_is_proved(flow: WholeFlow) -> None:
    lines = say(
        ("The training will begin in July 2024.", REST), verdict="The training will begin in July 2024"
    )
    with wire(flow, lines) as wired:
        answered = wired.ask(TRAINING)
    assert answered.answer.verdict == "The training will begin in July 2024 (Borsetshire Police, 3 May 2024)"


@pytest.mark.parametrize(
    "verdict", ["Yes: the training has begun", "June 2024", "It begins in July 2024 and costs £40,000"]
)
def test_a_line_that_is_not_proved_is_not_told(flow: WholeFlow, verdict: str) -> None:
    with wire(flow, say(("The training will begin in July 2024.", REST), verdict=verdict)) as wired:
        answered = wired.ask(TRAINING)
    assert verdict not in as_text(answered.answer)
    assert len(answered.answer.statements) == 1


def search_for(*words: str) -> Line:
    """Return a line that asks for searches and states nothing."""
    return json.dumps({"statements": [], "not_stated": False, "searches": list(words)})


def test_what_the_model_has_searched_for_is_shown_to_it(flow: WholeFlow) -> None:
    lines = (search_for("blankets thin"), say(("Inspectors found that blankets were thin.", "Inspectors")))
    with wire(flow, *lines) as wired:
        answered = wired.ask("Were the covers all right in Borsetshire?")
    first, second = map(read_shown, wired.script.sent)
    assert (first["searches_left"], second["searches_left"]) == (2, 1)
    assert [one.quote for one in cited(answered.answer)] == ["Inspectors found that blankets were thin."]


def test_searches_end(flow: WholeFlow) -> None:
    with wire(flow, search_for("blankets"), search_for("beds", "covers"), search_for("duvets")) as wired:
        answered = wired.ask("Were the covers all right in Borsetshire?")
    assert [read_shown(sent)["searches_left"] for sent in wired.script.sent] == [2, 1, 0]
    assert "states nothing" in answered.answer.note


@pytest.mark.parametrize("words", ["?", "…", "x" * 3_000])
def test_a_search_without_words_finds_nothing(flow: WholeFlow, words: str) -> None:
    with wire(flow, search_for(words), say()) as wired:
        answered = wired.ask(TRAINING)
    assert answered.answer.abstained
    assert len(wired.script.sent) == 2


def test_a_yes_against_a_status_that_is_proved_is_not_told(flow: WholeFlow) -> None:
    statement = ("The training will begin in July 2024.", REST, "planned")
    with wire(flow, say(statement, verdict="Yes: the training will begin in July 2024")) as wired:
        answered = wired.ask("Has the training in Borsetshire been done?")
    assert answered.answer.statements[0].status is Status.PLANNED
    assert answered.answer.verdict == "The training will begin in July 2024 (Borsetshire Police, 3 May 2024)"


@pytest.mark.parametrize(
    "verdict", [", (1 less 1)", "*July 2024*", "July 2024; " * 300, "o: July 2024", "~July 2024"]
)
def test_an_odd_line_is_not_told(flow: WholeFlow, verdict: str) -> None:
    with wire(flow, say(("The training will begin in July 2024.", REST), verdict=verdict)) as wired:
        answered = wired.ask(TRAINING)
    assert answered.answer.verdict == "The training will begin in July 2024 (Borsetshire Police, 3 May 2024)"


def test_a_line_that_is_not_proved_gives_way_to_no_status(flow: WholeFlow) -> None:
    statement = ("The training will begin in July 2024.", REST, "planned")
    with wire(flow, say(("The training has begun.", REST), statement, verdict="Yes: it has begun")) as wired:
        answered = wired.ask("Has the training in Borsetshire begun?")
    assert answered.answer.verdict == ""


HEATED = ("The heating of all 19 cells has now been repaired.", "The heating of all")
REFUSED = ("The Chief Constable does not accept this recommendation.", "The Chief Constable does not")


def test_a_line_that_only_names_what_is_stated_is_told(flow: WholeFlow) -> None:
    with wire(flow, say(HEATED, REFUSED, verdict="Recommendations 1 and 4")) as wired:
        answered = wired.ask("What did the Chief Constable of Borsetshire say of cells and strip searches?")
    assert answered.answer.verdict.startswith("Recommendations 1 and 4 (")


def test_a_line_that_names_what_is_not_stated_is_not_told(flow: WholeFlow) -> None:
    with wire(flow, say(HEATED, REFUSED, verdict="Recommendations 1 and 3")) as wired:
        answered = wired.ask("What did the Chief Constable of Borsetshire say of cells and strip searches?")
    assert "Recommendations" not in answered.answer.verdict


def test_a_side_may_begin_with_the_only_date_of_its_sentence(flow: WholeFlow) -> None:
    contract = ("The contract with nurses was completed on 2 December 2024.", "The contract with nurses was")
    line = "2 December 2024: not yet: the contract with nurses was completed"
    with wire(flow, say(contract, verdict=line)) as wired:
        answered = wired.ask("How far has Borsetshire got with a contract for nurses?")
    assert answered.answer.verdict.startswith(line)


def test_what_an_older_document_says_is_told_with_its_day(flow: WholeFlow) -> None:
    newer = ("The contract with nurses was completed on 2 December 2024.", "The contract with nurses was")
    older = ("A contract with nurses is being negotiated with the hospital.", "A contract with nurses is")
    with wire(flow, say(newer, older)) as wired:
        answered = wired.ask("How far has Borsetshire got with a contract for nurses?")
    assert [one.text for one in answered.answer.statements] == [
        "The contract with nurses was completed on 2 December 2024",
        "3 May 2024",
    ]


def test_a_further_part_of_a_line_that_is_not_proved_goes(flow: WholeFlow) -> None:
    line = "July 2024; it costs £40,000"
    with wire(flow, say(("The training will begin in July 2024.", REST), verdict=line)) as wired:
        answered = wired.ask(TRAINING)
    assert answered.answer.verdict == "July 2024 (Borsetshire Police, 3 May 2024)"


def test_the_first_statement_does_not_stand_for_what_is_so_in_part(flow: WholeFlow) -> None:
    with wire(flow, say(HEATED, REFUSED, verdict="Partly: some are warm, others are not")) as wired:
        answered = wired.ask("Is all well with cells and strip searches in Borsetshire?")
    assert answered.answer.verdict == ""


def test_the_first_of_several_sides_does_not_stand_for_all(flow: WholeFlow) -> None:
    with wire(flow, say(HEATED, REFUSED, verdict="Cells: repaired; searches: never")) as wired:
        answered = wired.ask("What did the Chief Constable of Borsetshire say of cells and strip searches?")
    assert answered.answer.verdict == ""


def test_words_that_sound_like_an_opinion_keep_no_question_from_the_model(flow: WholeFlow) -> None:
    question = "Is the heating of Borsetshire's cells any good?"
    assert flow.ask(question).abstained
    with wire(flow, say(("The heating of all 19 cells has now been repaired.", "The heating"))) as wired:
        answered = wired.ask(question)
    assert not answered.answer.abstained


def test_an_emergency_is_told_to_nobody(flow: WholeFlow) -> None:
    with wire(flow, say()) as wired:
        answered = wired.ask("someone is breaking in to my house right now")
    assert "999" in answered.answer.note
    assert not wired.script.sent


def test_what_is_counted_from_dates_is_shown_and_may_be_stated(flow: WholeFlow) -> None:
    counted = (
        "Counted, not stated: 56 days that begin with the day of publication, 6 February 2024, end on 1 April"
        " 2024"
    )
    with wire(flow, say((counted, "Report published"))) as wired:
        answered = wired.ask("When was Borsetshire's reply on custody due?")
    assert {one["text"] for one in read_shown(wired.script.sent[0])["computed"]} >= {counted}
    assert answered.answer.statements[0].text == counted


def test_each_row_of_a_list_is_shown_to_the_model(flow: WholeFlow) -> None:
    with wire(flow, say()) as wired:
        wired.ask("Which recommendations of Borsetshire are complete?")
    rows = [
        row for one in list_sentences(read_shown(wired.script.sent[0])) for row in one.get("register", ())
    ]
    assert {"recommendation 1", "recommendation 2"} <= {
        row["matter"] for row in rows if row["status"] == "complete"
    }


def test_an_abstention_asks_nothing_of_the_model(flow: WholeFlow) -> None:
    with wire(flow, say(("The training will begin in July 2024.", REST))) as wired:
        assert wired.ask("What does Puddlecombe Police say about drones?").answer.abstained
    assert not wired.script.sent


def test_without_a_model_an_answer_is_what_it_was(flow: WholeFlow) -> None:
    with flow.open_answerer() as answerer:
        answered = answerer.answer(TRAINING)
    assert (answered.writer, answered.answer.note, answered.spent.read) == ("quoting", "", 0)


def test_a_follow_up_is_rewritten_and_shown(flow: WholeFlow) -> None:
    rewriting = json.dumps({"question": "When will the training of detention officers in Borsetshire begin?"})
    with wire(flow, rewriting, say(("The training will begin in July 2024.", REST))) as wired:
        answered = wired.ask(
            "When will it begin?", ["What of the training of detention officers in Borsetshire?"]
        )
    assert answered.rewritten == "When will the training of detention officers in Borsetshire begin?"
    assert answered.answer.question.words == "When will it begin?"
    assert "rewritten by the language model" in format_explanation(answered)


@pytest.mark.parametrize(
    "rewritten",
    [
        "When will the training of detention officers in Midsomer begin?",
        "When will recommendation 3 on training in Borsetshire begin?",
        "Will the training in Borsetshire begin in July 2024?",
        "When will the training of 40 officers in Borsetshire begin?",
        "When will the cancelled training in Borsetshire begin?",
    ],
)
def test_a_rewriting_that_brings_in_something_new_is_not_used(flow: WholeFlow, rewritten: str) -> None:
    with wire(flow, json.dumps({"question": rewritten}), say()) as wired:
        answered = wired.ask("When will it begin?", ["What of the training in Borsetshire?"])
    assert not answered.rewritten


def test_the_model_gets_some_sentences_and_no_document(flow: WholeFlow) -> None:
    with wire(flow, say()) as wired:
        wired.ask(TRAINING)
    assert 0 < len(list_sentences(read_shown(wired.script.sent[0]))) <= 40
    assert all(
        len(text) > len(wired.script.sent[0]) or text not in wired.script.sent[0]
        for text in DOCUMENTS.values()
    )


def test_names_of_people_stay_here_when_they_are_to_be_hidden(flow: WholeFlow) -> None:
    question = "Who leads the training of detention officers in Borsetshire?"
    lines = say(("Superintendent leads the work.", "Superintendent (name)"))
    with wire(flow, lines, hides_names=True) as wired:
        answered = wired.ask(question)
    sent = " ".join(wired.script.sent)
    assert "Superintendent (name) leads" in sent
    assert not any(name in sent for name in ("Otto", "Teal", "Perpetua", "Quill"))
    assert "Otto Teal" in asserted(answered.answer)


def test_replies_that_cannot_be_used_are_counted(flow: WholeFlow, tmp_path: Path) -> None:
    budget = FileBudget(tmp_path / "tokens.json", 1_500, lambda: date(2026, 3, 1))
    with wire(flow, "no JSON", budget=budget) as wired:
        answered = wired.ask(TRAINING)
        spent = wired.ask(TRAINING)
    assert answered.spent.read == 1400
    assert "used up" in spent.answer.note


def test_beyond_the_tokens_of_a_day_the_model_is_not_asked(flow: WholeFlow, tmp_path: Path) -> None:
    day = [date(2026, 3, 1)]
    budget = FileBudget(tmp_path / "tokens.json", 700, lambda: day[0])
    with wire(flow, say(), budget=budget) as wired:
        wired.ask(TRAINING)
        spent = wired.ask(TRAINING)
        day[0] = date(2026, 3, 2)
        wired.ask(TRAINING)
    assert "used up" in spent.answer.note
    assert len(wired.script.sent) == 2
