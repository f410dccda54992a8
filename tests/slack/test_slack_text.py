"""Words for Slack: escaped, linked, cut."""

from askpcc.slack.mrkdwn import (
    JOINER,
    LINK_URL,
    TEXT,
    cut,
    cut_start,
    escape,
    escape_line,
    link,
    literal,
    mrkdwn_text,
    plain_text,
    size,
    split,
)

J = JOINER

ESCAPED = [
    ("Recommendation 5 is complete.", "Recommendation 5 is complete."),
    ("R&D <b> a > b", "R&amp;D &lt;b&gt; a &gt; b"),
    ("&amp;", "&amp;amp;"),
    ("*bold*", f"{J}*{J}bold{J}*{J}"),
    ("5 * 3", "5 * 3"),
    ("~gone~ `code`", f"{J}~{J}gone{J}~{J} {J}`{J}code{J}`{J}"),
    ("_slanted_", f"{J}_{J}slanted{J}_{J}"),
    ("snake_case_name", "snake_case_name"),
    ("> quoted", f"{J}&gt; quoted"),
    ("one\n> two\n- three\n• four", f"one\n{J}&gt; two\n{J}- three\n{J}• four"),
    ("-5 degrees", "-5 degrees"),
    ("@here and @channel", f"@{J}here and @{J}channel"),
    ("office@borsetshire.example", "office@borsetshire.example"),
    (":white_check_mark: done", f":{J}white_check_mark: done"),
    ("at 10:30 or so: yes", "at 10:30 or so: yes"),
    ("a\x1b[2J\u202eb", "a\N{REPLACEMENT CHARACTER}[2J\N{REPLACEMENT CHARACTER}b"),
]
LINKS = [
    ("https://b.example/r", "Response", "<https://b.example/r|Response>"),
    ("https://b.example/r", "a|b>c", "<https://b.example/r|a¦b&gt;c>"),
    ("https://b.example/a b|c>d", "R", "<https://b.example/a%20b%7Cc%3Ed|R>"),
    ("https://b.example/?a=1&b=2", "R", "<https://b.example/?a=1&amp;b=2|R>"),
    ("https://b.example/r", "", "<https://b.example/r>"),
    ("https://b.example/r", "two\nlines", "<https://b.example/r|two lines>"),
    ("javascript:alert(1)", "R & D", "R &amp; D"),
    (None, "R", "R"),
    ("https://b.example/" + "x" * LINK_URL, "R", "R"),
    ("https://b.example/r#" + "x" * LINK_URL, "R", "<https://b.example/r|R>"),
    ("https://b.example/?" + "&" * 500, "R", "R"),
]
CUTS = [
    ("short", 5, "short"),
    ("longer", 5, "long…"),
    ("one two three", 9, "one two…"),
    ("a &amp; b", 5, "a…"),
    ("a &amp; b", 8, "a &amp;…"),
    ("see <https://b.example/r|the response>", 20, "see…"),
    ("\U0001f693\U0001f693\U0001f693", 4, "\U0001f693…"),
    ("\U0001f693\U0001f693\U0001f693", 6, "\U0001f693\U0001f693\U0001f693"),
]


def test_words_stay_words() -> None:
    for text, expected in ESCAPED:
        assert escape(text) == expected


def test_a_line_cannot_pass_for_two() -> None:
    assert escape_line("one\n\n[2] two") == "one [2] two"


def test_a_link_leads_to_the_web_or_is_its_label() -> None:
    for url, label, expected in LINKS:
        assert link(url, label) == expected


def test_what_is_too_long_ends_in_an_ellipsis() -> None:
    for text, limit, expected in CUTS:
        assert cut(text, limit) == expected


def test_the_end_of_a_text_is_kept() -> None:
    assert cut_start("one two", 7) == "one two"
    assert cut_start("one two three", 6) == "…three"
    assert cut_start("\U0001f693\U0001f693\U0001f693", 4) == "…\U0001f693"


SPLIT = [
    ("", []),
    ("one two", ["one two"]),
    ("one two three", ["one two ", "three"]),
    ("x" * 18, ["x" * 8, "x" * 8, "xx"]),
]


def test_a_text_is_split_at_spaces() -> None:
    for text, parts in SPLIT:
        assert split(text, 8) == parts


def test_text_objects_are_whole() -> None:
    assert mrkdwn_text("*x*") == {"type": "mrkdwn", "text": "*x*", "verbatim": True}
    assert plain_text(":x: <!here>") == {"type": "plain_text", "text": ":x: <!here>", "emoji": False}
    assert size(mrkdwn_text("x" * 4_000)["text"]) == TEXT
    assert plain_text("long title", 5)["text"] == "long…"


def test_words_of_rich_text_are_as_they_are_and_mention_nobody() -> None:
    assert literal("*a* & <b> :x:\n") == "*a* & <b> :x:\n"
    assert literal("<!channel> <@U1>") == f"<{J}!channel> <{J}@U1>"
