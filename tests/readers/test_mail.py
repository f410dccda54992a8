"""A mail becomes its head, its words and the documents attached to it."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from askpcc.errors import BadDocument
from askpcc.model import StoredText
from askpcc.readers import mail, read_stored_text
from support.cases import cases
from support.compound_file import make_msg
from support.outlines import outline

H, P, R = "heading", "paragraph", "row"
SUBJECT, WORDS, PAGE, SENDER, ADDRESS = 0x0037, 0x1000, 0x1013, 0x0C1A, 0x0C1F
HEAD = [
    (R, 0, "From: Ann Vale <ann@netherby.example>"),
    (R, 0, "Date: 4 March 2025"),
    (R, 0, "Subject: Response on custody"),
]


def make(write: Callable[[EmailMessage], object]) -> bytes:
    message = EmailMessage()
    message["From"] = "Ann Vale <ann@netherby.example>"
    message["To"] = "inspectors@example.org"
    message["Date"] = "Tue, 4 Mar 2025 10:00:00 +0000"
    message["Subject"] = "Response on custody"
    write(message)
    return bytes(message)


def read(write: Callable[[EmailMessage], object]) -> StoredText:
    return read_stored_text("a.eml", make(write))


def test_head_and_plain_words_are_read() -> None:
    stored = read(lambda message: message.set_content("Dear all,\n\nRecommendation 1 is accepted.\n"))
    assert outline(stored) == [*HEAD, (P, 0, "Dear all,"), (P, 0, "Recommendation 1 is accepted.")]
    assert stored.title == "Response on custody"


def test_of_two_forms_of_the_words_the_one_with_tables_is_read() -> None:
    def write(message: EmailMessage) -> None:
        message.set_content("flat words")
        table = "<table><tr><th>No<th>Status<tr><td>1<td>Complete</table>"
        message.add_alternative(f"<html><meta charset=latin1><p>The café’s</p>{table}</html>", subtype="html")

    assert outline(read(write))[3:] == [(P, 0, "The café’s"), (R, 0, "No\tStatus"), (R, 0, "1\tComplete")]


def test_attachments_are_sections_and_what_cannot_be_read_is_named() -> None:
    def write(message: EmailMessage) -> None:
        message.set_content("See below.")
        message.add_attachment(
            b"No,Status\n1,Complete\n", maintype="text", subtype="csv", filename="tracker.csv"
        )
        message.add_attachment(b"\x00", maintype="application", subtype="octet-stream", filename="x/plan.bin")
        message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="bad.pdf")
        message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png", cid="<logo>")

    stored = read(write)
    assert outline(stored)[3:] == [
        (P, 0, "See below."),
        (H, 1, "Attachment: tracker.csv"),
        (R, 0, "No\tStatus"),
        (R, 0, "1\tComplete"),
    ]
    assert [doubt.partition(":")[0] for doubt in stored.doubts] == [
        "The attachment “plan.bin” was not read",
        "The attachment “bad.pdf” was not read",
    ]


PLAN = "Content-Type: text/plain; name=plan.txt\nContent-Disposition: attachment\n\nIt is planned.\n"


def nest(kind: str, *parts: str) -> str:
    """Return a part of several, as mail programs write them."""
    mark = f"{kind}-{sum(map(len, parts))}"
    inner = "".join(f"--{mark}\n{part}\n" for part in parts)
    return f"Content-Type: multipart/{kind}; boundary={mark}\n\n{inner}--{mark}--\n"


PLAIN, PAGE_FORM = "Content-Type: text/plain\n\nSee below.\n", "Content-Type: text/html\n\n<p>See below.\n"
CARD = "Content-Type: text/enriched\n\nSee <bold>below</bold>.\n"


@cases(
    "body",
    [
        nest("alternative", PLAIN, nest("mixed", PAGE_FORM, PLAN)),
        nest("alternative", PLAIN, PAGE_FORM, CARD, PLAN),
        nest("related", nest("alternative", PLAIN, PAGE_FORM), PLAN),
        nest(
            "signed", nest("mixed", PLAIN, PLAN), "Content-Type: application/pgp-signature; name=a.asc\n\nx"
        ),
        nest("mixed", nest("mixed", PLAIN), PLAN),
    ],
)
def test_attachments_are_found_where_mail_programs_nest_them(body: str) -> None:
    stored = read_stored_text("a.eml", f"Subject: Custody\nMIME-Version: 1.0\n{body}".encode())
    assert outline(stored)[1:] == [
        (P, 0, "See below."),
        (H, 1, "Attachment: plan.txt"),
        (P, 0, "It is planned."),
    ]
    assert not stored.doubts


def attach(number: int) -> StoredText:
    def write(message: EmailMessage) -> None:
        message.set_content("See below.")
        for one in range(number):
            message.add_attachment(f"It is done, says file {one}.", filename=f"{one}.txt")

    return read(write)


@cases(("number", "read_ones", "doubts"), [(50, 50, 0), (51, 50, 1), (300, 50, 1)])
def test_of_very_many_attachments_the_first_are_read(number: int, read_ones: int, doubts: int) -> None:
    stored = attach(number)
    assert (stored.text.count("It is done"), len(stored.doubts)) == (read_ones, doubts)


def test_attachments_for_which_there_is_no_time_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "SECONDS", -1)
    (doubt,) = attach(3).doubts
    assert doubt.startswith("3 attachments were not read: those before took")


def test_a_mail_of_endless_parts_is_refused() -> None:
    with pytest.raises(BadDocument, match="more parts"):
        read_stored_text("a.eml", b"Subject: Custody\n\n" + b"--b\n\n" * 20_000)


GONE = "Every custody suite in Netherby was visited twice and nothing remains to be done."
WELSH = "Mae’r comisiynydd yn derbyn yr argymhelliad ac mae’r gwaith wedi ei gwblhau gan yr heddlu. "


@cases("words", [f"<p>Seen.</p><div style='display:none'><p>{GONE}</p></div>", f"<p>{WELSH * 3}</p>"])
def test_what_is_doubtful_in_the_words_of_a_mail_is_told_once(words: str) -> None:
    alone = read_stored_text("a.html", words.encode()).doubts
    assert len(alone) == 1
    assert read(lambda message: message.set_content(words, subtype="html")).doubts == alone


def forwarded(depth: int) -> bytes:
    inner = make(lambda message: message.set_content("The innermost words."))
    for _ in range(depth):
        outer = EmailMessage()
        outer.set_content("Forwarded.")
        outer.add_attachment(inner, maintype="application", subtype="octet-stream", filename="mail.eml")
        inner = bytes(outer)
    return inner


@cases(("depth", "held"), [(1, True), (2, True), (3, False), (6, False)])
def test_a_mail_in_a_mail_is_read_but_not_without_end(depth: int, held: bool) -> None:
    stored = read_stored_text("a.eml", forwarded(depth))
    assert ("The innermost words." in stored.text) is held
    assert bool(stored.doubts) is not held


def test_a_mail_with_an_attachment_alone_is_read() -> None:
    def write(message: EmailMessage) -> None:
        message.set_content("")
        message.add_attachment("It is done.\n", filename="plan.txt")

    assert outline(read(write))[3:] == [(H, 1, "Attachment: plan.txt"), (P, 0, "It is done.")]


def test_an_outlook_mail_is_read_in_the_same_way() -> None:
    data = make_msg(
        {
            SUBJECT: "Response on custody",
            WORDS: "Recommendation 1 is accepted.",
            SENDER: "Ann",
            ADDRESS: "a@b.example",
        },
        {"plan.md": b"It is done.\n", "plan.bin": b"\x00", "long.txt": b"word " * 2_000},
        datetime(2025, 3, 4, tzinfo=UTC),
    )
    stored = read_stored_text("a.msg", data)
    assert outline(stored)[:6] == [
        (R, 0, 'From: "Ann" <a@b.example>'),
        *HEAD[1:],
        (P, 0, "Recommendation 1 is accepted."),
        (H, 1, "Attachment: plan.md"),
        (P, 0, "It is done."),
    ]
    assert len(stored.text) > 10_000
    assert [doubt.partition(":")[0] for doubt in stored.doubts] == ["The attachment “plan.bin” was not read"]


@cases("path", ["a.eml", "a.msg"])
@cases("data", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), make_msg({}, {})[:700], b"Subject: x\n\n"])
def test_a_mail_without_words_or_a_damaged_one_is_named(path: str, data: bytes) -> None:
    with pytest.raises(BadDocument) as caught:
        read_stored_text(path, data)
    assert caught.value.remedy


def test_an_encoding_that_nobody_knows_costs_no_mail() -> None:
    data = b"Subject: x\nContent-Type: text/plain; charset=klingon\n\nIt is done.\n"
    assert "It is done." in read_stored_text("a.eml", data).text


@pytest.mark.parametrize("name", ["a.eml", "a.msg"])
def test_words_of_the_mail_keep_their_places(name: str) -> None:
    data = (
        make(lambda message: message.set_content("One.\n\nTwo."))
        if name == "a.eml"
        else make_msg({WORDS: "One.\n\nTwo."}, {"b.txt": b"Three."})
    )
    stored = read_stored_text(name, data)
    assert all(words == words.strip() and words for _, _, words in outline(stored))
