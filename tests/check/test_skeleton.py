"""Skeletons of new rules: each checks out, and its own examples pass."""

from collections.abc import Callable

import pytest

from reconcile.check.examples import run_examples
from reconcile.check.schema import Pack
from reconcile.check.skeleton import rule_skeleton
from reconcile.errors import ReconcileError
from reconcile.model import Kind


@pytest.mark.parametrize("family", ["same-slot", "consistency"])
@pytest.mark.parametrize("kind", list(Kind))
def test_a_skeleton_is_a_good_rule(pack_of: Callable[[str], Pack], family: str, kind: Kind) -> None:
    """It has no fault, and every example gives what it expects."""
    results = run_examples(pack_of(rule_skeleton("my-rule", family, kind)))
    assert [(r.title, r.got) for r in results] == [(r.title, r.expected) for r in results]


@pytest.mark.parametrize(
    ("id_", "family", "kind", "said"),
    [
        ("My Rule", "same-slot", "count", "'My Rule' cannot be the id of a rule"),
        ("my-rule", "slot", "count", "there is no family 'slot'"),
        ("my-rule", "same-slot", "cuont", "there is no kind 'cuont'"),
        ("../up", "same-slot", "count", "'../up' cannot be the id of a rule"),
    ],
)
def test_what_cannot_be_is_said(id_: str, family: str, kind: str, said: str) -> None:
    """A wrong id, family or kind is told with what may be."""
    with pytest.raises(ReconcileError, match=said.replace(".", r"\.")):
        rule_skeleton(id_, family, kind)
