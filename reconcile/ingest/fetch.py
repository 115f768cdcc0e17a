"""Fetching politely and safely: conditional requests, checked redirects, limits, retries, turns, robots.txt."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Literal

import httpcore
import httpx

from reconcile.ingest.answers import Answer, content_fault, retry_after, validators
from reconcile.ingest.connection import Deadline, GuardedTransport, RefusedAddressError, Resolve, system_resolve
from reconcile.ingest.limits import LISTING_BYTES, RECORD_BYTES, ROBOTS_BYTES
from reconcile.ingest.politeness import HostTurns
from reconcile.ingest.robots import ALLOW_ALL, DISALLOW_ALL, Robots, parse_robots
from reconcile.ingest.sources import Source
from reconcile.ingest.unpack import BodyError, unpack
from reconcile.ingest.web_address import BadAddressError, WebAddress, parse_address

Purpose = Literal["listing", "page", "robots"]

_RobotsKey = tuple[str, str, tuple[str, ...]]
"""The origin, who asks, and which private networks may be asked: what a robots.txt as fetched holds for."""

_BYTES: Mapping[Purpose, int] = {"listing": LISTING_BYTES, "page": RECORD_BYTES, "robots": ROBOTS_BYTES}
_ACCEPT: Mapping[Purpose, str] = {
    "listing": "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
    "page": "text/html, application/xhtml+xml, text/plain;q=0.5",
    "robots": "text/plain, */*;q=0.5",
}
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_RETRIED = frozenset((408, 425, 429, 500, 502, 503, 504))


@dataclass(frozen=True, slots=True)
class Limits:
    """How long is waited, in seconds, and how often a request is tried again."""

    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    """For one request from first to last byte."""
    tries: int = 3
    pause: float = 1.0
    """Before the second try; doubled before each further one."""
    longest_pause: float = 120.0
    """A server that asks to wait longer is asked again in the next run."""
    redirects: int = 8


class Fetcher(AbstractContextManager["Fetcher"]):
    """Fetches for all sources of a run; safe to use from several threads."""

    def __init__(
        self,
        limits: Limits = Limits(),
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
        resolve: Resolve = system_resolve,
    ) -> None:
        """``jitter`` returns numbers in [0, 1); ``resolve`` tells a host's addresses."""
        self.limits, self.clock = limits, clock
        self._sleep, self._jitter, self._resolve = sleep, jitter, resolve
        self._turns = HostTurns(clock, sleep)
        self._deadline = Deadline()
        self._lock = threading.Lock()
        self._transports: dict[tuple[str, ...], GuardedTransport] = {}
        self._robots: dict[_RobotsKey, Robots] = {}
        self._asking: dict[_RobotsKey, threading.Lock] = {}

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection."""
        for transport in self._transports.values():
            transport.close()

    def get(self, url: str, source: Source, purpose: Purpose, *, etag: str = "", last_modified: str = "") -> Answer:
        """The answer to a request for ``source``; whatever goes wrong is told in it. Validators make it conditional."""
        asked: dict[str, str] = {}
        if etag:
            asked["If-None-Match"] = etag
        if last_modified:
            asked["If-Modified-Since"] = last_modified
        try:
            address = parse_address(url)
        except BadAddressError as error:
            return Answer("refused", url, reason=f"the address {error}", cure="correct the address")
        moved = False
        for _ in range(self.limits.redirects + 1):
            answer = self._ask_politely(address, source, purpose, asked)
            if answer.status != "moved":
                return replace(answer, moved=moved)
            moved = moved or answer.http in (301, 308)
            try:
                address = parse_address(answer.location, address.url)
            except BadAddressError as error:
                return Answer("refused", address.url, reason=f"it redirects to an address that {error}")
        return Answer(
            "refused", address.url, reason=f"more than {self.limits.redirects} redirects, perhaps in a circle"
        )

    def _ask_politely(self, address: WebAddress, source: Source, purpose: Purpose, asked: Mapping[str, str]) -> Answer:
        """One hop, if robots.txt allows it, at the host's pace."""
        delay = source.delay
        if source.robots and purpose != "robots":
            robots = self._robots_of(address, source)
            if not robots.allows(address.target):
                unreachable = robots is DISALLOW_ALL
                reason = "robots.txt could not be read" if unreachable else "robots.txt asks not to fetch it"
                cure = "" if unreachable else "ask the outlet for leave, then set robots = false"
                return Answer("failed" if unreachable else "refused", address.url, reason=reason, cure=cure)
            delay = max(delay, robots.delay)
        answer = Answer("failed", address.url)
        for attempt in range(self.limits.tries):
            with self._turns.turn(f"{address.host}:{address.port}", delay, source.concurrency):
                answer = self._ask(address, source, purpose, asked)
            if not answer.retry or attempt + 1 == self.limits.tries:
                return answer
            pause = self.limits.pause * 2**attempt * (0.5 + self._jitter())
            if answer.wait > self.limits.longest_pause:
                return answer
            self._turns.hold_off(f"{address.host}:{address.port}", answer.wait)
            self._sleep(max(pause, answer.wait))
        return answer

    def _ask(self, address: WebAddress, source: Source, purpose: Purpose, asked: Mapping[str, str]) -> Answer:
        """One request and its answer; a fault of the network is told in the answer."""
        limits, url = self.limits, address.url
        timeout = {"connect": limits.connect, "read": limits.read, "write": limits.read, "pool": limits.total}
        headers = {"User-Agent": source.user_agent, "Accept": _ACCEPT[purpose], "Accept-Encoding": "gzip, deflate"}
        headers |= dict(asked) | _credentials(address, source)
        request = httpx.Request("GET", url, headers=headers, extensions={"timeout": timeout})
        self._deadline.at = time.monotonic() + limits.total
        try:
            response = self._transport(source.allow_private).handle_request(request)
            try:
                return _answer_of(response, url, purpose)
            finally:
                response.close()
        except RefusedAddressError as error:
            reason = f"its host stands for {error}, an address that is not public"
            return Answer("refused", url, reason=reason, cure="name the network in allow_private if it is yours")
        except (httpcore.TimeoutException, TimeoutError):
            return Answer("failed", url, reason="the server took too long", retry=True)
        except httpcore.ConnectError as error:
            return Answer("failed", url, reason=f"no connection: {error}", retry=True)
        except (httpcore.ProtocolError, httpcore.NetworkError, OSError) as error:
            return Answer("failed", url, reason=f"the connection broke: {error}", retry=True)
        except BodyError as error:
            return Answer("refused", url, reason=f"the answer {error}")
        except (httpcore.UnsupportedProtocol, httpx.InvalidURL, ValueError, UnicodeError) as error:
            return Answer("refused", url, reason=f"the request or its answer is malformed: {error}")

    def _transport(self, allowed: tuple[str, ...]) -> GuardedTransport:
        with self._lock:
            if allowed not in self._transports:
                self._transports[allowed] = GuardedTransport(self._resolve, allowed, self._deadline)
            return self._transports[allowed]

    def _robots_of(self, address: WebAddress, source: Source) -> Robots:
        """What the host asks of this program, fetched once a run."""
        key = (address.origin, source.user_agent, source.allow_private)
        with self._lock:
            asking = self._asking.setdefault(key, threading.Lock())
        with asking:
            if key not in self._robots:
                answer = self.get(f"{address.origin}/robots.txt", source, "robots")
                self._robots[key] = _robots_in(answer, source.user_agent)
            return self._robots[key]


