"""Plain text becomes blocks by how it is laid out."""

from hypothesis import given, settings
from hypothesis import strategies as st

from askpcc.readers.markdown import read_plain_text
from support.cases import cases

H, P, B, R = "heading", "paragraph", "bullet", "row"


@cases(
    ("text", "blocks"),
    [
        ("one\ntwo\n\nthree", [(P, 0, "one\ntwo"), (P, 0, "three")]),
        ("Summary\n=======\nWords.", [(H, 1, "Summary"), (P, 0, "Words.")]),
        ("Part\n----\n\nWords.", [(H, 2, "Part"), (P, 0, "Words.")]),
        ("FORCE RESPONSE\n\nWe agree.", [(H, 2, "FORCE RESPONSE"), (P, 0, "We agree.")]),
        ("Next steps\n\nWe will train.", [(H, 2, "Next steps"), (P, 0, "We will train.")]),
        ("Dear Minister\n\nI write.", [(P, 0, "Dear Minister"), (P, 0, "I write.")]),
        ("2 February 2024\n\nI write.", [(P, 0, "2 February 2024"), (P, 0, "I write.")]),
        ("I write.\n\nJo Doe", [(P, 0, "I write."), (P, 0, "Jo Doe")]),
        ("- a\n- b\n  more\n    - c", [(B, 1, "a"), (B, 1, "b\n  more"), (B, 2, "c")]),
        (
            "We did:\n* a\n\u2022 b\no c\n\u2013 d",
            [(P, 0, "We did:"), (B, 1, "a"), (B, 1, "b"), (B, 1, "c"), (B, 1, "d")],
        ),
        ("1. a\n(a) b\n(ii) c", [(B, 1, "a"), (B, 1, "b"), (B, 1, "c")]),
        ("2.1 Recommendation 5 says so.", [(P, 0, "2.1 Recommendation 5 says so.")]),
        ("Title\tReview\n\tLocal\tYes", [(R, 0, "Title\tReview"), (R, 0, "Local\tYes")]),
        ("Published: 6 June\nDeadline: 31 July", [(R, 0, "Published: 6 June"), (R, 0, "Deadline: 31 July")]),
        ("one\n----------------\ntwo\n\n* * *\n", [(H, 2, "one"), (P, 0, "two"), (B, 1, "* *")]),
        ("____________\n\nwords", [(P, 0, "words")]),
    ],
)
def test_each_layout_makes_its_blocks(text: str, blocks: list[tuple[str, int, str]]) -> None:
    stored = read_plain_text("a.txt", text)
    assert [(str(block.kind), block.level, block.span.of(text)) for block in stored.blocks] == blocks


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="- *\u2022\t\r\n=aA1.():o\u00a0")))
def test_blocks_lie_in_order_inside_the_file_and_are_not_empty(body: str) -> None:
    text = "x\n" + body
    stored = read_plain_text("a.txt", text)
    assert stored.text == text
    end = 0
    for block in stored.blocks:
        words = block.span.of(text)
        assert block.span.start >= end
        assert words
        assert words == words.strip()
        end = block.span.end
