"""Wires a language model that writes."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from askpcc.settings import Settings

if TYPE_CHECKING:
    from askpcc.asking.composing import Composer
    from askpcc.errors import ModelError
    from askpcc.ports import TokenBudget

_COUNT = "model-tokens.json"


def build_composer(settings: Settings) -> "Composer":
    """Wire the language model that is set; raises SettingsError where its package or key is missing."""
    from askpcc.adapters.language_model import build_model
    from askpcc.asking.composing import Composer

    model = build_model(settings.model.name or "", settings.model.seconds)
    seconds, hides_names = settings.model.seconds, settings.model.hide_names
    return Composer(model, build_budget(settings), seconds, log_failure, hides_names)


def build_budget(settings: Settings) -> "TokenBudget":
    """Wire the count of tokens, which stands beside the index and holds nothing else."""
    from askpcc.adapters.token_budget import FileBudget, Unlimited

    if settings.model.daily_tokens is None:
        return Unlimited()
    return FileBudget(settings.index / _COUNT, settings.model.daily_tokens, lambda: datetime.now(UTC).date())


def log_failure(failure: "ModelError") -> None:
    """Log why a model was not used, under the reference that the answer tells."""
    from askpcc.rendering.logs import EventLog

    EventLog("model").warning(
        "model_not_used", reference=failure.reference, reason=failure.reason.replace(" ", "_")
    )
