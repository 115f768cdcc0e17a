"""Reporting verbs and nouns with their source and what is said, as token ranges, read off the parse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reconcile.extract.reporting import Reporting
from reconcile.extract.syntax import Tree, find_subject

Range = tuple[int, int]
"""Token indices, both included."""

_NOBODY = frozenset({"you", "anyone", "nobody", "what"})
"""Subjects that are no source: the reader, or nobody in particular."""
_PARTING = frozenset({",", "”", '"', "''", "?", "!"})
_PHRASE = 60
"""Tokens of a phrase in which an addition is looked for; longer ones are kept whole."""
_BREAKS = frozenset({"--", "—", "–", "―", ";", ":"})
_ADDS = frozenset({"whose", "where", "while", "although", "though", "but", "after", "because", "so", "when", "as"})


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
    found = _content_of_verb(tree, verb, frames, lexicon)
    if found is None:
        return
    frame, ranges = found
    if source is None and frame in ("clause", "around"):
        source = _inverted_subject(tree, verb, ranges)
    if source is None or tree.lowers[source] in _NOBODY:
        return
    if frame == "passive" and source in range(ranges[0][0], ranges[0][1] + 1):
        return
    span = source_range(tree, source, verb)
    ranges = cut(cut(ranges, (verb, verb)), span)
    if frame == "clause":
        ranges = _without_next_cue(tree, verb, ranges, lexicon)
        ranges = _lead(tree, verb, span, ranges) + ranges + _rest(tree, verb, span, ranges)
    if ranges:
        yield Candidate(verb, frame, source, span, ranges)


def _content_of_verb(
    tree: Tree, verb: int, frames: frozenset[str], lexicon: Reporting
) -> tuple[str, tuple[Range, ...]] | None:
    """The frame that applies, most telling first, with the content's ranges."""
    clause = tree.child(verb, "ccomp")
    if clause is not None and clause < verb and not _is_set_off(tree, clause, verb):
        clause = next((c for c in tree.below(verb, "ccomp") if c > verb), None)
    if "clause" in frames and clause is not None:
        return "clause", ((tree.left[clause], tree.right[clause]),)
    if "clause" in frames and (around := _around(tree, verb)):
        return "around", around
    objects = tree.below(verb, "dobj")
    infinitive = next((x for x in tree.below(verb, "xcomp") if _is_infinitive(tree, x)), None)
    if "person" in frames:
        if clause is not None and _is_infinitive(tree, clause):
            return "person", ((tree.left[clause], tree.right[clause]),)
        if objects and infinitive is not None:
            return "person", ((tree.left[objects[0]], tree.right[infinitive]),)
    if "infinitive" in frames and infinitive is not None:
        return "infinitive", (_compact(tree, tree.left[infinitive], tree.right[infinitive]),)
    if "gerund" in frames and (gerund := _gerund(tree, verb)) is not None:
        return "gerund", (_compact(tree, tree.left[gerund], tree.right[gerund]),)
    if "passive" in frames and (subject := tree.child(verb, "nsubjpass")) is not None:
        return "passive", ((tree.left[subject], tree.right[subject]),)
    if (phrase := _phrase(tree, verb, lexicon)) is not None:
        return "phrase", (phrase,)
    if "object" in frames and (objects or clause is not None):
        return "object", (_object(tree, verb, objects[0] if objects else clause, lexicon),)  # type: ignore[arg-type]
    return None


def _is_set_off(tree: Tree, clause: int, verb: int) -> bool:
    """Whether a comma or a quotation mark parts a clause from the reporting verb after it."""
    right = tree.right[clause]
    return any(tree.lowers[at] in _PARTING for at in range(right, min(verb, right + 4)))


