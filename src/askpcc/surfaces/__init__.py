"""Where people ask: each surface turns what came in into inquiries, and answers into what it can show."""
