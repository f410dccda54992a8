"""Packages of XML parts, as Word, Excel, PowerPoint and LibreOffice write them: what is refused unread."""

from collections.abc import Collection
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from askpcc.errors import BadDocument
from askpcc.readers.decoding import PARSED_SUFFIXES, refuse_inflated_archive

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0"
"""How old Office files begin, and new ones that are locked with a password."""

_LOCKED_MARK = "EncryptedPackage".encode("utf-16-le")
_DECLARATIONS = tuple(
    mark.encode(encoding)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)


def refuse_ole_file(path: str, data: bytes, reason: str, remedy: str) -> None:
    """Raise BadDocument for a file locked with a password, or for the given reason an old one."""
    if data.startswith(OLE_SIGNATURE):
        if _LOCKED_MARK in data:
            raise BadDocument(path, "It is locked with a password.", "Save it without one, in its place.")
        raise BadDocument(path, reason, remedy)


def refuse_declarations(path: str, data: bytes, remedy: str, parts: Collection[str] | None = None) -> None:
    """Refuse entities: Office writes none, and the ones in a file would read other files or grow.

    parts: the ones that are parsed; None for all that hold XML.
    """
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist() if parts is None else parts:
            if name.lower().endswith(PARSED_SUFFIXES):
                content = archive.read(name)
                if any(mark in content for mark in _DECLARATIONS):
                    raise BadDocument(path, f"Its part {name} declares entities.", remedy)


def refuse_unsafe_package(path: str, data: bytes, kind: str, remedy: str) -> None:
    """Raise BadDocument for an old or locked file, one that unpacks beyond measure, or one with entities.

    kind: what it should be, with its article.
    """
    refuse_ole_file(path, data, f"It is not {kind} but an old Office file under a new name.", remedy)
    refuse_inflated_archive(path, data, kind)
    try:
        refuse_declarations(path, data, remedy)
    except BadDocument:
        raise
    except Exception as exc:
        # So broad because what unpacks a damaged part raises from zlib.error to NotImplementedError.
        raise BadDocument(path, f"It is damaged and cannot be opened as {kind}.", remedy) from exc


def make_xml_parser() -> etree.XMLParser:
    """Return a parser that reads no other file, fetches nothing and expands no entity."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
