"""Dates for articles that have none: an outlet that tells of the same event lends its own, marked as inferred."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reconcile.model import Article, Published, Reading, Story

_SURE = 0.3
"""A date doubted more than this is not lent."""
_SHARE = 0.7
"""How much of its confidence a date keeps when it is lent."""


def lend_dates(
    articles: Mapping[str, Article], readings: Sequence[Reading], stories: Sequence[Story]
) -> Mapping[str, Published]:
    """``article id -> date`` for each undated article in a story with a dated one: the latest of the story's dates.

    Of articles of one date the surest lends it; articles without a reading are passed over.
    """
    dates = {reading.article: reading.published for reading in readings}
    lent: dict[str, Published] = {}
    for story in stories:
        known = [(date, id_) for id_ in story.articles if (date := dates.get(id_)) and date.confidence > _SURE]
        if not known:
            continue
        date, lender = max(known, key=lambda item: (item[0].moment(), item[0].confidence, item[1]))
        reason = f"it gives no date of its own; {articles[lender].source} tells of the same event on {date.iso}"
        for id_ in story.articles:
            if id_ in dates and dates[id_] is None:
                lent[id_] = Published(date.iso, date.precision, "inferred", reason, round(date.confidence * _SHARE, 2))
    return lent
