"""One rule of a file: its keys checked, its conditions compiled, its examples read."""

from __future__ import annotations

import re
from enum import StrEnum

from reconcile.check.conditions import (
    Condition,
    Decision,
    Environment,
    compile_condition,
    compile_decision,
    group_environment,
    pair_environment,
)
from reconcile.check.faults import suggest
from reconcile.check.messages import PAIR_FIELDS, group_fields
from reconcile.check.nodes import Mapping, Node, Scalar, Sequence
from reconcile.check.read_example import read_examples
from reconcile.check.reading import Reader
from reconcile.check.schema import SINGLE_RULE, ConsistencyRule, Outcome, Rule, SameSlotRule, Selection
from reconcile.check.variables import event_classes
from reconcile.model import Kind, Severity, Verdict

MAX_OUTCOMES = 15
MAX_SELECTIONS = 4
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")
# Words that CEL keeps for itself, and the one that the groups' own conditions use.
_RESERVED = re.compile(
    "true|false|null|in|as|break|const|continue|else|for|function|if|import|let|loop|package|namespace|return|var|void"
    "|while|claim"
)
_COMMON = ("id", "family", "title", "about", "severity", "message", "examples")


class Family(StrEnum):
    """The two families of rules."""

    SAME_SLOT = "same-slot"
    CONSISTENCY = "consistency"


class Scope(StrEnum):
    """Where the claims of a consistency rule must stand: in one article, or each with another outlet."""

    ARTICLE = "article"
    SOURCES = "sources"


def read_rule(reader: Reader, node: Node) -> Rule | None:
    """The rule at a node; None where it is too broken to build. Faults are noted in the reader."""
    if not isinstance(node, Mapping):
        reader.fault(node, "a rule must be keys with values", "begin with: - id: my-rule")
        return None
    guessed = Family.CONSISTENCY if "select" in node.items else Family.SAME_SLOT
    family = reader.word(node.items.get("family"), "family", Family, guessed)
    if family is Family.CONSISTENCY:
        return _read_consistency(reader, node)
    return _read_same_slot(reader, node)


def _read_id(reader: Reader, rule: Mapping) -> str:
    node = rule.items.get("id")
    text = reader.text(node, "id", limit=80)
    if node is not None and text and (not _ID.fullmatch(text) or text == SINGLE_RULE):
        reader.fault(
            node,
            f'"{text[:60]}" cannot be the id of a rule',
            "the name is taken" if text == SINGLE_RULE else "small letters, digits and single hyphens",
        )
    return text


def _read_same_slot(reader: Reader, node: Mapping) -> Rule | None:
    needed = ("id", "title", "about", "family", "takes", "verdicts", "examples")
    rule = reader.mapping(node, "a same-slot rule", needed, (*_COMMON, "where"))
    takes = reader.mapping(rule.items.get("takes"), "takes", ("kinds",), ("slots", "events"))
    environment = pair_environment()
    where = reader.condition(rule.items.get("where"), "where", environment) or ""
    outcomes = _read_outcomes(reader, rule, environment)
    return SameSlotRule(
        id=_read_id(reader, rule),
        title=reader.text(rule.items.get("title"), "title", limit=120),
        about=reader.text(rule.items.get("about"), "about"),
        kinds=frozenset(reader.words(takes.items.get("kinds"), "kinds", Kind)),
        slots=reader.texts(takes.items.get("slots"), "slots"),
        events=_read_events(reader, takes.items.get("events")),
        where=where,
        outcomes=outcomes,
        decision=_compile_outcomes(reader, rule, where, outcomes),
        examples=read_examples(reader, rule.items.get("examples")),
        place=reader.place(node),
    )


def _read_events(reader: Reader, node: Node | None) -> frozenset[str]:
    for item in node.items if isinstance(node, Sequence) else [node]:
        if isinstance(item, Scalar) and item.text not in event_classes():
            reader.fault(item, f'there is no class of events "{item.text[:60]}"', suggest(item.text, event_classes()))
    return reader.texts(node, "events")


