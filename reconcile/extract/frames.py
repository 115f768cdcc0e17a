"""Reporting verbs, nouns and adjectives with their source and what is said, as token ranges, read off the parse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reconcile.extract.inserted import lead_before, next_cue, rest_after, sentence_before, with_joined
from reconcile.extract.reporting import Reporting
from reconcile.extract.syntax import Tree, find_subject
from reconcile.extract.token_ranges import Range, compact, cut, source_range
from reconcile.extract.verb_frames import content_of_verb, inverted_subject

_NOBODY = frozenset({"you", "anyone", "nobody", "what"})
"""Subjects that are no source: the reader, or nobody in particular."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible attribution: the cue's token, its frame, the source's head and range, the content's ranges."""

    cue: int
    frame: str
    source: int
    source_range: Range
    content: tuple[Range, ...]


def find_candidates(tree: Tree, lexicon: Reporting) -> Iterator[Candidate]:
    """All candidates of a parsed text, in text order of their cues; they may lie inside each other."""
    for token, read in enumerate(tree.lemmas):
        lemma, pos = lexicon.forms.get(tree.lowers[token], read), tree.pos[token]
        if pos in ("VERB", "AUX") or tree.tags[token].startswith("VB"):
            if lemma == "accord":
                yield from _according(tree, token)
            elif lemma in lexicon.frames or lemma in lexicon.phrases:
                yield from _verb(tree, token, lemma, lexicon)
        elif lemma in lexicon.nouns and pos == "NOUN":
            yield from _noun(tree, token, lexicon)
        elif lemma in lexicon.adjectives and tree.deps[token] in ("acomp", "ROOT"):
            yield from _adjective(tree, token, lexicon)


def _verb(tree: Tree, verb: int, lemma: str, lexicon: Reporting) -> Iterator[Candidate]:
    source = find_subject(tree, verb)
    frames = lexicon.frames.get(lemma, frozenset())
    if source is not None and lemma in lexicon.findings and tree.lemmas[source] in lexicon.documents:
        frames |= {"object"}
    frame, ranges = content_of_verb(tree, verb, frames, lexicon) or ("", ())
    if source is None and frame in ("clause", "around"):
        source = inverted_subject(tree, verb, ranges)
    if source is None or tree.lowers[source] in _NOBODY:
        return
    if frame == "passive" and ranges and source in range(ranges[0][0], ranges[0][1] + 1):
        return
    span = source_range(tree, source, verb)
    ranges = cut(cut(ranges, (verb, verb)), span)
    if frame == "clause":
        second = next_cue(tree, verb, ranges, lexicon)
        if second is not None:
            ranges = cut(ranges, (tree.left[second], tree.right[second]))
            said = tree.child(second, "ccomp")
            if said is not None and tree.child(second, "nsubj") is None:
                yield Candidate(second, "clause", source, span, ((tree.left[said], tree.right[said]),))
        ranges = with_joined(tree, verb, ranges, lexicon)
        ranges = lead_before(tree, verb, span, ranges) + ranges + rest_after(tree, verb, span, ranges)
    if lemma in lexicon.speech and (before := sentence_before(tree, verb, span)) is not None:
        frame, ranges = "clause", (before,)
    if ranges:
        yield Candidate(verb, frame, source, span, ranges)


def _according(tree: Tree, token: int) -> Iterator[Candidate]:
    """ "According to the ministry": the clause it hangs on, without itself."""
    to = next((c for c in tree.children[token] if tree.lowers[c] == "to"), None)
    source = tree.child(to, "pobj", "pcomp") if to is not None else tree.child(token, "pcomp", "pobj")
    if source is None:
        return
    head = tree.heads[token]
    closes = tree.left[token] > 0 and tree.lowers[tree.left[token] - 1] == ","
    for _ in range(12):
        if tree.heads[head] == head or (tree.pos[head] in ("VERB", "AUX") and not closes):
            break
        head = tree.heads[head]
    ranges = cut(((tree.left[head], tree.right[head]),), (tree.left[token], tree.right[token]))
    if ranges:
        yield Candidate(token, "according", source, source_range(tree, source, token), ranges)


def _noun(tree: Tree, noun: int, lexicon: Reporting) -> Iterator[Candidate]:
    """ "Her claim that the count was wrong": what hangs on the noun, where it is told whose it is."""
    source = tree.child(noun, "poss")
    content = next((c for c in tree.below(noun, "acl", "relcl", "ccomp") if _is_said(tree, c)), None)
    if source is None and content is not None:
        source = _holder(tree, noun)
    if content is None and source is not None:
        prepositions = (p for p in tree.below(noun, "prep") if tree.lowers[p] in lexicon.noun_prepositions)
        content = next((x for p in prepositions if (x := tree.child(p, "pobj", "pcomp")) is not None), None)
    if content is None or source is None:
        return
    span = (tree.left[source], source) if source < noun else source_range(tree, source, noun)
    yield Candidate(noun, "noun", source, span, (compact(tree, tree.left[content], tree.right[content]),))


def _holder(tree: Tree, noun: int) -> int | None:
    """Whose statement a noun is: of whom it is told, or the subject of the verb that it is the object of."""
    for preposition in tree.below(noun, "prep"):
        if tree.lowers[preposition] in ("by", "from", "of"):
            return tree.child(preposition, "pobj")
    if tree.deps[noun] == "dobj":
        return find_subject(tree, tree.heads[noun])
    outlet = tree.child(noun, "compound", "nmod")
    return outlet if outlet is not None and tree.pos[outlet] == "PROPN" else None


def _is_said(tree: Tree, clause: int) -> bool:
    """Whether the clause is the noun's content: "that …" or "to …", not a description of it."""
    if tree.is_infinitive(clause):
        return True
    return any(tree.lowers[c] in ("that", "whether") for c in tree.below(clause, "mark"))


def _adjective(tree: Tree, adjective: int, lexicon: Reporting) -> Iterator[Candidate]:
    """ "Is worried that …", "was reluctant to …", "remains critical of …"."""
    verb = tree.heads[adjective]
    source = find_subject(tree, verb)
    content = tree.child(adjective, "ccomp", "xcomp")
    if content is None:
        wanted = lexicon.adjectives[tree.lemmas[adjective]]
        prepositions = (p for p in tree.below(adjective, "prep") if tree.lowers[p] in wanted)
        content = next((x for p in prepositions if (x := tree.child(p, "pobj", "pcomp")) is not None), None)
    if source is None or content is None or tree.lowers[source] == "it":
        return
    span = source_range(tree, source, adjective)
    ranges = cut((compact(tree, tree.left[content], tree.right[content]),), span)
    if ranges:
        yield Candidate(adjective, "adjective", source, span, ranges)
