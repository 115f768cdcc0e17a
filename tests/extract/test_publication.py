"""An article's own date, from its words."""

import pytest

from reconcile.extract.document import parse
from reconcile.extract.publication import infer_published
from reconcile.model import Published


def test_a_line_that_tells_the_date_is_believed() -> None:
    """ "Published Sunday, March 8, 2015" is the article's date."""
    published = infer_published(parse("Published Sunday, March 8, 2015\n\nA barn burned down near the river."), None)
    assert published is not None
    assert (published.iso, published.precision, published.origin) == ("2015-03-08", "day", "inferred")


def test_a_weekday_told_of_a_day_to_come_fixes_the_year() -> None:
    """ "Monday" and "June 2" of one meeting, under two office-holders, can only be 2025."""
    text = (
        "Envoys of Ankara will hold talks in Geneva on Monday, an aide to President Zelenskyy said.\n\n"
        "A spokesman for President Trump confirmed on Friday that Geneva would host the talks scheduled for June 2."
    )
    published = infer_published(parse(text), None)
    assert published is not None
    assert published.iso == "2025-05-30"
    assert published.origin == "inferred"
    assert published.confidence < 0.8
    assert "Monday" in published.reason


def test_a_weekday_beside_its_date_fixes_the_year() -> None:
    """August 3 is a Wednesday in 2016, and 2014 is named."""
    text = "The mayor, elected in 2014, was shot on Wednesday, Aug. 3, outside the town hall."
    published = infer_published(parse(text), None)
    assert published is not None
    assert published.iso == "2016-08-03"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A barn burned down on Monday.",
        "The mill, built in 1903, closed last year.",
        "Talks will be held on Monday. A concert will be held on June 2.",
    ],
)
def test_what_proves_no_date_gives_none(text: str) -> None:
    """Weekdays alone, old years and unrelated days are no proof."""
    assert infer_published(parse(text), None) is None


def test_a_stated_date_that_fits_is_kept() -> None:
    """Nothing in the text speaks against the date."""
    stated = Published("2015-03-08")
    assert infer_published(parse("A barn burned down on Sunday, March 8."), stated) == stated


@pytest.mark.parametrize(
    "text",
    [
        "Posted: June 7, 2013\n\nA barn burned down on Friday.",
        "The barn burned down on Friday, June 14, police said.",
        "The barn burned down on June 7, 2018.",
    ],
)
def test_a_stated_date_years_off_is_doubted_but_kept(text: str) -> None:
    """A republished page keeps its stated date, at low confidence and with the reason."""
    published = infer_published(parse(text), Published("2016-08-18"))
    assert published is not None
    assert published.iso == "2016-08-18"
    assert published.confidence < 0.5
    assert published.reason
