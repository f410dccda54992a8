"""The response as Markdown, plain text, CSV, rich text and mail."""

import csv
from collections.abc import Callable, Iterable
from email.message import EmailMessage
from io import StringIO
from textwrap import fill

from variants.response import HEADS, IN_A_TABLE, Response, Variant


def _utf8(write: Callable[[Response], str]) -> Callable[[Response], bytes]:
    return lambda response: write(response).encode()


def _paragraphs(paragraphs: Iterable[str]) -> str:
    return "\n\n".join(paragraphs) + "\n"


def write_markdown(response: Response) -> str:
    """Write headings and paragraphs."""
    told = [p for one in response.recommendations for p in (f"## {one.name}", one.asks, one.answer)]
    return _paragraphs([f"# {response.title}", *response.before, *told, *response.end])


def _numbered(response: Response) -> str:
    told = [f"{one.number}. {one.asks}\n\n   {one.answer}" for one in response.recommendations]
    return _paragraphs([f"# {response.title}", *response.before, "## Recommendations", *told, *response.end])


def _table(response: Response) -> str:
    rows = [HEADS, ("---",) * len(HEADS), *(one.row for one in response.recommendations)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return _paragraphs([f"# {response.title}", *response.before, table, *response.end])


def _labels(response: Response) -> str:
    told = [
        paragraph
        for one in response.recommendations
        for paragraph in (
            f"**{one.name}:** {one.asks}",
            f"**Status:** {one.word}",
            f"**Response:** {one.answer}",
            f"**Owner:** {one.owner}",
            f"**Due date:** {one.due}",
        )
    ]
    return _paragraphs([f"# {response.title}", *response.before, *told, *response.end])


def _front_matter(response: Response) -> str:
    return (
        f"---\ntitle: '{response.title}'\ndate: 2025-04-08\nlayout: page\n---\n\n{write_markdown(response)}"
    )


def _details(response: Response) -> str:
    told = [
        f"<details>\n<summary>{one.name}</summary>\n\n{one.asks}\n\n{one.answer}\n\n</details>"
        for one in response.recommendations
    ]
    return _paragraphs([f"# {response.title}", *response.before, *told, *response.end])


def _bold_headings(response: Response) -> str:
    told = [p for one in response.recommendations for p in (f"**{one.name}**", one.asks, one.answer)]
    return _paragraphs([f"**{response.title}**", *response.before, *told, *response.end])


def write_text(response: Response) -> str:
    """Write paragraphs with an empty line between two."""
    told = [p for one in response.recommendations for p in (one.name, one.asks, one.answer)]
    return _paragraphs([response.title, *response.before, *told, *response.end])


def _wrapped(response: Response) -> str:
    return "\n\n".join(fill(paragraph, 58) for paragraph in write_text(response).split("\n\n"))


def _counted(response: Response) -> str:
    told = [p for one in response.recommendations for p in (f"{one.number}) {one.asks}", one.answer)]
    return _paragraphs([response.title, *response.before, "Recommendations", *told, *response.end])


def _curled(response: Response) -> str:
    return write_text(response).replace("'", "\u2019").replace("\n", "\r\n")


def _rows(mark: str) -> Callable[[Response], str]:
    def write(response: Response) -> str:
        file = StringIO()
        writer = csv.writer(file, delimiter=mark)
        writer.writerows([HEADS, *(one.row for one in response.recommendations)])
        return file.getvalue()

    return write


def _in_rtf(words: str) -> str:
    signs = words.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
    return "".join(sign if ord(sign) < 128 else f"\\u{ord(sign)}?" for sign in signs)


def _rtf(body: str) -> str:
    return "{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}{\\info{\\author F. Arabin}}\\f0\\fs22 " + body + "}"


def write_rtf(response: Response) -> str:
    """Write rich text of paragraphs, with headings in bold."""
    told = [
        f"\\pard\\b {_in_rtf(one.name)}\\b0\\par {_in_rtf(one.asks)}\\par {_in_rtf(one.answer)}\\par\n"
        for one in response.recommendations
    ]
    before = "".join(f"\\pard {_in_rtf(p)}\\par\n" for p in response.before)
    after = "".join(f"\\pard {_in_rtf(p)}\\par\n" for p in response.end)
    return _rtf(f"\\pard\\b {_in_rtf(response.title)}\\b0\\par\n{before}{''.join(told)}{after}")


def _rtf_table(response: Response) -> str:
    bounds = "".join(f"\\cellx{1_500 * (place + 1)}" for place in range(len(HEADS)))
    rows = "".join(
        f"\\trowd{bounds}\\intbl " + "".join(f"{_in_rtf(cell)}\\cell " for cell in row) + "\\row\n"
        for row in (HEADS, *(one.row for one in response.recommendations))
    )
    before = "".join(f"\\pard {_in_rtf(p)}\\par\n" for p in (response.title, *response.before))
    return _rtf(f"{before}{rows}\\pard {_in_rtf(response.end[0])}\\par")


def _mail(response: Response) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = response.title
    mail["From"] = "Office of the PCC <office@barchester.example>"
    mail["To"] = "correspondence@inspectorate.example"
    mail["Date"] = "Tue, 08 Apr 2025 10:00:00 +0100"
    return mail


def _plain_mail(response: Response) -> bytes:
    mail = _mail(response)
    mail.set_content(write_text(response))
    return mail.as_bytes()


def _page_mail(response: Response) -> bytes:
    from variants.pages import write_page

    mail = _mail(response)
    mail.set_content(write_text(response))
    mail.add_alternative(write_page(response), subtype="html")
    return mail.as_bytes()


def _mail_with_attachment(response: Response) -> bytes:
    from variants.word_files import write_word

    mail = _mail(response)
    mail.set_content("Dear all,\n\nOur response is attached.\n")
    kind = "vnd.openxmlformats-officedocument.wordprocessingml.document"
    mail.add_attachment(write_word(response), maintype="application", subtype=kind, filename="response.docx")
    return mail.as_bytes()


VARIANTS = (
    Variant("md-plain", ".md", _utf8(write_markdown)),
    Variant("md-numbered-list", ".md", _utf8(_numbered)),
    Variant("md-table", ".md", _utf8(_table)),
    Variant("md-labels", ".md", _utf8(_labels)),
    Variant("md-front-matter", ".md", _utf8(_front_matter)),
    Variant("md-details", ".md", _utf8(_details)),
    Variant("md-bold-headings", ".md", _utf8(_bold_headings)),
    Variant("txt-plain", ".txt", _utf8(write_text)),
    Variant("txt-wrapped", ".txt", _utf8(_wrapped)),
    Variant("txt-counted", ".txt", _utf8(_counted)),
    Variant("txt-cp1252", ".txt", lambda response: _curled(response).encode("cp1252")),
    Variant("csv-tracker", ".csv", _utf8(_rows(",")), answers=IN_A_TABLE),
    Variant("csv-semicolons", ".csv", _utf8(_rows(";")), answers=IN_A_TABLE),
    Variant("rtf-plain", ".rtf", _utf8(write_rtf)),
    Variant("rtf-table", ".rtf", _utf8(_rtf_table)),
    Variant("eml-plain", ".eml", _plain_mail),
    Variant("eml-page", ".eml", _page_mail),
    Variant("eml-attachment", ".eml", _mail_with_attachment),
)
