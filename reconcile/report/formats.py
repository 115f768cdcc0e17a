"""The formats a report can be written in: each one's name, its file and its renderer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reconcile.errors import ReconcileError
from reconcile.report.annotations import render_annotations
from reconcile.report.atom import render_atom
from reconcile.report.claim_review import render_claim_reviews
from reconcile.report.csv_report import render_csv
from reconcile.report.html import render_html
from reconcile.report.json_report import render_json
from reconcile.report.markdown import render_markdown
from reconcile.report.view import Report
from reconcile.report.xlsx_report import render_xlsx


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a report."""

    name: str
    file: str
    media_type: str
    render: Callable[[Report], str | bytes]

    def content(self, report: Report) -> bytes:
        """The file's bytes; raises ReconcileError where the format needs a package that is missing."""
        made = self.render(report)
        # A lone surrogate has no bytes; the renderers spell out those of the articles, a JSON escape needs none.
        return made if isinstance(made, bytes) else made.encode("utf-8", "backslashreplace")


FORMATS: dict[str, Format] = {
    made.name: made
    for made in (
        Format("html", "report.html", "text/html; charset=utf-8", render_html),
        Format("md", "report.md", "text/markdown; charset=utf-8", render_markdown),
        Format("json", "report.json", "application/json", render_json),
        Format("csv", "report.csv", "text/csv; charset=utf-8", render_csv),
        Format("xlsx", "report.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", render_xlsx),
        Format("atom", "report.atom", "application/atom+xml", render_atom),
        Format("annotations", "annotations.jsonld", "application/ld+json", render_annotations),
        Format("claimreview", "claimreview.jsonld", "application/ld+json", render_claim_reviews),
    )
}
DEFAULT_FORMATS = ("html", "md", "json")


def choose_formats(names: Sequence[str]) -> tuple[Format, ...]:
    """The formats of these names, each once, in the order given; raises ReconcileError naming those there are."""
    unknown = [name for name in names if name not in FORMATS]
    if unknown:
        raise ReconcileError(f"there is no report format {unknown[0]!r}", f"use one of: {', '.join(FORMATS)}")
    return tuple(FORMATS[name] for name in dict.fromkeys(names or DEFAULT_FORMATS))
