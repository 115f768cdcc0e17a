"""A desk with a folder as its source, whose nights are run by an injected clock, on both databases."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from reconcile.config import Settings
from reconcile.config.nightly import NightlySettings, NotifySettings
from reconcile.config.sources import SourceSettings
from reconcile.service.nightly import Hands, NightResult, run_nightly

FIRST = datetime(2031, 4, 9, 0, 30, tzinfo=UTC)


def _load(name: str, path: Path) -> ModuleType:
    """A module by its file: the tests of the store make the databases for these tests too."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


_store_tests = _load("reconcile_store_conftest_for_service", Path(__file__).parent.parent / "store" / "conftest.py")
postgres_server = _store_tests.postgres_server
location = _store_tests.location


def flood(source: str, dead: int, town: str = "Torvale", day: str = "2031-04-08") -> str:
    """An article on a flood, with its front matter."""
    return (
        f"---\nsource: {source}\npublished: {day}\ntitle: Flood in {town}\n---\n"
        f"The flood in {town} killed {dead} people on Monday, Governor Ada Brunn said. "
        f"The river Lorn burst its banks near {town}, and the bridge was closed.\n"
    )


def strike(source: str, walked: int, day: str = "2031-04-08") -> str:
    """An article on something else altogether."""
    return (
        f"---\nsource: {source}\npublished: {day}\ntitle: Dockers strike in Port Elm\n---\n"
        f"About {walked} dockers walked out at the Port Elm container terminal on Tuesday over pay, "
        f"union leader Tomas Reck told reporters. Shipping firm Halvorsen Lines said two vessels were delayed.\n"
    )


@dataclass
class Desk:
    """A desk's folder, settings and nights; ``night`` counts from the first one."""

    folder: Path
    db: str
    settings: Settings = field(init=False)

    first = FIRST
    flood = staticmethod(flood)
    strike = staticmethod(strike)

    def __post_init__(self) -> None:
        """Point the settings at the folder."""
        (self.folder / "inbox").mkdir(parents=True)
        self.configure()

    def configure(self, sources: tuple[SourceSettings, ...] | None = None, **sections: Any) -> None:
        """Set the settings anew."""
        inbox = SourceSettings(name="inbox", type="folder", address=str(self.folder / "inbox"))
        nightly = {"reports": str(self.folder / "reports"), "time_zone": "UTC"} | sections.get("nightly", {})
        self.settings = Settings(
            db=self.db,
            sources=(inbox,) if sources is None else sources,
            nightly=NightlySettings(**nightly),
            notify=sections.get("notify", NotifySettings()),
        )

    def put(self, name: str, text: str) -> None:
        """Put an article into the inbox, in place of one of that name."""
        (self.folder / "inbox" / f"{name}.md").write_text(text, encoding="utf-8")

    def run(self, night: int = 0, **more: Any) -> NightResult:
        """Run a night by the injected clock."""
        return run_nightly(self.settings, hands=Hands(clock=lambda: FIRST + timedelta(days=night)), **more)

    def read(self, night: int, name: str) -> str:
        """One of the files of a night's report."""
        day = (FIRST + timedelta(days=night)).date().isoformat()
        return (self.folder / "reports" / day / name).read_text("utf-8")


@pytest.fixture
def desk(tmp_path: Path, location: str) -> Desk:
    """A desk without articles, once on each kind of database."""
    return Desk(tmp_path / "desk", location)


@pytest.fixture
def lone_desk(tmp_path: Path) -> Desk:
    """A desk without articles, on SQLite."""
    return Desk(tmp_path / "desk", str(tmp_path / "desk.db"))
