"""Errors as answers: problem+json (RFC 9457) for programs, a page for people."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from reconcile.app.accounts import LimitedError
from reconcile.errors import ConflictError, InvalidError, NotFoundError, ReconcileError, RefusedError
from reconcile.visible import visible
from reconcile.web.frame import SignInNeededError, render, sign_in_address

API = "/api/"
PROBLEM = "application/problem+json"


class PreconditionNeededError(ReconcileError):
    """A decision came without saying which version of the finding it is about."""


class PreconditionFailedError(ConflictError):
    """The version that If-Match names is gone."""

    def __init__(self, error: ConflictError) -> None:
        """The same words with another status."""
        super().__init__(error.message, error.cure, error.version)


_STATUSES: tuple[tuple[type[ReconcileError], int], ...] = (
    (NotFoundError, 404),
    (PreconditionFailedError, 412),
    (PreconditionNeededError, 428),
    (ConflictError, 409),
    (LimitedError, 429),
    (RefusedError, 403),
    (InvalidError, 422),
)


class Problem(JSONResponse):
    """An error for programs."""

    media_type = PROBLEM

    def render(self, content: Any) -> bytes:
        """JSON in ASCII, whatever strange characters the message repeats."""
        return json.dumps(content).encode("ascii")


def status_of(error: ReconcileError) -> int:
    """The HTTP status of an error that a user can act on."""
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), 503)


def problem(status: int, detail: str, **more: Any) -> Problem:
    """A problem document; ``more`` are members beside the standard ones."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": visible(detail)}
    return Problem(body | more, status)


def add_handlers(app: FastAPI) -> None:
    """Have the app answer every expected error so."""
    app.add_exception_handler(ReconcileError, _expected)
    app.add_exception_handler(SignInNeededError, _sign_in)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def _expected(request: Request, error: Exception) -> Response:
    assert isinstance(error, ReconcileError)
    status = status_of(error)
    more: dict[str, Any] = {}
    if isinstance(error, ConflictError):
        more["version"] = error.version
    if isinstance(error, InvalidError) and error.field:
        more["errors"] = [{"field": error.field, "message": visible(error.message)}]
    answer = _answer(request, status, error.message, error.cure, **more)
    if isinstance(error, LimitedError):
        answer.headers["Retry-After"] = str(error.wait)
    return answer


def _sign_in(request: Request, _error: Exception) -> Response:
    if request.url.path.startswith(API):
        answer: Response = problem(401, "sign in, or send a token: Authorization: Bearer …")
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    return RedirectResponse(sign_in_address(request), 303)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [
        {"field": ".".join(str(part) for part in fault["loc"][1:]), "message": fault["msg"]} for fault in error.errors()
    ]
    first = f"{faults[0]['field']}: {faults[0]['message']}" if faults else "the request does not fit"
    return _answer(request, 422, first, "", errors=faults)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    told = "there is no such page" if error.status_code == 404 else str(error.detail)
    answer = _answer(request, error.status_code, told, "")
    answer.headers.update(error.headers or {})
    return answer


def _unexpected(request: Request, _error: Exception) -> Response:
    return _answer(request, 500, "something went wrong here", "try again; the server's log has the details")


def _answer(request: Request, status: int, message: str, cure: str, **more: Any) -> Response:
    if request.url.path.startswith(API):
        return problem(status, message, **({"cure": visible(cure)} if cure else {}), **more)
    title = HTTPStatus(status).phrase
    return render(
        request,
        "error.html",
        status,
        title=title,
        status_code=status,
        message=message,
        cure=cure,
        conflict=status == 409,
    )
