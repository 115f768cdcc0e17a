"""What a finding rests on, in terms that outlive an extraction (outlet, value, words), and whether it still stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from reconcile.model import Claim, Evidence
from reconcile.normalize.render import value_text

_SHOWN = 80


def evidence_of(claim: Claim, source: str) -> Evidence:
    """The claim as a judgement remembers it; ``source`` is its article's publisher."""
    return Evidence(
        source, claim.kind, value_text(claim.value), " ".join(claim.text.split()), " ".join(claim.quote.split())
    )


def gather(claims: Iterable[Claim], source_of: Mapping[str, str]) -> tuple[Evidence, ...]:
    """The evidence of some claims, each once, in a stable order.

    ``source_of`` gives each article's publisher; an article that it does not know stands for its own.
    """
    return tuple(sorted({evidence_of(claim, source_of.get(claim.article, claim.article)) for claim in claims}))


def unit(evidence: Evidence) -> tuple[str, str]:
    """What an outlet says, whatever the words: its name and the value."""
    return (evidence.source.casefold(), evidence.value)


def same_words(one: str, other: str) -> bool:
    """Whether two quotes are the same passage: equal, or one cut shorter than the other."""
    left, right = one.casefold(), other.casefold()
    return bool(left and right) and (left in right or right in left)


def changes(before: Sequence[Evidence], now: Sequence[Evidence]) -> tuple[str, ...]:
    """What is different between the evidence of a decision and that of today, in sentences; none: the decision holds.

    Another mention of a value by the same outlet changes nothing, nor do sentences that are only cut otherwise.
    """
    old, new = _by_unit(before), _by_unit(now)
    sentences = []
    for key in sorted(old.keys() | new.keys()):
        if key not in new:
            sentences.append(f"{old[key][0].source} no longer says “{_short(old[key][0].text)}”")
        elif key not in old:
            sentences.append(f"{new[key][0].source} now says “{_short(new[key][0].text)}”")
        elif not any(same_words(a.quote, b.quote) for a in old[key] for b in new[key]):
            sentences.append(f"{new[key][0].source} says “{_short(new[key][0].text)}” in other words than before")
    return tuple(sentences)


def overlap(before: Sequence[Evidence], now: Sequence[Evidence]) -> float:
    """How much of the smaller evidence is in the other, from 0 to 1: an outlet's value counts 1, its outlet alone ½."""
    old, new = {unit(item) for item in before}, {unit(item) for item in now}
    if not old or not new:
        return 0.0
    smaller, larger = sorted((old, new), key=len)
    outlets = {source for source, _ in larger}
    return sum(1.0 if item in larger else 0.5 if item[0] in outlets else 0.0 for item in smaller) / len(smaller)


def _by_unit(items: Sequence[Evidence]) -> Mapping[tuple[str, str], list[Evidence]]:
    found: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for item in items:
        found[unit(item)].append(item)
    return found


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"
