"""Where things stand in a story's charts: the timeline of its dates, and how its numbers moved between articles."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from reconcile.model import Claim, Fact, Kind, NumberValue, Published, TimeValue
from reconcile.normalize.render import day_label, value_label
from reconcile.report.view import ORDER, ArticleView, Bar, FactRow, Tick, Timeline, TimelineRow, Toll, TollPoint

_REACH = timedelta(days=45)
"""Dates farther from the story's publication than this are told in the table, not drawn."""
_ROWS = 14
_TOLLS = 6
_LEAST_WIDTH = 1.2
_MOVING = (Kind.COUNT, Kind.AMOUNT, Kind.PERCENT, Kind.VOTE)
_DAY = timedelta(days=1)
_STEPS = (1, 2, 5, 7, 14, 30)
"""Days between two ticks, the smallest that gives at most eight."""


def moments(articles: Iterable[ArticleView], published: Mapping[str, Published | None]) -> dict[str, datetime]:
    """When each dated article appeared, by id; a month or a year alone places nothing on an axis."""
    known = ((view.id, published.get(view.id)) for view in articles)
    return {id_: date.moment() for id_, date in known if date and date.precision in ("day", "minute")}


# --- dates ------------------------------------------------------------------------------------


def build_timeline(
    facts: Sequence[Fact], rows: Mapping[str, FactRow], articles: Sequence[ArticleView], at: Mapping[str, datetime]
) -> Timeline | None:
    """The story's dated facts that several articles give, in the order of time; None where there are none to draw."""
    if not at:
        return None
    first, last = min(at.values()) - _REACH, max(at.values()) + _REACH
    near: list[tuple[FactRow, list[tuple[Claim, TimeValue]]]] = []
    outside = 0
    for fact in facts:
        row = rows.get(fact.id)
        if row is None or fact.kind not in (Kind.DATE, Kind.TIME):
            continue
        dated = [(claim, claim.value) for claim in fact.claims if isinstance(claim.value, TimeValue)]
        drawn = [(c, v) for c, v in dated if v.start and v.end and first <= v.start and v.end <= last]
        near += [(row, drawn)] if drawn else []
        outside += not drawn
    if not near:
        return None
    near.sort(key=lambda item: (_rank(item[0]), min(v.start for _, v in item[1] if v.start)))
    outside += max(0, len(near) - _ROWS)
    near = near[:_ROWS]
    near.sort(key=lambda item: min(v.start for _, v in item[1] if v.start))
    moments_drawn = [m for _, drawn in near for _, v in drawn for m in (v.start, v.end) if m] + list(at.values())
    axis = _Axis(_floor(min(moments_drawn)), _floor(max(moments_drawn)) + _DAY)
    labels = {view.id: view.label for view in articles}
    published = tuple(
        Bar(axis.place(moment), 0.0, moment.strftime("%Y-%m-%d"), (labels[id_],), 0) for id_, moment in at.items()
    )
    drawn_rows = tuple(
        TimelineRow(row.label, row.verdict, row.anchor, _bars(drawn, axis, labels)) for row, drawn in near
    )
    return Timeline(axis.days(), published, drawn_rows, outside)


def _bars(drawn: Sequence[tuple[Claim, TimeValue]], axis: _Axis, labels: Mapping[str, str]) -> tuple[Bar, ...]:
    """One bar for each different value, with the outlets that give it."""
    outlets: defaultdict[tuple[datetime, datetime, str], dict[str, None]] = defaultdict(dict)
    for claim, value in drawn:
        if value.start and value.end:
            outlets[value.start, value.end, value_label(value)][labels[claim.article]] = None
    bars = []
    for camp, ((start, end, label), givers) in enumerate(sorted(outlets.items(), key=lambda item: item[0])):
        x = axis.place(start)
        bars.append(Bar(x, max(_LEAST_WIDTH, axis.place(end) - x), label, tuple(givers), camp))
    return tuple(bars)


