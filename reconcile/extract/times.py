"""Times in running text: finds the expressions, reads tense and neighbours from the parse, resolves each."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from reconcile.extract.tense import tense_of
from reconcile.extract.time_filters import is_time, trim
from reconcile.model import Published, Span, TimeMention, TimeValue
from reconcile.normalize.dates_context import TimeContext
from reconcile.normalize.dates_resolve import resolve
from reconcile.normalize.dates_scan import Expression, scan
from reconcile.normalize.timex import Period

_DAY_KINDS = frozenset({"weekday", "calendar", "day", "numeric", "holiday", "part", "unit"})
_NEED_TENSE = frozenset({"weekday", "calendar", "month", "quarter", "season", "holiday", "unit", "duration", "clock"})
_JOIN_AFTER = re.compile(r",?\s{0,3}(?:on|of|in)?\s{0,3}(?:the\s)?")
_JOIN_BEFORE = re.compile(
    r",?\s{1,3}(?:(?:at|around|about|shortly|just|before|after|by|until|from|of|\(|to|and|-|–)\s{0,3}){0,4}"
)
_GAP = 30


def find_times(doc: Doc, published: Published | None) -> tuple[TimeMention, ...]:
    """Every time expression of the text in order, not overlapping.

    Without ``published`` whatever needs the article's date stays without an interval and at low confidence.
    """
    return _Reader(doc, published).read()


@dataclass(slots=True)
class _Told:
    """The last times told before the expression being read."""

    reference: Period | None = None
    quarter: Period | None = None
    years: dict[tuple[int, int], int] = field(default_factory=dict)


class _Reader:
    """One pass over one text."""

    def __init__(self, doc: Doc, published: Published | None) -> None:
        self.doc = doc
        self.text = doc.text
        self.published = published
        self.starts = [t.idx for t in doc]
        self.told = _Told()

    def read(self) -> tuple[TimeMention, ...]:
        """Resolve the expressions from first to last, each in the light of those before it."""
        expressions = [
            e
            for e in (trim(e, self.doc, self.token_at) for e in scan(self.text))
            if is_time(e, self.doc, self.token_at)
        ]
        mentions: list[TimeMention] = []
        for i, expression in enumerate(expressions):
            value = resolve(expression, self.context(expressions, i, mentions))
            if value is None:
                continue
            mentions.append(TimeMention(Span(expression.start, expression.end), value))
            self.remember(expression, value)
        return tuple(mentions)

    def token_at(self, offset: int) -> Token:
        """The token that covers a character."""
        return self.doc[max(0, bisect_right(self.starts, offset) - 1)]

    def context(self, expressions: list[Expression], i: int, mentions: list[TimeMention]) -> TimeContext:
        """What the expression's surroundings say: tense, the word before, the times told so far."""
        expression = expressions[i]
        first = self.token_at(expression.start)
        context = TimeContext(
            self.published,
            tense_of(self.head_of(expression)) if expression.kind in _NEED_TENSE else "",
            self.told.reference,
            self.told.quarter,
            None,
            self.word_before(first),
            self.told.years,
        )
        if expression.kind in ("clock", "part"):
            context = replace(context, nearby=self.day_nearby(expressions, i, mentions, context))
        return context

    def word_before(self, token: Token) -> str:
        """The word before a token, in lower case; "as soon as" and "as early as" whole."""
        if not token.i:
            return ""
        word = self.doc[token.i - 1].lower_
        if word == "as" and token.i > 2 and self.doc[token.i - 2].lower_ in ("soon", "early"):
            return f"as {self.doc[token.i - 2].lower_} as"
        return word

    def head_of(self, expression: Expression) -> Token:
        """The token of the expression that hangs on a word outside it."""
        first, last = self.token_at(expression.start), self.token_at(expression.end - 1)
        for token in self.doc[first.i : last.i + 1]:
            if not first.i <= token.head.i <= last.i:
                return token
        return last

    def day_nearby(
        self, expressions: list[Expression], i: int, mentions: list[TimeMention], context: TimeContext
    ) -> Period | None:
        """The day told right after ("3 p.m. on Wednesday") or right before ("Tuesday at about 8:30")."""
        here = expressions[i]
        if i + 1 < len(expressions):
            after = expressions[i + 1]
            gap = self.text[here.end : after.start]
            if after.kind in _DAY_KINDS and len(gap) < _GAP and _JOIN_AFTER.fullmatch(gap):
                return _period_of(resolve(after, replace(context, tense=tense_of(self.head_of(after)))))
        if mentions:
            before = mentions[-1]
            gap = self.text[before.span.end : here.start]
            if len(gap) < _GAP and _JOIN_BEFORE.fullmatch(gap):
                return _period_of(before.value)
        return None

    def remember(self, expression: Expression, value: TimeValue) -> None:
        """Keep a resolved date as the one that "the next day" and "a year earlier" count from."""
        period = _period_of(value)
        if period is None or value.type not in ("DATE", "TIME"):
            return
        self.told.reference = period
        if value.anchor == "explicit" and period.granularity == "day":
            self.told.years[period.start.month, period.start.day] = period.start.year
        if (
            period.granularity == "quarter"
            and expression.kind == "quarter"
            and "year-" not in expression.parts.get("rel", "")
        ):
            self.told.quarter = period


def _period_of(value: TimeValue | None) -> Period | None:
    if value is None or value.start is None or value.end is None:
        return None
    return Period(value.timex, value.start, value.end, value.granularity)
