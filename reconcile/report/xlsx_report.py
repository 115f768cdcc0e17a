"""The report as an Excel workbook: findings, their claims, a table of facts a story, and the articles."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any

from reconcile.errors import ReconcileError
from reconcile.report.tabular import (
    ARTICLE_COLUMNS,
    CLAIM_COLUMNS,
    FINDING_COLUMNS,
    Row,
    article_rows,
    claim_rows,
    fact_rows,
    finding_rows,
)
from reconcile.report.view import Report

_WIDTHS = {
    "summary": 60,
    "why": 80,
    "quote": 70,
    "title": 45,
    "about": 32,
    "story": 32,
    "url": 32,
    "decision_reason": 40,
}
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_STORIES = 200
"""Most stories that get a sheet of their own."""


def render_xlsx(report: Report) -> bytes:
    """The workbook; raises ReconcileError where the package that writes it is not installed."""
    try:
        import xlsxwriter
    except ImportError:
        raise ReconcileError(
            "the xlsx format needs a package", "install it with: pip install 'reconcile[xlsx]'"
        ) from None
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    # The time of the run, not of the writing: the same report is the same file.
    book.set_properties({"title": "Reconciliation report", "created": report.run.finished.replace(tzinfo=None)})
    _add_sheet(book, "Findings", (FINDING_COLUMNS, *finding_rows(report)))
    _add_sheet(book, "Claims", (CLAIM_COLUMNS, *claim_rows(report)))
    told = [story for story in report.stories if story.rows]
    for number, story in enumerate(told[:_STORIES], 1):
        _add_sheet(book, _sheet_name(number, story.title), fact_rows(story))
    _add_sheet(book, "Articles", (ARTICLE_COLUMNS, *article_rows(report)))
    book.close()
    return file.getvalue()


def _sheet_name(number: int, title: str) -> str:
    """A sheet's name in Excel's 31 characters, unlike every other's by its number."""
    return f"{number} {_NOT_IN_NAMES.sub(' ', title)}"[:31].strip()


def _add_sheet(book: Any, name: str, rows: Iterable[Row]) -> None:
    """A sheet with its first row as a head that stays in sight."""
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    figure = book.add_format({"valign": "top"})
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(line, column, cell, body if line else head)
            else:
                sheet.write_number(line, column, cell, figure)
            if line == 0:
                sheet.set_column(column, column, _WIDTHS.get(str(cell), 18))
    sheet.freeze_panes(1, 1)
