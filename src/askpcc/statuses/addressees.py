"""To whom a recommendation is addressed, in its own words."""

import re

_OPENING = re.compile(
    r"^\W*(?:that\s+)?"
    r"(?:(?:by|within|before|no later than|immediately|with immediate effect)\b[^,]{0,40},\s*)?",
    re.IGNORECASE,
)
_SHOULD = re.compile(
    r"(?P<whom>[^.;:]{3,90}?)\s+(?:should|must|needs? to|(?:is|are) (?:asked|required|expected) to)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\basks?\s+(?P<whom>(?:all |every |each )?"
    r"(?:chief constables?|forces|the (?:force|constabulary)|police and crime commissioners))\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"\b(?:force|forces|constables?|constabulary|police|commissioners?|office|government|department|ministry|college|council|cps|service|board|secretary|officers?|inspectorate|npcc|bodies|leads?|coordinator)\b",
    re.IGNORECASE,
)


def read_addressee(text: str) -> str | None:
    """Return whom the text of a recommendation says is to act; None when it does not say."""
    opening = _OPENING.match(text)
    match = _ASKS.search(text) or _SHOULD.match(text, opening.end() if opening else 0)
    if not match:
        match = _SHOULD.match(text[opening.end() :]) if opening else None
    whom = match["whom"].strip(" ,") if match else ""
    return whom if _SOMEBODY.search(whom) else None
