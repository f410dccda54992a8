"""Values become text, JSON and tables: one renderer for each."""
