"""The API: the app's functions for programs, under /api/v1."""

from fastapi import APIRouter

from reconcile.web.api import cases, figures, stories

router = APIRouter(prefix="/api/v1")
for part in (cases.router, stories.router, figures.router):
    router.include_router(part)

__all__ = ["router"]
