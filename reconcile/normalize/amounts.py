"""One number with its sign, currency or unit: "$1.2bn", "minus 130 degrees", "half an hour", "10 kV"."""

from __future__ import annotations

from typing import NamedTuple

from reconcile.normalize.lexemes import Lexeme, text_at
from reconcile.normalize.numbers import Number, extend_to_ordinal, number_words, read_number
from reconcile.normalize.units import Unit, read_money_sign, read_rate, read_unit

_HYPHENS = frozenset("-‐‑–")
_MINUS = frozenset("-−–")
_SURE_MILLIONS = 10.0
_GLUED_SCALES = frozenset("kK")
_OTHER_UNITS = frozenset({"mm", "MM", "t", "T", "b"})


class Amount(NamedTuple):
    """A number and its unit at lexemes ``[first, stop)``; ``signed`` where a currency sign opens it.

    ``rate`` is what it is spread over ("day") and ``rate_stop`` where those words end; "" and -1 without a rate.
    """

    first: int
    stop: int
    number: Number
    unit: Unit | None
    signed: bool
    rate: str = ""
    rate_stop: int = -1


def read_amount(lexemes: list[Lexeme], at: int) -> Amount | None:
    """The amount whose number begins at the lexeme ``at``; its sign may stand before."""
    number = read_number(lexemes, at)
    if number is None:
        return None
    number = extend_to_ordinal(lexemes, number)
    minus = at > 1 and lexemes[at].glued and lexemes[at - 1].text in _MINUS and lexemes[at - 1].glued
    money = read_money_sign(lexemes, at - minus) if number.form in {"digits", "vague", "words"} else None
    if money and minus:
        number = number._replace(low=-number.high, high=-number.low)
    number, taken = _resolve_magnitude(lexemes, number, money is not None)
    first = money.first if money else at
    stop, unit = number.stop, money.unit if money else None
    if number.form not in {"ordinal", "times"}:
        found = unit_after(lexemes, number, taken)
        if found and (unit is None or (found[0].money and found[0] == unit) or _code_after(found[0], unit)):
            unit, stop = found
    number, first = _apply_sign(lexemes, number, first)
    rate = read_rate(lexemes, stop) if unit else None
    return Amount(first, stop, number, unit, money is not None, *(rate or ("", -1)))


def _code_after(found: Unit, before: Unit) -> bool:
    """ "$30 Canadian dollars", "$5 AUD": the code after a dollar sign tells whose dollar it is."""
    return found.money and before.name == "dollar" and found.name.endswith("dollar")


def unit_after(lexemes: list[Lexeme], number: Number, taken: bool) -> tuple[Unit, int] | None:
    """The unit behind a number and where it ends; ``taken`` where letters on it were already read as its scale."""
    index = number.stop
    if (index < len(lexemes) and lexemes[index].text in _HYPHENS and lexemes[index].glued) or (
        index < len(lexemes) and lexemes[index].lower == "of" and number.form == "vague"
    ):
        index += 1
    elif index < len(lexemes) and number.form == "fraction" and lexemes[index].lower in {"a", "an", "of"}:
        index += 2 if lexemes[index].lower == "of" and text_at(lexemes, index + 1) in {"a", "an"} else 1
        if text_at(lexemes, index - 1) == "of":
            return None
    if index >= len(lexemes):
        return None
    glued = index == number.stop and lexemes[index].glued and not taken and lexemes[index - 1].kind == "digits"
    if glued and lexemes[index].text == "s" and "." not in lexemes[index - 1].text:
        return None  # "1980s", "in his 20s": seconds are written so only with decimals
    found = read_unit(lexemes, index, glued=glued)
    if found and found.unit.money and found.stop < len(lexemes) and lexemes[found.stop].kind == "digits":
        return None  # the sign belongs to the next amount
    if found and not (found.unit.name == "second" and number.low == 1 and lexemes[found.first].lower == "second"):
        return found.unit, found.stop
    return None


def _resolve_magnitude(lexemes: list[Lexeme], number: Number, money: bool) -> tuple[Number, bool]:
    """Settle letters on a number: "€3m" is millions, "a 3m wall" metres, "2.7m viewers" millions again."""
    if not number.magnitude:
        return number, False
    doubtful = number.magnitude in number_words()["doubtful"]
    if doubtful and not money and not _is_scale(lexemes, number):
        return number._replace(scale=1.0, magnitude=""), False
    value = number.low * number.scale
    return number._replace(stop=number.stop + 1, low=value, high=value), True


def _is_scale(lexemes: list[Lexeme], number: Number) -> bool:
    """Whether a doubtful letter ("m", "k", "B") multiplies its number, by what follows it."""
    at, words = number.stop, number_words()
    following = lexemes[at + 1] if at + 1 < len(lexemes) else None
    if number.magnitude in _OTHER_UNITS or (following and following.lower in words["measured_after"]):
        return False
    if number.magnitude in _GLUED_SCALES:
        return lexemes[at].glued and following is not None and following.kind == "word"
    if number.magnitude in {"m", "M"} and number.low >= _SURE_MILLIONS and not number.low.is_integer():
        return True
    if following is None or following.kind != "word" or following.glued:
        return False
    return following.lower not in words["never_counted"] or (
        following.lower == "of" and text_at(lexemes, at + 2) in words["whose"]
    )


def _apply_sign(lexemes: list[Lexeme], number: Number, first: int) -> tuple[Number, int]:
    """A minus before the number or its currency: "minus 130", "-$50.8 billion"; a dash between words is none."""
    before = first - 1
    if (
        before >= 0
        and lexemes[before].text in _HYPHENS
        and lexemes[first].glued
        and before >= 1
        and lexemes[before].glued
    ):
        before -= 1
        if lexemes[before].lower not in number_words()["minus"]:
            return number, first
    elif before < 0 or not (
        (lexemes[before].text in _MINUS and lexemes[first].glued and (before == 0 or not lexemes[before].glued))
        or lexemes[before].lower in number_words()["minus"]
    ):
        return number, first
    return number._replace(low=-number.high, high=-number.low), before
