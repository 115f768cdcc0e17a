"""Where a case stands: a pure function of its judgements and of what it rests on today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from reconcile.match.evidence import changes
from reconcile.model import Act, Decision, Evidence, Judgement, Severity, Verdict


class State(StrEnum):
    """How far a case has come."""

    OPEN = "open"
    WAITING = "waiting"
    DISPUTED = "disputed"
    FOLLOW_UP = "follow_up"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class SignOff:
    """Which decisions two people must make alike: those on findings of these severities or rules."""

    severities: frozenset[Severity] = frozenset()
    rules: frozenset[str] = frozenset()

    def asks(self, rule: str, severity: Severity) -> bool:
        """Whether one person's decision is not enough."""
        return severity in self.severities or rule in self.rules


@dataclass(frozen=True, slots=True)
class Standing:
    """What reviewers made of a case so far; ``reopened`` tells why an earlier decision no longer holds."""

    state: State = State.OPEN
    decision: Decision | None = None
    reason: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    assignee: str = ""
    due: date | None = None
    reopened: str = ""
    comments: int = 0


def undone(judgements: Sequence[Judgement]) -> frozenset[str]:
    """The ids of judgements that were undone; undoing an undo brings the first one back."""
    gone: set[str] = set()
    for judgement in reversed(judgements):
        if judgement.act is Act.UNDO and judgement.id not in gone:
            gone.add(judgement.of)
    return frozenset(gone)


def effective(judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """The judgements that count, oldest first: neither undone nor mere undoing."""
    gone = undone(judgements)
    return tuple(item for item in judgements if item.id not in gone and item.act is not Act.UNDO)


def assess(
    judgements: Sequence[Judgement], evidence: Sequence[Evidence] = (), verdict: Verdict | None = None
) -> Standing:
    """The standing of a case whose judgements these are, oldest first, and which rests on ``evidence`` today."""
    counted = effective(judgements)
    decisions = [item for item in counted if item.act is Act.DECIDE]
    holding = [item for item in decisions if not reasons_to_reopen(item, evidence, verdict)]
    lapsed = [item for item in decisions if item not in holding]
    last = holding[-1] if holding else None
    assignments = [item.assignee for item in counted if item.act is Act.ASSIGN]
    dates = [item.due for item in counted if item.act is Act.DUE]
    asked = any(item.act is Act.SECOND for item in counted)
    return Standing(
        state=_state(holding, asked),
        decision=last.decision if last else None,
        reason=last.reason if last else "",
        decided_by=last.user if last else "",
        decided_at=last.at if last else None,
        assignee=assignments[-1] if assignments else "",
        due=dates[-1] if dates else None,
        reopened=_reopened(lapsed[-1], evidence, verdict) if lapsed and not last else "",
        comments=sum(item.act is Act.COMMENT for item in counted),
    )


def reasons_to_reopen(decision: Judgement, evidence: Sequence[Evidence], verdict: Verdict | None) -> tuple[str, ...]:
    """Why a decision no longer holds, in sentences; none where it does."""
    found = changes(decision.evidence, evidence)
    if verdict is Verdict.CONTRADICTION and decision.verdict not in (None, Verdict.CONTRADICTION):
        found = (*found, f"what was {decision.verdict} is a contradiction now")
    return found


def _reopened(decision: Judgement, evidence: Sequence[Evidence], verdict: Verdict | None) -> str:
    reasons = "; ".join(reasons_to_reopen(decision, evidence, verdict))
    said = str(decision.decision).replace("_", " ")
    return f"{decision.user} judged it {said} on {decision.at:%Y-%m-%d}; since then {reasons}"


def _state(holding: Sequence[Judgement], asked: bool) -> State:
    """One decision settles a case, unless it asks for two people; then the last must agree with another's."""
    if not holding:
        return State.WAITING if asked else State.OPEN
    last = holding[-1]
    if last.decision is Decision.FOLLOW_UP:
        return State.FOLLOW_UP
    if not (asked or any(item.second for item in holding)):
        return State.DECIDED
    votes = {item.user: item.decision for item in holding}
    if any(decision is last.decision for user, decision in votes.items() if user != last.user):
        return State.DECIDED
    return State.DISPUTED if len(votes) > 1 else State.WAITING
