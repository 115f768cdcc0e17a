"""One invented event in three outlets, with findings of every verdict, made by hand."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest

from reconcile.model import (
    About,
    Article,
    Claim,
    Excluded,
    Fact,
    Finding,
    Kind,
    NameValue,
    NumberValue,
    Problem,
    Published,
    Reading,
    Run,
    Severity,
    Span,
    Story,
    TextValue,
    TimeValue,
    Value,
    Verdict,
)
from reconcile.report.build import build_report
from reconcile.report.view import Report

POST = (
    "Ferry runs aground off Halden\n\n"
    "HALDEN — A ferry with 212 people aboard ran onto rocks near Halden on Sunday evening, injuring 14 passengers. "
    "The captain, Nils Aaberg, 51, had served on the route for 20 years. "
    "“We heard a long scraping noise and then everything went quiet,” said Mara Lind, who was on deck with her sister. "
    "The company said the damage would cost about 3 million kroner. Officials blamed a failed radar.\n\n"
    "Share this article"
)
COURIER = (
    "Fourteen people were hurt when the ferry Solveig struck a reef outside Halden on Sunday at 19:40. "
    "All 221 people on board were brought ashore by midnight, the coast guard said. "
    "Captain Nils Aaberg is 53 years old. The repair will cost 3.1 million kroner. "
    "The radar had reportedly failed."
)
EVENING = "Two of the 16 passengers hurt on the ferry Solveig are still in hospital, doctors said on Monday."


def article(name: str, source: str, text: str, published: Published | None, url: str | None = None) -> Article:
    """An article with its hash."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    title = text.split("\n")[0][:60]
    return Article(name, source, title, text, digest, url, published, origin=f"in/{name}.txt")


def claim(
    of: Article, words: str, kind: Kind, value: Value, speaker: str | None = None, hedge: str | None = None
) -> Claim:
    """A claim whose value stands at the first place of ``words``; its quote is the sentence around them."""
    start = of.text.index(words)
    end = start + len(words)
    left = max(of.text.rfind(". ", 0, start) + 2, of.text.rfind("\n", 0, start) + 1, 0)
    if left == 1:
        left = 0
    right = of.text.find(". ", end)
    right = len(of.text) if right < 0 else right + 1
    return Claim(
        id=f"{of.id}:{start}",
        article=of.id,
        kind=kind,
        about=About(),
        value=value,
        span=Span(start, end),
        text=words,
        clause=Span(left, right),
        quote=of.text[left:right],
        speaker=speaker,
        hedge=hedge,
        confidence=0.9,
    )


def number(low: float, bound: str = "=", unit: str = "", noun: str = "") -> NumberValue:
    """A count."""
    return NumberValue(low, low, bound, unit, noun)  # type: ignore[arg-type]


def finding(
    name: str, verdict: Verdict, fact: Fact, summary: str, *why: str, severity: Severity = Severity.INFO
) -> Finding:
    """A finding on all claims of a fact."""
    sources = len({claim.article for claim in fact.claims})
    return Finding(
        name,
        f"print-{name}",
        f"{fact.kind}-across-sources",
        verdict,
        fact.kind,
        severity,
        fact.story,
        fact.id,
        summary,
        why,
        0.87,
        sources,
        fact.claims,
    )


def make_articles() -> tuple[Article, Article, Article]:
    """The three articles."""
    return (
        article("post", "Halden Post", POST, Published("2031-05-12", reason=""), "https://post.example/ferry"),
        article(
            "courier",
            "Coast Courier",
            COURIER,
            Published("2031-05-12", origin="inferred", reason="“Sunday at 19:40” and the port’s log fix the day"),
        ),
        article("evening", "Evening Sheet", EVENING, Published("2031-05-13T18:30", "minute")),
    )


