"""Comparing two numbers as said: bounds, ranges, rounding and units, with the reason in words."""

from __future__ import annotations

import math
from decimal import Decimal

from reconcile.model import Comparison, NumberValue, Relation
from reconcile.normalize.render import value_label
from reconcile.normalize.units import convert

_ABOUT = 0.1
_LOOSELY_ABOUT = 0.25
_SLIP = 0.02
_ROUNDING = 0.05
_CONVERTED = 0.03
_SMALLEST_ROUNDED = 100
_NEAR_BOUND = 2.0
_EPSILON = 1e-9
_UPPER = frozenset({"<", "<="})
_LOWER = frozenset({">", ">="})


def compare_numbers(a: NumberValue, b: NumberValue) -> Comparison:
    """How two numbers compare: ``equal``; ``finer`` where one rounds, bounds or contains the other; ``overlaps`` where
    both may hold or they cannot be compared; ``differs`` where they cannot both be true. The order does not matter.
    """
    if _is_pair(a) or _is_pair(b):
        return _compare_pairs(a, b)
    aligned = _align(a, b)
    if aligned is None:
        return Comparison(
            Relation.OVERLAPS, f"not comparable: {value_label(a)} and {value_label(b)} are in different units"
        )
    left, right = aligned
    words = f"{value_label(a)} and {value_label(b)}"
    for compare in (_compare_same, _compare_points, _compare_bounds):
        found = compare(left, right)
        if found:
            return Comparison(found[0], f"{words}: {found[1]}")
    relation, why = _compare_ranges(left, right)
    return Comparison(relation, f"{words}: {why}")


# --- units ------------------------------------------------------------------------------------


def _align(a: NumberValue, b: NumberValue) -> tuple[NumberValue, NumberValue] | None:
    """Both values in one unit, or None where neither converts into the other."""
    if a.unit == b.unit and not (_is_fraction(a) ^ _is_fraction(b)):
        return a, b
    a, b = _as_percentage(a), _as_percentage(b)
    if (a.category == "ordinal") is not (b.category == "ordinal"):
        return None
    low, high = convert(b.low, b.unit, a.unit), convert(b.high, b.unit, a.unit)
    if low is None or high is None:
        return None
    return a, _scaled(b, low, high)


def _is_fraction(value: NumberValue) -> bool:
    return value.category == "percent" and not value.unit


def _as_percentage(value: NumberValue) -> NumberValue:
    if not _is_fraction(value):
        return value
    return NumberValue(value.low * 100, value.high * 100, value.bound, "percentage", value.noun, "percent")


def _scaled(value: NumberValue, low: float, high: float) -> NumberValue:
    return NumberValue(low, high, value.bound, value.unit, value.noun, value.category)


# --- votes and scores -------------------------------------------------------------------------


def _is_pair(value: NumberValue) -> bool:
    """Whether ``low`` and ``high`` are two numbers side by side, such as a vote, and no range."""
    return (value.category == "vote" or value.unit == "score") and value.low != value.high


def _compare_pairs(a: NumberValue, b: NumberValue) -> Comparison:
    words = f"{value_label(a)} and {value_label(b)}"
    if _is_pair(a) and _is_pair(b):
        if (a.low, a.high) == (b.low, b.high):
            return Comparison(Relation.EQUAL, f"{words}: the same two numbers")
        if {a.low, a.high} == {b.low, b.high}:
            return Comparison(Relation.EQUAL, f"{words}: the same two numbers in the other order")
        return Comparison(Relation.DIFFERS, f"{words}: not the same two numbers")
    pair, single = (a, b) if _is_pair(a) else (b, a)
    if single.low == single.high and single.low in {pair.low, pair.high}:
        return Comparison(Relation.FINER, f"{words}: one gives both sides, the other one of them")
    return Comparison(Relation.OVERLAPS, f"{words}: not comparable, only one of them gives both sides")


# --- one number against another ---------------------------------------------------------------


def _compare_same(a: NumberValue, b: NumberValue) -> tuple[Relation, str] | None:
    if not (_close(a.low, b.low) and _close(a.high, b.high)):
        return None
    bounds = {a.bound, b.bound}
    if len(bounds) == 1 or bounds <= {"=", "~"} or bounds <= _UPPER or bounds <= _LOWER:
        return Relation.EQUAL, "the same number"
    if bounds in ({"<", ">"}, {"<", ">="}, {">", "<="}) and a.low == a.high and b.low == b.high:
        return Relation.DIFFERS, "one says less and the other more than the same number"
    return Relation.FINER, "the same number, given by one as a limit"


def _compare_points(a: NumberValue, b: NumberValue) -> tuple[Relation, str] | None:
    """Two single numbers, neither of them a limit."""
    if a.low != a.high or b.low != b.high or {a.bound, b.bound} - {"=", "~"}:
        return None
    gap = _gap(a.low, b.low)
    if "~" in {a.bound, b.bound}:
        if gap <= _ABOUT or abs(a.low - b.low) <= 1:
            return Relation.FINER, "one is given as approximate and the other is near it"
        if gap <= _LOOSELY_ABOUT and any(_is_round(value.low) for value in (a, b) if value.bound == "~"):
            return Relation.OVERLAPS, "one is given as approximate and the other is not far from it"
        return Relation.DIFFERS, "too far apart for an approximate number"
    if a.unit != b.unit and gap <= _CONVERTED:
        return Relation.FINER, "the same after conversion, as far as they are rounded"
    if _rounds(a.low, b.low) or _rounds(b.low, a.low):
        return Relation.FINER, "one is the other rounded"
    return Relation.DIFFERS, "not the same number"


