"""Number words and digits to values: "half a million", "1.2bn", "two-thirds", "a dozen", "hundreds of thousands"."""

from __future__ import annotations

import math
from functools import cache
from typing import Any, Literal, NamedTuple

from reconcile.lexicon import load_lexicon
from reconcile.normalize.lexemes import Lexeme, all_glued, glued_at, runs_on, split_lexemes, text_at

Form = Literal["digits", "words", "fraction", "vague", "ordinal", "times"]
_HYPHENS = frozenset("-‐‑–−")
_MINUS = frozenset("-−")
_COMMON_DENOMINATORS = frozenset({2, 3, 4, 5, 8, 10, 16, 32})
_LONGEST_DIGITS = 40
_MOST_SCALES = 2
_HUNDREDS_END = 10_000.0
_ORDINAL_SUFFIXES = frozenset({"st", "nd", "rd", "th"})


class Number(NamedTuple):
    """A number at lexemes ``[first, stop)``: ``low == high`` unless it is vague; ``magnitude`` is its scale in letters.

    ``form`` tells how it was written; ``scale`` is its last multiplier (1 where there is none).
    """

    first: int
    stop: int
    low: float
    high: float
    form: Form
    scale: float = 1.0
    magnitude: str = ""


@cache
def number_words() -> dict[str, Any]:
    """The lexicon of number words, with one set of all words that can begin a number."""
    words = dict(load_lexicon("numbers"))
    starts = {"half", "a", "an"}
    for part in ("cardinals", "scales", "vague", "vague_multipliers", "ordinals", "denominators", "times", "signs"):
        starts.update(words[part])
    sets = {name: frozenset(words[name]) for name in ("measured_after", "never_counted", "whose")}
    return words | sets | {"starts": frozenset(starts), "doubtful": frozenset(words["doubtful_magnitudes"])}


def parse_number(text: str) -> Number | None:
    """The number at the start of the text, or None: ``parse_number("half a million").low == 500000``."""
    lexemes = split_lexemes(text)
    return read_number(lexemes, 0) if lexemes else None


def read_number(lexemes: list[Lexeme], at: int) -> Number | None:
    """The longest number that begins at the lexeme ``at``; None where none does."""
    lexeme = lexemes[at]
    if lexeme.kind == "digits":
        return _read_digits(lexemes, at)
    words = number_words()
    if lexeme.kind == "sign":
        value = words["signs"].get(lexeme.text)
        return Number(at, at + 1, value, value, "fraction") if value is not None else None
    if lexeme.lower not in words["starts"]:
        return None
    return (
        _read_fraction(lexemes, at)
        or _read_vague(lexemes, at)
        or _read_cardinal(lexemes, at)
        or _read_single(lexemes, at)
    )


# --- digits -----------------------------------------------------------------------------------


def _read_digits(lexemes: list[Lexeme], at: int) -> Number | None:
    if lexemes[at].end - lexemes[at].start > _LONGEST_DIGITS:
        return None
    value = float(lexemes[at].text.replace(",", ""))
    after = at + 1
    if text_at(lexemes, after) in _ORDINAL_SUFFIXES and lexemes[after].glued and value.is_integer():
        return Number(at, after + 1, value, value, "ordinal")
    fraction = _digit_fraction(lexemes, at, value)
    if fraction:
        return fraction
    power = _power_of_ten(lexemes, after)
    if power:
        return Number(at, power[0], value * power[1], value * power[1], "digits", power[1])
    stop, scale = _read_scales(lexemes, after)
    if scale == 1.0 and after < len(lexemes):
        magnitude = number_words()["magnitudes"].get(lexemes[after].text)
        doubtful = lexemes[after].text in number_words()["doubtful"]
        if (
            magnitude
            and (lexemes[after].glued or (not doubtful or lexemes[after].text == "B"))
            and not runs_on(lexemes, after + 1)
        ):
            return Number(at, after, value, value, "digits", float(magnitude), lexemes[after].text)
    return Number(at, stop, value * scale, value * scale, "digits", scale)


