"""Forces are found under the names people use, and under no other."""

from askpcc.text.forces import Force, ForceTable, load_forces
from support.cases import cases

FORCES = load_forces()


def _names(text: str, *, typed: bool = False, table: ForceTable = FORCES) -> list[str]:
    return [force.name for force, _ in table.find_forces(text, typed=typed)]


def test_table_holds_the_43_territorial_forces_and_national_ones_apart() -> None:
    assert sum(not force.national for force in FORCES.forces) == 43
    assert {force.name for force in FORCES.forces if force.national} == {
        "British Transport Police",
        "Civil Nuclear Constabulary",
        "Ministry of Defence Police",
        "National Crime Agency",
    }


def test_no_name_stands_for_two_forces() -> None:
    names = [
        name for force in FORCES.forces for name in (force.name, *force.names, *force.capitals, *force.typed)
    ]
    assert len(names) == len({name.lower() for name in names} | {name for name in names if name == "The Met"})


@cases("force", FORCES.forces, ids=[force.name for force in FORCES.forces])
def test_each_force_is_found_by_its_full_name_in_any_case(force: Force) -> None:
    assert _names(f"What did {force.name} say?") == [force.name]
    assert _names(f"what did {force.name.lower()} say", typed=True) == [force.name]


@cases(
    ("text", "words", "name"),
    [
        ("Surrey's Commissioner", "Surrey", "Surrey Police"),
        ("the pan-Cheshire protocol", "Cheshire", "Cheshire Constabulary"),
        ("DEVON AND CORNWALL", "DEVON AND CORNWALL", "Devon & Cornwall Police"),
        ("Devon &amp; Cornwall Police", "Devon &amp; Cornwall Police", "Devon & Cornwall Police"),
        ("Dyfed\u2013Powys Police", "Dyfed\u2013Powys Police", "Dyfed-Powys Police"),
        ("West Mercia\nPolice", "West Mercia\nPolice", "West Mercia Police"),
        ("Hampshire Constabulary", "Hampshire Constabulary", "Hampshire and Isle of Wight Constabulary"),
        ("East Sussex", "East Sussex", "Sussex Police"),
        ("the Met said", "the Met", "Metropolitan Police Service"),
        ("the Mayor\u2019s Office for Policing And Crime", None, "Metropolitan Police Service"),
        ("GMP", "GMP", "Greater Manchester Police"),
    ],
)
def test_document_names_a_force(text: str, words: str | None, name: str) -> None:
    ((force, span),) = FORCES.find_forces(text)
    assert force.name == name
    assert words is None or span.of(text) == words


@cases(
    ("text", "name"),
    [
        ("wots up in surrey", "Surrey Police"),
        ("is mosovo closed in d&c", "Devon & Cornwall Police"),
        ("d & c again", "Devon & Cornwall Police"),
        ("a&s custody", "Avon and Somerset Police"),
        ("colp reds", "City of London Police"),
        ("city of london", "City of London Police"),
        ("wmp rec 5", "West Midlands Police"),
        ("west mids", "West Midlands Police"),
        ("the met's recs", "Metropolitan Police Service"),
        ("met police", "Metropolitan Police Service"),
        ("MPS custody", "Metropolitan Police Service"),
        ("thames valley", "Thames Valley Police"),
        ("tvp", "Thames Valley Police"),
        ("dpp", "Dyfed-Powys Police"),
        ("dyfed powys", "Dyfed-Powys Police"),
        ("n yorks", "North Yorkshire Police"),
        ("S Yorks", "South Yorkshire Police"),
        ("Beds recs", "Bedfordshire Police"),
    ],
)
def test_hurried_text_names_a_force(text: str, name: str) -> None:
    assert _names(text, typed=True) == [name]


@cases(
    "short", ["northants", "hants", "notts", "cambs", "herts", "lancs", "lincs", "leics", "gloucs", "w yorks"]
)
def test_short_name_is_for_hurried_text_only(short: str) -> None:
    assert len(_names(f"anything from {short} yet", typed=True)) == 1
    assert _names(f"anything from {short} yet") == []


@cases("typed", [False, True])
@cases(
    "text",
    [
        "the police",
        "Local Police",
        "British Police",
        "Counter Terrorism Police",
        "Improving Police Effectiveness",
        "His Majesty's Inspectorate of Constabulary and Fire & Rescue Services",
        "National Police Chiefs' Council",
        "Home Office",
        "Action Fraud",
        "Crown Prosecution Service",
        "the Police Act 1996",
        "the Met Office",
        "targets have been met",
        "two MPs asked",
        "which mps asked",
        "how many beds in custody",
        "the DPPs and wmps",
        "Mercia",
        "Surrey Street",
        "University of Kent",
        "Deputy PCC",
        "Jane Lantern PCC",
        "Felpersham Police Station",
        "Independent Police Complaints Commission",
    ],
)
def test_what_is_no_force_is_not_taken_for_one(text: str, typed: bool) -> None:
    assert _names(text, typed=typed) == []


