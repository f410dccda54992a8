"""The Web API: token, arguments, scopes, rates, then the method itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from loopback_slack.errors import Refused
from loopback_slack.faults import Faults
from loopback_slack.journal import Call, Json
from loopback_slack.methods import METHODS, Method
from loopback_slack.rates import Rates
from loopback_slack.state import State
from loopback_slack.workspace import SCOPE_PREFIXES

_CUSTOM_FACE = ("icon_emoji", "icon_url", "username")
TOO_MANY = 429
_EVERYWHERE = {"team_id"}  # Bolt adds it to each call


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back; with `drop` the connection closes instead."""

    body: Json
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    drop: bool = False


@dataclass(slots=True)
class WebApi:
    """Answers one call at a time, under the journal's lock."""

    state: State
    faults: Faults
    rates: Rates
    bot_token: str
    app_token: str
    open_socket: str = ""

    def answer(self, method: str, args: Json, token: str) -> Reply:
        """Carry out one call and note it."""
        with self.state.journal.changed:
            reply = self._answer(method, args, token)
            call = Call(method, args, reply.body, 0 if reply.drop else reply.status, self.state.clock())
            self.state.journal.note_call(call)
            return reply

    def _answer(self, method: str, args: Json, token: str) -> Reply:
        fault = self.faults.take(method, args)
        if fault and not fault.after:
            return Reply(fault.answer(), fault.status, fault.headers(), drop=fault.drop)
        wait = self.rates.seconds_to_wait(method, args) if self.state.rules.real_rates else 0
        if wait:
            return Reply({"ok": False, "error": "ratelimited"}, TOO_MANY, {"Retry-After": str(wait)})
        try:
            body = self._carry_out(method, args, token)
        except Refused as refused:
            body = refused.answer()
        return Reply(body, drop=bool(fault and fault.drop))

    def _carry_out(self, name: str, args: Json, token: str) -> Json:
        if name == "apps.connections.open":
            return self._open_connection(token)
        method = METHODS.get(name)
        if method is None:
            self.state.journal.note_violation("unknown_method", name, "Slack has no such method here")
            raise Refused("unknown_method", req_method=name)
        if token != self.bot_token:
            raise Refused("invalid_auth" if token else "not_authed")
        self._check_arguments(name, method, args)
        self._check_scopes(method, args)
        return method.run(self.state, args)

    def _open_connection(self, token: str) -> Json:
        if token != self.app_token:
            raise Refused("invalid_auth" if token else "not_authed")
        ticket = self.state.next_id("ticket")
        return {"ok": True, "url": f"{self.open_socket}?ticket={ticket}&app_id={self.state.workspace.app}"}

    def _check_arguments(self, name: str, method: Method, args: Json) -> None:
        required, optional = set(method.required.split()), set(method.optional.split())
        unknown = set(args) - required - optional - _EVERYWHERE
        missing = [each for each in method.required.split() if not _is_given(args, each)]
        problems = [f"[ERROR] unknown argument: {each}" for each in sorted(unknown)]
        problems += [f"[ERROR] missing required field: {each}" for each in missing]
        for problem in problems:
            self.state.journal.note_violation("invalid_arguments", name, problem)
        if problems:
            raise Refused("invalid_arguments", response_metadata={"messages": problems})

    def _check_scopes(self, method: Method, args: Json) -> None:
        wanted = set(method.scopes.split())
        if "{kind}" in method.scopes:
            kind = self.state.channel(args["channel"]).kind
            wanted = {scope.format(kind=SCOPE_PREFIXES[kind]) for scope in wanted}
        provided = self.state.rules.scopes
        needed = wanted if wanted and not wanted & provided else set()
        if any(args.get(name) for name in _CUSTOM_FACE) and "chat:write.customize" not in provided:
            needed = {"chat:write.customize"}
        if needed:
            raise Refused(
                "missing_scope", needed=",".join(sorted(needed)), provided=",".join(sorted(provided))
            )


def _is_given(args: Json, name: str) -> bool:
    """Whether a required argument holds something; an empty status clears the status."""
    return args.get(name) is not None and (args[name] != "" or name == "status")
