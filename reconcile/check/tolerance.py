"""How far two values may lie apart and still fit together: by kind and by unit, absolute or as a share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from reconcile.model import Claim, Comparison, Kind, NumberValue, Relation, TimeValue, Value
from reconcile.normalize.units import convert, find_unit

TIME_KINDS = frozenset((Kind.DATE, Kind.TIME))
NUMBER_KINDS = frozenset((Kind.COUNT, Kind.AMOUNT, Kind.PERCENT, Kind.AGE, Kind.VOTE, Kind.ORDINAL))
KINDS = TIME_KINDS | NUMBER_KINDS | {Kind.DURATION}
_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*%")
_AMOUNT = re.compile(r"\d[\d,]{0,17}(?:\.\d{1,6})?")
_LENGTH = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s+(second|minute|hour|day|week)s?")
_SECONDS = {"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86400.0, "week": 604800.0}
_MONTH = 2_629_746.0  # the mean month of the calendar, in seconds
_EPSILON = 1e-9


@dataclass(frozen=True, slots=True)
class Slack:
    """How far apart is near enough; ``absolute`` in the value's own unit, or in seconds where it is a ``time``.

    Either is enough where both are given.
    """

    absolute: float = 0.0
    relative: float = 0.0
    time: bool = False
    written: str = ""

    def covers(self, gap: float, largest: float) -> bool:
        """Whether values this far apart, the larger of which is ``largest``, fit together."""
        return gap <= max(self.absolute, self.relative * largest) * (1 + _EPSILON)


@dataclass(frozen=True, slots=True)
class Tolerance:
    """What is near enough, by kind and by unit; a unit's own counts before its kind's."""

    kinds: Mapping[Kind, Slack] = field(default_factory=dict)
    units: Mapping[str, Slack] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything is tolerated."""
        return bool(self.kinds or self.units)

    def apply(self, a: Claim, b: Claim, comparison: Comparison) -> Comparison:
        """The comparison, turned to ``finer`` where the values differ by no more than is tolerated."""
        if comparison.relation is not Relation.DIFFERS:
            return comparison
        slack = self._slack(a)
        if slack is None or not near(a.value, b.value, slack):
            return comparison
        return Comparison(Relation.FINER, f"{comparison.why.rstrip('.')}, but within the {slack.written} tolerated")

    def _slack(self, claim: Claim) -> Slack | None:
        value = claim.value
        unit = value.unit if isinstance(value, NumberValue | TimeValue) else None
        return self.units.get(unit or "") or self.kinds.get(claim.kind)


def read_slack(text: str) -> Slack:
    """How ``5%``, ``3``, ``1,000`` or ``15 minutes`` is meant; raises ValueError that says which forms there are."""
    written = " ".join(text.split())
    if (share := _SHARE.fullmatch(written)) and float(share[1]) <= 100:
        return Slack(relative=float(share[1]) / 100, written=written)
    if _AMOUNT.fullmatch(written):
        return Slack(absolute=float(written.replace(",", "")), written=written)
    if length := _LENGTH.fullmatch(written):
        return Slack(absolute=float(length[1]) * _SECONDS[length[2]], time=True, written=written)
    raise ValueError("such as 5%, 3, 1,000, 15 minutes, 2 hours or 1 day")


def near(a: Value, b: Value, slack: Slack) -> bool:
    """Whether two numbers, times or durations lie no further apart than ``slack``; False for other values."""
    if isinstance(a, NumberValue) and isinstance(b, NumberValue):
        return not slack.time and _near_numbers(a, b, slack)
    if isinstance(a, TimeValue) and isinstance(b, TimeValue):
        if a.type == b.type == "DURATION":
            return _near_lengths(a, b, slack)
        return slack.time and (gap := _days_apart(a, b)) is not None and gap.total_seconds() <= slack.absolute
    return False


def _near_numbers(a: NumberValue, b: NumberValue, slack: Slack) -> bool:
    low, high = convert(b.low, b.unit, a.unit), convert(b.high, b.unit, a.unit)
    if low is None or high is None:
        return False
    if a.category == "vote" or a.unit == "score":
        # The two ends are two sides, and no range.
        return all(slack.covers(abs(x - y), max(abs(x), abs(y))) for x, y in ((a.low, low), (a.high, high)))
    gap = max(0.0, low - a.high, a.low - high)
    return slack.covers(gap, max(abs(a.low), abs(a.high), abs(low), abs(high)))


def _near_lengths(a: TimeValue, b: TimeValue, slack: Slack) -> bool:
    left, right = seconds_of(a), seconds_of(b)
    if left is None or right is None:
        return False
    if slack.absolute and not slack.time:  # a bare number counts in the unit of both
        return a.unit == b.unit and slack.covers(abs((a.amount or 0) - (b.amount or 0)), 0.0)
    return slack.covers(abs(left - right), max(left, right))


def seconds_of(value: TimeValue) -> float | None:
    """A duration in seconds; None where its length is vague."""
    unit = find_unit((value.unit or "").removesuffix("s"))
    if value.amount is None or unit is None or unit.dimension not in ("time", "calendar"):
        return None
    return value.amount * unit.factor * (_MONTH if unit.dimension == "calendar" else 1.0)


def _days_apart(a: TimeValue, b: TimeValue) -> timedelta | None:
    """How far two stretches of time lie apart; two days that follow each other are one day apart."""
    if a.start is None or b.start is None or a.end is None or b.end is None:
        return None
    between = max(b.start - a.end, a.start - b.end)
    return max(timedelta(), between + min(a.end - a.start, b.end - b.start))
