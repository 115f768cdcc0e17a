"""The question a fact answers, in few words: "number of delegate (meet)", "age of Ada Brunn", "date: court rule"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from reconcile.match.event_groups import event_nouns
from reconcile.model import Claim, Kind, NameValue, Reading

_KIND_NAMES = {
    Kind.COUNT: "number",
    Kind.ORDINAL: "rank",
    Kind.PERSON_NAME: "name",
    Kind.LOCATION: "place",
    Kind.QUOTATION: "words",
    Kind.PERCENT: "share",
}
_OF_SUBJECT = frozenset({Kind.AGE, Kind.ROLE, Kind.PERSON_NAME, Kind.QUOTATION, Kind.STATEMENT})
_OF_HEAD = frozenset({Kind.COUNT, Kind.AMOUNT, Kind.PERCENT, Kind.ORDINAL, Kind.VOTE, Kind.DURATION, Kind.LEADER})


def display_names(readings: Sequence[Reading]) -> Mapping[str, str]:
    """Each entity's fullest name over all readings, by its key."""
    names: dict[str, str] = {}
    for reading in readings:
        for entity in reading.entities:
            name = entity.name.full if isinstance(entity.name, NameValue) else entity.name.name
            if len(name) > len(names.get(entity.key, "")):
                names[entity.key] = name
    return names


def label_fact(kind: Kind, claims: Sequence[Claim], names: Mapping[str, str]) -> str:
    """The label, from what most of the claims say; ``names`` are those of ``display_names``."""
    about = [claim.about for claim in claims]
    subject = _most(names.get(a.subject, "") if a.subject else "" for a in about)
    head, predicate = _most(a.head for a in about), _most(a.predicate for a in about)
    what = _KIND_NAMES.get(kind, kind.value.replace("_", " "))
    if kind in _OF_SUBJECT:
        return f"{what} of {subject}" if subject else f"{what} of the {head}" if head else what
    if kind in _OF_HEAD and head:
        return f"{what} of {head}" + (f" ({predicate})" if predicate and predicate != head else "")
    doing = " ".join(word for word in (subject or _most(a.actor for a in about), predicate) if word)
    head = _most(a.head for a in about if a.head in event_nouns())
    if head:
        return f"{what} of {head}" + (f" ({doing})" if doing else "")
    return f"{what}: {doing}" if doing else what


def _most(values: Iterable[str]) -> str:
    """The commonest value that is not empty; the first of equals."""
    given = [value for value in values if value]
    if len(given) < 2:
        return "".join(given)
    return Counter(given).most_common(1)[0][0]
