"""Words that stand for themselves compared: by the content words they share, and by states that exclude each other."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from reconcile.lexicon import load_lexicon
from reconcile.model import Comparison, Relation, TextValue

_TOKEN = re.compile(r"\w+(?:['’.-]\w+)*")
# How many words a negator reaches forward: "has not yet been arrested", "none of the victims had minor injuries".
_REACH = 3
_REACH_OF_NONE = 6
# Of all words in either text, how many must be in both for the two to say the same.
_SAME = 0.8
# Of the shorter text's words, how many must be in the longer for it to say the same and more, and at least how many.
# On paired sentences of news, 6.6 % of those on one fact reach this, and 0.2 % of those on two.
_HELD = 0.6
_HELD_WORDS = 4
# Two texts this long beside their opposed words must share more than one other word to be about one thing.
_LONG = 3
_NONE = frozenset(("none", "neither", "nobody"))
# Beyond this many words a text is no status or statement any more; what follows adds nothing to the comparison.
_MAX_TOKENS = 400


@dataclass(frozen=True, slots=True)
class _Phrase:
    dimension: str
    state: str
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Opposites:
    phrases: dict[str, tuple[_Phrase, ...]]
    """By first token, longest first."""
    whole: dict[tuple[str, ...], _Phrase]
    """Those that tell a state only where they are the whole text."""
    two_states: dict[str, tuple[str, str]]
    negators: frozenset[str]
    stop: frozenset[str]


@dataclass(frozen=True, slots=True)
class _State:
    """One state that a text gives, such as custody: free; ``words`` are those that say so."""

    dimension: str
    name: str
    negated: bool
    words: str

    def excludes(self, other: _State) -> bool:
        """Whether both cannot hold of one thing at one time."""
        if self.dimension != other.dimension:
            return False
        if self.name == other.name:
            return self.negated != other.negated
        return not self.negated and not other.negated


def compare_texts(a: TextValue, b: TextValue) -> Comparison:
    """How two texts compare: ``differs`` only where they oppose each other clearly, else by the words they share."""
    left_tokens, right_tokens = _tokens(a.text), _tokens(b.text)
    if left_tokens == right_tokens:
        return Comparison(Relation.EQUAL, "the same words")
    left, right = frozenset(a.words or content_words(a.text)), frozenset(b.words or content_words(b.text))
    if (opposed := _opposition(left_tokens, right_tokens, left, right)) is not None:
        return opposed
    shared = left & right
    if shared and len(shared) >= _SAME * len(left | right):
        if _negated(left_tokens) != _negated(right_tokens):
            return Comparison(Relation.DIFFERS, "the same words, but one of the two negates them")
        return Comparison(Relation.EQUAL, f"the same content words: {_list(shared)}")
    if _holds(left, right) and _negated(left_tokens) == _negated(right_tokens):
        more = _list((left | right) - shared)
        return Comparison(Relation.FINER, f"both say {_list(shared)}; one adds {more}")
    if shared:
        return Comparison(Relation.OVERLAPS, f"they share only {_list(shared)}")
    return Comparison(Relation.OVERLAPS, "other words, and nothing that shows whether they fit together")


def text_clues(value: TextValue) -> frozenset[Hashable]:
    """What two texts share something of if they say the same: their content words, or all their words."""
    return frozenset((*(value.words or content_words(value.text)), _tokens(value.text)))


def content_words(text: str) -> tuple[str, ...]:
    """The words of a text that carry meaning, in small letters and in order, each once."""
    stop = _opposites().stop
    return tuple(dict.fromkeys(token for token in _tokens(text) if token not in stop))


def _holds(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether one text says what the other does, and more: a short one in full, a longer one for the most part."""
    shared, shorter = len(left & right), min(len(left), len(right))
    if shared < _HELD_WORDS:
        return 0 < shared == shorter and max(len(left), len(right)) <= _LONG + shared
    return shared >= _HELD * shorter


