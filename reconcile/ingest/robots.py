"""robots.txt as RFC 9309 reads it: the group for this program, the longest matching rule, allowing on a tie."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

_LINE = re.compile(r"[ \t]*(?P<key>[A-Za-z-]{1,40})[ \t]*:(?P<value>[^#\n]*)")
_TOKEN = re.compile(r"[A-Za-z_-]+")
_MOST_RULES = 5_000
_LONGEST_DELAY = 60.0
_KEYS = {"useragent": "user-agent", "user agent": "user-agent", "dissallow": "disallow", "crawldelay": "crawl-delay"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One Allow or Disallow line; ``pattern`` may hold * for anything, and $ at its end for the address' end."""

    allow: bool
    pattern: str

    def matches(self, target: str) -> bool:
        """Whether the rule speaks of this path and query."""
        anchored = self.pattern.endswith("$")
        first, *parts = self.pattern.removesuffix("$").split("*")
        if not target.startswith(first):
            return False
        at = len(first)
        last = parts.pop() if anchored and parts else None
        for part in parts:
            found = target.find(part, at)
            if found < 0:
                return False
            at = found + len(part)
        if last is not None:
            return len(target) - len(last) >= at and target.endswith(last)
        return not anchored or at == len(target)


@dataclass(frozen=True, slots=True)
class Robots:
    """What one host asks of this program; ``delay`` is its Crawl-delay in seconds, at most a minute."""

    rules: tuple[Rule, ...] = ()
    delay: float = 0.0

    def allows(self, target: str) -> bool:
        """Whether a path with its query may be asked; robots.txt itself always may."""
        if target == "/robots.txt":
            return True
        plain = _plain(target)
        fitting = [rule for rule in self.rules if rule.matches(plain)]
        best = max(fitting, key=lambda rule: (len(rule.pattern), rule.allow), default=None)
        return best is None or best.allow


ALLOW_ALL = Robots()
DISALLOW_ALL = Robots((Rule(False, "/"),))


def product_token(user_agent: str) -> str:
    """The word that robots.txt calls a program by: "reconcile" of "reconcile/1 (…)"."""
    match = _TOKEN.match(user_agent.strip())
    return match[0].lower() if match else ""


def parse_robots(text: str, user_agent: str) -> Robots:
    """What the file asks of the program with this user agent; lines that are no rules are passed over."""
    wanted = product_token(user_agent)
    own: list[tuple[str, str]] = []
    rest: list[tuple[str, str]] = []
    named: set[str] = set()
    in_head = False
    found_own = False
    for match in map(_LINE.match, text.removeprefix("\ufeff").replace("\r", "\n").split("\n")):
        if match is None:
            continue
        key, value = _KEYS.get(match["key"].lower(), match["key"].lower()), match["value"].strip()
        if key == "user-agent":
            named = named if in_head else set()
            named.add("*" if value.startswith("*") else product_token(value))
            in_head = True
            found_own = found_own or wanted in named
        elif key in ("allow", "disallow", "crawl-delay"):
            in_head = False
            if wanted in named:
                own.append((key, value))
            elif "*" in named:
                rest.append((key, value))
    return _robots_of(own if found_own else rest)


def _robots_of(lines: Iterable[tuple[str, str]]) -> Robots:
    rules: list[Rule] = []
    delay = 0.0
    for key, value in lines:
        if key == "crawl-delay":
            delay = max(delay, _seconds(value))
        elif value.startswith(("/", "*")) and len(rules) < _MOST_RULES:
            rules.append(Rule(key == "allow", re.sub(r"\*+", "*", _plain(value))))
    return Robots(tuple(rules), delay)


def _seconds(text: str) -> float:
    try:
        return min(max(float(text), 0.0), _LONGEST_DELAY)
    except ValueError:
        return 0.0


def _plain(target: str) -> str:
    """A path with every escape written the same way, so that "%7Ea" and "~a" compare equal."""
    parts = re.split(r"(%2[fF])", target)
    return "".join(
        part.upper() if at % 2 else quote(unquote_to_bytes(part), safe="/*$?=&;:@!'()+,~-._[]")
        for at, part in enumerate(parts)
    )
