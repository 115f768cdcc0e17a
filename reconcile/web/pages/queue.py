"""The queue: what is to be judged, filtered and sorted, with decisions on many at once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from reconcile.app import queue, review
from reconcile.app.accounts import Role, User
from reconcile.errors import InvalidError
from reconcile.model import Decision, Kind, Severity
from reconcile.report.html import COMPONENTS_CSS
from reconcile.report.view import ORDER
from reconcile.review.views import CaseRow, Query
from reconcile.web.frame import CurrentUser, clock, csrf_form, get_policy, get_store, is_blind, render, require
from reconcile.web.pages import words
from reconcile.web.pages.queries import parse_address, read_query, write_query

router = APIRouter()
Reviewer = Annotated[User, Depends(require(Role.REVIEWER))]
Form = Annotated[FormData, Depends(csrf_form)]


@router.get("/")
def home() -> Response:
    """The queue is the home page."""
    return RedirectResponse("/queue", status_code=303)


@router.get("/components.css")
def components() -> Response:
    """The style sheet that the pages share with the HTML report."""
    return Response(
        COMPONENTS_CSS.read_text("utf-8"), media_type="text/css", headers={"Cache-Control": "private, max-age=3600"}
    )


@router.get("/queue")
def show_queue(request: Request, user: CurrentUser) -> Response:
    """The findings that the filters let through, a page at a time."""
    query = read_query(request.query_params)
    store, now, blind = get_store(request), clock(request), is_blind(request)
    page = queue.list_queue(store, query, user, now, blind=blind)
    return render(
        request,
        "queue.html",
        page=page,
        query=query,
        here=write_query(query, cursor=query.cursor),
        more=f"/queue?{write_query(query, cursor=page.next)}" if page.next else "",
        first=f"/queue?{write_query(query)}" if query.cursor else "",
        views=[(view, name, f"/queue?{write_query(query, view=view)}") for view, name in words.VIEWS.items()],
        saved=[(one.name, f"/queue?{write_query(one.query)}") for one in queue.saved_filters(store, user)],
        choices={"verdict": ORDER, "kind": tuple(Kind), "severity": tuple(reversed(Severity))},
        chosen={"verdict": query.verdicts, "kind": query.kinds, "severity": query.severities},
        narrowed=query != Query(view=query.view, sort=query.sort, cursor=query.cursor),
        offers=_offers(page.rows),
        may_review=user.may(Role.REVIEWER),
        done=request.query_params.get("done", ""),
        batch=request.query_params.get("batch", ""),
        conflicts=request.query_params.get("conflicts", ""),
        key=secrets.token_hex(8),
    )


@router.post("/queue/decide")
def decide_many(request: Request, user: Reviewer, form: Form) -> Response:
    """One decision on all that were selected; those that somebody changed meanwhile are left and told."""
    chosen = [_case_and_version(str(value)) for value in form.getlist("case")]
    here = write_query(parse_address(str(form.get("here", ""))))
    if not chosen:
        return RedirectResponse(f"/queue?{here}", status_code=303)
    decision = _decision(str(form.get("decision", "")))
    reason = str(form.get("reason", "")).strip()
    made = review.bulk_decide(get_store(request), chosen, decision, reason, user, clock(request), get_policy(request))
    told = {"done": len(made.done), "batch": made.batch, "conflicts": len(made.conflicts)}
    return RedirectResponse(f"/queue?{here}&{urlencode(told)}", status_code=303)


@router.post("/queue/undo")
def undo_many(request: Request, user: Reviewer, form: Form) -> Response:
    """Take back what was decided in one go."""
    review.undo_batch(get_store(request), str(form.get("batch", "")), user, clock(request))
    here = write_query(parse_address(str(form.get("here", ""))))
    return RedirectResponse(f"/queue?{here}", status_code=303)


@router.post("/queue/filters")
def save_filter(request: Request, user: CurrentUser, form: Form) -> Response:
    """Keep the filters under a name of the user's own."""
    query = parse_address(str(form.get("here", "")))
    name = str(form.get("name", "")).strip()
    if not name:
        raise InvalidError("the filter has no name", "give it one", field="name")
    queue.save_filter(get_store(request), name, query, user, clock(request))
    return RedirectResponse(f"/queue?{write_query(query)}", status_code=303)


@router.post("/queue/filters/delete")
def delete_filter(request: Request, user: CurrentUser, form: Form) -> Response:
    """Forget a saved filter."""
    queue.delete_filter(get_store(request), str(form.get("name", "")), user)
    return RedirectResponse(f"/queue?{write_query(parse_address(str(form.get('here', ''))))}", status_code=303)


def _offers(rows: Sequence[CaseRow]) -> dict[str, dict[str, str]]:
    """What the filters by name offer while one types: of the rows on this page, each value with what it is called."""
    return {
        "source": {source: "" for row in rows for source in row.sources},
        "rule": {row.rule: "" for row in rows},
        "story": {row.story: row.story_title for row in rows},
    }


def _case_and_version(value: str) -> tuple[str, int]:
    """What a check box of the queue stands for: "case:version"."""
    case, _, version = value.rpartition(":")
    if not case or not version.isdecimal():
        raise InvalidError(f"{value!r} names no finding and version", "select findings in the queue", field="case")
    return case, int(version)


def _decision(value: str) -> Decision:
    try:
        return Decision(value)
    except ValueError:
        raise InvalidError("no decision was chosen", "choose one", field="decision") from None
