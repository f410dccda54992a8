"""Several claims about one matter give it one status."""

from askpcc.model import (
    MatterKind,
    Span,
    Speaker,
    Status,
    StatusClaim,
)
from askpcc.statuses import NamedItem, summarise
from askpcc.statuses.summary import combine
from support.cases import cases

ITEM = NamedItem(MatterKind.RECOMMENDATION, "4", "forces should count their dogs", Span(0, 1))


def claim(status: Status, matter: str = "a dog") -> StatusClaim:
    return StatusClaim("id", "a.md", "v", matter, ITEM.kind, status, Speaker.FORCE, (Span(0, 1),), number="4")


@cases(
    ("statuses", "status"),
    [
        ([], Status.NOT_STATED),
        ([Status.COMPLETE], Status.COMPLETE),
        ([Status.COMPLETE, Status.PLANNED], Status.IN_PROGRESS),
        ([Status.COMPLETE, Status.IN_PROGRESS], Status.IN_PROGRESS),
        ([Status.PLANNED], Status.PLANNED),
        ([Status.ACCEPTED, Status.PLANNED], Status.PLANNED),
        ([Status.ACCEPTED, Status.COMPLETE], Status.COMPLETE),
        ([Status.ACCEPTED, Status.IN_PROGRESS], Status.IN_PROGRESS),
        ([Status.ACCEPTED], Status.ACCEPTED),
        ([Status.UNDER_CONSIDERATION, Status.NOT_ACCEPTED], Status.NOT_ACCEPTED),
        ([Status.COMPLETE, Status.CLOSED], Status.CLOSED),
        ([Status.UNDER_CONSIDERATION], Status.UNDER_CONSIDERATION),
    ],
)
def test_claims_about_parts_give_the_matter_one_status(statuses: list[Status], status: Status) -> None:
    assert summarise([claim(one) for one in statuses], ITEM) is status


def test_what_is_said_of_the_matter_itself_wins_over_what_is_said_of_its_parts() -> None:
    claims = [claim(Status.PLANNED), claim(Status.COMPLETE, ITEM.words)]
    assert summarise(claims, ITEM) is Status.COMPLETE


def test_a_recommendation_of_several_things_is_not_complete_because_one_of_them_is() -> None:
    several = NamedItem(ITEM.kind, ITEM.number, ITEM.words, ITEM.span, parts=3)
    assert summarise([claim(Status.COMPLETE)], several) is Status.IN_PROGRESS
    assert summarise([claim(Status.COMPLETE, ITEM.words)], several) is Status.COMPLETE


def test_a_plan_in_place_is_work_begun_unless_a_plan_was_asked_for() -> None:
    plan = [claim(Status.COMPLETE, "An action plan")]
    asked = NamedItem(ITEM.kind, ITEM.number, "forces should have a plan for dogs", ITEM.span)
    assert summarise(plan, ITEM) is Status.IN_PROGRESS
    assert summarise(plan, asked) is Status.COMPLETE


def test_nothing_said_combines_to_nothing() -> None:
    assert combine([]) is None
