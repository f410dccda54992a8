"""Which statuses words claim, read by the rules that the register is read with."""

from askpcc.model import Status
from askpcc.statuses.places import Place
from askpcc.statuses.readings import read_cues


def read_statuses(text: str) -> set[Status]:
    """Return the statuses that a sentence gives to whatever it is about."""
    return {reading.status for reading in read_cues(text, Place(answer=True)) if not reading.rule.weak}
