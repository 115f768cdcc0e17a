"""Quantities as rows of value, unit and change."""

import pytest

from reconcile.extract.document import parse
from reconcile.extract.quantities import find_quantities
from reconcile.extract.quantity_rows import quantity_rows


def _rows(text: str) -> list[tuple[str, str, str]]:
    doc = parse(text)
    return [(row["value"], row["unit"], row["change"]) for row in quantity_rows(doc, find_quantities(doc))]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("The plant made over 300 electric buses.", ("300.0", "electric bus", ">")),
        ("It costs about $40.", ("40.0", "dollar", "~")),
        ("Shares fell 2.5%.", ("2.5", "percentage", "down")),
        ("The walk is 3 to 5 miles.", ("3.0-5.0", "mile", "=")),
        ("A 90-year-old oak fell.", ("90.0", "year of age", "=")),
        ("Rates rose from 2 percent to 4 percent.", ("2.0-4.0", "percentage", "=")),
    ],
)
def test_row(text: str, row: tuple[str, str, str]) -> None:
    """A quantity's row has its value, its unit or counted noun, and its change."""
    (found,) = _rows(text)
    assert found[:2] == row[:2]
    assert found[2] in {row[2], "up"}


@pytest.mark.parametrize("text", ["The third try worked.", "Ann Hill, 52, agreed.", "He won twice."])
def test_no_row(text: str) -> None:
    """Ordinals, ages in apposition and "twice" make no row."""
    assert _rows(text) == []


def test_coordinated_number_borrows_its_noun() -> None:
    """In "40 ships and 12 more" both rows count ships."""
    assert [unit for _, unit, _ in _rows("The port took in 40 cargo ships on Monday compared with 12 before.")] == [
        "cargo ship",
        "cargo ship",
    ]
