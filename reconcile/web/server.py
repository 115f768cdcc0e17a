"""The server: the store, the pages and the API put together, with what holds for every request around them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from fastapi import FastAPI
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import PlainTextResponse
from starlette.staticfiles import StaticFiles

from reconcile import __version__
from reconcile.config import Settings
from reconcile.report.html import TEMPLATES as COMPONENTS
from reconcile.report.html import element_id, show
from reconcile.review.standing import SignOff
from reconcile.store.store import Store, open_store
from reconcile.web import api, oidc, pages, sessions
from reconcile.web.frame import STATIC, TEMPLATES, Frame
from reconcile.web.pages.words import VOCABULARY
from reconcile.web.problem import add_handlers
from reconcile.web.security import SecurityMiddleware


def create_app(
    settings: Settings, *, store: Store | None = None, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> FastAPI:
    """The application; without a ``store`` it opens the one of the settings, and closes it at the end."""
    opened = store or open_store(settings.db, upgrade=True)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        if store is None:
            opened.close()

    app = FastAPI(
        title="reconcile",
        version=__version__,
        lifespan=lifespan,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    review = settings.review
    policy = SignOff(frozenset(review.sign_off_severities), frozenset(review.sign_off_rules))
    app.state.frame = Frame(settings, opened, make_environment(), now, policy)
    add_handlers(app)
    app.include_router(sessions.router)
    app.include_router(oidc.router)
    app.include_router(pages.router)
    app.include_router(api.router)
    app.add_api_route("/healthz", health, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(SecurityMiddleware, names=settings.serve.names, https=settings.serve.https)
    return app


def make_environment() -> Environment:
    """Where the pages' templates are found: their own folder, then the report's, whose parts they share."""
    environment = Environment(
        loader=FileSystemLoader([TEMPLATES, COMPONENTS]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=show,
    )
    environment.filters["id"] = element_id
    environment.globals.update(VOCABULARY)
    return environment


def health() -> PlainTextResponse:
    """That the server answers, for whoever watches it."""
    return PlainTextResponse("ok\n")
