"""What a language model proposed becomes drafts: each statement proved from what it cites, or dropped."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from askpcc.asking.material import as_cited
from askpcc.asking.quoting import most_statements
from askpcc.asking.wording import word_status
from askpcc.language.forces import ForceTable
from askpcc.model import DocumentCard, Draft, Material, Proposed, Question, StatusClaim, Wanted
from askpcc.proving import Grounds, find_flaw


def keep_proved(
    proposed: Sequence[Proposed],
    material: Sequence[Material],
    cards: Mapping[str, DocumentCard],
    forces: ForceTable,
) -> list[Draft]:
    """Return the statements that their sentences prove, each once, as drafts that cite those sentences."""
    numbered = {one.number: one for one in material}
    drafts: dict[str, Draft] = {}
    for statement in proposed:
        cited = [numbered[number] for number in sorted(statement.numbers) if number in numbered]
        if not cited or len(cited) < len(statement.numbers):
            continue
        grounds = Grounds(tuple(as_cited(one, cards) for one in cited), forces)
        if find_flaw(statement.text, statement.status, grounds) is None:
            drafts.setdefault(statement.text, _draft(statement, cited))
    return list(drafts.values())


def _draft(statement: Proposed, cited: Sequence[Material]) -> Draft:
    """Put a status first, with who says so and as of when."""
    text = statement.text.rstrip(". ")
    claim = _find_claim(statement, cited)
    label = f"{word_status(claim, claim.status)}. " if claim else ""
    return Draft(f"{label}{text}", tuple(one.sentence for one in cited), statement.status if claim else None)


def _find_claim(statement: Proposed, cited: Sequence[Material]) -> StatusClaim | None:
    claims = (claim for one in cited for claim in one.claims)
    return next((claim for claim in claims if claim.status is statement.status), None)


def join(question: Question, drafted: Sequence[Draft], proved: Sequence[Draft]) -> list[Draft]:
    """Let what was proved stand in place of bare quotations; what the register states stays first.

    A statement that rests on the words of a status stands behind it; a list of statuses stands alone.
    """
    stated = [made for made in drafted if made.text]
    left = list(proved)
    joined = []
    for made in stated:
        fitting = next((one for one in left if one.sentences[0] in made.sentences and not one.status), None)
        if fitting:
            left.remove(fitting)
            sentences = tuple(dict.fromkeys([*made.sentences, *fitting.sentences]))
            made = replace(made, text=f"{made.text}. {fitting.text}", sentences=sentences)  # noqa: PLW2901 - the same draft with more words
        joined.append(made)
    if question.wanted is Wanted.LIST and any(made.status for made in stated):
        return joined
    said = {sentence for made in joined for sentence in made.sentences}
    more = [one for one in left if not set(one.sentences) <= said]
    room = max(most_statements(question), len(joined))
    return [*joined, *more][:room]
