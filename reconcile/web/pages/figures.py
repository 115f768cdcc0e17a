"""Sources, rules, runs and help: figures with their intervals, and no league table of truth."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response

from reconcile.app import overview
from reconcile.app.reports import load_report
from reconcile.app.rules import rule_state, usable_pack
from reconcile.check.reference import describe_rule
from reconcile.check.schema import SINGLE_RULE, Pack, Rule
from reconcile.errors import NotFoundError
from reconcile.report.formats import FORMATS
from reconcile.web.frame import CurrentUser, get_settings, get_store, render
from reconcile.web.pages import words

router = APIRouter()

_SINGLE: Mapping[str, object] = {
    "about": "What one outlet alone says. It is given without a rule, so nobody can switch it off.",
    "state": "on",
    "owner": "",
    "lines": (),
}
"""What the page says of the findings that no rule gives."""


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
    """What each rule takes and fires, whether it is on, who answers for it, and how often reviewers agreed with it."""
    folders = tuple(get_settings(request).rules)
    pack = _pack(folders, max((path.stat().st_mtime_ns for folder in folders for path in folder.rglob("*")), default=0))
    told = {SINGLE_RULE: _SINGLE} | {rule.id: _told(rule) for rule in pack.rules}
    return render(request, "rules.html", figures=overview.rule_figures(get_store(request), pack), told=told)


def _told(rule: Rule) -> Mapping[str, object]:
    """What the page says of a rule in force beside its figures; its owner has a column, so no line tells of one."""
    lines = [line.replace("`", "") for line in describe_rule(rule) if not line.startswith("owner: ")]
    return {"about": " ".join(rule.about.split()), "state": rule_state(rule), "owner": rule.owner, "lines": lines}


@router.get("/runs")
def show_runs(request: Request, user: CurrentUser) -> Response:
    """The latest runs and what each changed."""
    return render(request, "runs.html", rows=overview.list_runs(get_store(request)))


@router.get("/runs/{run}")
def show_run(request: Request, run: str, user: CurrentUser) -> Response:
    """One run: its counts, its versions, and what went wrong."""
    return render(request, "run.html", row=overview.show_run(get_store(request), run), formats=tuple(FORMATS.values()))


@router.get("/runs/{run}/{file}")
def download_report(request: Request, run: str, file: str, user: CurrentUser) -> Response:
    """The run's report in one format, with the decisions of today, as a file to keep."""
    wanted = next((one for one in FORMATS.values() if one.file == file), None)
    if wanted is None:
        raise NotFoundError(f"a run has no file {file!r}", "take one from the run's page")
    content = wanted.content(load_report(get_store(request), run))
    # Never shown in place: the page's own style would not be allowed here, and nothing of it should be.
    headers = {"Content-Disposition": f'attachment; filename="{wanted.file}"'}
    return Response(content, media_type=wanted.media_type, headers=headers)


@router.get("/help")
def show_help(request: Request, user: CurrentUser) -> Response:
    """The keys, the decisions and the verdicts."""
    return render(request, "help.html", keys=words.KEYS, decisions=words.DECISIONS)
