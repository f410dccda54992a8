"""Wires a retriever for LangChain."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from askpcc.app.asking import open_answerer, open_catalogue
from askpcc.settings import ModelSettings, Settings

if TYPE_CHECKING:
    from askpcc.adapters.langchain_retriever import AskpccRetriever
    from askpcc.model import Citation


@contextmanager
def open_retriever(settings: Settings, k: int = 8) -> Iterator["AskpccRetriever"]:
    """Open a retriever of the k sentences that fit a question best; no language model of ours is asked."""
    from askpcc.adapters.langchain_retriever import AskpccRetriever
    from askpcc.asking.citing import cite

    quoting = replace(settings, model=ModelSettings())
    with open_answerer(quoting) as answerer, open_catalogue(quoting) as catalogue:

        def find(question: str, most: int) -> "list[Citation]":
            cards = {card.path: card for card in catalogue.documents()}
            ranked = answerer.answer(question).ranked[:most]
            return [
                cite(found.sentence, cards) for found in ranked if found.sentence.passage.document in cards
            ]

        yield AskpccRetriever(find=find, k=k)
