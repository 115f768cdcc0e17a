"""What two claims of one kind share in context: named features, each between -1 and 1, never the value itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reconcile.match.beside import are_kindred, are_of_two_sexes, counts_remainder, edge_of, is_day_of_speaking
from reconcile.match.companions import Companions, find_companions
from reconcile.match.event_groups import groups_of
from reconcile.match.main_event import find_main_claims
from reconcile.match.people import EntityRef, link_people
from reconcile.match.rarity import shared_weight
from reconcile.model import About, Claim, Feature, Kind, Reading, TimeValue

_TIMES = frozenset({Kind.DATE, Kind.TIME, Kind.DURATION})
_UNSPECIFIC = frozenset({"", "he", "she", "it", "they", "who", "that", "which", "i", "we", "you", "this", "there"})


@dataclass(frozen=True, slots=True)
class View:
    """A claim as matching sees it: its entities under story-wide keys, its words as sets."""

    claim: Claim
    subject: str
    entities: frozenset[str]
    words: frozenset[str]
    around: frozenset[str]
    head: frozenset[str]
    place: float
    """Where in its article it stands, from 0 to 1."""
    main: bool
    """Whether it is the first of its kind to tell of the story's main event."""
    companions: Companions
    """What else its sentence gives."""
    edge: str
    """For a time or a length: whether it begins or ends something."""
    spoken: bool
    """For a time: whether it is the day of speaking."""
    remainder: bool
    """For a count: whether it leaves somebody out ("four others")."""


def view_claims(readings: Sequence[Reading], lengths: Mapping[str, int]) -> list[View]:
    """The views of all claims of one story; ``lengths`` are those of the articles' texts in characters."""
    keys, main, companions = link_people(readings), find_main_claims(readings), find_companions(readings)
    return [
        _view(claim, keys, lengths[claim.article], claim.id in main, companions[claim.id])
        for reading in readings
        for claim in reading.claims
    ]


def _view(claim: Claim, keys: Mapping[EntityRef, str], length: int, main: bool, companions: Companions) -> View:
    about = claim.about
    linked = {keys.get((claim.article, key), key) for key in about.entities}
    subject = keys.get((claim.article, about.subject), about.subject) if about.subject else ""
    return View(
        claim,
        subject,
        frozenset(linked - {subject}),
        frozenset(about.words),
        frozenset((*about.words, *about.around)),
        frozenset(about.head.split()),
        claim.span.start / max(1, length),
        main,
        companions,
        edge_of(claim) if claim.kind in _TIMES else "",
        claim.kind in _TIMES and is_day_of_speaking(claim),
        claim.kind is Kind.COUNT and counts_remainder(claim),
    )


Measure = tuple[str, float]


def measure_context(a: View, b: View) -> tuple[Measure, ...]:
    """Every feature with its score; a feature that does not apply is left out."""
    left, right = a.claim.about, b.claim.about
    found: list[Measure] = [
        ("words", shared_weight(a.words, b.words)),
        ("sentence", shared_weight(a.around, b.around)),
        ("entities", _jaccard(a.entities, b.entities)),
        ("position", 1 - abs(a.place - b.place)),
        ("lead", float(a.place < 0.2 and b.place < 0.2)),
    ]
    if a.subject and b.subject:
        found.append(("subject same", 1.0) if a.subject == b.subject else ("subject differs", 1.0))
    elif a.subject or b.subject:
        found.append(("subject in one", 1.0))
    if a.head and b.head:
        found.append(_compare_heads(a.head, b.head))
    if left.event and right.event:
        found.append((_relate_events(left, right), 1.0))
    if left.predicate and left.predicate == right.predicate:
        found.append(("predicate", 1.0))
    if left.actor not in _UNSPECIFIC and right.actor not in _UNSPECIFIC:
        found.append(("actor same", 1.0) if left.actor == right.actor else ("actor differs", 1.0))
    if a.claim.kind not in (Kind.DATE, Kind.TIME) and left.day and right.day:
        found.append(("day same", 1.0) if left.day == right.day else ("day differs", 1.0))
    if left.place and right.place and a.claim.kind is not Kind.LOCATION:
        found.append(("place same", 1.0) if left.place == right.place else ("place differs", 1.0))
    if a.claim.polarity != b.claim.polarity:
        found.append(("polarity differs", 1.0))
    if a.claim.modality != b.claim.modality:
        found.append(("modality differs", 1.0))
    if a.main or b.main:
        found.append(("main event", 1.0) if a.main and b.main else ("main event in one", 1.0))
    if left.slot == right.slot:
        found.append(("slot", 1.0))
    return (*found, *_compare_beside(a, b))


def _compare_heads(a: frozenset[str], b: frozenset[str]) -> Measure:
    """Whether two nouns are one, may count the same things, or do not."""
    overlap = _jaccard(a, b)
    if overlap:
        return ("head", overlap)
    if are_of_two_sexes(a, b):
        return ("sexes differ", 1.0)
    return ("head kindred", 1.0) if are_kindred(a, b) else ("head differs", 1.0)


