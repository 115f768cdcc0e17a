"""What a user does with texts alone: extract what they tell, group them into stories, compare two values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from reconcile.app.intake import PLAIN_MANNER, Input, load_inputs
from reconcile.errors import ReconcileError
from reconcile.extract.document import parse
from reconcile.extract.quantities import find_quantities
from reconcile.extract.quantity_rows import quantity_rows
from reconcile.extract.reader import LANGUAGES, read, read_parsed
from reconcile.extract.times import find_times
from reconcile.ingest.sources import Source
from reconcile.model import (
    Article,
    Claim,
    Entity,
    Kind,
    NameValue,
    NumberValue,
    PlaceValue,
    Problem,
    Reading,
    Relation,
    Span,
    TextValue,
    TimeValue,
    Value,
)
from reconcile.normalize.compare import compare_values
from reconcile.normalize.names import parse_name, same_name
from reconcile.normalize.render import value_text
from reconcile.normalize.roles import parse_role
from reconcile.pipeline import make_stories, read_all

Row = dict[str, Any]

_SCORES = {Relation.EQUAL: 1.0, Relation.FINER: 0.8, Relation.OVERLAPS: 0.5, Relation.DIFFERS: 0.0}
_PAIR = 'each line is an object such as {"kind": "person", "left": "…", "right": "…"}'
_NAMES = {"person": "person", "organisation": "organisation", "person_name": "person"}


@dataclass(frozen=True, slots=True)
class Extracted:
    """The rows of a command that reads articles, and what went wrong, complete once all rows are taken."""

    rows: Iterator[Row]
    problems: Sequence[Problem]


def extract(inputs: Sequence[Input], *, now: datetime, manner: Source = PLAIN_MANNER) -> Extracted:
    """One row an article: its id, date, times, quantities, attributions, people and claims."""
    articles, loaded = load_inputs(inputs, manner, now=now)
    problems = list(loaded)
    return Extracted((_row(article, problems) for article in articles), problems)


def _row(article: Article, problems: list[Problem]) -> Row:
    """One article's row; what of the article was left unread is added to ``problems``."""
    quantities: list[Row] = []

    def read_with_rows(one: Article) -> Reading:
        """The reading; the quantities' rows, which need the parse for their wording, are made on the way."""
        if one.language not in LANGUAGES:
            return read(one)
        doc = parse(one.text)
        reading = read_parsed(one, doc)
        quantities.extend(quantity_rows(doc, reading.quantities))
        return reading

    (reading,) = read_all([article], read_with_rows)
    problems.extend(problem for problem in reading.problems if problem.loss)
    return {
        "id": article.id,
        "published": reading.published.iso if reading.published else None,
        "published_origin": reading.published.origin if reading.published else None,
        "times": [
            {"start": m.span.start, "end": m.span.end, "type": m.value.type, "value": m.value.timex}
            for m in reading.times
        ],
        "quantities": quantities,
        "attributions": [
            {
                "source": _pairs(a.source),
                "content": _pairs(a.content),
                "speaker": a.speaker,
                "style": a.style,
                "hedge": a.hedge,
            }
            for a in reading.attributions
        ],
        "people": [_person_row(entity) for entity in reading.entities if entity.type == "person"],
        "claims": [_claim_row(claim) for claim in reading.claims],
        "excluded": [{"start": e.span.start, "end": e.span.end, "reason": e.reason} for e in reading.excluded],
        "problems": [problem.message for problem in reading.problems],
    }


def _person_row(person: Entity) -> Row:
    """What is told of one person, each with its place in the text."""
    told = [
        {"kind": a.kind, "value": a.value, "qualifier": a.qualifier, "start": a.span.start, "end": a.span.end}
        for a in person.attributes
    ]
    name = person.name.full if isinstance(person.name, NameValue) else person.name.name
    return {"key": person.key, "name": name, "mentions": _pairs(person.mentions), "told": told}