def _rounds(coarse: float, fine: float) -> bool:
    """Whether the coarse number is the fine one rounded: fewer digits, and the nearest with so few."""
    coarse_digits, coarse_last = _significant(coarse)
    fine_digits, _ = _significant(fine)
    if coarse_digits >= fine_digits or abs(coarse - fine) > 0.5 * coarse_last * (1 + _EPSILON):
        return False
    decimals = coarse_last <= 1
    if decimals and not float(fine).is_integer():
        return True
    return abs(coarse) >= _SMALLEST_ROUNDED and coarse_last >= 10 and _gap(coarse, fine) <= _ROUNDING


def _significant(number: float) -> tuple[int, float]:
    """How many digits carry the number, and the worth of the last of them: 7,000 gives (1, 1000)."""
    _, digits, exponent = Decimal(repr(float(number))).normalize().as_tuple()
    power = exponent if isinstance(exponent, int) else 0
    return len(digits), 10.0**power if -300 < power < 300 else math.inf


def _compare_bounds(a: NumberValue, b: NumberValue) -> tuple[Relation, str] | None:
    """At least one of the two is a limit ("at least", "up to")."""
    if not {a.bound, b.bound} & (_UPPER | _LOWER):
        return None
    if a.bound in _UPPER | _LOWER and b.bound in _UPPER | _LOWER:
        if (a.bound in _UPPER and b.bound in _UPPER) or (a.bound in _LOWER and b.bound in _LOWER):
            return _compare_limits(a, b)
        lower, upper = (a, b) if a.bound in _LOWER else (b, a)
        if lower.low > upper.high:
            return Relation.DIFFERS, "the least is above the most"
        return Relation.OVERLAPS, "both limits may hold"
    limit, other = (a, b) if a.bound in _UPPER | _LOWER else (b, a)
    return _against_limit(limit, other)


def _compare_limits(a: NumberValue, b: NumberValue) -> tuple[Relation, str]:
    """Two limits on the same side. A limit is told as near as its digits: "more than 30" is not said of 45."""
    if _gap(a.low, b.low) <= _SLIP:
        return Relation.OVERLAPS, "two limits on the same side, hardly apart"
    (low, high), (other_low, other_high) = _told_by_limit(a), _told_by_limit(b)
    if low < other_high and other_low < high:
        return Relation.OVERLAPS, "two limits on the same side, one of them rounded"
    return Relation.DIFFERS, "two limits that would not be told of one number"


def _told_by_limit(limit: NumberValue) -> tuple[float, float]:
    """The numbers, from one up to the other, that a limit is told of: up to its next round number."""
    edge = limit.low if limit.bound in _LOWER else limit.high
    step = _significant(edge)[1] if edge else 1.0
    return (edge, edge + step) if limit.bound in _LOWER else (edge - step, edge)


def _is_round(number: float) -> bool:
    """Whether a number is what one rounds to: 20, 15, 1,500 or 8 million, and no 19."""
    digits, last = _significant(number)
    return digits == 1 or (last > 0 and round(number / last) % 5 == 0)


def _against_limit(limit: NumberValue, other: NumberValue) -> tuple[Relation, str]:
    low, high = _interval(other)
    edge = limit.low if limit.bound in _LOWER else limit.high
    allowed = high >= edge if limit.bound in _LOWER else low <= edge
    if not allowed:
        nearest = high if limit.bound in _LOWER else low
        if _gap(nearest, edge) <= _SLIP:
            return Relation.OVERLAPS, "just beyond the limit"
        return Relation.DIFFERS, "one is beyond the limit that the other gives"
    if limit.bound in _UPPER and low == high and _gap(low, edge) > _LOOSELY_ABOUT and _significant(edge)[0] > 1:
        return Relation.OVERLAPS, "far below a limit that is told so exactly, though both may hold"
    inside = low >= edge if limit.bound in _LOWER else high <= edge
    near = abs(edge) * _NEAR_BOUND >= abs(other.low) and abs(other.low) * _NEAR_BOUND >= abs(edge)
    if inside and near:
        return Relation.FINER, "one is within the limit that the other gives"
    return Relation.OVERLAPS, "both may hold: one is a limit"


def _compare_ranges(a: NumberValue, b: NumberValue) -> tuple[Relation, str]:
    (low, high), (other_low, other_high) = _interval(a), _interval(b)
    if (low <= other_low and other_high <= high) or (other_low <= low and high <= other_high):
        return Relation.FINER, "one lies within the range of the other"
    if low <= other_high and other_low <= high:
        return Relation.OVERLAPS, "the ranges share a part"
    if (_is_vague(a) and other_low > high) or (_is_vague(b) and low > other_high):
        return Relation.OVERLAPS, "one is a loose count that may well be more"
    return Relation.DIFFERS, "the ranges have nothing in common"


def _is_vague(value: NumberValue) -> bool:
    """Whether it was said as "dozens" or "thousands", whose upper end is only a habit."""
    return value.low > 0 and math.isclose(value.high, 10 * value.low)


def _interval(value: NumberValue) -> tuple[float, float]:
    if value.bound != "~":
        return value.low, value.high
    slack = max(abs(value.low), abs(value.high)) * _ABOUT
    return value.low - slack, value.high + slack


def _close(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=1e-6, abs_tol=_EPSILON)


def _gap(a: float, b: float) -> float:
    """The distance of two numbers as a share of the larger."""
    largest = max(abs(a), abs(b))
    return abs(a - b) / largest if largest else 0.0
