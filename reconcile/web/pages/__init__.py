"""The review pages: the queue, a finding, stories, sources, rules and runs, each served whole from the server."""

from fastapi import APIRouter

from reconcile.web.pages import acts, figures, findings, queue, stories

router = APIRouter(include_in_schema=False)
for part in (queue.router, findings.router, acts.router, stories.router, figures.router):
    router.include_router(part)

__all__ = ["router"]
