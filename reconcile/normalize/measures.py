"""Numbers in running text with all that belongs to them: sign, currency, unit, rate, range, age and bound."""

from __future__ import annotations

from typing import Literal, NamedTuple

from reconcile.model import NumberValue
from reconcile.normalize.ages import read_age, read_age_decade
from reconcile.normalize.bounds import Bound, read_bound
from reconcile.normalize.lexemes import Lexeme, split_lexemes
from reconcile.normalize.numbers import Form, Number, extend_to_ordinal, number_words, read_number
from reconcile.normalize.units import Unit, read_money_sign, read_rate, read_unit

Category = Literal["count", "amount", "percent", "age", "ordinal", "vote", "measure"]
_DASHES = frozenset("-‐‑–—−")
_HYPHENS = frozenset("-‐‑–")
_MINUS = frozenset("-−–")
_NOT_COUNTED = frozenset(
    ["a", "an", "the", "and", "or", "but", "of", "in", "on", "at", "to", "from", "by", "for", "with", "as", "is", "are", "was", "were", "be", "than", "that", "this", "who", "which", "when", "while", "if", "he", "she", "it", "they", "we", "i", "you", "his", "her", "its", "their", "our", "per", "after", "before", "since", "until", "during", "into", "over"]
)
_LENGTHWISE = frozenset(
    ["high", "tall", "long", "wide", "deep", "thick", "away", "from", "above", "below", "dash", "sprint", "race", "hurdles", "freestyle", "breaststroke", "butterfly", "backstroke", "relay", "run", "final", "medley", "tower", "wall", "pool", "and", "or", "x", "by", "in"]
)


