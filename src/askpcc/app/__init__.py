"""The composition root: settings become the parts, wired.  It holds no logic of its own."""
