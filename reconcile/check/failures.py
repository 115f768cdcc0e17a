"""Rules that failed on some claims: noted by rule, with the first claims and how many more, while the run goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reconcile.model import Claim, Problem


@dataclass(slots=True)
class Failures:
    """What failed so far in one story."""

    _first: dict[str, str] = field(default_factory=dict)
    _count: dict[str, int] = field(default_factory=dict)

    def note(self, rule: str, claims: Iterable[Claim], error: Exception) -> None:
        """Note that a rule failed on some claims."""
        if rule not in self._first:
            told = " and ".join(f'"{claim.text[:60]}" ({claim.id})' for claim in claims)
            self._first[rule] = f"failed on the claims {told}: {error}"
        self._count[rule] = self._count.get(rule, 0) + 1

    def problems(self) -> Iterator[Problem]:
        """One problem for each rule that failed."""
        for rule, message in self._first.items():
            more = self._count[rule] - 1
            also = f"; and on {more:,} more" if more else ""
            yield Problem("check", f"rule {rule}", f"{message}{also}", "correct its conditions")
