"""Sources to speakers: the entity or the words behind a source, with pronouns resolved."""

from __future__ import annotations

from bisect import bisect_left

from reconcile.extract.syntax import Tree
from reconcile.model import Entity, NameValue, Span

_SINGULAR = frozenset({"he", "she", "him", "her", "his"})
_EDGE = ' \t\n\r\xa0,;:.-—–―"“”'


class SpeakerResolver:
    """Resolves the sources of one text, which must be asked for in text order: pronouns lean on who spoke before."""

    def __init__(self, tree: Tree, entities: tuple[Entity, ...]) -> None:
        self._tree = tree
        pairs = sorted(((m, e) for e in entities for m in e.mentions if e.type != "place"), key=lambda p: p[0])
        self._mentions = [m for m, _ in pairs]
        self._owners = [e for _, e in pairs]
        self._starts = [m.start for m in self._mentions]
        self._last: Entity | None = None

    def resolve(self, head: int, span: Span) -> tuple[str, str | None]:
        """The speaker's name or words, and the entity's key where there is one."""
        tree = self._tree
        words = tree.lowers[head]
        if tree.is_relative(head) and tree.deps[tree.heads[head]] == "relcl":
            head = tree.heads[tree.heads[head]]
            span = tree.span(tree.left[head], head)
        entity = self._person_before(span.start) if words in _SINGULAR else self._entity_at(head, span)
        if entity is None:
            return " ".join(span.of(tree.text).split()).strip(_EDGE), None
        if entity.type == "person":
            self._last = entity
        return _name(entity), entity.key

    def _entity_at(self, head: int, span: Span) -> Entity | None:
        """The entity whose mention holds the source's head; else the first person named within it."""
        place = self._tree.span(head)
        first: Entity | None = None
        at = max(0, bisect_left(self._starts, span.start) - 1)
        while at < len(self._mentions) and self._starts[at] < span.end:
            if self._mentions[at].overlaps(place):
                return self._owners[at]
            if first is None and self._mentions[at].overlaps(span) and self._owners[at].type == "person":
                first = self._owners[at]
            at += 1
        return first

    def _person_before(self, place: int) -> Entity | None:
        """Who "he" or "she" is: the last person who was a subject, else the last speaker, else the last one named."""
        nearest: Entity | None = None
        for at in range(bisect_left(self._starts, place) - 1, -1, -1):
            if place - self._starts[at] > 600:
                break
            if self._owners[at].type != "person":
                continue
            nearest = nearest or self._owners[at]
            if self._is_subject(self._mentions[at]):
                return self._owners[at]
        return self._last or nearest

    def _is_subject(self, mention: Span) -> bool:
        return self._tree.deps[self._tree.at(mention.end - 1)] in ("nsubj", "nsubjpass")


def _name(entity: Entity) -> str:
    return entity.name.full if isinstance(entity.name, NameValue) else entity.name.name
