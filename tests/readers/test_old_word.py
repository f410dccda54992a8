"""An old Word document is read by way of LibreOffice, where it is on the machine."""

import shutil
from io import BytesIO
from pathlib import Path
from time import monotonic

import docx
import pytest

from askpcc.errors import BadDocument
from askpcc.readers import old_word, read_stored_text
from support.outlines import outline
from support.processes import is_running

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def make_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("It is done.")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def put_program(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program in the place of LibreOffice, and nothing else but a shell and its tools on the path."""
    (folder / "made.docx").write_bytes(make_docx())
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    tools = Path(shutil.which("cp") or "/bin/cp").parent
    monkeypatch.setenv("PATH", f"{folder}:{tools}")


def test_without_libreoffice_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BadDocument, match=r"Save it as \.docx"):
        read_stored_text("a.doc", OLD)


def test_what_libreoffice_makes_of_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = f'echo "$@" > {tmp_path}/asked; cp {tmp_path}/made.docx document.docx'
    put_program(tmp_path, script, monkeypatch)
    assert outline(read_stored_text("--help.doc", OLD)) == [("paragraph", 0, "It is done.")]
    asked = (tmp_path / "asked").read_text()
    assert "--headless" in asked
    assert "-env:UserInstallation=file://" in asked
    assert "--help" not in asked


@pytest.mark.parametrize("script", ["exit 1", "true"])
def test_a_document_that_libreoffice_refuses_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    put_program(tmp_path, script, monkeypatch)
    with pytest.raises(BadDocument, match="could not read it"):
        read_stored_text("a.doc", OLD)


def test_a_document_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_program(tmp_path, "exec sleep 600", monkeypatch)
    monkeypatch.setattr(old_word, "SECONDS", 0.2)
    begun = monotonic()
    with pytest.raises(BadDocument, match="did not read it within"):
        read_stored_text("a.doc", OLD)
    assert monotonic() - begun < 60


def test_what_libreoffice_has_started_is_ended_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As soffice does, which is a script that waits for the program that it has started.
    put_program(tmp_path, f"sleep 600 & echo $! > {tmp_path}/child; wait", monkeypatch)
    monkeypatch.setattr(old_word, "SECONDS", 2.0)
    with pytest.raises(BadDocument, match="did not read it within"):
        read_stored_text("a.doc", OLD)
    assert not is_running(int((tmp_path / "child").read_text(encoding="utf-8")))


def test_what_only_bears_the_suffix_is_read_as_what_it_is() -> None:
    assert outline(read_stored_text("a.doc", make_docx())) == [("paragraph", 0, "It is done.")]
    assert outline(read_stored_text("a.doc", b"{\\rtf1 It is done.\\par}")) == [
        ("paragraph", 0, "It is done.")
    ]
