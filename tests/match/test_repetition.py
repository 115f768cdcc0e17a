"""Repeated paragraphs: what a publisher puts under every article is no part of any."""

import hashlib

from reconcile.match.profiles import ArticleSketch
from reconcile.match.repetition import find_repeated, leave_out
from reconcile.model import Article, Excluded, Reading, Sketch, Span, Story
from reconcile.normalize.paragraphs import hash_paragraphs

FOOTER = "Call the Herald's tip line at any hour of the day."


def article(name: str, text: str, source: str = "Herald") -> Article:
    """An article of one outlet."""
    return Article(name, source, "", text, hashlib.sha256(text.encode()).hexdigest())


def repeated(articles: list[Article], stories: list[list[str]]) -> dict[str, list[str]]:
    """The words left out as repeated in each article."""
    readings = {a.id: Reading(a.id, "x", None, sketch=sketched(a.text)) for a in articles}
    sketches = {a.id: ArticleSketch(a.id, a.source, "", None, readings[a.id].sketch) for a in articles}
    found = find_repeated(sketches, [Story(f"s{i}", tuple(ids)) for i, ids in enumerate(stories)])
    left = {a.id: leave_out(readings[a.id], a, found.get(a.source, frozenset())) for a in articles}
    return {a.id: [part.span.of(a.text) for part in left[a.id].excluded] for a in articles if left[a.id].excluded}


def sketched(text: str) -> Sketch:
    """The paragraphs of a text, all that a sketch needs here."""
    return Sketch(paragraphs=tuple(hash for _, hash in hash_paragraphs(text)))


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


def test_case_and_spacing_make_no_other_paragraph() -> None:
    """A footer is known again where a page sets it otherwise."""
    texts = [FOOTER, FOOTER.upper(), FOOTER.replace(" ", "  ")]
    articles = [article(name, text) for name, text in zip("abc", texts, strict=True)]
    assert set(repeated(articles, [["a"], ["b"], ["c"]])) == {"a", "b", "c"}


def test_reading_lists_what_was_left_out() -> None:
    """The excluded stretches of a reading stay in order."""
    text = f"{FOOTER}\nBy a reporter of the Herald."
    reading = Reading("a", "x", None, excluded=(Excluded(Span(50, 60), "byline"),), sketch=sketched(text))
    left = leave_out(reading, article("a", text), frozenset(reading.sketch.paragraphs[:1]))
    assert [part.reason for part in left.excluded] == ["repeated on this publisher's pages", "byline"]
