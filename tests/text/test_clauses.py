"""What kinds of information a sentence holds."""

from collections.abc import Callable

from askpcc.text.sentences import (
    demands,
    holds_date,
    holds_number,
    holds_person,
    names_person,
)
from support.cases import cases

HOLDS: dict[Callable[[str], bool], tuple[str, ...]] = {
    holds_number: (
        *("There were 140 cases.", "It cost £2.5 million.", "Some 78.2% were late.", "None were late."),
        *("Half of them were late.", "Two-thirds were late.", "Recommendation 5 took 12 officers."),
        *("On 3 May 2024 there were 9.", "2.1 It found 14 failings.", "12 officers joined."),
    ),
    holds_date: (
        *("It ended on 3 May 2024.", "It ended in May 2024.", "It ended in 2024.", "Within six months."),
        *(
            "In 2023/24 it rose.",
            "By the end of 2024.",
            "In spring 2025.",
            "Within 56 days.",
            "By 03/04/2027.",
        ),
    ),
    names_person: (
        "Ottoline Quill signed it.",
        "Mr Quill signed it.",
        "Signed, P. Ottoline Mc Quill",
    ),
    holds_person: ("The Chief Constable will.", "It is led by a team.", "Perpetua Mudge did."),
    demands: ("The force should train.", "It must train.", "It needs to train."),
}
LACKS: dict[Callable[[str], bool], tuple[str, ...]] = {
    holds_number: (
        *("It was published in 2023.", "It ended on 3 May 2024.", "Recommendation 5 is complete."),
        *("AFIs 1 and 2 were accepted.", "2.1 The force acted.", "It acted in April 2024 and in 2025."),
        *("The 11th was fine.", ""),
    ),
    holds_date: ("There were 140 cases.", "It may march on.", "Section 55 applies.", ""),
    names_person: (
        *(
            "Police and Crime Commissioner",
            "The Chief Constable agreed.",
            "Home Secretary",
            "Action Plan",
            "",
        ),
        *("In May Officers came", "Recommendation Five"),
    ),
    holds_person: ("It was done.", ""),
    demands: ("The force trains.", "Mustard", ""),
}


def pair(table: dict[Callable[[str], bool], tuple[str, ...]]) -> list[tuple[Callable[[str], bool], str]]:
    return [(kind, sentence) for kind, sentences in table.items() for sentence in sentences]


@cases(("kind", "sentence"), pair(HOLDS))
def test_a_sentence_holds_it(kind: Callable[[str], bool], sentence: str) -> None:
    assert kind(sentence)


@cases(("kind", "sentence"), pair(LACKS))
def test_a_sentence_lacks_it(kind: Callable[[str], bool], sentence: str) -> None:
    assert not kind(sentence)
