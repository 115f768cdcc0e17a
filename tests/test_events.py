"""Five invented events through the whole line: what was planted is found, and nothing alarms that should not."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from reconcile.app.rules import usable_pack
from reconcile.ingest.load import load_articles
from reconcile.model import Finding, Verdict
from reconcile.pipeline import Outcome, reconcile

EVENTS = Path(__file__).parent / "events"
NAMES = sorted(path.name for path in EVENTS.iterdir())


@cache
def outcome(event: str) -> Outcome:
    """All that the line makes of one event's articles."""
    articles, problems = load_articles([EVENTS / event])
    assert problems == ()
    return reconcile(articles, usable_pack(()))


@cache
def expected(event: str) -> dict[str, Any]:
    """What a careful editor marks in one event's articles."""
    found: dict[str, Any] = yaml.safe_load((EVENTS / event / "expected.yaml").read_text("utf-8"))
    return found


def claims_hold(finding: Finding, words: list[str]) -> bool:
    """Whether the two words stand in values, or in what is quoted around them, of two articles of the finding."""
    sides = [(claim.article, f"{claim.text}\n{claim.quote}") for claim in finding.claims]
    first, second = words
    return any(first in a and second in b and left != right for left, a in sides for right, b in sides)


def values_hold(finding: Finding, words: list[str]) -> bool:
    """As ``claims_hold``, in the values' own words alone."""
    first, second = words
    return any(
        first in a.text and second in b.text and a.article != b.article for a in finding.claims for b in finding.claims
    )


def found(event: str, wanted: dict[str, Any]) -> bool:
    """Whether some finding of that kind and verdict holds the two words, one in each article."""
    return any(
        finding.kind.value == wanted["kind"]
        and finding.verdict.value == wanted["verdict"]
        and values_hold(finding, wanted["words"])
        for finding in outcome(event).findings
    )


@pytest.mark.parametrize("event", NAMES)
def test_articles_are_one_story(event: str) -> None:
    """The two articles of an event are put into one story."""
    assert [len(story.articles) for story in outcome(event).stories] == [2]


@pytest.mark.parametrize("event", NAMES)
def test_no_alarm_but_where_one_may_be(event: str) -> None:
    """Every contradiction is one that a careful editor would accept."""
    allowed = expected(event)["may_alarm"]
    alarms = [finding for finding in outcome(event).findings if finding.verdict is Verdict.CONTRADICTION]
    wrong = [f.summary for f in alarms if not any(claims_hold(f, pair) for pair in allowed)]
    assert wrong == []


@pytest.mark.parametrize("event", NAMES)
def test_what_was_planted_is_found(event: str) -> None:
    """At least so many of what must be found are found as the event's file says."""
    wanted = expected(event)["must_find"]
    missing = [one for one in wanted if not found(event, one)]
    assert len(wanted) - len(missing) >= expected(event)["found_at_least"], missing


@pytest.mark.parametrize("event", NAMES)
def test_every_claim_is_words_of_its_article(event: str) -> None:
    """Each claim's span and clause cut its stored words out of the article's text."""
    articles, _ = load_articles([EVENTS / event])
    text = {article.id: article.text for article in articles}
    claims = [claim for reading in outcome(event).readings for claim in reading.claims]
    assert claims
    assert [c for c in claims if c.span.of(text[c.article]) != c.text] == []
    assert [c for c in claims if c.clause.of(text[c.article]) != c.quote] == []