def _opposition(
    left: tuple[str, ...], right: tuple[str, ...], left_words: frozenset[str], right_words: frozenset[str]
) -> Comparison | None:
    """``differs`` where the texts give one thing two states that exclude each other, else None."""
    right_states = _states(right)
    if not right_states:
        return None
    left_states = _states(left)
    for one in left_states:
        for other in right_states:
            if not one.excludes(other) or _also(one, right_states) or _also(other, left_states):
                continue
            if _same_thing(left_words - {*one.words.split()}, right_words - {*other.words.split()}):
                return Comparison(Relation.DIFFERS, f'"{one.words}" and "{other.words}" exclude each other')
    return None


def _same_thing(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether the words beside two opposed states show that both are told of one thing; bare states show nothing."""
    if not left or not right:
        return True
    return len(left & right) >= (2 if min(len(left), len(right)) >= _LONG else 1)


def _also(state: _State, others: tuple[_State, ...]) -> bool:
    """Whether the other text gives this state too: then it tells of a change, not of an opposite."""
    return any((state.dimension, state.name, state.negated) == (o.dimension, o.name, o.negated) for o in others)


@lru_cache(maxsize=4_000)
def _states(tokens: tuple[str, ...]) -> tuple[_State, ...]:
    return tuple(_find_states(tokens))


def _find_states(tokens: tuple[str, ...]) -> Iterator[_State]:
    lexicon = _opposites()
    if (only := lexicon.whole.get(tokens)) is not None:
        yield _State(only.dimension, only.state, False, " ".join(tokens))
    index = 0
    while index < len(tokens):
        known = lexicon.phrases.get(tokens[index], ())
        phrase = next((p for p in known if tokens[index : index + len(p.tokens)] == p.tokens), None)
        if phrase is None:
            index += 1
            continue
        end = index + len(phrase.tokens)
        start = _negator_before(tokens, index)
        words = " ".join(tokens[index if start is None else start : end])
        name, negated = phrase.state, start is not None
        if negated and phrase.dimension in lexicon.two_states:
            first, second = lexicon.two_states[phrase.dimension]
            name, negated = (second if name == first else first), False
        yield _State(phrase.dimension, name, negated, words)
        index = end


def _negator_before(tokens: tuple[str, ...], index: int) -> int | None:
    """Where the negator stands that reaches the word at ``index``; None where none does."""
    negators = _opposites().negators
    for at in range(index - 1, max(-1, index - 1 - _REACH_OF_NONE), -1):
        reach = _REACH_OF_NONE if tokens[at] in _NONE else _REACH
        if _is_negator(tokens[at], negators) and index - at <= reach:
            return at
    return None


def _negated(tokens: tuple[str, ...]) -> bool:
    negators = _opposites().negators
    return sum(_is_negator(token, negators) for token in tokens) % 2 == 1


def _is_negator(token: str, negators: frozenset[str]) -> bool:
    return token in negators or token.endswith(("n't", "n’t"))


@lru_cache(maxsize=4_000)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(found[0] for found in _TOKEN.finditer(text.lower()[:20_000]))[:_MAX_TOKENS]


def _list(words: frozenset[str]) -> str:
    shown = sorted(words)[:6]
    return ", ".join(shown) + (", …" if len(words) > len(shown) else "")


@cache
def _opposites() -> _Opposites:
    data = load_lexicon("opposites")
    by_first: dict[str, list[_Phrase]] = {}
    for phrase in _phrases(data["dimensions"]):
        by_first.setdefault(phrase.tokens[0], []).append(phrase)
    two_states = {}
    for dimension, states in data["dimensions"].items():
        if len(states) == 2:
            first, second = states
            two_states[dimension] = (first, second)
    return _Opposites(
        phrases={first: tuple(sorted(found, key=lambda p: -len(p.tokens))) for first, found in by_first.items()},
        whole={phrase.tokens: phrase for phrase in _phrases(data["whole_texts"])},
        two_states=two_states,
        negators=frozenset(data["negators"]),
        stop=frozenset(data["function_words"]),
    )


def _phrases(dimensions: dict[str, dict[str, list[str]]]) -> Iterator[_Phrase]:
    for dimension, states in dimensions.items():
        for state, phrases in states.items():
            for phrase in phrases:
                yield _Phrase(dimension, state, _tokens(phrase))
