"""One name for the force of one area."""

from askpcc.text.forces import is_written_out, unite_names
from support.cases import cases

CONSTABULARY, POLICE = "Midsomer Constabulary", "Midsomer Police"

UNITED: list[tuple[set[str], set[str], dict[str, str]]] = [
    ({CONSTABULARY, POLICE}, {CONSTABULARY}, {POLICE: CONSTABULARY}),
    ({CONSTABULARY, POLICE}, {POLICE}, {CONSTABULARY: POLICE}),
    ({CONSTABULARY, POLICE}, set(), {POLICE: CONSTABULARY}),
    ({CONSTABULARY, POLICE}, {CONSTABULARY, POLICE}, {}),
    ({POLICE, "Midsomer Police Service"}, {"Midsomer Police Service"}, {POLICE: "Midsomer Police Service"}),
    ({CONSTABULARY, "North Midsomer Police"}, {CONSTABULARY}, {}),
    ({POLICE}, set(), {}),
]


@cases(("names", "written", "united"), UNITED)
def test_a_name_made_up_gives_way_to_the_only_one_written_out(
    names: set[str], written: set[str], united: dict[str, str]
) -> None:
    assert unite_names(names, written.__contains__) == united


WRITTEN = [
    ("Midsomer Police has done it.", True),
    ("MIDSOMER\nPOLICE", True),
    ("The Midsomer Police and Crime Commissioner said so.", False),
    ("The Midsomer Police, Fire and Crime Commissioner said so.", False),
    ("Midsomer PCC", False),
    ("Midsomer Policemen", False),
]


@cases(("text", "written"), WRITTEN)
def test_the_name_of_an_office_is_not_that_of_a_force(text: str, *, written: bool) -> None:
    assert is_written_out(POLICE, text) is written
