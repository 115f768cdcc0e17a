"""Which year is meant where a day or a month leaves it out: by the article's date, the tense and what is near."""

from __future__ import annotations

from datetime import date

from reconcile.normalize.dates_context import TimeContext
from reconcile.normalize.dates_words import fold


def read_year(words: str) -> int:
    """A year in digits; two digits mean the century that puts it between 1930 and 2029."""
    digits = int(words.lstrip("'’"))
    if len(words.lstrip("'’")) > 2:
        return digits
    return digits + (2000 if digits < 30 else 1900)


def year_from_words(words: str, context: TimeContext) -> int | None:
    """ "last year", "that year", "next month" … as a year."""
    text = fold(words)
    base = context.reference.start.year if context.reference and text.startswith(("that", "the")) else context.year()
    if base is None:
        return None
    return base + (-1 if "last" in text or "previous" in text else 1 if "next" in text or "following" in text else 0)


_SOON = 65
"""Days within which the nearer reading wins over the tense: nobody leaves the year out eleven months on."""


def nearest_year(month: int, day: int, context: TimeContext) -> tuple[int | None, float]:
    """The year of a day given without one, by the tense and by what is near, with how sure that is."""
    now = context.day() or context.month()
    if now is None:
        return context.year(), 0.5 if context.year() else 0.0
    days = [date(y, month, min(day, 28)) for y in (now.year - 1, now.year, now.year + 1)]
    behind = max(d for d in days if (d.year, month, day) <= (now.year, now.month, now.day))
    ahead = min(d for d in days if (d.year, month, day) >= (now.year, now.month, now.day))
    to_behind, to_ahead = (now - behind).days, (ahead - now).days
    if context.is_over:
        return behind.year, 0.85
    if context.preposition == "since" or (context.preposition == "from" and context.tense == "past"):
        return behind.year, 0.9
    if context.tense == "future" or is_ahead(context):
        return (behind.year, 0.7) if to_behind < _SOON < to_ahead - 180 else (ahead.year, 0.85)
    if context.tense == "past":
        return (ahead.year, 0.7) if to_ahead < _SOON else (behind.year, 0.9)
    return (ahead.year if to_ahead < min(to_behind, _SOON) else behind.year), 0.75


def is_ahead(context: TimeContext) -> bool:
    """Whether the preposition opens onto what is still to come, whatever the verb's tense."""
    return context.preposition in ("until", "till", "as soon as", "as early as")
