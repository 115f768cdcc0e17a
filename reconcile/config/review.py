"""The sections on review: how the pages are served, who must sign off, and single sign-on."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, field_validator

from reconcile.config.schema import SECRET, STRICT
from reconcile.model import Severity
from reconcile.review.people import Role


class ServeSettings(BaseModel):
    """``[serve]``: how the review pages are served."""

    model_config = STRICT

    host: str = "127.0.0.1"
    """The address to listen at; any but this machine's own needs accounts."""
    port: int = Field(default=8571, ge=0, le=65535)
    """The port to listen at."""
    names: tuple[str, ...] = ()
    """The host names under which browsers may ask, such as `review.example.org`; this machine's own always may."""
    https: bool = False
    """Whether browsers reach the pages by https, through a proxy of yours: cookies are then sent over nothing else."""
    session_hours: int = Field(default=12, ge=1, le=720)
    """So long somebody stays signed in."""


class ReviewSettings(BaseModel):
    """``[review]``: how decisions are made."""

    model_config = STRICT

    sign_off_severities: tuple[Severity, ...] = ()
    """Findings of these severities (`info`, `low`, `medium`, `high`) are decided by two people alike."""
    sign_off_rules: tuple[str, ...] = ()
    """Findings of the rules with these ids are decided by two people alike."""


class OidcSettings(BaseModel):
    """``[oidc]``: single sign-on through an OpenID Connect provider."""

    model_config = STRICT

    issuer: str = ""
    """The provider's address, such as `https://login.example.org`; without it there is no single sign-on."""
    client_id: str = ""
    """What the provider knows this program as."""
    client_secret: Annotated[str, SECRET] = ""
    """The secret the provider gave for it; better set by its variable than in the file."""
    role: Role | None = None
    """The role of people who sign in so for the first time; without it, only those with an account get in."""

    @field_validator("issuer")
    @classmethod
    def _check_issuer(cls, value: str) -> str:
        parts = urlsplit(value)
        here = parts.hostname in ("localhost", "127.0.0.1", "::1")
        if value and not (parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and here))):
            raise ValueError("write an address that begins with https://")
        return value.rstrip("/")
