"""Stories over the API: the list, and one with its matrix, timeline and people."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi import Query as Parameter
from pydantic import BaseModel, Field
from starlette.responses import Response

from reconcile.app import overview
from reconcile.model import Kind, Verdict
from reconcile.review.views import PersonTold, StoryView
from reconcile.web.api import shapes
from reconcile.web.api.caller import Reader, answer
from reconcile.web.api.cases import Blind, errors
from reconcile.web.frame import get_store

router = APIRouter(tags=["stories"])


class StoryRowShape(BaseModel):
    """A story in the list."""

    id: str
    title: str
    articles: int
    sources: tuple[str, ...]
    first: datetime | None = Field(description="When the first article appeared.")
    contradictions: int
    open: int = Field(description="Contradictions that nobody has decided.")


class StoriesShape(BaseModel):
    """A page of stories."""

    items: list[StoryRowShape]
    next: str | None


class FactShape(BaseModel):
    """One question, and what each outlet answers."""

    id: str
    label: str
    kind: Kind
    verdict: Verdict | None
    case: str | None
    cells: dict[str, list[shapes.ClaimShape]]


class MomentShape(BaseModel):
    """A claim at its moment."""

    at: datetime
    article: str
    source: str
    label: str
    text: str
    kind: Kind
    claim: str


class ToldShape(BaseModel):
    """What one outlet says of a person."""

    source: str
    words: str


class PersonShape(BaseModel):
    """What the outlets tell of one person."""

    name: str
    ages: list[ToldShape]
    roles: list[ToldShape]
    statuses: list[ToldShape]

    @classmethod
    def of(cls, person: PersonTold) -> PersonShape:
        """The shape of a person."""

        def told(pairs: tuple[tuple[str, str], ...]) -> list[ToldShape]:
            return [ToldShape(source=source, words=words) for source, words in pairs]

        return cls(name=person.name, ages=told(person.ages), roles=told(person.roles), statuses=told(person.statuses))


class StoryShape(BaseModel):
    """A story with all that its outlets tell."""

    id: str
    title: str
    articles: list[str]
    independent: list[tuple[str, ...]]
    facts: list[FactShape]
    timeline: list[MomentShape]
    people: list[PersonShape]
    cases: list[shapes.CaseShape]

    @classmethod
    def of(cls, view: StoryView, blind: bool) -> StoryShape:
        """The shape of a view."""
        return cls(
            id=view.story.id,
            title=view.story.title,
            articles=list(view.story.articles),
            independent=list(view.story.independent),
            facts=[
                FactShape(
                    id=fact.id,
                    label=fact.label,
                    kind=fact.kind,
                    verdict=fact.verdict,
                    case=fact.case,
                    cells={
                        source: [shapes.ClaimShape.of(claim, blind) for claim in claims]
                        for source, claims in fact.cells.items()
                    },
                )
                for fact in view.facts
            ],
            timeline=[
                MomentShape(
                    at=one.at,
                    article=one.article,
                    source=one.source,
                    label=one.label,
                    text=one.text,
                    kind=one.kind,
                    claim=one.claim.id,
                )
                for one in view.timeline
            ],
            people=[PersonShape.of(person) for person in view.people],
            cases=[shapes.CaseShape.of(row) for row in view.cases],
        )


@router.get("/stories", response_model=StoriesShape, responses=errors())
def list_stories(
    request: Request,
    _user: Reader,
    text: Annotated[str, Parameter(max_length=200)] = "",
    cursor: Annotated[str, Parameter(max_length=500)] = "",
    limit: Annotated[int, Parameter(ge=1, le=200)] = 50,
) -> Response:
    """Stories that something is found in, those last seen first."""
    page = overview.list_stories(get_store(request), text=text, cursor=cursor, limit=limit)
    rows = [StoryRowShape.model_validate(row, from_attributes=True) for row in page.rows]
    return answer(request, StoriesShape(items=rows, next=page.next))


@router.get("/stories/{id}", response_model=StoryShape, responses=errors(404))
def show_story(request: Request, user: Reader, id: shapes.Id, blind: Blind = False) -> Response:
    """One story: what each outlet answers to each question, what happened when, who is in it."""
    return answer(request, StoryShape.of(overview.show_story(get_store(request), id, user, blind=blind), blind))
