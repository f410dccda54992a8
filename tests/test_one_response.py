"""One response is understood in each of the forms that offices publish it in."""

import shutil
from collections.abc import Sequence

import pytest

from askpcc.model import Citation, MatterKind, Span, Status
from askpcc.register import Row
from askpcc.register.rows import Response as Of
from support.cases import cases
from variants.catalogue import VARIANTS, find_variant
from variants.judging import Judged, judge_register
from variants.measure import Measure
from variants.response import read_response

FEWEST = 75
"""Forms in the catalogue; ``python -m variants.measure`` reads them all, which takes minutes."""

FLOORS = {
    "md-plain": (6, 5),
    "md-table": (6, 5),
    "md-labels": (6, 5),
    "txt-wrapped": (6, 5),
    "html-plain": (6, 5),
    "html-table": (6, 5),
    "docx-plain": (6, 5),
    "docx-tracked-changes": (6, 5),
    "pdf-plain": (6, 5),
    **({"scan-plain": (6, 5), "scan-table-ruled": (6, 5)} if shutil.which("tesseract") else {}),
}
"""Statuses that are right, of six, and answers, of five, of the forms that are quickly read."""


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Judged]:
    """Return what is understood of each form that has a floor."""
    measure = Measure(tmp_path_factory.mktemp("forms"))
    return {name: measure.judge(find_variant(name)) for name in FLOORS}


@cases("name", FLOORS)
def test_a_form_of_the_response_is_understood(judged: dict[str, Judged], name: str) -> None:
    understood = judged[name]
    assert understood.refused == ""
    assert understood.wrong == ()
    assert (len(understood.right), len(understood.answered)) >= FLOORS[name], understood


def test_there_are_forms_enough_and_each_has_a_name_of_its_own() -> None:
    assert len({variant.name for variant in VARIANTS}) == len(VARIANTS) >= FEWEST


def make_row(number: str | None, status: Status, quote: str, matter: str = "Work") -> Row:
    cited = Citation("a.md", "1", "A response", Span(0, len(quote)), quote)
    return Row(
        "a.md#x",
        Of("a.md", "1", None, "A response"),
        matter,
        MatterKind.RECOMMENDATION,
        status,
        (cited,),
        number,
    )


SECOND = "Work on this recommendation is in progress."
HANDOVER = "Sergeants at Plumstead have begun the handover checks and those at Puddingdale have yet to start."
JUDGED: Sequence[tuple[Row, tuple[int, ...], tuple[tuple[int, str], ...]]] = (
    (make_row("2", Status.IN_PROGRESS, SECOND), (2,), ()),
    (make_row("2", Status.COMPLETE, SECOND), (), ((2, "complete"),)),
    (make_row("4", Status.IN_PROGRESS, HANDOVER), (), ((4, "in_progress"),)),
    (make_row("5", Status.COMPLETE, HANDOVER), (), ((5, "complete"),)),
    (make_row("2", Status.NOT_STATED, SECOND), (), ()),
    (make_row(None, Status.IN_PROGRESS, SECOND), (), ()),
    (make_row(None, Status.COMPLETE, HANDOVER), (), ((0, "complete"),)),
    (make_row(None, Status.IN_PROGRESS, "**Status:** In progress"), (), ()),
    (make_row("7", Status.CLOSED, "All recommendations were closed."), (), ((0, "closed"),)),
    (make_row(None, Status.PLANNED, "x", read_response().recommendations[3].asks), (4,), ()),
)


@cases(("row", "right", "wrong"), JUDGED)
def test_a_row_is_judged_by_its_number_its_status_and_its_words(
    row: Row, right: tuple[int, ...], wrong: tuple[tuple[int, str], ...]
) -> None:
    found = judge_register(read_response(), [row])
    assert (found.right, found.wrong) == (right, wrong)


def test_each_form_is_written() -> None:
    written = [one for one in VARIANTS if not one.name.startswith("print-")]  # those need a browser
    assert all(variant.make(read_response()) for variant in written)
