"""What is known around a story's claims: publishers, dates of publication, and which sources are independent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from reconcile.check.reach import Reach
from reconcile.check.words import SHIPPED, Words, outlet_key
from reconcile.model import Article, Claim, Kind, Published, Story
from reconcile.normalize.render import value_text

_DAY = timedelta(days=1)
_REASONS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Scene:
    """The articles of a story with their dates; every question about where and when a claim was made is asked here."""

    story: Story
    articles: Mapping[str, Article]
    published: Mapping[str, Published | None]
    claims: Sequence[Claim] = ()
    words: Words = SHIPPED
    titles: tuple[str, ...] = ()
    topics: frozenset[str] = frozenset()
    _values: dict[tuple[str, Kind], dict[str, None]] = field(default_factory=dict, repr=False, compare=False)
    """What ``values`` has gathered."""
    _gaps: dict[tuple[str, str], float] = field(default_factory=dict, repr=False, compare=False)
    """What ``gap`` has found."""
    _orders: dict[str, tuple[bool, datetime, str, str]] = field(default_factory=dict, repr=False, compare=False)
    """What ``order`` has found of each article."""

    def asks_here(self, reach: Reach) -> bool:
        """Whether a rule of this reach is asked at all in this story."""
        return reach.story(self.story, self.titles, self.topics)

    def asks_of(self, reach: Reach, claims: Iterable[Claim]) -> bool:
        """Whether a rule of this reach, asked in this story, is asked of claims by these outlets."""
        if not reach.asks_sources:
            return True
        sources = {self.source(claim) for claim in claims}
        return reach.sources(sources, self.story, self.titles, self.topics, self.words)

    def values(self, article: str, kind: Kind) -> tuple[str, ...]:
        """The values in normal form that an article gives for a kind, each once."""
        if not self._values:
            for claim in self.claims:
                self._values.setdefault((claim.article, claim.kind), {})[value_text(claim.value)] = None
        return tuple(self._values.get((article, kind), ()))

    def source(self, claim: Claim) -> str:
        """The publisher of a claim's article."""
        return self.articles[claim.article].source

    def date(self, claim: Claim) -> Published | None:
        """When a claim's article appeared: as read, else as stated with the article."""
        return self.published.get(claim.article) or self.articles[claim.article].published

    def order(self, claim: Claim) -> tuple[bool, datetime, str, str, int, str]:
        """A key that puts the earlier published first, undated ones last, and breaks ties the same way every time."""
        article = self._orders.get(claim.article)
        if article is None:
            date = self.date(claim)
            moment = date.moment() if date else datetime.min
            article = self._orders[claim.article] = (date is None, moment, self.source(claim), claim.article)
        return (*article, claim.span.start, claim.id)

    def gap(self, earlier: Claim, later: Claim) -> float:
        """Days from one publication to the other; 0.0 where they may be at one time, or a date is unknown."""
        articles = (earlier.article, later.article)
        found = self._gaps.get(articles)
        if found is None:
            found = self._gaps[articles] = self._days(earlier, later)
        return found

    def _days(self, earlier: Claim, later: Claim) -> float:
        first, second = self.date(earlier), self.date(later)
        if first is None or second is None or _end(first) > second.moment():
            return 0.0
        return round((second.moment() - first.moment()) / _DAY, 3)

    def independent_sources(self, claims: Iterable[Claim]) -> int:
        """How many sources that did not copy each other made these claims.

        An article that no group names counts for nothing beside one that a group names: unknown independence never
        inflates a count. Two groups of one publisher count once.
        """
        articles = {claim.article for claim in claims}
        if len(articles) < 2:
            return 1
        groups = [group for group in self.story.independent if articles.intersection(group)]
        publishers = {self.publisher(article) for article in articles}
        return max(1, min(len(groups), len(publishers)))

    def shared_sources(self, claims: Iterable[Claim]) -> tuple[str, ...]:
        """Why some of these claims count as one source, a sentence each; none where every article counts for itself."""
        articles = {claim.article for claim in claims}
        if len(articles) < 2:
            return ()
        together = {id for group in self.story.independent if len(articles.intersection(group)) > 1 for id in group}
        held = [d for d in self.story.dependences if {d.left, d.right} <= together]
        shown = [d for d in held if {d.left, d.right} <= articles] or held
        pairs = ((self.articles.get(d.left), self.articles.get(d.right), d.reason) for d in shown[:_REASONS_SHOWN])
        return tuple(f"{a.source} and {b.source} count as one source: {why}." for a, b, why in pairs if a and b)

    def independent(self, a: Claim, b: Claim) -> bool:
        """Whether two claims' articles are known not to have copied each other: in two groups, of two publishers."""
        groups = [next((g for g in self.story.independent if c.article in g), None) for c in (a, b)]
        known = groups[0] is not None and groups[1] is not None and groups[0] != groups[1]
        return known and self.publisher(a.article) != self.publisher(b.article)

    def publisher(self, article: str) -> str:
        """An article's outlet, or the family that the user's words put it in."""
        source = self.articles[article].source
        return self.words.families.get(outlet_key(source), source) if self.words.families else source

    def names(self, claims: Iterable[Claim]) -> tuple[str, ...]:
        """The publishers of some claims, each once, in the order of publication."""
        return tuple(dict.fromkeys(self.source(claim) for claim in sorted(claims, key=self.order)))


def _end(date: Published) -> datetime:
    """The first moment after the stretch in which the article may have appeared."""
    moment = date.moment()
    if moment.year == datetime.max.year:
        return datetime.max
    match date.precision:
        case "minute":
            return moment
        case "day":
            return moment.replace(hour=0, minute=0, second=0, microsecond=0) + _DAY
        case "month":
            return (moment.replace(day=1) + timedelta(days=31)).replace(day=1)
        case _:
            return moment.replace(year=moment.year + 1, month=1, day=1)
