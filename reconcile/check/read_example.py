"""The examples of a rule: claims in a short form, each checked so that it can be built."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from reconcile.check.faults import suggest
from reconcile.check.nodes import Mapping, Node, Scalar
from reconcile.check.reading import Reader
from reconcile.check.schema import Example, ExampleClaim
from reconcile.check.short_values import read_value
from reconcile.model import Kind, Verdict

MIN_EXAMPLES = 2
MAX_EXAMPLES = 50
MAX_CLAIMS = 12
SILENT = "none"
_DEFAULT_SCORE = 0.9


class Polarity(StrEnum):
    """Whether a claim is asserted or negated."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Modality(StrEnum):
    """How real a claim's event is."""

    DONE = "done"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"


FREE: dict[str, str] = {
    "article": "The article, where one outlet has two.",
    "text": "The article's words, where they differ from the value.",
    "unit": "The number's unit, such as dollar.",
    "noun": "The noun that is counted.",
    "slot": "The question that the value answers.",
    "subject": "Whom or what the value belongs to, such as person:jane roe.",
    "head": "The noun that is counted or described.",
    "predicate": "The governing verb.",
    "actor": "The noun that does it.",
    "event": "The class of the event.",
    "day": "The ISO day that the clause speaks of.",
    "place": "The place that the clause speaks of.",
    "speaker": "Who said it.",
    "hedge": "The hedging word.",
    "quote": "The sentence that it stands in.",
}
"""The optional words of a claim, with what each holds."""


def read_examples(reader: Reader, node: Node | None) -> tuple[Example, ...]:
    """The examples at a node; at least one must fire and at least one must not fire in the same way."""
    items = reader.sequence(node, "examples", at_least=MIN_EXAMPLES, at_most=MAX_EXAMPLES)
    examples = tuple(_read_example(reader, item) for item in items)
    if node is not None and len({example.expect for example in examples}) == 1 and len(examples) > 1:
        reader.fault(
            node,
            f"every example expects {examples[0].expect or SILENT}",
            "one must show what the rule says, another a trap where it says something else or none",
        )
    return examples


def _read_example(reader: Reader, node: Node) -> Example:
    keys = reader.mapping(node, "an example", ("expect", "claims"), ("title", "score"))
    claims = reader.sequence(keys.items.get("claims"), "claims", at_most=MAX_CLAIMS)
    return Example(
        title=reader.text(keys.items.get("title"), "title", limit=200),
        expect=_read_expected(reader, keys.items.get("expect")),
        score=reader.number(keys.items.get("score"), "score", 0.0, 1.0, _DEFAULT_SCORE),
        claims=tuple(claim for item in claims if (claim := _read_claim(reader, item)) is not None),
        place=reader.place(node),
    )


def _read_expected(reader: Reader, node: Node | None) -> Verdict | None:
    if node is None:
        return None
    text = reader.text(node, "expect")
    if text == SILENT:
        return None
    known = [str(verdict) for verdict in Verdict]
    if text in known:
        return Verdict(text)
    reader.fault(node, f'expect is never "{text[:60]}"', suggest(text, [*known, SILENT]))
    return None


def _read_claim(reader: Reader, node: Node) -> ExampleClaim | None:
    optional = ("published", "polarity", "modality", "confidence", *FREE)
    keys = reader.mapping(node, "a claim", ("source", "kind", "value"), optional)
    kind = next(reader.words(keys.items.get("kind"), "kind", Kind), None)
    value = reader.text(keys.items.get("value"), "value", limit=500)
    fields = [(name, item.text.strip()) for name in FREE if isinstance(item := keys.items.get(name), Scalar)]
    fields.append(("polarity", reader.word(keys.items.get("polarity"), "polarity", Polarity, Polarity.POSITIVE)))
    fields.append(("modality", reader.word(keys.items.get("modality"), "modality", Modality, Modality.DONE)))
    confidence = reader.number(keys.items.get("confidence"), "confidence", 0.0, 1.0, 0.9)
    fields.append(("confidence", str(confidence)))
    source = reader.text(keys.items.get("source"), "source", limit=80)
    published = _read_published(reader, keys)
    if kind is None or not value:
        return None
    try:
        read_value(kind, value)
    except ValueError as error:
        reader.fault(keys.items["value"], f'"{value[:60]}" is no {kind}', str(error))
        return None
    return ExampleClaim(source, kind, value, published, tuple(fields))


def _read_published(reader: Reader, keys: Mapping) -> str:
    node = keys.items.get("published")
    text = reader.text(node, "published", limit=40)
    if text:
        try:
            datetime.fromisoformat(text)
        except ValueError:
            reader.fault(keys.items["published"], f'"{text}" is no date', "such as 2025-06-02 or 2025-06-02T14:30")
            return ""
    return text
