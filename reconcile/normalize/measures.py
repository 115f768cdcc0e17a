"""Numbers in running text with all that belongs to them: sign, currency, unit, rate, range, age and bound."""

from __future__ import annotations

from typing import Literal, NamedTuple

from reconcile.model import NumberValue
from reconcile.normalize.ages import read_age, read_age_decade
from reconcile.normalize.amounts import Amount, read_amount, unit_after
from reconcile.normalize.bounds import Bound, read_bound
from reconcile.normalize.lexemes import Lexeme, split_lexemes, text_at
from reconcile.normalize.numbers import Form, Number, number_words, read_number
from reconcile.normalize.units import Unit, read_money_sign, read_unit

Category = Literal["count", "amount", "percent", "age", "ordinal", "vote", "measure"]
_DASHES = frozenset("-‐‑–—−")
_HYPHENS = frozenset("-‐‑–")


_LONGEST_LIST = 4


class Measure(NamedTuple):
    """A number with its unit at lexemes ``[first, stop)``.

    ``unit`` is "" for a count; ``form`` "pair" is two numbers such as a vote, whose ``low`` is the first one said;
    ``joined`` is the lexeme index of a noun tied on by a hyphen ("12-nation"), else -1; ``rate_stop`` where the words
    of its rate end. A range has its two ``ends`` as measures of their own; it is ``closed`` where the first has a unit
    before the second is said ("5% to 8%").
    """

    first: int
    stop: int
    low: float
    high: float
    bound: Bound
    unit: str
    category: Category
    form: Form | Literal["pair"]
    joined: int = -1
    rate_stop: int = -1
    ends: tuple[Measure, ...] = ()
    closed: bool = False


def parse_measure(text: str) -> NumberValue | None:
    """The first number of the text as a value, or None: ``parse_measure("more than €300m")`` is > 3e8 euro."""
    for measure in scan_measures(split_lexemes(text)):
        return to_number_value(measure)
    return None


def to_number_value(measure: Measure, noun: str = "") -> NumberValue:
    """The measure as the model's value, counting ``noun``."""
    return NumberValue(measure.low, measure.high, measure.bound, measure.unit, noun, measure.category)


def scan_measures(lexemes: list[Lexeme]) -> list[Measure]:
    """Every number of the text in order, without overlaps, whether or not it is a quantity there."""
    starts, signs = number_words()["starts"], number_words()["signs"]
    measures, index = [], 0
    while index < len(lexemes):
        lexeme = lexemes[index]
        if lexeme.kind == "digits" or lexeme.lower in starts or lexeme.text in signs:
            measure = _read_measure(lexemes, index)
            if measure:
                measures.append(measure)
                index = max(measure.stop, measure.rate_stop)
                continue
        index += 1
    return measures


def _read_measure(lexemes: list[Lexeme], at: int) -> Measure | None:
    decade = read_age_decade(lexemes, at)
    if decade:
        return Measure(decade.first, decade.stop, decade.low, decade.high, "=", "year", "age", "digits")
    article = _article_unit(lexemes, at)
    if article:
        return article
    amount = read_amount(lexemes, at)
    if amount is None:
        return None
    if text_at(lexemes, at - 1) == "or" and text_at(lexemes, at - 3) in {"a", "an"} and amount.unit is None:
        return None  # "a month or two" counts the unit before it
    if amount.number.form in {"ordinal", "times"} and amount.unit is None:
        return _plain(lexemes, amount.number)
    return _read_proportion(lexemes, amount) or _read_span(lexemes, amount)


def _plain(lexemes: list[Lexeme], number: Number) -> Measure:
    category: Category = "ordinal" if number.form == "ordinal" else "count"
    bound = "=" if number.form == "ordinal" else read_bound(lexemes, number.first, number.stop)
    return Measure(number.first, number.stop, number.low, number.high, bound, "", category, number.form)


def _read_span(lexemes: list[Lexeme], amount: Amount) -> Measure:
    """The amount alone, or the range or pair that it opens."""
    other = _other_end(lexemes, amount)
    if other is not None:
        return other
    following = None if amount.unit else _next_in_list(lexemes, amount)
    if following is None:
        return _finish(lexemes, amount, amount, "")
    amount = _share_scale(amount, following)._replace(unit=following.unit)
    whole = _finish(lexemes, amount, amount, "")
    aged = read_age(lexemes, following.first, following.stop, whole.unit)
    return whole._replace(category="age") if aged else whole


