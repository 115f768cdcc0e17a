"""Who may do what: every route of the server, found in the server itself, for nobody and for each role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute

from reconcile.app.accounts import Role, Scope

PUBLIC = {
    ("GET", "/login"),
    ("POST", "/login"),
    ("GET", "/enter/{secret}"),
    ("GET", "/components.css"),
    ("GET", "/"),
    ("GET", "/healthz"),
    ("GET", "/oidc/start"),
    ("GET", "/oidc/back"),
    ("GET", "/api/v1/reconcile"),
    ("POST", "/api/v1/reconcile"),
    ("GET", "/api/v1/reconcile/suggest/entity"),
    ("GET", "/api/v1/reconcile/preview"),
}
"""Answered to nobody in particular; "/" only leads on, and the reconciliation service checks its own token."""
ADMINS = {("GET", "/api/v1/audit"), ("GET", "/api/v1/logins")}
ANYONES = {("POST", "/logout"), ("POST", "/blind"), ("POST", "/queue/filters"), ("POST", "/queue/filters/delete")}
"""Changes that are one's own affair, which readers may make too."""


def routes(router: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Method and path of every route, those of included routers too."""
    for route in router.routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:  # a router's own prefix stands in its routes, that of the one around it does not
            yield from routes(inner, prefix + getattr(router, "prefix", ""))
        elif isinstance(route, APIRoute):
            yield from ((method, prefix + route.path) for method in sorted(route.methods))


def least_role(method: str, path: str) -> Role | None:
    """Who may ask for a route: whatever is not named above may be read by readers and changed by reviewers."""
    if (method, path) in PUBLIC:
        return None
    if (method, path) in ADMINS:
        return Role.ADMIN
    return Role.READER if method in ("GET", "HEAD") or (method, path) in ANYONES else Role.REVIEWER


def ask(desk: Any, client: Any, method: str, path: str, csrf: str = "") -> Any:
    """Ask for a route with a case where it wants an id."""
    url = re.sub(r"\{[a-z]+\}", desk.case(), path)
    if path.startswith("/api/"):
        return client.request(method, url, json={} if method == "POST" else None, headers={"If-Match": '"v0"'})
    return client.request(method, url, data={"csrf": csrf} if method == "POST" else None)


def test_nobody_gets_in_anywhere_else(desk: Any) -> None:
    """Without a session or a token every other route leads to the sign-in form or answers 401."""
    client = desk.client()
    for method, path in routes(desk.app):
        answer = ask(desk, client, method, path)
        if least_role(method, path) is None:
            assert answer.status_code != 500, (method, path)
        elif path.startswith("/api/"):
            assert answer.status_code == 401, (method, path)
        else:
            assert answer.headers["location"].startswith("/login"), (method, path)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_what_it_may(desk: Any, role: Role) -> None:
    """A signed-in browser and a token get 403 from what is above their role, and from nothing else."""
    browser = desk.client(role)
    program = desk.client(token=desk.token(role.value, *Scope))
    for method, path in routes(desk.app):
        least = least_role(method, path)
        if least is None or path == "/logout":
            continue
        client = program if path.startswith("/api/") else browser
        csrf = desk.csrf(browser)
        refused = ask(desk, client, method, path, csrf).status_code == 403
        assert refused is not role.covers(least), (role, method, path)


def test_pages_change_nothing_without_the_forms_own_token(desk: Any) -> None:
    """Every form of the pages is refused without the token of the session, and from another site."""
    browser = desk.client(Role.ADMIN)
    for method, path in routes(desk.app):
        if method != "POST" or path.startswith("/api/") or path == "/login":
            continue
        assert ask(desk, browser, method, path, "wrong").status_code == 403, path
        url = re.sub(r"\{[a-z]+\}", desk.case(), path)
        foreign = {"Origin": "https://elsewhere.example"}
        assert browser.post(url, data={"csrf": desk.csrf(browser)}, headers=foreign).status_code == 403, path


def test_api_describes_every_route_that_it_has(desk: Any) -> None:
    """No endpoint is missing from the OpenAPI document."""
    told = {(method.upper(), path) for path, methods in desk.app.openapi()["paths"].items() for method in methods}
    assert told == {route for route in routes(desk.app) if route[1].startswith("/api/")}
