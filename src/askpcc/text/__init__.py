"""Texts in the words of the field: words, sentences, dates, forces, references."""
