"""Where a number counts nothing: dates, clock times, addresses, phone numbers, model names, labels and idioms."""

from __future__ import annotations

from functools import cache
from typing import Any

from reconcile.lexicon import load_lexicon
from reconcile.normalize.lexemes import Lexeme, spell, text_at
from reconcile.normalize.measures import Measure

_HYPHENS = frozenset("-‐‑–")
_FIRST_YEAR, _LAST_YEAR = 1000, 2200
_SURE_YEARS = range(1900, 2101)
_ADDRESS_REACH = 4
_IDIOM_REACH = 3


@cache
def _contexts() -> dict[str, Any]:
    lexicon = load_lexicon("not_quantities")
    sets = {name: frozenset(str(word) for word in words) for name, words in lexicon.items()}
    return sets | {"idioms": frozenset(spell(words) for words in lexicon["idioms"])}


def is_no_quantity(lexemes: list[Lexeme], measure: Measure) -> bool:
    """Whether the words around the measure show that it names, labels or dates something."""
    if measure.category == "ordinal":
        return _is_ordinal_name(lexemes, measure) or _is_date(lexemes, measure) or _is_idiom(lexemes, measure)
    if _is_part_of_code(lexemes, measure) or text_at(lexemes, measure.joined) in _contexts()["hyphen_links"]:
        return True
    if measure.unit or measure.category == "age":
        return False
    if measure.form in {"words", "fraction"}:
        return _is_idiom(lexemes, measure) or _is_labelled(lexemes, measure)
    return (
        _is_clock(lexemes, measure)
        or _is_date(lexemes, measure)
        or _is_year(lexemes, measure)
        or _is_labelled(lexemes, measure)
        or _is_address(lexemes, measure)
        or _is_phone_or_post_code(lexemes, measure)
        or _is_idiom(lexemes, measure)
    )


def _is_part_of_code(lexemes: list[Lexeme], measure: Measure) -> bool:
    """ "S23", "F-150", "v1.2.3", "4x4", "747s"."""
    first, stop = measure.first, measure.stop
    if lexemes[first].glued and first:
        before = lexemes[first - 1]
        if before.kind == "word":
            return True
        if before.text in "/:._#@" and (first == 1 or lexemes[first - 2].kind != "sign" or before.text in "#@_"):
            stem = lexemes[first - 2]
            return before.text != "." or stem.kind == "digits" or (stem.kind == "word" and stem.text.isupper())
        if before.text in _HYPHENS and before.glued and first > 1:
            opener = lexemes[first - 2].lower
            return opener not in _contexts()["hyphen_openers"] and lexemes[first - 2].kind != "sign"
    if stop < len(lexemes) and lexemes[stop].glued:
        after = lexemes[stop]
        if after.kind in {"word", "digits"} and measure.rate_stop < 0 and lexemes[stop - 1].kind == "digits":
            return True
        return after.text in "_@" or (
            not measure.unit and after.text in "./:" and measure.rate_stop < 0 and _digits_at(lexemes, stop + 1, True)
        )
    return False


def _is_clock(lexemes: list[Lexeme], measure: Measure) -> bool:
    after = text_at(lexemes, measure.stop)
    if after in {"am", "pm", "o'clock", "o’clock", "noon", "gmt", "est", "edt"}:
        return True
    return (
        after in {"a", "p"} and text_at(lexemes, measure.stop + 1) == "." and text_at(lexemes, measure.stop + 2) == "m"
    )