def test_document_in_lower_case_does_not_name_a_county() -> None:
    assert _names("a kent and a surrey, well met") == []


def test_each_of_several_forces_is_found_in_order() -> None:
    assert _names("Essex, Sussex and West Mercia") == ["Essex Police", "Sussex Police", "West Mercia Police"]


@cases(
    ("text", "name", "area", "words"),
    [
        ("When Borsetshire Police came", "Borsetshire Police", "Borsetshire", "Borsetshire Police"),
        ("Midsomer Constabulary", "Midsomer Constabulary", "Midsomer", "Midsomer Constabulary"),
        ("Wessex-on-Sea Police", "Wessex-on-Sea Police", "Wessex-on-Sea", "Wessex-on-Sea Police"),
        ("the Isle of Borset Police", "Isle of Borset Police", "Isle of Borset", "Isle of Borset Police"),
        ("Chief Constable of Great Tilling Police", "Great Tilling Police", "Great Tilling", None),
        ("PEEL assessment of Borsetshire Police", "Borsetshire Police", "Borsetshire", None),
        (
            "Police and Crime Commissioner for Borsetshire's plan",
            "Borsetshire Police",
            "Borsetshire",
            "Borsetshire",
        ),
        (
            "Police, Fire and Crime Commissioner for Borset and Ambridge.",
            "Borset and Ambridge Police",
            None,
            None,
        ),
        ("POLICE AND CRIME COMMISSIONER FOR BORSETSHIRE", "Borsetshire Police", "Borsetshire", "BORSETSHIRE"),
        ("Borsetshire PCC's response", "Borsetshire Police", "Borsetshire", "Borsetshire"),
        ("the Chief Constable of Midsomer", "Midsomer Police", "Midsomer", "Midsomer"),
    ],
)
def test_unlisted_force_is_recognised_by_the_form_of_its_name(
    text: str, name: str, area: str | None, words: str | None
) -> None:
    ((force, span),) = FORCES.find_forces(text)
    assert force.name == name
    assert area is None or force.area == area
    assert words is None or span.of(text) == words


def test_commissioner_goes_by_the_name_of_the_force_in_the_same_text() -> None:
    text = "The Police and Crime Commissioner for Midsomer answers for Midsomer Constabulary."
    assert set(_names(text)) == {"Midsomer Constabulary"}


def test_force_known_from_the_corpus_is_found_by_its_area_alone() -> None:
    table = FORCES.with_extra(["Midsomer Constabulary", "Borsetshire Police", "Surrey Police"])
    assert _names("hows midsomer doing vs surrey", typed=True, table=table) == [
        "Midsomer Constabulary",
        "Surrey Police",
    ]
    assert len(table.forces) == len(FORCES.forces) + 2


def test_two_names_of_one_area_make_one_force() -> None:
    table = FORCES.with_extra(["Midsomer Constabulary", "Midsomer Police"])
    assert _names("Midsomer Police and Midsomer Constabulary", table=table) == ["Midsomer Constabulary"] * 2


def test_force_is_looked_up_by_any_of_its_names() -> None:
    found = FORCES.named("d&c")
    assert found is not None
    assert found.name == "Devon & Cornwall Police"
    assert FORCES.named("Home Office") is None


def test_listed_force_says_who_responds_for_it() -> None:
    found = FORCES.named("Greater Manchester Police")
    assert found is not None
    assert found.body == "Mayor of Greater Manchester"


def test_two_offices_in_capitals_are_two_forces() -> None:
    title = "JOINT RESPONSE OF THE POLICE AND CRIME COMMISSIONER FOR DUNMARROW AND THE POLICE AND CRIME"
    assert _names(f"{title} COMMISSIONER FOR YAVELAND") == ["Dunmarrow Police", "Yaveland Police"]


@cases(
    ("title", "force"),
    [
        ("BROCKMERE POLICE, FIRE AND CRIME PANEL at Brockmere", "Brockmere Police"),
        ("MINUTES OF THE UPPER MARRAND POLICE AND CRIME PANEL for Upper Marrand", "Upper Marrand Police"),
    ],
)
def test_a_panel_in_capitals_names_its_force(title: str, force: str) -> None:
    assert force in _names(title)


@cases("title", ["NEW", "CONFIRMED MINUTES", "DRAFT", "OFFICIAL", "JANE ASH"])
def test_other_words_in_capitals_before_a_panel_name_none(title: str) -> None:
    assert _names(f"{title} POLICE AND CRIME PANEL met at the Guildhall") == []
