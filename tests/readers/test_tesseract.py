"""Tesseract is run within bounds, ended with all that it starts, and not believed."""

import time
from pathlib import Path

import numpy as np
import pytest

from askpcc.readers import tesseract
from askpcc.readers.tesseract import NotRecognised, find_tesseract
from support.cases import cases
from support.processes import is_running
from support.recognition import needs_tesseract, put_tesseract, take_tesseract_away, tell_lines

PAGE = np.full((300, 400), 255, np.uint8)


def read(seconds: float = 20.0) -> list[tesseract.SeenLine]:
    found = find_tesseract()
    assert found is not None
    return found.read(PAGE, seconds)


def test_without_it_none_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take_tesseract_away(tmp_path, monkeypatch)
    assert find_tesseract() is None


def test_one_that_has_not_learned_english_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_tesseract(tmp_path, monkeypatch, "exit 0", ["osd", "cym"])
    assert find_tesseract() is None


@cases(
    ("held", "used"), [(["eng", "osd"], "eng"), (["cym", "eng"], "eng+cym")], ids=["english", "welsh as well"]
)
def test_it_reads_english_and_welsh_where_it_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: list[str], used: str
) -> None:
    folder = tmp_path / used
    folder.mkdir()
    put_tesseract(folder, monkeypatch, "exit 0", held)
    found = find_tesseract()
    assert found is not None
    assert found.languages == used


def test_words_have_their_places_and_how_sure_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "told").write_text(tell_lines([("It is done.", 0.9)]), encoding="utf-8")
    put_tesseract(tmp_path, monkeypatch, f"cat {tmp_path}/told")
    (line,) = read()
    assert [(word.text, word.left, word.sure) for word in line.words] == [
        ("It", 250, 0.9),
        ("is", 318, 0.9),
        ("done.", 386, 0.9),
    ]
    assert (line.base, line.capitals) == (340, 40)


def test_one_that_hangs_is_ended_with_what_it_has_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_tesseract(tmp_path, monkeypatch, f"sleep 600 & echo $! > {tmp_path}/child; wait")
    begun = time.monotonic()
    with pytest.raises(NotRecognised):
        read(seconds=1.0)
    assert time.monotonic() - begun < 10
    assert not is_running(int((tmp_path / "child").read_text()))


def test_one_that_ends_and_leaves_something_that_goes_on_writing_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_tesseract(tmp_path, monkeypatch, f"sleep 600 & echo $! > {tmp_path}/child")
    with pytest.raises(NotRecognised):
        read(seconds=1.0)
    assert not is_running(int((tmp_path / "child").read_text()))


@cases("script", ["exit 1", "kill -SEGV $$", "exec /nowhere", "exec yes '<p>'"])
def test_one_that_fails_or_writes_without_end_gives_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    folder.mkdir()
    put_tesseract(folder, monkeypatch, script)
    with pytest.raises(NotRecognised):
        read()


_BOMB = "".join(
    f"<!ENTITY e{number} '{f'&e{number - 1};' * 10 if number else 'word'}'>" for number in range(12)
)
HOSTILE = {
    "nothing": "",
    "no markup": "It is done.",
    "cut short": "<html><body><p><span",
    "a bomb": f"<!DOCTYPE html [{_BOMB}]><html><body><span title='bbox 1 2 3 4; x_size 9'>"
    "<span class='ocrx_word' title='bbox 1 2 3 4; x_wconf 90'>&e11;</span></span></body></html>",
}
HARMLESS = {
    "no numbers": "bbox a b c d; x_size e; x_wconf f",
    "none where they should be": "bbox; x_size; baseline; x_wconf",
    "endless ones": "bbox nan inf -inf nan; x_size inf; x_wconf nan",
    "huge ones": "bbox 1e300 1e300 1e308 1e308; x_size 1e300; x_wconf 1e300",
    "no title": "",
}


@cases("told", HOSTILE.values(), ids=list(HOSTILE))
def test_what_is_not_in_its_form_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    folder.mkdir()
    (folder / "told").write_text(told, encoding="utf-8")
    put_tesseract(folder, monkeypatch, f"cat {folder}/told")
    with pytest.raises(NotRecognised):
        read()


@cases("title", HARMLESS.values(), ids=list(HARMLESS))
def test_a_word_without_a_place_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, title: str
) -> None:
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    folder.mkdir()
    word = f"<span class='ocrx_word' title='{title}'>word</span>"
    (folder / "told").write_text(f"<html><span title='{title}'>{word}</span></html>", encoding="utf-8")
    put_tesseract(folder, monkeypatch, f"cat {folder}/told")
    assert read() == []


def test_it_gets_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1234")
    (tmp_path / "told").write_text(tell_lines([]), encoding="utf-8")
    put_tesseract(tmp_path, monkeypatch, f"env > {tmp_path}/given; cat {tmp_path}/told")
    read()
    assert "xoxb" not in (tmp_path / "given").read_text(encoding="utf-8")


@needs_tesseract
def test_an_empty_page_has_no_lines() -> None:
    assert read() == []