def _pairs(spans: Sequence[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _claim_row(claim: Claim) -> Row:
    return {
        "id": claim.id,
        "kind": claim.kind.value,
        "slot": claim.about.slot,
        "subject": claim.about.subject,
        "event": claim.about.event,
        "start": claim.span.start,
        "end": claim.span.end,
        "text": claim.text,
        "value": value_text(claim.value),
        "speaker": claim.speaker,
        "hedge": claim.hedge,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "confidence": claim.confidence,
    }


def stories(inputs: Sequence[Input], *, now: datetime, manner: Source = PLAIN_MANNER) -> Extracted:
    """One row an article: its id and its story's."""
    articles, problems = load_inputs(inputs, manner, now=now)
    readings: tuple[Reading, ...] = read_all(articles, read)
    story_of = {article: story.id for story in make_stories(articles, readings) for article in story.articles}
    rows = ({"id": article.id, "story": story_of[article.id]} for article in articles)
    lost = (problem for reading in readings for problem in reading.problems if problem.loss)
    return Extracted(rows, (*problems, *lost))


def compare(kind: str, left: str, right: str) -> Row:
    """Whether two values of one kind are the same: the input plus ``same``, ``score`` and ``why``."""
    if kind in _NAMES:
        same, score, why = same_name(_NAMES[kind], left, right)
    else:
        try:
            wanted = Kind(kind)
        except ValueError:
            kinds = ", ".join([*("person", "organisation"), *(k.value for k in Kind)])
            raise ReconcileError(f"there is no kind {kind!r}", f"use one of: {kinds}") from None
        found = compare_values(wanted, parse_value(wanted, left), parse_value(wanted, right))
        same = found.relation in (Relation.EQUAL, Relation.FINER)
        score = _SCORES[found.relation]
        why = f"{found.relation.value}: {found.why}"
    return {"kind": kind, "left": left, "right": right, "same": same, "score": round(score, 4), "why": why}


def parse_value(kind: Kind, words: str) -> Value:
    """A value from words given on their own; raises ReconcileError where they hold none of that kind."""
    doc = parse(words)
    found: Value | None = None
    if kind in (Kind.DATE, Kind.TIME, Kind.DURATION):
        found = next((m.value for m in find_times(doc, None) if isinstance(m.value, TimeValue)), None)
    elif kind in (Kind.COUNT, Kind.AMOUNT, Kind.PERCENT, Kind.AGE, Kind.VOTE, Kind.ORDINAL):
        found = next((m.value for m in find_quantities(doc) if isinstance(m.value, NumberValue)), None)
    elif kind in (Kind.PERSON_NAME, Kind.LEADER, Kind.PARTICIPANT):
        found = parse_name(words)
    elif kind is Kind.LOCATION:
        name, *containers = [part.strip() for part in words.split(",")]
        found = PlaceValue(name, tuple(containers))
    elif kind is Kind.ROLE:
        found = parse_role(words)
    else:
        found = TextValue(words, tuple(t.lemma_.lower() for t in doc if not t.is_stop and not t.is_punct))
    if found is None:
        raise ReconcileError(f"no {kind.value} is found in {words!r}", "write it as it would stand in an article")
    return found


def compare_pairs(path: Path) -> Iterator[Row]:
    """A row for each line of a file of ``{"kind", "left", "right"}``; raises ReconcileError naming a bad line."""
    if not path.is_file():
        raise ReconcileError(f"no file at {path}", "name a .jsonl file with kind, left and right on each line")
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    row = _pair_of(line, f"{path}:{number}")
                    yield row | compare(row["kind"], row["left"], row["right"])
    except OSError as error:
        raise ReconcileError(f"cannot read {path}: {error.strerror}", "allow reading it") from None


def _pair_of(line: bytes, where: str) -> Row:
    """One line of a file of pairs; raises ReconcileError."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ReconcileError(f"{where}: not a line of JSON ({type(error).__name__})", _PAIR) from None
    if not isinstance(row, dict) or not all(isinstance(row.get(key), str) for key in ("kind", "left", "right")):
        raise ReconcileError(f"{where}: not an object with the texts kind, left and right", _PAIR)
    return row
