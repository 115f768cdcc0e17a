"""Lent dates: an undated article takes the date of its story, marked and explained; others keep their own."""

import hashlib

from reconcile.match.lent_dates import lend_dates
from reconcile.model import Article, Published, Reading, Story


def article(name: str) -> Article:
    """An article of an outlet of that name."""
    return Article(name, name, "", name, hashlib.sha256(name.encode()).hexdigest())


def lend(**dates: Published | None) -> dict[str, Published]:
    """The dates lent in one story of outlets with these dates."""
    articles = {name: article(name) for name in dates}
    readings = [Reading(name, "x", date) for name, date in dates.items()]
    return dict(lend_dates(articles, readings, [Story("story", tuple(dates))]))


def test_undated_article_takes_the_latest_date_of_its_story() -> None:
    """The latest date is lent, with less confidence and a reason that names the lender."""
    lent = lend(Herald=None, Courier=Published("2031-04-08"), Gazette=Published("2031-04-09"))
    assert set(lent) == {"Herald"}
    date = lent["Herald"]
    assert (date.iso, date.origin, date.confidence) == ("2031-04-09", "inferred", 0.7)
    assert "Gazette" in date.reason


def test_story_without_dates_lends_none() -> None:
    """Today's date is never used."""
    assert lend(Herald=None, Courier=None) == {}


def test_doubted_date_is_not_lent() -> None:
    """A date that the text itself doubts is not passed on."""
    assert lend(Herald=None, Courier=Published("2031-04-08", confidence=0.2)) == {}
