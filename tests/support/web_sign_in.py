"""A provider of identities on loopback that speaks as Slack does, and says what tests want it to say."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import time
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from askpcc.server import HttpServer
from askpcc.web.sign_in import SlackApp

TEAM, USER = "T0LOOPBACK", "U0QUILL"
CLIENT, SECRET = "123.456", "the client's secret"


def make_key() -> RSAPrivateKey:
    """Make a key."""
    return generate_private_key(public_exponent=65_537, key_size=2_048)


@dataclass
class Provider:
    """What it says.  forged: claims that replace the right ones; None takes one out.

    header: of the token.  key: with which it signs, where that is not the one that it shows.  algorithm: with
    which it signs.  answer: what it says instead of giving a token.
    keys: what it shows in the place of its keys.
    """

    base: str = ""
    shown: RSAPrivateKey = field(default_factory=make_key)
    key: RSAPrivateKey | None = None
    forged: Mapping[str, Any] = field(default_factory=dict)
    header: Mapping[str, Any] = field(default_factory=lambda: {"kid": "one"})
    algorithm: str = "RS256"
    answer: Mapping[str, Any] | None = None
    status: int = 200
    keys: Any = None
    nonces: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    keys_fetched: int = 0

    @property
    def app(self) -> SlackApp:
        """Return the app that people sign in with."""
        return SlackApp(CLIENT, SECRET, TEAM, self.base)

    def routes(self) -> list[Route]:
        """Return its addresses."""
        return [
            Route("/openid/connect/authorize", self.authorize),
            Route("/api/openid.connect.token", self.exchange, methods=["POST"]),
            Route("/openid/connect/keys", self.show_keys),
        ]

    async def authorize(self, request: Request) -> Response:
        """Say yes in the name of the person."""
        query = dict(request.query_params)
        self.asked.append(query)
        code = f"code-{len(self.asked)}"
        self.nonces[code] = query["nonce"]
        return RedirectResponse(f"{query['redirect_uri']}?code={code}&state={query['state']}", 302)

    async def exchange(self, request: Request) -> Response:
        """Turn a code into a token, once."""
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        nonce = self.nonces.pop(form.get("code", ""), None)
        if self.answer is not None:
            return JSONResponse(self.answer, self.status)
        if nonce is None or (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return JSONResponse({"ok": False, "error": "invalid_code"})
        return JSONResponse({"ok": True, "token_type": "Bearer", "id_token": self.sign(nonce)})

    async def show_keys(self, _: Request) -> Response:
        """Show the public key."""
        self.keys_fetched += 1
        if self.keys is not None:
            return JSONResponse(self.keys)
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.shown.public_key(), as_dict=True)
        return JSONResponse({"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]})

    def sign(self, nonce: str) -> str:
        """Return a token that is right, but for what is forged."""
        now = int(time())
        claims: dict[str, Any] = {
            "iss": self.base.rstrip("/"),
            "sub": USER,
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "nonce": nonce,
            "https://slack.com/team_id": TEAM,
            "https://slack.com/user_id": USER,
            "name": "Perpetua Quill",
            **self.forged,
        }
        kept = {name: value for name, value in claims.items() if value is not None}
        if self.algorithm == "none":
            return _write_unsigned(kept)
        key: Any = "x" * 32 if self.algorithm.startswith("HS") else self.key or self.shown
        return jwt.encode(kept, key, self.algorithm, headers=dict(self.header))


def _write_unsigned(claims: Mapping[str, Any]) -> str:
    parts = ({"alg": "none", "kid": "one"}, claims)
    encoded = [urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts]
    return f"{encoded[0]}.{encoded[1]}."


@contextmanager
def open_provider() -> Iterator[Provider]:
    """Serve a provider."""
    provider = Provider()
    with HttpServer(Starlette(routes=provider.routes()), "127.0.0.1", 0) as server:
        provider.base = f"http://127.0.0.1:{server.port}/"
        yield provider
