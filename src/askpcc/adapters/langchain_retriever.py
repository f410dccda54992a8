"""A retriever for chains and agents of LangChain, whose documents say where their words stand.

Only those who use LangChain import this module.
"""

from collections.abc import Callable, Sequence

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from askpcc.model import Citation

Find = Callable[[str, int], Sequence[Citation]]
"""Finds for a question the places that fit it best, at most so many."""


class AskpccRetriever(BaseRetriever):
    """Finds sentences for a question.

    page_content is the exact words; metadata names document, version, title, start, end, page and url, so
    that a citation can be made and checked of it.
    """

    find: Find
    k: int = 8

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain's own signature
    ) -> list[Document]:
        return [
            Document(
                page_content=citation.quote,
                metadata={
                    "document": citation.document,
                    "version": citation.version,
                    "title": citation.title,
                    "start": citation.span.start,
                    "end": citation.span.end,
                    "page": citation.page,
                    "url": citation.url,
                },
            )
            for citation in self.find(query, self.k)
        ]