def _without_next_cue(tree: Tree, verb: int, ranges: tuple[Range, ...], lexicon: Reporting) -> tuple[Range, ...]:
    """Cut off a second reporting verb that the parser joined to the clause: "said he would stay and warned them"."""
    clause = tree.child(verb, "ccomp")
    if clause is None or clause < verb:
        return ranges
    for second in tree.below(clause, "advcl"):
        reports = tree.lemmas[second] in lexicon.speech and tree.child(second, "ccomp") is not None
        if second > clause and reports and tree.lowers[tree.left[second] - 1] == ",":
            return cut(ranges, (tree.left[second], tree.right[second]))
    for second in tree.below(clause, "conj"):
        joined = tree.tags[second] == tree.tags[verb] != tree.tags[clause] and tree.lemmas[second] in lexicon.frames
        if joined and tree.child(second, "nsubj", "nsubjpass") is None:
            return cut(ranges, (tree.left[second], tree.right[clause]))
    return ranges


def _rest(tree: Tree, verb: int, source: Range, ranges: tuple[Range, ...]) -> tuple[Range, ...]:
    """What goes on after an inserted "…, he said, …" in the same sentence."""
    end = max(verb, source[1])
    if not ranges or ranges[-1][1] > verb or end + 1 >= len(tree.lowers) or tree.lowers[end + 1] != ",":
        return ()
    last = tree.right[verb]
    first = end + 2
    if last - first < 2 or tree.tags[first] == "VBG" or tree.pos[first] in ("ADP", "PUNCT") or tree.is_relative(first):
        return ()
    return ((first, last),)


def _lead(tree: Tree, verb: int, source: Range, ranges: tuple[Range, ...]) -> tuple[Range, ...]:
    """What comes before an inserted "…, he said, …" whose clause stands after it."""
    start, end = min(verb, source[0]), max(verb, source[1])
    if not ranges or ranges[0][0] < start or end + 1 >= len(tree.lowers) or start < 2:
        return ()
    first = tree.left[verb]
    inserted = tree.lowers[start - 1] == "," and tree.lowers[end + 1] == ","
    return ((first, start - 2),) if inserted and start - first > 3 else ()


def _is_infinitive(tree: Tree, verb: int) -> bool:
    return any(tree.tags[c] == "TO" for c in tree.below(verb, "aux"))


def _gerund(tree: Tree, verb: int) -> int | None:
    return next((x for x in tree.below(verb, "xcomp", "pcomp") if tree.tags[x] == "VBG"), None)


def _around(tree: Tree, verb: int) -> tuple[Range, ...]:
    """The main clause around a reporting clause put into it: "The bridge, officials say, will reopen"."""
    head = tree.heads[verb]
    as_said = any(tree.lowers[c] == "as" for c in tree.below(verb, "mark", "advmod"))
    inserted = tree.deps[verb] == "parataxis" or (tree.deps[verb] in ("advcl", "ccomp") and as_said)
    if not inserted or head == verb:
        return ()
    return cut(((tree.left[head], tree.right[head]),), (tree.left[verb], tree.right[verb]))


def _phrase(tree: Tree, verb: int, lexicon: Reporting) -> Range | None:
    """The object of a preposition that belongs to the verb, or what it is called for to do."""
    wanted = lexicon.phrases.get(tree.lemmas[verb], frozenset())
    for preposition in tree.below(verb, "prep", "prt"):
        if tree.lowers[preposition] not in wanted:
            continue
        inner = tree.child(preposition, "pobj", "pcomp")
        if inner is None:
            continue
        infinitive = next((x for x in tree.below(verb, "xcomp") if x > inner), None)
        return _compact(tree, tree.left[inner], tree.right[inner] if infinitive is None else tree.right[infinitive])
    return None


def _object(tree: Tree, verb: int, target: int, lexicon: Reporting) -> Range:
    """The object with the phrases that complete it: "a disgrace", "for its delay", "as reckless"."""
    if tree.is_relative(target) and tree.deps[verb] == "relcl":
        antecedent = tree.heads[verb]
        return tree.left[antecedent], max(antecedent, tree.left[verb] - 1)
    right = tree.right[target]
    for c in tree.children[verb]:
        completes = tree.deps[c] in ("oprd", "xcomp") or (
            tree.deps[c] == "prep" and tree.lowers[c] in lexicon.completers and tree.pos[c] in ("ADP", "SCONJ")
        )
        if c > target and completes and tree.left[c] <= right + 1:
            right = tree.right[c]
    return _compact(tree, tree.left[target], right)


