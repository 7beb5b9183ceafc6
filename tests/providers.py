"""A small OpenID Connect provider on this machine, with a key of its own: the other side of a sign-in."""

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any

import pytest
import uvicorn
from fastapi import FastAPI, Form, HTTPException, Request
from fastapi.responses import RedirectResponse
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT_ID, CLIENT_SECRET = "voiceops", "a secret of both"


@dataclass
class Provider:
    """Who is signed in there, what it says about them, and how it may lie."""

    port: int = 0
    claims: dict[str, Any] = field(default_factory=lambda: {"sub": "4711", "preferred_username": "vera"})
    lies: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    signing_key: RSAKey | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def id_token(self, nonce: str) -> str:
        now = int(time.time())
        said = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": nonce}
        header = {"alg": "RS256", "kid": "one"}
        return jwt.encode(header, {**said, **self.claims, **self.lies}, self.signing_key or self.key)


def the_app(provider: Provider) -> FastAPI:
    app = FastAPI()

    @app.get("/.well-known/openid-configuration")
    def describe() -> dict[str, str]:
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return {"issuer": provider.issuer, **{name: f"{provider.issuer}/{at}" for name, at in places.items()}}

    @app.get("/keys")
    def keys() -> Any:
        return KeySet([provider.key]).as_dict(private=False)

    @app.get("/authorize")
    def authorize(request: Request) -> RedirectResponse:
        asked = dict(request.query_params)
        expected = {"client_id": CLIENT_ID, "response_type": "code", "code_challenge_method": "S256"}
        if any(asked.get(name) != value for name, value in expected.items()) or "openid" not in asked["scope"]:
            raise HTTPException(400)
        code = secrets.token_urlsafe()
        provider.codes[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?code={code}&state={asked['state']}", 303)

    @app.post("/token")
    def token(
        request: Request,
        code: Annotated[str, Form()],
        redirect_uri: Annotated[str, Form()],
        code_verifier: Annotated[str, Form()],
    ) -> dict[str, str]:
        asked = provider.codes.pop(code, None)
        expected = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(code_verifier.encode()).digest()).decode().rstrip("=")
        is_right = request.headers["authorization"] == f"Basic {expected}"
        if (
            asked is None
            or not is_right
            or (asked["redirect_uri"], asked["code_challenge"]) != (redirect_uri, challenge)
        ):
            raise HTTPException(400)
        return {"access_token": "unused", "token_type": "Bearer", "id_token": provider.id_token(asked["nonce"])}

    return app


@contextmanager
def a_provider() -> Iterator[Provider]:
    """It listens for the length of the block."""
    provider = Provider()
    server = uvicorn.Server(uvicorn.Config(the_app(provider), host="127.0.0.1", port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the provider did not start"
            time.sleep(0.01)
        provider.port = server.servers[0].sockets[0].getsockname()[1]
        yield provider
    finally:
        server.should_exit = True
        thread.join(30)


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A provider of the test's own."""
    with a_provider() as provider:
        yield provider
