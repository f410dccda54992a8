"""The forms in which a chat model replies, and what it is shown, as data."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Literal, get_args

from pydantic import BaseModel, Field, model_validator

from askpcc.model import (
    Brief,
    ClaimsProposal,
    DocumentMaterial,
    Material,
    Numbered,
    Part,
    Proposal,
    Proposed,
    ProposedClaim,
    RegisterBrief,
    Speaker,
    Spent,
    Status,
)

_MOST_STATEMENTS = 20

StatusName = Literal[
    "complete",
    "closed",
    "in_progress",
    "planned",
    "accepted",
    "under_consideration",
    "not_accepted",
    "not_applicable",
]


class Stated(BaseModel):
    """One statement and the numbers of the sentences that it rests on."""

    text: str = Field(description="One short statement in plain words.")
    sentences: list[int] = Field(description="Numbers of the sentences that it rests on.")
    status: StatusName | None = Field(description="The register's status of the matter, if it states one.")

    @model_validator(mode="before")
    @classmethod
    def _fill(cls, given: object) -> object:
        """Take a status that is left out, or that nobody knows, as none."""
        if not isinstance(given, dict):
            return given
        known = given.get("status") in get_args(StatusName)
        return {**given, "status": given["status"] if known else None}


class Reply(BaseModel):
    """What answers the question, or that the sentences do not say, or what is to be searched for."""

    statements: list[Stated] = Field(description="What answers the question, the best first.")
    verdict: str = Field(description="One line that answers in the question's own terms, or empty.")
    not_stated: bool = Field(description="Whether the sentences do not answer the question.")
    related: list[int] = Field(
        description="Where not_stated is true: numbers of sentences on that very matter."
    )
    searches: list[str] = Field(description="At most two searches, each a few words, where more is needed.")

    @model_validator(mode="before")
    @classmethod
    def _fill(cls, given: object) -> object:
        """Take what a reply leaves out as nothing; a form with defaults is refused by some providers."""
        empty: dict[str, object] = {
            "statements": [],
            "verdict": "",
            "not_stated": False,
            "related": [],
            "searches": [],
        }
        if not isinstance(given, dict) or not given.keys() & {"statements", "not_stated", "searches"}:
            return given
        return empty | {name: value for name, value in given.items() if value is not None}


class FollowUp(BaseModel):
    """A follow-up as a question that stands alone."""

    question: str = Field(description="The question.")


class Claimed(BaseModel):
    """What a document says has become of one matter."""

    matter: str = Field(description="The words of the document that name the matter.")
    reference: str = Field(description="Its kind and number as the document has them, or empty.")
    status: StatusName = Field(description="What has become of it.")
    said_by: str = Field(description="commissioner, force, inspectorate or other.")
    sentences: list[int] = Field(description="Numbers of the sentences that say so, the most telling first.")


class Register(BaseModel):
    """All statuses that the sentences give to matters."""

    claims: list[Claimed] = Field(description="One for each matter and speaker; empty where none is given.")

    @model_validator(mode="before")
    @classmethod
    def _leave_out(cls, given: object) -> object:
        """Leave out claims without a known status, a matter or a sentence, which claim nothing."""
        if not isinstance(given, dict) or not isinstance(given.get("claims"), list):
            return given
        return {"claims": [made for one in given["claims"] if (made := _complete(one))]}


def _complete(given: object) -> dict[str, object] | None:
    if not isinstance(given, dict) or given.get("status") not in get_args(StatusName):
        return None
    numbers = given.get("sentences")
    numbers = numbers if isinstance(numbers, list) else [numbers]
    numbers = [n for n in numbers if isinstance(n, int) and not isinstance(n, bool)]
    if not numbers:
        return None
    texts = {name: given.get(name) for name in ("matter", "reference", "said_by")}
    named = {name: told if isinstance(told, str) else "" for name, told in texts.items()}
    return {**named, "status": given["status"], "sentences": numbers}


def read_reply(reply: Reply, spent: Spent) -> Proposal:
    """Return what a reply proposes, no more statements than may be proposed."""
    statements = tuple(
        Proposed(
            _in_line(stated.text),
            tuple(dict.fromkeys(stated.sentences)),
            Status(stated.status) if stated.status else None,
        )
        for stated in reply.statements[:_MOST_STATEMENTS]
    )
    searches = (words for typed in reply.searches if (words := _in_line(typed)))
    return Proposal(
        statements,
        _in_line(reply.verdict),
        reply.not_stated,
        tuple(dict.fromkeys(reply.related)),
        tuple(searches),
        spent,
    )


def _in_line(text: str) -> str:
    return " ".join(text.split())


def read_register(reply: Register, spent: Spent) -> ClaimsProposal:
    """Return what a reply claims."""
    speakers = {str(speaker): speaker for speaker in Speaker}
    claims = (
        ProposedClaim(
            _in_line(one.matter),
            Status(one.status),
            tuple(dict.fromkeys(one.sentences)),
            _in_line(one.reference),
            speakers.get(one.said_by),
        )
        for one in reply.claims
    )
    return ClaimsProposal(tuple(claims), spent)


def show(brief: Brief) -> dict[str, Any]:
    """Return a brief as the model gets it."""
    shown: dict[str, Any] = {
        "question": brief.question,
        "asked_on": brief.asked_on,
        "searches_left": brief.searches_left,
        "documents": [_show_document(one) for one in brief.documents],
    }
    if brief.computed:
        shown["computed"] = [{"text": one.text, "sentences": list(one.numbers)} for one in brief.computed]
    return shown


def _show_document(document: DocumentMaterial) -> dict[str, Any]:
    """Return a document with its sentences, each heading and lead-in told once for what stands under it."""
    parts = groupby(document.sentences, key=lambda one: (one.heading, one.lead))
    return {**document.about, "parts": [_show_part(*under, list(held)) for under, held in parts]}


def _show_part(heading: str, lead: str, held: Sequence[Material]) -> dict[str, Any]:
    told = {"heading": heading, "lead_in": lead}
    return {
        **{name: words for name, words in told.items() if words},
        "sentences": [_show(one) for one in held],
    }


def _show(one: Material) -> dict[str, Any]:
    """Return a sentence with the rows that the register has of it."""
    shown: dict[str, Any] = {"number": one.number, "words": one.words}
    rows = [
        {
            "matter": f"{claim.kind} {claim.number}" if claim.number else claim.matter,
            "status": str(claim.status),
            "said_by": str(claim.said_by),
            "as_of": claim.as_of,
        }
        for claim in one.claims
    ]
    return {**shown, "register": rows} if rows else shown


def show_register(brief: RegisterBrief) -> dict[str, Any]:
    """Return a part of a document as the model gets it."""
    return {"document": dict(brief.about), "parts": [_show_register_part(part) for part in brief.parts]}


def _show_register_part(part: Part) -> dict[str, Any]:
    lines: list[dict[str, Any]] = []
    for (row, lead), held in groupby(part.sentences, key=lambda one: (one.row, one.lead)):
        sentences = [_show_numbered(one) for one in held]
        if row:
            lines.append({"row": sentences})
        else:
            lines += [{**sentence, "lead_in": lead} if lead else sentence for sentence in sentences]
    return {"headings": list(part.headings), "sentences": lines}


def _show_numbered(one: Numbered) -> dict[str, Any]:
    column = {"column": one.column} if one.column else {}
    return {"number": one.number, **column, "words": one.words}
