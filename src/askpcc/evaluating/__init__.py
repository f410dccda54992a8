"""How good the answers to a question set are."""
