"""Quantities as the rows that ``reconcile extract`` prints: value, unit and change."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from reconcile.extract.quantity_nouns import children_near, context_words, noun_phrase, number_head
from reconcile.model import NumberValue, QuantityMention, Span
from reconcile.normalize.numbers import parse_number

_CHANGES = {"~": "~", "<": "<", "<=": "<", ">": ">", ">=": ">"}
_PARTICLES = {"up": "up", "down": "down", "minus": "down"}


def quantity_rows(doc: Doc, mentions: Iterable[QuantityMention]) -> list[dict[str, str]]:
    """The rows of a text: all but ordinals, ages in apposition ("Smith, 68,") and counts tied by a hyphen."""
    text, offsets = doc.text, [token.idx for token in doc]
    rows: list[dict[str, str]] = []
    phrases: dict[str, str] = {}
    previous: QuantityMention | None = None
    for mention in mentions:
        if not _is_row(text, mention):
            continue
        row = _row(doc, mention, text, offsets)
        if mention.noun_span is None and mention.value.noun:
            row["unit"] = row["unit"].replace(mention.value.noun, phrases.get(mention.value.noun, mention.value.noun))
        elif mention.value.category == "count":
            phrases[mention.value.noun] = row["unit"]
        if previous is not None and _is_change(text, previous, mention):
            row["value"] = f"{rows.pop()['value']}-{row['value']}"
        rows.append(row)
        previous = mention
    return rows


def _is_row(text: str, mention: QuantityMention) -> bool:
    value, span = mention.value, mention.span
    words = span.of(text).lower()
    if value.category == "ordinal" or words.endswith((" pair", " couple")) or words in {"twice", "thrice"}:
        return False
    if value.category == "age" and span.of(text).isdecimal():
        return text[max(0, span.start - 8) : span.start].rstrip()[-1:] not in {",", "("}
    tied = text[span.end : span.end + 1] in {"-", "‐", "‑"} and text[span.end + 1 : span.end + 2].isalpha()
    return not (tied and value.category == "count" and not value.unit)


def _is_change(text: str, left: QuantityMention, right: QuantityMention) -> bool:
    """Whether the two are the ends of "from A to B", which make one row."""
    between = text[left.span.end : right.span.start].strip().lower()
    return between == "to" and text[max(0, left.span.start - 6) : left.span.start].strip().lower() == "from"


def _row(doc: Doc, mention: QuantityMention, text: str, offsets: list[int]) -> dict[str, str]:
    number = _tokens(doc, mention.span, offsets)
    noun = _tokens(doc, mention.noun_span, offsets)[0] if mention.noun_span else None
    return {
        "value": _value(text, mention),
        "unit": _unit(mention.value, noun, number),
        "change": _CHANGES.get(mention.value.bound) or _direction(number),
    }


def _tokens(doc: Doc, span: Span, offsets: list[int]) -> DocSpan:
    first = max(0, bisect_right(offsets, span.start) - 1)
    return doc[first : max(first + 1, bisect_left(offsets, span.end))]


def _value(text: str, mention: QuantityMention) -> str:
    value = mention.value
    if value.low == value.high:
        return repr(float(value.low))
    first = parse_number(mention.span.of(text).lstrip("$€£¥ "))
    ends = (value.low, value.high)
    if first is not None and first.low == value.high and value.category not in {"vote"} and value.unit != "score":
        ends = (value.high, value.low)
    return f"{float(ends[0])!r}-{float(ends[1])!r}"


def _unit(value: NumberValue, noun: Token | None, number: DocSpan) -> str:
    phrase = noun_phrase(noun, number) if noun is not None else value.noun
    if value.category == "count" and value.noun == "time":
        phrase = "count"
    if value.category == "age":
        return f"{value.unit} of age"
    if value.category == "percent" and not value.unit:
        return f"% {phrase}" if phrase else "-"
    if value.category == "vote":
        return "-"
    if value.unit == "score":
        return phrase or "-"
    if value.unit.startswith("per "):
        return f"{phrase} {value.unit}".strip()
    return value.unit or phrase or "-"


def _direction(number: DocSpan) -> str:
    """ "up" or "down" where the number is the size of a rise or a fall ("rose 8.15%", "down 68p")."""
    top = number_head(number)
    for token in (top, *children_near(top, right=0), top.head, *children_near(top.head, right=0)):
        if token.lower_ in _PARTICLES and token.i < number.end:
            return _PARTICLES[token.lower_]
    governor = top.head if top.dep_ not in {"pobj", "nummod"} else top.head.head
    for verb in (top.head, governor, governor.head):
        if verb.pos_ == "VERB" and verb.i < number.start and number.start - verb.i <= 3:
            lemma = verb.lemma_.lower()
            if lemma in context_words("rises"):
                return "up"
            if lemma in context_words("falls"):
                return "down"
    return "="
