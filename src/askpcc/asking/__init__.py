"""From a question to a cited answer: read, search, rank, draft, check."""
