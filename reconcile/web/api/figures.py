"""Outlets, rules, runs, saved filters and the audit over the API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi import Query as Parameter
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from reconcile.app import accounts, overview
from reconcile.review.views import RuleFigures, RunRow, SourceFigures
from reconcile.web.api import shapes
from reconcile.web.api.caller import Admin, Caller, Reader, answer
from reconcile.web.api.cases import errors
from reconcile.web.frame import get_store

router = APIRouter(tags=["figures"])


class SourceShape(BaseModel):
    """An outlet in figures; no order of merit."""

    source: str
    articles: int
    first: shapes.RateShape
    alone: shapes.RateShape
    corrected: shapes.RateShape
    contradicted: shapes.RateShape

    @classmethod
    def of(cls, figures: SourceFigures) -> SourceShape:
        """The shape of figures."""
        rates = {
            name: shapes.RateShape.of(getattr(figures, name))
            for name in ("first", "alone", "corrected", "contradicted")
        }
        return cls(source=figures.source, articles=figures.articles, **rates)


class BinShape(BaseModel):
    """Agreement with findings of a confidence from ``low`` to below ``high``."""

    low: float
    high: float
    agreed: shapes.RateShape


class RuleShape(BaseModel):
    """What a rule fires and how often reviewers agreed."""

    rule: str
    title: str
    fired: dict[str, int]
    judged: int
    agreed: shapes.RateShape
    bins: list[BinShape]

    @classmethod
    def of(cls, figures: RuleFigures) -> RuleShape:
        """The shape of figures."""
        return cls(
            rule=figures.rule,
            title=figures.title,
            fired={verdict.value: count for verdict, count in figures.fired.items()},
            judged=figures.judged,
            agreed=shapes.RateShape.of(figures.agreed),
            bins=[BinShape(low=one.low, high=one.high, agreed=shapes.RateShape.of(one.agreed)) for one in figures.bins],
        )


class RunShape(BaseModel):
    """A run with what it changed."""

    id: str
    started: datetime
    finished: datetime
    versions: dict[str, str]
    counts: dict[str, int]
    problems: list[dict[str, Any]]
    new: int
    still: int
    gone: int
    back: int

    @classmethod
    def of(cls, row: RunRow) -> RunShape:
        """The shape of a row."""
        run = row.run
        problems = [{"stage": p.stage, "where": p.where, "message": p.message, "cure": p.cure} for p in run.problems]
        return cls(
            id=run.id,
            started=run.started,
            finished=run.finished,
            versions=dict(run.versions),
            counts=dict(run.counts),
            problems=problems,
            new=row.new,
            still=row.still,
            gone=row.gone,
            back=row.back,
        )


class AuditShape(BaseModel):
    """What checking the chain of judgements came to."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"judgements": 128, "head": "9d5c…", "faults": []}]})

    judgements: int
    head: str
    faults: tuple[str, ...]


class UserShape(BaseModel):
    """Who asks."""

    name: str
    full_name: str
    role: str
    scopes: list[str]


@router.get("/me", response_model=UserShape, responses=errors())
def show_me(request: Request, user: Caller) -> Response:
    """Whom your token or session speaks for."""
    scopes = sorted(scope.value for scope in user.scopes)
    return answer(request, UserShape(name=user.name, full_name=user.full_name, role=user.role.value, scopes=scopes))


@router.get("/sources", response_model=list[SourceShape], responses=errors())
def list_sources(request: Request, _user: Reader) -> Response:
    """How often each outlet was first, alone, corrected itself or stood in a contradiction; by name."""
    return answer(request, [SourceShape.of(one) for one in overview.source_figures(get_store(request))])


@router.get("/rules", response_model=list[RuleShape], responses=errors())
def list_rules(request: Request, _user: Reader) -> Response:
    """What each rule fires and how often reviewers agreed."""
    return answer(request, [RuleShape.of(one) for one in overview.rule_figures(get_store(request))])


@router.get("/runs", response_model=list[RunShape], responses=errors())
def list_runs(request: Request, _user: Reader, limit: Annotated[int, Parameter(ge=1, le=200)] = 50) -> Response:
    """The latest runs with what they changed, newest first."""
    return answer(request, [RunShape.of(row) for row in overview.list_runs(get_store(request), limit)])


@router.get("/runs/{id}", response_model=RunShape, responses=errors(404))
def show_run(request: Request, _user: Reader, id: shapes.Id) -> Response:
    """One run."""
    return answer(request, RunShape.of(overview.show_run(get_store(request), id)))


@router.get("/audit", response_model=AuditShape, responses=errors())
def show_audit(
    request: Request, _user: Admin, head: Annotated[str, Parameter(max_length=64, description="A noted hash.")] = ""
) -> Response:
    """Check the chain of all judgements."""
    return answer(request, AuditShape.model_validate(get_store(request).review.audit(head), from_attributes=True))


class LoginShape(BaseModel):
    """One attempt to sign in."""

    at: datetime
    account: str
    method: str
    outcome: str
    address: str


@router.get("/logins", response_model=list[LoginShape], responses=errors())
def list_logins(request: Request, _user: Admin, limit: Annotated[int, Parameter(ge=1, le=1000)] = 100) -> Response:
    """The latest attempts to sign in, newest first."""
    found = accounts.list_logins(get_store(request), limit)
    return answer(request, [LoginShape.model_validate(one, from_attributes=True) for one in found])
