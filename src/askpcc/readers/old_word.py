"""Word documents from before 2007, which LibreOffice turns into new ones where it is there."""

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from askpcc.errors import BadDocument
from askpcc.model import StoredText
from askpcc.readers.docx import read_docx
from askpcc.readers.packages import OLE_SIGNATURE
from askpcc.readers.rtf import SIGNATURE, read_rtf

SECONDS = 60
"""Within which LibreOffice converts a document: it starts in ten, and a long report takes another ten."""
_PROGRAMS = ("soffice", "libreoffice")
_REMEDY = "Save it as .docx and put the result in its place."
_ARCHIVE = b"PK\x03\x04"
_PAGE = (b"<html", b"<!doctype html", b"<?xml")
# In a profile of its own nothing that somebody allowed counts: no macros, no pictures or data from elsewhere.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def read_doc(path: str, data: bytes) -> StoredText:
    """Read an old Word document by way of LibreOffice; what only bears its suffix is read as what it is.

    Raises BadDocument where LibreOffice is not on this machine, takes more than SECONDS or refuses the file.
    """
    if data.lstrip().startswith(SIGNATURE):
        return read_rtf(path, data)
    if data.startswith(_ARCHIVE):
        return read_docx(path, data)
    if data.lstrip()[:200].lower().startswith(_PAGE):
        raise BadDocument(path, "It is a web page under the suffix of Word.", "Give it the suffix .html.")
    if not data.startswith(OLE_SIGNATURE):
        raise BadDocument(path, "It is not a Word document.", _REMEDY)
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise BadDocument(
            path, "It is an old Word document, and LibreOffice is not here to read it.", _REMEDY
        )
    return read_docx(path, _convert(path, data, program))


def _convert(path: str, data: bytes, program: str) -> bytes:
    """Return a new Word document; the file has a name of ours, so that its own is no part of a command."""
    with TemporaryDirectory(prefix="askpcc-doc-") as name:
        folder = Path(name)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
        (folder / "document.doc").write_bytes(data)
        options = ["--headless", "--norestore", "--nologo", "--convert-to", "docx", "--outdir", str(folder)]
        command = [
            program,
            f"-env:UserInstallation={profile.parent.as_uri()}",
            *options,
            str(folder / "document.doc"),
        ]
        try:
            _run(command, folder)
            return (folder / "document.docx").read_bytes()
        except subprocess.TimeoutExpired as exc:
            raise BadDocument(
                path, f"LibreOffice did not read it within {SECONDS} seconds.", _REMEDY
            ) from exc
        except (OSError, subprocess.CalledProcessError) as exc:
            raise BadDocument(path, "LibreOffice could not read it.", _REMEDY) from exc


def _run(command: list[str], folder: Path) -> None:
    """Run a command with all that it starts, and end all of it: soffice is a script around the program."""
    with subprocess.Popen(  # noqa: S603 - a program of this machine, with names that are ours
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as started:
        try:
            status = started.wait(SECONDS)
        except BaseException:
            os.killpg(started.pid, 9)
            raise
    if status:
        raise subprocess.CalledProcessError(status, command[0])
