"""Repeated paragraphs: what a publisher puts under every article is no part of any."""

import hashlib

from reconcile.match.repetition import find_repeated, leave_out
from reconcile.model import Article, Excluded, Reading, Span, Story

FOOTER = "Call the Herald's tip line at any hour of the day."


def article(name: str, text: str, source: str = "Herald") -> Article:
    """An article of one outlet."""
    return Article(name, source, "", text, hashlib.sha256(text.encode()).hexdigest())


def repeated(articles: list[Article], stories: list[list[str]]) -> dict[str, list[str]]:
    """The words found repeated in each article."""
    by_id = {a.id: a for a in articles}
    found = find_repeated(by_id, [Story(f"s{i}", tuple(ids)) for i, ids in enumerate(stories)])
    return {id_: [part.span.of(by_id[id_].text) for part in parts] for id_, parts in found.items()}


def test_paragraph_in_three_stories_of_one_publisher_is_left_out() -> None:
    """A footer under three unrelated articles is found in each."""
    articles = [article(name, f"{name} won the race on Sunday.\n{FOOTER}") for name in "abc"]
    assert repeated(articles, [["a"], ["b"], ["c"]]) == {name: [FOOTER] for name in "abc"}


def test_recap_within_one_story_stays() -> None:
    """What three articles on one event repeat is told of that event."""
    articles = [article(name, f"{name} won the race on Sunday.\n{FOOTER}") for name in "abc"]
    assert repeated(articles, [["a", "b", "c"]]) == {}


def test_other_publishers_words_are_their_own() -> None:
    """Three publishers with one sentence repeat nothing of their own."""
    articles = [article(name, FOOTER, source=name) for name in "abc"]
    assert repeated(articles, [["a"], ["b"], ["c"]]) == {}


def test_short_lines_stay() -> None:
    """A line of a word or two may stand in any article."""
    articles = [article(name, "He declined to comment.") for name in "abc"]
    assert repeated(articles, [["a"], ["b"], ["c"]]) == {}


def test_reading_lists_what_was_left_out() -> None:
    """The excluded stretches of a reading stay in order."""
    reading = Reading("a", "x", None, excluded=(Excluded(Span(50, 60), "byline"),))
    left = leave_out(reading, [Excluded(Span(0, 20), "repeated")])
    assert [part.reason for part in left.excluded] == ["repeated", "byline"]
