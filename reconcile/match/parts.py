"""What a round-up tells of other events than its own: segments that another story's articles match strongly.

An article is in one story. A segment of it that is far more like another story than like the rest of its own lends its
claims to that other story, and is kept out of its own: what is told of two events is never compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from reconcile.match.blocking import candidate_pairs
from reconcile.match.clusters import Scorer
from reconcile.match.likeness import Weights
from reconcile.match.profiles import Batch, Profile, profile_of, tokens
from reconcile.model import Part, Reading, Segment, Story

_MARGIN = 1.0
"""By how much more a segment must be like another story, in log-odds, than like the rest of its own."""


def find_parts(batch: Batch, stories: Iterable[Story], weights: Weights) -> tuple[Part, ...]:
    """The segments of the batch's articles that belong to another story than their article, sorted.

    Costs what the segments cost: articles all of one piece, nearly all there are, have none.
    """
    segments = [
        (at, segment) for at, profile in enumerate(batch.profiles) for segment in profile.article.sketch.segments
    ]
    if not segments:
        return ()
    position = {profile.article.id: at for at, profile in enumerate(batch.profiles)}
    members = {story.id: [position[id] for id in story.articles if id in position] for story in stories}
    story_of = {at: story for story, positions in members.items() for at in positions}
    size = len(batch.profiles)
    extended = replace(
        batch, profiles=(*batch.profiles, *(_profile(batch.profiles[at], s, batch) for at, s in segments))
    )
    near: dict[int, set[str]] = {}
    for left, right in candidate_pairs(extended, range(size, len(extended.profiles))):
        if left < size <= right and left in story_of:
            near.setdefault(right, set()).add(story_of[left])
    scorer = Scorer(extended, weights)
    found = []
    for number, (at, segment) in enumerate(segments, start=size):
        own = story_of.get(at, "")
        rest = [other for other in members.get(own, ()) if other != at]
        here = scorer.between([number], rest) if rest else None
        odds = {story: scorer.between([number], members[story]) for story in near.get(number, set()) - {own}}
        best = max(odds, key=lambda story: (odds[story], story), default="")
        if best and odds[best] > weights.threshold and (here is None or odds[best] > here + _MARGIN):
            found.append(Part(batch.profiles[at].article.id, segment.span, best))
    return tuple(sorted(found))


def _profile(whole: Profile, segment: Segment, batch: Batch) -> Profile:
    """The segment as an article of its own, of the same outlet and day, without what no article of the batch has."""
    sketch = segment.sketch
    sketch = replace(
        sketch,
        people=tuple(name for name in sketch.people if _is_known(name, batch)),
        places=tuple(name for name in sketch.places if _is_known(name, batch)),
        organisations=tuple(name for name in sketch.organisations if _is_known(name, batch)),
        numbers=tuple(number for number in sketch.numbers if ("number", number) in batch.idf),
        ages=tuple(age for age in sketch.ages if ("age", age) in batch.idf),
        days=tuple(day for day in sketch.days if date.fromisoformat(day).toordinal() in batch.day_rarity),
        words=tuple((word, count) for word, count in sketch.words if ("word", word) in batch.idf),
    )
    return profile_of(replace(whole.article, title="", sketch=sketch), batch.idf)


def _is_known(name: str, batch: Batch) -> bool:
    return all(("word", token) in batch.idf for token in tokens([name]))


def with_parts(stories: Iterable[Story], parts: Sequence[Part]) -> tuple[Story, ...]:
    """The stories, each with the parts that its articles lend and those that it is lent."""
    by_story: dict[str, set[Part]] = {}
    by_article: dict[str, set[Part]] = {}
    for part in parts:
        by_story.setdefault(part.story, set()).add(part)
        by_article.setdefault(part.article, set()).add(part)
    found = []
    for story in stories:
        own = {part for id in story.articles for part in by_article.get(id, ()) if part.story != story.id}
        found.append(replace(story, parts=tuple(sorted(own | by_story.get(story.id, set())))))
    return tuple(found)


def limit_to(reading: Reading, story: Story) -> Reading:
    """The reading with the claims that are told of the story: all but the parts lent, or only the parts taken in."""
    taken = [part.span for part in story.parts if part.article == reading.article and part.story == story.id]
    lent = [part.span for part in story.parts if part.article == reading.article and part.story != story.id]
    if reading.article not in story.articles:
        kept = tuple(claim for claim in reading.claims if any(span.covers(claim.span) for span in taken))
    elif lent:
        kept = tuple(claim for claim in reading.claims if not any(span.overlaps(claim.span) for span in lent))
    else:
        return reading
    return replace(reading, claims=kept)


def continued_parts(batch: Batch, previous: Iterable[Story], merged: Mapping[str, str]) -> tuple[Part, ...]:
    """The parts that stories had before, of articles that are not in the batch, under the ids that stories now have."""
    known = {profile.article.id for profile in batch.profiles}
    return tuple(
        sorted(
            {
                replace(part, story=merged.get(part.story, part.story))
                for story in previous
                for part in story.parts
                if part.article not in known
            }
        )
    )
