"""Names of people are taken out of a text; what is no person stays where its form shows it."""

from askpcc.text.forces import load_forces
from askpcc.text.references import hide_people
from support.cases import cases

FORCES = load_forces().with_extra(["Borsetshire Police", "Great Marsh Constabulary"])


@cases(
    ("text", "hidden"),
    [
        ("Superintendent Otto Teal leads the work.", "Superintendent (name) leads the work."),
        ("The Chief Constable, Thomasina Reed, agrees.", "The Chief Constable, (name), agrees."),
        ("Mr Sallow will go on.", "Mr (name) will go on."),
        ("Perpetua Quill Police and Crime Commissioner", "(name) Police and Crime Commissioner"),
        ("Great Marsh Constabulary has 38.", "Great Marsh Constabulary has 38."),
        ("The Crown Prosecution Service agrees.", "The Crown Prosecution Service agrees."),
        ("The first course took place in May 2025.", "The first course took place in May 2025."),
    ],
)
def test_people_are_hidden(text: str, hidden: str) -> None:
    assert hide_people(text, FORCES) == hidden


def test_a_known_name_is_hidden_wherever_it_stands() -> None:
    assert hide_people("Quill said so.", FORCES, ["Quill"]) == "(name) said so."
