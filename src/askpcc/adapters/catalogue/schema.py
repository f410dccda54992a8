"""The tables of the catalogue.  Offsets are characters of the stored text of the version in the row."""

from sqlalchemy import JSON, Boolean, Column, Integer, MetaData, String, Table

SCHEMA_VERSION = "5"
"""Raised whenever the tables change: a catalogue of another version is built anew."""

metadata = MetaData()

facts_of_index = Table(
    "facts_of_index",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("path", String, primary_key=True),
    Column("version", String, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("stale", String),
)

# Also the texts of superseded versions, so that a citation of one can still be opened.
versions = Table(
    "versions",
    metadata,
    Column("document", String, primary_key=True),
    Column("version", String, primary_key=True),
    Column("text", String, nullable=False),
    Column("card", String, nullable=False),
)

passages = Table(
    "passages",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("document", String, nullable=False, index=True),
    Column("version", String, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", String, nullable=False),
    Column("indexed", String, nullable=False),
    Column("section", String, nullable=False),
    Column("items", JSON, nullable=False),
    Column("lead_start", Integer),
    Column("lead_end", Integer),
    Column("quoted", Boolean, nullable=False),
    Column("page", Integer),
)

# What a document claims of matters, in the document's order.  evidence: pairs of offsets.
claims = Table(
    "claims",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("id", String, nullable=False, index=True),
    Column("document", String, nullable=False, index=True),
    Column("version", String, nullable=False),
    Column("matter", String, nullable=False),
    Column("number", String),
    Column("kind", String, nullable=False),
    Column("status", String, nullable=False),
    Column("said_by", String, nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("as_of", String),
    Column("as_of_from", String, nullable=False),
    Column("due", String),
    Column("addressee", String),
)

# What a document names, with a claim or without one, in the document's order.
named_matters = Table(
    "named_matters",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("document", String, nullable=False, index=True),
    Column("version", String, nullable=False),
    Column("matter", String, nullable=False),
    Column("number", String),
    Column("kind", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("due", String),
    Column("addressee", String),
    Column("parts", Integer, nullable=False),
)

# Runs that changed what is indexed, in their order.  at: ISO date and time in UTC.
runs = Table(
    "runs",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("index_version", String, nullable=False),
    Column("at", String, nullable=False),
    Column("added", JSON, nullable=False),
    Column("changed", JSON, nullable=False),
    Column("removed", JSON, nullable=False),
    Column("register", JSON, nullable=False),
)
