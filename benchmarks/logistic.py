"""Ridge logistic regression on named measures, with families that lean on what all of them share; and calibration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from reconcile.match.features import Measure

Row = tuple[Measure, ...]
Array = NDArray[np.float64]

COMMON_RIDGE = 1.0
"""How strongly the weights that all families share are held near nothing."""
OWN_RIDGE = 4.0
"""How strongly a family's own weights are held near the shared ones: few families have many cases."""
BIAS_RIDGE = 0.2


def fit_families(
    rows: Sequence[Row], labels: Sequence[bool], importance: Sequence[float], families: Sequence[str]
) -> dict[str, dict[str, float]]:
    """``family -> measure -> weight``, with ``bias``: each family's weights start from those fitted on all together."""
    names = sorted({name for row in rows for name, _ in row})
    matrix, target, weight = _matrix(rows, names), np.array(labels, float), np.array(importance, float)
    penalty = np.full(len(names) + 1, COMMON_RIDGE)
    penalty[0] = 1e-3
    common = _newton(matrix, target, weight, penalty, np.zeros(len(names) + 1))
    penalty = np.full(len(names) + 1, OWN_RIDGE)
    penalty[0] = BIAS_RIDGE
    fitted = {}
    of = np.array(families)
    for family in sorted(set(families)):
        own = of == family
        beta = _newton(matrix[own], target[own], weight[own], penalty, common)
        fitted[family] = {"bias": round(float(beta[0]), 3)} | {
            name: round(float(value), 3) for name, value in zip(names, beta[1:], strict=True)
        }
    return fitted


def _matrix(rows: Sequence[Row], names: Sequence[str]) -> Array:
    at = {name: index + 1 for index, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names) + 1))
    matrix[:, 0] = 1
    for index, row in enumerate(rows):
        for name, score in row:
            matrix[index, at[name]] = score
    return matrix


def _newton(matrix: Array, target: Array, weight: Array, penalty: Array, prior: Array) -> Array:
    """The weights of greatest penalized likelihood, by Newton's method."""
    beta = prior.copy()
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(matrix @ beta, -30, 30)))
        gradient = matrix.T @ (weight * (target - chance)) - penalty * (beta - prior)
        curvature = (matrix * (weight * chance * (1 - chance))[:, None]).T @ matrix + np.diag(penalty)
        step = np.linalg.solve(curvature, gradient)
        beta = beta + step
        if float(np.abs(step).max()) < 1e-6:
            break
    return beta


def predict(row: Row, weights: Mapping[str, float]) -> float:
    """The probability for one row."""
    return squash(weights["bias"] + sum(weights.get(name, 0.0) * score for name, score in row))


def log_odds(chance: float) -> float:
    """The log odds of a probability, kept finite."""
    clipped = min(max(chance, 1e-6), 1 - 1e-6)
    return float(np.log(clipped / (1 - clipped)))


def squash(odds: float) -> float:
    """The probability of some log odds."""
    return float(1 / (1 + np.exp(-np.clip(odds, -30, 30))))


def calibrate(chances: Sequence[float], labels: Sequence[bool], importance: Sequence[float]) -> tuple[float, float]:
    """Slope and shift of the log odds that make held-out probabilities true (Platt)."""
    matrix = np.array([[1.0, log_odds(chance)] for chance in chances])
    target, weight = np.array(labels, float), np.array(importance, float)
    beta = _newton(matrix, target, weight, np.array([0.5, 0.5]), np.array([0.0, 1.0]))
    return float(beta[1]), float(beta[0])


def recalibrate(weights: Mapping[str, float], slope: float, shift: float) -> dict[str, float]:
    """The weights with the slope and shift of their log odds applied."""
    scaled = {name: round(slope * weight, 3) for name, weight in weights.items()}
    return scaled | {"bias": round(slope * weights["bias"] + shift, 3)}
