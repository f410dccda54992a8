"""What reviewing is called on pages."""

from collections.abc import Mapping

from askpcc.model import Inquiry, Judgement, Ruling, Why

REASONS: Mapping[Why, str] = {
    Why.BAD_FEEDBACK: "somebody found it wrong",
    Why.ASKED_PERSON: "somebody asked for a person",
    Why.LOW_CONFIDENCE: "it speaks of little of the question",
    Why.WITHHELD: "something was withheld from it",
    Why.SAMPLE: "it was drawn at random",
    Why.LAPSED: "its approval has lapsed: the documents changed",
}
JUDGEMENTS: Mapping[Judgement, str] = {
    Judgement.SUPPORTED: "supported",
    Judgement.NOT_SUPPORTED: "not supported",
    Judgement.WRONG_STATUS: "wrong status",
    Judgement.WRONG_SOURCE: "wrong source",
    Judgement.OUT_OF_DATE: "out of date",
}
RULED: Mapping[Ruling, str] = {
    Ruling.APPROVED: "Approved",
    Ruling.CORRECTED: "Corrected",
    Ruling.REJECTED: "Rejected",
}


def say_where(inquiry: Inquiry) -> str:
    """Return where somebody asked."""
    if inquiry.place.surface == "web":
        return "on these pages"
    surface = inquiry.place.surface.capitalize()
    return (
        f"in {surface}, in private" if inquiry.private else f"in {surface}, channel {inquiry.place.channel}"
    )
