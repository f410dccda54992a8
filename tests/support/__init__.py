"""Helpers that several tests share: generated responses and files in other formats."""
