"""A line that names matters and says nothing of them: "AFI 1 (crime recording) and AFI 2 (supervision)"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from askpcc.proving.proof import Grounds, is_part_of
from askpcc.proving.tokens import Mark, Token, read_tokens
from askpcc.proving.values import Sort, load_vocabulary
from askpcc.text.forces import ForceTable

_BETWEEN = (Mark.COMMA, Mark.SEMICOLON)


@dataclass(frozen=True, slots=True)
class NamedMatter:
    """A matter as a line names it: by its numbers, and by rows of words."""

    items: frozenset[str]
    rows: tuple[str, ...]


def read_matters(line: str, forces: ForceTable) -> tuple[NamedMatter, ...]:
    """Return the matters that a line names, in its order; none where it has a verb and states something."""
    tokens = read_tokens(line.rstrip(". "), forces)
    if any(token.key in load_vocabulary().verbs for token in tokens):
        return ()
    named = [one for part in _split(tokens) for one in _name(part)]
    return tuple(named) if all(one.items or one.rows for one in named) else ()


def is_named(matter: NamedMatter, statement: str, grounds: Grounds) -> bool:
    """Tell whether a statement, with what it rests on, has the numbers and the words of a matter.

    Where it is of further numbers too, the words stand in a text that is of these alone.
    """
    said = [statement, *(words for one in grounds.cited for words in (one.words, one.heading))]
    of_text = {text: _items(read_tokens(text, grounds.forces)) for text in said}
    held = frozenset(item for one in grounds.cited for item in one.items).union(*of_text.values())
    of_these = [text for text, items in of_text.items() if matter.items in (frozenset(), held, items)]
    return matter.items <= held and all(
        any(is_part_of(row, text, grounds) for text in of_these) for row in matter.rows
    )


def _items(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(token.key for token in tokens if token.sort is Sort.ITEM)


def _split(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield what stands between commas, semicolons and "and", where these are not in brackets."""
    part: list[Token] = []
    depth = 0
    for token in tokens:
        depth += (token.sort is Mark.OPEN) - (token.sort is Mark.CLOSE)
        if depth == 0 and (token.sort in _BETWEEN or token.key == "and"):
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _name(part: Sequence[Token]) -> list[NamedMatter]:
    """Return the matter of a part; where it has nothing but numbers, each of them is one."""
    rows: list[list[str]] = [[]]
    for token in part:
        if token.is_mark or token.sort is Sort.ITEM:
            rows.append([])
        else:
            rows[-1].append(token.text)
    said = tuple(" ".join(row) for row in rows if row)
    return [NamedMatter(_items(part), said)] if said else _name_each(part)


def _name_each(part: Sequence[Token]) -> list[NamedMatter]:
    return [NamedMatter(frozenset({item}), ()) for item in sorted(_items(part))] or [
        NamedMatter(frozenset(), ())
    ]
