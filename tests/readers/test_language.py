"""A document in Welsh is told from one in English."""

from askpcc.readers import read_stored_text
from askpcc.readers.language import WELSH_DOUBT
from support.cases import cases

WELSH = (
    "Mae'r Comisiynydd yn croesawu'r adroddiad hwn ac wedi derbyn yr holl argymhellion. Bydd yr heddlu yn "
    "cwblhau'r gwaith erbyn mis Mawrth, ac mae hyfforddiant wedi dechrau. Nid oedd gan bob swyddog fynediad "
    "at y system, ond bydd hyn yn newid gyda'r cynllun newydd drwy eu gwaith hwy. "
)
ENGLISH = (
    "The Commissioner welcomes this report and accepts all of the recommendations. The force will have "
    "completed the work by March, and training has begun in each of the stations in Wessex and Borsetshire. "
)


@cases(
    ("text", "welsh"),
    [
        (WELSH, True),
        (ENGLISH, False),
        (WELSH * 2 + ENGLISH, True),
        (WELSH + ENGLISH * 4, False),
        ("Heddlu Netherby ac Gwasanaeth yn yr ardal", False),
        ("2025 2026", False),
    ],
)
def test_the_share_of_words_of_grammar_decides(text: str, welsh: bool) -> None:
    assert read_stored_text("a.txt", text.encode()).doubts == ((WELSH_DOUBT,) if welsh else ())
