"""The year that a length of time reaches back to: "the first talks in three years", "has lasted for over a decade"."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from reconcile.extract.layers import Layers
from reconcile.model import TimeMention, TimeValue

_YEARS = {"year": 1, "decade": 10}
_FARTHEST = 500
_RANKS = frozenset({"first", "only", "last", "latest"})
_HEDGES = frozenset({"over", "more", "than", "nearly", "almost", "about", "around", "roughly", "some", "the", "past"})
_CONFIDENCE = 0.65


def since_year(layers: Layers, mention: TimeMention) -> TimeValue | None:
    """The year, about, that a duration counted back from the article's date reaches; None where it tells none.

    It does after "in" with a rank before it ("the largest exchange in two years"), and after "for" with a perfect verb
    ("has been at war for three years").
    """
    years = _whole_years(mention.value)
    tokens = layers.tokens(mention.span)
    if not years or tokens is None or layers.published is None:
        return None
    if not _reaches_back(layers, tokens):
        return None
    year = layers.published.moment().year - years
    if year < 1000:
        return None
    return replace(
        mention.value,
        type="DATE",
        timex=f"{year:04d}",
        granularity="year",
        start=datetime(year, 1, 1),
        end=datetime(year + 1, 1, 1),
        modifier="APPROX",
        anchor="published",
        confidence=_CONFIDENCE,
        alternatives=(),
        amount=None,
        unit=None,
    )


def _whole_years(value: TimeValue) -> int:
    """How many years a duration is, 0 where it is no whole number of years."""
    if value.type != "DURATION" or value.unit not in _YEARS or value.amount is None:
        return 0
    years = value.amount * _YEARS[value.unit]
    return int(years) if years == int(years) and 0 < years <= _FARTHEST else 0


def _reaches_back(layers: Layers, length: Tokens) -> bool:
    sentence = layers.clauses.sentence_of(length[0])
    before = layers.doc[sentence.start : length.start]
    i = len(before) - 1
    while i >= 0 and before[i].lower_ in _HEDGES:
        i -= 1
    if i < 0:
        return False
    if before[i].lower_ == "in":
        return any(token.lower_ in _RANKS or token.tag_ in ("JJS", "RBS") for token in before[:i])
    return before[i].lower_ == "for" and _is_perfect(layers.clauses.around(length).predicate)


def _is_perfect(verb: Token) -> bool:
    """Whether a verb is in the perfect ("has lasted", "have been fighting")."""
    auxiliaries = [verb, *(child for child in verb.children if child.dep_ in ("aux", "auxpass"))]
    return any(token.lemma_ == "have" and token.i != verb.i for token in auxiliaries)
