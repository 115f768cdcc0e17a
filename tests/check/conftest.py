"""Small real claims, articles and rule files to check with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reconcile.check.load import load_pack, load_text
from reconcile.check.schema import Pack
from reconcile.check.short_values import read_value
from reconcile.model import About, Article, Claim, Fact, Kind, Link, Published, Span, Story
from reconcile.resources import data_folder

RULE = """\
format: 1
rules:
  - id: delegates
    family: same-slot
    title: Numbers of delegates
    about: Readers compare them.
    takes:
      kinds: [count]
    severity: high
    message: "{values}"
    verdicts:
      - verdict: agreement
        when: relation == "equal"
      - verdict: contradiction
        when: relation == "differs" && score >= 0.6
    examples:
      - title: they differ
        expect: contradiction
        claims:
          - {source: Herald, kind: count, value: 40}
          - {source: Courier, kind: count, value: 60}
      - title: a trap
        expect: agreement
        claims:
          - {source: Herald, kind: count, value: 40}
          - {source: Courier, kind: count, value: 40}
"""


@pytest.fixture(scope="session")
def shipped() -> Pack:
    """The shipped pack."""
    return load_pack([data_folder("rules")])[0]


@pytest.fixture
def rule_text() -> str:
    """A file with one good rule."""
    return RULE


@pytest.fixture
def faults_of() -> Callable[[str], list[str]]:
    """The faults of a rule file's text, as an editor sees them."""
    return lambda text: [str(fault) for fault in load_text(text.encode(), "my.yaml").faults]


@pytest.fixture
def pack_of(tmp_path: Path) -> Callable[[str], Pack]:
    """The pack of one rule file's text, which must be good."""

    def load(text: str) -> Pack:
        (tmp_path / "rules.yaml").write_text(text, encoding="utf-8")
        pack, faults = load_pack([tmp_path])
        assert [str(fault) for fault in faults] == []
        return pack

    return load


class Scenery:
    """Claims with their articles, built one by one."""

    def __init__(self) -> None:
        self.articles: dict[str, Article] = {}
        self.claims: list[Claim] = []

    def claim(self, source: str, kind: Kind, value: str, published: str = "", **changes: Any) -> Claim:
        """A claim of a source's one article (or of ``article``); ``about`` fields and claim fields by name."""
        article = changes.pop("article", source)
        if article not in self.articles:
            date = Published(published) if published else None
            self.articles[article] = Article(article, source, article, "", "0", published=date)
        fields = {name: changes.pop(name) for name in ("subject", "head", "event", "slot", "day") if name in changes}
        words = changes.pop("text", value)
        start = 100 * len(self.claims)
        span = Span(start, start + len(words))
        made = Claim(
            f"c{len(self.claims)}",
            article,
            kind,
            About(**fields),
            read_value(kind, value),
            span,
            words,
            span,
            words,
            **{"confidence": 0.9, **changes},
        )
        self.claims.append(made)
        return made

    def fact(self, score: float = 0.9) -> Fact:
        """One fact of all claims so far, each linked to the first by ``score``."""
        first, *others = self.claims
        links = tuple(Link(first.id, other.id, score, ()) for other in others)
        return Fact("fact", "story", first.kind, "number of delegates", tuple(self.claims), links)

    def story(self) -> Story:
        """The story of all articles, each independent."""
        return Story("story", tuple(self.articles), independent=tuple((article,) for article in self.articles))


@pytest.fixture
def scenery() -> Scenery:
    """An empty scenery."""
    return Scenery()
