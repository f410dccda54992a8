"""The Welsh copy of a response is found beside its English twin; other Welsh documents are no copies."""

from dataclasses import replace

from askpcc.metadata import find_lacking
from askpcc.metadata.welsh_copies import find_welsh_copies, link_cards
from askpcc.model import Document, DocumentCard, Fact, FactName, Source, version_of
from askpcc.readers.language import WELSH_DOUBT, is_welsh
from support.cases import cases

ENGLISH = """Response of the Commissioner for Aberllwyd to the custody inspection

Date of response: 14 May 2031. The report was published on 2 April 2031.

Recommendation 1: by 30 June 2031 the force should inspect each of its 12 cells. It has inspected 9 of them,
and 75% of its staff have been trained.

Recommendation 2: the force should publish figures. In 2030 there were 1,204 detentions and 31 complaints.

Recommendation 3: the force should review its policy within 90 days. We accept this and will report in 2032.
"""
WELSH = """Ymateb y Comisiynydd dros Aberllwyd i'r arolygiad o'r ddalfa

Dyddiad yr ymateb: 14 Mai 2031. Cyhoeddwyd yr adroddiad hwn ar 2 Ebrill 2031.

Argymhelliad 1: erbyn 30 Mehefin 2031 dylai'r heddlu arolygu pob un o'i 12 cell. Mae wedi arolygu 9 ohonynt,
ac mae 75% o'i staff wedi cael eu hyfforddi gan yr heddlu.

Argymhelliad 2: dylai'r heddlu gyhoeddi ffigurau. Yn 2030 roedd 1,204 o garchariadau ac 31 o gwynion.

Argymhelliad 3: dylai'r heddlu adolygu ei bolisi o fewn 90 diwrnod. Rydym yn derbyn hyn a byddwn yn adrodd
ar y gwaith yn 2032, gyda'r holl ffigurau.
"""
OTHER_REPORT = """Response of the Commissioner for Aberllwyd to the fraud inspection

Date of response: 9 November 2031. The report was published on 1 October 2031.

Recommendation 1: by 31 March 2032 the force should call back each victim of fraud. Of 640 victims 512 were
called within 3 days.

Recommendation 2: the force should train its 48 investigators. It has trained 20 of them since 2029.
"""
SHORT_ENGLISH = "The Commissioner thanks the inspectorate for its report of 2 April 2031, and accepts it."
SHORT_WELSH = (
    "Mae'r Comisiynydd yn diolch i'r arolygiaeth am ei hadroddiad o 2 Ebrill 2031 ac wedi derbyn yr holl "
    "waith. Bydd yr heddlu yn gwneud hyn gyda'r cynllun hwn, ac mae pob un yn cael hyfforddiant."
)
FORCE = Fact(FactName.FORCE, "Aberllwyd Police", None)
TITLE = Fact(FactName.TITLE, "Response to the custody inspection", None)


def make(path: str, text: str, *facts: Fact, url: str | None = None) -> Document:
    doubts = (WELSH_DOUBT,) if is_welsh(text) else ()
    return Document(path, version_of(text), text, (), facts, source=Source(url), doubts=doubts)


TWIN = make("custody.pdf", ENGLISH, FORCE, TITLE)
FRAUD = make("fraud.pdf", OTHER_REPORT, FORCE)


def test_the_same_numbers_in_the_same_order_tell_a_twin_of_the_same_force() -> None:
    welsh = make("ymateb.pdf", WELSH, FORCE)
    assert find_welsh_copies([welsh, FRAUD, TWIN]) == {"ymateb.pdf": "custody.pdf"}


@cases(
    ("welsh", "english"),
    [
        ("custody-cy.pdf", "custody.pdf"),
        ("custody-welsh.docx", "custody-english.pdf"),
        ("Custody Cymraeg.pdf", "custody.pdf"),
        ("cy/letter.md", "en/letter.md"),
    ],
)
def test_the_name_without_its_language_tells_a_twin_of_few_numbers(welsh: str, english: str) -> None:
    documents = [make(welsh, SHORT_WELSH), make(english, SHORT_ENGLISH)]
    assert find_welsh_copies(documents) == {welsh: english}


