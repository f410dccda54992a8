"""Front matter: what the file declares about itself in YAML between two lines of three hyphens."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from askpcc.errors import BadDocument
from askpcc.model import Span
from askpcc.reading.places import trim

MAX_CHARACTERS = 20_000

_FENCE = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_KEY = re.compile(r"\s*[A-Za-z][\w -]{0,40}:(?:\s|$)")
_REMEDY = (
    "Write one 'key: value' a line between two lines of '---', "
    "and put a value that holds a colon in quotation marks."
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a file declares, each value with its span in the stored text; end: where the body begins."""

    declared: Mapping[str, tuple[str, Span]] = field(default_factory=dict)
    end: int = 0


def read_front_matter(path: str, text: str) -> FrontMatter:
    """Read the front matter at the start of a text; without one, nothing is declared and end is 0.

    Values stay as written (a date is not turned into one); a list is joined with commas; a key without
    a value is left out.  Raises BadDocument where it is begun and cannot be read.
    """
    opening = _FENCE.match(text)
    if not opening:
        return FrontMatter()
    start = opening.end()
    closing = _find_closing(text, start)
    begun = bool(_KEY.match(text, start))
    if closing is None:
        if begun:
            raise BadDocument(path, "Its front matter has no closing line of '---'.", _REMEDY)
        return FrontMatter()
    node = _compose(path, text[start : closing.start], begun=begun)
    if not isinstance(node, yaml.MappingNode):
        return FrontMatter()
    return FrontMatter(_declare(path, text, node, start), closing.end)


def _find_closing(text: str, start: int) -> Span | None:
    # "$" of a multiline pattern knows "\n" only; a carriage return before it must not hide the fence.
    shown = text[start : start + MAX_CHARACTERS].replace("\r", "\n")
    found = _CLOSING.search(shown)
    return Span(start + found.start(), start + found.end()) if found else None


def _compose(path: str, source: str, *, begun: bool) -> yaml.Node | None:
    """Return the tree of the YAML, which holds words only: no tag in it makes an object."""
    try:
        # compose() of the safe loader keeps the places of the values, which safe_load() forgets.
        node: yaml.Node | None = yaml.compose(source, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as exc:
        if not begun:
            return None
        raise BadDocument(path, f"Its front matter is not YAML: {_say(exc)}.", _REMEDY) from exc
    return node


def _say(problem: Exception) -> str:
    if isinstance(problem, yaml.MarkedYAMLError) and problem.problem:
        line = f" (line {problem.problem_mark.line + 2})" if problem.problem_mark else ""
        return f"{problem.problem}{line}"
    return "it is nested too deeply" if isinstance(problem, RecursionError) else "it holds odd characters"


def _declare(path: str, text: str, node: yaml.MappingNode, offset: int) -> dict[str, tuple[str, Span]]:
    declared: dict[str, tuple[str, Span]] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value).strip().lower() if isinstance(key_node, yaml.ScalarNode) else ""
        if not key or key in declared:
            raise BadDocument(path, f"Its front matter gives no name or one name twice: '{key}'.", _REMEDY)
        span = _place(text, value_node, offset)
        value = _word(value_node, "" if span is None else span.of(text))
        if span is not None and value:
            declared[key] = (value, span)
    return declared


def _word(node: yaml.Node, source: str) -> str:
    if isinstance(node, yaml.ScalarNode):
        return "" if node.tag == "tag:yaml.org,2002:null" else str(node.value).strip()
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        return ", ".join(str(item.value).strip() for item in node.value)
    return source


def _place(text: str, node: yaml.Node, offset: int) -> Span | None:
    start, end = offset + node.start_mark.index, offset + node.end_mark.index
    style = node.style if isinstance(node, yaml.ScalarNode) else None
    if style in ("'", '"'):
        return trim(text, start + 1, end - 1)
    if style in ("|", ">"):
        # The sign of a block scalar, and what stands behind it, is not part of the value.
        break_at = re.compile(r"[\r\n]").search(text, start, end)
        start = break_at.start() if break_at else end
    return trim(text, start, end)
