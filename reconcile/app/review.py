"""What a reviewer does to a finding: judge it, comment on it, hand it on, take a judgement back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import blake2b

from reconcile.app.accounts import Role, User
from reconcile.app.choices import LONGEST_WORDS, Choice, add_claims
from reconcile.errors import ConflictError, InvalidError, RefusedError
from reconcile.model import Act, Decision, Judgement
from reconcile.review.standing import SignOff, undone
from reconcile.review.views import BulkResult
from reconcile.store.store import Store

MOST_AT_ONCE = 500
"""Cases decided in one go."""


def decide(
    store: Store,
    choice: Choice,
    user: User,
    now: datetime,
    *,
    expected_version: int,
    policy: SignOff | None = None,
    key: str = "",
) -> Judgement:
    """Judge a case that is still at the version the user saw; the same ``key`` again answers with the same judgement.

    Raises ConflictError where somebody or a run changed it, InvalidError where the choice lacks something.
    """
    require_role(user)
    reason = _words(choice.reason, "reason")
    if choice.decision is Decision.DISMISSED and not reason:
        raise InvalidError("a dismissal needs a reason", "say why it is no discrepancy", "reason")
    row = store.review.row(choice.case)
    draft = replace(
        _draft(row.id, Act.DECIDE, user, now, key, reason),
        decision=choice.decision,
        second=(policy or SignOff()).asks(row.rule, row.severity),
    )
    if choice.decision in (Decision.SAME_FACT, Decision.NOT_SAME_FACT, Decision.WRONG_EXTRACTION):
        draft = add_claims(store, choice, draft)
    return _record(store, draft, expected_version)


def comment(store: Store, case: str, text: str, user: User, now: datetime, *, key: str = "") -> Judgement:
    """Say something about a case without deciding it."""
    require_role(user)
    words = _words(text, "text")
    if not words:
        raise InvalidError("a comment needs words", "write something", "text")
    return _record(store, _draft(store.review.row(case).id, Act.COMMENT, user, now, key, words), None)


def assign(
    store: Store,
    case: str,
    assignee: str,
    user: User,
    now: datetime,
    *,
    expected_version: int | None = None,
    key: str = "",
) -> Judgement:
    """Give a case to somebody who may review, or with "" to nobody."""
    require_role(user)
    if assignee and assignee not in reviewers(store):
        raise InvalidError(f"{assignee!r} may not review here", "name a reviewer, an editor or an admin", "assignee")
    draft = _draft(store.review.row(case).id, Act.ASSIGN, user, now, key)
    return _record(store, replace(draft, assignee=assignee), expected_version)


def set_due(
    store: Store,
    case: str,
    due: date | None,
    user: User,
    now: datetime,
    *,
    expected_version: int | None = None,
    key: str = "",
) -> Judgement:
    """Say until when a case is to be decided, or with None that it may take its time."""
    require_role(user)
    draft = _draft(store.review.row(case).id, Act.DUE, user, now, key)
    return _record(store, replace(draft, due=due), expected_version)


def ask_second(
    store: Store,
    case: str,
    reason: str,
    user: User,
    now: datetime,
    *,
    expected_version: int | None = None,
    key: str = "",
) -> Judgement:
    """Ask for a second pair of eyes: the case is decided when two people decide it alike."""
    require_role(user)
    draft = _draft(store.review.row(case).id, Act.SECOND, user, now, key, _words(reason, "reason"))
    return _record(store, draft, expected_version)


def undo(store: Store, judgement: str, user: User, now: datetime, *, key: str = "") -> Judgement:
    """Take a judgement back by another one; one's own, or as an editor anybody's. An undo can be undone."""
    require_role(user)
    made = store.review.judgement(judgement)
    if made.user != user.name and not user.may(Role.EDITOR):
        raise RefusedError(f"this judgement is {made.user}'s", "ask them or an editor to take it back")
    draft = replace(_draft(made.case, Act.UNDO, user, now, key), of=made.id)
    if made.id in undone(store.review.on_case(made.case)) and not _stored(store, draft):
        raise InvalidError("this judgement was taken back already", "look at the finding again", "judgement")
    return _record(store, draft, None)


def bulk_decide(
    store: Store,
    cases: Sequence[tuple[str, int]],
    decision: Decision,
    reason: str,
    user: User,
    now: datetime,
    policy: SignOff | None = None,
    *,
    key: str = "",
) -> BulkResult:
    """Judge many cases alike, each with the version it was seen at; what changed meanwhile is left and named."""
    require_role(user)
    if decision in (Decision.SAME_FACT, Decision.NOT_SAME_FACT, Decision.WRONG_EXTRACTION):
        raise InvalidError("this is decided one by one", "open each finding", "decision")
    if not 1 <= len(cases) <= MOST_AT_ONCE:
        raise InvalidError(f"{len(cases)} cases were named", f"name 1 to {MOST_AT_ONCE}", "cases")
    words = _words(reason, "reason")
    if decision is Decision.DISMISSED and not words:
        raise InvalidError("a dismissal needs a reason", "say why they are no discrepancies", "reason")
    batch = _id(user, key, "batch")
    rule = policy or SignOff()
    drafts = []
    expected: dict[str, int] = {}
    for case, version in dict(cases).items():
        row = store.review.row(case)
        draft = _draft(row.id, Act.DECIDE, user, now, f"{key}\x1f{row.id}" if key else "", words)
        asks = rule.asks(row.rule, row.severity)
        drafts.append(replace(draft, decision=decision, batch=batch, second=asks))
        expected[row.id] = version
    recorded = store.review.record(drafts, expected)
    return BulkResult(recorded.made, recorded.conflicts, batch)


def undo_batch(store: Store, batch: str, user: User, now: datetime) -> tuple[Judgement, ...]:
    """Take back what was decided in one go, as far as it was not taken back yet."""
    require_role(user)
    made = store.review.batch(batch)
    if any(item.user != user.name for item in made) and not user.may(Role.EDITOR):
        raise RefusedError("these decisions are somebody else's", "ask them or an editor to take them back")
    standing = [item for item in made if item.id not in undone(store.review.on_case(item.case))]
    drafts = [replace(_draft(item.case, Act.UNDO, user, now), of=item.id) for item in standing]
    return store.review.record(drafts, {}).made if drafts else ()


def require_role(user: User, role: Role = Role.REVIEWER) -> None:
    """Raise RefusedError unless the user may do what a role may."""
    if not user.may(role):
        raise RefusedError(f"your role, {user.role}, may not do this", f"ask an administrator for the role {role}")


def reviewers(store: Store) -> tuple[str, ...]:
    """The names of those a case may be given to."""
    return tuple(
        account.name for account in store.accounts.list() if account.role.covers(Role.REVIEWER) and not account.disabled
    )


def _draft(case: str, act: Act, user: User, now: datetime, key: str = "", reason: str = "") -> Judgement:
    return Judgement(0, _id(user, key, f"{act}\x1f{case}"), case, act, user.name, now, reason=reason)


def _id(user: User, key: str, what: str) -> str:
    """A random id; with a key, the same one whenever the same user sends the key again."""
    if not key:
        return secrets.token_hex(12)
    return blake2b(f"{user.name}\x1f{key}\x1f{what}".encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _stored(store: Store, draft: Judgement) -> bool:
    return any(item.id == draft.id for item in store.review.on_case(draft.case))


def _record(store: Store, draft: Judgement, expected: int | None) -> Judgement:
    recorded = store.review.record([draft], {} if expected is None else {draft.case: expected})
    if recorded.conflicts:
        version = store.review.version(draft.case)
        raise ConflictError(
            "somebody decided, or a run changed this finding, since you opened it",
            "look at what changed, then decide again",
            version,
        )
    return recorded.made[0]


def _words(text: str, field: str) -> str:
    words = text.strip()
    if len(words) > LONGEST_WORDS:
        raise InvalidError(f"{len(words)} characters are too many", f"use at most {LONGEST_WORDS}", field)
    return words
