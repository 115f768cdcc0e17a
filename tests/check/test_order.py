"""Whether a value replaced another, or both are told side by side."""

from __future__ import annotations

from typing import Any

from reconcile.check.order import Order
from reconcile.check.scene import Scene
from reconcile.model import Kind


def _scene(scenery: Any) -> Scene:
    return Scene(scenery.story(), scenery.articles, {}, scenery.claims)


def test_all_older_articles_give_the_older_value(scenery: Any) -> None:
    """Two articles with 12, then one with 15: the number changed."""
    first = scenery.claim("Herald", Kind.COUNT, "12", "2031-04-08")
    scenery.claim("Tribune", Kind.COUNT, "12", "2031-04-09")
    last = scenery.claim("Courier", Kind.COUNT, "15", "2031-04-10")
    assert Order(scenery.claims, _scene(scenery)).holds(first, last)


def test_old_value_told_again_is_no_change(scenery: Any) -> None:
    """12, then 15, then 12 again: nothing was replaced."""
    first = scenery.claim("Herald", Kind.COUNT, "12", "2031-04-08")
    later = scenery.claim("Courier", Kind.COUNT, "15", "2031-04-10")
    scenery.claim("Tribune", Kind.COUNT, "12", "2031-04-11")
    assert not Order(scenery.claims, _scene(scenery)).holds(first, later)


def test_article_with_both_values_counts_for_neither(scenery: Any) -> None:
    """The later article may tell what the number was before."""
    first = scenery.claim("Herald", Kind.COUNT, "12", "2031-04-08")
    later = scenery.claim("Courier", Kind.COUNT, "15", "2031-04-10")
    scenery.claim("Courier", Kind.COUNT, "12", "2031-04-10")
    assert Order(scenery.claims, _scene(scenery)).holds(first, later)


def test_one_day_has_no_order(scenery: Any) -> None:
    """Two articles of one day, and articles without a date, do not follow each other."""
    first = scenery.claim("Herald", Kind.COUNT, "12", "2031-04-08")
    later = scenery.claim("Courier", Kind.COUNT, "15", "2031-04-08")
    undated = scenery.claim("Tribune", Kind.COUNT, "16")
    order = Order(scenery.claims, _scene(scenery))
    assert not order.holds(first, later)
    assert not order.holds(first, undated)
