"""The documentation is true: links lead somewhere, every field of the report and every setting is told."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reconcile.config import Settings

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    """Every link to a file of this repository has its file."""
    targets = _LINK.findall(page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_page_is_linked() -> None:
    """Each page of docs is reached from the README."""
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [page.name for page in (ROOT / "docs").glob("*.md") if f"docs/{page.name}" not in readme] == []


def test_every_field_of_the_report_is_documented() -> None:
    """Each key of the committed report.json stands in docs/report.md."""
    told = set(re.findall(r"[a-z_]+", (ROOT / "docs" / "report.md").read_text("utf-8")))
    report = json.loads((ROOT / "reports" / "seeds" / "report.json").read_text("utf-8"))
    open_keys = {*report["run"].pop("versions"), *report["run"].pop("counts")}
    assert {key for key in _keys(report) if key not in told} - open_keys == set()


def test_every_setting_is_documented() -> None:
    """Each setting has its line in docs/configuration.md."""
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    assert [name for name in Settings.model_fields if f"| `{name}` | `RECONCILE_{name.upper()}`" not in page] == []


def _keys(value: Any) -> Iterator[str]:
    """Every key of a JSON value, at whatever depth."""
    if isinstance(value, dict):
        yield from value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _keys(item)
