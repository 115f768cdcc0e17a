"""A part of a run's results: one story, or the findings that a query names."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from reconcile.errors import ReconcileError
from reconcile.model import Article, Finding, Kind, Severity, Story, Verdict

FIELDS = ("verdict", "kind", "severity", "rule", "source", "confidence")
_HELP = f'write words, or {", ".join(name + ":…" for name in FIELDS)}; put spaces in quotes: source:"Daily Post"'
_ALLOWED = {"verdict": Verdict, "kind": Kind, "severity": Severity}


@dataclass(frozen=True, slots=True)
class FindingQuery:
    """Which findings are wanted: any of the values of each field, every word, and at least this confidence."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    confidence: float = 0.0

    def matches(self, finding: Finding, source_of: Mapping[str, str]) -> bool:
        """Whether the finding is wanted; ``source_of`` gives each article's outlet."""
        sources = {source_of.get(claim.article, "").casefold() for claim in finding.claims}
        has: dict[str, Callable[[str], bool]] = {
            "verdict": finding.verdict.value.__eq__,
            "kind": finding.kind.value.__eq__,
            "severity": finding.severity.value.__eq__,
            "rule": finding.rule.__eq__,
            "source": lambda wanted: wanted.casefold() in sources,
        }
        if finding.confidence < self.confidence:
            return False
        if not all(any(has[name](value) for value in values) for name, values in self.fields.items()):
            return False
        text = " ".join((finding.summary, *(claim.quote for claim in finding.claims))).casefold()
        return all(word in text for word in self.words)


def parse_query(text: str) -> FindingQuery:
    """A query such as ``verdict:contradiction kind:count,amount "prime minister"``; raises ReconcileError."""
    try:
        parts = shlex.split(text)
    except ValueError as error:
        raise ReconcileError(f"the query {text!r} cannot be read: {error}", _HELP) from None
    fields: dict[str, tuple[str, ...]] = {}
    words: list[str] = []
    confidence = 0.0
    for part in parts:
        name, colon, given = part.partition(":")
        if not colon or " " in name:
            words.append(part.casefold())
        elif name == "confidence":
            confidence = _number(given)
        elif name in FIELDS:
            values = tuple(value for value in given.split(",") if value) if name != "source" else (given,)
            fields[name] = (*fields.get(name, ()), *_known(name, values))
        else:
            raise ReconcileError(f"findings have no field {name!r}", _HELP)
    return FindingQuery(fields, tuple(words), confidence)


def _number(given: str) -> float:
    try:
        return float(given.lstrip(">="))
    except ValueError:
        raise ReconcileError(f"confidence:{given} is no number", "write it as confidence:0.8") from None


def _known(name: str, values: tuple[str, ...]) -> tuple[str, ...]:
    allowed = [member.value for member in _ALLOWED[name]] if name in _ALLOWED else None
    for value in values:
        if allowed is not None and value not in allowed:
            raise ReconcileError(f"there is no {name} {value!r}", f"use one of: {', '.join(allowed)}")
    return values


def find_story(stories: Sequence[Story], wanted: str) -> Story:
    """The story whose id starts so, or else whose title alone holds the words; raises ReconcileError."""
    by_id = [story for story in stories if story.id == wanted] or [s for s in stories if s.id.startswith(wanted)]
    found = by_id or [story for story in stories if wanted.casefold() in story.title.casefold()]
    if not found:
        raise ReconcileError(f"no story of this run has the id or the words {wanted!r}", "take an id from report.json")
    if len(found) > 1:
        named = ", ".join(f"{story.id} ({story.title})" for story in found[:6])
        raise ReconcileError(f"{wanted!r} may mean {named}", "give more of the id or of the title")
    return found[0]


def articles_of(stories: Sequence[Story], articles: Sequence[Article]) -> tuple[Article, ...]:
    """Those of the articles that belong to the stories or tell of them in part, in their order."""
    members = {member for story in stories for member in (*story.articles, *story.guests())}
    return tuple(article for article in articles if article.id in members)
