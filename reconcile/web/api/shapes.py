"""What the API takes and gives, with examples; fields are named as in the report where they mean the same."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from reconcile.app.choices import LONGEST_WORDS, Choice, Fix
from reconcile.app.review import MOST_AT_ONCE
from reconcile.model import Claim, Decision, Judgement, Kind, Link, Severity, Verdict
from reconcile.normalize.render import value_text
from reconcile.review.standing import State
from reconcile.review.views import BulkResult, CaseRow, FindingView, QueuePage, Rate

Id = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Words = Annotated[str, StringConstraints(max_length=LONGEST_WORDS)]
STRICT = ConfigDict(extra="forbid")


class ProblemShape(BaseModel):
    """An error, as RFC 9457 has it."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank",
                    "title": "Conflict",
                    "status": 409,
                    "detail": "somebody decided, or a run changed this finding, since you opened it",
                    "cure": "look at what changed, then decide again",
                    "version": 4,
                }
            ]
        },
    )

    type: str
    title: str
    status: int
    detail: str
    cure: str | None = None
    version: int | None = Field(default=None, description="What the finding is at now, of a conflict.")
    errors: list[dict[str, str]] | None = Field(default=None, description="The faults, each with its field.")


class CaseShape(BaseModel):
    """A finding across runs, as the queue shows it."""

    id: str
    finding: str = Field(description="The id of the finding in the run that saw it last.")
    version: int = Field(description="What If-Match must name to decide it.")
    summary: str
    verdict: Verdict
    kind: Kind
    severity: Severity
    confidence: float | None = Field(description="null in blind mode.")
    independent_sources: int
    rule: str
    story: str
    story_title: str
    sources: tuple[str, ...]
    first_seen: datetime
    last_seen: datetime
    state: State
    decision: Decision | None
    decided_by: str
    decided_at: datetime | None
    assignee: str
    due: date | None
    reopened: str = Field(description="Why an earlier decision no longer holds.")
    present: bool = Field(description="Whether the last run over its inputs still found it.")
    comments: int

    @classmethod
    def of(cls, row: CaseRow) -> CaseShape:
        """The shape of a row."""
        return cls.model_validate(row, from_attributes=True)


class QueueShape(BaseModel):
    """One page of the queue."""

    items: list[CaseShape]
    next: str | None = Field(description="The cursor of the next page.")
    counts: dict[str, int] = Field(description="How many each view holds under the same filters.")
    facets: dict[str, dict[str, int]]

    @classmethod
    def of(cls, page: QueuePage) -> QueueShape:
        """The shape of a page."""
        facets = {name: dict(found) for name, found in page.facets.items()}
        return cls(
            items=[CaseShape.of(row) for row in page.rows], next=page.next, counts=dict(page.counts), facets=facets
        )


class ClaimShape(BaseModel):
    """A claim; ``start`` and ``end`` are character offsets in its article's text."""

    id: str
    article: str
    kind: Kind
    slot: str
    text: str
    value: str
    start: int
    end: int
    quote: str
    quote_start: int
    quote_end: int
    speaker: str | None
    hedge: str | None
    polarity: str
    modality: str
    confidence: float | None

    @classmethod
    def of(cls, claim: Claim, blind: bool) -> ClaimShape:
        """The shape of a claim."""
        return cls(
            id=claim.id,
            article=claim.article,
            kind=claim.kind,
            slot=claim.about.slot,
            text=claim.text,
            value=value_text(claim.value),
            start=claim.span.start,
            end=claim.span.end,
            quote=claim.quote,
            quote_start=claim.clause.start,
            quote_end=claim.clause.end,
            speaker=claim.speaker,
            hedge=claim.hedge,
            polarity=claim.polarity,
            modality=claim.modality,
            confidence=None if blind else claim.confidence,
        )


class ArticleShape(BaseModel):
    """The revision of an article that the claims' offsets are of."""

    id: str
    source: str
    title: str
    url: str | None
    published: str | None
    sha256: str
    text: str


class EvidenceShape(BaseModel):
    """A claim as a judgement remembers it."""

    source: str
    kind: Kind
    value: str
    text: str
    quote: str


class JudgementShape(BaseModel):
    """What one reviewer did; never changed after."""

    sequence: int
    id: str
    case: str
    act: str
    user: str
    at: datetime
    decision: Decision | None
    reason: str
    evidence: list[EvidenceShape]
    second: bool
    assignee: str
    due: date | None
    of: str = Field(description="The judgement that this one takes back.")
    batch: str
    hash: str

    @classmethod
    def make(cls, item: Judgement) -> JudgementShape:
        """The shape of a judgement."""
        return cls.model_validate(item, from_attributes=True)


class LinkShape(BaseModel):
    """Why two claims are held to be about one slot."""

    left: str
    right: str
    score: float
    features: list[dict[str, Any]]

    @classmethod
    def make(cls, link: Link) -> LinkShape:
        """The shape of a link."""
        features = [{"name": f.name, "score": f.score, "why": f.why} for f in link.features]
        return cls(left=link.left, right=link.right, score=link.score, features=features)


