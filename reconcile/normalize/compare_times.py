"""Compares two times: the same, one finer than the other, overlapping, or different; with the reason in words."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from reconcile.model import Comparison, Relation, TimeValue
from reconcile.normalize.timex import read_period

_UNSURE = 0.5
"""Readings below this confidence never make two times differ."""

_DAY_UNSURE = 0.7
"""Clock times whose day is only assumed are compared by the hour alone."""

_SECONDS = {
    "second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86400.0, "week": 604800.0, "month": 2629800.0,
    "quarter": 7889400.0, "year": 31557600.0, "decade": 315576000.0, "century": 3155760000.0,
}  # fmt: skip
_HEDGE = {
    "APPROX": (0.85, 1.15), "LESS_THAN": (0.8, 1.0), "MORE_THAN": (1.0, 1.35), "BEFORE": (0.8, 1.0),
    "AFTER": (1.0, 1.35),
    "EQUAL_OR_LESS": (0.0, 1.0), "EQUAL_OR_MORE": (1.0, float("inf")),
}  # fmt: skip
"""What a hedge lets a length of time be, as factors of the length said."""

_ABOUT = timedelta(minutes=20)
_AROUND_AFTER = timedelta(hours=1)
_ROUNDINGS = ((60, 20), (15, 7), (5, 3), (1, 2))
"""(minutes a clock time is rounded to, minutes it may then be off)."""

_CLOCK = re.compile(r"T(\d{2}):(\d{2})")


def compare_times(a: TimeValue, b: TimeValue) -> Comparison:
    """How two times relate; times that could not be resolved never differ, whatever their words."""
    if "SET" in (a.type, b.type):
        return _compare_sets(a, b)
    if a.type == b.type == "DURATION":
        return _compare_durations(a, b)
    if "DURATION" in (a.type, b.type):
        return Comparison(Relation.OVERLAPS, "one is a length of time, the other a point in time")
    if a.start is None or b.start is None or a.end is None or b.end is None:
        return _compare_unresolved(a, b)
    if a.type == b.type == "TIME" and _is_clock(a) and _is_clock(b) and min(a.confidence, b.confidence) <= _DAY_UNSURE:
        return _compare_hours(a, b)
    return _compare_intervals(a, b)


def _compare_sets(a: TimeValue, b: TimeValue) -> Comparison:
    if a.type != b.type:
        return Comparison(Relation.OVERLAPS, "one recurs, the other does not")
    if a.timex == b.timex:
        return Comparison(Relation.EQUAL, "both recur alike")
    return Comparison(Relation.DIFFERS, f"one recurs as {a.timex}, the other as {b.timex}")


# --- lengths ------------------------------------------------------------------------------------


def _compare_durations(a: TimeValue, b: TimeValue) -> Comparison:
    if a.amount is None or b.amount is None or a.unit is None or b.unit is None:
        return Comparison(Relation.OVERLAPS, "how long is left open by one of them")
    left, right = a.amount * _SECONDS[a.unit], b.amount * _SECONDS[b.unit]
    if abs(left - right) <= 0.001 * max(left, right):
        if a.modifier == b.modifier:
            return Comparison(Relation.EQUAL, "the same length of time")
        return Comparison(Relation.FINER, "the same length of time, hedged by one of them")
    low_a, high_a = _bounds(left, a.modifier)
    low_b, high_b = _bounds(right, b.modifier)
    if max(low_a, low_b) <= min(high_a, high_b):
        return Comparison(Relation.OVERLAPS, "their hedges leave room for the same length of time")
    coarser = max(_SECONDS[a.unit], _SECONDS[b.unit])
    if a.unit != b.unit and abs(left - right) <= coarser / 2:
        return Comparison(Relation.FINER, f"the same within half a {a.unit if _SECONDS[a.unit] == coarser else b.unit}")
    return Comparison(Relation.DIFFERS, f"{_length(a)} against {_length(b)}")


def _bounds(length: float, modifier: str | None) -> tuple[float, float]:
    low, high = _HEDGE.get(modifier or "", (1.0, 1.0))
    return length * low, length * high


def _length(value: TimeValue) -> str:
    plural = "" if value.amount == 1 else "s"
    return f"{value.amount:g} {value.unit}{plural}"


# --- points -------------------------------------------------------------------------------------


def _compare_unresolved(a: TimeValue, b: TimeValue) -> Comparison:
    """At least one has no place in the calendar: what the patterns share may make one a coarser form of the other."""
    vague = a.timex.endswith("_REF") or b.timex.endswith("_REF")
    if not vague and "XX" in a.timex + b.timex and (a.start or b.start) and _fits(a, b):
        known = a if a.start else b
        return Comparison(Relation.FINER, f"the other leaves open what {_when(known)} tells")
    return Comparison(Relation.OVERLAPS, "one of them could not be placed in the calendar")


def _fits(a: TimeValue, b: TimeValue) -> bool:
    """Whether the resolved value is of the form that the open one leaves ("XXXX-06-02", "XXXX-WXX-1")."""
    known, open_one = (a, b) if a.start else (b, a)
    if known.start is None:
        return False
    weekday = re.fullmatch(r"XXXX-WXX-(\d)", open_one.timex)
    if weekday:
        return known.granularity in ("day", "day part", "minute", "hour") and known.start.isoweekday() == int(
            weekday[1]
        )
    return len(known.timex) >= len(open_one.timex) and all(
        o in ("X", k) for k, o in zip(known.timex, open_one.timex, strict=False)
    )


def _is_clock(value: TimeValue) -> bool:
    return _CLOCK.search(value.timex) is not None


def _minutes(value: TimeValue) -> int:
    match = _CLOCK.search(value.timex)
    return (int(match[1]) * 60 + int(match[2])) % 1440 if match else 0


def _compare_hours(a: TimeValue, b: TimeValue) -> Comparison:
    """By the hour of the day alone: the day of one of them is only assumed."""
    apart = abs(_minutes(a) - _minutes(b))
    apart = min(apart, 1440 - apart)
    if apart == 0:
        return _same_clock(a, b, "the same hour, though the day of one of them is not told")
    return (
        _near_in_time(a, b, apart)
        or _other_reading(a, b)
        or Comparison(Relation.DIFFERS, f"{_hour(a)} against {_hour(b)}")
    )


def _same_clock(a: TimeValue, b: TimeValue, why: str) -> Comparison:
    if (a.modifier is None) != (b.modifier is None):
        return Comparison(Relation.FINER, "the same hour, hedged by one of them")
    return Comparison(Relation.EQUAL, why)


def _near_in_time(a: TimeValue, b: TimeValue, apart: int) -> Comparison | None:
    """Clock times so near that one is a rounded or a hedged form of the other."""
    for value, other in ((a, b), (b, a)):
        allowed = next(off for step, off in _ROUNDINGS if _minutes(value) % step == 0)
        if apart <= allowed:
            return Comparison(Relation.OVERLAPS, f"{apart} minutes apart: one of them is rounded")
        if value.modifier == "APPROX" and apart <= _ABOUT.seconds // 60:
            return Comparison(Relation.OVERLAPS, f"{apart} minutes apart, and one is told as about {_hour(value)}")
        ahead = (_minutes(other) - _minutes(value)) % 1440
        after = value.modifier == "AFTER" and ahead <= _AROUND_AFTER.seconds // 60
        before = value.modifier == "BEFORE" and 1440 - ahead <= _AROUND_AFTER.seconds // 60
        if after or before:
            word = "after" if after else "before"
            return Comparison(Relation.OVERLAPS, f"{_hour(other)} lies {word} {_hour(value)}, as the other says")
    return None


def _compare_intervals(a: TimeValue, b: TimeValue) -> Comparison:
    if a.start is None or a.end is None or b.start is None or b.end is None:
        raise ValueError("both times need an interval")
    if (a.start, a.end) == (b.start, b.end):
        return (
            _same_clock(a, b, f"both mean {_when(a)}")
            if _is_clock(a)
            else Comparison(Relation.EQUAL, f"both mean {_when(a)}")
        )
    if a.timex == b.timex:
        return Comparison(Relation.FINER, f"both mean {_when(a)}, one of them only part of it")
    if _within(a, b) or _within(b, a):
        fine, coarse = (a, b) if _within(a, b) else (b, a)
        return Comparison(Relation.FINER, f"{_when(fine)} lies within {_when(coarse)}")
    if max(a.start, b.start) < min(a.end, b.end):
        return Comparison(Relation.OVERLAPS, f"{_when(a)} and {_when(b)} overlap")
    return _compare_apart(a, b, a.start, b.start)


def _within(inner: TimeValue, outer: TimeValue) -> bool:
    if inner.start is None or inner.end is None or outer.start is None or outer.end is None:
        return False
    if outer.granularity == "day" and inner.timex[:10] == outer.timex:
        return True  # The night of a day runs on past midnight, yet nobody takes it for another day's.
    return outer.start <= inner.start and inner.end <= outer.end


def _compare_apart(a: TimeValue, b: TimeValue, start: datetime, other: datetime) -> Comparison:
    """Two intervals that do not meet: hedges, rounding, other readings and doubt may still make them one."""
    if _is_clock(a) and _is_clock(b):
        apart = abs(int((start - other).total_seconds()) // 60)
        near = _near_in_time(a, b, apart) if apart < 720 else None
        if near:
            return near
    whole_a, whole_b = read_period(a.timex), read_period(b.timex)
    if whole_a and whole_b and max(whole_a.start, whole_b.start) < min(whole_a.end, whole_b.end):
        return Comparison(Relation.OVERLAPS, f"{_when(a)} and {_when(b)} overlap but for words like early and late")
    if any(v.modifier == "END" and v.end == w.start for v, w in ((a, b), (b, a))):
        return Comparison(Relation.OVERLAPS, f"the end of {min(_when(a), _when(b))} borders on the other")
    reading = _other_reading(a, b)
    if reading:
        return reading
    if any(_is_clock(v) and v.confidence < _DAY_UNSURE for v in (a, b)):
        return Comparison(Relation.OVERLAPS, "the day of the hour is only assumed")
    if min(a.confidence, b.confidence) < _UNSURE:
        return Comparison(Relation.OVERLAPS, "one of them is too unsure a reading to differ")
    return Comparison(Relation.DIFFERS, f"{_when(a)} against {_when(b)}")


def _other_reading(a: TimeValue, b: TimeValue) -> Comparison | None:
    """Whether another reading of one meets the other."""
    for value, other in ((a, b), (b, a)):
        for reading in value.alternatives:
            if reading.start is None or reading.end is None or other.start is None or other.end is None:
                continue
            if max(reading.start, other.start) < min(reading.end, other.end):
                return Comparison(Relation.OVERLAPS, f"{value.timex} may also be read as {reading.timex}")
    return None


def _when(value: TimeValue) -> str:
    return value.timex.replace("T", " ") if _is_clock(value) else value.timex


def _hour(value: TimeValue) -> str:
    minutes = _minutes(value)
    return f"{minutes // 60:02}:{minutes % 60:02}"
