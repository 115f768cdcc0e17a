"""Web addresses: which may be asked, when two of them are the same page, and what an article there is called."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

_LONGEST = 2_000
_LONGEST_ID = 180
_PORTS = {"http": 80, "https": 443}
_FIRST_FREE_PORT = 1024
# What is appended to count visitors changes from one listing to the next and names no other page.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|cmpid|ocid|ns_\w+|at_\w+", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x20\x7f<>\"\\^`{|}\ud800-\udfff]")


class BadAddressError(ValueError):
    """The address may not be asked; the message says why."""


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An http(s) address without credentials and fragment; ``authorization`` is the header they stand for, or ""."""

    url: str
    scheme: str
    host: str
    port: int
    authorization: str = ""

    @property
    def origin(self) -> str:
        """Scheme, host and port: what cookies, credentials and robots.txt belong to."""
        return f"{self.scheme}://{self.host}:{self.port}"

    @property
    def target(self) -> str:
        """Path and query, as a request names them."""
        parts = urlsplit(self.url)
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def parse_address(text: str, base: str = "") -> WebAddress:
    """The address, relative ones taken from ``base``; raises BadAddressError with the reason."""
    try:
        parts = urlsplit(urljoin(base, text.strip()) if base else text.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
        name = host if ":" in host else host.encode("idna").decode("ascii") if host else ""
    except (ValueError, UnicodeError):
        raise BadAddressError("is not a web address") from None
    if parts.scheme not in _PORTS:
        raise BadAddressError(f"begins with {parts.scheme[:20] or 'no scheme'}, not with http or https")
    if not name or _UNSAFE.search(name):
        raise BadAddressError("names no host")
    port = _PORTS[parts.scheme] if port is None else port
    if port not in _PORTS.values() and port < _FIRST_FREE_PORT:
        raise BadAddressError(f"asks port {port}, where no web server is")
    netloc = f"[{name}]" if ":" in name else name
    netloc += "" if port == _PORTS[parts.scheme] else f":{port}"
    path = _UNSAFE.sub(_percent, quote(parts.path, safe="/%:@!$&'()*+,;=~-._")) or "/"
    query = _UNSAFE.sub(_percent, quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]"))
    url = urlunsplit((parts.scheme, netloc, path, query, ""))
    if len(url) > _LONGEST:
        raise BadAddressError(f"is longer than {_LONGEST} characters")
    return WebAddress(url, parts.scheme, name.lower(), port, _basic(parts.username, parts.password))


def _percent(match: re.Match[str]) -> str:
    return quote(match[0].encode("utf-8", "replace"))


def _basic(user: str | None, password: str | None) -> str:
    """The Authorization header for credentials that stood in an address."""
    if user is None:
        return ""
    words = f"{unquote(user)}:{unquote(password or '')}".encode()
    return "Basic " + b64encode(words).decode("ascii")


def page_key(address: WebAddress) -> str:
    """The address without what counts visitors: two listings of one page come to one key."""
    parts = urlsplit(address.url)
    if not parts.query:
        return address.url
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if _TRACKING.fullmatch(name) is None]
    return address.url if len(kept) == len(pairs) else urlunsplit(parts._replace(query=urlencode(kept)))


def article_id(key: str) -> str:
    """A readable id for the article at an address: host and path, with a hash where it would be too long."""
    parts = urlsplit(key)
    words = parts.netloc.removeprefix("www.") + parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
    words += f"#{parts.fragment}" if parts.fragment else ""
    if len(words) <= _LONGEST_ID:
        return words
    return f"{words[: _LONGEST_ID - 17]}~{hashlib.sha256(words.encode()).hexdigest()[:16]}"


def same_site(one: str, other: str) -> bool:
    """Whether one host is the other or lies under it, "www." aside."""
    left, right = one.lower().removeprefix("www."), other.lower().removeprefix("www.")
    return left == right or left.endswith("." + right) or right.endswith("." + left)
