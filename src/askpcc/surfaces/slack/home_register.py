"""The register in short: the newest rows, of one force and status if somebody chose so."""

from collections.abc import Iterator, Sequence

from askpcc.model import Status
from askpcc.register.rows import Row
from askpcc.surfaces.slack import limits
from askpcc.surfaces.slack.action_ids import HOME_FILTERS, HOME_FORCE, HOME_STATUS
from askpcc.surfaces.slack.answers.blocks import section
from askpcc.surfaces.slack.answers.messages import Block
from askpcc.surfaces.slack.controls import actions, count, header, menu, remark
from askpcc.surfaces.slack.home_view import ANY, Filters
from askpcc.surfaces.slack.row_lines import say_details, say_matter, say_status

MOST_ROWS = 10


def list_register(rows: Sequence[Row], filters: Filters) -> Iterator[Block]:
    """Yield menus and the newest rows that fit them; rows: newest first."""
    yield header("What has become of it")
    current = [row for row in rows if row.superseded_by is None]
    if not current:
        yield section("The documents state no recommendations or areas for improvement yet.")
        return
    yield {**actions(_offer_filters(current, filters)), "block_id": HOME_FILTERS}
    fitting = [row for row in current if filters.fit(row)]
    for row in fitting[:MOST_ROWS]:
        yield section(f"{say_status(row)}: {say_matter(row)}\n{say_details(row)}")
    yield remark(_say_how_many(len(fitting)))


def _offer_filters(rows: Sequence[Row], filters: Filters) -> list[Block]:
    forces = sorted({row.response.force for row in rows if row.response.force})
    named = forces[: limits.OPTIONS_A_MENU - 1]
    statuses = [status for status in Status if any(row.status is status for row in rows)]
    by_force = {ANY: "All forces"} | {force: force for force in named}
    by_status = {ANY: "All statuses"} | {str(one): one.replace("_", " ").capitalize() for one in statuses}
    return [
        menu(HOME_FORCE, "Force", by_force, filters.force or ANY),
        menu(HOME_STATUS, "Status", by_status, filters.status or ANY),
    ]


def _say_how_many(fitting: int) -> str:
    if not fitting:
        return "Nothing in the register fits these two choices."
    if fitting > MOST_ROWS:
        return f"The newest {MOST_ROWS} of {count(fitting, 'matter')}."
    return f"{count(fitting, 'matter')} in all."
