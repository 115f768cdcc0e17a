"""Which of many spans overlap one: each span is filed under the stretches of text that it touches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from reconcile.model import Span

_WIDTH = 512
"""Characters of one stretch: some sentences, so that few spans are filed twice and few lie beside the one asked for."""


class SpanIndex:
    """Some spans in any order, overlapping or not, to look up by place in them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = tuple(spans)
        self._filed: dict[int, list[int]] = defaultdict(list)
        for place, span in enumerate(self._spans):
            for stretch in _stretches(span):
                self._filed[stretch].append(place)

    def overlapping(self, span: Span) -> list[int]:
        """The places, in order, of the spans that share at least one character with a span."""
        near = {place for stretch in _stretches(span) for place in self._filed.get(stretch, ())}
        return sorted(place for place in near if self._spans[place].overlaps(span))

    def covering(self, span: Span) -> list[int]:
        """The places, in order, of the spans that a span of at least one character lies within."""
        return [place for place in self._filed.get(span.start // _WIDTH, ()) if self._spans[place].covers(span)]


def _stretches(span: Span) -> range:
    return range(span.start // _WIDTH, max(span.start, span.end - 1) // _WIDTH + 1)
