"""Words, and rows of them, that documents hold to their readers' harm, drawn from a seed."""

from collections.abc import Callable, Sequence
from random import Random

HARMLESS = (
    "Recommendation 3: by 31 May 2025 Netherby Police should count its keys.",
    "This recommendation is complete. The keys were counted in April 2025.",
    "Work on recommendation 4 is in progress and will be finished by 30 June 2025.",
    "The Chief Constable does not accept this recommendation.",
    "Area for improvement 2.1(a)(iv): the force doesn't hear people.",
    "Response of the Police and Crime Commissioner for Borsetshire to HMICFRS, 3 March 2025",
    "| 1 | Count the keys | Complete | 1 May 2025 | Inspector Ada Quill |",
)
TAGS = (
    *("<br>", "</details>", "<details>", "<summary>", "<p>", "</p>", "<td>", "</table>", "<table><tr>"),
    *("<!--", "-->", "<![CDATA[", "]]>", "<script>", "</script>", "<style>", "<template>", "<noscript>"),
    *("<svg><text>", "<plaintext>", "<textarea>", "<select><option>", "<ol start=-5 reversed><li value=9>"),
    *(
        '<td colspan="100000">',
        '<td rowspan="65535">',
        "<?xml version='1.0'?>",
        "<a href='#",
        "</body></html>",
    ),
    *("<base href='http://netherby.example/'>", "<meta charset=utf-7>", "<w:p>", "{{", "}}", "\\par "),
)
ENTITIES = (
    "&nbsp;",
    "&#160;",
    "&#0;",
    "&#xD800;",
    "&#1114112;",
    "&zwnj;",
    "&shy;",
    "&amp;lt;br&amp;gt;",
    "&bogus;",
)
SIGNS = (
    *("\u200b", "\u200d", "\ufeff", "\u2060", "\u00ad", "\u202e", "\u2066", "\u2069", "\u061c", "\ufffe"),
    *("\x0c", "\x85", "\u2028", "\u2029", "\r", "\t", "\u3000", "\U0010ffff", "e\u0301\u0301\u0301"),
    *("\ufb01", "\U0001f6a8", "İ", "ß", "١٢", "²", "Ⅳ"),
)
CONTROLS = ("\0", "\x01", "\x0b", "\x1b[2J", "\x7f", "\ud83d", "\udc00")
"""Signs for which most texts are refused unread."""
_CONTROLLED = 0.02
NUMBERS = (
    *(
        "99999999999999999999",
        "0",
        "-1",
        "1.1.1.1.1.1.1.1",
        "31 February 2025",
        "30 June 99999",
        "00/00/0000",
    ),
    *(
        "(((((",
        "))))",
        "recommendations 1 to 999999999",
        "iiiiiiiiiiiii)",
        "1e308",
        "2024-13-45",
        "0x10",
        "½",
    ),
)
MARKS = (
    "# ",
    "- ",
    "* ",
    "> ",
    "1. ",
    "999999999. ",
    "| ",
    "    ",
    "```",
    "~~~",
    "---",
    "===",
    "[",
    "](",
    "**",
    "_",
    ":",
)


def draw_words(rng: Random, most: int) -> str:
    """Return a stretch of words with signs, tags and entities among them.  most: of pieces."""
    pools: Sequence[Sequence[str]] = (HARMLESS, HARMLESS, TAGS, ENTITIES, SIGNS, NUMBERS, MARKS)
    joint = rng.choice(
        [" ", " ", "", "\n", "\u00a0", *CONTROLS] if rng.random() < _CONTROLLED else [" ", "", "\n"]
    )
    return joint.join(rng.choice(rng.choice(pools)) for _ in range(rng.randint(0, most)))


def draw_long_word(rng: Random, most: int) -> str:
    """Return one word without a space, of the length that is allowed."""
    return rng.choice(["x", "1", "(", ".", "-", "a.", "1,", "'", "\u0301", "A", "&", "<", "§"]) * most


def draw_paragraphs(rng: Random, most: int) -> list[str]:
    """Return paragraphs, of which some are empty, signs alone or one word.  most: of paragraphs."""
    kinds: list[Callable[[], str]] = [
        lambda: rng.choice(HARMLESS),
        lambda: rng.choice(HARMLESS),
        lambda: draw_words(rng, 12),
        lambda: rng.choice(TAGS),
        lambda: rng.choice(ENTITIES),
        lambda: rng.choice(SIGNS),
        lambda: "",
        lambda: rng.choice(HARMLESS) * rng.randint(1, 40),
    ]
    return [rng.choice(kinds)() for _ in range(rng.randint(1, most))]


def draw_rows(rng: Random, most: int) -> list[list[str]]:
    """Return rows of cells of uneven number; some are empty.  most: of cells in all."""
    width = rng.choice([1, 2, 3, 5, 8, 60])
    rows = max(1, rng.randint(1, most) // width)
    cells = draw_paragraphs(rng, 30)
    return [[rng.choice(cells) for _ in range(rng.choice([0, width, width, width]))] for _ in range(rows)]
