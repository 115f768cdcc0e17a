"""What every page and every endpoint starts from: the store, who asks, forms that are ours, and how to answer."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request
from jinja2 import Environment
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse

from reconcile import __version__
from reconcile.app import accounts
from reconcile.app.accounts import Role, Session, User
from reconcile.config import Settings
from reconcile.errors import RefusedError
from reconcile.review.standing import SignOff
from reconcile.store.store import Store
from reconcile.web.security import same_origin

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"


class SignInNeededError(Exception):
    """Nobody is signed in: pages lead to the sign-in form, the API answers 401."""


@dataclass(slots=True)
class Frame:
    """What a server was made with; ``app.state.frame``."""

    settings: Settings
    store: Store
    environment: Environment
    now: Callable[[], datetime]
    policy: SignOff = field(default_factory=SignOff)
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    """Signs what browsers keep for a few minutes; another process has another."""

    @property
    def lives(self) -> timedelta:
        """So long a session lasts."""
        return timedelta(hours=self.settings.serve.session_hours)


def get_frame(request: Request) -> Frame:
    """The frame of the server that got this request."""
    frame: Frame = request.app.state.frame
    return frame


def get_store(request: Request) -> Store:
    """The store."""
    return get_frame(request).store


def get_settings(request: Request) -> Settings:
    """The settings."""
    return get_frame(request).settings


def get_policy(request: Request) -> SignOff:
    """Which decisions need two people."""
    return get_frame(request).policy


def clock(request: Request) -> datetime:
    """This moment, in UTC."""
    return get_frame(request).now()


def templates(request: Request) -> Environment:
    """The environment of the pages' templates."""
    return get_frame(request).environment


def cookie_name(request: Request) -> str:
    """The session's cookie; over https one that no neighbour host can set."""
    return "__Host-reconcile" if get_settings(request).serve.https else "reconcile"


def address_of(request: Request) -> str:
    """Where the request comes from."""
    return request.client.host if request.client else ""


def find_session(request: Request) -> Session | None:
    """The session of this request's browser; looked up once a request."""
    if not hasattr(request.state, "session"):
        secret = request.cookies.get(cookie_name(request), "")
        store = get_store(request)
        request.state.session = accounts.find_session(store, secret, clock(request)) if secret else None
    session: Session | None = request.state.session
    return session


def current_user(request: Request) -> User:
    """Who is signed in; raises SignInNeededError."""
    session = find_session(request)
    if session is None:
        raise SignInNeededError
    return accounts.session_user(session)


CurrentUser = Annotated[User, Depends(current_user)]


def require(role: Role) -> Callable[[User], User]:
    """A dependency that gives the user, who may do what ``role`` may; raises RefusedError otherwise."""

    def check(user: CurrentUser) -> User:
        refuse_below(user, role)
        return user

    return check


def refuse_below(user: User, role: Role) -> None:
    """Raise RefusedError unless the user may do what a role may."""
    if not user.may(role):
        raise RefusedError(f"your role, {user.role}, may not do this", f"ask an administrator for the role {role}")


def check_csrf(request: Request, given: str | None) -> None:
    """Raise RefusedError unless the request comes from a form of this session."""
    session = find_session(request)
    if session is None:
        raise SignInNeededError
    right = same_origin(request.headers) and secrets.compare_digest(
        (given or "").encode("utf-8", "surrogatepass"), session.csrf.encode()
    )
    if not right:
        raise RefusedError("this form is not of your session", "load the page again and send it once more")


async def csrf_form(request: Request, _user: CurrentUser) -> FormData:
    """A page's form, checked to be of this session by its field ``csrf`` or the header X-CSRF-Token."""
    form = await request.form(max_files=0, max_fields=2000)
    field_ = form.get("csrf")
    check_csrf(request, request.headers.get("x-csrf-token") or (field_ if isinstance(field_, str) else None))
    return form


def is_blind(request: Request) -> bool:
    """Whether this session hides scores and others' votes."""
    session = find_session(request)
    return session is not None and session.blind


def render(request: Request, name: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A page made of a template; what every page needs to know is added to the context."""
    session = find_session(request)
    given = {
        "user": accounts.session_user(session) if session else None,
        "csrf": session.csrf if session else "",
        "blind": session.blind if session else False,
        "request": request,
        "path": request.url.path,
        "version": __version__,
        "now": clock(request),
    }
    page = templates(request).get_template(name).render(given | context)
    # A lone surrogate in an article's text has no bytes; it is shown as what it is not.
    return HTMLResponse(page.encode("utf-8", "replace"), status)


def sign_in_address(request: Request) -> str:
    """The sign-in form that leads back to the page asked for."""
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return f"/login?next={quote(wanted, safe='')}" if request.method == "GET" and wanted != "/" else "/login"


def safe_next(wanted: str) -> str:
    """A page of this server to go on to: a path, never another host's address."""
    plain = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted
    return wanted if plain and wanted.isprintable() else "/"
