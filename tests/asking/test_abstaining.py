"""When an answer says that the documents do not say."""

from askpcc.asking import abstaining
from askpcc.asking.abstaining import Gap, find_ambiguity
from askpcc.model import (
    Draft,
    Passage,
    Ranked,
    Reason,
    Status,
)
from support.cases import cases
from support.found import ask, first_sentence, lay_out, make_card, make_passage, rank_down

HELD = {"Borsetshire Police", "Midsomer Constabulary"}


def test_a_force_without_a_document_is_named() -> None:
    gap = abstaining.find_force_gap(ask("has wessex-on-sea closed it"), HELD)
    assert gap == Gap(Reason.NO_SUCH_DOCUMENT, "The corpus holds no response of Wessex-on-Sea Police.")


def test_one_missing_force_of_two_is_a_gap() -> None:
    gap = abstaining.find_force_gap(ask("compare midsomer and wessex-on-sea"), HELD)
    assert gap is not None
    assert "Wessex-on-Sea Police" in gap.sentence
    assert "Midsomer" not in gap.sentence


@cases("typed", ["has midsomer closed it", "is it closed"])
def test_a_force_that_is_held_or_not_named_is_no_gap(typed: str) -> None:
    assert abstaining.find_force_gap(ask(typed), HELD) is None


FIVE = make_passage("It is done.", items=("recommendation 5",))


def test_a_number_that_no_passage_has_is_a_gap() -> None:
    gap = abstaining.find_item_gap(ask("is rec 7 done"), [FIVE])
    assert gap == Gap(
        Reason.DOCUMENT_SILENT, "The documents say nothing of recommendation 7 on this subject."
    )


@cases("typed", ["is rec 5 done", "are recs 5 and 7 done", "is it done"])
def test_a_number_that_a_passage_has_is_none(typed: str) -> None:
    assert abstaining.find_item_gap(ask(typed), [FIVE]) is None


def test_an_area_for_improvement_is_not_the_recommendation_of_its_number() -> None:
    assert abstaining.find_item_gap(ask("is AFI 5 done"), [FIVE]) is not None


NOW = [
    "who is the midsomer pcc right now",
    "who is the chief constable of midsomer",
    "whos the commissioner",
    "who is the mayor",
    "who currently runs custody",
    "who is in charge these days",
]
THEN = [
    "who signed the response",
    "who was the chief constable in 2022",
    "who owns the improvement plan",
    "who is the chief responsible for custody",
    "which commissioner wrote it",
    "is the pcc in favour",
]


@cases("typed", NOW)
def test_who_holds_an_office_now_is_unsafe_to_guess(typed: str) -> None:
    gap = abstaining.find_unsafe(ask(typed))
    assert gap is not None
    assert gap.reason is Reason.UNSAFE_TO_GUESS
    assert "not who holds it now" in gap.sentence


@cases("typed", THEN)
def test_who_did_something_then_is_safe(typed: str) -> None:
    assert abstaining.find_unsafe(ask(typed)) is None


def quoting(quote: str, status: Status | None = None) -> list[Draft]:
    return [Draft("", (first_sentence(make_passage(quote)),), status)]


ATTACHED = lay_out("Her answers are attached at appendix A.", "Cells are cold.", "Doors are shut.")


def test_what_is_in_an_attachment_is_not_held() -> None:
    gap = abstaining.find_attached(ask("list her answers"), rank_down(*ATTACHED), [])
    assert gap is not None
    assert (gap.reason, "not held" in gap.sentence) == (Reason.DOCUMENT_SILENT, True)


def test_an_attachment_is_no_matter_where_other_words_answer() -> None:
    assert abstaining.find_attached(ask("what about the cells"), rank_down(*reversed(ATTACHED)), []) is None


@cases("typed", ["are the answers attached", "how many answers did she give", "when did she answer"])
def test_an_attachment_answers_a_question_about_itself_and_no_other_kind(typed: str) -> None:
    assert abstaining.find_attached(ask(typed), rank_down(*ATTACHED), []) is None


