"""A language model writes: what its sentences prove reaches the answer, nothing else of it does."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from langchain_core.messages import AIMessage

from askpcc.adapters.chat_model import FileBudget, LangChainModel, Unlimited, read_prompts
from askpcc.asking.answering import Answered, Answerer
from askpcc.asking.composing import Composer
from askpcc.errors import ModelError
from askpcc.model import Status
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


def say(*statements: tuple[str, str] | tuple[str, str, str], extra: tuple[int, ...] = ()) -> Line:
    """Return a line that states each text on the sentence that begins so, with a status where given."""

    def answer(prompt: str) -> Line:
        shown = json.loads(prompt[prompt.index('{"question"') :].splitlines()[0])
        return json.dumps(
            {
                "statements": [
                    {
                        "text": text,
                        "sentences": [
                            *(
                                one["number"]
                                for one in shown["sentences"]
                                if begins and one["words"].startswith(begins)
                            ),
                            *extra,
                        ],
                        "status": status[0] if status else None,
                    }
                    for text, begins, *status in statements
                ],
                "not_stated": not statements,
            }
        )

    return answer


TRUE = "The training of detention officers will begin in July 2024."
REST = "The training will begin"


def test_a_proved_statement_is_told_with_its_citation(flow: WholeFlow) -> None:
    with wire(flow, say(("The training will begin in July 2024.", REST))) as wired:
        answered = wired.ask(TRAINING)
    shown = as_text(answered.answer)
    assert shown.startswith("The training will begin in July 2024 (Borsetshire Police)\n\n")
    assert "“The training will begin in July 2024.” [1]" in shown
    assert answered.writer == "scripted:lines v1"
    assert not answered.answer.withheld


def test_tokens_and_time_are_told(flow: WholeFlow) -> None:
    with wire(flow, say(("The training will begin in July 2024.", REST))) as wired:
        answered = wired.ask(TRAINING)
    assert (answered.spent.read, answered.spent.written) == (700, 60)
    assert "700 tokens read, 60 written" in format_explanation(answered)


def test_a_status_stays_first_with_who_says_so_and_as_of_when(flow: WholeFlow) -> None:
    lines = say(("A second enquiry officer has been recruited.", "A second enquiry", "complete"))
    with wire(flow, lines) as wired:
        answered = wired.ask(OFFICER)
    without = flow.ask(OFFICER)
    assert first_status(answered.answer) == first_status(without) == Status.COMPLETE
    assert answered.answer.statements[0].text.startswith(without.statements[0].text)


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
    without = flow.ask(question)
    assert answered.answer.statements == without.statements
    assert answered.answer.withheld == 1
    assert "withheld" in as_text(answered.answer)
    assert answered.writer == "quoting"


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


def test_not_stated_leaves_the_quotations_and_says_so(flow: WholeFlow) -> None:
    with wire(flow, say()) as wired:
        answered = wired.ask(TRAINING)
    assert answered.answer.statements == flow.ask(TRAINING).statements
    assert "finds no answer" in answered.answer.note


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
    shown = json.loads(wired.script.sent[0].splitlines()[-1])
    assert 0 < len(shown["sentences"]) <= 16
    assert all(
        len(text) > len(wired.script.sent[0]) or text not in wired.script.sent[0]
        for text in DOCUMENTS.values()
    )


def test_names_of_people_stay_here_when_they_are_to_be_hidden(flow: WholeFlow) -> None:
    question = "Who leads the training of detention officers in Borsetshire?"
    with wire(flow, say(), hides_names=True) as wired:
        answered = wired.ask(question)
    sent = " ".join(wired.script.sent)
    assert "Superintendent (name) leads" in sent
    assert not any(name in sent for name in ("Otto", "Teal", "Perpetua", "Quill"))
    assert "Otto Teal" in asserted(answered.answer)


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
