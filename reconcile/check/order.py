"""Which of two values of a fact came later: in one order only, or in both, as where an older one is told again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from reconcile.check.scene import Scene
from reconcile.model import Claim
from reconcile.normalize.render import value_text


class Order:
    """The claims of one fact by their value, to tell a change from a disagreement."""

    def __init__(self, claims: Sequence[Claim], scene: Scene) -> None:
        """``claims`` are all those of the fact."""
        self._scene = scene
        self._by_value: dict[str, dict[str, Claim]] = defaultdict(dict)
        for claim in claims:
            self._by_value[value_text(claim.value)].setdefault(claim.article, claim)
        self._known: dict[tuple[str, str], bool] = {}

    def holds(self, earlier: Claim, later: Claim) -> bool:
        """Whether every article with the one value appeared before every article with the other.

        An article that gives both tells of the change itself, and counts for neither.
        """
        values = (value_text(earlier.value), value_text(later.value))
        if values not in self._known:
            before = self._by_value.get(values[0], {}) or {earlier.article: earlier}
            after = self._by_value.get(values[1], {}) or {later.article: later}
            self._known[values] = all(
                self._scene.gap(one, other) > 0.0
                for article, one in before.items()
                for other_article, other in after.items()
                if article not in after and other_article not in before
            )
        return self._known[values] and self._scene.gap(earlier, later) > 0.0
