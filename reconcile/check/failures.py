"""What went wrong while rules were asked: rules that failed on some claims, and facts too large to judge whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reconcile.model import Claim, Fact, Problem


@dataclass(slots=True)
class Failures:
    """What failed so far in one story."""

    _first: dict[str, str] = field(default_factory=dict)
    _count: dict[str, int] = field(default_factory=dict)
    _cut: list[Problem] = field(default_factory=list)

    def note(self, rule: str, claims: Iterable[Claim], error: Exception) -> None:
        """Note that a rule failed on some claims."""
        if rule not in self._first:
            told = " and ".join(f'"{claim.text[:60]}" ({claim.id})' for claim in claims)
            self._first[rule] = f"failed on the claims {told}: {error}"
        self._count[rule] = self._count.get(rule, 0) + 1

    def note_cut(self, fact: Fact, limit: int) -> None:
        """Note that not all pairs of a fact's claims were judged."""
        message = f"{len(fact.claims):,} claims: the first {limit:,} pairs were judged, by publication"
        cure = "its verdict rests on those; later articles are in the report without one of their own"
        self._cut.append(Problem("check", f"{fact.label} in story {fact.story}", message, cure))

    def problems(self) -> Iterator[Problem]:
        """One problem for each rule that failed, and for each fact that was not judged whole."""
        yield from self._cut
        for rule, message in self._first.items():
            more = self._count[rule] - 1
            also = f"; and on {more:,} more" if more else ""
            yield Problem("check", f"rule {rule}", f"{message}{also}", "correct its conditions")
