"""The tolerances of a same-slot rule: by kind and by unit, each as one short text."""

from __future__ import annotations

from collections.abc import Collection

from reconcile.check.faults import suggest
from reconcile.check.nodes import Mapping, Node, Scalar
from reconcile.check.reading import Reader
from reconcile.check.tolerance import KINDS, TIME_KINDS, Slack, Tolerance, read_slack
from reconcile.model import Kind
from reconcile.normalize.units import find_unit, unit_table


def read_tolerance(reader: Reader, node: Node | None, taken: Collection[Kind]) -> Tolerance:
    """What a rule that takes these kinds tolerates; nothing where nothing is said."""
    if node is None:
        return Tolerance()
    if not isinstance(node, Mapping) or not node.items:
        reader.fault(node, "tolerance must be keys with values", "such as: {count: 5%, dollar: 1000, date: 1 day}")
        return Tolerance()
    kinds: dict[Kind, Slack] = {}
    units: dict[str, Slack] = {}
    for name, value in node.items.items():
        key = node.keys[name]
        slack = _read_slack(reader, value)
        kind = next((kind for kind in KINDS if kind == name), None)
        if kind is None and find_unit(name) is None:
            reader.fault(key, f'there is no tolerance for "{name[:60]}"', suggest(name, {*KINDS, *unit_table().units}))
        elif slack is not None and kind is None:
            if slack.time:
                reader.fault(value, f"{slack.written} is no tolerance for {name}", "a number or a percentage")
            units[name] = slack
        elif slack is not None and kind is not None:
            _check_kind(reader, key, value, kind, slack, taken)
            kinds[kind] = slack
    return Tolerance(kinds, units)


def _read_slack(reader: Reader, node: Node) -> Slack | None:
    if not isinstance(node, Scalar):
        reader.fault(node, "a tolerance must be a text", "such as 5%, 3, 1,000, 15 minutes or 1 day")
        return None
    try:
        return read_slack(node.text)
    except ValueError as error:
        reader.fault(node, f'"{node.text[:60]}" is no tolerance', str(error))
        return None


def _check_kind(reader: Reader, key: Scalar, value: Node, kind: Kind, slack: Slack, taken: Collection[Kind]) -> None:
    if kind not in taken:
        reader.fault(key, f"this rule takes no {kind}", f"it takes {', '.join(sorted(taken)) or 'nothing'}")
    if (kind in TIME_KINDS) is not slack.time and kind is not Kind.DURATION:
        meant = "a length of time, such as 1 day" if kind in TIME_KINDS else "a number or a percentage"
        reader.fault(value, f"{slack.written} is no tolerance for {kind}", meant)
