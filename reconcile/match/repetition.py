"""Paragraphs that a publisher repeats on its pages about different stories: no part of any article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from reconcile.model import Article, Excluded, Reading, Span, Story

_PARAGRAPH = re.compile(r"[^\n]+")
_LEAST_CHARACTERS = 30
_LEAST_STORIES = 3


def find_repeated(articles: Mapping[str, Article], stories: Sequence[Story]) -> Mapping[str, tuple[Excluded, ...]]:
    """``article id -> its paragraphs`` that stand in three or more stories of one publisher.

    What a publisher repeats within one story (a recap, a correction) is told of that story and stays.
    """
    stood: dict[tuple[str, str], set[str]] = defaultdict(set)
    places: dict[tuple[str, str], list[tuple[str, Span]]] = defaultdict(list)
    for story in stories:
        for id_ in story.articles:
            article = articles[id_]
            for match in _PARAGRAPH.finditer(article.text):
                words = " ".join(match.group().split()).casefold()
                if len(words) >= _LEAST_CHARACTERS:
                    stood[article.source, words].add(story.id)
                    places[article.source, words].append((id_, Span(*match.span())))
    found: dict[str, list[Excluded]] = defaultdict(list)
    for key, in_stories in stood.items():
        if len(in_stories) >= _LEAST_STORIES:
            for id_, span in places[key]:
                found[id_].append(Excluded(span, "repeated on this publisher's pages"))
    return {id_: tuple(sorted(parts, key=lambda part: part.span)) for id_, parts in found.items()}


def leave_out(reading: Reading, repeated: Sequence[Excluded]) -> Reading:
    """The reading without the claims made in what is repeated, which it lists as excluded."""
    claims = tuple(c for c in reading.claims if not any(part.span.overlaps(c.span) for part in repeated))
    excluded = sorted((*reading.excluded, *repeated), key=lambda part: part.span)
    return replace(reading, claims=claims, excluded=tuple(excluded))