def _is_date(lexemes: list[Lexeme], measure: Measure) -> bool:
    months = _contexts()["months"]
    before = measure.first - 1
    if text_at(lexemes, before) == "the":
        before -= 1
    for at in (before, before - 1 if text_at(lexemes, before) == "." else before):
        if text_at(lexemes, at) in months and lexemes[at].text[0].isupper() and measure.high < _LAST_YEAR:
            return True
    if text_at(lexemes, before) in {"and", "or", "to", "-", "–", ","} and _digits_at(lexemes, before - 1, False):
        day = text_at(lexemes, before - 2)
        if day in months and lexemes[before - 2].text[0].isupper() and measure.high <= 31:
            return True
    after = measure.stop + (text_at(lexemes, measure.stop) == "of")
    month = text_at(lexemes, after)
    if month in months and lexemes[after].text[0].isupper() and measure.high <= 31 and month != "may":
        return True
    if month == "may" and lexemes[after].text[0].isupper() and measure.high <= 31:
        return True
    if text_at(lexemes, measure.first - 1) == "," and measure.category != "ordinal":
        return _is_day_before_comma(lexemes, measure)
    return False


def _is_day_before_comma(lexemes: list[Lexeme], measure: Measure) -> bool:
    """The year of "May 16, 2025"."""
    day, contexts = measure.first - 2, _contexts()
    if not (_plain_digits(lexemes, measure, 4) and day >= 1):
        return False
    at = day - 1 if lexemes[day].kind == "digits" or lexemes[day].lower in {"st", "nd", "rd", "th"} else day
    return any(text_at(lexemes, at - back) in contexts["months"] for back in (0, 1, 2))


def _is_year(lexemes: list[Lexeme], measure: Measure) -> bool:
    """A bare four-digit number is a year unless something shows that it counts; so are decades ("1990s")."""
    after = text_at(lexemes, measure.stop)
    if lexemes[measure.stop - 1].kind == "digits" and after == "s" and lexemes[measure.stop].glued:
        return True
    if lexemes[measure.first].glued and text_at(lexemes, measure.first - 1) in {"'", "’", "‘"} and measure.high < 100:
        return True
    if not _plain_digits(lexemes, measure, 4) or not _FIRST_YEAR <= measure.low <= _LAST_YEAR:
        return False
    contexts = _contexts()
    if after in contexts["counted_after_four_digits"]:
        return False
    plural = after.endswith("s") and after == lexemes[measure.stop].text if after else False
    if measure.low in _SURE_YEARS:
        return not (plural and measure.bound != "=")
    before = measure.first - 1
    cue = text_at(lexemes, before - 1 if text_at(lexemes, before) == "." else before)
    if cue == "of" and text_at(lexemes, before - 1) in contexts["amounts_of"]:
        return False
    return not plural and (cue in contexts["year_cues"] or cue == "(")


def _plain_digits(lexemes: list[Lexeme], measure: Measure, length: int) -> bool:
    first = lexemes[measure.first].text
    return first.isdecimal() and len(first) == length


def _is_labelled(lexemes: list[Lexeme], measure: Measure) -> bool:
    contexts, before = _contexts(), measure.first - 1
    if text_at(lexemes, before) == "of" and _digits_at(lexemes, before - 1, False):
        before -= 2  # "Image 3 of 5"
    if before >= 0 and lexemes[before].text == "." and lexemes[before].glued:
        before -= 1
    label = text_at(lexemes, before)
    if not label or (
        lexemes[before].kind == "word" and lexemes[before + 1].glued and lexemes[before + 1].text not in "."
    ):
        return False
    if label in contexts["labels"]:
        return (
            label not in {"no", "code", "u.s", "phase"}
            or before + 1 < measure.first
            or lexemes[before].text[0].isupper()
        )
    return (
        label in contexts["capital_labels"]
        and lexemes[before].text[0].isupper()
        and not _opens_sentence(lexemes, before)
    )


def _opens_sentence(lexemes: list[Lexeme], at: int) -> bool:
    """Whether the capital of this word may come from its place; "Game 6" opening a sentence still is a label."""
    return lexemes[at].lower in {
        "may",
        "set",
        "order",
        "count",
        "top",
        "part",
        "step",
        "form",
        "mark",
        "state",
        "act",
    } and (at == 0 or lexemes[at - 1].text in '.!?:"“”')


