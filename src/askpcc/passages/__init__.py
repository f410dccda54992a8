"""A document becomes passages: what is searched, and quoted alone."""
