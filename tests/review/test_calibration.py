"""Thresholds rise where reviewers disagree with unsure findings, and stay where their judgements say nothing."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from reconcile.model import Act, Decision, Judgement, Kind, Verdict
from reconcile.review.agreement import votes
from reconcile.review.calibration import fit_thresholds, isotonic


def judged(confidences: list[tuple[float, bool]]) -> list[Judgement]:
    """Counts that were judged: confirmed where True, else dismissed."""
    return [
        Judgement(
            n,
            f"j{n}",
            f"case{n}",
            Act.DECIDE,
            "ann",
            datetime(2024, 3, 7, tzinfo=UTC),
            Decision.CONFIRMED if agrees else Decision.DISMISSED,
            verdict=Verdict.CONTRADICTION,
            kind=Kind.COUNT,
            confidence=confidence,
        )
        for n, (confidence, agrees) in enumerate(confidences)
    ]


def test_threshold_lies_where_agreement_begins() -> None:
    """Below 0.6 nobody agreed, above everybody did."""
    told = [(0.3 + n / 100, False) for n in range(20)] + [(0.6 + n / 100, True) for n in range(20)]
    (fit,) = fit_thresholds(votes(judged(told)))
    assert (fit.family, fit.threshold, fit.below.part, fit.above.share) == ("number", 0.6, 0, 1.0)


def test_too_few_judgements_fit_nothing() -> None:
    """A handful of judgements moves no threshold and says how many are missing."""
    (fit,) = fit_thresholds(votes(judged([(0.5, True)] * 12)))
    assert (fit.threshold, fit.note) == (None, "12 judged; 18 more are needed")


def test_confidence_that_tells_nothing_fits_nothing() -> None:
    """Where the surest findings are the most often dismissed, no threshold helps."""
    told = [(0.3, True)] * 10 + [(0.9, False)] * 30
    (fit,) = fit_thresholds(votes(judged(told)))
    assert fit.threshold is None


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0.0, 1.0]))))
def test_isotonic_fit_never_falls_and_keeps_the_mean(points: list[tuple[float, float]]) -> None:
    """The fit rises with x, stays within the data, and is as high on average as they are."""
    steps = isotonic(points)
    levels = [level for _, level in steps]
    assert levels == sorted(levels)
    assert all(0 <= level <= 1 for level in levels)
    at = dict(steps)
    assert abs(sum(at[x] for x, _ in points) - sum(y for _, y in points)) < 1e-6 * (1 + len(points))
