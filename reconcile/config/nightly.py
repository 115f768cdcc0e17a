"""The sections on the nightly run: when it is a night, where its reports go, and who is told of what."""

from __future__ import annotations

from collections import Counter
from ipaddress import ip_network
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, Field, field_validator, model_validator

from reconcile.config.schema import MASKED_URL, SECRET, STRICT
from reconcile.model import Kind, Severity


class NightlySettings(BaseModel):
    """``[nightly]``: the nightly run."""

    model_config = STRICT

    reports: str = "reports"
    """The folder in which each night gets a folder of its own, beside the index over all nights."""
    address: Annotated[str, MASKED_URL] = ""
    """Where that folder is found on the web, such as `https://desk.example/reports`; messages then link there."""
    time_zone: str = ""
    """The desk's time zone, such as `Europe/Oslo`, which decides what date a night has; without it, the machine's."""
    failed_nights: int = Field(default=2, ge=1, le=365)
    """After so many nights in a row in which it cannot be read, a source is a fault that people are told of."""
    quiet_nights: int = Field(default=3, ge=1, le=365)
    """After so many nights in a row without anything new, a source is a fault that people are told of."""
    metrics_file: str = ""
    """A `.prom` file in the folder that the textfile collector of Prometheus' node exporter reads."""

    @field_validator("time_zone")
    @classmethod
    def _check_zone(cls, value: str) -> str:
        try:
            if value:
                ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"there is no time zone {value!r}; write it as Europe/Oslo") from None
        return value


class SmtpSettings(BaseModel):
    """``[notify.smtp]``: the mail server that messages go out by."""

    model_config = STRICT

    host: str = "localhost"
    """The server's name."""
    port: int = Field(default=25, ge=1, le=65535)
    """Its port; 465 for `tls = "implicit"`, 587 for `tls = "starttls"`."""
    tls: Literal["none", "starttls", "implicit"] = "none"
    """How the connection is encrypted; certificates are checked."""
    user: str = ""
    """The account to log in with, where the server asks for one."""
    password: Annotated[str, SECRET] = ""
    """Its password; better in the variable `RECONCILE_NOTIFY__SMTP__PASSWORD` than in the file."""
    sender: str = "reconcile@localhost"
    """The address that messages come from."""


class RecipientSettings(BaseModel):
    """``[[notify.recipients]]``: somebody who is told of new contradictions, and of sources that fail."""

    model_config = STRICT

    name: str = Field(min_length=1, max_length=80)
    """A short name of your own, unique; what was told is remembered by it."""
    channel: Literal["email", "webhook", "apprise"]
    """`email`, `webhook` (a JSON POST), or `apprise` (chats and many more; needs `pip install 'reconcile[notify]'`)."""
    to: Annotated[str, MASKED_URL, SECRET] = Field(min_length=3)
    """The mail address, the webhook's `https://` address, or the Apprise address."""
    severity: Severity = Severity.MEDIUM
    """The least severity that is told: `info`, `low`, `medium` or `high`."""
    kinds: tuple[Kind, ...] = ()
    """Only contradictions of these kinds, such as `count` or `date`; all where empty."""
    sources: tuple[str, ...] = ()
    """Only contradictions that one of these publishers is part of; all where empty."""
    words: tuple[str, ...] = ()
    """Only contradictions whose summary or story names one of these words; all where empty."""
    faults: bool = True
    """Whether to tell of sources that fail, fall silent, or are read again."""
    key: Annotated[str, SECRET] = ""
    """For a webhook: a secret that its body is signed with (HMAC-SHA256, in the header `X-Reconcile-Signature`)."""
    allow_private: tuple[str, ...] = ()
    """For a webhook: networks such as `10.1.0.0/16` that may be called though they are private."""

    @field_validator("allow_private")
    @classmethod
    def _check_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(str(ip_network(item, strict=False)) for item in value)

    @model_validator(mode="after")
    def _check_address(self) -> Self:
        if self.channel == "webhook" and not self.to.startswith(("https://", "http://")):
            raise ValueError(f"recipient {self.name!r}: a webhook's address begins with https://")
        if self.channel == "email" and ("@" not in self.to or any(char in self.to for char in " ,\r\n")):
            raise ValueError(f"recipient {self.name!r}: {self.to!r} is not one mail address")
        return self


class NotifySettings(BaseModel):
    """``[notify]``: who is told, once, of what the nights find."""

    model_config = STRICT

    give_up_hours: float = Field(default=72, gt=0, le=8760)
    """For so long a message that could not be delivered is tried again, at every nightly run."""
    smtp: SmtpSettings = SmtpSettings()
    """The mail server."""
    recipients: tuple[RecipientSettings, ...] = ()
    """Who is told."""

    @field_validator("recipients")
    @classmethod
    def _check_names(cls, value: tuple[RecipientSettings, ...]) -> tuple[RecipientSettings, ...]:
        twice = [name for name, count in Counter(one.name for one in value).items() if count > 1]
        if twice:
            raise ValueError(f"two recipients are named {twice[0]!r}; give each a name of its own")
        return value