class FindingShape(BaseModel):
    """One finding with all it rests on."""

    case: CaseShape
    explanation: tuple[str, ...]
    claims: list[ClaimShape]
    other_claims: list[ClaimShape] = Field(description="The fact's claims that the finding does not name.")
    articles: list[ArticleShape]
    independent: list[tuple[str, ...]] = Field(description="Article ids that count as one source each.")
    links: list[LinkShape]
    history: list[dict[str, Any]]
    judgements: list[JudgementShape]
    undone: list[str]
    similar: list[dict[str, Any]]
    needs_second: bool

    @classmethod
    def of(cls, view: FindingView) -> FindingShape:
        """The shape of a view."""
        return cls(
            case=CaseShape.of(view.row),
            explanation=view.finding.explanation,
            claims=[ClaimShape.of(claim, view.blind) for claim in view.finding.claims],
            other_claims=[ClaimShape.of(claim, view.blind) for claim in view.others],
            articles=[
                ArticleShape(
                    id=a.id,
                    source=a.source,
                    title=a.title,
                    url=a.url,
                    published=a.published.iso if a.published else None,
                    sha256=a.sha256,
                    text=a.text,
                )
                for a in view.articles
            ],
            independent=list(view.groups),
            links=[LinkShape.make(link) for link in view.links],
            history=[{"run": s.run, "at": s.at, "status": s.status, "summary": s.summary} for s in view.sightings],
            judgements=[JudgementShape.make(item) for item in view.judgements],
            undone=sorted(view.undone),
            similar=[
                {
                    "case": s.case,
                    "summary": s.summary,
                    "decision": s.decision,
                    "reason": s.reason,
                    "decided_by": s.decided_by,
                    "decided_at": s.decided_at,
                    "why": s.why,
                }
                for s in view.similar
            ],
            needs_second=view.needs_second,
        )


class FixShape(BaseModel):
    """What is right in place of a claim: a span of its article, or a value in words; neither: there is no claim."""

    model_config = STRICT

    claim: Id
    start: int | None = Field(default=None, ge=0, le=100_000_000)
    end: int | None = Field(default=None, ge=0, le=100_000_000)
    value: Annotated[str, StringConstraints(max_length=500)] = ""


class DecisionShape(BaseModel):
    """A decision on one finding."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"decision": "dismissed", "reason": "one counts the crew, the other does not"},
                {"decision": "wrong_extraction", "corrections": [{"claim": "c1", "value": "fourteen"}]},
            ]
        },
    )

    decision: Decision
    reason: Words = ""
    groups: list[list[Id]] = Field(
        default=[], max_length=50, description="Claim ids that answer one question each, for (not_)same_fact."
    )
    corrections: list[FixShape] = Field(default=[], max_length=50)

    def choice(self, case: str) -> Choice:
        """The decision as the app takes it."""
        fixes = tuple(Fix(fix.claim, fix.start, fix.end, fix.value) for fix in self.corrections)
        return Choice(case, self.decision, self.reason, tuple(tuple(group) for group in self.groups), fixes)


class BulkItemShape(BaseModel):
    """A case and the version it was seen at."""

    model_config = STRICT

    case: Id
    version: int = Field(ge=0, le=2**31 - 1)


class BulkShape(BaseModel):
    """One decision on many cases."""

    model_config = STRICT

    cases: list[BulkItemShape] = Field(min_length=1, max_length=MOST_AT_ONCE)
    decision: Decision
    reason: Words = ""


class BulkAnswerShape(BaseModel):
    """What was decided, and which cases somebody else had changed."""

    done: list[JudgementShape]
    conflicts: tuple[str, ...]
    batch: str

    @classmethod
    def of(cls, result: BulkResult) -> BulkAnswerShape:
        """The shape of a result."""
        return cls(
            done=[JudgementShape.make(item) for item in result.done], conflicts=result.conflicts, batch=result.batch
        )


class CommentShape(BaseModel):
    """A comment."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"text": "asked the desk in Oslo"}]})

    text: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_WORDS)]


class AssignmentShape(BaseModel):
    """Who is to decide, and until when; what is left out stays as it is, null takes it away."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"assignee": "ann", "due": "2030-05-02"}]}
    )

    assignee: Annotated[str, StringConstraints(max_length=64)] | None = None
    due: date | None = None


class ReasonShape(BaseModel):
    """Why."""

    model_config = STRICT

    reason: Words = ""


class RateShape(BaseModel):
    """A share with its 95 % interval (Wilson)."""

    part: int
    whole: int
    share: float
    low: float
    high: float

    @classmethod
    def of(cls, rate: Rate) -> RateShape:
        """The shape of a rate."""
        return cls(
            part=rate.part,
            whole=rate.whole,
            share=round(rate.share, 4),
            low=round(rate.low, 4),
            high=round(rate.high, 4),
        )
