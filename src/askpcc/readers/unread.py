"""Files of other kinds: why they are not read, and what to do with each."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a file is not read, and what can be done about it."""

    reason: str
    remedy: str


_ARCHIVE = Unread(
    "It is an archive of files, which are not read inside it.",
    "Unpack it and put the documents into the corpus; a .zip is unpacked by: askpcc add FILE.zip",
)
_PICTURE = Unread(
    "It is a picture, and no text is read from pictures.",
    "Save it as .pdf, which is read where tesseract is installed, or put its text in its place.",
)
_SOUND = Unread("It is a recording.", "Put a transcript of it in its place.")
_OTHER = Unread(
    "Files of this kind are not read.", "Save it as .docx, .pdf, .xlsx, .html, .md or .txt instead."
)


def _save_as(suffix: str) -> Unread:
    return Unread("Files of this kind are not read.", f"Save it as {suffix} instead.")


_BY_SUFFIX: Mapping[str, Unread] = {
    **dict.fromkeys((".zip", ".7z", ".rar", ".gz", ".tar", ".tgz"), _ARCHIVE),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".bmp", ".heic", ".webp"), _PICTURE),
    **dict.fromkeys((".mp3", ".mp4", ".m4a", ".wav", ".mov", ".avi"), _SOUND),
    **dict.fromkeys((".xls", ".xlsb", ".ods", ".numbers"), _save_as(".xlsx")),
    **dict.fromkeys((".ppt", ".pps", ".odp", ".key"), _save_as(".pptx")),
    **dict.fromkeys((".docm", ".dotx", ".dot", ".pages", ".wps", ".wpd", ".pub"), _save_as(".docx")),
    **dict.fromkeys((".mht", ".mhtml", ".url", ".webloc", ".xml", ".epub"), _save_as(".html or .pdf")),
}
"""What lies in the folders of an office besides documents that are read."""


def explain_unread(path: str) -> Unread:
    """Return why a file of no format that is read is left out, by its suffix."""
    return _BY_SUFFIX.get(PurePosixPath(path).suffix.lower(), _OTHER)
