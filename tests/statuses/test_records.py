"""Labels and values beneath a matter, and columns of statuses beside columns of colours."""

from support.cases import cases
from support.scripted_reader import Says, scripted
from support.status_cases import read_words

HEAD = "# Netherby Police: the Commissioner's response\n\nDated 22 April 2031.\n\n"


def rows(text: str, path: str = "netherby.md") -> list[tuple[str | None, str, str | None]]:
    document, passages = read_words(path, HEAD + text)
    return [(one.number, str(one.status), one.due) for one in scripted({}).claims(document, passages)]


def evidence(text: str) -> list[list[str]]:
    document, passages = read_words("netherby.md", HEAD + text)
    claims = scripted({}).claims(document, passages)
    return [[span.of(document.text) for span in claim.evidence] for claim in claims]


RECORD = "## Recommendation 4: vans\n\nNetherby Police should repair its vans.\n\n"


@cases(
    ("values", "expected"),
    [
        ("| Status | Complete |\n|---|---|\n| Due | 30 June 2031 |\n", ("4", "complete", "2031-06-30")),
        ("| Owner | Supt Ash |\n|---|---|\n| Position | In progress |\n", ("4", "in_progress", None)),
        ("| | |\n|---|---|\n| Status: | Not accepted |\n", ("4", "not_accepted", None)),
    ],
)
def test_a_value_beneath_a_matter_is_its_status(values: str, expected: tuple[str, str, str | None]) -> None:
    assert rows(RECORD + values) == [expected]


def test_the_evidence_of_a_value_names_its_matter_too() -> None:
    (found,) = evidence(RECORD + "| Status | Complete |\n|---|---|\n")
    assert found[0] == "Status | Complete"
    assert "Recommendation 4" in found[1] or "vans" in found[1]


def test_each_matter_has_its_own_values() -> None:
    second = RECORD.replace("4", "5").replace("vans", "dogs")
    text = RECORD + "| Status | Complete |\n|---|---|\n\n" + second + "| Status | Planned |\n|---|---|\n"
    assert [(number, status) for number, status, _ in rows(text)] == [("4", "complete"), ("5", "planned")]


def test_a_value_beneath_no_matter_is_no_status() -> None:
    assert rows("## Our inspection\n\n| Status | Complete |\n|---|---|\n") == []


def test_rows_of_three_cells_are_no_values() -> None:
    assert rows(RECORD + "| Status | Complete | Amber |\n|---|---|---|\n") == []


TRACKER = (
    "| Rec | Recommendation | {first} | {second} |\n|---|---|---|---|\n"
    "| R1 | Repair the vans | {one} | {other} |\n| R2 | Feed the dogs | Planned | Green |\n"
)


@cases(
    ("first", "second", "one", "other"),
    [
        ("RAG", "Status", "Red", "Complete"),
        ("Status", "RAG", "Complete", "Red"),
        ("Colour", "Progress rating", "Amber", "Complete"),
    ],
)
def test_a_status_goes_before_a_colour(first: str, second: str, one: str, other: str) -> None:
    table = TRACKER.format(first=first, second=second, one=one, other=other)
    if first == "Status":
        assert rows(table)[0][:2] == ("1", "complete")
        return
    assert [status for _, status, _ in rows(table.replace("Planned | Green", "Green | Planned"))] == [
        "complete",
        "planned",
    ]


def test_r_and_a_number_in_a_column_of_references_is_a_recommendation() -> None:
    table = TRACKER.format(first="Status", second="Due", one="Complete", other="June 2031")
    assert [number for number, _, _ in rows(table)] == ["1", "2"]


def test_a_record_that_names_its_matter_in_its_first_row_is_read() -> None:
    table = (
        "| Recommendation | Recommendation 3 |\n|---|---|\n| Status | Complete |\n| Due | June 2031 |\n"
        "| Recommendation | Recommendation 4 |\n| Status | Planned |\n"
    )
    assert rows(table) == [("3", "complete", "2031-06"), ("4", "planned", None)]


TICKED = (
    "| No | Recommendation | Status | | |\n|---|---|---|---|---|\n"
    "| | | Complete | In progress | Planned |\n"
    "| 1 | Repair the vans | ✓ | | |\n| 2 | Feed the dogs | | | x |\n| 3 | Wash the cats | ✓ | ✓ | |\n"
)


def test_a_tick_in_the_one_column_that_holds_is_the_status() -> None:
    assert [(number, status) for number, status, _ in rows(TICKED)] == [("1", "complete"), ("2", "planned")]


def test_a_first_row_that_is_a_matter_heads_no_table() -> None:
    table = (
        "| Recommendation 1 Repair the vans | The vans have all been repaired. |\n|---|---|\n"
        "| Recommendation 2 Feed the dogs | The dogs will be fed. |\n"
        "| Recommendation 3 Wash the cats | The cats will be washed. |\n"
    )
    document, passages = read_words("netherby.md", HEAD + table)
    reader = scripted({"repaired": Says("complete"), "will be": Says("planned")})
    assert [one.number for one in reader.claims(document, passages)] == ["1", "2", "3"]
