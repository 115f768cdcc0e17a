"""What holds for every request: headers, names the server answers to, and how much may be sent."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 1_000_000
"""Bytes a request may send."""
_TOO_LARGE = f"at most {LARGEST_BODY} bytes may be sent"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


def is_local(host: str) -> bool:
    """Whether a name or address is this machine's own."""
    return host in _LOCAL or host.startswith("127.")


class SecurityMiddleware:
    """Refuses requests for other names and bodies too large; puts the headers on every answer.

    Checking the name keeps other sites from reaching a server on one's own machine by a name of theirs that points
    to it.
    """

    def __init__(self, app: ASGIApp, names: Sequence[str], https: bool) -> None:
        """``names`` are host names beside this machine's own."""
        self._app = app
        self._names = _LOCAL | {name.lower() for name in names}
        self._headers = _HEADERS + ((("Strict-Transport-Security", "max-age=31536000"),) if https else ())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in self._headers:
                    answer.setdefault(name, value)
                answer.setdefault("Cache-Control", "no-cache" if scope["path"].startswith("/static/") else "no-store")
            await send(message)

        refusal = self._refuse(headers)
        if refusal is not None:
            await refusal(scope, receive, with_headers)
            return
        await self._app(scope, _Counted(receive), with_headers)

    def _refuse(self, headers: Headers) -> PlainTextResponse | None:
        if host_name(headers.get("host", "")) not in self._names:
            text = "This server does not answer to that name; its administrator sets the names in [serve] names.\n"
            return PlainTextResponse(text, 421)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            return PlainTextResponse(f"{_TOO_LARGE}\n", 413)
        return None


def host_name(host: str) -> str:
    """The name in a Host header, without the port, in small letters; "" where there is none."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


class _Counted:
    """Passes a request's body on until it is larger than it may be."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._seen = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen > LARGEST_BODY:
            raise HTTPException(413, _TOO_LARGE)
        return message


def same_origin(headers: Headers) -> bool:
    """Whether a request that changes something comes from a page of this server, as far as the browser tells."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or (origin != "null" and urlsplit(origin).netloc.lower() == headers.get("host", "").lower())
