"""Groups of kindred event classes, from the lexicon."""

from __future__ import annotations

from functools import cache

from reconcile.lexicon import load_lexicon


@cache
def groups_of(event: str) -> frozenset[str]:
    """The groups that a class of event belongs to."""
    return frozenset(name for name, classes in load_lexicon("event_groups").items() if event in classes)
