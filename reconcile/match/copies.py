"""How much of one body text another repeats, estimated from samples of both."""

from __future__ import annotations

from dataclasses import dataclass

from reconcile.model import Sketch

SAMPLE_LIMIT = 128
"""A sketch keeps at most this many of its smallest hashes; one that has fewer has them all."""
_FEWEST = 8
"""With fewer comparable word runs than this nothing can be said."""
_ALL = 1 << 32


@dataclass(frozen=True, slots=True)
class Shingles:
    """The sampled word runs of a body: every hash up to ``bound``, none above."""

    hashes: frozenset[int]
    bound: int

    @classmethod
    def of(cls, sketch: Sketch) -> Shingles:
        """The sample that a sketch carries."""
        hashes = frozenset(sketch.shingles)
        return cls(hashes, _ALL if len(hashes) < SAMPLE_LIMIT else max(hashes))

    @property
    def enough(self) -> bool:
        """Whether the body is long enough for a word on what it shares with others."""
        return len(self.hashes) >= _FEWEST

    def containment(self, other: Shingles) -> float | None:
        """The share of the shorter body's word runs that the other has too; None where too few can be compared."""
        bound = min(self.bound, other.bound)
        fewest = min(self._up_to(bound), other._up_to(bound))
        return len(self.hashes & other.hashes) / fewest if fewest >= _FEWEST else None

    def _up_to(self, bound: int) -> int:
        return len(self.hashes) if bound >= self.bound else sum(value <= bound for value in self.hashes)