def _is_address(lexemes: list[Lexeme], measure: Measure) -> bool:
    """ "3345 Broadway", "600 block of Canal Street", "12 West 40th Street"."""
    streets = _contexts()["streets"]
    if not lexemes[measure.first].text.isdecimal() or measure.high >= 100_000:
        return False
    at = measure.stop + (text_at(lexemes, measure.stop) in _HYPHENS)
    if text_at(lexemes, at) in {"block", "blk"}:
        return True
    for index in range(at, min(at + 2 * _ADDRESS_REACH, len(lexemes))):
        lexeme = lexemes[index]
        if lexeme.kind == "word" and lexeme.lower in streets and lexeme.text[0].isupper():
            return index > at or lexeme.lower == "broadway"
        named = lexeme.text[0].isupper() or lexeme.kind == "digits" or lexeme.text == "."
        if not named and lexeme.lower not in {"st", "nd", "rd", "th"}:
            return False
    return False


def _is_phone_or_post_code(lexemes: list[Lexeme], measure: Measure) -> bool:
    first, stop = measure.first, measure.stop
    text = lexemes[first].text
    if text == "911" and not text_at(lexemes, stop).endswith("s"):
        return True
    if text_at(lexemes, stop) == "zip":
        return True
    if text_at(lexemes, stop) in _HYPHENS and lexemes[stop].glued and _digits_at(lexemes, stop + 1, True):
        return True
    if (
        first > 1
        and lexemes[first].glued
        and lexemes[first - 1].text in _HYPHENS
        and lexemes[first - 2].kind == "digits"
    ):
        return True
    if measure.form == "pair" and [len(x.text) for x in lexemes[first:stop] if x.kind == "digits"] == [3, 4]:
        return True
    if text_at(lexemes, first - 1) == "(" and text_at(lexemes, stop) == ")" and _digits_at(lexemes, stop + 1, False):
        return True
    return len(text) == 5 and text.isdecimal() and _is_state_before(lexemes, first)


def _is_state_before(lexemes: list[Lexeme], at: int) -> bool:
    return at > 0 and len(lexemes[at - 1].text) == 2 and lexemes[at - 1].text.isupper()


def _is_ordinal_name(lexemes: list[Lexeme], measure: Measure) -> bool:
    """ "First Lady", "137th Street", "second-degree", "the 21st century"."""
    contexts, at = _contexts(), measure.stop
    tied = text_at(lexemes, at) in _HYPHENS and lexemes[at].glued
    if tied:
        return text_at(lexemes, at + 1) in contexts["hyphen_idioms"] or not lexemes[at + 1 : at + 2]
    if lexemes[measure.first].glued and measure.first and lexemes[measure.first - 1].text in _HYPHENS:
        return True
    following = text_at(lexemes, at)
    if following in contexts["ordinal_names"]:
        return True
    if at < len(lexemes) and lexemes[at].kind == "word" and lexemes[at].text[0].isupper():
        opens = measure.first == 0 or lexemes[measure.first - 1].text in '.!?"“'
        digits = lexemes[measure.first].kind == "digits"
        return following in contexts["streets"] or (
            not digits and not opens and lexemes[measure.first].text[0].isupper()
        )
    return False


def _is_idiom(lexemes: list[Lexeme], measure: Measure) -> bool:
    """ "one another", "at one point", "two-way"."""
    contexts = _contexts()
    for start in range(max(0, measure.first - _IDIOM_REACH), measure.first + 1):
        words = [lexeme.lower for lexeme in lexemes[start : measure.stop + _IDIOM_REACH]]
        for length in range(measure.stop - start, len(words) + 1):
            if (start < measure.first or length >= measure.stop - start) and " ".join(words[:length]) in contexts[
                "idioms"
            ]:
                return True
    tied = measure.stop
    return (
        text_at(lexemes, tied) in _HYPHENS
        and lexemes[tied].glued
        and lexemes[measure.first].kind != "digits"
        and text_at(lexemes, tied + 1) in contexts["hyphen_idioms"]
    )


def _digits_at(lexemes: list[Lexeme], at: int, glued: bool) -> bool:
    return at < len(lexemes) and lexemes[at].kind == "digits" and (lexemes[at].glued or not glued)
