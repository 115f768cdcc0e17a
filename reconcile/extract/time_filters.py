"""Which matches of the time patterns are no times after all, judged by their tokens, and which words to leave out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from spacy.tokens import Token

from reconcile.extract.addresses import opens_address
from reconcile.extract.token_index import TokenIndex
from reconcile.normalize.dates_context import code_of
from reconcile.normalize.dates_scan import Expression
from reconcile.normalize.dates_words import fold, read_count, time_words

_ARTICLES = frozenset({"a", "an"})
_SOME = frozenset({"several", "a few", "few"})
_OF_THESE_DAYS = frozenset({"world", "youth", "society", "generation", "culture", "kid", "teenager", "child"})
_END_OF_TITLE = re.compile(r"[.,]?(?:[\"”]|''|['’](?!\w))| With ")
_ARTICLE = re.compile(r"(?:the|a)\s+", re.IGNORECASE)


_LEFT_OUT = frozenset(
    {"about", "almost", "approximately", "roughly", "some", "as long as", "close to", "as many as", "as little as"}
)
"""Hedges before a length of time that annotators leave outside; the value keeps them as its modifier."""


def trim(expression: Expression, index: TokenIndex) -> Expression:
    """Leave out what only leads up to the expression: some hedges, and "the" of a description ("the two-day rally")."""
    text, parts = index.text, expression.parts
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


def is_time(expression: Expression, index: TokenIndex) -> bool:
    """Whether the words are used as a time here."""
    if _is_title(expression, index):
        return False
    check = _CHECKS.get(expression.kind)
    return check is None or check(expression, index)


def _is_month(expression: Expression, index: TokenIndex) -> bool:
    """ "May" and "March" are verbs as well."""
    if expression.parts.get("year") or expression.parts.get("rel") or expression.parts.get("mod"):
        return True
    token = index.at(expression.start)
    name = fold(expression.parts["month"])
    if name in ("may", "march", "mar", "mar.", "dec", "jan", "april", "june", "august"):
        return (
            token.pos_ == "PROPN"
            and not _is_march(token, index)
            and not (token.i + 1 < len(index.doc) and _is_name(index.doc[token.i + 1]))
        )
    return True


def _is_title(expression: Expression, index: TokenIndex) -> bool:
    """The "This Week" and "Today" of broadcasts and newspapers: capitals between marks or behind a name."""
    text, start, end = index.text, expression.start, expression.end
    if expression.kind not in ("unit", "day") or not text[start:end].istitle():
        return False
    first = index.at(start)
    before = index.doc[first.i - 1] if first.i else first
    quoted = before.is_quote and _END_OF_TITLE.match(text, end) is not None
    return quoted or (before.pos_ == "PROPN" and before.text.isupper()) or before.lower_ in ("'s", "’s")


def _is_march(token: Token, index: TokenIndex) -> bool:
    """ "the annual March for Life", "the Women's March": a demonstration's name."""
    told = index.before(token) in ("the", "'s", "’s", "annual", "'", "’", "``", "“", '"')
    return token.lower_ == "march" and told and index.after(token) in ("for", "of", "on", "to", "against", "")


