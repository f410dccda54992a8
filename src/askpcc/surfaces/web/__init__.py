"""The pages: asking, sources, register, documents, changes, for people in a browser."""
