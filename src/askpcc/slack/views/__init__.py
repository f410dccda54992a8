"""Builders of messages and views; they are pure."""
