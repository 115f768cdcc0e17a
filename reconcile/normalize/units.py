"""Units of measure and money: their names in text, and how one converts into another."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from reconcile.lexicon import load_lexicon
from reconcile.normalize.lexemes import Lexeme, split_lexemes

_LONGEST = 5
_RATE = " per "
_MOMENTS = frozenset({"ago", "earlier", "later", "before", "after", "from", "old", "and"})
_ARTICLES = frozenset({"a", "an"})
_HYPHENS = frozenset("-‐‑")


class Unit(NamedTuple):
    """A unit's gold name, what it measures, and its size: ``base = amount * factor + offset``."""

    name: str
    dimension: str
    factor: float = 1.0
    offset: float = 0.0
    money: bool = False


class UnitTable(NamedTuple):
    """Every way a unit is written, as the key its lexemes make."""

    units: dict[str, Unit]
    words: dict[str, Unit]
    symbols: dict[str, Unit]
    attached: dict[str, Unit]
    spaced: dict[str, Unit]
    money_before: dict[str, Unit]
    rate_article: dict[str, str]
    rate_per: dict[str, str]
    rate_symbols: dict[str, str]
    rate_adverbs: dict[str, str]


class UnitMatch(NamedTuple):
    """A unit found at lexemes ``[first, stop)``."""

    unit: Unit
    first: int
    stop: int


@cache
def unit_table() -> UnitTable:
    """The lexicon of units with SI prefixes and plurals written out."""
    lexicon = load_lexicon("units")
    table = UnitTable({}, {}, {}, {}, {}, {}, {}, {}, {}, {})
    for name, entry in lexicon["units"].items():
        _add_unit(table, name, entry, lexicon["prefixes"])
    for name, entry in lexicon["currencies"].items():
        _add_currency(table, name, entry)
    rates = lexicon["rates"]
    for target, names in ((table.rate_article, rates["article"]), (table.rate_per, [*rates["article"], *rates["per"]])):
        for name in names:
            for form in {name, _plural(name)}:
                target[_key(form)] = table.words[_key(name)].name if _key(name) in table.words else name
    table.rate_symbols.update({_key(sign): name for sign, name in rates["symbols"].items()})
    table.rate_adverbs.update(rates["adverbs"])
    return table


def _add_unit(table: UnitTable, name: str, entry: dict[str, Any], prefixes: dict[str, Any]) -> None:
    unit = Unit(name, entry["dimension"], float(entry["factor"]), float(entry.get("offset", 0.0)))
    _write(table, unit, entry)
    symbol = entry.get("symbol") or next(iter([*entry.get("attached", []), *entry.get("symbols", [])]), "")
    for prefix in entry.get("prefixed", []):
        sign, factor = prefixes[prefix]
        scaled = Unit(prefix + name, unit.dimension, unit.factor * float(factor))
        words = [prefix + word for word in entry.get("words", [])]
        signs = [sign + symbol, *(["μ" + symbol, "u" + symbol] if prefix == "micro" else [])]
        if prefix == "kilo":
            signs += ["K" + symbol] if symbol in {"B", "W", "Wh", "m"} else []
        if len(symbol) > 1 or sign + symbol not in {"ms", "ns", "cm"}:
            signs.append(sign + symbol)
        _write(table, scaled, {"words": words, "symbols": signs})


def _add_currency(table: UnitTable, name: str, entry: dict[str, Any]) -> None:
    unit = Unit(name, "money in " + entry.get("of", name), float(entry.get("factor", 1)), 0.0, True)
    signs = [*entry.get("symbols", []), *([entry["iso"]] if "iso" in entry else [])]
    _write(table, unit, entry | {"symbols": signs})
    table.money_before.update({_key(sign): unit for sign in signs})


def _write(table: UnitTable, unit: Unit, entry: dict[str, Any]) -> None:
    table.units.setdefault(unit.name, unit)
    for word in entry.get("words", []):
        table.words.setdefault(_key(word.lower()), unit)
        table.words.setdefault(_key(_plural(word.lower())), unit)
    if "plural" in entry:
        table.words[_key(entry["plural"])] = unit
    for kind, target in (("symbols", table.symbols), ("attached", table.attached), ("spaced", table.spaced)):
        for sign in entry.get(kind, []):
            target.setdefault(_key(sign), unit)


def _plural(word: str) -> str:
    """The regular plural; in "barrel per day" the first noun takes it."""
    return word if word.endswith(("s", "z")) else word + ("es" if word.endswith(("ch", "sh", "x")) else "s")


