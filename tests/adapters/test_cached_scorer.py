"""What was read once is not read again, by the same reader."""

from pathlib import Path

from askpcc.adapters.caches import SqliteEmbeddingCache
from askpcc.adapters.taught_encoder import CachedScorer
from askpcc.reader.cases import read_status, status_input
from support.scripted_reader import Says, ScriptedScorer

VANS = status_input("", "The vans have been repaired.", "")
KENNELS = status_input("", "The kennels are cold.", "")
SCRIPT = {"vans": Says("complete")}


def open_cache(folder: Path) -> SqliteEmbeddingCache:
    return SqliteEmbeddingCache(folder / "readings.sqlite", print)


def test_a_case_is_read_once_also_by_a_later_run(tmp_path: Path) -> None:
    first, later = ScriptedScorer(SCRIPT), ScriptedScorer(SCRIPT)
    CachedScorer(first, open_cache(tmp_path)).score([VANS, VANS])
    scores = CachedScorer(later, open_cache(tmp_path)).score([KENNELS, VANS])
    assert (first.read, later.read) == ([VANS], [KENNELS])
    assert [read_status(one).status for one in scores] == [None, "complete"]


def test_another_reader_reads_again(tmp_path: Path) -> None:
    other = ScriptedScorer(SCRIPT, "scripted 2")
    CachedScorer(ScriptedScorer(SCRIPT), open_cache(tmp_path)).score([VANS])
    CachedScorer(other, open_cache(tmp_path)).score([VANS])
    assert other.read == [VANS]


def test_a_matter_and_what_stands_around_are_part_of_the_case(tmp_path: Path) -> None:
    scorer = ScriptedScorer(SCRIPT)
    cases = [VANS, status_input("the vans", VANS.sentence, ""), status_input("", VANS.sentence, "Vehicles")]
    CachedScorer(scorer, open_cache(tmp_path)).score(cases)
    assert scorer.read == cases


def test_a_rehearsal_uses_what_is_known_and_keeps_nothing(tmp_path: Path) -> None:
    CachedScorer(ScriptedScorer(SCRIPT), open_cache(tmp_path), keeps=False).score([VANS])
    assert list(tmp_path.iterdir()) == []
    CachedScorer(ScriptedScorer(SCRIPT), open_cache(tmp_path)).score([VANS])
    later = ScriptedScorer(SCRIPT)
    CachedScorer(later, open_cache(tmp_path), keeps=False).score([VANS])
    assert later.read == []
