"""Calls that are made again when a connection breaks."""

from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState

_RETRIES = 2
_POSTS = ("/chat.postMessage", "/chat.postEphemeral", "/chat.startStream", "/chat.appendStream")
"""What would stand there twice if it was done and the connection broke before Slack could say so."""


class ReconnectingHandler(ConnectionErrorRetryHandler):
    """Makes calls again, but none that posts: a worker looks first whether it was posted."""

    def __init__(self) -> None:
        super().__init__(max_retry_count=_RETRIES)

    def _can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        posts = (request.url or "").partition("?")[0].endswith(_POSTS)
        return not posts and super()._can_retry(state=state, request=request, response=response, error=error)