def _is_name(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.is_alpha


def _is_season(expression: Expression, index: TokenIndex) -> bool:
    """ "fall" and "spring" are verbs as well; a season without any other word needs to be a noun on its own."""
    if any(k in expression.parts for k in ("year", "relyear", "spelled")):
        return True
    token = index.at(expression.end - 1)
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
    return token.dep_ != "compound" and index.before(token) in (
        "in",
        "since",
        "by",
        "until",
        "during",
        "through",
        "and",
        "or",
    )


def _is_year(expression: Expression, index: TokenIndex) -> bool:
    """Four digits that count something ("1,500 people" written 1500) or number a house or a block are no year."""
    if "year" not in expression.parts or "mod" in expression.parts or "fiscal" in expression.parts:
        return True
    if opens_address(index.text, expression.end):
        return False
    token = index.at(expression.start)
    if token.i + 1 < len(index.doc):
        after = index.doc[token.i + 1]
        if after.text in time_words().car_makers:
            return False
        if token.dep_ == "nummod" and after.tag_ == "NNS" and token.head.i == after.i:
            return False
    return True


def _is_weekday(expression: Expression, index: TokenIndex) -> bool:
    """Short names without a stop ("Sun", "Sat", "Mon") are words of other kinds as often."""
    name = expression.parts["weekday"]
    return name.lower().endswith("day") or name.endswith(".")


def _is_duration(expression: Expression, index: TokenIndex) -> bool:
    """No ordinals ("a second term"), fractions ("three quarters of it"), rates ("a year", "24 hours a day")."""
    parts = expression.parts
    count = fold(parts.get("count", ""))
    if "count" not in parts and fold(parts.get("frame", "")) == "the early" and parts["unit"] == "hours":
        return False
    plain = "frame" not in parts and "bound" not in parts
    unit = _unit_token(expression, index)
    if unit.lower_ == "second" and (unit.pos_ != "NOUN" or count in _ARTICLES):
        return False
    if code_of(parts["unit"]) == "Q" and "frame" not in parts and count not in _SOME:
        return False
    if index.after(unit) in _ARTICLES and index.after(unit, 2) in ("day", "week", "year"):
        return False
    return not (count in _ARTICLES and plain and _is_rate(index.at(expression.start), index))


def _unit_token(expression: Expression, index: TokenIndex) -> Token:
    words = index.text[expression.start : expression.end].lower()
    return index.at(expression.start + max(0, words.rfind(expression.parts["unit"].lower())))


def _is_rate(article: Token, index: TokenIndex) -> bool:
    """ "$5 million a year", "24 hours a day": how often, not how long."""
    if article.i == 0:
        return False
    before = index.doc[article.i - 1]
    return before.pos_ in ("NOUN", "NUM", "PROPN", "SYM") or before.lower_ in ("%", "once", "twice", "times")


def _is_day(expression: Expression, index: TokenIndex) -> bool:
    """Not the "today's" of "today's youth": these days, not this day."""
    token = index.at(expression.start)
    return token.dep_ != "poss" or token.head.lemma_ not in _OF_THESE_DAYS


def _is_clock(expression: Expression, index: TokenIndex) -> bool:
    """Bare "8:30" may be a score: it needs a word before it that opens a time."""
    parts = expression.parts
    if "named" in parts and index.before(index.at(expression.start)) == "high":
        return False
    if any(k in parts for k in ("ap", "named", "military", "clock", "zone", "bare", "date")):
        return True
    token = index.at(expression.start)
    return index.before(token) in (
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


def _is_reference(expression: Expression, index: TokenIndex) -> bool:
    """Not the "Now," that only turns to the next point, nor "soon" of the past ("soon became") or "soon after"."""
    token = index.at(expression.start)
    if token.text == "Now":
        return index.after(token) != ","
    if token.lower_ == "soon":
        return (
            index.before(token) != "as"
            and index.after(token) not in ("after", "afterward", "enough")
            and _is_ahead(token)
        )
    return True


def _is_ahead(token: Token) -> bool:
    verb = token.head
    return verb.tag_ == "VB" or any(c.lower_ in ("will", "to", "may") for c in verb.children)


def _is_unit(expression: Expression, index: TokenIndex) -> bool:
    """Not "this day and age"; nor "the week of June 5", which its day tells better."""
    unit, rel = fold(expression.parts["unit"]), fold(expression.parts["rel"])
    if unit == "day":
        return rel not in ("this", "last", "past", "the last", "latest")
    return not (rel == "the" and unit == "week" and index.after(index.at(expression.end - 1)) == "of")


def _is_bare(expression: Expression, index: TokenIndex) -> bool:
    """Not the hours of "the early morning hours", which are a part of the day."""
    return index.before(index.at(expression.start)) not in (*time_words().day_parts, "early", "late")


def _is_decade(expression: Expression, index: TokenIndex) -> bool:
    """Two digits without an apostrophe need "the": "in their mid-20s" tells an age."""
    digits = expression.parts["decade"]
    if len(digits) > 2 or not digits.isdigit():
        return True
    first = index.at(expression.start)
    return first.lower_ == "the"


def _is_frequency(expression: Expression, index: TokenIndex) -> bool:
    """Not the "Daily" of a newspaper's name, nor a daily or a weekly as such."""
    token = index.at(expression.end - 1)
    named = token.i + 1 < len(index.doc) and index.doc[token.i + 1].pos_ == "PROPN"
    return token.pos_ not in ("PROPN", "NOUN") and not named


_CHECKS: dict[str, Callable[[Expression, TokenIndex], bool]] = {
    "month": _is_month,
    "season": _is_season,
    "year": _is_year,
    "weekday": _is_weekday,
    "unit": _is_unit,
    "duration": _is_duration,
    "bare": _is_bare,
    "decade": _is_decade,
    "frequency": _is_frequency,
    "clock": _is_clock,
    "reference": _is_reference,
    "day": _is_day,
}
