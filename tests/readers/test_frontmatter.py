"""What a file declares about itself is read with the place of each value."""

import pytest

from askpcc.errors import BadDocument
from askpcc.readers.markdown import read_front_matter, read_markdown, read_plain_text
from support.cases import cases


@cases(
    ("line", "key", "value", "words"),
    [
        ("Force: Borsetshire Police", "force", "Borsetshire Police", "Borsetshire Police"),
        ("published: 2023-06-06", "published", "2023-06-06", "2023-06-06"),
        ("national: yes", "national", "yes", "yes"),
        ('title: "Review: part two"', "title", "Review: part two", "Review: part two"),
        ("title: 'It''s here'", "title", "It's here", "It''s here"),
        ("forces: [Midsomer, Borsetshire]", "forces", "Midsomer, Borsetshire", "[Midsomer, Borsetshire]"),
        (
            "forces:\n- Midsomer\n- Borsetshire",
            "forces",
            "Midsomer, Borsetshire",
            "- Midsomer\n- Borsetshire",
        ),
        ("note: |\n  two\n  lines", "note", "two\nlines", "two\n  lines"),
        ("source: {url: here}", "source", "{url: here}", "{url: here}"),
    ],
)
def test_a_value_comes_as_written_with_its_place(line: str, key: str, value: str, words: str) -> None:
    text = f"---\nfirst: 1\n{line}\n---\nbody"
    stated, span = read_front_matter("a.md", text).declared[key]
    assert stated == value
    assert span.of(text) == words


def test_windows_line_ends_do_not_move_the_places() -> None:
    text = "---\r\nforce: Midsomer Constabulary\r\nurl: https://midsomer.example/a\r\n---\r\n\r\nBody.\r\n"
    front = read_front_matter("a.md", text)
    assert {key: span.of(text) for key, (_, span) in front.declared.items()} == {
        "force": "Midsomer Constabulary",
        "url": "https://midsomer.example/a",
    }
    assert text[front.end :].strip() == "Body."


def test_a_key_without_a_value_declares_nothing() -> None:
    assert dict(read_front_matter("a.md", "---\nforce:\ntitle: ~\n---\n").declared) == {}


@cases(
    "text",
    [
        "# Title",
        "---\n\nwords between rules\n\n---\n",
        "--- not a fence\n",
        "---\nwords and no end",
        "",
        "----\na: b\n----\n",
    ],
)
def test_a_text_without_front_matter_declares_nothing(text: str) -> None:
    front = read_front_matter("a.md", text)
    assert (dict(front.declared), front.end) == ({}, 0)


@cases(
    ("inside", "reason"),
    [
        ("title: Review: part two\n---\n", "mapping values are not allowed"),
        ("title: [one\n---\n", "not YAML"),
        ("title: one\nno end", "no closing line"),
        ("title: one\ntitle: two\n---\n", "one name twice: 'title'"),
        ("Title: one\ntitle: two\n---\n", "one name twice"),
        ("a: " + "[" * 5_000 + "\n---\n", "nested too deeply"),
        ("a: \x07\n---\n", "odd characters"),
    ],
)
def test_malformed_front_matter_is_refused_with_a_remedy(inside: str, reason: str) -> None:
    with pytest.raises(BadDocument, match=reason) as caught:
        read_front_matter("a.md", "---\n" + inside)
    assert "key: value" in caught.value.remedy


def test_a_tag_makes_no_object() -> None:
    text = "---\na: !!python/object/apply:os.system ['true']\n---\n"
    assert read_front_matter("a.md", text).declared["a"][0] == "true"


def test_aliases_do_not_grow() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    declared = read_front_matter("a.md", "---\n" + "\n".join(lines) + "\n---\n").declared
    assert len(declared["a29"][0]) < 100


@cases("read", [read_markdown, read_plain_text])
def test_front_matter_makes_no_blocks(read: type) -> None:
    stored = read("a.md", "---\nforce: Midsomer\n---\nThe body.\n")
    assert [block.span.of(stored.text) for block in stored.blocks] == ["The body."]
    assert stored.declared["force"][0] == "Midsomer"
