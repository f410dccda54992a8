"""The composition root: settings become the parts, wired.  It holds no logic of its own.

Heavy libraries come in with the part that needs them, so each function imports what it wires.
"""

from askpcc.app.adding import run_add
from askpcc.app.asking import open_answerer, open_catalogue, run_evaluation, write_register
from askpcc.app.indexing import build_indexer, run_index
from askpcc.app.parts import build_embedder
from askpcc.app.slack import run_slack

__all__ = [
    "build_embedder",
    "build_indexer",
    "open_answerer",
    "open_catalogue",
    "run_add",
    "run_evaluation",
    "run_index",
    "run_slack",
    "write_register",
]
