"""Single sign-on against a small real provider on this machine: the whole flow, and what it must refuse."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from reconcile.app import accounts
from reconcile.app.accounts import Role

joserfc_jwt = pytest.importorskip("joserfc.jwt")
pytest.importorskip("authlib")


class Provider(ThreadingHTTPServer):
    """Signs in everybody as Ann; ``said`` changes what its tokens say."""

    def __init__(self) -> None:
        """Listen at a free port."""
        from joserfc.jwk import RSAKey

        super().__init__(("127.0.0.1", 0), Answers)
        self.key = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
        self.other = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
        self.asked: dict[str, dict[str, str]] = {}
        self.said: dict[str, Any] = {}
        self.forged = False
        self.now = 0

    @property
    def issuer(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answers(BaseHTTPRequestHandler):
    """What the provider answers."""

    server: Provider

    def do_GET(self) -> None:
        """Metadata, keys, and the page where somebody signs in."""
        parts, issuer = urlsplit(self.path), self.server.issuer
        if parts.path.endswith("openid-configuration"):
            names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
            self._send({"issuer": issuer} | {name: f"{issuer}/{path}" for name, path in names.items()})
        elif parts.path == "/keys":
            self._send({"keys": [self.server.key.as_dict(private=False)]})
        else:
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            code = f"code{len(self.server.asked)}"
            self.server.asked[code] = asked
            self.send_response(302)
            self.send_header(
                "Location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
            )
            self.end_headers()

    def do_POST(self) -> None:
        """A token for a code whose challenge the verifier meets."""
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        asked = self.server.asked.pop(form["code"][0], None)
        digest = hashlib.sha256(form["code_verifier"][0].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        client = base64.b64decode(self.headers["Authorization"].removeprefix("Basic ")).decode()
        if asked is None or asked["code_challenge"] != challenge or client != "desk:secret":
            self._send({"error": "invalid_grant"}, 400)
            return
        claims = {"iss": self.server.issuer, "aud": "desk", "sub": "42", "nonce": asked["nonce"], "name": "Ann Low"}
        claims |= {"preferred_username": "ann", "iat": self.server.now, "exp": self.server.now + 300} | self.server.said
        key = self.server.other if self.server.forged else self.server.key
        token = joserfc_jwt.encode({"alg": "RS256", "kid": "k1"}, claims, key)
        self._send({"access_token": "a", "token_type": "Bearer", "id_token": token})

    def _send(self, data: Any, status: int = 200) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A provider that runs while the test does."""
    with Provider() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def desk_with(open_desk: Any, tmp_path: Any, provider: Provider) -> Any:
    """A function that opens a desk which signs in through the provider."""

    def start(**settings: Any) -> Any:
        given = {"issuer": provider.issuer, "client_id": "desk", "client_secret": "secret"} | settings
        desk = open_desk(str(tmp_path / "desk.db"), oidc=given)
        provider.now = int(desk.now.timestamp())
        return desk

    return start


def sign_in(client: Any) -> Any:
    """Go the way a browser goes, there and back."""
    there = client.get("/oidc/start", params={"next": "/stories"})
    back = urlsplit(httpx.get(there.headers["location"]).headers["location"])
    return client.get(f"{back.path}?{back.query}")


def test_somebody_new_gets_an_account_of_the_set_role(desk_with: Any) -> None:
    """The first sign-in makes the account; the next one finds it; both are on record."""
    desk = desk_with(role="reviewer")
    client = desk.client()
    answer = sign_in(client)
    assert (answer.status_code, answer.headers["location"]) == (303, "/stories")
    assert client.get("/stories").status_code == 200
    sign_in(desk.client())
    made = [account for account in desk.store.accounts.list() if account.subject]
    assert [(one.name, one.full_name, one.role) for one in made] == [("ann", "Ann Low", Role.REVIEWER)]
    assert [item.outcome for item in accounts.list_logins(desk.store)] == ["in", "in"]


def test_strangers_stay_out_where_no_role_is_set(desk_with: Any) -> None:
    """Without a role for newcomers, the provider's word alone is not enough."""
    assert sign_in(desk_with().client()).status_code == 403


@pytest.mark.parametrize(
    "said", [{"aud": "another"}, {"iss": "http://evil.example"}, {"nonce": "another"}, {"exp": 1}, {"sub": None}]
)
def test_tokens_for_others_of_others_or_of_old_are_refused(desk_with: Any, provider: Provider, said: Any) -> None:
    """Audience, issuer, nonce and time are checked."""
    provider.said = said
    assert sign_in(desk_with(role="reader").client()).status_code == 403


def test_forged_tokens_are_refused(desk_with: Any, provider: Provider) -> None:
    """A token by another key is nobody's word."""
    provider.forged = True
    assert sign_in(desk_with(role="reader").client()).status_code == 403


def test_answers_to_nobodys_question_are_refused(desk_with: Any) -> None:
    """An answer in another browser, or with another state, lets nobody in."""
    desk = desk_with(role="reader")
    there = desk.client().get("/oidc/start")
    back = urlsplit(httpx.get(there.headers["location"]).headers["location"])
    assert desk.client().get(f"{back.path}?{back.query}").status_code == 403
    mine = desk.client()
    mine.get("/oidc/start")
    assert mine.get(f"{back.path}?{back.query}").status_code == 403


def test_provider_that_does_not_answer_is_told(open_desk: Any, tmp_path: Any) -> None:
    """No provider set: no such page."""
    assert open_desk(str(tmp_path / "a.db")).client().get("/oidc/start").status_code == 404
