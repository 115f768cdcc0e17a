"""Findings in an editor's words: one sentence, the reasons, how sure, and ids made of the content alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from reconcile.check.activation import pair_values
from reconcile.check.conditions import ConditionError
from reconcile.check.confidence import make_true
from reconcile.check.judge import Judged
from reconcile.check.messages import fill_message
from reconcile.check.scene import Scene
from reconcile.check.schema import SINGLE_RULE, Rule
from reconcile.model import Claim, Fact, Finding, Link, Severity, Verdict
from reconcile.normalize.compare import compare_values
from reconcile.normalize.render import value_label, value_text

_SOURCES_SHOWN = 6
_TEXT_SHOWN = 120
_FEATURES_SHOWN = 3
# What is changed to learn which circumstance the verdict hangs on, and how that reads.
_CHANGES: tuple[tuple[dict[str, object], str], ...] = (
    (
        {"gap": 2.0, "dated": True, "in_order": True},
        "If the second had appeared two days after the first, this would be {verdict}.",
    ),
    ({"gap": 0.0, "in_order": False}, "If both had appeared on one day, this would be {verdict}."),
    ({"score": 0.3}, "If it were less sure that both answer one question, this would be {verdict}."),
    ({"score": 0.99}, "If it were surer that both answer one question, this would be {verdict}."),
    (
        {"same_speaker": True, "a.speaker": "", "b.speaker": "", "a.hedge": "", "b.hedge": ""},
        "If both asserted it plainly themselves, this would be {verdict}.",
    ),
    (
        {"a.modality": "done", "b.modality": "done", "a.polarity": "positive", "b.polarity": "positive"},
        "If both told it as done, this would be {verdict}.",
    ),
)


def finding_of(fact: Fact, judged: Sequence[Judged], scene: Scene) -> Finding:
    """The finding on a fact whose pairs were judged, strongest first."""
    best = judged[0]
    same = [one for one in judged if one.outcome.verdict is best.outcome.verdict]
    summary = fill_message(best.outcome.message, _pair_fields(fact, best, scene))
    explanation = [_paired(best, fact.label), _compared(best), _ruled(best), *_hangs_on(best, scene)]
    if len(judged) > 1:
        explanation.insert(3, f"{len(same)} of {len(judged)} pairs of outlets compared give this verdict.")
    confidence = make_true(best.outcome.verdict, raw_confidence(best))
    return build_finding(
        rule=best.rule.id,
        verdict=best.outcome.verdict,
        severity=best.outcome.severity,
        fact=fact,
        label=fact.label,
        summary=summary,
        explanation=explanation,
        confidence=confidence,
        claims=fact.claims,
        scene=scene,
    )


def raw_confidence(judged: Judged) -> float:
    """How surely two claims share a slot and were read right, before it is put right."""
    return judged.score * float((judged.a.confidence * judged.b.confidence) ** 0.5)


def single_finding(fact: Fact, scene: Scene) -> Finding:
    """The finding on a fact that one outlet alone gives."""
    source = scene.names(fact.claims)[0]
    best = max(fact.claims, key=lambda claim: (claim.confidence, scene.order(claim)))
    return build_finding(
        rule=SINGLE_RULE,
        verdict=Verdict.SINGLE,
        severity=Severity.INFO,
        fact=fact,
        label=fact.label,
        summary=f'{source} alone gives {fact.label}: "{shorten(best.text)}".',
        explanation=["No other outlet of this story was found to answer this question."],
        confidence=best.confidence,
        claims=fact.claims,
        scene=scene,
    )


def build_finding(
    *,
    rule: str,
    verdict: Verdict,
    severity: Severity,
    fact: Fact,
    label: str,
    summary: str,
    explanation: Iterable[str],
    confidence: float,
    claims: Sequence[Claim],
    scene: Scene,
) -> Finding:
    """A finding with its ids: the fingerprint is of the rule, the question and each outlet's values alone."""
    said = sorted({(scene.source(claim), value_text(claim.value)) for claim in claims})
    fingerprint = digest(rule, str(fact.kind), label, *(part for pair in said for part in pair))
    ids = sorted(claim.id for claim in claims)
    return Finding(
        id=digest(scene.story.id, fact.id, rule, verdict, fingerprint, *ids),
        fingerprint=fingerprint,
        rule=rule,
        verdict=verdict,
        kind=fact.kind,
        severity=severity,
        story=scene.story.id,
        fact=fact.id,
        summary=summary,
        explanation=(*explanation, *scene.shared_sources(claims)),
        confidence=round(min(1.0, confidence), 4),
        independent_sources=scene.independent_sources(claims),
        claims=tuple(sorted(claims, key=scene.order)),
    )


