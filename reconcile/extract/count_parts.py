"""What becomes of those whom a number counts, or what they do: "five were shot" and "shot five" count the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from reconcile.extract.clauses import Clauses
from reconcile.extract.quantity_nouns import context_words
from reconcile.lexicon import load_lexicon

_CLIMB = 6
_JOINED = 6
"""Verbs joined to one that are looked at."""
_BESIDE = frozenset(["conj", "appos"])
_LINKS = frozenset(["be", "have", "take", "leave", "find", "rush", "send", "bring", "transport", "remain", "keep",
                    "suffer", "sustain", "receive", "airlift", "carry", "fly", "put", "place"])  # fmt: skip
_PREPOSITIONS = frozenset(["in", "into", "to", "at", "from", "with"])
_COMPLEMENTS = frozenset(["acomp", "attr", "oprd", "amod", "acl"])


@dataclass(frozen=True, slots=True)
class Part:
    """What those who are counted have in common: its name, and the class of event that such counts share, or ""."""

    name: str
    event: str


@dataclass(frozen=True, slots=True)
class _Words:
    """The lexicon of parts: tables from a class or a word to a part, the order of parts, and sets of nouns."""

    tables: Mapping[str, Mapping[str, str]]
    sets: Mapping[str, frozenset[str]]
    ranks: Mapping[str, int]

    def part(self, table: str, *keys: str) -> str:
        """The part that the first known key tells, or ""."""
        return next((self.tables[table][key] for key in keys if key in self.tables[table]), "")


@cache
def _words() -> _Words:
    data = load_lexicon("count_parts")
    turned = {
        kind: {word: part for part, words in data[kind].items() for word in words}
        for kind in ("complements", "nouns", "sought")
    }
    tables = {kind: data[kind] for kind in ("suffered", "done", "classes")} | turned
    kinds = ("missiles", "fired", "hitting", "anyone", "attackers", "women", "wholes")
    ranks = {part: rank for rank, part in enumerate(data["ranks"])}
    return _Words(tables, {kind: frozenset(data[kind]) for kind in kinds}, ranks)


def missiles() -> frozenset[str]:
    """Nouns for what is fired, lemmas in lower case."""
    return _words().sets["missiles"]


def counted_as(noun: str) -> str:
    """What outlets may count under one name: "people" for persons of any sort, "women", else the noun itself."""
    words = _words()
    if noun in words.sets["missiles"] or noun == "time":
        return "shot"
    return (
        "people"
        if noun in words.sets["anyone"] | words.sets["attackers"]
        else "women"
        if noun in words.sets["women"]
        else noun
    )


def find_part(clauses: Clauses, counted: int, noun: str) -> Part | None:
    """The part of those who are counted at a token, ``noun`` the lemma of what is counted; None where nothing tells."""
    words = _words()
    if noun in words.sets["missiles"] or noun == "time":
        return _missile_part(clauses, counted, noun)
    told = set(_told(clauses, counted))
    if "attacking" in told and counted_as(noun) not in ("people", "women") and noun not in context_words("people"):
        told.remove("attacking")
    told.add(words.part("nouns", noun))
    told &= words.ranks.keys()
    if not told:
        return None
    name = min(told, key=lambda part: words.ranks[part])
    return Part(name, words.part("classes", name))


def _told(clauses: Clauses, counted: int) -> Iterator[str]:
    """Every part that the words around a counted noun tell."""
    tree, top = clauses.tree, counted
    for _ in range(_CLIMB):
        yield from _below(clauses, top)
        head = tree.heads[top]
        if head == top:
            return
        if tree.deps[top] in _BESIDE and tree.pos[head] in ("NOUN", "PROPN", "NUM", "PRON"):
            top = head
        elif tree.deps[top] == "pobj" and tree.lowers[head] == "of" and _is_quantity(clauses, tree.heads[head]):
            top = tree.heads[head]
        elif tree.deps[top] in ("nummod", "poss", "compound") and tree.pos[head] == "NOUN":
            top = head
        else:
            break
    for child in tree.children[top]:
        if tree.deps[child] == "conj" and tree.pos[child] == "NOUN":
            yield from _below(clauses, child, clauses_only=True)
    yield from _above(clauses, top)


def _is_quantity(clauses: Clauses, token: int) -> bool:
    """Whether a word before "of" is a number or tells that one follows ("a total of six people")."""
    return clauses.tree.pos[token] == "NUM" or clauses.tree.lemmas[token] in _words().sets["wholes"]


def _below(clauses: Clauses, noun: int, *, clauses_only: bool = False) -> Iterator[str]:
    """What the participles, adjectives and relative clauses of a noun tell of it, or its relative clauses alone."""
    tree, words = clauses.tree, _words()
    for child in tree.children[noun]:
        dep = tree.deps[child]
        if clauses_only and dep != "relcl":
            continue
        if dep in ("amod", "acl"):
            yield words.part("complements", tree.lemmas[child], tree.lowers[child])
            if tree.tags[child] == "VBN":
                yield words.part("suffered", clauses.event_of(child))
            else:
                yield from _complements(clauses, child)
        elif dep == "compound" and not words.part("nouns", tree.lemmas[noun]):
            yield words.part("suffered", clauses.event_of(child))
        elif dep == "prep":
            yield _beside(clauses, child)
        elif dep == "relcl":
            passive = tree.child(child, "nsubjpass") is not None
            subject = passive or tree.child(child, "nsubj") is not None
            own = subject and any(tree.lowers[c] in ("who", "that", "which") for c in tree.children[child])
            if own:
                yield from _of_subject(clauses, child)


def _above(clauses: Clauses, noun: int) -> Iterator[str]:
    """What the verb or the event noun that a noun hangs on tells of it."""
    tree, words = clauses.tree, _words()
    dep, head = tree.deps[noun], tree.heads[noun]
    if dep in ("nsubj", "nsubjpass"):
        yield from _of_subject(clauses, head)
    elif dep in ("dobj", "oprd", "dative"):
        yield words.part("suffered", clauses.event_of(head)) or words.part("sought", tree.lemmas[head])
        yield from _complements(clauses, head)
    elif dep == "pobj":
        above = tree.heads[head]
        if tree.lowers[head] == "of" and tree.pos[above] == "NOUN":
            yield words.part("suffered", clauses.event_of(above))
        elif tree.lowers[head] == "for":
            yield words.part("sought", tree.lemmas[above])
        elif tree.deps[head] == "agent" or tree.lowers[head] == "by":
            yield words.part("done", clauses.event_of(above))


def _of_subject(clauses: Clauses, verb: int) -> Iterator[str]:
    """What a verb and those joined to it tell of their subject."""
    tree, words = clauses.tree, _words()
    for one in _joined(clauses, verb):
        event = clauses.event_of(one)
        if _is_passive(clauses, one):
            yield words.part("suffered", event) or words.part("sought", tree.lemmas[one])
        elif tree.pos[one] in ("VERB", "AUX") and not _may_be_passive(clauses, one):
            yield words.part("done", tree.lemmas[one], event)
            below = tree.child(one, "xcomp") if event == "begin" else None
            if below is not None:
                yield words.part("done", tree.lemmas[below], clauses.event_of(below))
        yield words.part("complements", tree.lemmas[one]) if tree.pos[one] == "ADJ" else ""
        yield from _complements(clauses, one)


def _is_passive(clauses: Clauses, verb: int) -> bool:
    tree = clauses.tree
    if tree.tags[verb] != "VBN":
        return False
    auxiliaries = [c for c in tree.children[verb] if tree.deps[c] in ("aux", "auxpass")]
    return any(tree.deps[c] == "auxpass" for c in auxiliaries) or not auxiliaries


def _may_be_passive(clauses: Clauses, verb: int) -> bool:
    """Whether a verb in the past tells of nobody else: "the men shot at the party" may be those who were shot."""
    tree = clauses.tree
    told = {tree.deps[c] for c in tree.children[verb]}
    return tree.lemmas[verb] in _words().sets["hitting"] and tree.tags[verb] in ("VBD", "VBN") and "dobj" not in told


def _joined(clauses: Clauses, verb: int) -> list[int]:
    """A verb and those joined to it that share its subject."""
    tree, found = clauses.tree, [verb]
    for one in found:
        if len(found) > _JOINED:
            break
        found += [
            child
            for child in tree.children[one]
            if tree.deps[child] == "conj"
            and tree.pos[child] in ("VERB", "AUX")
            and tree.child(child, "nsubj", "nsubjpass") is None
        ]
    return found


def _complements(clauses: Clauses, verb: int) -> Iterator[str]:
    """What stands after "be", "have", "leave", "take" and the like: "dead", "in custody", "to a hospital"."""
    tree, words = clauses.tree, _words()
    if tree.lemmas[verb] not in _LINKS:
        return
    for child in tree.children[verb]:
        dep = tree.deps[child]
        if dep in _COMPLEMENTS or (dep == "dobj" and tree.lemmas[child] in ("wound", "injury")):
            yield words.part("complements", tree.lemmas[child], tree.lowers[child])
        elif dep == "prep":
            yield _beside(clauses, child)


def _beside(clauses: Clauses, preposition: int) -> str:
    """The part that "in custody", "with wounds" or "to a medical centre" tells, or ""."""
    tree = clauses.tree
    target = tree.child(preposition, "pobj")
    if target is None or tree.lowers[preposition] not in _PREPOSITIONS:
        return ""
    close = (target, *(c for c in tree.children[target] if tree.deps[c] in ("compound", "amod")))
    return _words().part("complements", *(tree.lemmas[c] for c in close))


def _missile_part(clauses: Clauses, counted: int, noun: str) -> Part | None:
    """Whether shots or times are those fired or those that hit."""
    tree, words = clauses.tree, _words()
    token = counted
    for _ in range(_CLIMB):
        if any(tree.lemmas[c] in words.sets["fired"] and tree.tags[c] == "VBN" for c in tree.children[token]):
            return Part("fired", "shoot")
        head, dep = tree.heads[token], tree.deps[token]
        if head == token or tree.pos[token] in ("VERB", "AUX"):
            break
        by = tree.lowers[token] in ("by", "with") or noun == "time"
        lemma = tree.lemmas[head]
        if by and lemma in words.sets["hitting"]:
            return Part("hitting", "shoot")
        if (
            noun != "time"
            and dep in ("dobj", "nsubjpass", "nsubj")
            and lemma in words.sets["hitting"] | words.sets["fired"]
        ):
            return Part("hitting" if dep == "nsubj" and lemma in words.sets["hitting"] else "fired", "shoot")
        token = head
    return None
