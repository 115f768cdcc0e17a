"""Sources, rules, runs and help: figures with their intervals, and no league table of truth."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response

from reconcile.app import overview
from reconcile.app.rules import usable_pack
from reconcile.check.schema import Pack
from reconcile.web.frame import CurrentUser, get_settings, get_store, render
from reconcile.web.pages import words

router = APIRouter()


@lru_cache(maxsize=2)
def _pack(folders: tuple[Path, ...], _changed: int) -> Pack:
    """The rules, read again when a file of the user's folders changed."""
    return usable_pack(folders)


@router.get("/sources")
def show_sources(request: Request, user: CurrentUser) -> Response:
    """How often each outlet was first, corrected, alone, and in a contradiction; by name, not by rank."""
    figures = sorted(overview.source_figures(get_store(request)), key=lambda one: one.source.casefold())
    return render(request, "sources.html", figures=figures)


@router.get("/rules")
def show_rules(request: Request, user: CurrentUser) -> Response:
    """What each rule fires, and how often reviewers agreed with it."""
    folders = tuple(get_settings(request).rules)
    pack = _pack(folders, max((path.stat().st_mtime_ns for folder in folders for path in folder.rglob("*")), default=0))
    about = {rule.id: " ".join(rule.about.split()) for rule in pack.rules}
    return render(request, "rules.html", figures=overview.rule_figures(get_store(request), pack), about=about)


@router.get("/runs")
def show_runs(request: Request, user: CurrentUser) -> Response:
    """The latest runs and what each changed."""
    return render(request, "runs.html", rows=overview.list_runs(get_store(request)))


@router.get("/runs/{run}")
def show_run(request: Request, run: str, user: CurrentUser) -> Response:
    """One run: its counts, its versions, and what went wrong."""
    return render(request, "run.html", row=overview.show_run(get_store(request), run))


@router.get("/help")
def show_help(request: Request, user: CurrentUser) -> Response:
    """The keys, the decisions and the verdicts."""
    return render(request, "help.html", keys=words.KEYS, decisions=words.DECISIONS)
