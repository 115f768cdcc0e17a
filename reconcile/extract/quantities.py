"""Quantities in a parsed text: numbers with unit, bound and category, and the noun that they count."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from reconcile.extract.quantity_nouns import (
    children_near,
    context_words,
    counted_noun,
    is_gathering,
    noun_lemma,
    number_head,
    person_after,
    start_of_sentence,
    totalled_noun,
)
from reconcile.extract.quantity_senses import is_pronoun_or_label, read_bare_age, read_pair, read_ratio
from reconcile.extract.superlatives import find_superlatives, superlative_rank
from reconcile.extract.syntax import Tree
from reconcile.model import QuantityMention, Span, TimeMention
from reconcile.normalize.lexemes import Lexeme, split_lexemes
from reconcile.normalize.measures import Measure, category_of, scan_measures, to_number_value
from reconcile.normalize.number_contexts import is_no_quantity
from reconcile.normalize.units import read_rate, unit_table

_REACH = 4
_CLOCK_UNITS = frozenset(
    {"second", "minute", "hour", "day", "night", "week", "fortnight", "month", "year", "decade", "century"}
)


_AGE_WORDS = frozenset({"old", "olds", "year", "years", "month", "months", "age", "ages"})


class _Place(NamedTuple):
    """One measure in its document."""

    measure: Measure
    lexemes: list[Lexeme]
    number: DocSpan
    span: Span


def find_quantities(doc: Doc, times: tuple[TimeMention, ...] = ()) -> tuple[QuantityMention, ...]:
    """Every quantity of the text, sorted and without overlaps.

    A number within one of ``times`` is left to it, unless it has a unit of its own ("two years", "5-year-old").
    """
    tree = Tree.of(doc)
    lexemes, offsets = split_lexemes(tree.text), tree.starts
    taken = _Taken(times)
    mentions: list[QuantityMention] = []
    for whole in scan_measures(lexemes):
        if is_no_quantity(lexemes, whole):
            continue
        for measure in _parts(lexemes, whole, doc, offsets):
            place = _place(measure, lexemes, doc, offsets)
            mention = _read(place, taken, mentions)
            if mention and not (mentions and mention.span.overlaps(mentions[-1].span)):
                mentions.append(mention)
    return merge_mentions(mentions, find_superlatives(doc))


def merge_mentions(first: list[QuantityMention], second: list[QuantityMention]) -> tuple[QuantityMention, ...]:
    """Both lists as one, sorted; where two overlap, the one of the first list stays."""
    starts = [mention.span.start for mention in first]
    kept = list(first)
    for mention in second:
        at = bisect_right(starts, mention.span.start)
        near = first[max(0, at - 1) : at + 1]
        if not any(mention.span.overlaps(other.span) for other in near):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda mention: mention.span))


class _Taken:
    """The spans of times, to look up what overlaps them."""

    def __init__(self, times: tuple[TimeMention, ...]) -> None:
        self._spans = sorted(mention.span for mention in times)
        self._starts = [span.start for span in self._spans]

    def holds(self, span: Span) -> bool:
        at = bisect_left(self._starts, span.end)
        return any(self._spans[index].overlaps(span) for index in range(max(0, at - 2), at))


def _parts(lexemes: list[Lexeme], measure: Measure, doc: Doc, offsets: list[int]) -> tuple[Measure, ...]:
    """The measure, or the two ends of a change ("rose from 3 to 5", "rose 3% to 27,000"), which is no range."""
    if (
        not measure.ends
        or measure.first == 0
        or "between" in {x.lower for x in lexemes[measure.first - 2 : measure.first]}
    ):
        return (measure,)
    opened = lexemes[measure.first - 1].lower == "from"
    bare = not measure.unit and counted_noun(_place(measure, lexemes, doc, offsets).number) is None
    if not (opened or measure.closed or bare):
        return (measure,)
    if measure.closed and not opened and measure.low > measure.high and measure.category == "percent":
        return measure.ends  # "leads 46% to 42%" compares two shares
    verbs = context_words("rises") | context_words("falls") | (context_words("changes") if opened else frozenset())
    token = doc[max(0, bisect_right(offsets, lexemes[measure.first].start) - 1)]
    for _ in range(_REACH):
        if token.lemma_.lower() in verbs and token.pos_ in {"VERB", "ADV", "AUX"}:
            return measure.ends
        token = token.head
    return (measure,)


def _place(measure: Measure, lexemes: list[Lexeme], doc: Doc, offsets: list[int]) -> _Place:
    span = Span(lexemes[measure.first].start, lexemes[measure.stop - 1].end)
    first = max(0, bisect_right(offsets, span.start) - 1)
    last = max(first + 1, bisect_left(offsets, span.end))
    return _Place(measure, lexemes, doc[first:last], span)


def _read(place: _Place, taken: _Taken, before: list[QuantityMention]) -> QuantityMention | None:
    measure = place.measure
    if place.number[0].like_url or place.number[0].like_email:
        return None
    ratio = read_ratio(place.lexemes, measure)
    if ratio is not None:
        span = Span(place.span.start, place.lexemes[ratio.stop - 1].end)
        return _mention(place._replace(span=span), ratio, counted_noun(place.number))
    if measure.category != "age" and measure.unit.split(" per ")[0] not in _CLOCK_UNITS and taken.holds(place.span):
        return None
    if (measure.category == "count" and measure.form == "pair") or _may_be_vote(measure):
        pair = read_pair(place.lexemes, measure, counted_noun(place.number))
        if pair is None:
            return None
        measure = pair
    if measure.category in {"count", "ordinal", "percent"} or measure.form == "pair":
        return _read_count(place._replace(measure=measure), before)
    if measure.category == "age":
        return _aged_mention(place, measure)
    return _mention(place, measure, None)


def _may_be_vote(measure: Measure) -> bool:
    return measure.category == "count" and measure.low != measure.high and measure.form == "digits"


def _read_count(place: _Place, before: list[QuantityMention]) -> QuantityMention | None:
    measure = place.measure
    noun = counted_noun(place.number)
    age = read_bare_age(place.lexemes, measure, place.number) if measure.category == "count" else None
    if age:
        return _aged_mention(place, age)
    if measure.category == "ordinal":
        place = _with_superlative(place)
        measure = place.measure
    if is_pronoun_or_label(place.lexemes, measure, place.number, noun):
        return None
    if measure.category == "percent" and measure.unit:
        return _mention(place, measure, noun)
    measure = _with_noun_unit(place, measure, noun)
    if measure.unit and not measure.unit.startswith("per "):
        return _mention(place, measure, None if measure.unit != "score" else noun)
    if measure.joined >= 0 and measure.category == "count":
        return _tied(place, measure)
    lemma = "" if noun else _elliptical(place, before)
    if measure.form == "times" and place.lexemes[measure.first].lower != "a":
        lemma = "time"
    return _mention(place, measure, noun, lemma)


def _with_superlative(place: _Place) -> _Place:
    """An ordinal with the superlative that it counts in: "the third-largest city", "its second biggest market"."""
    at, lexemes = place.measure.stop, place.lexemes
    at += at < len(lexemes) and lexemes[at].text in {"-", "‐", "‑"}
    rank = superlative_rank(lexemes[at].lower) if at < len(lexemes) else None
    if rank is None:
        return place
    span = Span(place.span.start, lexemes[at].end)
    return place._replace(measure=place.measure._replace(unit=rank, stop=at + 1), span=span)


def _tied(place: _Place, measure: Measure) -> QuantityMention:
    """A count whose noun hangs on it by a hyphen: "a 12-nation deal" counts nations."""
    noun = place.lexemes[measure.joined]
    return QuantityMention(place.span, to_number_value(measure, noun.lower), Span(noun.start, noun.end))


def _with_noun_unit(place: _Place, measure: Measure, noun: Token | None) -> Measure:
    """A unit that stands apart from its number ("20 long miles"), and the rate of what is counted ("two a week")."""
    if measure.category != "count" or measure.unit:
        return measure
    end = noun.idx + len(noun) if noun is not None and noun.i >= place.number.end else place.span.end
    at = measure.stop
    while at < len(place.lexemes) and place.lexemes[at].start < end:
        at += 1
    rate = read_rate(place.lexemes, at)
    if noun is not None and noun.pos_ == "NOUN" and noun.i >= place.number.end and noun.i - place.number.end <= 2:
        unit = unit_table().words.get(noun.lower_)
        compound = noun.i > place.number.end and noun.nbor(-1).pos_ == "PROPN"
        if unit is not None and not compound:
            name = unit.name + (f" per {rate[0]}" if rate else "")
            return measure._replace(unit=name, category=category_of(unit, measure.form))
    if rate and (noun is not None or measure.form == "digits" or place.lexemes[at].lower == "per"):
        return measure._replace(unit=f"per {rate[0]}", rate_stop=rate[1])
    return measure


def _aged_mention(place: _Place, measure: Measure) -> QuantityMention:
    holder = _aged(place)
    return _mention(place, measure, holder, "" if holder is not None else "person")


def _aged(place: _Place) -> Token | None:
    """Who has the age: the noun that "28-year-old" modifies, or the name that ", 68," follows."""
    doc, number = place.number.doc, place.number
    noun = person_after(number) or counted_noun(number)
    if noun is not None and noun.lower_ not in _AGE_WORDS:
        return noun
    top = number_head(number)
    if (
        top.head.pos_ in {"NOUN", "PROPN"}
        and top.head.lower_ not in _AGE_WORDS
        and not number.start <= top.head.i < number.end
    ):
        return top.head
    if (
        number.start >= 2
        and doc[number.start - 1].text in {",", "("}
        and doc[number.start - 2].pos_ in {"NOUN", "PROPN"}
    ):
        return doc[number.start - 2]
    return None


def _elliptical(place: _Place, before: list[QuantityMention]) -> str:
    """The noun of a bare number: a person where only people can be meant, else that of the count before it."""
    top = number_head(place.number)
    if place.measure.category != "count":
        return ""
    if top.dep_ == "appos" and top.head.tag_ == "NNS":
        return noun_lemma(top.head)
    if is_gathering(top):
        return "people"
    total = totalled_noun(top)
    if total:
        return total
    subject = top.dep_ in {"nsubj", "nsubjpass"}
    after = place.number.doc[place.number.end : place.number.end + 2]
    of_them = len(after) == 2 and after[0].lower_ == "of" and after[1].pos_ == "PRON"
    start = start_of_sentence(top)
    for other in reversed(before[-_REACH:]):
        noun = other.value.noun if other.value.category == "count" else ""
        near = of_them or other.span.start >= start or (subject and noun in context_words("people"))
        if noun and noun != "time" and near:
            return noun
    governors = [top.head, *(child for child in children_near(top) if child.dep_ == "acl")]
    governors += [child for child in children_near(top.head) if child.dep_ in {"acomp", "attr", "oprd"}]
    told = any({token.lemma_.lower(), token.lower_} & context_words("happens_to_people") for token in governors)
    return "person" if told else ""


def _mention(place: _Place, measure: Measure, noun: Token | None, lemma: str = "") -> QuantityMention:
    if measure.low > measure.high and measure.category != "vote" and measure.unit != "score":
        measure = measure._replace(low=measure.high, high=measure.low)
    if measure.category == "vote":
        noun, lemma = None, "vote"
    value = to_number_value(measure, noun_lemma(noun) if noun is not None and not lemma else lemma)
    span = Span(noun.idx, noun.idx + len(noun)) if noun is not None else None
    return QuantityMention(place.span, value, span)