def digest(*parts: str) -> str:
    """A short hash of some texts, the same on every machine."""
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=12).hexdigest()


def name_values(claims: Iterable[Claim], scene: Scene) -> str:
    """Each outlet with the words it uses, such as: Herald "12", Tribune "15"."""
    words: dict[str, dict[str, str]] = {}
    for claim in sorted(claims, key=scene.order):
        words.setdefault(scene.source(claim), {}).setdefault(value_text(claim.value), f'"{shorten(claim.text)}"')
    shown = [f"{source} {' and '.join(list(said.values())[:3])}" for source, said in words.items()]
    more = len(shown) - _SOURCES_SHOWN
    return "; ".join(shown[:_SOURCES_SHOWN]) + (f"; and {more} more" if more > 0 else "")


def join_names(names: Sequence[str]) -> str:
    """Names as a sentence lists them: A, B and C."""
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def shorten(text: str) -> str:
    """Words on one line, cut where they run long."""
    line = " ".join(text.split())
    return line if len(line) <= _TEXT_SHOWN else line[: _TEXT_SHOWN - 1].rstrip() + "…"


def _pair_fields(fact: Fact, best: Judged, scene: Scene) -> dict[str, str]:
    fields = {
        "label": fact.label,
        "kind": str(fact.kind).replace("_", " "),
        "sources": join_names(scene.names(fact.claims)),
        "values": name_values(fact.claims, scene),
        "why": best.comparison.why,
        "gap": _days(scene.gap(best.a, best.b)),
    }
    for name, claim in (("a", best.a), ("b", best.b)):
        source = scene.source(claim)
        said = claim.speaker or f"{source} itself"
        fields |= {
            f"{name}_source": source,
            f"{name}_text": shorten(claim.text),
            f"{name}_value": shorten(value_label(claim.value)),
            f"{name}_said": f"{said} ({claim.hedge})" if claim.hedge else said,
        }
    return fields


def _days(gap: float) -> str:
    """A number of days in words; of articles within hours of each other, a part of one."""
    return "1 day" if gap == 1 else f"{gap:.3g} days"


def _paired(best: Judged, label: str) -> str:
    sure = f"(probability {best.score:.2f})"
    if best.a.article == best.b.article:
        return f"Both stand in one article and answer one question: {label} {sure}."
    if best.link is None:
        return f"Held to answer one question, {label}, through other claims that match both {sure}."
    return f"Held to answer one question, {label}, because {_reasons(best.link)} {sure}."


def _reasons(link: Link) -> str:
    strongest = sorted(link.features, key=lambda feature: (-feature.score, feature.name))[:_FEATURES_SHOWN]
    reasons = [feature.why.strip().rstrip(".") for feature in strongest if feature.score > 0]
    return "; ".join(reasons) or "their contexts match"


def _compared(best: Judged) -> str:
    left, right = shorten(best.a.text), shorten(best.b.text)
    return f'Compared "{left}" with "{right}": {best.comparison.why.rstrip(".")}.'


def _ruled(best: Judged) -> str:
    return name_rule(best.rule, best.outcome.verdict)


def name_rule(rule: Rule, verdict: Verdict) -> str:
    """Which rule spoke; its exact condition is for ``reconcile explain``, not for a desk's page."""
    return f'The rule "{rule.title}" ({rule.id}) gives {verdict.value} here.'


def _hangs_on(best: Judged, scene: Scene) -> list[str]:
    """What would change the verdict: the rules are asked again with one circumstance changed at a time."""
    sentences: list[str] = []
    for change, sentence in _CHANGES:
        verdict = _ask_again(best, change, scene)
        if verdict is not best.outcome.verdict:
            sentences.append(sentence.format(verdict=verdict or "left unjudged"))
    return sentences


def _ask_again(best: Judged, change: Mapping[str, object], scene: Scene) -> Verdict | None:
    """The verdict on a pair if some of its variables were otherwise; None where no rule would give one."""
    plain = compare_values(best.a.kind, best.a.value, best.b.value)
    for rule in best.asked:
        if not scene.asks_of(rule.reach, (best.a, best.b)):
            continue
        comparison = rule.tolerance.apply(best.a, best.b, plain)
        values = pair_values(rule.decision.names, best.a, best.b, comparison, best.score, scene, best.order)
        changed = values | {name: value for name, value in change.items() if name in values}
        try:
            index = rule.decision.first(changed)
        except ConditionError:
            continue
        if index >= 0:
            return rule.outcomes[index].verdict
    return None
