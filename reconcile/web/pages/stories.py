"""Stories: the list of them, and one with its matrix, its charts, its people and its findings."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response

from reconcile.app import overview
from reconcile.model import Fact
from reconcile.report.build import camps_of, cell_values, row_gravity, view_article
from reconcile.report.charts import build_timeline, build_tolls, moments
from reconcile.report.view import ORDER, ArticleView, FactRow
from reconcile.report.view import StoryView as Shown
from reconcile.review.views import FLAGGED, StoryView
from reconcile.review.views import FactRow as MatrixRow
from reconcile.web.frame import CurrentUser, get_store, is_blind, render

router = APIRouter()


@router.get("/stories")
def list_stories(request: Request, user: CurrentUser) -> Response:
    """The stories, latest first, a page at a time."""
    text = request.query_params.get("text", "").strip()[:200]
    page = overview.list_stories(get_store(request), text=text, cursor=request.query_params.get("cursor", ""))
    return render(request, "stories.html", page=page, text=text)


@router.get("/stories/{story}")
def show_story(request: Request, story: str, user: CurrentUser) -> Response:
    """One story: what each outlet says of each fact, when, and of whom."""
    view = overview.show_story(get_store(request), story, user, blind=is_blind(request))
    flagged = [row for row in view.cases if row.verdict in FLAGGED]
    others = ((verdict, [row for row in view.cases if row.verdict is verdict]) for verdict in ORDER)
    quiet = [(verdict, rows) for verdict, rows in others if rows and verdict not in FLAGGED]
    return render(request, "story.html", view=view, story=arrange_story(view), flagged=flagged, quiet=quiet)


def arrange_story(view: StoryView) -> Shown:
    """The story as the report's components show it: a row's anchor is its case."""
    sources = [article.source for article in view.articles]
    views = tuple(
        view_article(article, None, view.story.id, twice=sources.count(article.source) > 1) for article in view.articles
    )
    at = moments(views, {article.id: article.published for article in view.articles})
    facts = [_fact(view.story.id, row) for row in view.facts]
    rows = {fact.id: _row(fact, row, views) for fact, row in zip(facts, view.facts, strict=True)}
    told = {id_: row for id_, row in rows.items() if sum(bool(cell) for cell in row.cells) > 1}
    return Shown(
        id=view.story.id,
        anchor=view.story.id,
        title=view.story.title or (views[0].title if views else view.story.id),
        articles=views,
        independent=len(view.story.independent) or len(set(sources)),
        groups=(),
        rows=tuple(sorted(told.values(), key=row_gravity)),
        timeline=build_timeline(facts, told, views, at),
        tolls=build_tolls(facts, told, views, at),
    )


def _fact(story: str, row: MatrixRow) -> Fact:
    claims = tuple(claim for cell in row.cells.values() for claim in cell)
    return Fact(row.id, story, row.kind, row.label, claims)


def _row(fact: Fact, row: MatrixRow, views: Sequence[ArticleView]) -> FactRow:
    cells = tuple(cell_values(fact, view.id) for view in views)
    return FactRow(row.label, row.kind, row.verdict, row.case, cells, camps_of(cells))