class Measure(NamedTuple):
    """A number with its unit at lexemes ``[first, stop)``.

    ``unit`` is "" for a count; ``form`` "pair" is two numbers such as a vote, whose ``low`` is the first one said;
    ``joined`` is the lexeme index of a noun tied on by a hyphen ("12-nation"), else -1; ``ranged`` tells a range from
    a point, ``changed`` one that was said as "from A to B".
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


class _Amount(NamedTuple):
    first: int
    stop: int
    number: Number
    unit: Unit | None
    signed: bool


def parse_measure(text: str) -> NumberValue | None:
    """The first number of the text as a value: ``parse_measure("more than €300m")`` is > 3e8 euro; None where none is."""
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
    amount = _read_amount(lexemes, at)
    if amount is None:
        return None
    if amount.number.form in {"ordinal", "times"} and amount.unit is None:
        return _plain(lexemes, amount.number)
    return _read_proportion(lexemes, amount) or _read_span(lexemes, amount)


def _plain(lexemes: list[Lexeme], number: Number) -> Measure:
    category: Category = "ordinal" if number.form == "ordinal" else "count"
    bound = "=" if number.form == "ordinal" else read_bound(lexemes, number.first, number.stop)
    return Measure(number.first, number.stop, number.low, number.high, bound, "", category, number.form)


def _read_span(lexemes: list[Lexeme], amount: _Amount) -> Measure:
    """The amount alone, or the range or pair that it opens."""
    other = _other_end(lexemes, amount)
    if other is None:
        amount = _borrow_unit(lexemes, amount)
        return _finish(lexemes, amount, amount, "")
    return other


def _finish(lexemes: list[Lexeme], left: _Amount, right: _Amount, kind: str) -> Measure:
    low, high = left.number.low, right.number.high
    unit, stop = left.unit or right.unit, right.stop
    age = read_age(lexemes, left.first, stop, unit.name if unit else "")
    form: Form | Literal["pair"] = "pair" if kind == "pair" else right.number.form
    if age:
        bound = read_bound(lexemes, age.first, age.stop)
        return Measure(left.first, age.stop, low, high, bound, age.unit, "age", form)
    bound = read_bound(lexemes, left.first, stop)
    name, rate_stop = unit.name if unit else "", -1
    if unit:
        rate = read_rate(lexemes, stop)
        if rate:
            name, rate_stop = f"{name} per {rate[0]}", rate[1]
    joined = _joined_noun(lexemes, stop) if unit is None else -1
    return Measure(left.first, stop, low, high, bound, name, _category(unit, form), form, joined, rate_stop)


def _category(unit: Unit | None, form: str) -> Category:
    if unit is None:
        return "percent" if form == "fraction" else "count"
    if unit.money:
        return "amount"
    return "percent" if unit.dimension in {"share", "points"} and "parts" not in unit.name else "measure"


def _joined_noun(lexemes: list[Lexeme], stop: int) -> int:
    hyphen = stop + 1 < len(lexemes) and lexemes[stop].text in _HYPHENS and lexemes[stop].glued
    return stop + 1 if hyphen and lexemes[stop + 1].glued and lexemes[stop + 1].kind == "word" else -1


# --- one amount -------------------------------------------------------------------------------


def _read_amount(lexemes: list[Lexeme], at: int) -> _Amount | None:
    number = read_number(lexemes, at)
    if number is None:
        return None
    number = extend_to_ordinal(lexemes, number)
    money = read_money_sign(lexemes, at) if number.form in {"digits", "vague", "words"} else None
    number, taken = _resolve_magnitude(lexemes, number, money is not None)
    first = money.first if money else at
    stop, unit = number.stop, money.unit if money else None
    if number.form not in {"ordinal", "times"}:
        found = _unit_after(lexemes, number, taken)
        if found and (unit is None or (found[0].money and found[0] == unit) or _code_after(found[0], unit)):
            unit, stop = found
    number, first = _apply_sign(lexemes, number, first)
    return _Amount(first, stop, number, unit, money is not None)


def _code_after(found: Unit, before: Unit) -> bool:
    """ "$30 Canadian dollars", "$5 AUD": the code after a dollar sign tells whose dollar it is."""
    return found.money and before.name == "dollar" and found.name.endswith("dollar")


def _unit_after(lexemes: list[Lexeme], number: Number, taken: bool) -> tuple[Unit, int] | None:
    index = number.stop
    if (index < len(lexemes) and lexemes[index].text in _HYPHENS and lexemes[index].glued) or (index < len(lexemes) and lexemes[index].lower == "of" and number.form == "vague"):
        index += 1
    elif index < len(lexemes) and number.form == "fraction" and lexemes[index].lower in {"a", "an", "of"}:
        index += 2 if lexemes[index].lower == "of" and _text(lexemes, index + 1) in {"a", "an"} else 1
        if _text(lexemes, index - 1) == "of":
            return None
    if index >= len(lexemes):
        return None
    glued = index == number.stop and lexemes[index].glued and not taken and lexemes[index - 1].kind == "digits"
    found = read_unit(lexemes, index, glued=glued)
    if found and not (found.unit.name == "second" and number.low == 1 and lexemes[found.first].lower == "second"):
        return found.unit, found.stop
    return None


def _resolve_magnitude(lexemes: list[Lexeme], number: Number, money: bool) -> tuple[Number, bool]:
    """Settle letters on a number: "€3m" is millions, "a 3m wall" metres, "2.7m viewers" millions again."""
    if not number.magnitude:
        return number, False
    at, letters = number.stop, number.magnitude
    following = lexemes[at + 1] if at + 1 < len(lexemes) else None
    certain = money or letters not in number_words()["doubtful"]
    if not certain:
        counted = following is not None and following.kind == "word" and not following.glued
        certain = counted and following is not None and following.lower not in _NOT_COUNTED
        if letters in {"m", "M"}:
            certain = certain and following is not None and following.lower not in _LENGTHWISE
        elif letters in {"k", "K"}:
            certain = lexemes[at].glued
        elif letters in {"mm", "MM", "t", "T", "b"}:
            certain = False
    if not certain:
        return number._replace(scale=1.0, magnitude=""), False
    value = number.low * number.scale
    return number._replace(stop=at + 1, low=value, high=value), True


def _apply_sign(lexemes: list[Lexeme], number: Number, first: int) -> tuple[Number, int]:
    """A minus before the number or its currency: "minus 130", "-$50.8 billion"; a dash between words is none."""
    before = first - 1
    if before >= 0 and lexemes[before].text in _HYPHENS and lexemes[first].glued and before >= 1 and lexemes[before].glued:
        before -= 1
        if lexemes[before].lower not in number_words()["minus"]:
            return number, first
    elif before < 0 or not (
        (lexemes[before].text in _MINUS and lexemes[first].glued and (before == 0 or not lexemes[before].glued))
        or lexemes[before].lower in number_words()["minus"]
    ):
        return number, first
    return number._replace(low=-number.high, high=-number.low), before


def _article_unit(lexemes: list[Lexeme], at: int) -> Measure | None:
    """ "a year and a half", "an hour and a quarter"."""
    if lexemes[at].lower not in {"a", "an", "one"}:
        return None
    found = read_unit(lexemes, at + 1, glued=False) if at + 1 < len(lexemes) else None
    if found is None or [_text(lexemes, found.stop + n) for n in range(2)] != ["and", "a"]:
        return None
    part = {"half": 0.5, "quarter": 0.25}.get(_text(lexemes, found.stop + 2))
    if part is None:
        return None
    stop = found.stop + 3
    return Measure(at, stop, 1 + part, 1 + part, read_bound(lexemes, at, stop), found.unit.name,
                   _category(found.unit, "words"), "words")


# --- two amounts ------------------------------------------------------------------------------


def _other_end(lexemes: list[Lexeme], left: _Amount) -> Measure | None:
    """The range or pair that ``left`` opens: "30 to 40", "between 5 and 12", "$62-$68", "348-77"."""
    if left.number.form in {"fraction", "vague"} or left.stop >= len(lexemes):
        return None
    link = _range_link(lexemes, left)
    if link is None:
        return None
    kind, at = link
    sign = read_money_sign(lexemes, at + 1) if at + 1 < len(lexemes) else None
    if sign is None and at + 2 < len(lexemes):
        sign = read_money_sign(lexemes, at + 2)
    if sign and sign.first == at:
        at = sign.stop
    if at >= len(lexemes) or not (lexemes[at].kind == "digits" or lexemes[at].lower in number_words()["starts"]):
        return None
    right = _read_amount(lexemes, at)
    if right is None or right.number.form in {"ordinal", "times", "vague"} or lexemes[at].lower in {"a", "an"}:
        return None
    if left.unit and right.unit and left.unit != right.unit and not (left.unit.name == right.unit.name):
        return None
    if left.unit and not right.unit and kind != "range" and not left.signed:
        return None
    left = _share_scale(left, right)
    if kind == "dash":
        kind = _dash_kind(lexemes, left, right)
        if kind is None:
            return None
    return _finish(lexemes, left, right, kind)


def _range_link(lexemes: list[Lexeme], left: _Amount) -> tuple[str, int] | None:
    """What ties two numbers, and the lexeme after it."""
    word, at = lexemes[left.stop].lower, left.stop + 1
    if word in {"to", "through"}:
        return "range", at + (at < len(lexemes) and lexemes[at].text in _HYPHENS)
    if word == "and" and any(_text(lexemes, left.first - n) == "between" for n in (1, 2)):
        return "range", at
    if word in _DASHES and at < len(lexemes):
        if lexemes[left.stop].glued and lexemes[at].glued:
            if _text(lexemes, at) == "to" and _text(lexemes, at + 1) in _DASHES:
                return "range", at + 2
            return "dash", at
        if not lexemes[left.stop].glued and not lexemes[at].glued and left.signed:
            return "dash", at
    return None


def _dash_kind(lexemes: list[Lexeme], left: _Amount, right: _Amount) -> str | None:
    """A dash between numbers: a range where it rises and something is measured or counted, else a pair."""
    if right.stop < len(lexemes) and lexemes[right.stop].text in _DASHES and lexemes[right.stop].glued:
        return None if _digit_after(lexemes, right.stop) else ("range" if left.number.low < right.number.low else None)
    if left.unit or right.unit:
        return "range" if left.number.low < right.number.low else "pair"
    return "pair"


def _digit_after(lexemes: list[Lexeme], at: int) -> bool:
    return at + 1 < len(lexemes) and lexemes[at + 1].kind == "digits" and lexemes[at + 1].glued


def _share_scale(left: _Amount, right: _Amount) -> _Amount:
    """ "1 to 2 thousand", "$10-$15 billion": the scale said once holds for both."""
    a, b = left.number, right.number
    if a.scale == 1.0 and b.scale >= 100 and 0 < a.low < 1000 and a.low * b.scale < b.low * 1.0001:
        return left._replace(number=a._replace(low=a.low * b.scale, high=a.high * b.scale))
    return left


def _borrow_unit(lexemes: list[Lexeme], amount: _Amount) -> _Amount:
    """ "eight or nine euros", "two, three or four miles": a number takes the unit of the next one in its list."""
    if amount.unit or amount.stop + 1 >= len(lexemes) or lexemes[amount.stop].lower not in {"or", "and"}:
        return amount
    following = _read_amount(lexemes, amount.stop + 1)
    if following is None or following.unit is None or following.signed or following.number.form in {"ordinal", "times"}:
        return amount
    return _share_scale(amount, following)._replace(unit=following.unit)


def _read_proportion(lexemes: list[Lexeme], amount: _Amount) -> Measure | None:
    """ "one in three", "two-in-three", "three out of four", "one of every five" as a fraction of one."""
    if amount.unit:
        return None
    at = amount.stop
    index = at + (at < len(lexemes) and lexemes[at].text in _HYPHENS)
    texts = [_text(lexemes, index + n) for n in range(2)]
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
    if lexemes[below.first].lower in {"a", "an"} or below.magnitude or _unit_after(lexemes, below, False):
        return None
    value = amount.number.low / below.low
    return Measure(amount.first, below.stop, value, value, read_bound(lexemes, amount.first, below.stop), "", "percent",
                   "fraction", _joined_noun(lexemes, below.stop))


def _text(lexemes: list[Lexeme], at: int) -> str:
    return lexemes[at].lower if 0 <= at < len(lexemes) else ""


def split_range(lexemes: list[Lexeme], measure: Measure) -> list[Measure]:
    """The two ends of a range as measures of their own, each with the unit that the range has."""
    left = _read_amount(lexemes, measure.first)
    if left is None:
        left = next((a for at in range(measure.first, measure.stop) if (a := _read_amount(lexemes, at))), None)
    if left is None:
        return [measure]
    starts = (at for at in range(left.stop, measure.stop) if lexemes[at].kind == "digits" or _read_amount(lexemes, at))
    right = next((amount for at in starts if (amount := _read_amount(lexemes, at))), None)
    if right is None:
        return [measure]
    near = measure._replace(stop=left.stop, high=measure.low, rate_stop=-1, joined=-1)
    return [near, measure._replace(first=right.first, low=measure.high)]
