"""Bytes of a file become a Document: one module a format, and the facts of a response."""
