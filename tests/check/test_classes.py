"""Answers that are remembered: only where the conditions could not have told the difference."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.check.classes import classes_of
from reconcile.check.conditions import ConditionError, pair_environment, used_names
from reconcile.check.decisions import Decision, compile_decision
from reconcile.check.load import load_pack
from reconcile.check.schema import SameSlotRule
from reconcile.check.variables import pair_variables
from reconcile.resources import data_folder

RULES = [rule for rule in load_pack([data_folder("rules")])[0].rules if isinstance(rule, SameSlotRule)]
TYPES = {variable.name: variable.type for variable in pair_variables()}
CLOSED = pair_environment().closed
_NUMBERS = st.sampled_from([0.0, 0.3, 0.35, 0.4, 0.45, 0.6, 0.75, 0.9, 1.0, 5.0, 7.0, 30.0, 31.0, -1.0, float("nan")])
_TEXTS = st.sampled_from(["", "a", "b", "delegate", "gunman", "Jane Roe", "J. Roe"])


@st.composite
def values_for(draw: Callable[..., object], names: tuple[str, ...]) -> dict[str, object]:
    """Values of the right types for some variables."""
    made: dict[str, object] = {}
    for name in names:
        if name in CLOSED:
            made[name] = draw(st.sampled_from(sorted(CLOSED[name])))
        else:
            of = {"double": _NUMBERS, "bool": st.booleans(), "string": _TEXTS, "list<string>": st.lists(_TEXTS)}
            made[name] = draw(of[TYPES[name]])
    return made


def answer(decision: Decision, values: dict[str, object], *, remembering: bool) -> object:
    """What a decision gives, with or without what it remembers."""
    try:
        return decision.first(values) if remembering else decision._ask(values)
    except ConditionError:
        return "failed"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_shipped_rules_answer_as_if_they_remembered_nothing(rule: SameSlotRule, data: st.DataObject) -> None:
    """A remembered answer is the one that would be given anew."""
    values = data.draw(values_for(rule.decision.names))
    remembered = answer(rule.decision, values, remembering=True)
    assert remembered == answer(rule.decision, values, remembering=False)


CONDITIONS = [
    "score >= 0.4 && gap < -1.0",
    "!(a.head in ['a', \"b\"]) || a.head == 'gunman'",
    "a.head == b.head && a.low > b.high",
    "1.0 - score >= 0.4",
    "score - 0.1 >= 0.4",
    "-score >= -0.4",
    "0.4 <= score",
    "(score) >= 0.4",
    "score >= 0.4 + gap",
    "[score][0] >= 0.4",
    "(score >= 0.4 ? a.head : b.head) == 'a'",
    "a.head.contains('a') || a.head == 'a'",
    "a . head == 'a'",
    "a.head in b.words",
    "a.head in ['a' + 'b']",
    "a.head == 'a' + b.head",
    "a.words.exists(x, x == a.head)",
    "score >= 0.4 // a comment: gap >= 3.0",
    "a.head == r'a' || score > 0.4",
    "a.low >= 5.0 && a.low < a.high && same_person(a.head, b.head)",
    "same_speaker == independent",
    "a.head < b.head",
]


@pytest.mark.parametrize("condition", CONDITIONS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_condition_answers_as_if_it_remembered_nothing(condition: str, data: st.DataObject) -> None:
    """However a condition uses its variables, two answers are taken for one only where they are one."""
    decision = _decision(condition)
    for _ in range(2):
        values = data.draw(values_for(decision.names))
        assert answer(decision, values, remembering=True) == answer(decision, values, remembering=False)


_DECISIONS: dict[str, Decision] = {}


def _decision(condition: str) -> Decision:
    # One for all examples of a condition, so that what it remembers of one is there for the next.
    return _DECISIONS.setdefault(condition, compile_decision("", (condition,), pair_environment()))


@pytest.mark.parametrize(
    ("condition", "few"), [*((c, True) for c in CONDITIONS[:3]), *((c, False) for c in CONDITIONS[3:9])]
)
def test_which_conditions_are_remembered(condition: str, few: bool) -> None:
    """Plain comparisons fall into classes; arithmetic on a variable does not."""
    environment = pair_environment()
    assert (classes_of((condition,), used_names((condition,), environment), environment) is not None) is few
