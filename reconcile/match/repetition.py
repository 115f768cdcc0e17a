"""Paragraphs that a publisher repeats on its pages about different stories: no part of any article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from reconcile.match.profiles import ArticleSketch
from reconcile.model import Article, Excluded, Reading, Story
from reconcile.normalize.paragraphs import hash_paragraphs

_LEAST_STORIES = 3

Repeated = Mapping[str, frozenset[int]]
"""For each publisher, the hashes of the paragraphs that it repeats."""


def find_repeated(sketches: Mapping[str, ArticleSketch], stories: Iterable[Story]) -> Repeated:
    """For each publisher, the paragraphs that stand in three or more of its stories, among the articles sketched.

    What a publisher repeats within one story (a recap, a correction) is told of that story and stays.
    """
    stood: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for story in stories:
        for article in (sketches[id] for id in story.articles if id in sketches):
            for paragraph in article.sketch.paragraphs:
                stood[article.source, paragraph].add(story.id)
    found: defaultdict[str, set[int]] = defaultdict(set)
    for (source, paragraph), in_stories in stood.items():
        if len(in_stories) >= _LEAST_STORIES:
            found[source].add(paragraph)
    return {source: frozenset(paragraphs) for source, paragraphs in found.items()}


def leave_out(reading: Reading, article: Article, repeated: Set[int]) -> Reading:
    """The reading of ``article`` without the claims made in what is repeated, which it lists as excluded."""
    if repeated.isdisjoint(reading.sketch.paragraphs):
        return reading
    parts = [
        Excluded(span, "repeated on this publisher's pages")
        for span, paragraph in hash_paragraphs(article.text)
        if paragraph in repeated
    ]
    claims = tuple(c for c in reading.claims if not any(part.span.overlaps(c.span) for part in parts))
    excluded = sorted((*reading.excluded, *parts), key=lambda part: part.span)
    return replace(reading, claims=claims, excluded=tuple(excluded))
