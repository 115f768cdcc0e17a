"""The examples that rules carry, run: each builds its claims and holds the rule's verdict against the expected one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from reconcile.check.evaluate import check
from reconcile.check.reach import EVERYWHERE
from reconcile.check.scene import Scene
from reconcile.check.schema import Example, ExampleClaim, Pack, Rule, SameSlotRule
from reconcile.check.short_values import read_value
from reconcile.check.trace import trace_rule
from reconcile.check.words import Words
from reconcile.model import About, Article, Claim, Fact, Kind, Link, Published, Span, Story, Verdict

_MODALITIES: dict[str, Literal["done", "planned", "possible", "denied"]] = {
    "done": "done",
    "planned": "planned",
    "possible": "possible",
    "denied": "denied",
}


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One example of one rule: what was expected and what came; None stands for no finding of this rule."""

    rule: str
    title: str
    place: str
    expected: Verdict | None
    got: Verdict | None
    summary: str
    problems: tuple[str, ...]
    trace: tuple[str, ...]
    """Each condition with its answer, where the example failed."""

    @property
    def passed(self) -> bool:
        """Whether the rule said what the example expects, and failed on nothing."""
        return self.expected is self.got and not self.problems


def run_examples(pack: Pack) -> tuple[ExampleResult, ...]:
    """Every example of every rule, each with its own rule alone."""
    # An example is about what the rule says, wherever it is asked.
    everywhere = (replace(rule, reach=EVERYWHERE) for rule in pack.rules)
    return tuple(_run(rule, example, pack.words) for rule in everywhere for example in rule.examples)


def _run(rule: Rule, example: Example, words: Words) -> ExampleResult:
    claims, articles = _build(example)
    facts: tuple[Fact, ...] = ()
    if isinstance(rule, SameSlotRule) and claims:
        links = tuple(Link(a.id, b.id, example.score, ()) for a, b in combinations(claims, 2))
        label = next((claim.about.slot for claim in claims if claim.about.slot), _label(claims[0].kind))
        facts = (Fact("example", "example", claims[0].kind, label, claims, links),)
    groups = tuple((article,) for article in articles)
    story = Story("example", tuple(articles), independent=groups)
    dates = {article.id: article.published for article in articles.values()}
    findings, problems = check(facts, claims, articles, dates, story, Pack((rule,), words))
    said = [finding for finding in findings if finding.rule == rule.id]
    got = said[0].verdict if said else None
    failed = got is not example.expect or problems
    scene = Scene(story, articles, dates, claims, words)
    return ExampleResult(
        rule=rule.id,
        title=example.title,
        place=f"{example.place.file}:{example.place.line}",
        expected=example.expect,
        got=got,
        summary=said[0].summary if said else "",
        problems=tuple(problem.message for problem in problems),
        trace=tuple(trace_rule(rule, claims, scene, example.score)) if failed else (),
    )


def _label(kind: Kind) -> str:
    return str(kind).replace("_", " ")


def _build(example: Example) -> tuple[tuple[Claim, ...], dict[str, Article]]:
    """The example's claims, and an article for each outlet (or for each ``article`` that claims name)."""
    texts: dict[str, str] = {}
    claims = []
    for index, given in enumerate(example.claims):
        article = given.field("article", given.source)
        before = texts.get(article, "")
        words = given.field("text", given.value)
        texts[article] = f"{before}{words}\n"
        claims.append(_claim(given, f"claim-{index}", article, Span(len(before), len(before) + len(words)), words))
    articles: dict[str, Article] = {}
    for given in example.claims:
        name = given.field("article", given.source)
        known = articles.get(name)
        if known is None or known.published is None:
            articles[name] = _article(given, name, texts[name])
    return tuple(claims), articles


def _article(given: ExampleClaim, name: str, text: str) -> Article:
    published = None
    if given.published:
        published = Published(given.published, "minute" if "T" in given.published else "day")
    sha = hashlib.sha256(text.encode()).hexdigest()
    return Article(id=name, source=given.source, title=name, text=text, sha256=sha, published=published)


def _claim(given: ExampleClaim, identity: str, article: str, span: Span, words: str) -> Claim:
    about = About(
        subject=given.field("subject") or None,
        head=given.field("head") or given.field("noun"),
        predicate=given.field("predicate"),
        event=given.field("event"),
        day=given.field("day"),
        place=given.field("place"),
        actor=given.field("actor"),
        slot=given.field("slot"),
    )
    return Claim(
        id=identity,
        article=article,
        kind=given.kind,
        about=about,
        value=read_value(given.kind, given.value, given.field("unit"), given.field("noun")),
        span=span,
        text=words,
        clause=span,
        quote=given.field("quote", words),
        speaker=given.field("speaker") or None,
        hedge=given.field("hedge") or None,
        polarity="negative" if given.field("polarity") == "negative" else "positive",
        modality=_MODALITIES[given.field("modality", "done")],
        confidence=float(given.field("confidence", "0.9")),
    )