def _finish(lexemes: list[Lexeme], left: Amount, right: Amount, kind: str) -> Measure:
    low, high = left.number.low, right.number.high
    unit, stop = left.unit or right.unit, right.stop
    age = read_age(lexemes, left.first, stop, unit.name if unit else "")
    form: Form | Literal["pair"] = "pair" if kind == "pair" else right.number.form
    if age:
        bound = read_bound(lexemes, age.first, age.stop)
        return Measure(left.first, age.stop, low, high, bound, age.unit, "age", form)
    bound = read_bound(lexemes, left.first, stop)
    name, rate_stop = unit.name if unit else "", -1
    rated = right if right.rate else left
    if unit and rated.rate:
        name, rate_stop = f"{name} per {rated.rate}", rated.rate_stop
    joined = _joined_noun(lexemes, stop) if unit is None else -1
    return Measure(left.first, stop, low, high, bound, name, category_of(unit, form), form, joined, rate_stop)


def category_of(unit: Unit | None, form: str) -> Category:
    """The category of a number with this unit, or with none."""
    if unit is None:
        return "percent" if form == "fraction" else "count"
    if unit.money:
        return "amount"
    return "percent" if unit.dimension in {"share", "points"} and "parts" not in unit.name else "measure"


def _joined_noun(lexemes: list[Lexeme], stop: int) -> int:
    hyphen = stop + 1 < len(lexemes) and lexemes[stop].text in _HYPHENS and lexemes[stop].glued
    return stop + 1 if hyphen and lexemes[stop + 1].glued and lexemes[stop + 1].kind == "word" else -1


def _article_unit(lexemes: list[Lexeme], at: int) -> Measure | None:
    """ "a year and a half", "an hour and a quarter"."""
    if lexemes[at].lower not in {"a", "an", "one"}:
        return None
    found = read_unit(lexemes, at + 1, glued=False) if at + 1 < len(lexemes) else None
    if found is None or [text_at(lexemes, found.stop + n) for n in range(2)] != ["and", "a"]:
        return None
    part = {"half": 0.5, "quarter": 0.25}.get(text_at(lexemes, found.stop + 2))
    if part is None:
        return None
    stop = found.stop + 3
    return Measure(
        at,
        stop,
        1 + part,
        1 + part,
        read_bound(lexemes, at, stop),
        found.unit.name,
        category_of(found.unit, "words"),
        "words",
    )


# --- two amounts ------------------------------------------------------------------------------


def _other_end(lexemes: list[Lexeme], left: Amount) -> Measure | None:
    """The range or pair that ``left`` opens: "30 to 40", "between 5 and 12", "$62-$68", "348-77"."""
    if left.number.form in {"fraction", "vague"} or left.stop >= len(lexemes):
        return None
    link = _range_link(lexemes, left)
    if link is None:
        return None
    kind: str | None = link[0]
    at = link[1]
    sign = read_money_sign(lexemes, at + 1) if at + 1 < len(lexemes) else None
    if sign is None and at + 2 < len(lexemes):
        sign = read_money_sign(lexemes, at + 2)
    if sign and sign.first == at:
        at = sign.stop
    if at >= len(lexemes) or not (lexemes[at].kind == "digits" or lexemes[at].lower in number_words()["starts"]):
        return None
    right = read_amount(lexemes, at)
    if right is None or right.number.form in {"ordinal", "times", "vague"} or lexemes[at].lower in {"a", "an"}:
        return None
    if left.unit and right.unit and left.unit != right.unit and left.unit.name != right.unit.name:
        return None
    if left.unit and not right.unit and not left.signed and kind != "range":
        return None
    left = _share_scale(left, right)
    if kind == "spaced dash":
        kind = "range" if (left.signed or right.unit) and not (left.unit and not left.signed) else None
    elif kind == "dash":
        kind = _dash_kind(lexemes, left, right)
    if kind is None:
        return None
    whole = _finish(lexemes, left, right, kind)
    if kind == "pair" or link[0] != "range":
        return whole
    near = left._replace(unit=left.unit or right.unit)
    far = right._replace(unit=right.unit or (left.unit if left.signed else None))
    ends = (_finish(lexemes, near, near, ""), _finish(lexemes, far, far, ""))
    return whole._replace(ends=ends, closed=left.unit is not None)


