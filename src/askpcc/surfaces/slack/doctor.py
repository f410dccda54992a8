"""``askpcc doctor``: what keeps the bot from working, and what to do about it."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from askpcc.errors import AskpccError
from askpcc.rendering.answers import visible
from askpcc.rendering.logs import EventLog
from askpcc.rendering.redaction import redact

_LOG = EventLog("doctor")
_UNTOLD = "Run the doctor again; where it stays so, the log says at which place of the code it failed."


class State(StrEnum):
    """How something is."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look at something showed.  remedy: what to do; empty where it is well."""

    state: State
    sentence: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """Something to look at.  look: raises an AskpccError where the look itself fails."""

    name: str
    look: Callable[[], Verdict]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, under the name of its check."""

    name: str
    state: State
    sentence: str
    remedy: str = ""

    def as_json(self) -> dict[str, str]:
        """Return it as an object."""
        return {"name": self.name, "state": self.state, "sentence": self.sentence, "remedy": self.remedy}


def ok(sentence: str) -> Verdict:
    """Return that all is well."""
    return Verdict(State.OK, sentence)


def warn(sentence: str, remedy: str) -> Verdict:
    """Return that somebody should have a look."""
    return Verdict(State.WARNING, sentence, remedy)


def fail(sentence: str, remedy: str) -> Verdict:
    """Return that something does not work."""
    return Verdict(State.FAILED, sentence, remedy)


def run_checks(checks: Iterable[Check], secrets: Collection[str | None] = ()) -> list[Finding]:
    """Look at everything, one after the other; no failure keeps the rest from being looked at.

    secrets: values that no finding shows.
    """
    known = [secret for secret in secrets if secret]
    return [_find(check, known) for check in checks]


def has_failed(findings: Iterable[Finding]) -> bool:
    """Tell whether something does not work."""
    return any(finding.state is State.FAILED for finding in findings)


def findings_as_text(findings: Iterable[Finding]) -> str:
    """Return the findings as lines, each remedy below what it is for."""
    lines: list[str] = []
    for finding in findings:
        lines.append(f"{finding.state.value:<8} {finding.name}: {finding.sentence}")
        lines.extend([f"         {finding.remedy}"] if finding.remedy else [])
    return "\n".join(visible(line) for line in lines)


def _find(check: Check, secrets: Collection[str]) -> Finding:
    verdict = _look(check)
    sentence, remedy = redact(verdict.sentence, secrets), redact(verdict.remedy, secrets)
    return Finding(check.name, verdict.state, sentence, remedy)


def _look(check: Check) -> Verdict:
    try:
        return check.look()
    except AskpccError as exc:
        return fail(str(exc), "")
    except Exception as exc:  # noqa: BLE001 - the doctor's outer edge; the text could hold a secret
        _LOG.failure("check_failed", exc)
        return fail(f"The check itself failed ({type(exc).__name__}).", _UNTOLD)
