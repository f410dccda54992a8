"""What somebody filled in stands in the text in the place of its field."""

import re
from collections.abc import Mapping, Sequence

from askpcc.model import StoredText
from askpcc.readers.pdf import read_pdf
from support.cases import cases

Field = Mapping[str, str]


def make_form(fields: Sequence[Field], labels: Sequence[tuple[int, int, str]] = ()) -> bytes:
    """Return a PDF of one page with a label for each place (across, up) and with fields, as dictionaries."""
    drawn = "".join(f"BT /F1 11 Tf {across} {up} Td ({words}) Tj ET\n" for across, up, words in labels)
    numbers = " ".join(f"{number} 0 R" for number in range(6, 6 + len(fields)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]>>>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources 5 0 R/Annots[{numbers}]>>",
        f"<</Length {len(drawn)}>>stream\n{drawn}endstream",
        "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>>>",
        *(
            "<</Type/Annot/Subtype/Widget" + "".join(f"/{key} {value}" for key, value in field.items()) + ">>"
            for field in fields
        ),
    ]
    parts, places = ["%PDF-1.4\n"], []
    for number, words in enumerate(objects, start=1):
        places.append(sum(map(len, parts)))
        parts.append(f"{number} 0 obj\n{words}\nendobj\n")
    start = sum(map(len, parts))
    parts.append(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n")
    parts.extend(f"{place:010} 00000 n \n" for place in places)
    parts.append(f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF")
    return "".join(parts).encode("latin-1")


def read_form(
    *fields: Field, labels: Sequence[tuple[int, int, str]] = ((60, 700, "Response:"),)
) -> StoredText:
    return read_pdf("a.pdf", make_form(fields, labels))


def place(top: int, height: int = 20) -> str:
    return f"[120 {842 - top - height} 400 {842 - top}]"


TEXT = {"FT": "/Tx", "Rect": place(130), "V": "(Training in Netherby is complete.)"}


def test_a_value_stands_beside_the_label_of_its_field() -> None:
    assert read_form(TEXT).text == "Response: Training in Netherby is complete.\n"


def test_a_field_of_several_lines_keeps_them() -> None:
    value = {
        "FT": "/Tx",
        "Ff": "4096",
        "Rect": place(150, 80),
        "V": "(Training began in March.\\rIt goes on.)",
    }
    assert read_form(value).text == "Response:\n\nTraining began in March.\nIt goes on.\n"


def test_a_value_is_inherited_from_the_parent_of_a_field() -> None:
    field = {"Rect": place(130), "Parent": "<</FT/Tx/V(Planned)>>"}
    assert read_form(field).text == "Response: Planned\n"


def test_a_choice_gives_what_was_chosen() -> None:
    field = {"FT": "/Ch", "Rect": place(130), "Opt": "[(Complete)(Planned)]", "V": "(Planned)"}
    assert read_form(field).text == "Response: Planned\n"


@cases(("state", "sign"), [("/Yes", "\u2612"), ("/Off", "\u2610")])
def test_a_box_to_tick_says_whether_it_is(state: str, sign: str) -> None:
    field = {"FT": "/Btn", "Rect": "[120 695 132 707]", "AS": state}
    labels = ((60, 700, "Response:"), (140, 700, "accepted"))
    assert read_form(field, labels=labels).text == f"Response: {sign} accepted\n"


@cases(
    "hidden",
    [
        {"F": "2"},
        {"F": "32"},
        {"Ff": "8192"},
        {"FT": "/Sig"},
        {"FT": "/Btn", "Ff": "65536", "AS": "/Yes"},
        {"Rect": "[0 0 0 0]"},
        {"Rect": "[900000 700 900100 720]"},
    ],
)
def test_what_a_form_does_not_show_is_left_out(hidden: Field) -> None:
    assert read_form({**TEXT, **hidden}).text == "Response:\n"


def test_a_value_that_the_page_shows_already_stands_once() -> None:
    labels = ((60, 700, "Response:"), (124, 700, "Training in Netherby is complete."))
    assert read_form(TEXT, labels=labels).text == "Response: Training in Netherby is complete.\n"


def test_a_field_whose_parents_run_in_a_ring_is_passed_by() -> None:
    data = make_form([{"Rect": place(130), "Parent": "6 0 R"}], [(60, 700, "Response:")])
    assert read_pdf("a.pdf", data).text == "Response:\n"


def test_values_are_no_reason_for_doubt() -> None:
    fields = [{**TEXT, "Rect": place(130 + 30 * number)} for number in range(12)]
    labels = [(60, 700 - 30 * number, f"Field {number}:") for number in range(12)]
    stored = read_pdf("a.pdf", make_form(fields, labels))
    assert len(re.findall("complete", stored.text)) == 12
    assert stored.doubts == ()