def test_the_address_without_its_language_tells_a_twin() -> None:
    documents = [
        make("a.html", SHORT_WELSH, url="https://pcc.example.org/cy/custody/"),
        make("b.html", SHORT_ENGLISH, url="https://pcc.example.org/en/custody/"),
        make("c.html", SHORT_ENGLISH + " Twice.", url="https://other.example.org/en/custody/"),
    ]
    assert find_welsh_copies(documents) == {"a.html": "b.html"}


LONE = {
    "of another report": [make("ymateb.pdf", WELSH, FORCE), FRAUD],
    "of another force": [
        make("custody-cy.pdf", WELSH, replace(FORCE, value="Netherby Police")),
        TWIN,
    ],
    "of another date": [
        make("custody-cy.pdf", WELSH, FORCE, Fact(FactName.RESPONDED, "2030-05-14", None)),
        make("custody.pdf", ENGLISH, FORCE, Fact(FactName.RESPONDED, "2031-05-14", None)),
    ],
    "of other recommendations": [
        make("custody-cy.pdf", WELSH.replace("Argymhelliad 3", "Argymhelliad 4"), FORCE),
        TWIN,
    ],
    "of a force that is not known, under another name": [make("ymateb.pdf", WELSH), TWIN],
    "of few numbers, under another name": [
        make("llythyr.md", SHORT_WELSH, FORCE),
        make("letter.md", SHORT_ENGLISH, FORCE),
    ],
    "of other numbers, under the same name": [make("fraud-cy.pdf", WELSH, FORCE), FRAUD],
    "beside two that say something else, equally alike": [
        make("ymateb.pdf", WELSH, FORCE),
        TWIN,
        make("draft.pdf", ENGLISH.replace("We accept", "We reject"), FORCE),
    ],
    "alone": [make("custody-cy.pdf", WELSH, FORCE)],
}


def test_what_may_be_another_document_is_no_twin() -> None:
    for why, documents in LONE.items():
        assert find_welsh_copies(documents) == {}, why


def test_a_date_that_is_known_to_the_month_contradicts_no_day_of_it() -> None:
    documents = [
        make("ymateb.pdf", WELSH, FORCE, Fact(FactName.RESPONDED, "2031-05", None)),
        make("custody.pdf", ENGLISH, FORCE, Fact(FactName.RESPONDED, "2031-05-14", None)),
    ]
    assert find_welsh_copies(documents) == {"ymateb.pdf": "custody.pdf"}


def test_a_twin_may_lack_a_number_that_is_written_in_words() -> None:
    welsh = make("ymateb.pdf", WELSH.replace("o'i 12 cell", "o'i deuddeg cell"), FORCE)
    assert find_welsh_copies([welsh, TWIN]) == {"ymateb.pdf": "custody.pdf"}


def test_of_two_files_with_the_same_words_the_first_is_the_twin() -> None:
    again = make("again.docx", ENGLISH, FORCE)
    assert find_welsh_copies([make("ymateb.pdf", WELSH, FORCE), TWIN, again]) == {"ymateb.pdf": "again.docx"}


def test_english_documents_are_never_copies() -> None:
    assert find_welsh_copies([TWIN, make("custody-en.pdf", ENGLISH, FORCE)]) == {}


def test_a_card_of_a_copy_names_its_twin_in_the_place_of_a_doubt() -> None:
    cards = [
        DocumentCard("ymateb.pdf", "1", doubts=(WELSH_DOUBT, "Page 2 is a picture.")),
        DocumentCard("custody.pdf", "2"),
    ]
    welsh, english = link_cards(cards, {"ymateb.pdf": "custody.pdf"})
    assert (welsh.welsh_copy_of, welsh.doubts) == ("custody.pdf", ("Page 2 is a picture.",))
    assert find_lacking(welsh) == ["Page 2 is a picture."]
    assert english == cards[1]
