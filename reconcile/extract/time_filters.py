"""Which matches of the time patterns are no times after all, judged by their tokens, and which words to leave out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from spacy.tokens import Doc, Token

from reconcile.normalize.dates_context import code_of
from reconcile.normalize.dates_scan import Expression
from reconcile.normalize.dates_words import fold, read_count

TokenAt = Callable[[int], Token]

_ARTICLES = frozenset({"a", "an"})
_ARTICLE = re.compile(r"(?:the|a)\s+", re.IGNORECASE)


_LEFT_OUT = frozenset(
    {"about", "almost", "approximately", "roughly", "some", "as long as", "close to", "as many as", "as little as"}
)
"""Hedges before a length of time that annotators leave outside; the value keeps them as its modifier."""


def trim(expression: Expression, doc: Doc, token_at: TokenAt) -> Expression:
    """Leave out what only leads up to the expression: some hedges, and "the" of a description ("the two-day rally")."""
    text, parts = doc.text, expression.parts
    start = expression.start
    if expression.kind in ("duration", "offset") and fold(parts.get("bound", "")) in _LEFT_OUT:
        start = _skip(text, start + len(parts["bound"]), expression.end)
    describes = expression.kind == "duration" and fold(parts.get("frame", "")) == "the" and _is_adjectival(parts)
    if describes or (expression.kind == "quarter" and "det" in parts and "hyphen" in parts):
        match = _ARTICLE.match(text, start, expression.end)
        start = match.end() if match else start
    return replace(expression, start=start) if start != expression.start else expression


def _skip(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _is_adjectival(parts: Mapping[str, str]) -> bool:
    count = read_count(parts.get("count", "1"))
    return bool(parts.get("join", " ").strip()) or (not fold(parts["unit"]).endswith("s") and count != 1)


def is_time(expression: Expression, doc: Doc, token_at: TokenAt) -> bool:
    """Whether the words are used as a time here."""
    check = _CHECKS.get(expression.kind)
    return check is None or check(expression, doc, token_at)


def _is_month(expression: Expression, doc: Doc, token_at: TokenAt) -> bool:
    """ "May" and "March" are verbs as well."""
    if expression.parts.get("year") or expression.parts.get("rel") or expression.parts.get("mod"):
        return True
    token = token_at(expression.start)
    name = fold(expression.parts["month"])
    if name in ("may", "march", "mar", "mar.", "dec", "jan", "august"):
        return token.pos_ == "PROPN" and not (
            token.i + 1 < len(doc) and doc[token.i + 1].pos_ == "PROPN" and doc[token.i + 1].is_alpha
        )
    return True


def _is_season(expression: Expression, doc: Doc, token_at: TokenAt) -> bool:
    """ "fall" and "spring" are verbs as well; a season without any other word needs to be a noun on its own."""
    if any(k in expression.parts for k in ("year", "relyear", "spelled")):
        return True
    token = token_at(expression.end - 1)
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    rel = fold(expression.parts.get("rel", ""))
    if rel or "mod" in expression.parts:
        return not (
            rel == "the"
            and token.head.pos_ == "NOUN"
            and token.dep_ == "compound"
            and token.lower_ in ("fall", "spring")
        )
    return (
        token.dep_ != "compound"
        and token.i > 0
        and doc[token.i - 1].lower_ in ("in", "since", "by", "until", "during", "through", "and", "or")
    )


def _is_year(expression: Expression, doc: Doc, token_at: TokenAt) -> bool:
    """Four digits that count something ("1,500 people" written 1500) are no year."""
    if "year" not in expression.parts or "mod" in expression.parts or "fiscal" in expression.parts:
        return True
    token = token_at(expression.start)
    if token.i + 1 < len(doc):
        after = doc[token.i + 1]
        if token.dep_ == "nummod" and after.tag_ == "NNS" and token.head.i == after.i:
            return False
    return True


def _is_weekday(expression: Expression, doc: Doc, token_at: TokenAt) -> bool:
    """Short names without a stop ("Sun", "Sat", "Mon") are words of other kinds as often."""
    name = expression.parts["weekday"]
    return name.lower().endswith("day") or name.endswith(".")


def _is_duration(expression: Expression, doc: Doc, token_at: TokenAt) -> bool:
    unit = token_at(
        expression.start
        + max(0, doc.text[expression.start : expression.end].lower().rfind(fold(expression.parts["unit"])[:4]))
    )
    count = fold(expression.parts.get("count", ""))
    if unit.lower_ == "second" and unit.pos_ != "NOUN":
        return False
    if (
        code_of(expression.parts["unit"]) == "Q"
        and "frame" not in expression.parts
        and count not in ("several", "a few", "few")
    ):
        return False
    if count in _ARTICLES and unit.lower_ == "second":
        return False
    if count in _ARTICLES and "frame" not in expression.parts and "bound" not in expression.parts:
        return not _is_rate(token_at(expression.start), doc)
    return True


def _is_rate(article: Token, doc: Doc) -> bool:
    """ "$5 million a year", "24 hours a day": how often, not how long."""
    if article.i == 0:
        return False
    before = doc[article.i - 1]
    return before.pos_ in ("NOUN", "NUM", "PROPN", "SYM") or before.lower_ in ("%", "once", "twice", "times")


def _is_clock(expression: Expression, doc: Doc, token_at: TokenAt) -> bool:
    """Bare "8:30" may be a score: it needs a word before it that opens a time."""
    parts = expression.parts
    if any(k in parts for k in ("ap", "named", "military", "clock", "zone", "bare", "date")):
        return True
    token = token_at(expression.start)
    return token.i > 0 and doc[token.i - 1].lower_ in (
        "at",
        "around",
        "about",
        "until",
        "by",
        "before",
        "after",
        "since",
        "from",
        "between",
        "till",
        "approximately",
    )


def _is_reference(expression: Expression, doc: Doc, token_at: TokenAt) -> bool:
    token = token_at(expression.start)
    return not (token.lower_ == "now" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "that")


def _is_unit(expression: Expression, doc: Doc, token_at: TokenAt) -> bool:
    """ "this day and age", "the same day surgery": days are told by other words, bar "that day" and "the next day"."""
    return not (
        fold(expression.parts["unit"]) == "day"
        and fold(expression.parts["rel"]) in ("this", "last", "past", "the last", "latest")
    )


_CHECKS: dict[str, Callable[[Expression, Doc, TokenAt], bool]] = {
    "month": _is_month,
    "season": _is_season,
    "year": _is_year,
    "weekday": _is_weekday,
    "unit": _is_unit,
    "duration": _is_duration,
    "clock": _is_clock,
    "reference": _is_reference,
}
