"""A new response is brought into the corpus."""
