"""Settings: ``reconcile.toml`` in the working folder, overridden by ``RECONCILE_…`` variables, overridden by flags."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from reconcile.errors import ReconcileError

CONFIG_FILE = "reconcile.toml"


class Settings(BaseSettings):
    """What a user may set; every field is also a flag of the commands that use it."""

    model_config = SettingsConfigDict(
        env_prefix="RECONCILE_", toml_file=CONFIG_FILE, extra="forbid", env_ignore_empty=True
    )

    db: str = "reconcile.db"
    """The database: a file for SQLite, or a ``postgresql+psycopg://`` URL."""
    rules: tuple[Path, ...] = ()
    """Folders of rules that are read after the shipped ones and override them by id."""
    log_json: bool = False

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


def load_settings(**flags: object) -> Settings:
    """The settings with flags that were given; raises ReconcileError naming the file, the field and the fault."""
    given = {name: value for name, value in flags.items() if value not in (None, ())}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"]) or CONFIG_FILE
        if fault["type"] == "extra_forbidden":
            known = ", ".join(Settings.model_fields)
            raise ReconcileError(f"{CONFIG_FILE}: there is no setting {place!r}", f"use one of: {known}") from error
        raise ReconcileError(
            f"{CONFIG_FILE} or the environment: {place}: {fault['msg']}", "see docs/configuration.md"
        ) from error
    except ValueError as error:  # a file that is not TOML
        raise ReconcileError(f"{CONFIG_FILE}: {error}", "mend the file or move it away") from error
