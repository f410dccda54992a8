"""The response as PDFs that Chromium prints."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from variants.pages import escape, put_in_page, write_list, write_page, write_table
from variants.response import Response, Variant

BROWSER = shutil.which("chromium")
_SECONDS = 90
"""A printed page takes two on a machine at leisure."""


def print_page(page: str) -> bytes:
    """Return a page as Chromium prints it."""
    if BROWSER is None:
        raise FileNotFoundError("Chromium is not installed: apt-get install chromium")
    with tempfile.TemporaryDirectory(prefix="askpcc-print-") as folder:
        source, made = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, encoding="utf-8")
        options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
        command = [
            BROWSER,
            *options,
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={made}",
            source.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603 - the browser
        return made.read_bytes()


def _styled(style: str, response: Response) -> str:
    return write_page(response).replace("<style></style>", f"<style>{style}</style>")


def _sidebar(response: Response) -> str:
    """Return a page with demands on the left and answers on the right."""
    rows = "".join(
        f"<div class=row><div class=left><b>{one.name}</b><p>{escape(one.asks)}</p></div>"
        f"<div class=right><p>{escape(one.answer)}</p></div></div>"
        for one in response.recommendations
    )
    style = ".row{display:flex;gap:8mm;break-inside:avoid}.left,.right{flex:1}"
    return put_in_page(response, rows, style)


def _headed(response: Response) -> str:
    """Return a page whose head and foot stand on each sheet."""
    head, foot = "<div style='position:fixed;top:0'>", "<div style='position:fixed;bottom:0'>"
    furniture = f"{head}OFFICIAL</div>{foot}Page of a draft</div>"
    return write_page(response).replace("<main>", f"{furniture}<main style='margin:15mm 0'>")


_LIGATURES = (("ffi", "\ufb03"), ("ff", "\ufb00"), ("fi", "\ufb01"), ("fl", "\ufb02"))


def _ligatures(response: Response) -> str:
    """Return a page whose letters are joined by the writer's program."""
    head, mark, body = write_page(response).partition("<main>")
    for letters, joined in _LIGATURES:
        body = body.replace(letters, joined)
    return f"{head}{mark}{body}"


_COLUMNS = "main{columns:2;column-gap:8mm;font-size:11pt}"
_HYPHENATED = "main{columns:3;column-gap:6mm;hyphens:auto;text-align:justify;font-size:10pt}"
_LINED = "table{border-collapse:collapse;font-size:9pt}td,th{border:1px solid;padding:3px;vertical-align:top}"
_NARROW = "table{border-collapse:collapse;font-size:9pt;table-layout:fixed;width:100%}"
_NARROW += "td,th{border:1px solid;overflow-wrap:anywhere}"
_WIDE = "@page{size:A4 landscape}" + _LINED
_FONT = "body{font-family:'DejaVu Serif';font-variant-ligatures:common-ligatures}"


def _print(name: str, write: Callable[[Response], str]) -> Variant:
    return Variant(f"print-{name}", ".pdf", lambda response: print_page(write(response)))


VARIANTS = (
    _print("plain", write_page),
    _print("two-columns", partial(_styled, _COLUMNS)),
    _print("three-columns-hyphenated", partial(_styled, _HYPHENATED)),
    _print("ligature-font", partial(_styled, _FONT)),
    _print("ligature-signs", _ligatures),
    _print("numbers", write_list),
    _print("table", partial(write_table, style=_LINED)),
    _print(
        "table-unruled", partial(write_table, style="table{font-size:9pt}td{vertical-align:top;padding:4px}")
    ),
    _print("table-narrow", partial(write_table, style=_NARROW)),
    _print("table-landscape", partial(write_table, style=_WIDE)),
    _print("side-by-side", _sidebar),
    _print("header-footer", _headed),
    _print("hyphenated", partial(_styled, "main{width:75mm;hyphens:auto;text-align:justify}")),
)
