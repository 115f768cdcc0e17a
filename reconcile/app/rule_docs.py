"""The page on rules: a guide written by hand, and below a mark the reference made from the rules in force."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reconcile.app.rules import usable_pack
from reconcile.check.reference import reference_page
from reconcile.errors import ReconcileError

MARK = "<!-- From here on made by `reconcile rules docs FILE`; what stands above is kept. -->"


def rules_page(folders: Sequence[Path], guide: str = "") -> str:
    """The guide up to its mark, then the reference of the rules in force; without a guide the reference alone."""
    reference = reference_page(usable_pack(folders))
    if not guide:
        return reference
    head, mark, _ = guide.partition(MARK)
    if not mark:
        raise ReconcileError("the page has no line that says where the made part begins", f"add the line: {MARK}")
    return f"{head}{MARK}\n\n{reference}"


def write_rules_page(folders: Sequence[Path], file: Path) -> bool:
    """Make the part of a page below its mark anew; whether anything changed. Raises ReconcileError where it cannot."""
    try:
        before = file.read_text("utf-8")
        page = rules_page(folders, before)
        if page != before:
            file.write_text(page, "utf-8")
    except OSError as error:
        raise ReconcileError(f"{file}: {error.strerror}", "name a page that can be read and written") from error
    except UnicodeDecodeError as error:
        raise ReconcileError(f"{file} is no UTF-8 text", "save it as UTF-8") from error
    return page != before
