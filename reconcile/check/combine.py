"""Claims of several groups brought together: found by what they must share, rather than tried one with another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reconcile.check.activation import claim_value
from reconcile.check.conditions import split_conjunction
from reconcile.check.scene import Scene
from reconcile.check.schema import ConsistencyRule
from reconcile.check.variables import KNOWN_WHERE_GIVEN
from reconcile.model import Claim
from reconcile.normalize.render import value_text

_EQUALITY = re.compile(r"([a-z][a-z0-9_]*)\.([a-z_]+) == ([a-z][a-z0-9_]*)\.([a-z_]+)")


@dataclass(frozen=True, slots=True)
class Alike:
    """Claims of one article that no condition of the rule can tell apart, in the order of the text."""

    claims: tuple[Claim, ...]
    source: str


@dataclass(slots=True)
class Work:
    """How many claims were looked at while combining, and whether the limit was met."""

    limit: int
    done: int = 0
    cut: bool = field(default=False)

    def step(self) -> bool:
        """Count one; whether there is room for it."""
        self.done += 1
        self.cut = self.done > self.limit
        return not self.cut


@dataclass(frozen=True, slots=True)
class Level:
    """One group's claims by what ties them to the groups before: pairs of own field, and earlier group and field."""

    name: str
    ties: tuple[tuple[str, str, str], ...]
    found: Mapping[tuple[object, ...], Sequence[Alike]]


def merge_alike(rule: ConsistencyRule, claims: Sequence[Claim], scene: Scene) -> list[Alike]:
    """The claims with those that the rule's condition cannot tell apart made one."""
    fields = sorted(
        {name.split(".")[1] for name in rule.condition.names if name.count(".") == 1}
        | set(rule.same)
        | {field for tie in _ties(rule) for field in (tie[1], tie[3])}
    )
    merged: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        seen = (_plain(claim_value(claim, name, scene)) for name in fields)
        merged[claim.article, claim.kind, value_text(claim.value), claim.about.subject, claim.about.head, *seen].append(
            claim
        )
    return [Alike(tuple(group), scene.source(group[0])) for group in merged.values()]


def _plain(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def combine(
    rule: ConsistencyRule, chosen: Mapping[str, Sequence[Alike]], scene: Scene, work: Work
) -> Iterator[dict[str, Alike]]:
    """Every way to take one of each group, within one article or each from another outlet, that the ties allow.

    Stops where the work meets its limit.
    """
    levels: list[Level] = []
    for name, group in chosen.items():
        levels.append(_level(rule, name, group, [level.name for level in levels], scene))
    yield from _extend(rule, levels, {}, scene, work)


def _extend(
    rule: ConsistencyRule, levels: Sequence[Level], taken: dict[str, Alike], scene: Scene, work: Work
) -> Iterator[dict[str, Alike]]:
    if len(taken) == len(levels):
        yield dict(taken)
        return
    level = levels[len(taken)]
    key = tuple(_of(taken[earlier].claims[0], field, scene) for _, earlier, field in level.ties)
    sources = {group.source for group in taken.values()} if rule.scope == "sources" else set()
    for group in level.found.get(key, ()):
        if group.source in sources:
            continue
        if not work.step():
            return
        yield from _extend(rule, levels, {**taken, level.name: group}, scene, work)


def _level(rule: ConsistencyRule, name: str, group: Sequence[Alike], before: Sequence[str], scene: Scene) -> Level:
    ties = []
    for left, own, right, other in _ties(rule):
        if left == name and right in before:
            ties.append((own, right, other))
        elif right == name and left in before:
            ties.append((other, left, own))
    if before:
        ties += [(field, before[0], field) for field in rule.same]
        if rule.scope == "article":
            ties.append(("article", before[0], "article"))
    found: dict[tuple[object, ...], list[Alike]] = defaultdict(list)
    for one in group:
        key = tuple(_of(one.claims[0], own, scene) for own, _, _ in ties)
        if not any(field in KNOWN_WHERE_GIVEN and not _of(one.claims[0], field, scene) for field in rule.same):
            found[key].append(one)
    return Level(name, tuple(ties), found)


def _of(claim: Claim, field: str, scene: Scene) -> object:
    return claim.article if field == "article" else _plain(claim_value(claim, field, scene))


def _ties(rule: ConsistencyRule) -> Iterator[tuple[str, str, str, str]]:
    """The equalities between two groups that the rule's condition cannot hold without."""
    names = {selection.name for selection in rule.selections}
    for part in split_conjunction(rule.condition.source):
        found = _EQUALITY.fullmatch(part)
        if found and {found[1], found[3]} <= names and found[1] != found[3]:
            yield found[1], found[2], found[3], found[4]
