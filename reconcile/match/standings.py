"""Another person's name for one slot: the only one killed, or accused, whom two articles give unlike names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import combinations

from reconcile.lexicon import load_lexicon
from reconcile.match.edges import Edge
from reconcile.match.features import Measure
from reconcile.match.nodes import Node
from reconcile.match.people import link_people
from reconcile.model import Article, Claim, Entity, Kind, NameValue, NumberValue, Reading, Relation
from reconcile.normalize.name_parts import fold, fold_words

_SURE = 0.7
"""The probability that two articles' only ones of a standing are one person, where something else speaks for it."""
_MEASURES: tuple[Measure, ...] = (("sole", 1.0),)
_WORD = re.compile(r"[^\W\d_]+")
_ACCUSED = "accused"
_PLURALS = frozenset({"suspects", "gunmen", "shooters", "defendants", "accomplice", "accomplices"})
_ONE_ARREST = timedelta(days=3)
"""Days after which another arrest is no longer the same."""
_SAME_AGE = 1
"""Years by which two ages of one person may differ."""


@dataclass(frozen=True, slots=True)
class _Sole:
    """The only one of an article with a standing; ``linked`` is the story-wide key."""

    article: str
    standing: str
    person: Entity
    linked: str
    ages: frozenset[int]


@cache
def _events() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(told["events"]) for name, told in load_lexicon("standings").items()}


def name_contrasts(
    nodes: Sequence[Node], readings: Sequence[Reading], articles: Mapping[str, Article], table: Mapping[str, float]
) -> list[Edge]:
    """Pairs of unlike names for the only one killed or the only one accused; ``nodes`` are of names.

    Neither article may name the other's person, tell of several of that standing, or give another age; and an equal
    age, a third outlet or another person whom both name must speak for one event.
    """
    by_person = {(node.article, key): node for node in reversed(nodes) for key in node.subjects}
    keys = link_people(readings)
    people = {r.article: {keys[r.article, e.key] for e in r.entities if e.type == "person"} for r in readings}
    words = {r.article: frozenset(_WORD.findall(fold(articles[r.article].text))) for r in readings}
    soles = [sole for reading in readings for sole in _soles(reading, keys)]
    found = []
    for a, b in combinations(sorted(soles, key=lambda s: (s.article, s.standing, s.linked)), 2):
        if a.article == b.article or a.standing != b.standing or a.linked == b.linked:
            continue
        left, right = by_person.get((a.article, a.linked)), by_person.get((b.article, b.linked))
        if left is None or right is None or _names(words[a.article], b) or _names(words[b.article], a):
            continue
        if a.standing == _ACCUSED and _may_be_others(a, b, articles, words):
            continue
        backed = any(s.article not in (a.article, b.article) and s.linked in (a.linked, b.linked) for s in soles)
        if _may_be_one(a, b, backed=backed or bool(people[a.article] & people[b.article])):
            ends = (left.views[0].claim.id, right.views[0].claim.id)
            found.append(Edge(left, right, Relation.DIFFERS, _SURE, _SURE, _MEASURES, table, ends))
    return found


def _soles(reading: Reading, keys: Mapping[tuple[str, str], str]) -> Iterator[_Sole]:
    """The people who alone of an article have a standing, none of which it counts several."""
    of: dict[str, dict[str, Entity]] = defaultdict(dict)
    for entity in reading.entities:
        for told in entity.attributes if entity.type == "person" else ():
            if told.kind == "status" and told.value in _events():
                of[told.value][entity.key] = entity
    for standing, told_of in of.items():
        if len(told_of) == 1 and not any(_counts_several(claim, standing) for claim in reading.claims):
            ((key, person),) = told_of.items()
            years = frozenset(int(t.value) for t in person.attributes if t.kind == "age" and t.value.isdigit())
            yield _Sole(reading.article, standing, person, keys[reading.article, key], years)


def _counts_several(claim: Claim, standing: str) -> bool:
    """Whether a claim counts two or more who were killed or are accused."""
    value = claim.value
    if claim.kind is not Kind.COUNT or not isinstance(value, NumberValue) or value.high < 2:
        return False
    return bool(_events()[standing] & {claim.about.event, *claim.about.events})


def _may_be_others(a: _Sole, b: _Sole, articles: Mapping[str, Article], words: Mapping[str, frozenset[str]]) -> bool:
    """Whether more may be accused than each article names: it speaks of suspects, or is of another week."""
    if any(not _PLURALS.isdisjoint(words[sole.article]) for sole in (a, b)):
        return True
    days = [moment.moment() for s in (a, b) if (moment := articles[s.article].published) is not None]
    return len(days) < 2 or abs(days[0] - days[1]) > _ONE_ARREST


def _names(words: frozenset[str], sole: _Sole) -> bool:
    """Whether an article's words hold a part of a person's name."""
    name = sole.person.name
    if not isinstance(name, NameValue) or not name.given or not name.surname:
        return True
    return not words.isdisjoint((*fold_words(name.given), *fold_words(name.surname)))


def _may_be_one(a: _Sole, b: _Sole, *, backed: bool) -> bool:
    """Whether the ages allow one person, and something more than the standing speaks for it."""
    if a.ages and b.ages:
        return any(abs(one - other) <= _SAME_AGE for one in a.ages for other in b.ages)
    return backed
