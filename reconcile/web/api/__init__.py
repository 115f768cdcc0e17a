"""The API: the app's functions for programs, under /api/v1."""

from fastapi import APIRouter

from reconcile.web.api import cases, figures, reconciliation, stories

router = APIRouter(prefix="/api/v1")
for part in (cases.router, stories.router, figures.router, reconciliation.router):
    router.include_router(part)

__all__ = ["router"]
