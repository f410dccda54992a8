"""A reader whose judgements are written beside its sentences, for tests of what is made of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from askpcc.model import ReaderInput, Status
from askpcc.ports import Vector
from askpcc.reader.cases import HEADS, NONE, STATUSES, Extent, Mode, Subject
from askpcc.statuses import StatusReader
from askpcc.statuses.status_reader import StatusLimits

LIMITS = StatusLimits({status: 0.8 if status in {"complete", "closed"} else 0.5 for status in Status})
_SURE, _FAIR = 9.0, 6.0


@dataclass(frozen=True, slots=True)
class Says:
    """What a sentence says.  of: the matter it says it of, where others are told nothing."""

    status: str
    of: str = ""
    mode: Mode = Mode.ASSERTED
    extent: Extent = Extent.WHOLE
    score: float = _SURE


@dataclass
class ScriptedScorer:
    """Scores a case by the first sentence of the script that it holds.  read: every case, in order."""

    script: Mapping[str, Says | Sequence[Says]]
    fingerprint: str = "scripted 1"
    read: list[ReaderInput] = field(default_factory=list)

    def score(self, cases: Sequence[ReaderInput]) -> list[Vector]:
        """Return the scores of all heads of each case."""
        self.read.extend(cases)
        return [self._score(case) for case in cases]

    def _score(self, case: ReaderInput) -> Vector:
        held = next((says for words, says in self.script.items() if words in case.sentence), Says(NONE))
        options = [held] if isinstance(held, Says) else list(held)
        named = [one for one in options if one.of and one.of in case.first]
        says = named[0] if named else options[0]
        if says.of and case.first and not named:
            says = Says(says.status, score=_FAIR)
        scores = {name: np.zeros(width) for name, width in HEADS[Subject.STATUSES].items()}
        scores["status"][STATUSES.index(says.status)] = says.score
        scores["mode"][list(Mode).index(says.mode)] = _SURE
        scores["extent"][list(Extent).index(says.extent)] = _SURE
        return np.concatenate([scores[name] for name in HEADS[Subject.STATUSES]]).astype(np.float32)


def scripted(script: Mapping[str, Says | Sequence[Says]]) -> StatusReader:
    """Return a reader of a script."""
    return StatusReader(ScriptedScorer(script), LIMITS)