def make_facts(post: Article, courier: Article, evening: Article) -> dict[str, Fact]:
    """Facts of every kind of verdict, by name."""
    sunday = TimeValue("DATE", "2031-05-11", "day", datetime(2031, 5, 11), datetime(2031, 5, 12))
    claims = {
        "aboard": (
            "people aboard",
            Kind.COUNT,
            (
                claim(post, "212", Kind.COUNT, number(212, noun="person")),
                claim(courier, "221", Kind.COUNT, number(221, noun="person"), speaker="the coast guard"),
            ),
        ),
        "hurt": (
            "people injured",
            Kind.COUNT,
            (
                claim(post, "14", Kind.COUNT, number(14)),
                claim(courier, "Fourteen", Kind.COUNT, number(14)),
                claim(evening, "16", Kind.COUNT, number(16), speaker="doctors"),
            ),
        ),
        "age": (
            "age of Nils Aaberg",
            Kind.AGE,
            (
                claim(post, "51", Kind.AGE, number(51)),
                claim(courier, "53", Kind.AGE, number(53)),
            ),
        ),
        "cost": (
            "cost of the damage",
            Kind.AMOUNT,
            (
                claim(post, "about 3 million kroner", Kind.AMOUNT, number(3e6, "~", "krone"), speaker="The company"),
                claim(courier, "3.1 million kroner", Kind.AMOUNT, number(3.1e6, "=", "krone")),
            ),
        ),
        "radar": (
            "cause of the accident",
            Kind.STATEMENT,
            (
                claim(
                    post,
                    "blamed a failed radar",
                    Kind.STATEMENT,
                    TextValue("blamed a failed radar"),
                    speaker="Officials",
                ),
                claim(
                    courier,
                    "The radar had reportedly failed",
                    Kind.STATEMENT,
                    TextValue("radar failed"),
                    hedge="reportedly",
                ),
            ),
        ),
        "day": (
            "day of the accident",
            Kind.DATE,
            (
                claim(post, "Sunday", Kind.DATE, sunday),
                claim(courier, "Sunday", Kind.DATE, sunday),
            ),
        ),
        "captain": (
            "name of the captain",
            Kind.PERSON_NAME,
            (
                claim(post, "Nils Aaberg", Kind.PERSON_NAME, NameValue("Nils Aaberg")),
                claim(courier, "Nils Aaberg", Kind.PERSON_NAME, NameValue("Nils Aaberg")),
            ),
        ),
        "hour": (
            "time of the accident",
            Kind.TIME,
            (claim(courier, "19:40", Kind.TIME, TimeValue("TIME", "2031-05-11T19:40", "minute")),),
        ),
    }
    return {name: Fact(name, "ferry", kind, label, tuple(all_)) for name, (label, kind, all_) in claims.items()}


def make_findings(facts: dict[str, Fact]) -> tuple[Finding, ...]:
    """A finding of every verdict."""
    return (
        finding("f7", Verdict.SINGLE, facts["hour"], "Only Coast Courier gives the time of the accident."),
        finding(
            "f5",
            Verdict.AGREEMENT,
            facts["day"],
            "Both say the accident happened on 11 May 2031.",
            "The days are equal.",
        ),
        finding("f6", Verdict.AGREEMENT, facts["captain"], "Both name the captain as Nils Aaberg."),
        finding(
            "f4",
            Verdict.PRECISION,
            facts["cost"],
            "“About 3 million” fits 3.1 million kroner.",
            "3.1 million lies within 5% of 3 million, which Halden Post gives as a round figure.",
        ),
        finding(
            "f3", Verdict.ATTRIBUTION, facts["radar"], "Halden Post names who blames the radar; Coast Courier hedges."
        ),
        finding(
            "f2",
            Verdict.UPDATE,
            facts["hurt"],
            "The number of injured rose from 14 to 16.",
            "Evening Sheet appeared a day later and may know more.",
        ),
        finding(
            "f1",
            Verdict.CONTRADICTION,
            facts["aboard"],
            "Halden Post puts 212 people on the ferry, Coast Courier 221.",
            "Both count all people on board the same ferry on the same evening.",
            "212 and 221 are exact, and differ by 4%.",
            severity=Severity.HIGH,
        ),
        finding(
            "f8", Verdict.UNDECIDED, facts["age"], "Nils Aaberg is 51 or 53.", "A typing error cannot be ruled out."
        ),
    )


@pytest.fixture
def parts() -> dict[str, object]:
    """The arguments of build_report for the invented event."""
    articles = make_articles()
    facts = make_facts(*articles)
    tail = POST.index("Share this")
    readings = tuple(
        Reading(
            a.id,
            "test-1",
            a.published,
            claims=tuple(c for f in facts.values() for c in f.claims if c.article == a.id),
            excluded=(Excluded(Span(tail, len(POST)), "share links"),) if a.id == "post" else (),
        )
        for a in articles
    )
    problems = (
        Problem("ingest", "in/old.txt", "the file is empty", "remove it, or put the article's text in it"),
        Problem("read", "in/courier.txt", "the date was inferred", loss=False),
    )
    independent = (("post",), ("courier",), ("evening",))
    return {
        "run": Run(
            "20310513T200000-abc123",
            datetime(2031, 5, 13, 20, 0, tzinfo=UTC),
            datetime(2031, 5, 13, 20, 1, tzinfo=UTC),
            (("reconcile", "0.1.0"), ("spacy", "3.8.4")),
            (("articles", 3), ("contradiction", 1)),
            problems,
        ),
        "articles": articles,
        "readings": readings,
        "stories": (Story("ferry", tuple(a.id for a in articles), "Ferry runs aground off Halden", independent),),
        "facts": tuple(facts.values()),
        "findings": make_findings(facts),
        "problems": problems,
    }


@pytest.fixture
def report(parts: dict[str, object]) -> Report:
    """The report of the invented event."""
    return build_report(**parts)  # type: ignore[arg-type]
