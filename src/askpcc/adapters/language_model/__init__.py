"""A language model through LangChain: built from a setting, asked in a thread, never believed."""

from askpcc.adapters.language_model.model import LangChainModel
from askpcc.adapters.language_model.provider import build_model, read_prompts

__all__ = ["LangChainModel", "build_model", "read_prompts"]
