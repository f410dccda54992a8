"""The only reader of the environment and of ``.env``."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from askpcc.errors import SettingsError
from askpcc.settings.model import MODEL_NAMES, ModelSettings, read_model
from askpcc.settings.slack import SLACK_NAMES, SlackSettings, read_slack
from askpcc.settings.web import WEB_NAMES, WebSettings, read_web

__all__ = ["ModelSettings", "Settings", "SlackSettings", "WebSettings", "read_settings"]

_KNOWN = (
    *("ASKPCC_CORPUS", "ASKPCC_INDEX", "ASKPCC_LEDGER", "ASKPCC_EMBEDDER", "ASKPCC_RERANKER"),
    *MODEL_NAMES,
    *SLACK_NAMES,
    *WEB_NAMES,
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and which models to use.

    embedder: a sentence-transformers name or folder; None for the model that comes with the package.
    reranker: a CrossEncoder name or folder; None for none.  ledger: an SQLAlchemy URL.
    """

    corpus: Path
    index: Path
    ledger: str
    embedder: str | None = None
    reranker: str | None = None
    model: ModelSettings = field(default_factory=ModelSettings)
    slack: SlackSettings = field(default_factory=SlackSettings)
    web: WebSettings = field(default_factory=WebSettings)


def read_settings(
    environ: Mapping[str, str] | None = None, *, corpus: Path | None = None, index: Path | None = None
) -> Settings:
    """Read the settings; an option wins over the environment, which wins over ``.env``.

    environ: in place of the process's environment and the ``.env`` of the working folder.
    Raises SettingsError for a name that begins with ASKPCC_ and is not known, which is a misspelling, for a
    value that cannot be used, and for a ``.env`` that is no text.
    """
    values = _environment() if environ is None else environ
    unknown = sorted(name for name in values if name.startswith("ASKPCC_") and name not in _KNOWN)
    if unknown:
        raise SettingsError(f"{unknown[0]} is no setting of askpcc. Known are: {', '.join(_KNOWN)}.")
    return Settings(
        corpus=corpus or _folder(values.get("ASKPCC_CORPUS") or "corpus"),
        index=index or _folder(values.get("ASKPCC_INDEX") or "index"),
        ledger=values.get("ASKPCC_LEDGER") or "sqlite:///ledger.sqlite",
        embedder=values.get("ASKPCC_EMBEDDER") or None,
        reranker=values.get("ASKPCC_RERANKER") or None,
        model=read_model(values),
        slack=read_slack(values),
        web=read_web(values),
    )


def _folder(written: str) -> Path:
    """Read a folder; unlike a shell, ``.env`` leaves a leading ``~`` as it is."""
    try:
        return Path(written).expanduser()
    except RuntimeError as exc:
        raise SettingsError(f"There is no home folder for {written}. Write the whole path.") from exc


def _environment() -> dict[str, str]:
    from dotenv import dotenv_values

    try:
        values = dotenv_values(".env")
    except (OSError, ValueError) as exc:
        raise SettingsError(f".env cannot be read: {exc}. Save it as plain UTF-8 text.") from exc
    written = {name: value for name, value in values.items() if value is not None}
    return {**written, **os.environ}
