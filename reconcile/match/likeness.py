"""Whether two articles are about one event: named features, their weights, and the evidence in words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from reconcile.lexicon import load_lexicon
from reconcile.match.profiles import Batch, Profile, tokens
from reconcile.model import Feature

_NEAR = 7
"""Days further apart than this are not near at all."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature adds to the log-odds that two articles are about one event, and what a link must reach."""

    bias: float
    threshold: float
    features: Mapping[str, float]


def load_weights() -> Weights:
    """The shipped weights, made by ``benchmarks/fit_stories.py``."""
    data = load_lexicon("story_weights")
    features = {str(name): float(weight) for name, weight in data["features"].items()}
    return Weights(float(data["bias"]), float(data["threshold"]), features)


def features_of(left: Profile, right: Profile, batch: Batch) -> dict[str, float]:
    """The features of a pair, each in [0, 1]; symmetric in ``left`` and ``right``."""
    people = (left.people & right.known) | (right.people & left.known)
    places = (left.places & right.known) | (right.places & left.known)
    ages, numbers = left.ages & right.ages, left.numbers & right.numbers
    text, rare = _shared_text(left, right, batch)
    near = _days_near(left, right, batch)
    gap = abs(left.day - right.day) if left.day is not None and right.day is not None else None
    return {
        "text": text,
        "rare words": _squash(rare, 25),
        "people": _squash(batch.rarity("word", people), 8),
        "other people": float(not people and len(left.people) > 1 and len(right.people) > 1),
        "days near and text": near * math.sqrt(text),
        "full names": _squash(_shared_full_names(left, right, batch), 12),
        "places": _squash(batch.rarity("word", places), 8),
        "other places": float(not places and bool(left.places and right.places)),
        "ages": _squash(batch.rarity("age", ages), 4),
        "other ages": float(not ages and bool(left.ages and right.ages)),
        "numbers": _squash(batch.rarity("number", numbers), 6),
        "title words": _squash(batch.rarity("word", left.title & right.title), 10),
        "title": fuzz.token_set_ratio(left.headline, right.headline) / 100,
        "days near": near,
        "published weeks apart": float(gap is not None and gap > 14),
        "same outlet": float(bool(left.article.source) and left.article.source == right.article.source),
    }


def log_odds(features: Mapping[str, float], weights: Weights) -> float:
    """The log-odds that a pair with these features is about one event."""
    return weights.bias + sum(weight * features[name] for name, weight in weights.features.items())


def explain(left: Profile, right: Profile, batch: Batch, weights: Weights) -> tuple[Feature, ...]:
    """The features that speak for or against one event, strongest first: log-odds squashed to [-1, 1], and why."""
    shared = {
        "full names": left.full_names & right.full_names,
        "people": (left.people & right.known) | (right.people & left.known),
        "places": (left.places & right.known) | (right.places & left.known),
        "ages": left.ages & right.ages,
        "numbers": left.numbers & right.numbers,
        "title words": left.title & right.title,
        "rare words": _rarest(left.vector.keys() & right.vector.keys(), batch),
    }
    spoken = []
    for name, value in features_of(left, right, batch).items():
        effect = math.tanh(weights.features.get(name, 0.0) * value / 2)
        if abs(effect) >= 0.01:
            spoken.append(Feature(name, round(effect, 4), _why(name, value, shared.get(name, ()))))
    return tuple(sorted(spoken, key=lambda feature: (-abs(feature.score), feature.name)))


_WORDING = {
    "text": "the content words are alike to {value:.0%}",
    "title": "the headlines' words are alike to {value:.0%}",
    "other people": "both name people, and none in common",
    "other places": "both name places, and none in common",
    "other ages": "both give ages, and none in common",
    "days near": "they speak of days near each other ({value:.0%}: 100% is one day, 61% the next)",
    "days near and text": "they speak of days near each other in like words",
    "published weeks apart": "they appeared more than two weeks apart",
    "same outlet": "both are from one outlet, whose pages are alike in any case",
}


def _why(name: str, value: float, shared: Iterable[str]) -> str:
    if name in _WORDING:
        return _WORDING[name].format(value=value)
    return f"both have {name}: " + ", ".join(sorted(shared)[:8])


def _rarest(words: Iterable[str], batch: Batch) -> list[str]:
    return sorted(words, key=lambda word: (-batch.idf["word", word], word))[:8]


def _squash(rarity: float, scale: float) -> float:
    """Evidence that adds up, but never beyond 1."""
    return 1 - math.exp(-rarity / scale)


def _shared_full_names(left: Profile, right: Profile, batch: Batch) -> float:
    """The summed rarity of the people whom both name in full, each by the rarest part of the name."""
    shared = left.full_names & right.full_names
    return math.fsum(max(batch.idf["word", part] for part in tokens([name])) for name in shared)


def _days_near(left: Profile, right: Profile, batch: Batch) -> float:
    """How near a day of one article is to one of the other's, where few articles speak of either: from 0 to 1."""
    rare = batch.day_rarity
    return max(
        (
            math.exp(-abs(ours - theirs) / 2) * min(rare[ours], rare[theirs])
            for ours in left.days
            for theirs in right.days
            if abs(ours - theirs) <= _NEAR
        ),
        default=0.0,
    )


def _shared_text(left: Profile, right: Profile, batch: Batch) -> tuple[float, float]:
    """The cosine of the two word vectors, and the summed rarity of the rare words in both."""
    shared = left.vector.keys() & right.vector.keys()
    cosine = math.fsum(left.vector[word] * right.vector[word] for word in shared)
    return cosine, batch.rarity("word", shared & left.rare)