def _digit_fraction(lexemes: list[Lexeme], at: int, whole: float) -> Number | None:
    """ "1/2", "2 1/2", "2½"; never a date such as 5/6/2020."""
    sign = number_words()["signs"].get(text_at(lexemes, at + 1))
    if sign is not None:
        return Number(at, at + 2, whole + sign, whole + sign, "digits")
    upper, lower = at, at + 2
    mixed = lower < len(lexemes) and lexemes[at + 1].kind == "digits" and not lexemes[at + 1].glued
    if mixed:
        upper, lower = at + 1, at + 3
    if lower >= len(lexemes) or lexemes[lower - 1].text not in "/⁄" or not all_glued(lexemes, upper + 1, lower + 1):
        return None
    above, below = lexemes[upper].text, lexemes[lower].text
    if not (above.isdecimal() and below.isdecimal() and len(below) <= 4 and len(above) <= 4):
        return None
    common = int(below) in _COMMON_DENOMINATORS or lexemes[lower - 1].text == "⁄"
    if not (common and 0 < int(above) < int(below)):
        return None
    if glued_at(lexemes, lower + 1) and lexemes[lower + 1].text in "/⁄":
        return None
    value = int(above) / int(below) + (whole if mixed else 0)
    return Number(at, lower + 1, value, value, "fraction")


def _power_of_ten(lexemes: list[Lexeme], at: int) -> tuple[int, float] | None:
    """ "×10^6", "x 10-8": the lexeme after it and the factor."""
    if text_at(lexemes, at) not in {"×", "x", "*"} or not text_at(lexemes, at + 1).startswith("10"):
        return None
    stop, sign = at + 2, 1
    if text_at(lexemes, stop) == "^":
        stop += 1
    if text_at(lexemes, stop) in _MINUS | {"–"}:
        stop, sign = stop + 1, -1
    exponent = text_at(lexemes, stop)
    if text_at(lexemes, at + 1) != "10" or not exponent.isdecimal() or len(exponent) > 2 or not lexemes[stop].glued:
        return None
    return stop + 1, float(10 ** (sign * int(exponent)))


# --- words ------------------------------------------------------------------------------------


def _read_cardinal(lexemes: list[Lexeme], at: int) -> Number | None:
    """ "twenty-one", "two hundred and fifty thousand", "a million", "one and a half"."""
    words = number_words()
    total = current = 0.0
    last, index, scale, big = None, at, 1.0, math.inf
    if lexemes[at].lower in {"a", "an"}:
        if text_at(lexemes, at + 1) not in words["scales"]:
            return None
        current, index, last = 1.0, at + 1, "unit"
    while index < len(lexemes):
        word = lexemes[index].lower
        step = index
        if (last and word in _HYPHENS and lexemes[index].glued and glued_at(lexemes, index + 1)) or (
            last == "scale" and word == "and" and text_at(lexemes, index + 1) in words["cardinals"]
        ):
            step = index + 1
        word = text_at(lexemes, step)
        kind = _follows(word, last, current)
        if kind is None:
            break
        if kind == "scale":
            step_scale = float(words["scales"][word])
            if step_scale >= (big if step_scale >= 1000 else _HUNDREDS_END / max(current, 1.0)):
                break
            scale, big = step_scale, min(big, step_scale) if step_scale >= 1000 else big
            current, total = (current * scale, total) if scale < 1000 else (0.0, total + (current or 1) * scale)
        else:
            current += words["cardinals"][word]
        last, index = kind, step + 1
    if last is None or (last == "unit" and index == at + 1 and lexemes[at].lower in {"a", "an"}):
        return None
    value = total + current
    value, index = _and_a_half(lexemes, index, value, scale)
    return Number(at, index, value, value, "words", scale)


def _follows(word: str, last: str | None, current: float) -> str | None:
    """Which part of a number this word is after a ``last`` part, or None where the number ends."""
    words = number_words()
    if word in words["scales"]:
        return "scale" if last is not None else None
    value = words["cardinals"].get(word)
    if value is None:
        return None
    if last is None or last == "scale":
        return "tens" if value >= 20 else "unit"
    return "unit" if last == "tens" and 0 < value < 10 else None


def _and_a_half(lexemes: list[Lexeme], at: int, value: float, scale: float) -> tuple[float, int]:
    texts = [text_at(lexemes, at + n) for n in range(3)]
    if texts[:2] == ["and", "a"] and texts[2] in {"half", "quarter"}:
        return value + (scale if scale > 1 else 1) * (0.5 if texts[2] == "half" else 0.25), at + 3
    return value, at


def _read_scales(lexemes: list[Lexeme], at: int) -> tuple[int, float]:
    """The multipliers after digits ("1.2 million", "3-million"): the lexeme after them and their product."""
    scales, product = number_words()["scales"], 1.0
    for _ in range(_MOST_SCALES):
        if at >= len(lexemes):
            break
        step = at + 1 if lexemes[at].text in _HYPHENS and lexemes[at].glued and glued_at(lexemes, at + 1) else at
        scale = scales.get(text_at(lexemes, step))
        if scale is None:
            break
        product, at = product * scale, step + 1
    return at, product


