"""Turns at a host: so many requests at a time, so long from one to the next, over all sources and threads of a run."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class HostTurns:
    """Hands out turns at each host; ``clock`` and ``sleep`` are given so that time can be tested."""

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        """No host was asked yet."""
        self._clock, self._sleep = clock, sleep
        self._changed = threading.Condition()
        self._busy: dict[str, int] = {}
        self._next: dict[str, float] = {}

    @contextmanager
    def turn(self, host: str, delay: float, concurrency: int) -> Iterator[None]:
        """Wait for a turn at the host and hold it: ``delay`` seconds after the last began, with few at a time."""
        with self._changed:
            while self._busy.get(host, 0) >= concurrency:
                self._changed.wait()
            self._busy[host] = self._busy.get(host, 0) + 1
            now = self._clock()
            begin = max(now, self._next.get(host, now))
            self._next[host] = begin + delay
        try:
            if begin > now:
                self._sleep(begin - now)
            yield
        finally:
            with self._changed:
                self._busy[host] -= 1
                self._changed.notify_all()

    def hold_off(self, host: str, seconds: float) -> None:
        """Let nobody ask the host for so long."""
        with self._changed:
            self._next[host] = max(self._next.get(host, 0.0), self._clock() + seconds)
