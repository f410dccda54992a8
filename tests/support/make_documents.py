"""Responses of invented forces as PDF and DOCX files, built from data."""

from dataclasses import dataclass
from pathlib import Path

from docx import Document as DocxDocument
from fpdf import FPDF


@dataclass(frozen=True, slots=True)
class ResponseData:
    """One response, in the order in which it is read.

    details: rows of the table of inspection details.  sections: a heading and its paragraphs; a paragraph
    that starts with ``- `` is a bullet.
    """

    title: str
    details: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    signature: str


BORSETSHIRE_CUSTODY = ResponseData(
    title="Borsetshire PCC's response: inspection of police custody",
    details=(
        ("Title of inspection", "Report on a visit to police custody suites in Borsetshire"),
        ("Date inspection published", "4 March 2025"),
        ("Deadline for response", "28 April 2025"),
        ("Type of inspection", "Borsetshire specific"),
    ),
    sections=(
        (
            "Report summary",
            (
                "Inspectors visited both suites in October 2024 and praised the care of detainees.",
                "They raised one cause of concern, about reviews of detention that are carried out late.",
            ),
        ),
        (
            "Commissioner's response",
            (
                "The Chief Constable tells me that these improvements have been made:",
                "- Every custody sergeant has been given refresher training on reviews.",
                "- A screen in each suite now shows when the next review is due.",
                "The force is still recruiting a second inspector for night duty.",
                "I expect the remaining recommendation to be met by 30 September 2025.",
                "My office will monitor progress through its existing oversight arrangements.",
            ),
        ),
    ),
    signature="Perpetua Quill, Police and Crime Commissioner for Borsetshire",
)

LOAMSHIRE_HATE_CRIME = ResponseData(
    title="Loamshire PCC's response: inspection of hate crime",
    details=(
        ("Title of inspection", "Hate crime: a second look"),
        ("Date inspection published", "12 September 2023"),
        ("Date response sent", "01/11/2023"),
    ),
    sections=(
        (
            "Recommendation 3",
            (
                "Chief constables should make sure that every victim of hate crime is offered a referral.",
                "Referral is offered in seven cases in ten. A change to the crime system is being tested.",
            ),
        ),
        (
            "Recommendation 4",
            (
                "The College of Policing should revise its guidance on hate incidents.",
                "Not applicable to Loamshire Police: it is for the College of Policing.",
            ),
        ),
    ),
    signature="Hyacinth Bramblewick, Police and Crime Commissioner for Loamshire",
)


def make_pdf(
    path: Path, response: ResponseData = BORSETSHIRE_CUSTODY, *, sections_on_new_pages: bool = True
) -> Path:
    """Write a response as a PDF with a text layer; each section starts a page unless told otherwise."""
    pdf = FPDF()
    pdf.set_title(response.title)
    pdf.add_page()
    _write_lines(pdf, (response.title,), size=15, bold=True)
    _write_lines(pdf, tuple(f"{name}: {value}" for name, value in response.details))
    for place, (heading, paragraphs) in enumerate(response.sections):
        if sections_on_new_pages and place:
            pdf.add_page()
        _write_lines(pdf, (heading,), size=13, bold=True)
        _write_lines(pdf, paragraphs)
    _write_lines(pdf, (response.signature,))
    pdf.output(str(path))
    return path


def _write_lines(pdf: FPDF, lines: tuple[str, ...], *, size: int = 11, bold: bool = False) -> None:
    pdf.set_font("helvetica", "B" if bold else "", size)
    for line in lines:
        pdf.multi_cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(3)


def make_docx(path: Path, response: ResponseData = LOAMSHIRE_HATE_CRIME) -> Path:
    """Write a response as a DOCX with headings, a table of details, paragraphs and bullets."""
    document = DocxDocument()
    document.core_properties.title = response.title
    document.add_heading(response.title, level=1)
    table = document.add_table(rows=0, cols=2)
    for name, value in response.details:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, value
    for heading, paragraphs in response.sections:
        document.add_heading(heading, level=2)
        for paragraph in paragraphs:
            bullet = paragraph.startswith("- ")
            document.add_paragraph(paragraph.removeprefix("- "), style="List Bullet" if bullet else None)
    document.add_paragraph(response.signature)
    document.save(str(path))
    return path
