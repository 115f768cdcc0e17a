"""The documentation is true: links lead somewhere, every field of the report and every setting is told."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

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
    """Each setting has its row in docs/configuration.md: key, variable, default and what its own docstring says."""
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8").splitlines()
    assert [row for row in setting_rows(Settings) if row not in page] == []


def test_no_setting_is_documented_that_is_not_there() -> None:
    """docs/configuration.md has no row of a setting that was removed or renamed."""
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8").splitlines()
    rows = set(setting_rows(Settings))
    assert [line for line in page if line.startswith("| `") and line not in rows] == []


def setting_rows(model: type[BaseModel], prefix: str = "", many: bool = False) -> Iterator[str]:
    """The rows of the tables in docs/configuration.md, sections after plain settings as the model has them."""
    for name, field in model.model_fields.items():
        kinds = [field.annotation, *get_args(field.annotation)]
        inner = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)
        if inner is not None:
            yield from setting_rows(inner, f"{prefix}{name}.", inner is not field.annotation)
            continue
        variable = "" if many else f" `RECONCILE_{(prefix + name).replace('.', '__').upper()}` |"
        told = " ".join((field.description or "").split())
        yield f"| `{prefix}{name}` |{variable} {_default(field)} | {told} |"


def _default(field: FieldInfo) -> str:
    """A setting's default as TOML has it, "needed" where there is none."""
    if field.is_required():
        return "needed"
    return f"`{json.dumps(field.get_default(call_default_factory=True))}`" if field.default is not None else ""


def _keys(value: Any) -> Iterator[str]:
    """Every key of a JSON value, at whatever depth."""
    if isinstance(value, dict):
        yield from value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _keys(item)