def _compile_outcomes(reader: Reader, rule: Mapping, where: str, outcomes: tuple[Outcome, ...]) -> Decision:
    """The conditions as one program, each checked before; together they may still be too deep for CEL."""
    try:
        return compile_decision(where, tuple(outcome.when for outcome in outcomes), pair_environment())
    except RuntimeError:
        reader.fault(rule, "the conditions are too deep together", "split the rule in two")
        return compile_decision("", (), pair_environment())


def _read_outcomes(reader: Reader, rule: Mapping, environment: Environment) -> tuple[Outcome, ...]:
    """The ordered verdicts whose conditions are good; the others are noted as faults."""
    default = reader.word(rule.items.get("severity"), "severity", Severity, Severity.LOW)
    common = reader.message(rule.items.get("message"), "message", PAIR_FIELDS)
    outcomes = []
    for item in reader.sequence(rule.items.get("verdicts"), "verdicts", at_most=MAX_OUTCOMES):
        line = reader.mapping(item, "a verdict", ("verdict", "when"), ("severity", "message"))
        when = reader.condition(line.items.get("when"), "when", environment)
        verdict = reader.word(line.items.get("verdict"), "verdict", Verdict, Verdict.UNDECIDED)
        severity = reader.word(line.items.get("severity"), "severity", Severity, default)
        message = reader.message(line.items.get("message"), "message", PAIR_FIELDS) or common
        if not message:
            reader.fault(item, "this verdict has no message", "give one here, or one for the whole rule")
        if when is not None:
            outcomes.append(Outcome(verdict, when, severity, message))
    return tuple(outcomes)


def _read_consistency(reader: Reader, node: Mapping) -> Rule | None:
    rule = reader.mapping(
        node,
        "a consistency rule",
        ("id", "title", "about", "family", "scope", "select", "when", "verdict", "message", "examples"),
        _COMMON,
    )
    selections = _read_selections(reader, rule.items.get("select"))
    names = tuple(selection.name for selection in selections)
    environment = group_environment(names)
    when = reader.condition(rule.items.get("when"), "when", environment) if names else None
    outcome = Outcome(
        reader.word(rule.items.get("verdict"), "verdict", Verdict, Verdict.UNDECIDED),
        when or "",
        reader.word(rule.items.get("severity"), "severity", Severity, Severity.MEDIUM),
        reader.message(rule.items.get("message"), "message", group_fields(names)),
    )
    scope = reader.word(rule.items.get("scope"), "scope", Scope, Scope.ARTICLE)
    examples = read_examples(reader, rule.items.get("examples"))
    identity, title = _read_id(reader, rule), reader.text(rule.items.get("title"), "title", limit=120)
    about = reader.text(rule.items.get("about"), "about")
    if when is None:
        return None
    return ConsistencyRule(
        id=identity,
        title=title,
        about=about,
        scope=scope.value,
        selections=selections,
        outcome=outcome,
        condition=compile_condition(when, environment),
        examples=examples,
        place=reader.place(node),
    )


def _read_selections(reader: Reader, node: Node | None) -> tuple[Selection, ...]:
    if node is None:
        return ()
    if not isinstance(node, Mapping) or not 1 <= len(node.items) <= MAX_SELECTIONS:
        meant = "such as: total: {kinds: count}"
        reader.fault(node, f"select must name one to {MAX_SELECTIONS} groups of claims", meant)
        return ()
    selections = []
    for name, group in node.items.items():
        if not _NAME.fullmatch(name) or _RESERVED.fullmatch(name):
            reader.fault(node.keys[name], f'"{name[:40]}" cannot name a group', "small letters, digits and underscores")
            continue
        keys = reader.mapping(group, f"the group {name}", ("kinds",), ("where",))
        selections.append(
            Selection(name, frozenset(reader.words(keys.items.get("kinds"), "kinds", Kind)), _read_where(reader, keys))
        )
    return tuple(selections)


def _read_where(reader: Reader, group: Mapping) -> Condition | None:
    environment = group_environment(("claim",))
    where = reader.condition(group.items.get("where"), "where", environment)
    return compile_condition(where, environment) if where is not None else None
