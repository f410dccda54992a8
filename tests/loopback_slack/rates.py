"""Slack's rate tiers, as token buckets; the numbers are those of java-slack-sdk's MethodsRateLimits."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from loopback_slack.journal import Json

_TIERS = {1: 1.0, 2: 20.0, 3: 50.0, 4: 100.0}
_TIER_OF: Mapping[str, int] = {
    "apps.connections.open": 1,
    "chat.startStream": 2,
    "chat.stopStream": 2,
    "chat.appendStream": 4,
    "chat.postEphemeral": 4,
    "chat.update": 3,
    "chat.delete": 3,
    "conversations.replies": 3,
    "conversations.history": 3,
    "conversations.info": 3,
    "reactions.add": 3,
    "assistant.threads.setSuggestedPrompts": 3,
    "assistant.threads.setTitle": 3,
    "users.info": 4,
    "views.open": 4,
    "views.update": 4,
    "views.push": 4,
    "views.publish": 4,
}
_PER_CHANNEL = {"chat.postMessage": "channel", "assistant.threads.setStatus": "channel_id"}
_CHANNEL_BURST = 3.0


@dataclass(slots=True)
class Rates:
    """How much each method has left."""

    clock: Callable[[], float]
    _left: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)

    def seconds_to_wait(self, method: str, args: Json) -> int:
        """Return how long Slack would make this call wait; 0 takes one from the bucket."""
        if method in _PER_CHANNEL:
            return self._take((method, str(args.get(_PER_CHANNEL[method]))), 1.0, _CHANNEL_BURST)
        if method in _TIER_OF:
            a_minute = _TIERS[_TIER_OF[method]]
            return self._take((method, ""), a_minute / 60, max(a_minute, 10.0))
        return 0

    def _take(self, bucket: tuple[str, str], a_second: float, burst: float) -> int:
        now = self.clock()
        left, since = self._left.get(bucket, (burst, now))
        left = min(burst, left + (now - since) * a_second)
        if left < 1:
            self._left[bucket] = (left, now)
            return math.ceil((1 - left) / a_second)
        self._left[bucket] = (left - 1, now)
        return 0
