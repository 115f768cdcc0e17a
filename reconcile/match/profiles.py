"""Articles made comparable: each sketch's features, weighed by how rare they are in the batch and in news at large."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from anyascii import anyascii

from reconcile.model import Published, Sketch
from reconcile.normalize.frequency import article_share

_TOKEN = re.compile(r"[a-z0-9]+")
_BACKGROUND_ARTICLES = 200
"""How many articles the background counts for: in a batch of two it decides, in one of thousands the batch does."""

_DISTINCTIVE = 3.0
"""The idf from which on a part of a name tells people and places apart."""
_BACKGROUND_DAYS = 30
_COMMON_DAY = 0.1
"""Before a batch says more, a day is held to be spoken of in this share of that many articles."""
_RAREST_DAY = 4.0
_RARE = 4.5
"""The idf from which on a word is rare."""
_TRUSTED = 0.5
"""The confidence from which on an article's own date is used."""

Term = tuple[str, str]
"""A feature with its kind: ("word", "ceasefire"), ("age", "28"), ("number", "13500")."""


@dataclass(frozen=True, slots=True)
class ArticleSketch:
    """What grouping and independence know of one article."""

    id: str
    source: str
    title: str
    published: Published | None
    sketch: Sketch
    family: str = ""
    """The owner that its source is configured to belong to."""
    credits: tuple[str, ...] = ()
    """Outlets that its feed or page, beside the text, names as its origin."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One article's features as sets, its content words as a vector of unit length, and days as ordinals."""

    article: ArticleSketch
    vector: Mapping[str, float]
    people: frozenset[str]
    full_names: frozenset[str]
    places: frozenset[str]
    known: frozenset[str]
    """Every name, title word and content word: where a name may hide that the parser took for something else."""
    title: frozenset[str]
    headline: str
    """The words of the title in alphabetic order."""
    rare: frozenset[str]
    """The content words that few articles have."""
    ages: frozenset[str]
    numbers: frozenset[str]
    day: int | None
    """The day it appeared on, where that is known and not in doubt."""
    days: tuple[int, ...]
    """The days it speaks of, and the one it appeared on."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The profiles of a batch, in the order of their ids, and how rare each term is: idf in natural logarithms."""

    profiles: tuple[Profile, ...]
    idf: Mapping[Term, float]
    day_rarity: Mapping[int, float]
    """For each day, from 0 to 1, how few of the articles speak of it or of the days beside it."""

    def rarity(self, kind: str, terms: Iterable[str]) -> float:
        """The summed idf of ``terms``; ``fsum`` rounds the same whatever their order."""
        return math.fsum(self.idf[kind, term] for term in terms)


def weigh(articles: Sequence[ArticleSketch]) -> Batch:
    """The batch of ``articles``; independent of their order. Articles with the same id are taken once."""
    unique = {article.id: article for article in sorted(articles, key=lambda article: (article.title, article.source))}
    ordered = [unique[id] for id in sorted(unique)]
    counts = Counter(term for article in ordered for term in _terms(article))
    idf = {term: _idf(term, count, len(ordered)) for term, count in counts.items()}
    return Batch(tuple(profile_of(article, idf) for article in ordered), idf, _day_rarity(ordered))


def day_of(article: ArticleSketch) -> int | None:
    """The day an article appeared on as an ordinal, where it is known to the day and the text does not belie it."""
    published = article.published
    if published is None or published.precision not in {"day", "minute"} or published.confidence < _TRUSTED:
        return None
    return published.moment().toordinal()


def _plain(title: str) -> str:
    return anyascii(title).lower()


def tokens(names: Iterable[str]) -> frozenset[str]:
    """The words and numbers that names are made of, in ascii lower case, without the shortest."""
    return frozenset(t for name in names for t in _TOKEN.findall(name) if len(t) > 2 or t.isdigit())


def _terms(article: ArticleSketch) -> set[Term]:
    sketch = article.sketch
    terms = {("word", word) for word in _known(article)}
    terms.update(("age", age) for age in sketch.ages)
    terms.update(("number", number) for number in sketch.numbers)
    return terms


def _known(article: ArticleSketch) -> frozenset[str]:
    sketch = article.sketch
    names = tokens((*sketch.people, *sketch.places, *sketch.organisations, _plain(article.title)))
    return names.union(word for word, _ in sketch.words)


def _days(article: ArticleSketch) -> tuple[int, ...]:
    """The days that an article speaks of and the one it appeared on, as ascending ordinals."""
    own = day_of(article)
    spoken = {date.fromisoformat(day).toordinal() for day in article.sketch.days}
    return tuple(sorted(spoken if own is None else spoken | {own}))


def _day_rarity(articles: Sequence[ArticleSketch]) -> dict[int, float]:
    """In one night's intake nearly all articles speak of one day, which then says nothing; in an archive it tells."""
    spoken = [set(_days(article)) for article in articles]
    near = Counter(day for days in spoken for day in {d + step for d in days for step in (-1, 0, 1)})
    size = len(articles) + _BACKGROUND_DAYS
    shares = {day: (near[day] + _COMMON_DAY * _BACKGROUND_DAYS) / size for days in spoken for day in days}
    return {day: min(1.0, -math.log(share) / _RAREST_DAY) for day, share in shares.items()}


def _idf(term: Term, count: int, size: int) -> float:
    share = (count + _BACKGROUND_ARTICLES * _background(*term)) / (size + _BACKGROUND_ARTICLES)
    return -math.log(min(share, 1.0))


def _background(kind: str, term: str) -> float:
    """The share of articles that carry a term, where the batch says nothing."""
    if kind == "word":
        return article_share(term)
    if kind == "age":
        return 0.04
    if ":" in term:
        return 0.03 if ":00" in term or ":30" in term else 0.01
    return 0.4 if len(term) == 1 else 0.08 if len(term) == 2 else 0.006


def profile_of(article: ArticleSketch, idf: Mapping[Term, float]) -> Profile:
    sketch = article.sketch
    return Profile(
        article=article,
        vector=_vector(sketch, idf),
        people=_distinctive(sketch.people, idf),
        full_names=frozenset(name for name in sketch.people if len(tokens([name])) > 1),
        places=_distinctive(sketch.places, idf),
        known=_known(article),
        title=tokens([_plain(article.title)]),
        headline=" ".join(sorted(tokens([_plain(article.title)]))),
        rare=frozenset(word for word, _ in sketch.words if idf["word", word] > _RARE),
        ages=frozenset(sketch.ages),
        numbers=frozenset(sketch.numbers) - frozenset(sketch.ages),
        days=_days(article),
        day=day_of(article),
    )


def _distinctive(names: Iterable[str], idf: Mapping[Term, float]) -> frozenset[str]:
    """The tokens of names without those that many names share: "county", "street", "john"."""
    return frozenset(token for token in tokens(names) if idf["word", token] >= _DISTINCTIVE)


def _vector(sketch: Sketch, idf: Mapping[Term, float]) -> dict[str, float]:
    weights = {word: (1 + math.log(count)) * idf["word", word] for word, count in sketch.words}
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()} if length else {}
