"""One finding: the outlets side by side, the words in their articles, the reasons, the history, and the decision."""

from __future__ import annotations

import secrets

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from reconcile.app import overview, queue, review
from reconcile.app.accounts import Role, User
from reconcile.model import Claim, Decision
from reconcile.review.views import FindingView
from reconcile.web.frame import CurrentUser, clock, get_policy, get_store, is_blind, render
from reconcile.web.pages import words
from reconcile.web.pages.evidence import anchor_of, arrange
from reconcile.web.pages.queries import parse_address, read_query, write_query

router = APIRouter()

_PARTNERS = 200
"""So many claims of other facts are offered for pairing."""


@router.get("/findings/{case}")
def show_finding(request: Request, case: str, user: CurrentUser) -> Response:
    """The finding; the address keeps the queue's filters, so that next and previous follow them."""
    return finding_page(request, case, user, here=write_query(read_query(request.query_params)))


@router.get("/findings/{case}/next")
def go_next(request: Request, case: str, user: CurrentUser) -> Response:
    """The finding after this one in the queue, or the queue where it was the last."""
    query = read_query(request.query_params)
    return to_finding(queue.next_case(get_store(request), query, case, user, clock(request)), write_query(query))


@router.get("/findings/{case}/previous")
def go_back(request: Request, case: str, user: CurrentUser) -> Response:
    """The finding before this one in the queue, or the queue where it was the first."""
    query = read_query(request.query_params)
    return to_finding(queue.previous_case(get_store(request), query, case, user, clock(request)), write_query(query))


def to_finding(case: str | None, here: str, **told: str) -> Response:
    """Go to a finding, or to the queue where there is none."""
    extra = "".join(f"&{name}={value}" for name, value in told.items())
    place = f"/findings/{case}" if case else "/queue"
    return RedirectResponse(f"{place}?{here}{extra}", status_code=303)


def finding_page(
    request: Request, case: str, user: User, *, here: str, status: int = 200, conflict: str = "", **typed: str
) -> Response:
    """The page; after a conflict it tells what happened and keeps what was ``typed``."""
    store = get_store(request)
    view: FindingView = queue.show_finding(store, case, user, blind=is_blind(request), policy=get_policy(request))
    return render(
        request,
        "finding.html",
        status=status,
        view=view,
        evidence=arrange(view),
        anchor_of=anchor_of,
        decisions=words.DECISIONS,
        Decision=Decision,
        reviewers=review.reviewers(store),
        here=here,
        query=parse_address(here),
        may_review=user.may(Role.REVIEWER),
        last=_last_of(view, user),
        undo=request.query_params.get("undo", ""),
        said=next((one for one in Decision if one == request.query_params.get("said")), None),
        undo_case=request.query_params.get("of", ""),
        conflict=conflict,
        typed=typed,
        reasons=words.REASONS,
        partners=_partners(request, view, user) if request.query_params.get("pair") else (),
        pairing=bool(request.query_params.get("pair")),
        key=secrets.token_hex(8),
    )


def _partners(request: Request, view: FindingView, user: User) -> tuple[tuple[str, str, Claim], ...]:
    """Claims of the story's other facts that could answer the same question: outlet, what of, and the claim."""
    if view.story is None:
        return ()
    story = overview.show_story(get_store(request), view.story.id, user, blind=True)
    here = {claim.id for claim in (*view.finding.claims, *view.others)}
    found = [
        (source, fact.label, claim)
        for fact in story.facts
        if fact.kind is view.finding.kind
        for source, claims in fact.cells.items()
        for claim in claims
        if claim.id not in here
    ]
    return tuple(sorted(found, key=lambda one: (one[0], one[2].span))[:_PARTNERS])


def _last_of(view: FindingView, user: User) -> str:
    """The user's own last decision on this case, where it still counts."""
    own = [one for one in view.judgements if one.user == user.name and one.decision and one.id not in view.undone]
    return own[-1].id if own else ""
