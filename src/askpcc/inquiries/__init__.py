"""Questions that people asked somewhere, on their way to a recorded answer."""
