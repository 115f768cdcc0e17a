"""What an article is about, small: the names, numbers, words and word runs that grouping and independence need."""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from anyascii import anyascii
from spacy.tokens import Doc, Span

from reconcile.extract.credits import find_cites, find_credits
from reconcile.extract.segments import find_segments
from reconcile.extract.syntax import Tree
from reconcile.lexicon import load_lexicon
from reconcile.model import Excluded, Segment, Sketch, TimeMention
from reconcile.model import Span as CharSpan
from reconcile.normalize.frequency import article_share
from reconcile.normalize.paragraphs import hash_paragraphs

WORD_LIMIT = 150
"""How many content lemmas a sketch keeps."""
SHINGLE_LENGTH = 5
SHINGLE_LIMIT = 128
"""Word runs are hashed and the smallest hashes kept; a shorter list than this is therefore complete."""

PARAGRAPH_LIMIT = 60
"""How many paragraphs are hashed, half of them at each end, where a publisher puts what it repeats."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_QUOTED = re.compile(r"“[^”\n]{20,2000}”?|\"[^\"\n]{20,2000}\"")
_AGE = re.compile(
    r"\b(\d{1,3}|[a-z]{3,9}(?:[- ][a-z]{3,5})?)[- ]years?[- ]olds?\b|\b(?:aged?|age of) (\d{1,3})\b"
    r"|\b[A-Z][\w'’.-]{1,40}, (\d{1,3})(?=[,.;)])|\b[A-Z][\w'’-]{1,40} \((\d{1,2})\)"
)
_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.](\d\d))?\s?([ap])\.?m\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.,:/-])\d[\d,]*(?:\.\d+)?(?![\w:/])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_EDGES = re.compile(r"^(?:the|a|an)\s+|['’]s?$|[^\w)]+$|^[^\w(]+", re.IGNORECASE)
_DATELINE = re.compile(r"[^a-z]*[A-Z]?[a-z.]*[^a-z]*[—–(-]")
_NAME_LABELS = {"PERSON": "people", "ORG": "organisations", "GPE": "places", "LOC": "places", "FAC": "places"}
_DAY_OR_FINER = {"day", "hour", "minute", "second", "part_of_day", "time"}


def sketch(doc: Doc, times: tuple[TimeMention, ...], title: str = "", excluded: tuple[Excluded, ...] = ()) -> Sketch:
    """What ``doc`` is about, leaving out the ``excluded`` stretches, and what each of its segments is.

    ``times`` are the article's own time mentions; those that name a day or finer give ``days``. The words of
    ``title`` count like words of the text, so that a headline weighs among the content words. Never raises.
    """
    whole = _outline(doc, times, title, excluded)
    segments = []
    for span in find_segments(doc, excluded):
        others = (Excluded(CharSpan(0, span.start), ""), Excluded(CharSpan(span.end, len(doc.text)), ""))
        segments.append(Segment(span, _outline(doc, times, "", (*excluded, *others))))
    return replace(whole, segments=tuple(segments), paragraphs=_paragraphs(doc.text))


def _outline(doc: Doc, times: tuple[TimeMention, ...], title: str, excluded: tuple[Excluded, ...]) -> Sketch:
    """What the text is about that is not excluded."""
    tree = Tree.of(doc)
    tokens = [i for i, start in enumerate(tree.starts) if not (excluded and _is_excluded(start, excluded))]
    names = _names(doc, excluded)
    body = _body(tree.text, excluded)
    return Sketch(
        people=_sorted(names["people"]),
        organisations=_sorted(names["organisations"]),
        places=_sorted((*names["places"], *_streets(body))),
        numbers=_sorted(_numbers(body, tree, tokens)),
        ages=_sorted(_ages(f"{title}. {body}")),
        days=_sorted(_days(times, excluded)),
        words=_words(tree, tokens, title),
        shingles=shingle_hashes(body),
        credits=find_credits(tree.text),
        cites=find_cites(body),
    )


def shingle_hashes(text: str) -> tuple[int, ...]:
    """The smallest ``SHINGLE_LIMIT`` stable hashes of the text's word runs, ascending.

    Quoted words are left out: two reporters in one room write down the same words without copying each other.
    """
    text = _QUOTED.sub("\n", text)
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    runs = (" ".join(words[i : i + SHINGLE_LENGTH]) for i in range(len(words) - SHINGLE_LENGTH + 1))
    return tuple(sorted({zlib.crc32(run.encode()) for run in runs})[:SHINGLE_LIMIT])


def _paragraphs(text: str) -> tuple[int, ...]:
    hashes = list(dict.fromkeys(hash for _, hash in hash_paragraphs(text)))
    half = PARAGRAPH_LIMIT // 2
    return tuple(hashes if len(hashes) <= PARAGRAPH_LIMIT else (*hashes[:half], *hashes[-half:]))


def _is_excluded(offset: int, excluded: Iterable[Excluded]) -> bool:
    return any(part.span.start <= offset < part.span.end for part in excluded)


def _body(text: str, excluded: tuple[Excluded, ...]) -> str:
    """The text with each excluded stretch replaced by a line break."""
    pieces, at = [], 0
    for part in sorted(excluded, key=lambda part: part.span):
        pieces.append(text[at : max(at, part.span.start)])
        at = max(at, part.span.end)
    return "\n".join((*pieces, text[at:]))


def _sorted(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({item for item in items if item}))


def _plain(name: str) -> str:
    """A name in ascii lower case, on one line, without article, possessive and stray marks."""
    name = " ".join(anyascii(name).split("\n")[0].split())
    before = ""
    while before != name:
        before, name = name, _EDGES.sub("", name)
    return name.lower()


def _names(doc: Doc, excluded: tuple[Excluded, ...]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {"people": [], "organisations": [], "places": []}
    for entity in doc.ents:
        kind = _NAME_LABELS.get(entity.label_)
        if kind and not _is_excluded(entity.start_char, excluded):
            names[_retyped(entity, kind)].append(_plain(entity.text))
    return names


def _retyped(entity: Span, kind: str) -> str:
    """A dateline in capitals is a place, whatever the model took it for."""
    at_line_start = entity.start == 0 or "\n" in entity.doc[entity.start - 1].text_with_ws
    if not at_line_start or not entity.text.isupper():
        return kind
    return "places" if _DATELINE.match(entity.doc[entity.end : entity.end + 6].text) else kind


@cache
def _street_pattern() -> re.Pattern[str]:
    words = "|".join(map(str, load_lexicon("sketch")["street_words"]))
    return re.compile(rf"\b((?:(?:[A-Z][\w'’]{{1,40}}|\d+(?:st|nd|rd|th))\s){{1,3}})(?:{words})\b")


def _streets(text: str) -> Iterator[str]:
    """Street names without the word for street: outlets write "Elm Street", "Elm St." and "Elm" alike."""
    for match in _street_pattern().finditer(text):
        yield _plain(match[1])


@cache
def _number_words() -> dict[str, int]:
    return {str(word): int(value) for word, value in load_lexicon("sketch")["number_words"].items()}


def _as_number(words: str) -> str | None:
    """Number words in digits: "28", "five", "twenty-eight"; None for any other word."""
    if words.isdigit():
        return str(int(words))
    values = [_number_words().get(part) for part in re.split(r"[- ]", words.lower())]
    known = [value for value in values if value is not None]
    return str(sum(known)) if known and len(known) == len(values) else None


def _ages(text: str) -> Iterator[str]:
    for match in _AGE.finditer(text):
        said = next(group for group in match.groups() if group)
        # "of two-year-old" and the like: the last word alone may be the number.
        age = _as_number(said) or _as_number(re.split(r"[- ]", said)[-1])
        if age is not None and int(age) <= 120:
            yield age


def _numbers(text: str, tree: Tree, tokens: list[int]) -> Iterator[str]:
    """Clock times as "1:15am", other numbers in digits; years are left out, days carry them."""
    for match in _CLOCK.finditer(text):
        yield f"{int(match[1])}:{match[2] or '00'}{match[3].lower()}m"
    for match in _NUMBER.finditer(text):
        number = match[0].replace(",", "")
        if not _YEAR.fullmatch(match[0]):
            yield number
    words = _number_words()
    for i in tokens:
        if tree.lowers[i] in words and tree.entities[i] != "DATE":
            yield str(words[tree.lowers[i]])


def _days(times: tuple[TimeMention, ...], excluded: tuple[Excluded, ...]) -> Iterator[str]:
    for mention in times:
        value = mention.value
        if value.start is None or _is_excluded(mention.span.start, excluded):
            continue
        lasts = (value.end - value.start).days if value.end else 0
        if value.type in {"DATE", "TIME"} and (value.granularity in _DAY_OR_FINER or lasts <= 1):
            yield value.start.date().isoformat()


def _words(tree: Tree, tokens: list[int], title: str) -> tuple[tuple[str, int], ...]:
    """Content lemmas of text and title with their counts, the weightiest first."""
    page_words = set(load_lexicon("sketch")["page_words"])
    counts: Counter[str] = Counter()
    lemmas: dict[str, str] = {}
    for i in tokens:
        word = tree.words[i]
        if len(word) > 2 and not tree.stops[i] and word.isalpha():
            lemma = tree.lemmas[i] if tree.lemmas[i].isascii() else anyascii(tree.lemmas[i]).lower()
            lemmas[tree.lowers[i]] = lemma
            counts[lemma] += 1
    for word in _WORD.findall(title):
        lowered = word.lower().removesuffix("'s").removesuffix("’s")
        if lowered.isalpha() and len(lowered) > 2 and lowered not in _stop_words():
            counts[lemmas.get(lowered, anyascii(lowered))] += 1
    kept = ((word, count) for word, count in counts.items() if word not in page_words)
    weighed = sorted(kept, key=lambda item: (-(1 + math.log(item[1])) * -math.log(article_share(item[0])), item[0]))
    return tuple(weighed[:WORD_LIMIT])


@cache
def _stop_words() -> frozenset[str]:
    from spacy.lang.en.stop_words import STOP_WORDS

    return frozenset(STOP_WORDS)
