"""What Slack sends, each kind with what is done about it.

What must not be lost is written down in a listener's middleware, which Bolt runs before it tells Slack that
an event has arrived; what follows is done after that.
"""
