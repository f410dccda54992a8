"""A claim that rules read is kept where the encoder reads the same status in its words."""

from pathlib import Path

import pytest

from askpcc.adapters.taught_encoder import packaged_reader
from askpcc.errors import ReaderError
from askpcc.model import Status
from askpcc.reader.heads import NONE
from askpcc.reader.limits import LIMITS_FILE, load_limits
from askpcc.statuses.agreement import AgreedClaims
from support.cases import cases
from support.scripted_scorer import ScriptedScorer
from support.status_cases import claims_of, read_words

HEAD = "# Commissioner's response to the inspection of Netherby Police\n\n"
STORE = HEAD + "The store has been reorganised.\n"
BULLETS = HEAD + "These recommendations are complete:\n\n- the store\n- the yard\n"
TABLE = (
    HEAD + "| Recommendation | Status |\n|---|---|\n| 1. Mend vans | Complete |\n| 2. Paint them | Open |\n"
)


def agreed(text: str, scorer: ScriptedScorer) -> list[str]:
    reader = AgreedClaims(scorer, dict.fromkeys(Status, 0.5))
    return [claim.status.value for claim in reader.read(*read_words("netherby.md", text))]


@cases(
    "read_as, kept",
    [("complete", ["complete"]), ("closed", ["complete"]), ("in_progress", []), (NONE, [])],
)
def test_a_claim_is_kept_where_the_encoder_reads_that_it_is_done(read_as: str, kept: list[str]) -> None:
    assert agreed(STORE, ScriptedScorer({"The store has been reorganised.": read_as})) == kept


def test_what_introduces_a_bullet_may_be_what_says_it() -> None:
    assert len(claims_of(BULLETS)) == 2
    assert agreed(BULLETS, ScriptedScorer({"These recommendations are complete": "complete"})) == [
        "complete",
        "complete",
    ]


def test_a_column_of_statuses_is_not_asked_about() -> None:
    scorer = ScriptedScorer({})
    assert agreed(TABLE, scorer) == [claim.status.value for claim in claims_of(TABLE)]
    assert not scorer.read


def test_the_encoder_is_asked_with_the_matter_and_without() -> None:
    scorer = ScriptedScorer({})
    agreed(STORE, scorer)
    [claim] = claims_of(STORE)
    assert [case.first for case in scorer.read] == [claim.matter, ""]


def test_other_limits_are_another_reader() -> None:
    scorer = ScriptedScorer({})
    one, other = (AgreedClaims(scorer, dict.fromkeys(Status, least)) for least in (0.3, 0.4))
    assert one.fingerprint != other.fingerprint


def test_the_package_has_a_limit_for_each_status() -> None:
    assert all(0 < least < 1 for least in load_limits(packaged_reader()).values())


@cases("written", ["", "{}", '{"agreed": {"complete": 0.3}}', '{"agreed": 3}'])
def test_limits_that_cannot_be_used_are_a_sentence(written: str, tmp_path: Path) -> None:
    (tmp_path / LIMITS_FILE).write_text(written)
    with pytest.raises(ReaderError, match="Install askpcc again"):
        load_limits(tmp_path)
