"""Who calls the API, by token or by the browser's session; and the headers that several endpoints share."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from typing import Annotated

from fastapi import Depends, Header, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel
from starlette.responses import Response

from reconcile.app import accounts
from reconcile.app.accounts import Role, User
from reconcile.errors import InvalidError, ReconcileError
from reconcile.web.frame import (
    SignInNeededError,
    address_of,
    check_csrf,
    clock,
    current_user,
    get_store,
    refuse_below,
)
from reconcile.web.problem import PreconditionNeededError

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_VERSION = re.compile(r'"v(\d{1,9})(?:-[0-9a-f]+)?"')
_bearer = HTTPBearer(auto_error=False, description="A token made by `reconcile accounts token`.")


def caller(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)] = None
) -> User:
    """Whoever asks; raises SignInNeededError for nobody.

    A browser's session needs its CSRF token in X-CSRF-Token for whatever changes something; a token needs none.
    """
    if credentials is not None:
        try:
            return accounts.token_user(get_store(request), credentials.credentials, address_of(request), clock(request))
        except accounts.LimitedError:
            raise
        except ReconcileError:
            raise SignInNeededError from None
    user = current_user(request)
    if request.method not in _SAFE:
        check_csrf(request, request.headers.get("x-csrf-token"))
    return user


Caller = Annotated[User, Depends(caller)]


def role(least: Role) -> Callable[[User], User]:
    """A dependency: a caller who may do what a role may."""

    def check(user: Caller) -> User:
        refuse_below(user, least)
        return user

    return check


Reader = Annotated[User, Depends(role(Role.READER))]
Reviewer = Annotated[User, Depends(role(Role.REVIEWER))]
Admin = Annotated[User, Depends(role(Role.ADMIN))]

IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        max_length=200,
        description="Any string of your own; sent again, the request is answered as the first time and does nothing.",
    ),
]
IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", description="The ETag of the finding as you saw it.", examples=['"v3"']),
]


def version_of(if_match: str | None) -> int:
    """The version that If-Match names; raises PreconditionNeededError without it, InvalidError where it is no ETag."""
    if if_match is None:
        raise PreconditionNeededError("say which version this is about", "send the finding's ETag as If-Match")
    found = _VERSION.fullmatch(if_match.strip().removeprefix("W/"))
    if found is None:
        raise InvalidError(
            "If-Match is no ETag of this API", "send the ETag that came with the finding", "header.If-Match"
        )
    return int(found[1])


def answer(
    request: Request, content: BaseModel | Sequence[BaseModel], *, version: int | None = None, status: int = 200
) -> Response:
    """The content as JSON with its ETag; 304 without it where the caller has just that."""
    told = [content] if isinstance(content, BaseModel) else content
    rows = [one.model_dump(mode="json") for one in told]
    data = rows[0] if isinstance(content, BaseModel) else rows
    body = json.dumps(data, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode("ascii")
    digest = hashlib.blake2b(body, digest_size=8).hexdigest()
    etag = f'"v{version}-{digest}"' if version is not None else f'"{digest}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    known = request.headers.get("if-none-match", "")
    if request.method in ("GET", "HEAD") and etag in [tag.strip().removeprefix("W/") for tag in known.split(",")]:
        return Response(status_code=304, headers=headers)
    return Response(body, status, headers, "application/json")
