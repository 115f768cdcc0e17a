"""Numbers that count nothing."""

import pytest

from reconcile.normalize.lexemes import split_lexemes
from reconcile.normalize.measures import scan_measures
from reconcile.normalize.number_contexts import is_no_quantity


def _kept(text: str) -> list[float]:
    lexemes = split_lexemes(text)
    return [measure.low for measure in scan_measures(lexemes) if not is_no_quantity(lexemes, measure)]


@pytest.mark.parametrize(
    "text",
    [
        "It closed in 1987.",
        "The deal of March 3, 2019 held.",
        "They met on 14 June in Oslo.",
        "The bar shut at 2:30 a.m. sharp.",
        "Doors open at 9 p.m. tonight.",
        "He lived at 4410 Maple Street for long.",
        "Shots rang out in the 900 block of Elm Road.",
        "She found it at 2208 Broadway.",
        "The office on 54th Street burned.",
        "Call 555-0142 for help.",
        "Write to Springfield, IL 62704.",
        "Officers carried an AR-15 rifle.",
        "Traffic on I-80 and Route 30 stopped.",
        "See section 12 of the act.",
        "It was shown on ABC7 again.",
        "Music of the 1980s and the '70s.",
        "The phones lie open 24/7 here.",
        "They helped one another.",
        "A one-way street.",
        "The First Lady spoke.",
        "He faces a second-degree charge.",
        "It came in version 2.4.1 of it.",
        "The 2015-16 season ended.",
    ],
)
def test_no_quantity(text: str) -> None:
    """Dates, hours, addresses, numbers to call, names, labels and idioms count nothing."""
    assert _kept(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("About 2000 people came.", 2000),
        ("The town has 1,987 houses.", 1987),
        ("He paid $1990 for it.", 1990),
        ("A sub-5 millimetre gap.", 5),
        ("The third round of talks began.", 3),
        ("It took 90 minutes.", 90),
        ("Some 62704 voters signed.", 62704),
    ],
)
def test_quantity(text: str, value: float) -> None:
    """What counts or measures is kept, even where it looks like a year or a code."""
    assert _kept(text) == [value]
