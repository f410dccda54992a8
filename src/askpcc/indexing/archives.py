"""A ZIP archive that is brought is unpacked: each document in it is added as a file of its own."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from askpcc.downloads import Fetched, suffix_for
from askpcc.errors import BadDocument, CorpusError
from askpcc.indexing.adding import Adder, Addition, AddOptions
from askpcc.readers import MAX_FILE_BYTES
from askpcc.readers.unread import explain_unread

MOST_MEMBERS = 200
"""Files of one archive: the papers of a year's meetings."""
MOST_BYTES = 200 * 1024 * 1024
"""Of all files unpacked, as of the parts of a Word document."""
_MAX_RATIO = 200
_HARMLESS_BYTES = 10 * 1024 * 1024
_REMEDY = "Unpack it by hand and add the documents one by one."
_LOCKED = 0x1
_HIDDEN = (".", "__MACOSX", "~$")


@dataclass(frozen=True, slots=True)
class ArchiveAddition:
    """What became of the files of an archive, and which of them could not be read, in their order."""

    added: Sequence[Addition]
    failed: Sequence[BadDocument]

    @property
    def stored(self) -> bool:
        """Tell whether the corpus has changed, so that it is to be indexed."""
        return any(one.stored for one in self.added)

    @property
    def sentences(self) -> list[str]:
        """Say of each file what happened."""
        return [*(one.sentence for one in self.added), *(f"Not added: {failure}" for failure in self.failed)]


def is_archive(fetched: Fetched) -> bool:
    """Tell whether a file is to be unpacked; Office's files are archives too, and bear other suffixes."""
    return PurePosixPath(fetched.filename_hint).suffix.lower() == ".zip"


def add_archive(adder: Adder, fetched: Fetched, options: AddOptions) -> ArchiveAddition:
    """Store each document of an archive under its own name.

    Raises BadDocument for an archive that is damaged, locked or made to harm, CorpusError where a name or a
    document to replace is given, which are of one file.
    """
    if options.name is not None or options.replace is not None:
        raise CorpusError("An archive holds several files: leave out --name and --replace.")
    added: list[Addition] = []
    failed: list[BadDocument] = []
    for member, data in _unpack(fetched):
        try:
            if suffix_for(None, member) is None:
                why = explain_unread(member)
                failed.append(BadDocument(member, why.reason, why.remedy))
            else:
                added.append(adder.add(replace(fetched, data=data, filename_hint=member), options))
        except BadDocument as failure:
            failed.append(failure)
    return ArchiveAddition(added, failed)


def _unpack(fetched: Fetched) -> Iterator[tuple[str, bytes]]:
    """Yield the name, without folders, and the bytes of each file."""
    name = fetched.filename_hint
    try:
        with ZipFile(BytesIO(fetched.data)) as archive:
            members = [member for member in archive.infolist() if not _is_left_out(member)]
            _refuse_harm(name, members, len(fetched.data))
            for member in members:
                yield PurePosixPath(member.filename).name, archive.read(member)
    except (BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError, EOFError) as exc:
        raise BadDocument(name, "It is damaged and cannot be unpacked.", _REMEDY) from exc


def _is_left_out(member: ZipInfo) -> bool:
    parts = PurePosixPath(member.filename).parts
    return member.is_dir() or any(part.startswith(_HIDDEN) and part != ".." for part in parts)


def _refuse_harm(name: str, members: Sequence[ZipInfo], packed: int) -> None:
    size = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or size > MOST_BYTES:
        reason = f"It holds {len(members)} files of {size} bytes, more than {MOST_MEMBERS} or {MOST_BYTES}."
        raise BadDocument(name, reason, _REMEDY)
    if size > _HARMLESS_BYTES and size > _MAX_RATIO * packed:
        raise BadDocument(name, f"It unpacks to {size} bytes, which no documents do.", _REMEDY)
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts:
            raise BadDocument(name, f"Its file {member.filename!r} leads out of it.", _REMEDY)
        if member.flag_bits & _LOCKED:
            raise BadDocument(name, "It is locked with a password.", "Unpack it and add the documents.")
        if member.file_size > MAX_FILE_BYTES:
            raise BadDocument(
                name, f"Its file {member.filename!r} is larger than {MAX_FILE_BYTES} bytes.", _REMEDY
            )
