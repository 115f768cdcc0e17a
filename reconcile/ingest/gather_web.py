"""Gathering from the network: read the listing, ask for the pages that need it, take in what comes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

from reconcile.ingest.answers import Answer
from reconcile.ingest.fetch import Fetcher
from reconcile.ingest.intake import Fate, Intake
from reconcile.ingest.plan import Task, make_plan
from reconcile.ingest.sources import Seen, Source, SourceState
from reconcile.ingest.web_address import article_id
from reconcile.ingest.web_article import (
    Found,
    article_in_feed,
    article_of_entry,
    article_of_page,
    content_of,
    where_of,
)
from reconcile.ingest.web_listing import Current, read_listing
from reconcile.model import Article, Problem

_REMEMBERED = timedelta(days=60)
"""A page that was neither listed nor asked for so long is forgotten."""
_MOST_LISTED = 20
_ENOUGH_FAILURES = 8
"""So many pages in a row that could not be had: the rest need not be tried now."""

Outcome = Literal["taken", "gone", "paywalled", "refused"]


def gather_web(source: Source, state: SourceState, *, now: datetime, fetcher: Fetcher, batch: int) -> Iterator[Intake]:
    """The batches of a feed, a sitemap or a single page."""
    until = fetcher.clock() + source.minutes * 60
    current = read_listing(source, state.listings, now, fetcher)
    gathering = _Gathering(source, state, now, current)
    tasks = gathering.tasks[: source.most]
    gathering.left = len(gathering.tasks) - len(tasks)
    at_once = min(batch, 4 * source.concurrency)
    with ThreadPoolExecutor(max_workers=source.concurrency) as pool:
        for start in range(0, len(tasks), at_once):
            some = tasks[start : start + at_once]
            answers = list(pool.map(lambda task: _ask(task, source, fetcher, until), some))
            for task, answer in zip(some, answers, strict=True):
                gathering.take(task, answer)
            sent_away = any(answer and answer.wait > fetcher.limits.longest_pause for answer in answers)
            if sent_away or gathering.failed_in_row >= _ENOUGH_FAILURES:
                gathering.left += len(tasks) - start - len(some)
                break
            if gathering.waiting >= batch:
                yield gathering.intake()
    yield gathering.intake(last=True)


def _ask(task: Task, source: Source, fetcher: Fetcher, until: float) -> Answer | None:
    """The page's answer; None once the source's time is over; an empty one where the feed's own text is wanted."""
    if source.text == "feed" and source.type == "feed":
        return Answer("ok", task.key)
    if fetcher.clock() >= until:
        return None
    seen = task.seen
    if seen is None or seen.fate != "taken":
        return fetcher.get(task.key, source, "page")
    return fetcher.get(task.key, source, "page", etag=seen.etag, last_modified=seen.last_modified)


