"""Findings over the API: the queue, one finding, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi import Query as Parameter
from starlette.responses import Response

from reconcile.app import queue, review
from reconcile.errors import ConflictError, InvalidError
from reconcile.model import Decision, Judgement, Kind, Severity, Verdict
from reconcile.review.views import Query, Sort, View
from reconcile.store.queue import LONGEST_PAGE
from reconcile.web.api import shapes
from reconcile.web.api.caller import IdempotencyKey, IfMatch, Reader, Reviewer, answer, version_of
from reconcile.web.frame import clock, get_policy, get_store
from reconcile.web.problem import PROBLEM, PreconditionFailedError

Errors = dict[int | str, dict[str, Any]]


def errors(*statuses: int) -> Errors:
    """The errors of an endpoint, for its description."""
    return {
        status: {"model": shapes.ProblemShape, "content": {PROBLEM: {}}}
        for status in sorted({400, 401, 403, 413, 422, 429, 503, *statuses})
    }


router = APIRouter(tags=["findings"])
Blind = Annotated[bool, Parameter(description="Hide scores and others' votes until you have decided.")]
Many = Annotated[list[str], Parameter(max_length=50)]
_ETAG: dict[str, Any] = {"headers": {"ETag": {"schema": {"type": "string"}}}}


@router.get("/findings", response_model=shapes.QueueShape, responses=errors())
def list_findings(
    request: Request,
    user: Reader,
    view: View = "open",
    verdict: Annotated[list[Verdict], Parameter()] = [],  # noqa: B006 -- FastAPI copies it
    kind: Annotated[list[Kind], Parameter()] = [],  # noqa: B006
    severity: Annotated[list[Severity], Parameter()] = [],  # noqa: B006
    decision: Annotated[list[Decision], Parameter()] = [],  # noqa: B006
    rule: Many = [],  # noqa: B006
    story: Many = [],  # noqa: B006
    source: Many = [],  # noqa: B006
    confidence_min: Annotated[float, Parameter(ge=0, le=1)] = 0.0,
    confidence_max: Annotated[float, Parameter(ge=0, le=1)] = 1.0,
    text: Annotated[str, Parameter(max_length=200)] = "",
    sort: Sort = "severity",
    cursor: Annotated[str, Parameter(max_length=500)] = "",
    limit: Annotated[int, Parameter(ge=1, le=LONGEST_PAGE)] = 50,
    blind: Blind = False,
) -> Response:
    """A page of the queue. Give `next` back as `cursor` for the next one."""
    query = Query(
        view=view,
        verdicts=tuple(verdict),
        kinds=tuple(kind),
        severities=tuple(severity),
        rules=tuple(rule),
        stories=tuple(story),
        sources=tuple(source),
        decisions=tuple(decision),
        confidence_min=confidence_min,
        confidence_max=confidence_max,
        text=text,
        sort=sort,
        cursor=cursor,
        limit=limit,
    )
    page = queue.list_queue(get_store(request), query, user, clock(request), blind=blind)
    return answer(request, shapes.QueueShape.of(page))


@router.get("/findings/{id}", response_model=shapes.FindingShape, responses=errors(404) | {200: _ETAG})
def show_finding(request: Request, user: Reader, id: shapes.Id, blind: Blind = False) -> Response:
    """One finding by its own id, or that of a finding in a report. Its ETag is what If-Match needs for a decision."""
    view = queue.show_finding(get_store(request), id, user, blind=blind, policy=get_policy(request))
    return answer(request, shapes.FindingShape.of(view), version=view.row.version)


_DECIDE = errors(404, 409, 412, 428)


@router.post("/findings/{id}/decisions", status_code=201, response_model=shapes.JudgementShape, responses=_DECIDE)
def decide(
    request: Request,
    user: Reviewer,
    id: shapes.Id,
    body: shapes.DecisionShape,
    if_match: IfMatch = None,
    key: IdempotencyKey = "",
) -> Response:
    """Decide a finding as you saw it; where it was changed since, nothing is decided and the answer is 412."""
    version = version_of(if_match)
    made = _matching(
        lambda: review.decide(
            get_store(request),
            body.choice(id),
            user,
            clock(request),
            expected_version=version,
            policy=get_policy(request),
            key=key,
        )
    )
    return _made(request, made)


@router.post("/decisions", status_code=200, response_model=shapes.BulkAnswerShape, responses=errors(404, 409))
def decide_many(request: Request, user: Reviewer, body: shapes.BulkShape, key: IdempotencyKey = "") -> Response:
    """Decide many findings alike; those that were changed since are left as they are and named."""
    cases = [(item.case, item.version) for item in body.cases]
    result = review.bulk_decide(
        get_store(request), cases, body.decision, body.reason, user, clock(request), get_policy(request), key=key
    )
    return answer(request, shapes.BulkAnswerShape.of(result))


@router.post(
    "/findings/{id}/comments", status_code=201, response_model=shapes.JudgementShape, responses=errors(404, 409)
)
def comment(
    request: Request, user: Reviewer, id: shapes.Id, body: shapes.CommentShape, key: IdempotencyKey = ""
) -> Response:
    """Say something about a finding without deciding it."""
    return _made(request, review.comment(get_store(request), id, body.text, user, clock(request), key=key))


@router.post(
    "/findings/{id}/assignment", status_code=200, response_model=shapes.CaseShape, responses=errors(404, 409, 412)
)
def assign(
    request: Request,
    user: Reviewer,
    id: shapes.Id,
    body: shapes.AssignmentShape,
    if_match: IfMatch = None,
    key: IdempotencyKey = "",
) -> Response:
    """Say who is to decide a finding and until when."""
    store, now, given = get_store(request), clock(request), body.model_fields_set
    if not given:
        raise InvalidError("nothing was given", "give assignee or due", "assignee")
    version = version_of(if_match) if if_match is not None else None
    if "assignee" in given:
        who = body.assignee or ""
        _matching(lambda: review.assign(store, id, who, user, now, expected_version=version, key=key))
        version = None
    if "due" in given:
        _matching(lambda: review.set_due(store, id, body.due, user, now, expected_version=version, key=key))
    view = queue.show_finding(store, id, user)
    return answer(request, shapes.CaseShape.of(view.row), version=view.row.version)


@router.post(
    "/findings/{id}/second", status_code=201, response_model=shapes.JudgementShape, responses=errors(404, 409, 412)
)
def ask_second(
    request: Request,
    user: Reviewer,
    id: shapes.Id,
    body: shapes.ReasonShape,
    if_match: IfMatch = None,
    key: IdempotencyKey = "",
) -> Response:
    """Ask for a second pair of eyes."""
    version = version_of(if_match) if if_match is not None else None
    made = _matching(
        lambda: review.ask_second(
            get_store(request), id, body.reason, user, clock(request), expected_version=version, key=key
        )
    )
    return _made(request, made)


@router.post("/judgements/{id}/undo", status_code=201, response_model=shapes.JudgementShape, responses=errors(404, 409))
def undo(request: Request, user: Reviewer, id: shapes.Id, key: IdempotencyKey = "") -> Response:
    """Take a judgement back by another one."""
    return _made(request, review.undo(get_store(request), id, user, clock(request), key=key))


@router.post("/batches/{id}/undo", response_model=list[shapes.JudgementShape], responses=errors(404, 409))
def undo_batch(request: Request, user: Reviewer, id: shapes.Id) -> Response:
    """Take back what was decided in one go."""
    made = review.undo_batch(get_store(request), id, user, clock(request))
    return answer(request, [shapes.JudgementShape.make(item) for item in made])


@router.get("/judgements", response_model=list[shapes.JudgementShape], responses=errors())
def list_judgements(
    request: Request,
    _user: Reader,
    before: Annotated[int | None, Parameter(ge=1, le=2**31 - 1, description="Only those of a lower sequence.")] = None,
    limit: Annotated[int, Parameter(ge=1, le=1000)] = 100,
) -> Response:
    """The latest judgements, newest first."""
    made = get_store(request).review.latest(limit, before)
    return answer(request, [shapes.JudgementShape.make(item) for item in made])


def _matching(act: Callable[[], Judgement]) -> Judgement:
    """Do it; a version that is gone is what HTTP calls a failed precondition."""
    try:
        return act()
    except ConflictError as error:
        if error.version:
            raise PreconditionFailedError(error) from error
        raise


def _made(request: Request, made: Judgement) -> Response:
    return answer(request, shapes.JudgementShape.make(made), status=201)