def _key(text: str) -> str:
    """The text as its lexemes joined by single spaces, so that "sq. ft" and "sq.ft" are one key."""
    return " ".join(lexeme.text for lexeme in split_lexemes(text))


# --- reading ----------------------------------------------------------------------------------


def read_unit(lexemes: list[Lexeme], at: int, *, glued: bool) -> UnitMatch | None:
    """The longest unit at the lexeme ``at``; ``glued`` where it touches the number, so that bare letters count."""
    table = unit_table()
    for stop in range(min(at + _LONGEST, len(lexemes)), at, -1):
        exact = " ".join(lexeme.text for lexeme in lexemes[at:stop])
        unit = table.symbols.get(exact) or table.words.get(exact.lower())
        if unit is None and stop == at + 1:
            rated = glued or (read_rate(lexemes, stop) is not None and lexemes[stop].text == "/")
            unit = table.attached.get(exact) if rated else table.spaced.get(exact)
        if unit is not None and not (stop < len(lexemes) and lexemes[stop].glued and _breaks(lexemes, stop)):
            return UnitMatch(unit, at, stop)
    return None


def _breaks(lexemes: list[Lexeme], at: int) -> bool:
    """Whether the glued lexeme carries the word on ("m2", "in-house" does not: a hyphen ends a unit)."""
    return lexemes[at].kind in {"word", "digits"} and lexemes[at - 1].kind == "word"


def read_money_sign(lexemes: list[Lexeme], before: int) -> UnitMatch | None:
    """The currency sign or code that ends at the lexeme ``before`` ("US$", "AU $", "EUR")."""
    table = unit_table()
    for first in range(max(0, before - 3), before):
        exact = " ".join(lexeme.text for lexeme in lexemes[first:before])
        unit = table.money_before.get(exact)
        if unit is not None and not (lexemes[first].glued and lexemes[first - 1].kind == "word"):
            return UnitMatch(unit, first, before)
    return None


def read_rate(lexemes: list[Lexeme], at: int) -> tuple[str, int] | None:
    """What the amount before the lexeme ``at`` is spread over ("per acre", "a day", "/h") and where that ends."""
    table = unit_table()
    if at >= len(lexemes):
        return None
    first = lexemes[at].lower
    if first == "/" and at + 1 < len(lexemes):
        exact = lexemes[at + 1].text + (lexemes[at + 2].text if _is_digit_power(lexemes, at + 2) else "")
        name = table.rate_symbols.get(_key(exact)) or table.rate_per.get(exact.lower())
        return (name, at + 2 + _is_digit_power(lexemes, at + 2)) if name else None
    index = at
    if first in _HYPHENS and lexemes[at].glued and at + 2 < len(lexemes) and lexemes[at + 2].lower in _HYPHENS:
        first, index = lexemes[at + 1].lower, at + 2
    if first in {"per", "each", "every"}:
        return _longest(table.rate_per, lexemes, index + 1)
    if first in _ARTICLES:
        found = _longest(table.rate_article, lexemes, index + 1)
        moment = found is not None and found[1] < len(lexemes) and lexemes[found[1]].lower in _MOMENTS
        return None if moment else found
    if first in table.rate_adverbs:
        return table.rate_adverbs[first], at + 1
    return None


def _is_digit_power(lexemes: list[Lexeme], at: int) -> bool:
    return at < len(lexemes) and lexemes[at].glued and lexemes[at].text in {"2", "3", "²"}


def _longest(names: dict[str, str], lexemes: list[Lexeme], at: int) -> tuple[str, int] | None:
    for stop in range(min(at + 2, len(lexemes)), at, -1):
        name = names.get(" ".join(lexeme.lower for lexeme in lexemes[at:stop]))
        if name:
            return name, stop
    return None


def find_unit(name: str) -> Unit | None:
    """The unit of this name, where it is one of the lexicon's."""
    return unit_table().units.get(name)


def convert(amount: float, unit: str, to: str) -> float | None:
    """The amount in another unit of the same dimension; rates convert by their upper part; None where they cannot."""
    if unit == to:
        return amount
    source, lower = _unit_and_rate(unit)
    target, below = _unit_and_rate(to)
    if source is None or target is None or source.dimension != target.dimension or lower != below:
        return None
    if source.dimension == "generation":
        return None
    return (amount * source.factor + source.offset - target.offset) / target.factor


def _unit_and_rate(name: str) -> tuple[Unit | None, str]:
    """The unit of a name and what it is spread over: "mile per hour" is a unit, "dollar per day" a rate."""
    unit = find_unit(name)
    if unit is not None:
        return unit, ""
    upper, _, lower = name.partition(_RATE)
    return find_unit(upper), lower
