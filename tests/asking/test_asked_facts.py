"""Questions that a fact about a document answers."""

from askpcc.asking.asked_facts import draft_facts, read_asked_facts
from askpcc.model import (
    DocumentCard,
    Fact,
    FactName,
    Ranked,
    Span,
)
from support.cases import cases
from support.found import ask, lay_out, make_card, rank_down

ASKED: list[tuple[str, set[str]]] = [
    ("who signed the borsetshire response", {"author"}),
    ("who wrote the felpersham hate crime reply", {"author"}),
    ("whose letter is it", {"author"}),
    ("who sent the midsomer one", {"author"}),
    ("when was the barsetshire DA response sent in", {"responded"}),
    ("what date did they submit it", {"responded"}),
    ("which dates did loamshire and wessex-on-sea send their roads letters", {"responded"}),
    ("when did the midsomer custody report come out", {"published"}),
    ("when did they publish the thematic", {"published"}),
    ("date of the inspection", {"published"}),
    ("when are the 56 days up for midsomer", {"deadline"}),
    ("what was the deadline for the response", {"deadline"}),
    ("how long has the pcc got to respond to the report", {"deadline"}),
    ("was barsetshire late with the domestic abuse response", {"responded", "deadline"}),
    ("national or local recs, borsetshire child prot?", {"national", "local"}),
    ("local or national?", {"national", "local"}),
    ("is it force-specific", {"specific"}),
    ("was great marsh quoted in the counter corruption report", {"quoted"}),
    ("what kind of inspection was it", {"report_kind"}),
    ("whats the title of the inspection", {"title"}),
]
NOT_ASKED = [
    "who owns the improvement plan",
    "who is responsible for custody",
    "who chairs the use of force panel midsomer",
    "when will the training be finished",
    "how many recommendations were there",
    "has the force responded to stalking reports faster",
    "what is the deadline for recommendation 3",
    "are the local authorities involved",
    "has the national database been joined",
    "when did hmicfrs go back to barsetshire about domestic abuse",
    "what happened to the report's recommendations",
    "when was the backlog cleared",
]


@cases(("typed", "facts"), ASKED)
def test_the_facts_that_a_question_asks_for_are_read(typed: str, facts: set[str]) -> None:
    assert set(read_asked_facts(typed)) == facts


@cases("typed", NOT_ASKED)
def test_most_questions_ask_for_none(typed: str) -> None:
    assert read_asked_facts(typed) == ()


LINES = [
    "Deadline for response: 4 July 2022",
    "Date published: 10 May 2022",
    "Sent: 30 June 2022",
    "Perpetua Quill, Commissioner",
    "National: No",
    "Local: Yes",
]
PASSAGES = lay_out(*LINES)
PLACES = dict(
    zip(("deadline", "published", "responded", "author", "national", "local"), PASSAGES, strict=True)
)
VALUES = {
    "deadline": "2022-07-04",
    "published": "2022-05-10",
    "responded": "2022-06-30",
    "author": "Perpetua Quill, Commissioner",
    "national": "no",
    "local": "yes",
}


def card_with(*names: str, **other: str) -> DocumentCard:
    """Make a card that has these facts, each at its line."""
    values = VALUES | other
    facts = tuple(Fact(FactName(name), values[name], PLACES[name].span) for name in names)
    force = Fact(FactName.FORCE, "Borsetshire Police", Span(0, 3))
    return DocumentCard("a.md", "v1", (*facts, force))


def draft(typed: str, card: DocumentCard, ranked: list[Ranked] | None = None) -> list[tuple[str, str]] | None:
    """Draft from one document, as (what is said, what is quoted)."""
    drafts = draft_facts(ask(typed), ranked or rank_down(*PASSAGES), {"a.md": card})
    return drafts if drafts is None else [(made.text, made.sentences[0].quote) for made in drafts]


def test_a_fact_is_labelled_and_quoted() -> None:
    assert draft("who signed it", card_with("author")) == [("From: Perpetua Quill, Commissioner", LINES[3])]


def test_dates_are_written_out() -> None:
    assert draft("when was the response sent", card_with("responded")) == [
        ("Response dated: 30 June 2022", LINES[2])
    ]


def test_both_facts_of_a_question_are_given() -> None:
    assert draft("national or local?", card_with("local", "national")) == [
        ("National: no", LINES[4]),
        ("Local: yes", LINES[5]),
    ]


def test_the_stated_deadline_stands_beside_the_counted_one_with_both_their_dates() -> None:
    assert draft("what was the deadline for the response", card_with("deadline", "published")) == [
        ("Deadline, as the document states it: 4 July 2022", LINES[0]),
        (
            (
                "Counted, not stated: 56 days that begin with the day of publication, "
                "10 May 2022, end on 4 July 2022"
            ),
            LINES[1],
        ),
    ]


