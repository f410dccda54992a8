"""A language model reads for the register: each portion once, within a budget, and only what is borne out."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from askpcc.adapters.caches import SqliteReadingStore
from askpcc.adapters.token_budget import Unlimited
from askpcc.errors import ModelError
from askpcc.indexing.register_reading import Hide, ModelReader, hide_nothing
from askpcc.model import Document, StatusClaim
from askpcc.ports import TokenBudget
from askpcc.statuses.claim_check import load_claim_check
from support.register_models import SPENT, Reads, ScriptedModel
from support.scripted_reader import Says, ScriptedScorer, scripted
from support.status_cases import read_words

VANS, DOGS = "The vans have been repaired.", "The kennels will be painted in May."
TEXT = f"# Netherby Police: the Commissioner's response\n\n## Vans\n\n{VANS}\n\n## Kennels\n\n{DOGS}\n"
SAYS = {VANS: Says("complete"), DOGS: Says("planned")}
SCRIPT = {VANS: Reads("complete", "The vans"), DOGS: Reads("planned", "The kennels")}
LONG = "".join(f"## Part {n}\n\n{'The cells are cold and wet. ' * 60}Cell {n} is dry.\n\n" for n in range(6))


@dataclass
class Bench:
    """What a run stands on; the store stays from one to the next."""

    folder: Path
    model: ScriptedModel = field(default_factory=lambda: ScriptedModel(SCRIPT))
    budget: TokenBudget = field(default_factory=Unlimited)
    most_tokens: int = 1_000_000
    hide: Hide = hide_nothing
    warnings: list[str] = field(default_factory=list)

    def reader(self, *, reads: bool = True) -> ModelReader:
        """Return a reader as each run has one."""
        store = SqliteReadingStore(self.folder / "model-readings.sqlite", self.warnings.append)
        check = load_claim_check(ScriptedScorer(SAYS))
        return ModelReader(
            scripted(SAYS),
            check,
            self.model,
            store,
            self.budget,
            self.most_tokens,
            hide=self.hide,
            reads=reads,
        )

    def read(
        self, text: str = TEXT, *, reads: bool = True
    ) -> tuple[ModelReader, Document, list[StatusClaim]]:
        """Read one document in a run of its own."""
        reader = self.reader(reads=reads)
        document, passages = read_words("netherby.md", text)
        return reader, document, reader.claims(document, passages)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Return a bench in a folder of its own."""
    return Bench(tmp_path)


def show(document: Document, claims: list[StatusClaim]) -> list[tuple[str, str, str, str]]:
    return [(str(one.status), one.matter, one.evidence[0].of(document.text), one.read_by) for one in claims]


def test_claims_have_the_documents_words_and_say_who_read_them(bench: Bench) -> None:
    _, document, claims = bench.read()
    assert show(document, claims) == [
        ("complete", "The vans", VANS, "scripted register v1"),
        ("planned", "The kennels", DOGS, "scripted register v1"),
    ]


def test_what_is_read_is_counted(bench: Bench) -> None:
    use = bench.read()[0].use
    assert (use.portions, use.read, use.reused, use.calls) == (2, 2, 0, 1)
    assert (use.tokens_read, use.tokens_written) == (SPENT.read, SPENT.written)


def test_nothing_is_read_twice(bench: Bench) -> None:
    first = bench.read()[2]
    reader, _, again = bench.read()
    assert again == first
    assert len(bench.model.read) == 1
    assert (reader.use.reused, reader.use.calls) == (2, 0)


def test_a_change_has_its_own_portion_read_again(bench: Bench) -> None:
    bench.read()
    bench.read(TEXT.replace("in May", "in June"))
    assert bench.model.sentences[-2:] == ["Kennels", "The kennels will be painted in June."]


def test_other_instructions_have_all_read_again(bench: Bench) -> None:
    bench.read()
    bench.model.register_name = "scripted register v2"
    bench.read()
    assert len(bench.model.read) == 2


def test_without_an_answer_the_taught_readers_claims_stand(bench: Bench) -> None:
    bench.model.failures = [ModelError("it cannot be reached")]
    reader, document, claims = bench.read()
    assert [(status, words, by) for status, _, words, by in show(document, claims)] == [
        ("complete", VANS, ""),
        ("planned", DOGS, ""),
    ]
    assert (reader.use.unread, reader.use.failed, reader.use.last_fault) == (2, 1, "it cannot be reached")
    assert not reader.is_whole("netherby.md")


def test_what_failed_is_read_in_the_next_run(bench: Bench) -> None:
    bench.model.failures = [ModelError("it cannot be reached")]
    bench.read()
    reader, _, claims = bench.read()
    assert {one.read_by for one in claims} == {"scripted register v1"}
    assert reader.is_whole("netherby.md")


def test_what_was_read_before_a_failure_stays_read(bench: Bench) -> None:
    bench.model.failures = [ModelError("it cannot be reached")]
    bench.read(LONG)
    left = bench.reader()
    document, passages = read_words("netherby.md", LONG)
    before = len(bench.model.read)
    left.claims(document, passages)
    assert 1 <= len(bench.model.read) - before < before
    assert left.is_whole("netherby.md")


