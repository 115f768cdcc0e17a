"""Groups of kindred event classes, and the nouns that tell of events, from the lexicon."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from reconcile.lexicon import load_lexicon


@cache
def event_nouns() -> frozenset[str]:
    """The nouns that tell of an event ("meeting", "attack")."""
    return frozenset(noun for lists in load_lexicon("events").values() for noun in lists.get("nouns", ()))


@cache
def groups_of(event: str) -> frozenset[str]:
    """The groups that a class of event belongs to."""
    return frozenset(name for name, classes in load_lexicon("event_groups").items() if event in classes)


INCIDENT = "incident"
"""The class of an event that a time's words only point at: "it happened"."""


@cache
def act_of(event: str) -> str:
    """The act whose day and hour an event of a class has: being shot and being wounded are one act, dying another."""
    return _acts().get(event, event)


@cache
def _acts() -> Mapping[str, str]:
    return {event: act for act, events in load_lexicon("dated")["alike"].items() for event in events}
