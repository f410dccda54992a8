"""Mails: who wrote them when and about what, their words, and the documents attached to them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from itertools import filterfalse, islice
from pathlib import PurePosixPath
from time import monotonic
from typing import TYPE_CHECKING

from askpcc.errors import BadDocument
from askpcc.model import BlockKind, Span, StoredText
from askpcc.readers.text_blocks import Piece, compose
from askpcc.text.dates import show_date

if TYPE_CHECKING:
    from oxmsg import Message
    from oxmsg.attachment import Attachment

Read = Callable[[str, bytes], StoredText]
"""Reads a file by its suffix: its name and its bytes; raises BadDocument."""

_REMEDY = "Save it anew from the mail program, or save its text and attachments as files of their own."
_SAVE_APART = "Save it as a file of its own, in a format that is read."
_MOST_ATTACHED = 50
"""Files: a mail with more is a parcel, and its files are better put into the corpus one by one."""
_MOST_PARTS = 10_000
"""Lines that can begin a part: each costs its parser a quarter of a millisecond, whatever it holds."""
SECONDS = 300
"""In which the attachments of a mail are read: fifty documents of six seconds each."""
_PICTURES = ("image/",)
_SIGNATURES = frozenset({".p7s", ".asc", ".sig", ".ics", ".vcf"})
"""Files that mail programs attach themselves: signatures, appointments, cards."""
_NAMES = {"text/plain": "text.txt", "text/html": "text.html", "application/pdf": "document.pdf"}
"""Of what is attached without a name, as the parts of a text around a picture are."""
_HEADERS = ("from", "date", "subject", "to", "received", "content-type", "mime-version")
"""One of which a mail has, or it is none: the library takes any bytes for one."""
_BODY = "body"
_NAMELESS = "without a name"


@dataclass(frozen=True, slots=True)
class _Attached:
    """A file attached to a mail; data: None where the mail holds only a link, or another mail."""

    name: str
    data: bytes | None


@dataclass(frozen=True, slots=True)
class _Mail:
    """A mail, of either format.  day: ISO date.  html, plain: its words, as far as it has them.

    attached: the first files; more: whether others are attached.
    """

    sender: str
    day: str
    subject: str
    html: str
    plain: str
    attached: Sequence[_Attached]
    more: bool


def read_eml(path: str, data: bytes, read: Read) -> StoredText:
    """Read a mail as it was sent, and the documents attached to it.

    read: reads the words and each attachment.  What is attached and cannot be read is named in the doubts.
    Raises BadDocument where it holds no words.
    """
    if data.count(b"\n--") > _MOST_PARTS:
        raise BadDocument(path, f"It has more parts than {_MOST_PARTS}, which no mail has.", _REMEDY)
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        mail = _take_apart(message) if any(name in message for name in _HEADERS) else None
    except Exception as exc:
        # So broad because the library raises what a broken header makes of it, AttributeError to LookupError.
        raise BadDocument(path, "It is damaged and cannot be read as a mail.", _REMEDY) from exc
    if mail is None:
        raise BadDocument(path, "It does not begin as a mail does.", _REMEDY)
    return _read_mail(path, mail, read)


def read_msg(path: str, data: bytes, read: Read) -> StoredText:
    """Read a mail that Outlook saved, as ``read_eml`` does."""
    from oxmsg import Message

    try:
        mail = _take_outlook_apart(Message.load(data))
    except Exception as exc:
        # So broad because a damaged file raises what its parser stumbles over, KeyError to struct.error.
        raise BadDocument(path, "It is damaged and cannot be read as an Outlook mail.", _REMEDY) from exc
    return _read_mail(path, mail, read)


def _take_apart(message: EmailMessage) -> _Mail:
    bodies = {kind: _words_of(message, kind) for kind in ("html", "plain")}
    day = ""
    if message["date"]:
        try:
            day = parsedate_to_datetime(str(message["date"])).date().isoformat()
        except ValueError:
            day = ""
    parts = list(islice(filterfalse(_is_ornament, _find_attached(message)), _MOST_ATTACHED + 1))
    return _Mail(
        sender=str(message["from"] or ""),
        day=day,
        subject=str(message["subject"] or ""),
        html=bodies["html"],
        plain=bodies["plain"],
        attached=[_attached(part) for part in parts[:_MOST_ATTACHED]],
        more=len(parts) > _MOST_ATTACHED,
    )


def _find_attached(message: MIMEPart) -> Iterator[MIMEPart]:
    """Yield what is attached, at whatever depth: mail programs nest files among the words around them.

    The words themselves are not attached, and neither are they in a form that is not read.
    """
    bodies = [message.get_body(preferencelist=(kind,)) for kind in ("html", "plain")]
    waiting: list[tuple[MIMEPart, bool]] = [(message, False)]
    while waiting:
        part, is_form = waiting.pop()
        if part.get_content_maintype() == "multipart":
            forms = part.get_content_subtype() == "alternative"
            waiting += reversed([(inner, forms) for inner in part.iter_parts()])
        elif part.is_attachment() or not (is_form or any(part is body for body in bodies)):
            yield part


def _words_of(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return _words_in(part) if part is not None else ""


def _words_in(part: MIMEPart) -> str:
    try:
        content = part.get_content()
    except LookupError:
        # An encoding that nobody knows: what is ASCII of it can be read all the same.
        payload = part.get_payload(decode=True)
        return payload.decode("ascii", "replace") if isinstance(payload, bytes) else ""
    return content if isinstance(content, str) else ""


def _is_ornament(part: MIMEPart) -> bool:
    """Tell whether a part is a picture in the text, such as a logo, or what a mail program adds itself."""
    name = part.get_filename() or ""
    inline = part.get_content_disposition() != "attachment"
    picture = part.get_content_type().startswith(_PICTURES) and (inline or part["content-id"] is not None)
    return picture or PurePosixPath(name).suffix.lower() in _SIGNATURES


def _attached(part: MIMEPart) -> _Attached:
    kind = part.get_content_type()
    content = _words_in(part) if kind.startswith("text/") else part.get_content()
    if isinstance(content, EmailMessage):
        name = part.get_filename() or f"{content['subject'] or 'mail'}"
        return _Attached(name if name.lower().endswith(".eml") else f"{name}.eml", content.as_bytes())
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    name = part.get_filename() or _NAMES.get(kind, _NAMELESS)
    return _Attached(name, data if isinstance(data, bytes) else None)


def _take_outlook_apart(message: "Message") -> _Mail:
    sent: datetime | None = message.sent_date
    files = [
        one
        for one in message.attachments
        if PurePosixPath(one.file_name or "").suffix.lower() not in _SIGNATURES
        and not _is_outlook_ornament(one, message)
    ]
    return _Mail(
        sender=message.sender or "",
        day=sent.date().isoformat() if sent else "",
        subject=message.subject,
        html=_or_nothing(lambda: message.html_body),
        plain=message.body or "",
        attached=[_outlook_attached(one) for one in files[:_MOST_ATTACHED]],
        more=len(files) > _MOST_ATTACHED,
    )


def _or_nothing(read: Callable[[], str | None]) -> str:
    """Return the formatted words; none where their encoding is not known, for the plain ones then stand."""
    try:
        return read() or ""
    except (LookupError, UnicodeDecodeError):
        return ""


def _is_outlook_ornament(attached: "Attachment", message: "Message") -> bool:
    """Tell whether a file is a picture that the text shows."""
    name = attached.file_name or ""
    picture = (attached.mime_type or "").startswith(_PICTURES)
    return picture and f"cid:{name}" in _or_nothing(lambda: message.html_body)


def _outlook_attached(attached: "Attachment") -> _Attached:
    return _Attached(attached.file_name or _NAMELESS, attached.file_bytes)


def _read_mail(path: str, mail: _Mail, read: Read) -> StoredText:
    head = compose([list(_head(mail))])
    body = _read_body(path, mail, read)
    texts, doubts = [head, *([body] if body else [])], list(body.doubts) if body else []
    lacks, until = "", monotonic() + SECONDS
    for number, attached in enumerate(mail.attached):
        if monotonic() > until:
            late = len(mail.attached) - number
            doubts.append(f"{late} attachments were not read: those before took {SECONDS} seconds. {_REMEDY}")
            break
        shown = _printable(attached.name)
        try:
            read_one = _read_attached(f"{path}/{shown}", attached, read)
        except BadDocument as failure:
            lacks = lacks or failure.lacks
            doubts.append(
                f"The attachment “{shown}” was not read: {failure.reason} "
                f"{failure.remedy if failure.lacks else _SAVE_APART}"
            )
            continue
        lacks = lacks or read_one.lacks
        texts += [compose([[Piece(BlockKind.HEADING, f"Attachment: {shown}", 1)]]), read_one]
        doubts += [f"In the attachment “{shown}”: {doubt}" for doubt in read_one.doubts]
    if mail.more:
        doubts.append(f"Of its attachments the first {_MOST_ATTACHED} were read. {_REMEDY}")
    if body is None and len(texts) == 1:
        raise BadDocument(path, "It holds no words that can be read.", " ".join([*doubts, _REMEDY]), lacks)
    title = " ".join(mail.subject.split()) or None
    return replace(_join(texts), title=title, doubts=tuple(doubts), lacks=lacks)


def _read_attached(path: str, attached: _Attached, read: Read) -> StoredText:
    if attached.data is None:
        raise BadDocument(path, "It is another mail, or a link.", _REMEDY)
    return read(path, attached.data)


def _printable(name: str) -> str:
    """Return the name of a file as it can be shown, without folders."""
    base = PurePosixPath(name.replace("\\", "/")).name
    return " ".join("".join(letter if letter.isprintable() else " " for letter in base).split()) or _NAMELESS


def _head(mail: _Mail) -> Iterator[Piece]:
    lines = (("From", mail.sender), ("Date", show_date(mail.day)), ("Subject", mail.subject))
    for label, words in lines:
        if words.strip():
            yield Piece(BlockKind.ROW, f"{label}: {' '.join(words.split())}")


def _read_body(path: str, mail: _Mail, read: Read) -> StoredText | None:
    """Return the words of a mail, the formatted ones first; None where it has none.

    A byte order mark tells the encoding, whatever the words themselves say of theirs.
    """
    for suffix, words in ((".html", mail.html), (".txt", mail.plain)):
        if words.strip():
            try:
                return read(f"{path}/{_BODY}{suffix}", f"\ufeff{words}".encode("utf-8", "replace"))
            except BadDocument:
                # A mail may hold a picture alone; the attachments, or the other form, are then its words.
                continue
    return None


def _join(texts: Iterable[StoredText]) -> StoredText:
    """Put texts one below the other, with their blocks."""
    parts: list[str] = []
    length = 0
    blocks = []
    for stored in texts:
        gap = "\n" if parts else ""
        start = length + len(gap)
        for block in stored.blocks:
            span = Span(block.span.start + start, block.span.end + start)
            blocks.append(replace(block, span=span))
        words = stored.text.rstrip() + "\n"
        parts += [gap, words]
        length = start + len(words)
    return StoredText("".join(parts), tuple(blocks))
