"""Thresholds in the store: what the queue puts before reviewers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, case, delete, false, func, or_, select, update

from reconcile.match.weights import FAMILIES
from reconcile.review.views import FLAGGED
from reconcile.store.review_tables import calibration as table
from reconcile.store.review_tables import review_case

_FLAGGED = [verdict.value for verdict in FLAGGED]


def load_thresholds(connection: Connection) -> Mapping[str, float]:
    """The threshold of each family that has one."""
    return {row.family: row.threshold for row in connection.execute(select(table))}


def save_thresholds(connection: Connection, thresholds: Mapping[str, tuple[float, int]], now: datetime) -> None:
    """Put thresholds, each with how many judgements it rests on, in place of all that were; the queue follows."""
    connection.execute(delete(table))
    rows = [
        {"family": family, "threshold": threshold, "judged": judged, "made": now}
        for family, (threshold, judged) in thresholds.items()
    ]
    if rows:
        connection.execute(table.insert(), rows)
    hidden = _below({family: threshold for family, (threshold, _) in thresholds.items()})
    shown = and_(review_case.c.verdict.in_(_FLAGGED), ~hidden)
    connection.execute(update(review_case).values(flagged=case((shown, True), else_=False)))


def count_hidden(connection: Connection, thresholds: Mapping[str, float]) -> int:
    """How many open findings that are found today the thresholds would take off the queue."""
    here = (review_case.c.present, ~review_case.c.closed, review_case.c.verdict.in_(_FLAGGED))
    return connection.execute(select(func.count()).where(*here, _below(thresholds))).scalar_one()


def _below(thresholds: Mapping[str, float]) -> ColumnElement[bool]:
    """SQL that says of a case that its confidence is below the threshold of its family."""
    conditions: list[ColumnElement[bool]] = [
        and_(
            review_case.c.kind.in_([kind.value for kind, name in FAMILIES.items() if name == family]),
            review_case.c.confidence < threshold,
        )
        for family, threshold in thresholds.items()
    ]
    return or_(false(), *conditions)
