"""What a file says about itself in its properties, as far as it can be believed."""

import re

_FILE_NAME = re.compile(
    r"(?:microsoft \w+ - )?(?P<name>.*?)(?:\.(?:docx?|pdf|rtf|odt|pub|xlsx?))?", re.IGNORECASE | re.DOTALL
)
_EMPTY_NAMES = ("untitled", "document", "word document", "powerpoint presentation", "insert title here")


def clean_title(title: object) -> str | None:
    """Return the title of the properties, unless it is the name of a file or of nothing."""
    words = " ".join(title.split()) if isinstance(title, str) else ""
    name = _FILE_NAME.fullmatch(words)
    named_a_file = name is None or name.group("name") != words
    return None if named_a_file or " " not in words or words.lower().startswith(_EMPTY_NAMES) else words