def _compare_beside(a: View, b: View) -> tuple[Measure, ...]:
    """What the words and values beside two values tell."""
    shared = [weight for key, weight in a.companions.items() if key in b.companions]
    found: list[Measure] = [("companions", min(1.0, sum(shared)))]
    if shared:
        found.append(("companion", 1.0))
    if a.edge != b.edge:
        found.append(("edge opposed", 1.0) if a.edge and b.edge else ("edge in one", 1.0))
    if a.spoken or b.spoken:
        found.append(("spoken", 1.0) if a.spoken and b.spoken else ("spoken in one", 1.0))
    if a.remainder != b.remainder:
        found.append(("remainder in one", 1.0))
    left, right = a.claim.value, b.claim.value
    if a.claim.kind in _TIMES and isinstance(left, TimeValue) and isinstance(right, TimeValue):
        if "narrative" in (left.anchor, right.anchor):
            found.append(("relative", 1.0))
        if a.claim.kind is Kind.TIME and left.start and right.start:
            found.append(("one day", float(left.start.date() == right.start.date())))
    return tuple(found)


def _relate_events(left: About, right: About) -> str:
    """Whether two clauses tell of one class of event, share one, tell of kindred ones, or of different ones."""
    if left.event == right.event:
        return "event same"
    if set(left.events) & set(right.events):
        return "event shared"
    return "event differs" if _groups(left).isdisjoint(_groups(right)) else "event kindred"


def _groups(about: About) -> frozenset[str]:
    return frozenset(group for event in about.events or (about.event,) for group in groups_of(event))


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    return 0.0 if a.isdisjoint(b) else len(a & b) / len(a | b)


_WORDING = {
    "words": "the clauses share {a} of their meaning-bearing words",
    "sentence": "the sentences share {a} of their meaning-bearing words",
    "entities": "{a} of the people, organisations and places named are the same",
    "subject same": "both are about the same subject",
    "subject differs": "they are about different subjects",
    "subject in one": "only one of them names whom it is about",
    "head": "both describe the same thing",
    "head differs": "they describe different things",
    "head kindred": "they may describe the same things",
    "sexes differ": "one tells of men, the other of women",
    "companions": "the same other values stand beside both",
    "companion": "another value stands beside both",
    "edge opposed": "one begins what the other ends",
    "edge in one": "one begins or ends something, the other does not",
    "spoken": "both are days of speaking",
    "spoken in one": "one is a day of speaking, the other is not",
    "remainder in one": "one leaves somebody out",
    "relative": "one is told by another time",
    "one day": "both hours are of one day",
    "event same": "both tell of the same kind of event",
    "event shared": "both tell of a like event among others",
    "event kindred": "they tell of kindred events",
    "event differs": "they tell of different kinds of event",
    "predicate": "both use the same verb",
    "actor same": "the same one acts",
    "actor differs": "different ones act",
    "day same": "both sentences are dated the same day",
    "day differs": "the sentences are dated different days",
    "place same": "both sentences name the same place",
    "place differs": "the sentences name different places",
    "polarity differs": "one is negated",
    "modality differs": "one is planned or possible, the other is not",
    "slot": "both answer the same question",
    "main event": "both tell of the main event first",
    "main event in one": "only one of them tells of the main event first",
    "position": "they stand at like places in their articles",
    "lead": "both stand in the lead",
    "context": "how well the contexts fit as a whole",
    "margin": "how far this pair stands out from the next best",
    "no rival": "no other claim fits as well",
    "explained": "how probably one outlet gives the other's value too",
    "explained better": "one outlet gives the other's value too, in a context that fits better",
    "both explained": "each outlet gives the other's value too",
    "log margin": "how far this pair stands out from the next best",
    "supported": "a third outlet gives one of the two values too",
    "sole": "each outlet gives just one value for what both tell of",
    "same grain": "both dates are equally fine",
    "close": "the values are alike but not the same",
    "same bound": "both numbers are hedged alike",
    "clear": "the values exclude each other",
    "confidence": "how surely both were read",
    "value same": "both give the same value",
    "value finer": "one value fits within the other",
    "value small": "the shared number is small and may be shared by chance",
    "small of others": "a small number of different things",
    "value rare": "the shared value is rare in the story",
}


def explain(measures: Sequence[Measure], weights: Mapping[str, float]) -> tuple[Feature, ...]:
    """The measures as weighted features with a sentence each, weightiest first."""
    weighted = [(name, score * weights.get(name, 0.0), score) for name, score in measures]
    weighted.sort(key=lambda item: (-abs(item[1]), item[0]))
    return tuple(
        Feature(name, round(weight, 3), _WORDING[name].format(a=f"{score:.0%}")) for name, weight, score in weighted
    )
