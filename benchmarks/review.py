"""How fast the review pages and the API answer with many findings stored, beside a page that does nothing.

    python benchmarks/review.py --findings 100000 [--database postgresql://…]

Prints the median and the 95th percentile of each page in milliseconds, and the median of this process's own CPU time,
which other work on the machine does not disturb; asserts nothing. The findings are made up. A database that holds runs
is measured as it is.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from reconcile.app import accounts, review
from reconcile.app.accounts import Role, Scope, User
from reconcile.config import Settings
from reconcile.model import (
    About,
    Article,
    Claim,
    Decision,
    Fact,
    Feature,
    Finding,
    Kind,
    Link,
    NumberValue,
    Published,
    Run,
    Severity,
    Span,
    Story,
    Verdict,
)
from reconcile.review.views import Query
from reconcile.store.store import Store, open_store
from reconcile.web.server import create_app

START = datetime(2024, 3, 1, tzinfo=UTC)
PER_STORY = 20
VERDICTS = [*Verdict, Verdict.CONTRADICTION, Verdict.AGREEMENT, Verdict.SINGLE, Verdict.SINGLE]
NOUNS = ("people", "houses", "officers", "votes", "ships", "schools", "patients", "workers", "flights", "streets")
PLACES = ("Larvik", "Porto", "Chubbuck", "Lucerne", "Odense", "Turku", "Ghent", "Split", "Bilbao", "Graz")


def make_run(number: int, stories: int, at: datetime) -> tuple[list[Article], list[Story], list[Fact], list[Finding]]:
    """One run's worth of made-up stories, each of two articles with ``PER_STORY`` findings."""
    chance = random.Random(number)
    made: tuple[list[Article], list[Story], list[Fact], list[Finding]] = ([], [], [], [])
    for index in range(stories):
        name = f"{number}-{index}"
        outlets = chance.sample(range(40), 2)
        place = chance.choice(PLACES)
        pair = [_article(f"{name}-{side}", f"Outlet {outlet}", place, at) for side, outlet in enumerate(outlets)]
        story = Story(
            f"story-{name}", tuple(a.id for a in pair), f"Fire {name} in {place}", tuple((a.id,) for a in pair)
        )
        made[0].extend(pair)
        made[1].append(story)
        for slot in range(PER_STORY):
            fact, finding = _finding(chance, story, pair, slot)
            made[2].append(fact)
            made[3].append(finding)
    return made


def _article(id_: str, source: str, place: str, at: datetime) -> Article:
    text = f"Fire in {place}. " + " ".join(f"The fire hurt {n} {noun} in {place}." for n, noun in enumerate(NOUNS * 4))
    digest = hashlib.sha256(f"{id_}{text}".encode()).hexdigest()
    return Article(
        id_, source, f"Fire in {place}", text, digest, f"https://{id_}.example/", Published(f"{at:%Y-%m-%d}")
    )


def _finding(chance: random.Random, story: Story, pair: list[Article], slot: int) -> tuple[Fact, Finding]:
    noun = NOUNS[slot % len(NOUNS)]
    claims = tuple(_claim(article, slot, noun, chance.randint(2, 900)) for article in pair)
    link = Link(claims[0].id, claims[1].id, 0.9, (Feature("head", 1.0, f"both count {noun}"),))
    fact = Fact(f"fact-{story.id}-{slot}", story.id, Kind.COUNT, f"{noun} hurt", claims, (link,))
    finding = Finding(
        f"finding-{story.id}-{slot}",
        f"print-{story.id}-{slot}",
        f"rule-{slot % 12}",
        chance.choice(VERDICTS),
        chance.choice(list(Kind)),
        chance.choice(list(Severity)),
        story.id,
        fact.id,
        f"{story.title}: outlets differ on how many {noun} were hurt",
        (f"{claims[0].text} against {claims[1].text}",),
        round(chance.random(), 3),
        2,
        claims,
    )
    return fact, finding


def _claim(article: Article, slot: int, noun: str, count: int) -> Claim:
    start = article.text.index(noun)
    span = Span(start, start + len(noun))
    about = About(head=noun, slot=f"count of {noun}")
    value = NumberValue(count, count, noun=noun)
    quote = Span(0, 60)
    return Claim(
        f"c-{article.id}-{slot}", article.id, Kind.COUNT, about, value, span, noun, quote, quote.of(article.text)
    )


