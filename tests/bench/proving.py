"""How well the checks tell true statements from lies."""

from collections.abc import Iterable, Iterator

from askpcc.proving import find_flaw
from bench.figures import Figure
from support.proving_cases import BY_A_MODEL, FILES, Said, read_by_a_model, read_said

_LEAST_FREELY, _LEAST_COPIED = 0.85, 0.97
"""Of statements in somebody's own words, and of those that a model copied as it is told to."""


def measure_proving() -> Iterator[Figure]:
    """Yield for each set the share of lies that are shown, and of true statements that are."""
    for file in FILES:
        yield from _measure(f"in own words, {_name(file)}", read_said(file), _LEAST_FREELY)
    for file in BY_A_MODEL:
        yield from _measure(f"copied by a model, {_name(file)}", read_by_a_model(file), _LEAST_COPIED)


def _name(file: str) -> str:
    return file.partition(".")[0].replace("_", " ")


def _measure(name: str, statements: Iterable[Said], least: float) -> Iterator[Figure]:
    shown = [(said.is_true, find_flaw(said.text, said.status, said.grounds) is None) for said in statements]
    lies = [passes for is_true, passes in shown if not is_true]
    true = [passes for is_true, passes in shown if is_true]
    yield Figure(f"lies shown, {name}", f"{sum(lies)} of {len(lies)}", value=sum(lies) / len(lies), limit=0.0)
    yield Figure(
        f"true statements shown, {name}",
        f"{sum(true)} of {len(true)}",
        value=sum(true) / len(true),
        limit=least,
        at_least=True,
    )
