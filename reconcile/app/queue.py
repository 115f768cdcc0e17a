"""What a reviewer looks at: the queue, a finding with all it rests on, and the queries kept for later."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from reconcile.app.accounts import User
from reconcile.errors import InvalidError
from reconcile.model import Act
from reconcile.review.standing import SignOff, State, effective, undone
from reconcile.review.views import CaseRow, FindingView, Query, QueuePage, SavedFilter, Similar
from reconcile.store.review import StoredCase
from reconcile.store.store import Store

_SIMILAR_SHOWN = 5
_LEAST_ALIKE = 0.15
_PROBABILITY = re.compile(r" \(probability [0-9.]+\)")
_WORD = re.compile(r"\w{4,}")
_NAMES_OF_FILTERS = 60


def list_queue(store: Store, query: Query, user: User, now: datetime, *, blind: bool = False) -> QueuePage:
    """One page of the queue; raises InvalidError for a cursor of another list."""
    page = store.review.queue(query, user.name, now)
    return replace(page, rows=tuple(hide(row, user) for row in page.rows)) if blind else page


def next_case(store: Store, query: Query, after: str, user: User, now: datetime) -> str | None:
    """The id of the case after another in the order of the queue, None at its end."""
    return store.review.next_case(query, after, user.name, now)


def previous_case(store: Store, query: Query, before: str, user: User, now: datetime) -> str | None:
    """The id of the case before another in the order of the queue, None at its beginning."""
    return store.review.previous_case(query, before, user.name, now)


def show_finding(
    store: Store, id_: str, user: User, *, blind: bool = False, policy: SignOff | None = None
) -> FindingView:
    """A case by its id or a finding's, with all it rests on; raises NotFoundError."""
    case = store.review.case(id_)
    finding, fact = case.stored.finding, case.stored.fact
    named = {claim.id for claim in finding.claims}
    view = FindingView(
        row=case.row,
        finding=finding,
        story=case.stored.story,
        fact=fact,
        articles=tuple(sorted(case.stored.articles, key=lambda item: item.published.iso if item.published else "9")),
        others=tuple(claim for claim in (fact.claims if fact else ()) if claim.id not in named),
        groups=case.stored.story.independent if case.stored.story else (),
        links=fact.links if fact else (),
        sightings=case.sightings,
        judgements=case.judgements,
        undone=undone(case.judgements),
        similar=_similar(case),
        needs_second=(policy or SignOff()).asks(finding.rule, finding.severity),
        blind=blind,
        etag=f'"v{case.row.version}"',
    )
    return _blinded(view, user) if blind else view


def hide(row: CaseRow, user: User) -> CaseRow:
    """The row without scores, and without what others decided unless the user decided last."""
    row = replace(row, confidence=None)
    if row.decided_by in ("", user.name) and not row.reopened:
        return row
    state = State.WAITING if row.state is State.DISPUTED else row.state
    reopened = "the evidence changed" if row.reopened else ""
    return replace(row, state=state, decision=None, decided_by="", decided_at=None, reopened=reopened)


def _blinded(view: FindingView, user: User) -> FindingView:
    decided = any(item.act is Act.DECIDE and item.user == user.name for item in effective(view.judgements))
    told = tuple(_PROBABILITY.sub("", sentence) for sentence in view.finding.explanation)
    return replace(
        view,
        row=replace(view.row, confidence=None) if decided else hide(view.row, user),
        finding=replace(view.finding, confidence=0.0, explanation=told),
        links=(),
        judgements=view.judgements if decided else tuple(i for i in view.judgements if i.user == user.name),
    )


def _similar(case: StoredCase) -> tuple[Similar, ...]:
    """The past cases whose summaries share the most words with this one's."""
    here = set(_WORD.findall(case.row.summary.casefold()))
    scored = []
    for row, reason in case.decided:
        there = set(_WORD.findall(row.summary.casefold()))
        shared = here & there
        score = len(shared) / max(1, len(here | there))
        if score >= _LEAST_ALIKE and row.decision is not None and row.decided_at is not None:
            why = f"the same rule; in common: {', '.join(sorted(shared, key=lambda word: (-len(word), word))[:4])}"
            found = Similar(
                row.id, row.summary, row.story_title, row.decision, reason, row.decided_by, row.decided_at, why
            )
            scored.append((-score, row.id, found))
    return tuple(found for *_, found in sorted(scored, key=lambda item: item[:2])[:_SIMILAR_SHOWN])


def saved_filters(store: Store, user: User) -> tuple[SavedFilter, ...]:
    """The user's own queries by name."""
    return store.review.saved_filters(user.name)


def save_filter(store: Store, name: str, query: Query, user: User, now: datetime) -> SavedFilter:
    """Keep a query under a name, in place of the one that has it; raises InvalidError for a poor name."""
    title = " ".join(name.split())
    if not 1 <= len(title) <= _NAMES_OF_FILTERS:
        raise InvalidError("a saved filter needs a name", f"use 1 to {_NAMES_OF_FILTERS} characters", "name")
    saved = SavedFilter(title, replace(query, cursor=""))
    store.review.save_filter(user.name, saved)
    return saved


def delete_filter(store: Store, name: str, user: User) -> None:
    """Forget a query."""
    store.review.delete_filter(user.name, name)
