"""The sections on sources: how pages are fetched, and the sources one by one."""

from __future__ import annotations

import difflib
import re
from ipaddress import ip_network
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import BaseModel, Field, ValidationInfo, field_validator

from reconcile.config.schema import MASKED_URL, STRICT
from reconcile.ingest.sources import USER_AGENT, Source, SourceType

_NAME = re.compile(r"[\w](?:[\w .-]{0,78}[\w.])?")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def _networks(value: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """The networks in their plain form; raises ValueError."""
    return None if value is None else tuple(str(ip_network(item, strict=False)) for item in value)


class FetchSettings(BaseModel):
    """``[fetch]``: how pages are fetched, wherever a source says nothing else."""

    model_config = STRICT

    user_agent: str = Field(default=USER_AGENT, min_length=1, max_length=200, pattern=r"^[\x20-\x7e]+$")
    """Who asks, sent with each request; name your desk and an address where its owner is reached."""
    robots: bool = True
    """Whether robots.txt is honoured."""
    delay: float = Field(default=1.0, ge=0, le=600)
    """Seconds from one request to a host to the next; a longer `Crawl-delay` in robots.txt counts more."""
    concurrency: int = Field(default=2, ge=1, le=16)
    """Requests to one host at a time."""
    most: int = Field(default=200, ge=1, le=100_000)
    """Pages fetched from one source in one run; what is left over comes the next time."""
    days: int = Field(default=14, ge=1, le=36_500)
    """Pages that a source lists with an older date are passed over."""
    recheck_days: int = Field(default=3, ge=0, le=365)
    """For so many days a page that was read is asked again, to find corrections and withdrawals."""
    minutes: float = Field(default=30.0, gt=0, le=1440)
    """How long one run may take over one source."""
    allow_private: tuple[str, ...] = ()
    """Networks such as `10.1.0.0/16` that may be asked though they are private or this machine's own."""

    _check_networks = field_validator("allow_private")(_networks)


class SourceSettings(BaseModel):
    """``[[sources]]``: one source; what it leaves out is taken from ``[fetch]``."""

    model_config = STRICT

    name: str
    """A short name of your own, unique; messages and the memory of what was read go by it."""
    type: SourceType
    """`feed` (RSS, Atom, JSON Feed), `sitemap` (also news sitemaps and their indexes), `folder`, `warc` or `url`."""
    address: Annotated[str, MASKED_URL]
    """The `http://` or `https://` address; for `folder` and `warc` a path, from the working folder."""
    publisher: str = ""
    """The outlet; without it, what the article or its address says."""
    family: str = ""
    """The owner or group that the outlet belongs to: outlets of one family never count as independent."""
    language: str = ""
    """The language of its articles, such as `en`; without it, it is told from each text."""
    time_zone: str = ""
    """The outlet's own time zone, such as `Europe/Oslo`: for dates that state none, and for what its "today" means."""
    rights: str = ""
    """A note on what you may do with its articles; kept for people, not read."""
    text: Literal["page", "feed"] = "page"
    """`feed` takes the articles' text from the feed itself and fetches no pages."""
    user_agent: str | None = Field(default=None, min_length=1, max_length=200, pattern=r"^[\x20-\x7e]+$")
    """As in `[fetch]`, for this source."""
    robots: bool | None = None
    """As in `[fetch]`, for this source."""
    delay: float | None = Field(default=None, ge=0, le=600)
    """As in `[fetch]`, for this source."""
    concurrency: int | None = Field(default=None, ge=1, le=16)
    """As in `[fetch]`, for this source."""
    most: int | None = Field(default=None, ge=1, le=100_000)
    """As in `[fetch]`, for this source."""
    days: int | None = Field(default=None, ge=1, le=36_500)
    """As in `[fetch]`, for this source."""
    recheck_days: int | None = Field(default=None, ge=0, le=365)
    """As in `[fetch]`, for this source."""
    minutes: float | None = Field(default=None, gt=0, le=1440)
    """As in `[fetch]`, for this source."""
    allow_private: tuple[str, ...] | None = None
    """As in `[fetch]`, for this source."""

    _check_networks = field_validator("allow_private")(_networks)

    @field_validator("name")
    @classmethod
    def _check_name(cls, value: str) -> str:
        if _NAME.fullmatch(value) is None:
            raise ValueError("write 1 to 80 letters, digits, spaces, dots, hyphens and underscores")
        return value

    @field_validator("address")
    @classmethod
    def _check_address(cls, value: str, info: ValidationInfo) -> str:
        """The address fits the type: a faulty one is found at the door, not at night."""
        if not value.strip():
            raise ValueError("is empty")
        scheme = urlsplit(value).scheme.lower()
        if info.data.get("type") in ("folder", "warc"):
            if scheme in ("http", "https"):
                raise ValueError("a folder or WARC source has a path; for an address use feed, sitemap or url")
        elif "type" in info.data and (scheme not in ("http", "https") or not urlsplit(value).hostname):
            raise ValueError("write an address that begins with https:// or http://")
        return value

    @field_validator("language")
    @classmethod
    def _check_language(cls, value: str) -> str:
        if value and _LANGUAGE.fullmatch(value) is None:
            raise ValueError("write a language code such as en or de")
        return value

    @field_validator("time_zone")
    @classmethod
    def _check_zone(cls, value: str) -> str:
        try:
            if value:
                ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            close = difflib.get_close_matches(value, available_timezones(), n=1)
            hint = f"did you mean {close[0]}?" if close else "write an IANA name such as Europe/Oslo"
            raise ValueError(f"there is no time zone {value!r}; {hint}") from None
        return value

    def source(self, fetch: FetchSettings) -> Source:
        """The source, with what it leaves out taken from ``[fetch]``."""
        own = {name: value for name, value in self if value is not None}
        return Source(**{**dict(fetch), **own})
