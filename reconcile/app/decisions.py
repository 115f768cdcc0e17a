"""What reviewers decided, as reports tell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC

from reconcile.model import Finding
from reconcile.report.phrases import DECISIONS
from reconcile.report.view import DecisionView
from reconcile.review.standing import Standing, State
from reconcile.store.store import Store


def decisions_on(store: Store, findings: Iterable[Finding]) -> Mapping[str, DecisionView]:
    """The decision that holds on each of the findings that has one, by finding id."""
    by_words = {(case.fingerprint, case.story): case.standing for case in store.review.decided()}
    if not by_words:
        return {}
    found = ((finding.id, by_words.get((finding.fingerprint, finding.story))) for finding in findings)
    return {id_: view for id_, standing in found if standing and (view := _view(standing))}


def _view(standing: Standing) -> DecisionView | None:
    if standing.decision is None or standing.decided_at is None:
        return None
    return DecisionView(
        standing.decision.value,
        DECISIONS[standing.decision],
        standing.decided_by,
        standing.decided_at.replace(tzinfo=UTC).isoformat(timespec="minutes"),
        standing.reason,
        signed_off=standing.state is State.DECIDED,
    )
