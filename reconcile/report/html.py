"""The report as one HTML page that needs nothing else: strict escaping, no script, its style allowed by hash."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reconcile.report import phrases
from reconcile.report.view import HEADINGS, MEANINGS, ORDER, Report
from reconcile.visible import visible

TEMPLATES = Path(__file__).parent / "templates"
"""Its macros are the review pages' too."""
COMPONENTS_CSS = TEMPLATES / "components.css"
_NOT_ID = re.compile(r"[^A-Za-z0-9_.:-]")


def render_html(report: Report) -> str:
    """The page; every text from outside passes ``visible`` and is escaped."""
    return render_template(
        "report.html.j2",
        report=report,
        counts=dict(report.counts),
        phrases=phrases,
        headings=HEADINGS,
        meanings=MEANINGS,
        order=ORDER,
    )


def render_template(name: str, **values: object) -> str:
    """A page of its own that needs nothing else, from one of the templates here, in the reports' style."""
    style, digest = _style()
    return _environment().get_template(name).render(style=style, style_hash=digest, **values)


@cache
def _environment() -> Environment:
    """Templates that escape everything and fail on a name that is not there."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=show,
    )
    environment.filters["id"] = element_id
    return environment


def element_id(text: str) -> str:
    """The text as an element's id."""
    return _NOT_ID.sub("-", text)


def show(value: object) -> object:
    """Make hidden and reordering signs visible in every text that a template puts out."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else visible(value)


@cache
def _style() -> tuple[Markup, str]:
    """The style sheet and its hash for the content security policy."""
    css = COMPONENTS_CSS.read_text("utf-8") + (TEMPLATES / "report.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return Markup(css), f"sha256-{digest}"  # noqa: S704 -- our own style sheet, no text from outside
