"""What somebody asks who answers for the desk: was anything changed after, what was decided, who signed in."""

from __future__ import annotations

from typing import Any

from reconcile.app.accounts import Login, list_logins
from reconcile.model import Evidence, Judgement
from reconcile.normalize.render import value_text
from reconcile.review.chain import Audit
from reconcile.store.store import open_store


def verify_judgements(db: str, head: str = "") -> Audit:
    """Check the chain of all judgements; ``head`` is a hash noted earlier."""
    with open_store(db, upgrade=False) as store:
        return store.review.audit(head)


def latest_judgements(db: str, limit: int) -> tuple[Judgement, ...]:
    """The latest judgements, newest first."""
    with open_store(db, upgrade=False) as store:
        return store.review.latest(limit)


def latest_logins(db: str, limit: int) -> tuple[Login, ...]:
    """The latest attempts to sign in, newest first."""
    with open_store(db, upgrade=False) as store:
        return list_logins(store, limit)


def judgement_row(item: Judgement) -> dict[str, Any]:
    """A judgement as one JSON object."""
    return {
        "sequence": item.sequence,
        "id": item.id,
        "case": item.case,
        "act": item.act.value,
        "user": item.user,
        "at": item.at.isoformat(),
        "decision": item.decision.value if item.decision else None,
        "reason": item.reason,
        "rule": item.rule,
        "verdict": item.verdict.value if item.verdict else None,
        "evidence": [_evidence_row(one) for one in item.evidence],
        "groups": [[_evidence_row(one) for one in group] for group in item.groups],
        "corrections": [
            {
                "claim": _evidence_row(one.evidence),
                "text": one.text,
                "value": value_text(one.value) if one.value is not None else None,
            }
            for one in item.corrections
        ],
        "second": item.second,
        "assignee": item.assignee,
        "due": item.due.isoformat() if item.due else None,
        "of": item.of,
        "batch": item.batch,
        "hash": item.hash,
    }


def _evidence_row(one: Evidence) -> dict[str, Any]:
    return {"source": one.source, "kind": one.kind.value, "value": one.value, "text": one.text, "quote": one.quote}
