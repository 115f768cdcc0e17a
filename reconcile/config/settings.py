"""What a user may set: every setting with its default and what it is for."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

from pydantic import field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from reconcile.config.nightly import NightlySettings, NotifySettings
from reconcile.config.review import OidcSettings, ReviewSettings, ServeSettings
from reconcile.config.schema import MASKED_URL
from reconcile.config.sources import FetchSettings, SourceSettings
from reconcile.ingest.sources import Source

CONFIG_FILE = "reconcile.toml"
PREFIX = "RECONCILE_"
NESTED = "__"


class Settings(BaseSettings):
    """What a user may set; the plain ones are also flags of the commands that use them."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter=NESTED,
        toml_file=CONFIG_FILE,
        extra="forbid",
        env_ignore_empty=True,
        use_attribute_docstrings=True,
    )

    db: Annotated[str, MASKED_URL] = "reconcile.db"
    """The database: a SQLite file, or a `postgresql://USER@HOST/DATABASE` address."""
    rules: tuple[Path, ...] = ()
    """Folders of rules that are read after the shipped ones and override them by id."""
    log_json: bool = False
    """Whether to log JSON lines to standard error."""
    fetch: FetchSettings = FetchSettings()
    """How pages are fetched."""
    serve: ServeSettings = ServeSettings()
    """How the review pages are served."""
    review: ReviewSettings = ReviewSettings()
    """How decisions are made."""
    oidc: OidcSettings = OidcSettings()
    """Single sign-on."""
    nightly: NightlySettings = NightlySettings()
    """The nightly run."""
    notify: NotifySettings = NotifySettings()
    """Who is told of new contradictions and of sources that fail."""
    sources: tuple[SourceSettings, ...] = ()
    """Where articles come from."""

    @field_validator("sources")
    @classmethod
    def _check_names(cls, value: tuple[SourceSettings, ...]) -> tuple[SourceSettings, ...]:
        twice = [name for name, count in Counter(source.name for source in value).items() if count > 1]
        if twice:
            raise ValueError(f"two sources are named {twice[0]!r}; give each a name of its own")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags before environment before file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def sources_of(settings: Settings) -> tuple[Source, ...]:
    """The configured sources, each with the defaults of ``[fetch]`` filled in."""
    return tuple(source.source(settings.fetch) for source in settings.sources)


def manner_of(settings: Settings) -> Source:
    """How addresses that are no configured source are fetched: as ``[fetch]`` says."""
    return Source(name="", type="url", address="", **dict(settings.fetch))
