"""Bringing the index up to date with the corpus, and adding to the corpus."""
