"""Times in running text: finds the expressions, reads tense and neighbours from the parse, resolves each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from reconcile.extract.tense import Tense, dates_mishap, hangs_on_noun, tense_of
from reconcile.extract.time_filters import is_time, trim
from reconcile.extract.token_index import TokenIndex
from reconcile.model import Published, Span, TimeMention, TimeValue
from reconcile.normalize.dates_context import TimeContext
from reconcile.normalize.dates_order import day_first_weight
from reconcile.normalize.dates_quarters import is_comparison
from reconcile.normalize.dates_resolve import resolve
from reconcile.normalize.dates_scan import Expression, scan
from reconcile.normalize.dates_words import fold, time_words
from reconcile.normalize.timex import Period

_DAY_KINDS = frozenset({"weekday", "calendar", "day", "numeric", "holiday", "part", "unit"})
_NEED_TENSE = frozenset(
    {"weekday", "calendar", "month", "quarter", "season", "holiday", "unit", "duration", "clock", "offset"}
)
_MAY_BE_OLD = frozenset({"calendar", "month", "season", "holiday"})
_MAY_BE_OVER = _MAY_BE_OLD | {"weekday"}
_JOIN_AFTER = re.compile(r"(?:\s?\([^()]{0,16}\))?,?(?:\shours)?\s{0,3}(?:on|of|in)?\s{0,3}(?:the\s)?")
_JOIN_BEFORE = re.compile(
    r",?\s{1,3}(?:(?:at|around|about|shortly|just|before|after|by|until|from|of|\(|to|and|-|–)\s{0,3}){0,4}"
)
_GAP = 30


def find_times(doc: Doc, published: Published | None, host: str = "") -> tuple[TimeMention, ...]:
    """Every time expression of the text in order, not overlapping; ``host`` is the outlet's host name, "" if unknown.

    Without ``published`` whatever needs the article's date stays without an interval and at low confidence.
    """
    return _Reader(doc, published, host).read()


@dataclass(slots=True)
class _Told:
    """The last times told before the expression being read."""

    reference: Period | None = None
    quarter: Period | None = None
    compared: Period | None = None
    years: dict[tuple[int, int], int] = field(default_factory=dict)


class _Reader:
    """One pass over one text."""

    def __init__(self, doc: Doc, published: Published | None, host: str) -> None:
        self.index = TokenIndex(doc)
        self.published = published
        self.host = host
        self.day_first = 0.0
        self.told = _Told()

    def read(self) -> tuple[TimeMention, ...]:
        """Resolve the expressions from first to last, each in the light of those before it."""
        trimmed = (trim(e, self.index) for e in scan(self.index.text))
        expressions = [e for e in trimmed if is_time(e, self.index)]
        self.day_first = day_first_weight((e.parts for e in expressions if e.kind == "numeric"), self.host)
        mentions: list[TimeMention] = []
        for i, expression in enumerate(expressions):
            value = resolve(expression, self.context(expressions, i, mentions))
            if value is None:
                continue
            mentions.append(TimeMention(Span(expression.start, expression.end), value))
            self.remember(expression, value)
        return tuple(mentions)

    def context(self, expressions: list[Expression], i: int, mentions: list[TimeMention]) -> TimeContext:
        """What the expression's surroundings say: tense, the word before, the times told so far."""
        expression = expressions[i]
        first = self.index.at(expression.start)
        context = TimeContext(
            self.published,
            self.tense(expression) if expression.kind in _NEED_TENSE else "",
            self.told.reference,
            self.told.quarter,
            None,
            self.word_before(first),
            self.told.years,
            expression.kind in _MAY_BE_OVER and dates_mishap(self.index.head_between(expression.start, expression.end)),
            self.told.compared,
            self.day_first,
        )
        if expression.kind in ("clock", "part") or fold(expression.parts.get("unit", "")) in time_words().day_parts:
            context = replace(context, nearby=self.day_nearby(expressions, i, mentions, context))
        return context

    def word_before(self, token: Token) -> str:
        """The word before a token, in lower case; "ahead of", "as soon as" and "as early as" whole."""
        word, earlier = self.index.before(token), self.index.before(token, 2)
        if word == "of" and earlier == "ahead":
            return "ahead of"
        return f"as {earlier} as" if word == "as" and earlier in ("soon", "early") else word

    def tense(self, expression: Expression) -> Tense:
        """The tense of what the expression hangs on."""
        head = self.index.head_between(expression.start, expression.end)
        tense = tense_of(head)
        return "" if tense == "future" and expression.kind in _MAY_BE_OLD and hangs_on_noun(head) else tense

    def day_nearby(
        self, expressions: list[Expression], i: int, mentions: list[TimeMention], context: TimeContext
    ) -> Period | None:
        """The day told right after ("3 p.m. on Wednesday") or right before ("Tuesday at about 8:30")."""
        here = expressions[i]
        for after in expressions[i + 1 : i + 3]:
            gap = self.index.text[here.end : after.start]
            if after.kind in _DAY_KINDS and len(gap) < _GAP and _JOIN_AFTER.fullmatch(gap):
                return _period_of(resolve(after, replace(context, tense=self.tense(after))))
        if mentions:
            before = mentions[-1]
            gap = self.index.text[before.span.end : here.start]
            if len(gap) < _GAP and _JOIN_BEFORE.fullmatch(gap):
                return _period_of(before.value)
        return None

    def remember(self, expression: Expression, value: TimeValue) -> None:
        """Keep a resolved date as the one that "the next day" and "a year earlier" count from."""
        if self.told.quarter is not None and value.type == "DURATION" and value.unit == "month":
            self.told.compared = None  # After "the first nine months" figures are compared with a year, not a quarter.
        period = _period_of(value)
        if period is None or value.type not in ("DATE", "TIME") or is_comparison(expression):
            return
        if value.anchor == "explicit" and period.granularity == "day":
            self.told.years[period.start.month, period.start.day] = period.start.year
        self.told.reference = period
        if period.granularity == "quarter" and expression.kind == "quarter":
            if self.told.quarter is None and value.anchor != "explicit":
                self.told.quarter = period
            self.told.compared = self.told.quarter


def _period_of(value: TimeValue | None) -> Period | None:
    if value is None or value.start is None or value.end is None:
        return None
    return Period(value.timex, value.start, value.end, value.granularity)
