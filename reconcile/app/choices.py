"""What a reviewer chooses: a decision, the claims it speaks of, and what is right in place of one read wrongly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reconcile.errors import InvalidError, ReconcileError
from reconcile.match.evidence import evidence_of
from reconcile.model import Article, Claim, Correction, Decision, Evidence, Judgement, Kind, Value
from reconcile.store.review import StoredCase
from reconcile.store.store import Store

LONGEST_WORDS = 4000
"""Characters of a reason, a comment or a value."""


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


def add_claims(store: Store, choice: Choice, draft: Judgement) -> Judgement:
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
