"""A language model that reads for the register as a script has it, in the process or behind a server."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from askpcc.errors import ModelError
from askpcc.model import ClaimsProposal, ProposedClaim, RegisterBrief, Spent, Status

SPENT = Spent(900, 100)


@dataclass(frozen=True, slots=True)
class Reads:
    """What the model reads in a sentence: the status of a matter, which another sentence may name."""

    status: str
    matter: str
    named_in: str = ""
    reference: str = ""


Script = Mapping[str, Reads]
"""What is read, by the sentence that says it."""


@dataclass
class ScriptedModel:
    """Reads by a script.  failures: what each call raises, as long as there are some.  read: every brief."""

    script: Script
    failures: list[ModelError] = field(default_factory=list)
    read: list[RegisterBrief] = field(default_factory=list)
    register_name: str = "scripted register v1"

    def measure(self, brief: RegisterBrief) -> int:
        """Count four characters for each word."""
        return sum(4 * len(one.words.split()) for part in brief.parts for one in part.sentences)

    def read_register(self, brief: RegisterBrief, seconds: float) -> ClaimsProposal:
        """Read what the script has of these sentences."""
        assert seconds > 0
        self.read.append(brief)
        if self.failures:
            raise self.failures.pop(0)
        words = {one.words: one.number for part in brief.parts for one in part.sentences}
        return ClaimsProposal(
            tuple(_claim(words, *entry) for entry in self.script.items() if entry[0] in words), SPENT
        )

    @property
    def sentences(self) -> list[str]:
        """Return all that it was shown, in order."""
        return [one.words for brief in self.read for part in brief.parts for one in part.sentences]


def _claim(numbers: Mapping[str, int], sentence: str, reads: Reads) -> ProposedClaim:
    named = [numbers[reads.named_in]] if reads.named_in else []
    return ProposedClaim(reads.matter, Status(reads.status), (numbers[sentence], *named), reads.reference)


def answer(request: Mapping[str, Any], script: Script) -> str:
    """Return what a server answers to a request, by a script."""
    shown = json.loads(request["messages"][-1]["content"])
    numbers = {one["words"]: one["number"] for part in shown["parts"] for one in part["sentences"]}
    claims = [_claim(numbers, *entry) for entry in script.items() if entry[0] in numbers]
    return json.dumps(
        {
            "claims": [
                {
                    "matter": one.matter,
                    "reference": one.reference,
                    "status": str(one.status),
                    "said_by": "commissioner",
                    "sentences": list(one.numbers),
                }
                for one in claims
            ]
        }
    )
