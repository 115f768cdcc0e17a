"""The queue's filters as they stand in an address, and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import ImmutableMultiDict

from reconcile.model import Decision, Kind, Severity, Verdict
from reconcile.review.views import SORTS, VIEWS, Query, Sort, View

Named = TypeVar("Named", bound=StrEnum)
_LONGEST = 200
_MOST = 50


def read_query(params: ImmutableMultiDict[str, str]) -> Query:
    """The filters of an address; what is not known there is passed over, as an old bookmark may hold it."""
    views: dict[str, View] = {view: view for view in VIEWS}
    sorts: dict[str, Sort] = {sort: sort for sort in SORTS}
    return Query(
        view=views.get(params.get("view") or "", "open"),
        verdicts=_named(Verdict, params.getlist("verdict")),
        kinds=_named(Kind, params.getlist("kind")),
        severities=_named(Severity, params.getlist("severity")),
        rules=_words(params.getlist("rule")),
        stories=_words(params.getlist("story")),
        sources=_words(params.getlist("source")),
        decisions=_named(Decision, params.getlist("decision")),
        confidence_min=_share(params.get("min"), 0.0),
        confidence_max=_share(params.get("max"), 1.0),
        text=(params.get("text") or "").strip()[:_LONGEST],
        sort=sorts.get(params.get("sort") or "", "severity"),
        cursor=(params.get("cursor") or "")[:_LONGEST],
    )


def parse_address(text: str) -> Query:
    """The filters of an address's part after the question mark."""
    pairs = parse_qsl(text.lstrip("?")[:4000], max_num_fields=200) if text else []
    return read_query(ImmutableMultiDict(pairs))


def write_query(query: Query, *, cursor: str = "", view: str = "") -> str:
    """The filters as the part of an address after the question mark; "" for none."""
    pairs: list[tuple[str, str]] = [("view", view or query.view)]
    many: Iterable[tuple[str, Sequence[str]]] = (
        ("verdict", query.verdicts),
        ("kind", query.kinds),
        ("severity", query.severities),
        ("rule", query.rules),
        ("story", query.stories),
        ("source", query.sources),
        ("decision", query.decisions),
    )
    pairs += [(name, str(value)) for name, values in many for value in values]
    if query.confidence_min > 0:
        pairs.append(("min", f"{query.confidence_min:g}"))
    if query.confidence_max < 1:
        pairs.append(("max", f"{query.confidence_max:g}"))
    pairs += [("text", query.text)] if query.text else []
    pairs += [("sort", query.sort)] if query.sort != "severity" else []
    pairs += [("cursor", cursor)] if cursor else []
    return urlencode(pairs)


def _named(type_: type[Named], given: Sequence[str]) -> tuple[Named, ...]:
    known = {member.value: member for member in type_}
    return tuple(dict.fromkeys(known[name] for name in given if name in known))


def _words(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip()[:_LONGEST] for word in given[:_MOST] if word.strip()))


def _share(given: str | None, default: float) -> float:
    """A number from 0 to 1; percentages are taken too."""
    try:
        number = float(given) if given else default
    except ValueError:
        return default
    number = number / 100 if number > 1 else number
    return number if 0 <= number <= 1 else default
