"""Conditions asked in two steps: the plain parts first, the whole only where they hold."""

import pytest

from reconcile.check.conditions import compile_condition, group_environment
from reconcile.check.load import load_pack
from reconcile.check.sieve import plain_parts
from reconcile.resources import data_folder

GROUP = group_environment(("claim",))


def test_plain_parts_are_those_that_compare_with_texts_and_numbers() -> None:
    """What a function or a pattern decides is left to the whole condition."""
    source = 'claim.head == "guest" && claim.low >= 3.0 && claim.text.matches("^[0-9]+$")'
    plain = plain_parts(compile_condition(source, GROUP))
    assert plain is not None
    assert plain.whens == ('(claim.head == "guest") && (claim.low >= 3.0)',)


@pytest.mark.parametrize(
    "source",
    [
        'claim.head == "guest" || claim.low >= 3.0 || claim.text.contains("x")',
        'claim.text.contains("x")',
        'claim.text == "a  b" && claim.text.contains("x")',
    ],
)
def test_nothing_plain_that_must_hold(source: str) -> None:
    """Alternatives need not hold, and a text with two spaces is not asked for with one."""
    assert plain_parts(compile_condition(source, GROUP)) is None


def test_shipped_conditions_fail_where_their_plain_parts_do() -> None:
    """On values of every sort the whole never holds where the plain parts do not."""
    for rule in load_pack([data_folder("rules")])[0].consistency():
        for where in filter(None, (selection.where for selection in rule.selections)):
            plain = plain_parts(where)
            for number, text in ((0.0, ""), (1.0, "done"), (30.0, "day"), (3.0, "shoot"), (20.0, "=")):
                values = {name: _value(name, number, text) for name in where.names}
                if plain is not None and plain.first(values) < 0:
                    assert not where.holds(values)


def _value(name: str, number: float, text: str) -> object:
    field = name.removeprefix("claim.")
    if field in ("low", "high", "confidence"):
        return number
    if field in ("events", "entities", "words", "article_values"):
        return [text]
    return number > 0 if field == "asserted" else text
