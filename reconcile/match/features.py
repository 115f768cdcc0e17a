"""What two claims of one kind share in context: named features, each between -1 and 1, never the value itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from reconcile.match.beside import are_kindred, are_of_two_parts, are_of_two_sexes
from reconcile.match.dated import compare_dated
from reconcile.match.rarity import shared_weight
from reconcile.match.views import Events, View
from reconcile.model import Feature

Measure = tuple[str, float]


def measure_context(a: View, b: View) -> tuple[Measure, ...]:
    """Every feature of two claims of one kind with its score; a feature that does not apply is left out."""
    found: list[Measure] = [
        ("words", shared_weight(a.words, b.words)),
        ("sentence", shared_weight(a.around, b.around)),
        ("entities", _jaccard(a.entities, b.entities)),
        ("position", 1 - abs(a.place - b.place)),
        ("lead", 1.0 if a.lead and b.lead else 0.0),
    ]
    if a.subject and b.subject:
        found.append(("subject same", 1.0) if a.subject == b.subject else ("subject differs", 1.0))
    elif a.subject or b.subject:
        found.append(("subject in one", 1.0))
    if a.head and b.head:
        found.append(_compare_heads(a.head, b.head))
    if a.dated and b.dated:
        compare_dated(a.dated, b.dated, found)
    elif a.events.own and b.events.own:
        found.append((_relate_events(a.events, b.events), 1.0))
    _compare_clauses(a, b, found)
    _compare_beside(a, b, found)
    return tuple(found)


def _compare_clauses(a: View, b: View, found: list[Measure]) -> None:
    """What the clauses tell beside their words: who acts, when and where, whether it is done, planned or denied."""
    left, right = a.claim, b.claim
    if left.about.predicate and left.about.predicate == right.about.predicate:
        found.append(("predicate", 1.0))
    if a.actor and b.actor:
        found.append(("actor same", 1.0) if a.actor == b.actor else ("actor differs", 1.0))
    if a.day and b.day:
        found.append(("day same", 1.0) if a.day == b.day else ("day differs", 1.0))
    if a.site and b.site:
        found.append(("place same", 1.0) if a.site == b.site else ("place differs", 1.0))
    if left.polarity != right.polarity:
        found.append(("polarity differs", 1.0))
    if left.modality != right.modality:
        found.append(("modality differs", 1.0))
    if a.main or b.main:
        found.append(("main event", 1.0) if a.main and b.main else ("main event in one", 1.0))
    if left.about.slot == right.about.slot:
        found.append(("slot", 1.0))
    elif a.part and b.part and are_of_two_parts(a.part, b.part):
        found.append(("part differs", 1.0))


@lru_cache(maxsize=20_000)
def _compare_heads(a: frozenset[str], b: frozenset[str]) -> Measure:
    """Whether two nouns are one, may count the same things, or do not."""
    overlap = _jaccard(a, b)
    if overlap:
        return ("head", overlap)
    if are_of_two_sexes(a, b):
        return ("sexes differ", 1.0)
    return ("head kindred", 1.0) if are_kindred(a, b) else ("head differs", 1.0)


def _compare_beside(a: View, b: View, found: list[Measure]) -> None:
    """What the words and values beside two values tell."""
    shared = [weight for key, weight in a.companions.items() if key in b.companions] if b.companions else []
    found.append(("companions", min(1.0, sum(shared))))
    if shared:
        found.append(("companion", 1.0))
    if a.edge != b.edge:
        found.append(("edge opposed", 1.0) if a.edge and b.edge else ("edge in one", 1.0))
    if a.spoken or b.spoken:
        found.append(("spoken", 1.0) if a.spoken and b.spoken else ("spoken in one", 1.0))
    if a.remainder != b.remainder:
        found.append(("remainder in one", 1.0))
    if a.narrative or b.narrative:
        found.append(("relative", 1.0))
    if a.clock_day and b.clock_day:
        found.append(("one day", float(a.clock_day == b.clock_day)))


def _relate_events(a: Events, b: Events) -> str:
    """Whether two clauses tell of one class of event, share one, tell of kindred ones, or of different ones."""
    if a.own == b.own:
        return "event same"
    if not a.all.isdisjoint(b.all):
        return "event shared"
    return "event differs" if a.groups.isdisjoint(b.groups) else "event kindred"


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
    "act same": "both date the same kind of act",
    "act differs": "they date different acts",
    "dates main": "both date the main event",
    "dates main in one": "only one of them dates the main event",
    "names main": "they name the main event, as one already told of",
    "undated in one": "one is told by the day of writing alone",
    "other ages": "people of other ages are told of beside them",
    "weeks apart": "both are one weekday of different weeks",
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
    "part differs": "one counts those to whom something else happens",
    "main event": "both tell of the main event first",
    "main event in one": "only one of them tells of the main event first",
    "position": "they stand at like places in their articles",
    "lead": "both stand in the lead",
    "context": "how well the contexts fit as a whole",
    "margin": "how far this pair stands out from the next best",
    "no rival": "no other claim fits as well",
    "explained": "how probably one outlet gives the other's value too",
    "explained better": "one outlet gives the other's value too, in a context that fits better",
    "told twice": "one outlet dates the main event both ways",
    "both explained": "each outlet gives the other's value too",
    "log margin": "how far this pair stands out from the next best",
    "both supported": "other outlets give each of the two values",
    "supported": "a third outlet gives one of the two values too",
    "chorus": "a third outlet gives one of the two values in like context",
    "sole": "each outlet gives just one value for what both tell of",
    "same grain": "both dates are equally fine",
    "stray": "one lies far from where the story plays, where nothing else is set",
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
