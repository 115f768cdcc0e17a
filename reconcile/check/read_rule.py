"""One rule of a file: its keys checked, its conditions compiled, its examples read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from reconcile.check.conditions import (
    Condition,
    Environment,
    compile_condition,
    group_environment,
    pair_environment,
)
from reconcile.check.decisions import Decision, compile_decision
from reconcile.check.faults import suggest
from reconcile.check.messages import PAIR_FIELDS, group_fields
from reconcile.check.nodes import Mapping, Node, Scalar, Sequence
from reconcile.check.read_example import read_examples
from reconcile.check.read_header import REACH_KEYS, read_reach
from reconcile.check.read_tolerance import read_tolerance
from reconcile.check.reading import Reader
from reconcile.check.schema import SINGLE_RULE, Card, ConsistencyRule, Header, Outcome, Rule, SameSlotRule, Selection
from reconcile.check.variables import FIELDS_ALIKE, KNOWN_WHERE_GIVEN, event_classes
from reconcile.check.words import Words
from reconcile.model import Kind, Severity, Verdict

MAX_OUTCOMES = 15
MAX_SELECTIONS = 4
RULE_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
GROUP_NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")
# Words that CEL keeps for itself, and the one that the groups' own conditions use.
_RESERVED = re.compile(
    "true|false|null|in|as|break|const|continue|else|for|function|if|import|let|loop|package|namespace|return|var|void"
    "|while|claim"
)
NEEDED = ("id", "family", "title", "about", "examples")
OPTIONAL = ("owner", "severity", "message", "same", *REACH_KEYS)
SAME_SLOT_NEEDED = (*NEEDED, "takes", "verdicts")
SAME_SLOT_OPTIONAL = (*OPTIONAL, "where", "tolerance")
CONSISTENCY_NEEDED = (*NEEDED, "scope", "select", "when", "verdict", "message")


class Family(StrEnum):
    """The two families of rules."""

    SAME_SLOT = "same-slot"
    CONSISTENCY = "consistency"


class Scope(StrEnum):
    """Where the claims of a consistency rule must stand: in one article, or each with another outlet."""

    ARTICLE = "article"
    SOURCES = "sources"


def read_rule(reader: Reader, node: Node, header: Header, words: Words) -> Rule | None:
    """The rule at a node; None where it is too broken to build. Faults are noted in the reader."""
    if not isinstance(node, Mapping):
        reader.fault(node, "a rule must be keys with values", "begin with: - id: my-rule")
        return None
    guessed = Family.CONSISTENCY if "select" in node.items else Family.SAME_SLOT
    family = reader.word(node.items.get("family"), "family", Family, guessed)
    if family is Family.CONSISTENCY:
        return _read_consistency(reader, node, header, words)
    return _read_same_slot(reader, node, header, words)


def _read_card(reader: Reader, rule: Mapping, header: Header) -> Card:
    keys = rule.items
    return Card(
        id=_read_id(reader, rule),
        title=reader.text(keys.get("title"), "title", limit=120),
        about=reader.text(keys.get("about"), "about"),
        owner=reader.text(keys.get("owner"), "owner", limit=80) or header.owner,
        pack=header,
        reach=read_reach(reader, rule).over(header.reach),
        examples=read_examples(reader, keys.get("examples")),
        place=reader.place(rule),
    )


def _read_id(reader: Reader, rule: Mapping) -> str:
    node = rule.items.get("id")
    text = reader.text(node, "id", limit=80)
    if node is not None and text and (not RULE_ID.fullmatch(text) or text == SINGLE_RULE):
        reader.fault(
            node,
            f'"{text[:60]}" cannot be the id of a rule',
            "the name is taken" if text == SINGLE_RULE else "small letters, digits and single hyphens",
        )
    return text


def _read_same_slot(reader: Reader, node: Mapping, header: Header, words: Words) -> Rule:
    rule = reader.mapping(node, "a same-slot rule", SAME_SLOT_NEEDED, SAME_SLOT_OPTIONAL)
    takes = reader.mapping(rule.items.get("takes"), "takes", ("kinds",), ("slots", "heads", "events"))
    environment = pair_environment(words)
    kinds = frozenset(reader.words(takes.items.get("kinds"), "kinds", Kind))
    same = _read_same(reader, rule)
    where = " && ".join((*_alike(same), *_bracketed(reader.condition(rule.items.get("where"), "where", environment))))
    outcomes = _read_outcomes(reader, rule, environment)
    return SameSlotRule(
        **_fields(_read_card(reader, rule, header)),
        kinds=kinds,
        slots=reader.texts(takes.items.get("slots"), "slots"),
        heads=reader.texts(takes.items.get("heads"), "heads"),
        events=_read_events(reader, takes.items.get("events")),
        same=same,
        where=where,
        tolerance=read_tolerance(reader, rule.items.get("tolerance"), kinds),
        outcomes=outcomes,
        decision=_compile_outcomes(reader, rule, where, outcomes, environment),
    )


def _fields(card: Card) -> dict[str, Any]:
    return {name: getattr(card, name) for name in Card.__slots__}


def _bracketed(condition: str | None) -> tuple[str, ...]:
    # A line break ends a comment that the condition may close with.
    return (f"({condition}\n)",) if condition else ()


def _read_same(reader: Reader, rule: Mapping) -> tuple[str, ...]:
    node = rule.items.get("same")
    for item in node.items if isinstance(node, Sequence) else [node]:
        if isinstance(item, Scalar) and item.text not in FIELDS_ALIKE:
            reader.fault(item, f'same has no field "{item.text[:60]}"', suggest(item.text, FIELDS_ALIKE))
    return tuple(name for name in sorted(reader.texts(node, "same")) if name in FIELDS_ALIKE) if node else ()


def _alike(same: tuple[str, ...]) -> Iterator[str]:
    """What ``same`` asks of a pair, as conditions."""
    for name in same:
        yield f"a.{name} == b.{name}"
        if name in KNOWN_WHERE_GIVEN:
            yield f'a.{name} != ""'


def _read_events(reader: Reader, node: Node | None) -> frozenset[str]:
    for item in node.items if isinstance(node, Sequence) else [node]:
        if isinstance(item, Scalar) and item.text not in event_classes():
            reader.fault(item, f'there is no class of events "{item.text[:60]}"', suggest(item.text, event_classes()))
    return reader.texts(node, "events")


def _compile_outcomes(
    reader: Reader, rule: Mapping, where: str, outcomes: tuple[Outcome, ...], environment: Environment
) -> Decision:
    """The conditions as one program, each checked before; together they may still be too deep for CEL."""
    try:
        return compile_decision(where, tuple(outcome.when for outcome in outcomes), environment)
    except ValueError:
        reader.fault(rule, "the conditions are too deep together", "split the rule in two")
        return compile_decision("", (), environment)


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


def _read_consistency(reader: Reader, node: Mapping, header: Header, words: Words) -> Rule | None:
    rule = reader.mapping(node, "a consistency rule", CONSISTENCY_NEEDED, OPTIONAL)
    selections = _read_selections(reader, rule.items.get("select"), words)
    names = tuple(selection.name for selection in selections)
    environment = group_environment(names, words)
    when = reader.condition(rule.items.get("when"), "when", environment) if names else None
    outcome = Outcome(
        reader.word(rule.items.get("verdict"), "verdict", Verdict, Verdict.UNDECIDED),
        when or "",
        reader.word(rule.items.get("severity"), "severity", Severity, Severity.MEDIUM),
        reader.message(rule.items.get("message"), "message", group_fields(names)),
    )
    scope = reader.word(rule.items.get("scope"), "scope", Scope, Scope.ARTICLE)
    same = _read_same(reader, rule)
    card = _read_card(reader, rule, header)
    if when is None:
        return None
    return ConsistencyRule(
        **_fields(card),
        scope=scope.value,
        selections=selections,
        same=same,
        outcome=outcome,
        condition=compile_condition(when, environment),
    )


def _read_selections(reader: Reader, node: Node | None, words: Words) -> tuple[Selection, ...]:
    if node is None:
        return ()
    if not isinstance(node, Mapping) or not 1 <= len(node.items) <= MAX_SELECTIONS:
        meant = "such as: total: {kinds: count}"
        reader.fault(node, f"select must name one to {MAX_SELECTIONS} groups of claims", meant)
        return ()
    selections = []
    for name, group in node.items.items():
        if not GROUP_NAME.fullmatch(name) or _RESERVED.fullmatch(name):
            reader.fault(node.keys[name], f'"{name[:40]}" cannot name a group', "small letters, digits and underscores")
            continue
        keys = reader.mapping(group, f"the group {name}", ("kinds",), ("where",))
        selections.append(
            Selection(
                name,
                frozenset(reader.words(keys.items.get("kinds"), "kinds", Kind)),
                _read_where(reader, keys, group_environment(("claim",), words)),
            )
        )
    return tuple(selections)


def _read_where(reader: Reader, group: Mapping, environment: Environment) -> Condition | None:
    where = reader.condition(group.items.get("where"), "where", environment)
    return compile_condition(where, environment) if where is not None else None
