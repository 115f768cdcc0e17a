"""What a desk does with its own judgements: have the queue begin where reviewers begin to agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from reconcile.review.agreement import votes
from reconcile.review.calibration import TARGET, Fit, fit_thresholds
from reconcile.store.store import open_store


@dataclass(frozen=True, slots=True)
class Calibration:
    """The fits, the thresholds before, and how many open findings the new ones take off the queue."""

    fits: tuple[Fit, ...]
    before: Mapping[str, float]
    hidden: int


def calibrate(db: str, now: datetime, *, dry_run: bool, target: float = TARGET) -> Calibration:
    """Fit the thresholds to all judgements; without ``dry_run``, the queue goes by them from now on.

    A family with too few judgements, or none that tell anything, keeps the threshold it has.
    """
    with open_store(db, upgrade=False) as store:
        fits = fit_thresholds(votes(store.review.decisions()), target)
        before = store.review.thresholds()
        wanted = dict(before) | {fit.family: fit.threshold for fit in fits if fit.threshold is not None}
        hidden = store.review.count_hidden(wanted)
        if not dry_run:
            judged = {fit.family: fit.agreed.whole for fit in fits}
            rows = {family: (threshold, judged.get(family, 0)) for family, threshold in wanted.items()}
            store.review.save_thresholds(rows, now)
        return Calibration(fits, before, hidden)