def _credentials(address: WebAddress, source: Source) -> dict[str, str]:
    """The credentials of the source's own address, for its own origin and no other."""
    try:
        own = parse_address(source.address)
    except BadAddressError:
        return {}
    return {"Authorization": own.authorization} if own.authorization and own.origin == address.origin else {}


def _answer_of(response: httpx.Response, url: str, purpose: Purpose) -> Answer:
    """What a response comes to; raises BodyError and httpcore's errors while its body is read."""
    status = response.status_code
    if status == 304:
        return Answer("unchanged", url, http=status)
    if status in _REDIRECTS and "location" in response.headers:
        return Answer("moved", url, http=status, location=response.headers["location"])
    if status in (404, 410):
        return Answer("gone", url, http=status, reason=f"the server says {status}: it is not there any more")
    if status == 402:
        return Answer("paywalled", url, http=status, reason="the server asks for payment")
    if status in _RETRIED:
        wait = retry_after(response.headers.get("retry-after", ""), response.headers.get("date", ""))
        hint = f" and asks to wait {wait:.0f} s" if wait else ""
        return Answer("failed", url, http=status, reason=f"the server says {status}{hint}", retry=True, wait=wait)
    if status != 200:
        cure = "the outlet lets programs not in: ask it for leave" if status in (401, 403, 451) else ""
        return Answer("refused", url, http=status, reason=f"the server says {status}", cure=cure)
    fault = content_fault(response.headers, purpose != "page", _BYTES[purpose])
    if fault:
        return Answer("refused", url, http=status, reason=fault)
    body = unpack(response.stream, response.headers.get("content-encoding", ""), _BYTES[purpose])  # type: ignore[arg-type]
    return Answer("ok", url, http=status, body=body, **validators(response.headers))


def _robots_in(answer: Answer, user_agent: str) -> Robots:
    """RFC 9309: a file that is not there allows all; one that cannot be had for now forbids all for now."""
    if answer.status == "ok":
        return parse_robots(answer.body.decode("utf-8", "replace"), user_agent)
    return DISALLOW_ALL if answer.status == "failed" else ALLOW_ALL
