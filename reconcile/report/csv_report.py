"""The report as CSV (RFC 4180, UTF-8): a row for each claim of each finding."""

from __future__ import annotations

import csv
import io

from reconcile.report.tabular import CLAIM_COLUMNS, claim_rows
from reconcile.report.view import Report


def render_csv(report: Report) -> str:
    """The table with its head; offsets are Python string indices as in report.json."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(CLAIM_COLUMNS)
    writer.writerows(claim_rows(report))
    return text.getvalue()
