"""Single sign-on: the authorization code flow of OpenID Connect with PKCE, through Authlib."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.responses import RedirectResponse, Response

from reconcile.app import accounts
from reconcile.config.review import OidcSettings
from reconcile.errors import NotFoundError, ReconcileError, RefusedError
from reconcile.web.frame import Frame, address_of, get_frame, safe_next
from reconcile.web.sessions import let_in

router = APIRouter(prefix="/oidc", include_in_schema=False)
_COOKIE = "reconcile-oidc"
_MINUTES = 10
_LEEWAY = 60
_ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
"""Only signatures by the provider's own key: never "none", never one with our shared secret."""


@router.get("/start")
def start(request: Request, next: str = "/") -> Response:
    """Lead to the provider; what the answer must match is kept in a signed cookie."""
    frame = get_frame(request)
    with _client(request) as client:
        endpoint = _metadata(client, frame.settings.oidc)["authorization_endpoint"]
        kept = {"verifier": secrets.token_urlsafe(48), "nonce": secrets.token_urlsafe(24), "next": safe_next(next)}
        address, kept["state"] = client.create_authorization_url(
            endpoint, code_verifier=kept["verifier"], nonce=kept["nonce"]
        )
    answer = RedirectResponse(address, 303)
    answer.set_cookie(
        _COOKIE,
        _serializer(frame).dumps(kept),
        max_age=_MINUTES * 60,
        path="/oidc",
        httponly=True,
        samesite="lax",
        secure=frame.settings.serve.https,
    )
    return answer


@router.get("/back")
def back(request: Request) -> Response:
    """Take the provider's answer: exchange the code, check the identity token, and let its person in."""
    frame = get_frame(request)
    kept = _kept(request, frame)
    claims = _identify(request, kept)
    issuer, subject = frame.settings.oidc.issuer, str(claims["sub"])
    short = str(claims.get("preferred_username") or claims.get("email") or subject)
    entered = accounts.enter_by_subject(
        frame.store,
        f"{issuer}|{subject}",
        (short, str(claims.get("name") or short)),
        frame.settings.oidc.role,
        address_of(request),
        frame.now(),
        frame.lives,
    )
    answer = let_in(request, entered, str(kept["next"]))
    answer.delete_cookie(_COOKIE, path="/oidc", secure=frame.settings.serve.https, httponly=True)
    return answer


def _identify(request: Request, kept: Mapping[str, str]) -> Mapping[str, Any]:
    """The checked claims of the identity token; raises RefusedError."""
    frame = get_frame(request)
    try:
        with _client(request) as client:
            known = _metadata(client, frame.settings.oidc)
            client.state = kept["state"]
            token = client.fetch_token(
                known["token_endpoint"], authorization_response=str(request.url), code_verifier=kept["verifier"]
            )
            keys = client.request("GET", known["jwks_uri"], withhold_token=True).raise_for_status().json()
        return _check(token["id_token"], keys, frame, kept["nonce"])
    except ReconcileError:
        raise
    except Exception as error:  # whatever the provider answered, nobody gets in by it
        raise RefusedError(
            f"the provider's answer could not be used ({type(error).__name__})", "start the sign-in again"
        ) from error


def _check(token: str, keys: Any, frame: Frame, nonce: str) -> Mapping[str, Any]:
    """The claims of a token that the provider signed, for us, now, in answer to our own question."""
    from joserfc import jwt
    from joserfc.jwk import KeySet

    oidc = frame.settings.oidc
    claims = jwt.decode(token, KeySet.import_key_set(keys), algorithms=_ALGORITHMS).claims
    jwt.JWTClaimsRegistry(
        now=int(frame.now().timestamp()),
        leeway=_LEEWAY,
        iss={"essential": True, "value": oidc.issuer},
        aud={"essential": True, "value": oidc.client_id},
        exp={"essential": True},
        sub={"essential": True},
        nonce={"essential": True, "value": nonce},
    ).validate(claims)
    return claims


def _kept(request: Request, frame: Frame) -> Mapping[str, str]:
    """What was kept when the sign-in began; raises RefusedError where it was not here, or long ago."""
    try:
        kept: dict[str, str] = _serializer(frame).loads(request.cookies.get(_COOKIE, ""), max_age=_MINUTES * 60)
    except BadSignature:
        raise RefusedError("this sign-in did not begin here, or too long ago", "start the sign-in again") from None
    if not secrets.compare_digest(kept["state"].encode(), request.query_params.get("state", "").encode()):
        raise RefusedError("this answer is to another sign-in", "start the sign-in again")
    return kept


def _serializer(frame: Frame) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(frame.secret, salt="oidc")


def _client(request: Request) -> Any:
    """An OAuth client with PKCE; raises NotFoundError where no provider is set, ReconcileError without Authlib."""
    settings = get_frame(request).settings
    if not settings.oidc.issuer:
        raise NotFoundError("there is no single sign-on here", "sign in with a password")
    try:
        from authlib.integrations.httpx_client import OAuth2Client
    except ImportError as error:
        raise ReconcileError(
            "single sign-on needs a package that is not installed", "install it with: pip install 'reconcile[oidc]'"
        ) from error
    scheme = "https" if settings.serve.https else request.url.scheme
    return OAuth2Client(
        settings.oidc.client_id,
        settings.oidc.client_secret or None,
        scope="openid profile email",
        redirect_uri=f"{scheme}://{request.headers['host']}/oidc/back",
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic" if settings.oidc.client_secret else "none",
        timeout=10,
    )


def _metadata(client: Any, oidc: OidcSettings) -> Mapping[str, str]:
    """Where the provider's endpoints are, as it tells itself; raises RefusedError where it is another one."""
    known: Mapping[str, str] = (
        client.request("GET", f"{oidc.issuer}/.well-known/openid-configuration", withhold_token=True)
        .raise_for_status()
        .json()
    )
    if known.get("issuer", "").rstrip("/") != oidc.issuer:
        raise RefusedError("the provider calls itself something else", "set [oidc] issuer to just what it says")
    return known
