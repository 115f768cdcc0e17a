"""report.json: the contract that programs read."""

import json
from typing import Any

import pytest

from reconcile.model import Article
from reconcile.report.json_report import render_json
from reconcile.report.view import Report


@pytest.fixture
def document(report: Report) -> dict[str, Any]:
    """The parsed report."""
    parsed: dict[str, Any] = json.loads(render_json(report))
    return parsed


def test_it_names_its_format_and_version(document: dict[str, Any]) -> None:
    """A reader can tell what it holds before reading on."""
    assert (document["format"], document["version"]) == ("reconcile-report", 1)


def test_articles_carry_source_date_and_story(document: dict[str, Any]) -> None:
    """Each article has the fields of the contract, and says whether its date was inferred."""
    article = document["articles"][1]
    assert {key: article[key] for key in ("id", "source", "published", "published_inferred", "story")} == {
        "id": "courier",
        "source": "Coast Courier",
        "published": "2031-05-12",
        "published_inferred": True,
        "story": "ferry",
    }


def test_every_claim_s_offsets_give_its_words(document: dict[str, Any], parts: dict[str, Any]) -> None:
    """``start:end`` and ``quote_start:quote_end`` are Python string indices into the article's text."""
    texts = {article.id: article.text for article in parts["articles"]}
    claims = [claim for finding in document["findings"] for claim in finding["claims"]]
    assert len(claims) == 16
    for claim in claims:
        text = texts[claim["article"]]
        assert text[claim["start"] : claim["end"]] == claim["text"]
        assert text[claim["quote_start"] : claim["quote_end"]] == claim["quote"]


def test_findings_have_the_fields_of_the_contract(document: dict[str, Any]) -> None:
    """The gravest finding comes first, with its verdict, numbers, reasons and claims."""
    finding = document["findings"][0]
    assert (finding["id"], finding["verdict"], finding["kind"], finding["severity"]) == (
        "f1",
        "contradiction",
        "count",
        "high",
    )
    assert finding["rule"] == "count-across-sources"
    assert finding["confidence"] == 0.87
    assert finding["independent_sources"] == 2
    assert len(finding["explanation"]) == 2
    assert [(claim["value"], claim["speaker"], claim["hedge"]) for claim in finding["claims"]] == [
        ("212", None, None),
        ("221", "the coast guard", None),
    ]


def test_findings_stand_in_reading_order(document: dict[str, Any]) -> None:
    """Contradictions, updates, attributions, undecided, precision, agreements, then single sources."""
    assert [finding["verdict"] for finding in document["findings"]] == [
        "contradiction",
        "update",
        "attribution",
        "undecided",
        "precision",
        "agreement",
        "agreement",
        "single",
    ]


def test_coverage_says_what_was_left_out(document: dict[str, Any]) -> None:
    """Unread parts with their size, facts of one source, and problems apart from mere notes."""
    coverage = document["coverage"]
    assert coverage["not_read"] == [{"article": "post", "reason": "share links", "characters": 18}]
    assert coverage["facts_of_one_source"] == 1
    assert [problem["where"] for problem in coverage["problems"]] == ["in/old.txt"]
    assert [problem["where"] for problem in coverage["notes"]] == ["in/courier.txt"]


def test_direction_characters_are_escaped(report: Report, parts: dict[str, Any]) -> None:
    """Signs that reorder text stay in the data but never in the file as such."""
    from dataclasses import replace

    from reconcile.report.build import build_report

    articles: tuple[Article, ...] = parts["articles"]
    hostile = (replace(articles[0], title="a\u202eb\u2028c"), *articles[1:])
    text = render_json(build_report(**{**parts, "articles": hostile}))
    assert "\u202e" not in text
    assert json.loads(text)["articles"][0]["title"] == "a\u202eb\u2028c"
