"""Responses of invented forces, generated: any number of them, in six layouts, the same for the same seed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from random import Random

from support.generated_facts import Facts, write_date
from support.phrases import TOPICS

SHORTEST, LONGEST = 1_500, 5_000


def generate_documents(n: int, seed: int = 0) -> Iterator[tuple[str, str]]:
    """Yield n responses as (file name, Markdown text), each of 1,500 to 5,000 characters.

    Layouts take turns; the force, the topic, the dates and the words depend on the seed and the place.
    """
    for place in range(n):
        facts = Facts(Random(f"{seed}:{place}"))  # noqa: S311 - test data, not a secret
        layout = LAYOUTS[place % len(LAYOUTS)]
        slug = f"{facts.area} {facts.topic}".lower().replace(" ", "-")
        yield f"{place:05d}-{slug}-{facts.published.year}.md", layout(facts)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The fixed head and tail of a layout, and what stands between its items."""

    head: str
    tail: str
    gap: str = "\n\n"


def _compose(facts: Facts, frame: _Frame, item: Callable[[int], str]) -> str:
    """Put as many items between head and tail as the length that was drawn allows."""
    parts = [frame.head]
    for number in count(1):
        if sum(map(len, parts)) + len(frame.tail) >= facts.target:
            break
        parts.append(item(number))
    return frame.gap.join(parts) + "\n\n" + frame.tail + "\n"


def _signature(facts: Facts) -> str:
    return f"**{facts.commissioner}**\n\n**Police and Crime Commissioner for {facts.area}**"


def _write_form(facts: Facts) -> str:
    head = (
        f"## {facts.area} PCC's Response to HMICFRS Inspections\n\n"
        f"<b>Title of Inspection</b>\t{facts.area} - an inspection of {facts.topic}\t\n"
        f"<b>Date Inspection Published</b>\t{write_date(facts.published)}\t\n"
        f"<b>Type of Inspection</b>\tForce Specific\t\n\t{facts.area} Specific\tYes\n"
        f"<b>Recommendations</b>\tNational\tNo\n\tLocal\tYes\n\n"
        f"### Report Summary\n\n{facts.draw_finding()} {facts.draw_finding()}\n\n{facts.draw_finding()}\n\n"
        f"### Commissioner's Response\n\n{facts.draw_aside()} This is where the main points stand:\n"
    )
    tail = f"{facts.draw_aside()}\n\n{_signature(facts)}"
    return _compose(facts, _Frame(head, tail, "\n"), lambda _: f"- {facts.draw_answer(facts.draw_subject())}")


def _write_letter(facts: Facts) -> str:
    head = (
        f"{write_date(facts.sent)}\n\nRt Hon the Home Secretary\nHome Office\nLondon SW1P 4DF\n\n"
        f"**An inspection of {facts.topic}**\n\nDear Home Secretary,\n\n"
        f"These are my comments on the report of HMICFRS that came out on "
        f"{write_date(facts.published)}. {facts.draw_finding()}"
    )

    def item(number: int) -> str:
        subject, due = facts.draw_subject(), write_date(facts.draw_due())
        asked = f"**Recommendation {number}: by {due}, forces should improve {subject}.**"
        return f"{asked}\n\n{facts.draw_answer(subject)}"

    return _compose(facts, _Frame(head, f"Yours sincerely,\n\n{_signature(facts)}"), item)


def _write_numbered(facts: Facts) -> str:
    head = (
        f"# {facts.force}: response to the inspection of {facts.topic}\n\n"
        f"## 1. Police and Crime Commissioner's comments\n\n1.1 {facts.draw_aside()}\n\n"
        f"1.2 The Chief Constable, {facts.chief}, says:\n\n"
        f"> {facts.draw_statement(facts.draw_subject())}\n>\n> {facts.draw_finding()}\n\n"
        f"## 2. Response to recommendations"
    )

    def item(number: int) -> str:
        at, subject = 3 * number, facts.draw_subject()
        return (
            f"2.{at - 2} **Recommendation {number + 3}**\n\n"
            f"2.{at - 1} Chief constables should improve {subject} by {write_date(facts.draw_due())}.\n\n"
            f"2.{at} {facts.draw_answer(subject)}"
        )

    return _compose(facts, _Frame(head, f"*{facts.commissioner}, {write_date(facts.sent)}*"), item)


def _write_prose(facts: Facts) -> str:
    head = (
        f"# {facts.topic.capitalize()}: the Commissioner for {facts.area} responds\n\n"
        f"{facts.draw_finding()} The report came out on {write_date(facts.published)}."
    )
    return _compose(
        facts,
        _Frame(head, _signature(facts)),
        lambda _: f"{facts.draw_answer(facts.draw_subject())} {facts.draw_aside()}",
    )


def _write_index(facts: Facts) -> str:
    head = (
        f"# {facts.area} PCC: responses to HMICFRS reports\n\n"
        f"The Commissioner for {facts.area} publishes responses here.\n\n"
        f"| Date | Report | Response |\n|---|---|---|"
    )

    def item(_: int) -> str:
        topic = facts.random.choice(tuple(TOPICS))
        answer = facts.draw_answer(facts.random.choice(TOPICS[topic]))
        return f"| {write_date(facts.draw_due())} | {facts.force}: {topic} | {answer} |"

    return _compose(facts, _Frame(head, f"Page kept by the office of {facts.commissioner}.", "\n"), item)


def _write_tracker(facts: Facts) -> str:
    head = (
        f"# {facts.force} - Audit Committee\n\n"
        f"**Minutes of the meeting held on {write_date(facts.sent)}**\n\n"
        f"**HMICFRS recommendations tracker: {facts.topic}**\n\n{facts.draw_finding()}\n\n"
        f"| Ref | Matter | Owner | Due | RAG |\n|---|---|---|---|---|"
    )

    def item(number: int) -> str:
        colour = facts.random.choice(("Red", "Amber", "Green", "Blue"))
        subject = facts.draw_subject()
        return (
            f"| T-{number:03d} | AFI {number}: {subject}. {facts.draw_statement(subject)} "
            f"| {facts.draw_person()} | {write_date(facts.draw_due())} | {colour} |"
        )

    return _compose(facts, _Frame(head, "**Resolved:** that the report be noted.", "\n"), item)


LAYOUTS = (_write_form, _write_letter, _write_numbered, _write_prose, _write_index, _write_tracker)
