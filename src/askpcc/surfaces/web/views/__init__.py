"""Nouns as templates show them: pure functions."""
