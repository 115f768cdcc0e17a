"""Sources to speakers: the entity or the words behind a source, with pronouns resolved."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from reconcile.extract.syntax import Tree
from reconcile.lexicon import load_lexicon
from reconcile.model import Entity, NameValue, Span

_PRONOUNS = {"he": "male", "him": "male", "his": "male", "she": "female", "her": "female"}
_FAR = 600
"""Characters beyond which a pronoun no longer points back."""
_BEARERS = 100
"""Mentions before a title in which its bearer is looked for."""
_MENTIONS = 8
"""Mentions of a person that are looked at for a courtesy title."""
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
        self._genders: dict[str, str | None] = {}

    def resolve(self, head: int, span: Span) -> tuple[str, str | None]:
        """The speaker's name or words, and the entity's key where there is one."""
        tree = self._tree
        words = tree.lowers[head]
        if tree.is_relative(head) and tree.deps[tree.heads[head]] == "relcl":
            head = tree.heads[tree.heads[head]]
            span = tree.span(tree.left[head], head)
        if words in _PRONOUNS:
            entity = self._person_before(words, span.start)
        else:
            entity = self._entity_at(head, span) or self._holder_of_role(head, span.start)
        if entity is None:
            return " ".join(span.of(tree.text).split()).strip(_EDGE), None
        if entity.type == "person":
            self._last = entity
        return _name(entity), entity.key

    def _entity_at(self, head: int, span: Span) -> Entity | None:
        """The entity whose mention holds the source's head, or stands in apposition to it."""
        place = self._tree.span(head)
        beside: Entity | None = None
        at = max(0, bisect_left(self._starts, span.start) - 1)
        while at < len(self._mentions) and self._starts[at] < span.end:
            mention = self._mentions[at]
            if mention.overlaps(place):
                return self._owners[at]
            last = self._tree.at(mention.end - 1)
            if beside is None and self._tree.deps[last] == "appos" and self._tree.heads[last] == head:
                beside = self._owners[at]
            at += 1
        return beside

    def _holder_of_role(self, head: int, place: int) -> Entity | None:
        """Who "the governor" is: the person named last before who is said to be one."""
        tree = self._tree
        if tree.pos[head] != "NOUN" or tree.lowers[tree.left[head]] != "the":
            return None
        before = bisect_left(self._starts, place)
        for at in range(before - 1, max(-1, before - _BEARERS), -1):
            if self._owners[at].type == "person" and tree.lemmas[head] in _role_words(self._owners[at]):
                return self._owners[at]
        return None

    def _person_before(self, pronoun: str, place: int) -> Entity | None:
        """Who "he" or "she" is: the last person who was a subject, else the last speaker, else the last one named."""
        gender = _PRONOUNS[pronoun]
        nearest: Entity | None = None
        for at in range(bisect_left(self._starts, place) - 1, -1, -1):
            if place - self._starts[at] > _FAR:
                break
            if self._owners[at].type != "person" or self._gender(self._owners[at]) not in (gender, None):
                continue
            nearest = nearest or self._owners[at]
            if self._is_subject(self._mentions[at]):
                return self._owners[at]
        last = self._last if self._last is None or self._gender(self._last) in (gender, None) else None
        return last or nearest

    def _gender(self, entity: Entity) -> str | None:
        """What the given name or a courtesy title before a mention tells; None where nothing does."""
        if entity.key not in self._genders:
            self._genders[entity.key] = self._told_gender(entity)
        return self._genders[entity.key]

    def _told_gender(self, entity: Entity) -> str | None:
        names, titles = _given_names(), load_lexicon("titles")["courtesy"]
        if isinstance(entity.name, NameValue) and (told := names.get(entity.name.given.lower())):
            return told
        for mention in entity.mentions[:_MENTIONS]:
            before = self._tree.text[max(0, mention.start - 12) : mention.start].split()[-1:]
            for word in (*before, *mention.of(self._tree.text).split()[:1]):
                if (told := titles.get(word.strip(".").lower())) in ("male", "female"):
                    return str(told)
        return None

    def _is_subject(self, mention: Span) -> bool:
        return self._tree.deps[self._tree.at(mention.end - 1)] in ("nsubj", "nsubjpass")


def _role_words(entity: Entity) -> set[str]:
    """The words of a person's roles, short titles in full ("Gov." as "governor")."""
    offices = load_lexicon("titles")["offices"]
    words = (w.strip(".,") for a in entity.attributes if a.kind == "role" for w in a.value.lower().split())
    return {offices.get(word, word) for word in words}


def _name(entity: Entity) -> str:
    return entity.name.full if isinstance(entity.name, NameValue) else entity.name.name


@cache
def _given_names() -> dict[str, str]:
    data = load_lexicon("given_names")
    return {name: gender for gender in ("female", "male") for name in data[gender]}
