"""Where a rule is asked: which outlets, topics and stories it is for, which it leaves alone, and whether it is on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from reconcile.check.words import Words
from reconcile.lexicon import load_lexicon
from reconcile.model import Article, Claim, Story

TOPIC_SHARE = 0.25
"""A story has a topic where at least this share of its claims that tell of an event tell of one of the topic's."""
_SHORTEST_ID = 8


@dataclass(frozen=True, slots=True)
class Where:
    """Some outlets, topics and stories; what is empty allows all."""

    sources: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    stories: frozenset[str] = frozenset()

    @property
    def everywhere(self) -> bool:
        """Whether nothing is narrowed."""
        return not (self.sources or self.topics or self.stories)

    def has_story(self, story: Story, titles: Iterable[str], topics: Collection[str]) -> bool:
        """Whether a story is among them, by its id, by words of a title, and by its topics."""
        if self.topics and self.topics.isdisjoint(topics):
            return False
        return not self.stories or any(_names_story(words, story, titles) for words in self.stories)

    def has_source(self, sources: Iterable[str], words: Words) -> bool:
        """Whether one of these publishers is among them, by its name or by its family's."""
        if not self.sources:
            return True
        wanted = {source.casefold() for source in self.sources} | {words.publisher(source) for source in self.sources}
        return any(source.casefold() in wanted or words.publisher(source) in wanted for source in sources)


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether a rule is on, where it is asked only, and where it is not asked."""

    on: bool = True
    only: Where = Where()
    never: tuple[Where, ...] = ()

    def story(self, story: Story, titles: Iterable[str], topics: Collection[str]) -> bool:
        """Whether the rule is asked at all in a story."""
        if not self.on or not self.only.has_story(story, titles, topics):
            return False
        return not any(not w.sources and w.has_story(story, titles, topics) for w in self.never)

    @property
    def asks_sources(self) -> bool:
        """Whether it hangs on the outlets compared."""
        return bool(self.only.sources) or any(where.sources for where in self.never)

    def sources(
        self, sources: Collection[str], story: Story, titles: Iterable[str], topics: Collection[str], words: Words
    ) -> bool:
        """Whether the rule is asked of claims by these outlets, in a story where it is asked."""
        if not self.only.has_source(sources, words):
            return False
        return not any(
            w.sources and w.has_source(sources, words) and w.has_story(story, titles, topics) for w in self.never
        )


EVERYWHERE = Reach()
"""On, and asked everywhere."""


@dataclass(frozen=True, slots=True)
class ReachChange:
    """What a pack, a rule or a switch says of a reach; None where it says nothing."""

    on: bool | None = None
    only: Where | None = None
    never: Where | None = None

    def over(self, reach: Reach) -> Reach:
        """The reach with what is said here: where alone takes the place of what was said, where not is added."""
        return Reach(
            reach.on if self.on is None else self.on,
            reach.only if self.only is None else self.only,
            reach.never if self.never is None else (*reach.never, self.never),
        )


def topics_of(claims: Iterable[Claim]) -> frozenset[str]:
    """The topics of a story: the groups of ``lexicons/event_groups.yaml`` that many of its claims tell of."""
    events = Counter(claim.about.event for claim in claims if claim.about.event)
    total = sum(events.values())
    groups: Mapping[str, list[str]] = load_lexicon("event_groups")
    return frozenset(
        topic for topic, classes in groups.items() if total and sum(events[c] for c in classes) >= TOPIC_SHARE * total
    )


def known_topics() -> frozenset[str]:
    """Every topic that there is."""
    return frozenset(load_lexicon("event_groups"))


def titles_of(story: Story, articles: Mapping[str, Article]) -> tuple[str, ...]:
    """The titles by which a story may be named, folded."""
    found = (articles[article].title for article in story.articles if article in articles)
    return tuple(title.casefold() for title in (story.title, *found))


def _names_story(words: str, story: Story, titles: Iterable[str]) -> bool:
    wanted = words.casefold()
    return (len(words) >= _SHORTEST_ID and story.id.startswith(words)) or any(wanted in title for title in titles)
