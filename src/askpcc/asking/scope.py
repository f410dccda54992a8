"""Requests that the responses cannot answer, and the one plain sentence that declines each."""

from askpcc.language.patterns import load_patterns

_ONLY = "I only answer what published responses to police inspections say"
_DECLINED = {
    "emergency": "If somebody is in danger or a crime is happening, call 999; if it is not urgent, call 101. "
    f"{_ONLY}.",
    "advice": f"I cannot advise on what to do. {_ONLY}.",
    "opinion": f"I give no opinions on people or forces. {_ONLY}.",
    "attack": f"{_ONLY}, in their own words.",
    "drafting": f"I write no texts of that sort. {_ONLY}.",
    "elsewhere": f"That is another subject. {_ONLY}.",
}


def decline(typed: str) -> str | None:
    """Return the sentence that declines a request outside the responses, or None for one inside."""
    shapes = load_patterns("scope")
    return next((_DECLINED[name] for name, pattern in shapes.items() if pattern.search(typed)), None)
