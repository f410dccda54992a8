"""Values as text, JSON, tables and log lines."""
