"""Narrowing a report: queries that say what they mean, and faults that are told."""

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.errors import ReconcileError
from reconcile.model import Story
from reconcile.report.select import find_story, parse_query

SOURCES = {"post": "Halden Post", "courier": "Coast Courier", "evening": "Evening Sheet"}


def found(parts: dict[str, Any], query: str) -> set[str]:
    """The ids of the findings that a query lets through."""
    wanted = parse_query(query)
    return {finding.id for finding in parts["findings"] if wanted.matches(finding, SOURCES)}


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", {"f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8"}),
        ("verdict:contradiction", {"f1"}),
        ("verdict:contradiction,update", {"f1", "f2"}),
        ("verdict:contradiction verdict:update", {"f1", "f2"}),
        ("kind:count severity:high", {"f1"}),
        ('source:"evening sheet"', {"f2"}),
        ("FERRY 221", {"f1"}),
        ("confidence:0.9", set()),
        ("rule:age-across-sources", {"f8"}),
    ],
)
def test_query_lets_through(parts: dict[str, Any], query: str, ids: set[str]) -> None:
    """Fields narrow, values of one field widen, words must all be there."""
    assert found(parts, query) == ids


@pytest.mark.parametrize(
    ("query", "told"),
    [("outlet:x", "no field 'outlet'"), ("verdict:wrong", "no verdict 'wrong'"), ("confidence:much", "no number")],
)
def test_faulty_query_is_told(query: str, told: str) -> None:
    """A field or value that there is none of is named, with what there is."""
    with pytest.raises(ReconcileError, match=told):
        parse_query(query)


@given(st.text())
def test_any_query_is_read_or_refused(query: str) -> None:
    """Whatever is typed gives a query or one clear error."""
    with contextlib.suppress(ReconcileError):
        assert parse_query(query).confidence is not None


def test_story_by_its_beginning_or_its_words() -> None:
    """A story is found by the beginning of its id or by words of its title; several or none are told."""
    stories = (Story("story-12", (), "Ferry runs aground"), Story("story-34", (), "Ferry is towed"))
    assert find_story(stories, "story-1").id == "story-12"
    assert find_story(stories, "TOWED").id == "story-34"
    with pytest.raises(ReconcileError, match="may mean"):
        find_story(stories, "ferry")
    with pytest.raises(ReconcileError, match="no story"):
        find_story(stories, "train")
