"""The only reader of the environment and of ``.env``."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from askpcc.errors import SettingsError

_KNOWN = ("ASKPCC_CORPUS", "ASKPCC_INDEX", "ASKPCC_LEDGER", "ASKPCC_EMBEDDER", "ASKPCC_RERANKER")


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


def read_settings(
    environ: Mapping[str, str] | None = None, *, corpus: Path | None = None, index: Path | None = None
) -> Settings:
    """Read the settings; an option wins over the environment, which wins over ``.env``.

    environ: in place of the process's environment and the ``.env`` of the working folder.
    Raises SettingsError for a name that begins with ASKPCC_ and is not known, which is a misspelling.
    """
    values = _environment() if environ is None else environ
    unknown = sorted(name for name in values if name.startswith("ASKPCC_") and name not in _KNOWN)
    if unknown:
        raise SettingsError(f"{unknown[0]} is no setting of askpcc. Known are: {', '.join(_KNOWN)}.")
    index_folder = index or Path(values.get("ASKPCC_INDEX") or "index")
    return Settings(
        corpus=corpus or Path(values.get("ASKPCC_CORPUS") or "corpus"),
        index=index_folder,
        ledger=values.get("ASKPCC_LEDGER") or "sqlite:///ledger.sqlite",
        embedder=values.get("ASKPCC_EMBEDDER") or None,
        reranker=values.get("ASKPCC_RERANKER") or None,
    )


def _environment() -> dict[str, str]:
    from dotenv import dotenv_values

    written = {name: value for name, value in dotenv_values(".env").items() if value is not None}
    return {**written, **os.environ}