def test_the_deadline_is_counted_where_none_is_stated() -> None:
    counted = draft("when are the 56 days up for borsetshire", card_with("published", published="2023-06-06"))
    assert counted == [
        (
            (
                "Counted, not stated: 56 days that begin with the day of publication, "
                "6 June 2023, end on 31 July 2023"
            ),
            LINES[1],
        )
    ]


@cases("published", ["2016-11-15", "2017-01-30", "2022-05", "2022"])
def test_no_deadline_is_counted_before_the_rule_or_without_a_full_date(published: str) -> None:
    assert draft("when are the 56 days up", card_with("published", published=published)) is None


@cases("typed", ["when was the response sent", "was it quoted", "national or local?"])
def test_what_must_not_be_guessed_is_lacking(typed: str) -> None:
    assert draft(typed, card_with("author", "published")) == []


def test_a_missing_name_is_looked_for_in_the_text() -> None:
    assert draft("who signed it", card_with("published")) is None


def test_a_question_for_no_fact_is_left_to_the_text() -> None:
    assert draft("who owns the improvement plan", card_with("author")) is None


def test_a_fact_that_only_the_file_knows_is_not_stated() -> None:
    assert (
        draft_facts(ask("who signed it"), rank_down(*PASSAGES), {"a.md": make_card(author="Q", spans=False)})
        is None
    )


def test_the_document_of_the_named_force_answers() -> None:
    other = lay_out("Ottoline Mudge, Commissioner", document="b.md")
    cards = {
        "a.md": card_with("author"),
        "b.md": make_card("b.md", "Midsomer Constabulary", author="Ottoline Mudge, Commissioner"),
    }
    drafts = draft_facts(ask("who signed the midsomer response"), rank_down(*PASSAGES, *other), cards)
    assert [made.text for made in drafts or []] == ["From: Ottoline Mudge, Commissioner"]


def _draft_of_two(typed: str, title: str, force: str, source_kind: str = "") -> list[str]:
    other = lay_out("Sent 1 May 2024", document="b.md")
    title_of_first = "Behind closed doors: domestic abuse"
    plain = make_card("a.md", "Borsetshire Police", title=title_of_first)
    of_kind = make_card("a.md", "Borsetshire Police", title=title_of_first, source_kind=source_kind)
    cards = {
        "a.md": of_kind if source_kind else plain,
        "b.md": make_card("b.md", force, title=title, responded="2024-05-01"),
    }
    return [made.text for made in draft_facts(ask(typed), rank_down(*PASSAGES, *other), cards) or []]


SLIDING = [
    ("Domestic abuse: behind closed doors", "Borsetshire Police", ["Response dated: 1 May 2024"]),
    ("Custody", "Borsetshire Police", []),
    ("Domestic abuse: behind closed doors", "Midsomer Constabulary", []),
]


@cases(("title", "force", "told"), SLIDING)
def test_a_date_comes_from_no_document_on_another_report_or_of_another_force(
    title: str, force: str, told: list[str]
) -> None:
    assert _draft_of_two("when was the response sent", title, force) == told


def test_the_page_of_the_inspectorate_is_passed_over_for_the_date_of_a_response() -> None:
    typed, page = "when was the response sent", "inspectorate page"
    assert _draft_of_two(typed, "Custody", "Midsomer Constabulary", source_kind=page) == [
        "Response dated: 1 May 2024"
    ]


RULE = lay_out("Cells are cold.", "I answer within 56 days of publication.", document="law.md")
TYPED_DATES = [
    ("when are the 56 days up for a report published on 3 March 2026", "3 March 2026, end on 27 April 2026"),
    (
        "deadline for the response to a report that came out on 03/03/2026",
        "3 March 2026, end on 27 April 2026",
    ),
]


@cases(("typed", "told"), TYPED_DATES)
def test_the_deadline_is_counted_from_the_date_in_the_question(typed: str, told: str) -> None:
    cards = {"a.md": card_with("deadline", "published"), "law.md": make_card("law.md")}
    (made,) = draft_facts(ask(typed), rank_down(*PASSAGES, *RULE), cards) or []
    assert made.text.endswith(told)
    assert made.sentences[0].quote == RULE[1].quote


@cases(
    "typed",
    ["was the response of 30 June 2022 late", "when are the 56 days up, it was published in May 2022"],
)
def test_another_date_is_not_that_of_publication(typed: str) -> None:
    drafts = draft_facts(
        ask(typed), rank_down(*PASSAGES, *RULE), {"a.md": card_with(*VALUES), "law.md": make_card("law.md")}
    )
    assert all("10 May 2022" in made.text for made in drafts or [] if made.text.startswith("Counted"))
