"""Two quotations of the same words compared word by word: what was shortened, and what was changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from reconcile.lexicon import load_lexicon
from reconcile.model import Comparison, Relation, TextValue
from reconcile.normalize.numbers import number_words, parse_number

_TOKEN = re.compile(r"…|\.\.\.+|(?:\. ){2,}\.|\d[\d,.]*\d|'?\w+(?:['.]\w+)*")
_INSERTED = re.compile(r"\[[^\[\]]{0,200}\]|\([^()]{0,200}\)")
_GAP = "…"
_MAX_WORDS = 400
_MIN_ALIKE = 5
"""Words in common, in runs of two or more, below which two quotations are different passages."""
_MOST = 0.7
"""The share of the words between the first and the last common run that must be in common."""
_REPLACED = 2
"""Words that may replace each other at a passage's edge; more are where one quotation begins or ends elsewhere."""
_SPELLING = 75
"""Words at least this much alike (0-100) are held to be spellings or forms of one word."""

_Step = tuple[str, tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Edit:
    """Words that one quotation has where the other has others; either may be empty."""

    left: tuple[str, ...]
    right: tuple[str, ...]

    def told(self) -> str:
        """The change in words, for a reason."""
        left, right = " ".join(self.left), " ".join(self.right)
        if left and right:
            return f'"{left}" against "{right}"'
        return f'"{left or right}" is only in one'


@dataclass(frozen=True, slots=True)
class _Words:
    contractions: dict[str, tuple[str, ...]]
    endings: dict[str, str]
    fillers: frozenset[str]
    negators: frozenset[str]
    stop: frozenset[str]


def compare_quotations(a: TextValue, b: TextValue) -> Comparison:
    """How two quotations compare, as word-for-word renderings of one speech.

    ``equal``: the same words, but for contractions, spellings and small words; ``finer``: one gives more of them;
    ``differs``: most words are the same, and a negation, number or content word is not; ``overlaps``: another passage.
    """
    left, right = _tokens(a.text), _tokens(b.text)
    if left == right:
        return Comparison(Relation.EQUAL, "the same words")
    if not left or not right:
        return Comparison(Relation.OVERLAPS, "one of the quotations has no words")
    shorter, longer = sorted((left, right), key=lambda words: (len(words), words))
    if (place := _place_in(shorter, longer)) is not None:
        return _contained(longer, place)
    # In one order, whichever side they stand on: the alignment must not depend on it.
    full_left, full_right = _written_out(shorter), _written_out(longer)
    if full_left == full_right:
        return Comparison(Relation.EQUAL, "the same words, some of them contracted or in figures")
    common = frozenset(full_left) & frozenset(full_right)
    enough = sum(word in common for word in full_left) >= _MIN_ALIKE
    passage = _common_passage(full_left, full_right) if enough else None
    if passage is None:
        return Comparison(Relation.OVERLAPS, "different passages")
    edits, whole = passage
    if changed := [edit for edit in edits if _matters(edit, common)]:
        told = "; ".join(edit.told() for edit in changed[:4])
        return Comparison(Relation.DIFFERS, f"mostly the same words, but {told}")
    if edits:
        told = "; ".join(edit.told() for edit in edits[:4])
        relation = Relation.EQUAL if whole else Relation.FINER
        return Comparison(relation, f"the same words but for what does not matter: {told}")
    return Comparison(Relation.FINER, "the same words as far as both quote; each or one quotes more")


@lru_cache(maxsize=2_000)
def _tokens(text: str) -> tuple[str, ...]:
    """Words in small letters with straight apostrophes, ellipses as gaps; insertions in brackets count as gaps."""
    plain = _INSERTED.sub(" … ", text[:20_000].lower().replace("’", "'").replace("‘", " "))
    words: list[str] = []
    for match in _TOKEN.finditer(plain):
        word = match.group().strip("'") if match.group() not in _words().contractions else match.group()
        if word[:1] in "….":
            word = _GAP
        if not (word == _GAP and (not words or words[-1] == _GAP)):
            words.append(word)
    while words and words[-1] == _GAP:
        words.pop()
    return tuple(words[:_MAX_WORDS])


@lru_cache(maxsize=2_000)
def _written_out(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words with contractions in full and numbers as digits."""
    known = _words()
    result: list[str] = []
    for word in words:
        if word in known.contractions:
            result.extend(known.contractions[word])
            continue
        ending = next((e for e in known.endings if word.endswith(e) and len(word) > len(e)), None)
        if ending is not None:
            result.extend((word.removesuffix(ending), known.endings[ending]))
        else:
            result.append(_in_digits(word))
    return tuple(result)


def _in_digits(word: str) -> str:
    """A number, in figures or in a single word, as plain digits; any other word as it is."""
    if not word[0].isdigit() and word not in number_words()["cardinals"]:
        return word
    number = parse_number(word)
    return word if number is None or number.low != number.high else f"{number.low:.15g}"


def _place_in(shorter: tuple[str, ...], longer: tuple[str, ...]) -> int | None:
    """Where the parts of the shorter quotation, between its gaps, stand in the longer one in order; None where not."""
    at, first = 0, None
    for part in _parts(shorter):
        found = _find(part, longer, at)
        if found is None:
            return None
        first = found if first is None else first
        at = found + len(part)
    return first


def _parts(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    parts: list[list[str]] = [[]]
    for word in words:
        if word == _GAP:
            parts.append([])
        else:
            parts[-1].append(word)
    return [tuple(part) for part in parts if part]


def _find(part: tuple[str, ...], words: tuple[str, ...], start: int) -> int | None:
    for at in range(start, len(words) - len(part) + 1):
        if words[at] == part[0] and words[at : at + len(part)] == part:
            return at
    return None


def _contained(longer: tuple[str, ...], place: int) -> Comparison:
    known = _words()
    if any(word in known.negators or word.endswith("n't") for word in longer[max(0, place - 2) : place]):
        return Comparison(Relation.OVERLAPS, "one quotes the other's words without the negation before them")
    return Comparison(Relation.FINER, "one is a part of the other")


def _common_passage(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[list[_Edit], bool] | None:
    """What was changed between the first and the last run of common words, and whether that is all of both.

    None where too little is common.
    """
    steps = [
        (op.tag, left[op.src_start : op.src_end], right[op.dest_start : op.dest_end])
        for op in Levenshtein.opcodes(left, right)
    ]
    runs = [i for i, (tag, words, _) in enumerate(steps) if tag == "equal" and len(words) > 1]
    if not runs:
        return None
    passage = steps[_outward(steps, runs[0], -1) : _outward(steps, runs[-1], 1) + 1]
    alike = sum(len(words) for tag, words, _ in passage if tag == "equal")
    content = sum(w not in _words().stop for tag, words, _ in passage if tag == "equal" for w in words)
    edits = [_Edit(one, other) for tag, one, other in passage if tag != "equal" and _GAP not in one + other]
    changed = sum(max(len(edit.left), len(edit.right)) for edit in edits)
    if alike < _MIN_ALIKE or content < 2 or alike < _MOST * (alike + changed):
        return None
    return edits, len(passage) == len(steps)


def _outward(steps: list[_Step], at: int, way: int) -> int:
    """The step up to which a passage reaches beyond its outermost run: over a word or two that replace each other."""
    while 0 <= at + way < len(steps):
        tag, one, other = steps[at + way]
        if tag != "equal" and not (1 <= len(one) <= _REPLACED and 1 <= len(other) <= _REPLACED):
            break
        at += way
    return at


def _matters(edit: _Edit, common: frozenset[str]) -> bool:
    """Whether the change turns the sense: a negation, a number, or a content word that is another word.

    Words of ``common`` that only one side has here are a repetition that the other left out.
    """
    known = _words()
    if any((word in known.negators) for word in edit.left) != any((word in known.negators) for word in edit.right):
        return True
    left = [w for w in edit.left if w not in known.stop and w not in known.fillers]
    right = [w for w in edit.right if w not in known.stop and w not in known.fillers]
    if {w for w in left if w[0].isdigit()} != {w for w in right if w[0].isdigit()}:
        return True
    if not left or not right:
        return any(word not in common for word in left + right)
    return not (_all_found(left, right) and _all_found(right, left))


def _all_found(words: list[str], others: list[str]) -> bool:
    """Whether each word stands, in some spelling or form, among the others."""
    return all(any(fuzz.ratio(word, other) >= _SPELLING for other in others) for word in words)


@cache
def _words() -> _Words:
    data, opposites = load_lexicon("quotations"), load_lexicon("opposites")
    return _Words(
        contractions={word: tuple(full.split()) for word, full in data["contractions"].items()},
        endings=data["endings"],
        fillers=frozenset(data["fillers"]),
        negators=frozenset(opposites["negators"]),
        stop=frozenset(opposites["function_words"]) - frozenset(opposites["negators"]),
    )
