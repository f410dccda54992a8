"""Slack's refusals."""

from loopback_slack.journal import Json


class Refused(Exception):
    """A method's answer with ok false: Slack's word for it, and what else stands in the answer."""

    def __init__(self, error: str, **more: object) -> None:
        super().__init__(error)
        self.error = error
        self.more: Json = dict(more)

    def answer(self) -> Json:
        """Return the body of the answer."""
        return {"ok": False, "error": self.error, **self.more}
