"""Words that a user's folder adds to the shipped lexicons: posts, verbs of events, families of publishers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from reconcile.lexicon import load_lexicon
from reconcile.match.publishers import domain_of, owner_of
from reconcile.normalize.roles import exclude_each_other, split_role


# Known by what it is and not by what it holds: conditions are compiled against one of them, and cached by it.
@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The added words; without any, everything is answered from the shipped lexicons.

    ``exclusive`` and ``together`` hold posts in the wording they are compared under; ``events`` gives the class of a
    verb or noun; ``families`` gives the family of an outlet, by ``outlet_key``.
    """

    exclusive: tuple[frozenset[str], ...] = ()
    together: tuple[frozenset[str], ...] = ()
    events: Mapping[str, str] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)

    def __reduce__(self) -> tuple[Any, ...]:
        return _same_words, (self.exclusive, self.together, tuple(self.events.items()), tuple(self.families.items()))

    def joined(self, other: Words) -> Words:
        """These words with others on top: what the other says of a word or an outlet counts."""
        return Words(
            self.exclusive + other.exclusive,
            self.together + other.together,
            {**self.events, **other.events},
            {**self.families, **other.families},
        )

    def excludes(self, first: str, second: str) -> bool:
        """Whether one person does not hold these two posts at one time."""
        left, right = head_of(first), head_of(second)
        if not left or not right or left == right:
            return False
        if any(left in line and right in line for line in self.exclusive):
            return True
        return not any(left in line and right in line for line in self.together) and exclude_each_other(left, right)

    def event(self, word: str) -> str:
        """The class of event that a verb or noun tells of; "" where it tells of none."""
        plain = " ".join(word.casefold().split())
        return self.events.get(plain) or _shipped_events().get(plain, "")

    def publisher(self, source: str) -> str:
        """The family that an outlet belongs to, else the outlet's own bare name, folded."""
        return (self.families.get(outlet_key(source)) or owner_of(source) or source).casefold()


SHIPPED = Words()
"""No added words."""


@lru_cache(maxsize=20)
def _same_words(
    exclusive: tuple[frozenset[str], ...],
    together: tuple[frozenset[str], ...],
    events: tuple[tuple[str, str], ...],
    families: tuple[tuple[str, str], ...],
) -> Words:
    """Words sent to this process: those that hold the same are one, so that conditions are compiled once."""
    added = any((exclusive, together, events, families))
    return Words(exclusive, together, dict(events), dict(families)) if added else SHIPPED


def outlet_key(source: str) -> str:
    """An outlet's domain, or its name folded and without its article."""
    return domain_of(source) or " ".join(source.casefold().split()).removeprefix("the ")


def head_of(role: str) -> str:
    """The post that a role names, in the wording it is compared under."""
    return split_role(role).head


@cache
def _shipped_events() -> dict[str, str]:
    return {
        word.casefold(): name
        for name, lists in load_lexicon("events").items()
        for kind in ("nouns", "verbs")
        for word in lists.get(kind, ())
    }
