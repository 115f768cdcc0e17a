"""Confidence is put right by how often findings held."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.check.confidence import interpolate, make_true
from reconcile.model import Verdict

KNOTS = ((0.2, 0.1), (0.6, 0.5), (0.8, 0.9))


@pytest.mark.parametrize(("score", "share"), [(0.0, 0.1), (0.2, 0.1), (0.4, 0.3), (0.7, 0.7), (1.0, 0.9)])
def test_between_knots_shares_lie_on_a_line(score: float, share: float) -> None:
    """Beyond the ends the share stays level."""
    assert interpolate(KNOTS, score) == pytest.approx(share)


@given(st.sampled_from(Verdict), st.floats(0, 1), st.floats(0, 1))
def test_surer_stays_surer(verdict: Verdict, one: float, other: float) -> None:
    """Putting right never turns the order of two findings of one verdict, and stays a probability."""
    low, high = sorted((one, other))
    assert 0 <= make_true(verdict, low) <= make_true(verdict, high) + 1e-9 <= 1 + 1e-9


def test_what_was_not_measured_keeps_its_score() -> None:
    """No table speaks of statements that differ in part."""
    assert make_true(Verdict.UNDECIDED, 0.37) == 0.37
