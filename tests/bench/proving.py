"""How well the checks tell true statements in other words from lies."""

from collections.abc import Iterator

from askpcc.proving import find_flaw
from bench.figures import Figure
from support.proving_cases import FILES, read_said

_LEAST_PASSING = 0.85


def measure_proving() -> Iterator[Figure]:
    """Yield for each set the share of lies that are shown, of true statements that are, and the precision."""
    for file in FILES:
        name = file.removesuffix(".toml").replace("_", " ")
        shown = [
            (said.is_true, find_flaw(said.text, said.status, said.grounds) is None)
            for said in read_said(file)
        ]
        lies = [passes for is_true, passes in shown if not is_true]
        true = [passes for is_true, passes in shown if is_true]
        yield Figure(
            f"lies shown, {name}", f"{sum(lies)} of {len(lies)}", value=sum(lies) / len(lies), limit=0.0
        )
        yield Figure(
            f"true statements shown, {name}",
            f"{sum(true)} of {len(true)}",
            value=sum(true) / len(true),
            limit=_LEAST_PASSING,
            at_least=True,
        )
        passed = sum(true) + sum(lies)
        yield Figure(
            f"precision of what is shown, {name}",
            f"{sum(true)} of {passed}",
            value=sum(true) / max(1, passed),
        )
