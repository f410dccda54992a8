"""Builds the chat model that a setting names, with whatever package its provider has."""

from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from askpcc.errors import SettingsError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from askpcc.adapters.language_model.model import LangChainModel

_EXTRAS = {
    "anthropic": "anthropic",
    "openai": "openai",
    "azure_openai": "openai",
    "azure_ai": "azure",
    "bedrock": "bedrock",
    "bedrock_converse": "bedrock",
    "mistralai": "mistral",
    "ollama": "ollama",
}
_MOST_WRITTEN = 800
"""Tokens of one answer: five short statements take some 400."""


def build_model(name: str, seconds: float) -> "LangChainModel":
    """Return the model of "provider:model"; raises SettingsError where its package or its key is missing."""
    from askpcc.adapters.language_model.model import LangChainModel

    return LangChainModel(_build_chat(name, seconds), name, read_prompts())


def read_prompts() -> dict[str, str]:
    """Read the instructions that the model gets."""
    data = files("askpcc") / "data"
    return {prompt: (data / f"model_{prompt}.md").read_text("utf-8") for prompt in ("writer", "follow_up")}


def _build_chat(name: str, seconds: float) -> "BaseChatModel":
    provider = name.partition(":")[0]
    try:
        from langchain.chat_models import init_chat_model
    except ImportError as exc:
        raise SettingsError(_missing(name, provider)) from exc
    try:
        chat = init_chat_model(name, **_arguments(provider, seconds))
    except ImportError as exc:
        raise SettingsError(_missing(name, provider)) from exc
    except Exception as exc:  # each provider has errors of its own for a missing key or a wrong name
        raise SettingsError(
            f"The language model {name} cannot be used ({type(exc).__name__}). Check ASKPCC_MODEL, and the "
            "variables from which its provider takes the key and the address."
        ) from exc
    return chat  # type: ignore[no-any-return] # with fixed settings init_chat_model returns a chat model


def _arguments(provider: str, seconds: float) -> Mapping[str, Any]:
    """Return what the providers' classes have in common, in the names of each."""
    if provider == "ollama":
        return {"temperature": 0, "num_predict": _MOST_WRITTEN, "client_kwargs": {"timeout": seconds}}
    if provider in {"bedrock", "bedrock_converse"}:
        return {"temperature": 0, "max_tokens": _MOST_WRITTEN}
    return {"temperature": 0, "max_tokens": _MOST_WRITTEN, "timeout": seconds, "max_retries": 0}


def _missing(name: str, provider: str) -> str:
    extra = _EXTRAS.get(provider)
    if extra is None:
        return (
            f"The package for the language model {name} is not installed. Install LangChain's package for "
            f"{provider}."
        )
    return (
        f"The package for the language model {name} is not installed. "
        f"Install it with: pip install 'askpcc[{extra}]'"
    )
