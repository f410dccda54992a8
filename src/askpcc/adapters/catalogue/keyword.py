"""Keyword search by SQLite's FTS5: the one place to change where another database takes its part.

Stems are indexed as they are and not stemmed again: Porter's stem of a stem is often another word.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import BindParameter, Connection, bindparam, text

from askpcc.language.words import stems
from askpcc.ports import Hit

_CREATE = text(
    "CREATE VIRTUAL TABLE IF NOT EXISTS keywords USING fts5(stems, tokenize='unicode61 remove_diacritics 2')"
)
_CREATE_COUNTS = text("CREATE VIRTUAL TABLE IF NOT EXISTS keyword_counts USING fts5vocab(keywords, row)")
_ROWS = "SELECT row FROM passages WHERE document IN :documents"
_DOCUMENTS: BindParameter[list[str]] = bindparam("documents", expanding=True)
_FORGET = text(f"DELETE FROM keywords WHERE rowid IN ({_ROWS})").bindparams(_DOCUMENTS)  # noqa: S608 (constants)
_TEXTS = text("SELECT row, indexed FROM passages WHERE document = :document")
_ADD = text("INSERT INTO keywords (rowid, stems) VALUES (:row, :stems)")
_COUNT = text("SELECT term, doc FROM keyword_counts WHERE term IN :stems").bindparams(
    bindparam("stems", expanding=True)
)
_SEARCH = (
    "SELECT passages.id, bm25(keywords) AS distance FROM keywords"
    " JOIN passages ON passages.row = keywords.rowid WHERE keywords MATCH :query{}"
    " ORDER BY distance, passages.document, passages.ordinal LIMIT :limit"
)
_SEARCH_ALL = text(_SEARCH.format(""))
_SEARCH_SOME = text(_SEARCH.format(" AND passages.document IN :documents")).bindparams(_DOCUMENTS)


def create_keywords(connection: Connection) -> None:
    """Make the keyword index where there is none."""
    connection.execute(_CREATE)
    connection.execute(_CREATE_COUNTS)


def add_keywords(connection: Connection, document: str) -> None:
    """Index the passages of a document, which are in their table already."""
    rows = connection.execute(_TEXTS, {"document": document}).all()
    if rows:
        connection.execute(_ADD, [{"row": row, "stems": " ".join(stems(words))} for row, words in rows])


def forget_keywords(connection: Connection, documents: Iterable[str]) -> None:
    """Drop the passages of documents, which are in their table still."""
    connection.execute(_FORGET, {"documents": list(documents)})


def search_keywords(
    connection: Connection, terms: Collection[str], limit: int, documents: Collection[str] | None
) -> list[Hit]:
    """Return the passages that hold one of the stems, by BM25, best first."""
    values = {"query": _match(terms), "limit": limit}
    if documents is None:
        rows = connection.execute(_SEARCH_ALL, values)
    else:
        rows = connection.execute(_SEARCH_SOME, values | {"documents": sorted(documents)})
    # FTS5 gives the better match the smaller number.
    return [Hit(passage, -distance) for passage, distance in rows]


def count_keywords(connection: Connection, wanted: Collection[str]) -> dict[str, int]:
    """Return how many passages hold each of those stems that occur."""
    rows = connection.execute(_COUNT, {"stems": [_sendable(stem) for stem in wanted]})
    return dict(rows.all())


def _match(terms: Collection[str]) -> str:
    """Write terms as a query in which FTS5's own syntax means nothing."""
    return " OR ".join(f'"{_literal(term)}"' for term in terms)


def _literal(term: str) -> str:
    """Write a term as FTS5's string; a NUL would end the query."""
    return _sendable(term.replace("\0", " ")).replace('"', '""')


def _sendable(term: str) -> str:
    """Replace half a surrogate pair, which no database takes."""
    return term.encode(errors="replace").decode()