class _Gathering:
    """What one run over one source has come to so far."""

    def __init__(self, source: Source, state: SourceState, now: datetime, current: Current) -> None:
        self.left = self.waiting = self.failed_in_row = self._unchanged = self._failed_pages = 0
        self._source, self._now, self._current, self._before = source, now, current, state
        self._seen = {article_id(seen.key): seen for seen in state.seen}
        plan = make_plan(current.entries, source.address, self._seen, source, now)
        self.tasks = () if current.failed else plan.tasks
        self._listed = len(plan.listed)
        self._articles: dict[str, Article] = {}
        self._problems = [*current.problems, *_bad_addresses(source, plan.bad)]
        self._fates: list[Fate] = []
        self._last_new = state.last_new
        for name, seen in self._seen.items():
            if seen.key in plan.listed:
                self._seen[name] = replace(seen, last_seen=now)

    def take(self, task: Task, answer: Answer | None) -> None:
        """Take in the answer to one task."""
        self.waiting += 1
        self.failed_in_row = self.failed_in_row + 1 if answer is not None and answer.status == "failed" else 0
        if answer is None:
            self.left += 1
        elif answer.status == "failed":
            self._failed_pages += 1
            self._problem(task, answer.reason, answer.cure)
        elif answer.status == "unchanged":
            self._unchanged += 1
            self._remember(task, answer, task.seen.fate if task.seen else "refused")
        elif answer.status == "ok" and _is_front_page(answer.url) and not _is_front_page(task.key):
            self._settle(task, answer, "gone", "it redirects to the front page now")
        elif answer.status == "ok":
            self._read(task, answer)
        else:
            self._do_without(task, answer)

    def intake(self, last: bool = False) -> Intake:
        """What was taken in since the last batch, with the state to remember with it."""
        if last:
            self._close()
        done = Intake(
            tuple(self._articles.values()),
            tuple(self._problems),
            self._state(last),
            tuple(self._fates),
            self._listed,
            self._unchanged,
            self.left,
        )
        self._articles, self._problems, self._fates, self.waiting = {}, [], [], 0
        return done

    def _read(self, task: Task, answer: Answer) -> None:
        """Read a page that came, unless its bytes are those of the last time."""
        from_feed = not answer.body and self._source.text == "feed"
        digest = "" if from_feed else hashlib.sha256(answer.body).hexdigest()
        if task.seen and task.seen.fate == "taken" and digest and digest == task.seen.sha256:
            self._unchanged += 1
            self._remember(task, answer, "taken", digest)
            return
        if from_feed:
            self._settle_found(task, answer, article_of_entry(task.key, task.entry, self._source), digest)
        else:
            self._settle_found(task, answer, self._read_page(task, answer), digest)

    def _read_page(self, task: Task, answer: Answer) -> Found:
        """The article in a page; whatever a stranger's page does to the readers, it ends no night."""
        try:
            return article_of_page(answer, task.key, task.entry, self._source)
        except Exception as error:
            message = f"the page could not be read ({type(error).__name__})"
            problem = Problem("ingest", where_of(self._source, task.key), message, "report it with the address")
            return Found(None, "refused", (problem,))

    def _do_without(self, task: Task, answer: Answer) -> None:
        """Settle a page that was not given; where it is only kept from programs, the feed may give its text."""
        fate: Outcome = answer.status if answer.status in ("gone", "paywalled") else "refused"
        own = article_in_feed(task.key, task.entry, self._source, answer.reason) if fate == "refused" else None
        if own is not None:
            self._settle_found(task, answer, own, "")
        else:
            self._settle(task, answer, fate, answer.reason, answer.cure)

    def _settle_found(self, task: Task, answer: Answer, found: Found, digest: str) -> None:
        if found.article is None:
            reason = found.problems[0] if found.problems else Problem("ingest", "", "it is behind a paywall")
            self._settle(task, answer, found.outcome, reason.message, reason.cure, digest)
            return
        content, seen = content_of(found.article), task.seen
        if seen and seen.fate == "taken" and seen.content == content:
            self._unchanged += 1
        else:
            self._articles[found.article.id] = found.article
            self._problems.extend(found.problems)
            self._last_new = self._now
        if seen and seen.fate in ("gone", "paywalled"):
            self._fates.append(Fate(task.key, seen.articles, "back", self._now))
        self._remember(task, answer, "taken", digest, found.article.id, content)

    def _settle(self, task: Task, answer: Answer, fate: Outcome, reason: str, cure: str = "", digest: str = "") -> None:
        """Record a page that gives no article; what is known already is not told again."""
        if task.seen is None or task.seen.fate != fate:
            if fate in ("gone", "paywalled"):
                articles = task.seen.articles if task.seen else ()
                self._fates.append(Fate(task.key, articles, "gone" if fate == "gone" else "paywalled", self._now))
            if fate == "refused" or (fate == "gone" and task.seen is None):
                self._problem(task, reason, cure)
            elif fate == "paywalled":
                self._problem(task, "is behind a paywall and was not read", "", loss=False)
        self._remember(task, answer, fate, digest)

    def _remember(
        self, task: Task, answer: Answer, fate: Outcome, digest: str = "", article: str = "", content: str = ""
    ) -> None:
        """Keep what the next run must know of the page."""
        seen = task.seen or Seen(task.key, self._now, self._now, self._now)
        self._seen[article_id(task.key)] = replace(
            seen,
            last_seen=self._now,
            asked=self._now,
            articles=(article,) if article else seen.articles,
            etag=answer.etag or (seen.etag if answer.status == "unchanged" else ""),
            last_modified=answer.last_modified or (seen.last_modified if answer.status == "unchanged" else ""),
            sha256=digest or seen.sha256,
            content=content or seen.content,
            mark=task.entry.mark if task.listed else seen.mark,
            entry=replace(task.entry, html=""),
            fate=fate,
        )

    def _state(self, last: bool) -> SourceState:
        """What to remember; a listing counts as read only when nothing of it is left to do."""
        before, current = self._before, self._current
        kept = (seen for seen in self._seen.values() if self._now - seen.last_seen <= _REMEMBERED)
        whole = last and not (current.failed or self.left or self._failed_pages)
        failed = current.failed or (self._source.type == "url" and self._failed_pages > 0)
        return SourceState(
            listings=current.listings if whole else before.listings,
            seen=tuple(sorted(kept, key=lambda seen: seen.key)),
            failures=(before.failures + 1 if failed else 0) if last else before.failures,
            last_success=self._now if last and not failed else before.last_success,
            last_new=self._last_new,
        )

    def _close(self) -> None:
        """Say what is left for the next run."""
        if self.left:
            message = f"{self.left} pages are left for the next run"
            cure = "raise most or minutes if that happens every time"
            self._problems.append(Problem("ingest", self._source.name, message, cure, loss=False))

    def _problem(self, task: Task, reason: str, cure: str, *, loss: bool = True) -> None:
        self._problems.append(Problem("ingest", where_of(self._source, task.key), reason, cure, loss))


def _is_front_page(url: str) -> bool:
    """Whether an address is that of a whole site: outlets send readers there from articles that they took down."""
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def _bad_addresses(source: Source, bad: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    """The entries that cannot be asked for, the first few by name."""
    for address, reason in bad[:_MOST_LISTED]:
        yield Problem("ingest", where_of(source, address), f"the listed address {reason}", "tell the outlet")
    if len(bad) > _MOST_LISTED:
        message = f"{len(bad) - _MOST_LISTED} more listed addresses cannot be asked"
        yield Problem("ingest", source.name, message, "tell the outlet")
