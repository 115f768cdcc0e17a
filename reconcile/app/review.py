"""What a reviewer does: look through the queue, open a finding, judge it, take it back."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import blake2b

from reconcile.app.accounts import Role, User
from reconcile.errors import ConflictError, InvalidError, ReconcileError, RefusedError
from reconcile.match.evidence import evidence_of
from reconcile.model import Act, Article, Claim, Correction, Decision, Evidence, Judgement, Kind, Value
from reconcile.review.standing import SignOff, State, effective, undone
from reconcile.review.views import BulkResult, CaseRow, FindingView, Query, QueuePage, SavedFilter, Similar
from reconcile.store.review import StoredCase
from reconcile.store.store import Store

LONGEST_WORDS = 4000
"""Characters of a reason or a comment."""
MOST_AT_ONCE = 500
"""Cases decided in one go."""
_SIMILAR_SHOWN = 5
_LEAST_ALIKE = 0.15
_PROBABILITY = re.compile(r" \(probability [0-9.]+\)")
_WORD = re.compile(r"\w{4,}")
_NAMES_OF_FILTERS = 60


@dataclass(frozen=True, slots=True)
class Fix:
    """What is right in place of a claim: a span of its article's text, or a value in words, or nothing at all."""

    claim: str
    start: int | None = None
    end: int | None = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision as it is asked for; ``groups`` are claim ids that answer one question each."""

    case: str
    decision: Decision
    reason: str = ""
    groups: tuple[tuple[str, ...], ...] = ()
    corrections: tuple[Fix, ...] = ()


# --- looking ----------------------------------------------------------------------------------


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


# --- judging ----------------------------------------------------------------------------------


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
        draft = _with_claims(store, choice, draft)
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


# --- saved filters ----------------------------------------------------------------------------


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


# --- drafts -----------------------------------------------------------------------------------


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


def _with_claims(store: Store, choice: Choice, draft: Judgement) -> Judgement:
    """The draft with the evidence of the claims that the choice names."""
    case = store.review.case(draft.case)
    claims = _claims_in_reach(store, case)
    articles = {article.id: article for article in case.stored.articles}
    if choice.decision is Decision.WRONG_EXTRACTION:
        if not choice.corrections:
            raise InvalidError("nothing was marked as wrong", "mark the claim that was read wrongly", "corrections")
        fixed = tuple(_correction(fix, _claim(claims, fix.claim), articles) for fix in choice.corrections)
        return replace(draft, corrections=fixed)
    named = tuple(tuple(_claim(claims, id_) for id_ in group) for group in choice.groups if group)
    groups = named or _default_groups(choice.decision, case.stored.finding.claims)
    if choice.decision is Decision.NOT_SAME_FACT and len(groups) < 2:
        raise InvalidError("one group alone is not apart from anything", "make two groups of claims", "groups")
    evidence = tuple(tuple(_evidence(claim, articles) for claim in group) for group in groups)
    return replace(draft, groups=evidence)


def _claims_in_reach(store: Store, case: StoredCase) -> Mapping[str, Claim]:
    """The claims of the finding, of its fact and of the story's other facts."""
    claims = {claim.id: claim for fact in store.review.facts_of_story(case.row.story) for claim in fact.claims}
    claims |= {claim.id: claim for claim in (case.stored.fact.claims if case.stored.fact else ())}
    return claims | {claim.id: claim for claim in case.stored.finding.claims}


def _claim(claims: Mapping[str, Claim], id_: str) -> Claim:
    if id_ not in claims:
        raise InvalidError(f"this story has no claim {id_!r}", "take the claims from the finding", "claim")
    return claims[id_]


def _default_groups(decision: Decision, claims: Sequence[Claim]) -> tuple[tuple[Claim, ...], ...]:
    """All claims together for one fact; for several, the claims of each value."""
    if decision is Decision.SAME_FACT:
        return (tuple(claims),)
    by_value: dict[str, list[Claim]] = {}
    for claim in claims:
        by_value.setdefault(evidence_of(claim, "").value, []).append(claim)
    return tuple(tuple(group) for group in by_value.values())


def _evidence(claim: Claim, articles: Mapping[str, Article]) -> Evidence:
    article = articles.get(claim.article)
    return evidence_of(claim, article.source if article else claim.article)


def _correction(fix: Fix, claim: Claim, articles: Mapping[str, Article]) -> Correction:
    """What is right, with its value worked out; raises InvalidError where the words hold none of the claim's kind."""
    evidence = _evidence(claim, articles)
    words = ""
    if fix.start is not None and fix.end is not None:
        text = articles[claim.article].text if claim.article in articles else ""
        if not 0 <= fix.start < fix.end <= len(text):
            raise InvalidError("the marked span is not in the article", "mark some of its words", "corrections")
        words = " ".join(text[fix.start : fix.end].split())
    said = fix.value.strip() or words
    if not said:
        return Correction(evidence)
    return Correction(evidence, words, _value(claim.kind, said))


def _value(kind: Kind, words: str) -> Value:
    """The value in words; the language model is loaded when the first is asked for."""
    from reconcile.app.reading import parse_value

    if len(words) > LONGEST_WORDS:
        raise InvalidError("the right value is too long", "give the value alone", "corrections")
    try:
        return parse_value(kind, words)
    except ReconcileError as error:
        raise InvalidError(error.message, error.cure, "corrections") from error
