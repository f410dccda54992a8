"""What is said while an answer is being made."""

from askpcc.surfaces.slack import limits


def loading_lines(passages: int, documents: int) -> list[str]:
    """Return the steps of an answer, for Slack to show one after the other."""
    lines = [
        f"Searching {passages:,} passages of {documents:,} documents",
        "Reading what fits best",
        "Checking each quotation word for word",
    ]
    return lines[: limits.LOADING_LINES]
