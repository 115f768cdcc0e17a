"""One rule of a file: its keys checked, its conditions compiled, its examples read."""

from __future__ import annotations

import re
from enum import StrEnum

from reconcile.check.conditions import Condition, compile_condition, compile_decision
from reconcile.check.messages import PAIR_FIELDS, group_fields
from reconcile.check.nodes import Mapping, Node
from reconcile.check.read_example import read_examples
from reconcile.check.reading import Reader
from reconcile.check.schema import SINGLE_RULE, ConsistencyRule, Outcome, Rule, SameSlotRule, Selection
from reconcile.check.variables import Variable, claim_variables, group_variables, pair_variables
from reconcile.model import Kind, Severity, Verdict

MAX_OUTCOMES = 15
MAX_SELECTIONS = 4
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")
# Words that CEL keeps for itself, and the two that mean something else in a condition here.
_RESERVED = frozenset(
    ("true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import")
    + ("let", "loop", "package", "namespace", "return", "var", "void", "while", "claim", "size")
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
    family = reader.word(node.items.get("family"), "family", Family, Family.SAME_SLOT)
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
    rule = reader.mapping(
        node,
        "a same-slot rule",
        ("id", "title", "about", "family", "takes", "verdicts", "examples"),
        (*_COMMON, "where"),
    )
    takes = reader.mapping(rule.items.get("takes"), "takes", ("kinds",), ("slots", "events"))
    variables = pair_variables()
    where = reader.condition(rule.items.get("where"), "where", variables)
    outcomes = _read_outcomes(reader, rule, variables)
    examples = read_examples(reader, rule.items.get("examples"))
    identity, place = _read_id(reader, rule), reader.place(node)
    kinds = frozenset(reader.words(takes.items.get("kinds"), "kinds", Kind))
    if not outcomes or ("where" in rule.items and where is None):
        return None
    return SameSlotRule(
        id=identity,
        title=reader.text(rule.items.get("title"), "title", limit=120),
        about=reader.text(rule.items.get("about"), "about"),
        kinds=kinds,
        slots=reader.texts(takes.items.get("slots"), "slots"),
        events=reader.texts(takes.items.get("events"), "events"),
        where=where or "",
        outcomes=outcomes,
        decision=compile_decision(where or "", [outcome.when for outcome in outcomes], variables),
        examples=examples,
        place=place,
    )


def _read_outcomes(reader: Reader, rule: Mapping, variables: tuple[Variable, ...]) -> tuple[Outcome, ...]:
    """The ordered verdicts; empty where any condition among them is wrong."""
    default = reader.word(rule.items.get("severity"), "severity", Severity, Severity.LOW)
    common = reader.message(rule.items.get("message"), "message", PAIR_FIELDS)
    outcomes: list[Outcome | None] = []
    for item in reader.sequence(rule.items.get("verdicts"), "verdicts", at_most=MAX_OUTCOMES):
        line = reader.mapping(item, "a verdict", ("verdict", "when"), ("severity", "message"))
        when = reader.condition(line.items.get("when"), "when", variables)
        verdict = reader.word(line.items.get("verdict"), "verdict", Verdict, Verdict.UNDECIDED)
        severity = reader.word(line.items.get("severity"), "severity", Severity, default)
        message = reader.message(line.items.get("message"), "message", PAIR_FIELDS) or common
        if not message:
            reader.fault(item, "this verdict has no message", "give one here, or one for the whole rule")
        outcomes.append(Outcome(verdict, when, severity, message) if when is not None else None)
    good = tuple(outcome for outcome in outcomes if outcome is not None)
    return good if len(good) == len(outcomes) else ()


def _read_consistency(reader: Reader, node: Mapping) -> Rule | None:
    rule = reader.mapping(
        node,
        "a consistency rule",
        ("id", "title", "about", "family", "scope", "select", "when", "verdict", "message", "examples"),
        _COMMON,
    )
    selections = _read_selections(reader, rule.items.get("select"))
    names = tuple(selection.name for selection in selections)
    variables = group_variables(names)
    when = reader.condition(rule.items.get("when"), "when", variables) if names else None
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
        condition=compile_condition(when, variables),
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
        if not _NAME.fullmatch(name) or name in _RESERVED:
            reader.fault(node.keys[name], f'"{name[:40]}" cannot name a group', "small letters, digits and underscores")
            continue
        keys = reader.mapping(group, f"the group {name}", ("kinds",), ("where",))
        selections.append(
            Selection(name, frozenset(reader.words(keys.items.get("kinds"), "kinds", Kind)), _read_where(reader, keys))
        )
    return tuple(selections)


def _read_where(reader: Reader, group: Mapping) -> Condition | None:
    variables = claim_variables("claim")
    where = reader.condition(group.items.get("where"), "where", variables)
    return compile_condition(where, variables) if where is not None else None