def _compact(tree: Tree, left: int, right: int) -> Range:
    """The phrase up to what is only added to it: ", which …", ", saying …", a dash, a semicolon."""
    for at in range(left + 1, min(right, left + _PHRASE)):
        if tree.lowers[at] in _BREAKS:
            return left, at - 1
        if tree.lowers[at] == "," and (
            tree.is_relative(at + 1) or tree.tags[at + 1] == "VBG" or tree.lowers[at + 1] in _ADDS
        ):
            return left, at - 1
    return left, right


def _inverted_subject(tree: Tree, verb: int, content: tuple[Range, ...]) -> int | None:
    """The noun right after the verb that the parser took for an object: "…, said Dr. Okafor of the clinic"."""
    if content[0][0] > verb:
        return None
    return tree.child(verb, "dobj", "npadvmod", "attr", "oprd", "appos")


def _according(tree: Tree, token: int) -> Iterator[Candidate]:
    """ "According to the ministry": the clause it hangs on, without itself."""
    to = next((c for c in tree.children[token] if tree.lowers[c] == "to"), None)
    source = tree.child(to, "pobj") if to is not None else None
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
        yield Candidate(token, "according", source, (tree.left[source], tree.right[source]), ranges)


def _noun(tree: Tree, noun: int, lexicon: Reporting) -> Iterator[Candidate]:
    """ "Her claim that the count was wrong", "made the case that …": what hangs on the noun, where its holder is named."""
    source = tree.child(noun, "poss")
    content = next((c for c in tree.below(noun, "acl", "relcl") if _is_said(tree, c)), None)
    if source is None and content is not None:
        source = _holder(tree, noun)
    if content is None and source is not None:
        prepositions = (p for p in tree.below(noun, "prep") if tree.lowers[p] in lexicon.noun_prepositions)
        content = next((x for p in prepositions if (x := tree.child(p, "pobj", "pcomp")) is not None), None)
    if content is None or source is None:
        return
    span = (tree.left[source], source) if source < noun else source_range(tree, source, noun)
    yield Candidate(noun, "noun", source, span, (_compact(tree, tree.left[content], tree.right[content]),))


def _holder(tree: Tree, noun: int) -> int | None:
    """Whose statement a noun is: of whom it is told, or the subject of the verb that it is the object of."""
    for preposition in tree.below(noun, "prep"):
        if tree.lowers[preposition] in ("by", "from", "of"):
            return tree.child(preposition, "pobj")
    if tree.deps[noun] == "dobj":
        return find_subject(tree, tree.heads[noun])
    return None


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
    ranges = cut((_compact(tree, tree.left[content], tree.right[content]),), span)
    if ranges:
        yield Candidate(adjective, "adjective", source, span, ranges)


def _is_said(tree: Tree, clause: int) -> bool:
    """Whether the clause is the noun's content: "that …" or "to …", not a description of it."""
    if _is_infinitive(tree, clause):
        return True
    return any(tree.lowers[c] in ("that", "whether") for c in tree.below(clause, "mark"))


def source_range(tree: Tree, source: int, cue: int) -> Range:
    """The source's phrase, without a trailing relative clause and never over the cue."""
    left, right = tree.left[source], tree.right[source]
    for c in tree.below(source, "relcl", "acl"):
        if c > source and tree.left[c] > source:
            right = min(right, tree.left[c] - 1)
    if source < cue <= right:
        right = source
    if left <= cue < source:
        left = source
    return left, right


def cut(ranges: tuple[Range, ...], hole: Range) -> tuple[Range, ...]:
    """The ranges without the tokens of ``hole``."""
    kept: list[Range] = []
    for start, end in ranges:
        if hole[1] < start or hole[0] > end:
            kept.append((start, end))
            continue
        if start < hole[0]:
            kept.append((start, hole[0] - 1))
        if hole[1] < end:
            kept.append((hole[1] + 1, end))
    return tuple(kept)