@pytest.mark.parametrize("failure", [ModelError("it does not accept the key", lasting=True)])
def test_what_will_not_pass_ends_the_reading_of_the_run(bench: Bench, failure: ModelError) -> None:
    bench.model.failures = [failure] * 20
    reader, _, _ = bench.read(LONG)
    calls = len(bench.model.read)
    reader.claims(*read_words("other.md", TEXT))
    assert len(bench.model.read) == calls <= 3
    assert reader.use.reason == failure.reason


def test_a_run_takes_no_more_than_its_tokens(bench: Bench) -> None:
    bench.most_tokens = 2 * (SPENT.read + SPENT.written) + 100
    reader, _, _ = bench.read(LONG + LONG.replace("Cell", "Room"))
    # Those that are under way at once may go beyond it by what they take.
    assert 2 <= len(bench.model.read) <= 3
    assert "tokens that it may use in a run" in reader.use.reason
    assert reader.use.unread


def test_a_day_that_is_used_up_ends_the_reading(bench: Bench) -> None:
    class UsedUp(Unlimited):
        def refuse_when_spent(self) -> None:
            raise ModelError("the tokens of a day are used up", lasting=True)

    bench.budget = UsedUp()
    reader, _, claims = bench.read()
    assert bench.model.read == []
    assert len(claims) == 2
    assert reader.use.reason == "the tokens of a day are used up"


def test_a_rehearsal_counts_what_reading_would_take_and_reads_nothing(bench: Bench) -> None:
    reader, _, _ = bench.read(LONG, reads=False)
    assert bench.model.read == []
    assert reader.use.calls >= 2
    assert reader.use.tokens_read > 1_000
    assert not (bench.folder / "model-readings.sqlite").exists()


def test_a_rehearsal_of_what_was_read_costs_nothing(bench: Bench) -> None:
    bench.read()
    assert bench.read(reads=False)[0].use.tokens_read == 0


@pytest.mark.parametrize(
    "wrong",
    [
        Reads("complete", "The helicopter"),
        Reads("complete", "The kennels"),
        Reads("not_accepted", "The vans"),
        Reads("complete", "The vans" * 60),
    ],
    ids=["no such matter", "a matter of elsewhere", "another status", "a matter without end"],
)
def test_what_the_document_does_not_bear_out_is_no_claim(bench: Bench, wrong: Reads) -> None:
    bench.model.script = {VANS: wrong}
    reader, _, claims = bench.read()
    assert claims == []
    assert reader.use.refused == 1


def test_names_are_hidden_from_it_where_that_is_set(bench: Bench) -> None:
    bench.hide = lambda words, _: words.replace("kennels", "(name)")
    bench.read()
    assert "The (name) will be painted in May." in bench.model.sentences


def test_guidance_is_not_sent(bench: Bench) -> None:
    bench.read("---\nkind: guidance\n---\n" + TEXT)
    assert bench.model.read == []


def test_a_damaged_store_is_told_and_all_is_read_again(bench: Bench) -> None:
    (bench.folder / "model-readings.sqlite").write_bytes(b"no database" * 400)
    bench.read()
    assert len(bench.model.read) == 1
    assert "damaged" in bench.warnings[0]


def test_one_call_that_does_not_end_is_not_the_end_of_the_reading(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = iter(range(0, 100_000, 100))
    monkeypatch.setattr("askpcc.indexing.register_reading.perf_counter", lambda: float(next(seconds)))
    bench.model.failures = [ModelError("it did not answer in time")]
    reader, _, _ = bench.read()
    assert reader.use.reason == ""
    reader.claims(*read_words("other.md", TEXT.replace("vans", "bikes")))
    assert reader.use.read


def test_calls_that_never_end_are_the_end_of_the_reading(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = iter(range(0, 1_000_000, 120))
    monkeypatch.setattr("askpcc.indexing.register_reading.perf_counter", lambda: float(next(seconds)))
    bench.model.failures = [ModelError("it did not answer in time")] * 50
    reader = bench.reader()
    for number in range(20):
        reader.claims(*read_words(f"{number}.md", TEXT.replace("vans", f"vans of {number}")))
    assert reader.use.reason == "it did not answer in time"
    assert len(bench.model.read) < 20


def test_an_answer_that_cannot_be_used_costs_its_own_portion_only(bench: Bench) -> None:
    bench.model.failures = [ModelError("its answer was cut short", "", 900, 6_000)] * 2
    reader, _, claims = bench.read()
    assert [one.read_by for one in claims] == ["", "scripted register v1"]
    assert (reader.use.read, reader.use.unread) == (1, 1)


def test_what_is_too_large_for_what_is_left_leaves_room_for_what_is_not(bench: Bench) -> None:
    bench.most_tokens = 2_500
    reader = bench.reader()
    reader.claims(*read_words("long.md", "# Netherby\n\n" + "The cells are cold and wet. " * 2_000))
    reader.claims(*read_words("netherby.md", TEXT))
    assert reader.use.read
