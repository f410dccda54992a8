"""Tesseract in tests: the real one where it is installed, or a program in its place."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="Tesseract is not installed: apt-get install tesseract-ocr"
)

_SCRIPT = """#!/bin/sh
case "$1" in --list-langs) printf 'Languages:\\n{languages}\\n'; exit 0;; esac
{script}
"""


def put_tesseract(
    folder: Path, monkeypatch: pytest.MonkeyPatch, script: str, languages: Sequence[str] = ("eng",)
) -> None:
    """Put a program in the place of tesseract, and nothing else but a shell and its tools on the path."""
    program = folder / "tesseract"
    program.write_text(_SCRIPT.format(script=script, languages="\\n".join(languages)), encoding="utf-8")
    program.chmod(0o755)
    tools = Path(shutil.which("sleep") or "/bin/sleep").parent
    links = folder / "tools"
    links.mkdir()
    for tool in ("sh", "sleep", "cat", "env", "yes"):
        (links / tool).symlink_to(tools / tool)
    monkeypatch.setenv("PATH", f"{folder}:{links}")


def show_lines(
    folder: Path, monkeypatch: pytest.MonkeyPatch, lines: Sequence[tuple[str, float]], before: str = "true"
) -> None:
    """Put a program in the place of tesseract that sees these lines on each page, and nothing apart of them.

    before: what it does before.
    """
    (folder / "told").write_text(tell_lines(lines), encoding="utf-8")
    script = f'case "$*" in *"--psm 3"*) {before}; cat {folder}/told;; *) exit 1;; esac'
    put_tesseract(folder, monkeypatch, script)


def take_tesseract_away(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave nothing on the path."""
    monkeypatch.setenv("PATH", str(folder))


def tell_lines(lines: Sequence[tuple[str, float]], height: int = 40) -> str:
    """Return lines of a page of A4 in hOCR, each a paragraph, with tesseract's sureness of its words.

    height: of a capital, in pixels.
    """
    told = []
    for number, (words, sure) in enumerate(lines):
        top, left = 300 + 120 * number, 250
        spans = []
        for word in words.split():
            right = left + 24 * len(word)
            box = f"bbox {left} {top} {right} {top + height}; x_wconf {100 * sure:.0f}"
            spans.append(f"<span class='ocrx_word' title='{box}'>{word}</span>")
            left = right + 20
        line = f"bbox 250 {top} {left} {top + height}; baseline 0 0; x_size {height / 0.75:.0f}"
        told.append(f"<p><span class='ocr_line' title='{line}'>{''.join(spans)}</span></p>")
    return f"<html xmlns='http://www.w3.org/1999/xhtml'><body>{''.join(told)}</body></html>"