def _read_fraction(lexemes: list[Lexeme], at: int) -> Number | None:
    """ "two-thirds", "a third", "half", "half a million", "a half-dozen", "a quarter of a million"."""
    words, first = number_words(), lexemes[at].lower
    above = 1.0 if first in {"a", "an"} else words["cardinals"].get(first)
    index = at
    if above is not None:
        index += 1
        if text_at(lexemes, index) in _HYPHENS and lexemes[index].glued:
            index += 1
    below = words["denominators"].get(text_at(lexemes, index))
    if not below or (above is None and first != "half") or (above or 1) >= below:
        return None
    spaced = above is not None and index == at + 1
    if spaced and text_at(lexemes, index) in {"quarters", "halves"} and text_at(lexemes, index + 1) != "of":
        return None
    value = (above or 1.0) / below
    stop, scale = _fraction_of_scale(lexemes, index + 1)
    if scale == 1.0 and first in {"a", "an"} and text_at(lexemes, index) != "half":
        following = lexemes[index + 1] if index + 1 < len(lexemes) else None
        if following is not None and following.lower != "of" and (following.kind != "sign" or below == 4):
            return None
    return Number(at, stop, value * scale, value * scale, "fraction" if scale == 1.0 else "words", scale)


def _fraction_of_scale(lexemes: list[Lexeme], at: int) -> tuple[int, float]:
    index = at
    if text_at(lexemes, index) in _HYPHENS and glued_at(lexemes, index):
        index += 1
    elif text_at(lexemes, index) == "of" and text_at(lexemes, index + 1) == "a":
        index += 2
    elif text_at(lexemes, index) == "a":
        index += 1
    scale = number_words()["scales"].get(text_at(lexemes, index))
    return (index + 1, float(scale)) if scale else (at, 1.0)


def _read_vague(lexemes: list[Lexeme], at: int) -> Number | None:
    """ "dozens", "hundreds of thousands", "several hundred", "a few thousand", "a couple of dozen"."""
    words, index = number_words(), at
    if lexemes[at].lower in {"a", "an"}:
        index += 1
    if text_at(lexemes, index) == "pair":
        return _read_pair_word(lexemes, at, index + 2)
    bounds = words["vague_multipliers"].get(text_at(lexemes, index))
    if bounds:
        index += 2 if text_at(lexemes, index + 1) == "of" else 1
        stop, scale = _read_scales(lexemes, index)
        if scale == 1.0 or stop == index:
            return _read_pair_word(lexemes, at, index)
        form: Form = "vague" if bounds[0] < bounds[1] else "words"
        return Number(at, stop, bounds[0] * scale, bounds[1] * scale, form, scale)
    bounds = words["vague"].get(lexemes[at].lower)
    if not bounds:
        return None
    index = at + 1
    factor = 1.0
    if text_at(lexemes, index) == "of" and text_at(lexemes, index + 1).endswith("s"):
        factor = float(words["scales"].get(text_at(lexemes, index + 1)[:-1], 1.0))
        index += 2 if factor > 1 else 0
    if lexemes[at].lower == "tens" and factor == 1.0:
        return None
    return Number(at, index, bounds[0] * factor, bounds[1] * factor, "vague", factor)


def _read_pair_word(lexemes: list[Lexeme], at: int, stop: int) -> Number | None:
    """ "a couple of suspects" as two; "several" and "a few" alone say no number."""
    word = text_at(lexemes, stop - 2)
    if text_at(lexemes, at) != "a" or text_at(lexemes, stop - 1) != "of" or word not in number_words()["pairs"]:
        return None
    value = float(number_words()["pairs"][word])
    return Number(at, stop - 1, value, value, "times")


def _read_single(lexemes: list[Lexeme], at: int) -> Number | None:
    """An ordinal ("third", "twenty-first") or "twice"."""
    words, first = number_words(), lexemes[at].lower
    if first in words["times"]:
        value = float(words["times"][first])
        return Number(at, at + 1, value, value, "times")
    if first in words["ordinals"]:
        value = float(words["ordinals"][first])
        return Number(at, at + 1, value, value, "ordinal")
    return None


def extend_to_ordinal(lexemes: list[Lexeme], number: Number) -> Number:
    """The same number as an ordinal where its last words make one: "twenty-first", "one hundredth"."""
    index = number.stop
    if text_at(lexemes, index) in _HYPHENS and glued_at(lexemes, index) and glued_at(lexemes, index + 1):
        index += 1
    value = number_words()["ordinals"].get(text_at(lexemes, index))
    if number.form != "words" or value is None or number.low % 10 or not value < 10 or number.low < 20:
        return number
    return number._replace(stop=index + 1, low=number.low + value, high=number.low + value, form="ordinal")