def _rank(row: FactRow) -> int:
    return ORDER.index(row.verdict) if row.verdict else len(ORDER)


def _floor(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


class _Axis:
    """Moments to places between 0 and 100."""

    def __init__(self, first: datetime, last: datetime) -> None:
        self._first, self._last = first, last
        self._length = max((last - first).total_seconds(), 1.0)

    def place(self, moment: datetime) -> float:
        """Where the moment stands."""
        return round((moment - self._first).total_seconds() / self._length * 100, 2)

    def days(self) -> tuple[Tick, ...]:
        """At most eight labelled days."""
        count = (self._last - self._first).days
        step = next((step for step in _STEPS if count / step <= 8), _STEPS[-1] * math.ceil(count / 8 / _STEPS[-1]))
        moved = (self._first + timedelta(days=n) for n in range(0, count, step))
        return tuple(Tick(self.place(day), _short_day(day)) for day in moved)


def _short_day(moment: datetime) -> str:
    return " ".join(day_label(moment.strftime("%Y-%m-%d")).split()[:2])


# --- numbers ----------------------------------------------------------------------------------


def build_tolls(
    facts: Sequence[Fact], rows: Mapping[str, FactRow], articles: Sequence[ArticleView], at: Mapping[str, datetime]
) -> tuple[Toll, ...]:
    """The numbers that differ between articles of different times, the gravest first."""
    labels = {view.id: view for view in articles}
    found = []
    for fact in facts:
        row = rows.get(fact.id)
        if row is None or not row.split or fact.kind not in _MOVING:
            continue
        toll = _toll(fact, row, labels, at)
        found += [toll] if toll else []
    found.sort(key=lambda toll: (ORDER.index(toll.verdict) if toll.verdict else len(ORDER), -len(toll.points)))
    return tuple(found[:_TOLLS])


def _toll(fact: Fact, row: FactRow, views: Mapping[str, ArticleView], at: Mapping[str, datetime]) -> Toll | None:
    given: dict[tuple[datetime, float, str], Claim] = {}
    for claim in fact.claims:
        value = claim.value
        if isinstance(value, NumberValue) and math.isfinite(value.low + value.high) and claim.article in at:
            given.setdefault((at[claim.article], (value.low + value.high) / 2, claim.article), claim)
    times, numbers = {key[0] for key in given}, {key[1] for key in given}
    if len(times) < 2 or len(numbers) < 2:
        return None
    axis = _Axis(_floor(min(times)), _floor(max(times)) + _DAY)
    scale = _scale(min(numbers), max(numbers))
    points = tuple(
        TollPoint(
            axis.place(moment),
            _height(number, scale),
            value_label(claim.value),
            views[article].label,
            views[article].published.text,
        )
        for (moment, number, article), claim in sorted(given.items(), key=lambda item: item[0])
    )
    return Toll(row.label, row.verdict, row.anchor, points, axis.days(), _levels(scale))


def _scale(low: float, high: float) -> tuple[float, float, float]:
    """The lowest and highest number of the axis and the step between, round numbers that hold the values."""
    step = _round_step((high - low) / 3)
    if low == round(low) and high == round(high):
        step = max(step, 1.0)  # people are counted whole
    return math.floor(low / step) * step, math.ceil(high / step) * step, step


def _round_step(rough: float) -> float:
    size = 10.0 ** math.floor(math.log10(rough))
    return next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough)


def _height(number: float, scale: tuple[float, float, float]) -> float:
    low, high, _ = scale
    return round((number - low) / (high - low) * 100, 2)


def _levels(scale: tuple[float, float, float]) -> tuple[Tick, ...]:
    low, high, step = scale
    count = round((high - low) / step)
    levels = (low + n * step for n in range(count + 1))
    return tuple(Tick(_height(level, scale), value_label(NumberValue(level, level))) for level in levels)
