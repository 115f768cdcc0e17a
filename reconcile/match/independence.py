"""Which articles may count as independent sources: those that share no owner, no agency's words, no text, no borrowing.

The count errs low. Every sign that one article leans on another puts both into one group, and signs add up over
several articles; an article of which too little is known joins the group it is most like and never counts by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from reconcile.match.copies import Shingles
from reconcile.match.profiles import ArticleSketch
from reconcile.match.publishers import is_outlet, owner_of
from reconcile.model import Dependence, Story

_COPY = 0.3
"""From this share of common word runs on, two bodies are one text: reporters who watch the same event reach 0.1."""
_NEIGHBOURS = 2


__all__ = ["Dependence", "dependences", "independent_groups", "with_sources"]


def with_sources(story: Story, sketches: Mapping[str, ArticleSketch]) -> Story:
    """The story with its groups of independent sources and why they are groups.

    An article without a sketch is in no group, so that it never raises a count.
    """
    members = [sketches[id] for id in (*story.articles, *story.guests()) if id in sketches]
    found = dependences(members)
    return replace(story, independent=_groups(members, found), dependences=found)


def independent_groups(articles: Sequence[ArticleSketch]) -> tuple[tuple[str, ...], ...]:
    """The ids in groups that did not copy each other, each group and the whole sorted; every id is in one group."""
    return _groups(articles, dependences(articles))


def _groups(articles: Sequence[ArticleSketch], found: Sequence[Dependence]) -> tuple[tuple[str, ...], ...]:
    root = {article.id: article.id for article in articles}

    def find(id: str) -> str:
        while root[id] != id:
            root[id] = root[root[id]]
            id = root[id]
        return id

    for dependence in found:
        left, right = sorted((find(dependence.left), find(dependence.right)))
        root[right] = left
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for id in sorted(root):
        groups[find(id)].append(id)
    return tuple(sorted(tuple(group) for group in groups.values()))


def dependences(articles: Sequence[ArticleSketch]) -> tuple[Dependence, ...]:
    """The pairs that count as one source and why, sorted; enough of them to hold each group together, not all."""
    ordered = sorted({article.id: article for article in articles}.values(), key=lambda article: article.id)
    texts = {article.id: Shingles.of(article.sketch) for article in ordered}
    found = {*_same_owner(ordered), *_same_agency(ordered), *_shared_text(ordered, texts), *_citations(ordered)}
    return tuple(sorted({*found, *_unknown(ordered, texts)}))


def _name(article: ArticleSketch) -> str:
    return article.source or article.id


def _dependence(left: ArticleSketch, right: ArticleSketch, reason: str) -> Dependence:
    return Dependence(min(left.id, right.id), max(left.id, right.id), reason)


def _same_owner(articles: Sequence[ArticleSketch]) -> Iterator[Dependence]:
    first: dict[str, ArticleSketch] = {}
    for article in articles:
        for owner in sorted({owner_of(article.source), owner_of(article.family)} - {""}):
            if owner in first:
                yield _dependence(first[owner], article, f"both are from one publisher: {owner}")
            else:
                first[owner] = article


def _same_agency(articles: Sequence[ArticleSketch]) -> Iterator[Dependence]:
    """Articles that credit one agency or outlet, or are it: which of their facts are its cannot be told."""
    first: dict[str, ArticleSketch] = {}
    for article in articles:
        for agency in sorted({*_credited(article), owner_of(article.source)}):
            if agency in first and agency in {*_credited(article), *_credited(first[agency])}:
                yield _dependence(first[agency], article, f"both carry text of {agency}")
            elif agency:
                first.setdefault(agency, article)


def _credited(article: ArticleSketch) -> set[str]:
    """Whom the text credits, and whom its feed or page names as its origin."""
    return {*article.sketch.credits, *map(owner_of, article.credits)} - {""}


def _shared_text(articles: Sequence[ArticleSketch], texts: dict[str, Shingles]) -> Iterator[Dependence]:
    """Copies among the pairs that share a word run."""
    for left, right in _pairs_with_common_runs(articles):
        share = texts[left.id].containment(texts[right.id])
        if share is not None and share >= _COPY:
            yield _dependence(left, right, f"{share:.0%} of the shorter text is in the other")


def _pairs_with_common_runs(articles: Sequence[ArticleSketch]) -> list[tuple[ArticleSketch, ArticleSketch]]:
    """Pairs that share a sampled word run; of many that share one, each with the next few, which links them all."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for position, article in enumerate(articles):
        for shingle in article.sketch.shingles:
            holders[shingle].append(position)
    pairs = {
        (left, right)
        for positions in holders.values()
        for at, left in enumerate(positions)
        for right in positions[at + 1 : at + 1 + _NEIGHBOURS]
    }
    return [(articles[left], articles[right]) for left, right in sorted(pairs)]


def _citations(articles: Sequence[ArticleSketch]) -> Iterator[Dependence]:
    """Articles that quote the outlet of another: each citation is held against each outlet once."""
    outlets = {article.source: article for article in reversed(articles) if owner_of(article.source)}
    for article in articles:
        for cited, source in ((c, s) for c in article.sketch.cites for s in sorted(outlets)):
            if source != article.source and is_outlet(cited, source):
                yield _dependence(article, outlets[source], f"{_name(article)} quotes {cited}")


def _unknown(articles: Sequence[ArticleSketch], texts: dict[str, Shingles]) -> Iterator[Dependence]:
    """Articles without a known outlet or with too little text join the article they are most like."""
    unknown = [a for a in articles if not owner_of(a.source) or not texts[a.id].enough]
    names = {article.id for article in unknown}
    known = [article for article in articles if article.id not in names]
    if not known:
        for left, right in pairwise(unknown):
            yield _dependence(left, right, "too little is known of either to call them independent")
        return
    for article in unknown:
        likeness = {other.id: texts[article.id].containment(texts[other.id]) or 0.0 for other in known}
        closest = max(reversed(known), key=lambda other: likeness[other.id])
        yield _dependence(article, closest, f"too little is known of {_name(article)} to call it independent")
