"""The reporting lexicon, typed: which words tell that someone says something, and in which frames."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from reconcile.lexicon import load_lexicon


@dataclass(frozen=True, slots=True)
class Reporting:
    """Verbs with their frames, verbs with their prepositions, nouns, adjectives, documents, hedges, denials."""

    frames: dict[str, frozenset[str]]
    phrases: dict[str, frozenset[str]]
    nouns: frozenset[str]
    completers: frozenset[str]
    hedges: frozenset[str]
    denials: frozenset[str]
    adjectives: dict[str, frozenset[str]]
    noun_prepositions: frozenset[str]
    documents: frozenset[str]
    findings: frozenset[str]
    forms: dict[str, str]
    labels: frozenset[str]
    phrasal: dict[str, str]
    speech: frozenset[str]


@cache
def load_reporting() -> Reporting:
    """The lexicon ``reporting``, read once."""
    data = load_lexicon("reporting")
    frames: dict[str, set[str]] = {}
    for group in data["verbs"].values():
        for word in group["words"]:
            frames.setdefault(word, set()).update(group["frames"])
    return Reporting(
        {word: frozenset(found) for word, found in frames.items()},
        {word: frozenset(prepositions) for word, prepositions in data["phrases"].items()},
        frozenset(data["nouns"]),
        frozenset(data["completers"]),
        frozenset(data["hedges"]),
        frozenset(data["denials"]),
        {word: frozenset(prepositions) for word, prepositions in data["adjectives"].items()},
        frozenset(data["noun_prepositions"]),
        frozenset(data["documents"]),
        frozenset(data["verbs"]["finding"]["words"]),
        data["forms"],
        frozenset(data["labels"]),
        data["phrasal"],
        frozenset(data["verbs"]["speech"]["words"]),
    )