def _range_link(lexemes: list[Lexeme], left: Amount) -> tuple[str, int] | None:
    """What ties two numbers, and the lexeme after it."""
    stop = max(left.stop, left.rate_stop)
    word, at = text_at(lexemes, stop), stop + 1
    if word in _HYPHENS and text_at(lexemes, at) == "to" and lexemes[stop].glued and not lexemes[at].glued:
        return "range", at + 1  # "a 30- to 35-year-old"
    if word == "up" and text_at(lexemes, at) == "to" and text_at(lexemes, left.first - 1) == "from":
        return "range", at + 1
    if word in {"to", "through"}:
        return "range", at + (at < len(lexemes) and lexemes[at].text in _HYPHENS)
    if word == "and" and _is_after_between(lexemes, left.first):
        return "range", at
    if word in _DASHES and at < len(lexemes):
        if lexemes[stop].glued and lexemes[at].glued:
            if text_at(lexemes, at) == "to" and text_at(lexemes, at + 1) in _DASHES:
                return "range", at + 2
            return "dash", at
        if not lexemes[stop].glued and not lexemes[at].glued:
            return "spaced dash", at
    return None


def _is_after_between(lexemes: list[Lexeme], first: int) -> bool:
    """ "between 5 and 7", "between about 5 and 7", "between the ages of 5 and 7"."""
    before = [text_at(lexemes, first - n) for n in range(1, 5)]
    return "between" in before[:2] or (before[3] == "between" and before[1] in {"ages", "age"})


def _dash_kind(lexemes: list[Lexeme], left: Amount, right: Amount) -> str | None:
    """A dash between numbers: a range where it rises and something is measured or counted, else a pair."""
    if right.stop < len(lexemes) and lexemes[right.stop].text in _DASHES and lexemes[right.stop].glued:
        return None if _digit_after(lexemes, right.stop) else ("range" if left.number.low < right.number.low else None)
    if left.unit or right.unit:
        return "range" if left.number.low < right.number.low else "pair"
    return "pair"


def _digit_after(lexemes: list[Lexeme], at: int) -> bool:
    return at + 1 < len(lexemes) and lexemes[at + 1].kind == "digits" and lexemes[at + 1].glued


def _share_scale(left: Amount, right: Amount) -> Amount:
    """ "1 to 2 thousand", "$10-$15 billion": the scale said once holds for both."""
    a, b = left.number, right.number
    if a.scale == 1.0 and b.scale >= 100 and 0 < a.low < 1000 and a.low * b.scale < b.low * 1.0001:
        return left._replace(number=a._replace(low=a.low * b.scale, high=a.high * b.scale))
    return left


def _next_in_list(lexemes: list[Lexeme], amount: Amount) -> Amount | None:
    """The amount whose unit this one takes: "eight or nine euros", "the 17- and 18-year-olds"."""
    at = amount.stop
    at += at + 1 < len(lexemes) and lexemes[at].text in _HYPHENS and not lexemes[at + 1].glued
    for _ in range(_LONGEST_LIST):
        listed = text_at(lexemes, at) == "," and at + 2 < len(lexemes) and lexemes[at + 1].kind == "digits"
        if not listed or text_at(lexemes, at + 2) not in {",", "or", "and"}:
            break
        at += 2
    at += text_at(lexemes, at) == "," and text_at(lexemes, at + 1) in {"or", "and"}
    if at + 1 >= len(lexemes) or lexemes[at].lower not in {"or", "and"}:
        return None
    following = read_amount(lexemes, at + 1)
    if following is None or following.unit is None or following.signed:
        return None
    return following if following.number.form not in {"ordinal", "times"} else None


def _read_proportion(lexemes: list[Lexeme], amount: Amount) -> Measure | None:
    """ "one in three", "two-in-three", "three out of four", "one of every five" as a fraction of one."""
    if amount.unit:
        return None
    at = amount.stop
    index = at + (at < len(lexemes) and lexemes[at].text in _HYPHENS)
    texts = [text_at(lexemes, index + n) for n in range(2)]
    if texts[0] == "in":
        index += 1
    elif texts in (["out", "of"], ["of", "every"]):
        index += 2
    else:
        return None
    index += index < len(lexemes) and (lexemes[index].text in _HYPHENS or lexemes[index].lower == "every")
    below = read_number(lexemes, index) if index < len(lexemes) else None
    if below is None or below.form not in {"words", "digits"} or below.low <= amount.number.low or below.low > 1000:
        return None
    if lexemes[below.first].lower in {"a", "an"} or below.magnitude or unit_after(lexemes, below, False):
        return None
    value = amount.number.low / below.low
    return Measure(
        amount.first,
        below.stop,
        value,
        value,
        read_bound(lexemes, amount.first, below.stop),
        "",
        "percent",
        "fraction",
        _joined_noun(lexemes, below.stop),
    )
