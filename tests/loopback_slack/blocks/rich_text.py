"""Rich text: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block."""

from loopback_slack.blocks.objects import URL
from loopback_slack.blocks.rules import Rule, flag, items, kinds, number, record, shape, text, word

_STYLE = record({}, dict.fromkeys(("bold", "code", "italic", "strike", "underline"), flag))
_STYLED: dict[str, Rule] = {"style": _STYLE}
_BORDER: dict[str, Rule] = {"border": number(0, 1)}
_TEXT = shape("text", {"text": text(least=0)}, _STYLED)
_LINK = shape("link", {"url": URL}, _STYLED, text=text(least=0), unsafe=flag)
_INLINE = (
    _TEXT
    | _LINK
    | shape("broadcast", {"range": word("here", "channel", "everyone")}, _STYLED)
    | shape("color", {"value": text(7)}, _STYLED)
    | shape("channel", {"channel_id": text()}, _STYLED)
    | shape(
        "date", {"timestamp": number(0, 10**11), "format": text()}, _STYLED, url=URL, fallback=text(least=0)
    )
    | shape("emoji", {"name": text()}, _STYLED, unicode=text(), url=URL)
    | shape("team", {"team_id": text()}, _STYLED)
    | shape("user", {"user_id": text()}, _STYLED)
    | shape("usergroup", {"usergroup_id": text()}, _STYLED)
)
_SECTION = shape("rich_text_section", {"elements": items(kinds(_INLINE), 0)})
_PARTS = (
    _SECTION
    | shape(
        "rich_text_list",
        {"elements": items(kinds(_SECTION), 1), "style": word("bullet", "ordered")},
        _BORDER,
        indent=number(0, 8),
        offset=number(0, 10**6),
    )
    | shape("rich_text_quote", {"elements": items(kinds(_INLINE), 1)}, _BORDER)
    | shape("rich_text_preformatted", {"elements": items(kinds(_TEXT | _LINK), 1)}, _BORDER)
)


def rich_text_shape(block_id: dict[str, Rule]) -> dict[str, Rule]:
    """Return the shape of a rich_text block or cell."""
    return shape("rich_text", {"elements": items(kinds(_PARTS), 1)}, block_id)