def fill(store: Store, findings: int) -> None:
    """Store the findings over ten runs, and decide some."""
    runs = 10
    for number in range(runs):
        at = START + timedelta(days=number)
        articles, stories, facts, found = make_run(number, max(1, findings // (runs * PER_STORY)), at)
        store.save_articles(articles, now=at)
        run = Run(f"run-{number}", at, at + timedelta(minutes=5), (), (("findings", len(found)),))
        store.save_run(run, stories, facts, found, articles=articles, inputs=f"folder {number}")
    user, now = User("ann", Role.EDITOR), START + timedelta(days=runs)
    for view in ("open", "all"):
        page = store.review.queue(Query(view=view, limit=200), user.name, now)
        cases = [(row.id, row.version) for row in page.rows]
        review.bulk_decide(store, cases, Decision.DISMISSED, "measured", user, now)


def pages(store: Store, now: datetime) -> Iterator[tuple[str, Callable[[int], str]]]:
    """What is asked for, by name: each a function from the number of the try to an address."""
    rows = store.review.queue(Query(limit=200), "ann", now).rows
    deep = store.review.queue(Query(limit=200), "ann", now).next
    for _ in range(20):
        page = store.review.queue(Query(limit=200, cursor=deep or ""), "ann", now)
        deep = page.next or deep
    newest = store.review.queue(Query(limit=50, sort="newest"), "ann", now).next
    yield "queue page", lambda n: "/queue"
    yield "queue page, view all", lambda n: "/queue?view=all"
    yield "queue page, text", lambda n: f"/queue?text=fire+{PLACES[n % len(PLACES)].lower()}"
    yield "queue page, 4,000 rows on", lambda n: f"/queue?cursor={deep}"
    yield "finding page", lambda n: f"/findings/{rows[n % len(rows)].id}"
    yield "story page", lambda n: f"/stories/{rows[n % len(rows)].story}"
    yield "stories page", lambda n: "/stories"
    yield "sources page", lambda n: "/sources"
    yield "rules page", lambda n: "/rules"
    yield "runs page", lambda n: "/runs"
    yield "API findings", lambda n: "/api/v1/findings"
    yield "API findings, newest, next", lambda n: f"/api/v1/findings?sort=newest&cursor={newest}"
    yield "API findings, one outlet", lambda n: f"/api/v1/findings?source=Outlet+{n % 40}"
    yield "API findings, one rule", lambda n: f"/api/v1/findings?rule=rule-{n % 12}&verdict=contradiction"
    yield "API finding", lambda n: f"/api/v1/findings/{rows[n % len(rows)].id}"


def measure(client: TestClient, address: Callable[[int], str], tries: int) -> tuple[float, float, float]:
    """Median and 95th percentile, and the median of CPU time, in milliseconds, after one try that is not counted."""
    times, works = [], []
    for number in range(-1, tries):
        start, work = time.perf_counter(), time.process_time()
        answer = client.get(address(max(0, number)))
        took, worked = (time.perf_counter() - start) * 1000, (time.process_time() - work) * 1000
        if answer.status_code != 200:
            raise SystemExit(f"{address(max(0, number))}: {answer.status_code} {answer.text[:300]}")
        if number >= 0:
            times.append(took)
            works.append(worked)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1], statistics.median(works)


def bare() -> TestClient:
    """The framework with one page that does nothing."""
    app = FastAPI()
    app.add_api_route("/", lambda: PlainTextResponse("ok"))
    return TestClient(app)


def main() -> None:
    """Fill a store, ask for every page, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--findings", type=int, default=100_000)
    parser.add_argument("--tries", type=int, default=40)
    parser.add_argument("--database", default="", help="another database [default: a SQLite file that is deleted]")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        location = given.database or str(Path(folder) / "review.db")
        with open_store(location, upgrade=True) as store:
            now = START + timedelta(days=10, hours=1)
            if store.latest_run() is None:
                start = time.perf_counter()
                fill(store, given.findings)
                took = time.perf_counter() - start
                print(f"{given.findings} findings stored in {took:.0f} s, {given.findings / took:.0f}/s")
            if store.accounts.find("ann") is None:
                accounts.add_account(store, "ann", Role.ADMIN, now, password="only for measuring")
            secret, _ = accounts.make_token(store, "ann", "", (Scope.ADMIN,), now)
            app = create_app(Settings(), store=store, now=lambda: now)
            client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
            client.post("/login", data={"name": "ann", "password": "only for measuring"})
            program = TestClient(app, base_url="http://127.0.0.1", headers={"Authorization": f"Bearer {secret}"})
            rows = [("bare framework page", *measure(bare(), lambda n: "/", given.tries))]
            for name, address in pages(store, now):
                asker = program if name.startswith("API") else client
                rows.append((name, *measure(asker, address, given.tries)))
    print(f"{'ms':<30}{'median':>10}{'p95':>10}{'CPU':>10}")
    for name, middle, high, work in rows:
        print(f"{name:<30}{middle:>10.1f}{high:>10.1f}{work:>10.1f}")


if __name__ == "__main__":
    main()
