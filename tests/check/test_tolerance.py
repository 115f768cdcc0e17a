"""Tolerances: which values that differ still fit together."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.check.examples import run_examples
from reconcile.check.schema import Pack
from reconcile.check.short_values import read_value
from reconcile.check.tolerance import near, read_slack
from reconcile.model import Kind, Verdict


@pytest.mark.parametrize(
    ("kind", "first", "second", "slack", "fits"),
    [
        (Kind.COUNT, "100", "104", "5%", True),
        (Kind.COUNT, "100", "106", "5%", False),
        (Kind.COUNT, "40", "43", "3", True),
        (Kind.COUNT, "40..50", "52", "3", True),
        (Kind.COUNT, "40..50", "60", "3", False),
        (Kind.COUNT, "40", "43", "3 days", False),
        (Kind.VOTE, "218-210", "218-212", "2", True),
        (Kind.VOTE, "218-210", "200-212", "2", False),
        (Kind.DATE, "2031-04-08", "2031-04-09", "1 day", True),
        (Kind.DATE, "2031-04-08", "2031-04-10", "1 day", False),
        (Kind.DATE, "2031-04", "2031-05-01", "1 day", True),
        (Kind.TIME, "2031-04-08T09:00", "2031-04-08T09:15", "15 minutes", True),
        (Kind.TIME, "2031-04-08T09:00", "2031-04-08T09:16", "15 minutes", False),
        (Kind.DURATION, "P10D", "P11D", "10%", True),
        (Kind.DURATION, "P2Y", "P25M", "10%", True),
        (Kind.DURATION, "PT2H", "PT3H", "1 hour", True),
        (Kind.DURATION, "P2D", "P3D", "1", True),
        (Kind.DURATION, "P2D", "P3W", "1", False),
        (Kind.PERSON_NAME, "Jane Roe", "Jane Row", "5%", False),
    ],
)
def test_near(kind: Kind, first: str, second: str, slack: str, fits: bool) -> None:
    """Values within the slack fit together, in whatever order they come."""
    a, b = read_value(kind, first), read_value(kind, second)
    assert (near(a, b, read_slack(slack)), near(b, a, read_slack(slack))) == (fits, fits)


def test_units_convert_before_they_are_held_against_each_other() -> None:
    """Five miles and eight kilometres lie within two percent."""
    miles, kilometres = read_value(Kind.AMOUNT, "5", "mile"), read_value(Kind.AMOUNT, "8", "kilometre")
    assert near(miles, kilometres, read_slack("2%"))
    assert not near(miles, read_value(Kind.AMOUNT, "5", "dollar"), read_slack("100%"))


@given(st.text(max_size=20))
def test_any_text_is_a_slack_or_a_value_error(text: str) -> None:
    """No text makes reading fail in another way."""
    try:
        slack = read_slack(text)
    except ValueError:
        return
    assert slack.absolute >= 0
    assert 0 <= slack.relative <= 1


def test_a_rule_takes_what_it_tolerates_for_precision(rule_text: str, pack_of: Callable[[str], Pack]) -> None:
    """A value that differs within the tolerance is finer, and the reason says so."""
    text = rule_text.replace("    severity: high", "    tolerance: {count: 50%}\n    severity: high").replace(
        'when: relation == "equal"', 'when: relation != "differs"'
    )
    told = run_examples(pack_of(text.replace('message: "{values}"', 'message: "{why}"')))
    assert [result.got for result in told] == [Verdict.AGREEMENT, Verdict.AGREEMENT]
    assert told[0].summary.endswith("not the same number, but within the 50% tolerated")


@pytest.mark.parametrize(
    ("tolerance", "fault"),
    [
        ("{cuont: 5%}", 'there is no tolerance for "cuont"; did you mean "count"?'),
        ("{count: some}", '"some" is no tolerance; such as 5%, 3, 1,000, 15 minutes'),
        ("{count: 1 day}", "1 day is no tolerance for count; a number or a percentage"),
        ("{age: 1}", "this rule takes no age; it takes count"),
        ("{dollar: 2 hours}", "2 hours is no tolerance for dollar"),
        ("5%", "tolerance must be keys with values"),
    ],
)
def test_a_wrong_tolerance_is_a_fault(
    rule_text: str, faults_of: Callable[[str], list[str]], tolerance: str, fault: str
) -> None:
    """Each wrong tolerance is told in words that say how to mend it."""
    faults = faults_of(rule_text.replace("    severity: high", f"    tolerance: {tolerance}\n    severity: high"))
    assert any(fault in text for text in faults), faults


def test_what_must_be_the_same(rule_text: str, pack_of: Callable[[str], Pack]) -> None:
    """A rule says nothing of two claims that lack what it asks them to share."""
    pack = pack_of(rule_text.replace("    severity: high", "    same: [head]\n    severity: high"))
    assert [result.got for result in run_examples(pack)] == [None, None]


def test_a_field_that_cannot_be_the_same_is_a_fault(rule_text: str, faults_of: Callable[[str], list[str]]) -> None:
    """``same`` knows the fields that it can compare."""
    (fault,) = faults_of(rule_text.replace("    severity: high", "    same: [haed]\n    severity: high"))
    assert fault.endswith('same has no field "haed"; did you mean "head"?')
