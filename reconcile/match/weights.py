"""The fitted weights and thresholds of matching, as data: ``rules/weights/match.yaml``."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache

import yaml

from reconcile.match.features import Measure
from reconcile.model import Kind
from reconcile.resources import data_folder

FAMILIES: Mapping[Kind, str] = {
    Kind.DATE: "when",
    Kind.TIME: "when",
    Kind.DURATION: "number",
    Kind.COUNT: "number",
    Kind.AMOUNT: "number",
    Kind.PERCENT: "number",
    Kind.VOTE: "number",
    Kind.ORDINAL: "number",
    Kind.AGE: "age",
    Kind.PERSON_NAME: "name",
    Kind.PARTICIPANT: "name",
    Kind.LEADER: "name",
    Kind.ROLE: "role",
    Kind.LOCATION: "place",
    Kind.QUOTATION: "words",
    Kind.STATEMENT: "words",
    Kind.ACTION: "words",
    Kind.OTHER: "words",
    Kind.CHARGE: "state",
    Kind.STATUS: "state",
}


@dataclass(frozen=True, slots=True)
class Weights:
    """One family's logistic weights.

    ``context`` judges by context alone, ``value`` leans on a shared value too; ``contrast`` judges whether the best
    pair of unlike values is a true discrepancy. ``agree`` and ``differ`` are the least probabilities at which claims
    with like and unlike values are paired, ``again`` that at which an article's second mention joins; from ``doubt``
    on, two claims that nothing else is paired with are, too.
    """

    context: Mapping[str, float]
    value: Mapping[str, float]
    contrast: Mapping[str, float]
    agree: float
    again: float
    differ: float
    doubt: float


def log_odds(measures: Iterable[Measure], weights: Mapping[str, float]) -> float:
    """The log odds that two claims share a slot."""
    total, weight_of = weights["bias"], weights.get
    for name, score in measures:
        total += weight_of(name, 0.0) * score
    return total


def probability(odds: float) -> float:
    """Log odds as a probability, from 0 to 1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


@cache
def load_weights() -> Mapping[Kind, Weights]:
    """The weights of every kind, by its family."""
    with (data_folder("rules") / "weights" / "match.yaml").open(encoding="utf-8") as file:
        table = yaml.safe_load(file)
    families = {
        name: Weights(**{field.name: row[field.name] for field in fields(Weights)})
        for name, row in table["families"].items()
    }
    return {kind: families[family] for kind, family in FAMILIES.items()}