CARDS = {
    "b.md": make_card("b.md", "Borsetshire Police", title="Cold cells"),
    "m.md": make_card("m.md", "Midsomer Constabulary", title="Warm cells"),
    "n.md": make_card("n.md", "Midsomer Constabulary", title="Old cells"),
    "r.md": make_card("r.md", title="A report on cells"),
}


def two(one: str, other: str, step: float = 0.0) -> list[Ranked]:
    return rank_down(make_passage("Cells are cold.", one), make_passage("Cells are cold.", other), step=step)


def test_which_force_is_meant_is_asked_back_with_the_choices() -> None:
    gap = find_ambiguity(ask("are cells cold"), two("b.md", "m.md"), CARDS)
    assert gap == Gap(
        Reason.UNSAFE_TO_GUESS,
        "Several responses fit equally well. "
        "Which one do you mean: Borsetshire Police or Midsomer Constabulary?",
    )


@cases(
    ("typed", "ranked"),
    [
        ("are cells cold in midsomer", two("b.md", "m.md")),
        ("are cells cold", two("b.md", "m.md", step=3)),
        ("are cells cold", two("m.md", "n.md")),
        ("are cells cold", two("b.md", "r.md")),
        ("compare the cells", two("b.md", "m.md")),
        ("are cells cold", []),
    ],
    ids=["a force is named", "one fits better", "one force", "of no force", "both are wanted", "nothing"],
)
def test_nothing_is_asked_back_where_one_is_meant(typed: str, ranked: list[Ranked]) -> None:
    assert find_ambiguity(ask(typed), ranked, CARDS) is None


def numbered(*documents: str) -> list[Ranked]:
    passages: list[Passage] = [
        make_passage("It is done.", document, items=("recommendation 5",)) for document in documents
    ]
    return rank_down(*passages, step=1)


def test_which_document_is_meant_by_a_number_alone_is_asked_back() -> None:
    gap = find_ambiguity(ask("is rec 5 done"), numbered("b.md", "m.md", "b.md"), CARDS)
    assert gap is not None
    assert gap.reason is Reason.UNSAFE_TO_GUESS
    assert gap.sentence.startswith("2 documents have recommendation 5.")
    assert gap.sentence.endswith("Cold cells; Warm cells.")


def test_a_number_of_one_document_is_clear() -> None:
    assert find_ambiguity(ask("is rec 5 done"), numbered("b.md", "b.md"), CARDS) is None


def test_a_lack_is_told_for_what_was_wanted() -> None:
    assert abstaining.lack_of(ask("how many cells")).sentence == "The documents give no number for this."
    assert abstaining.lack_of(ask("are cells cold")).sentence == "The documents give no answer for this."


HELD_WORDS = {"soteria", "burglari", "quill"}
UNKNOWN_NAMES = [
    ("Has Felpersham reduced burglary?", "Felpersham"),
    ("What has been done about burglary in Felpersham?", "Felpersham"),
    ("Was the burglary plan done by Stow-under-Wold?", "Stow-under-Wold"),
    ("What did Felpersham accept?", "Felpersham"),
    ("Has Soteria reduced it?", None),
    ("Has Burglary gone down?", None),
    ("Did Quill accept it?", None),
    ("Was it finished in March?", None),
    ("Has Midsomer reduced burglary?", None),
    ("has burglary gone down", None),
]


@cases(("typed", "name"), UNKNOWN_NAMES)
def test_a_name_in_place_of_a_force_that_no_document_holds(typed: str, name: str | None) -> None:
    gap = abstaining.find_unknown_name(ask(typed), lambda stem: int(stem in HELD_WORDS))
    assert (gap is not None) is (name is not None)
    assert gap is None or (gap.reason is Reason.NO_SUCH_DOCUMENT and f"the name {name}:" in gap.sentence)
