"""Which statuses words claim, read by the rules that the register is read with."""

from askpcc.model import Status
from askpcc.statuses.readings import Place, read_sentence


def read_statuses(text: str) -> set[Status]:
    """Return the statuses that a sentence gives to whatever it is about."""
    place = Place(answer=True)
    return {reading.status for reading in read_sentence(text, place)}
