"""The rule language as a JSON Schema: programs complete and check rule files by it while they are typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from reconcile.check.conditions import MAX_LENGTH as CONDITION_LENGTH
from reconcile.check.load import MAX_RULES
from reconcile.check.messages import MAX_LENGTH as MESSAGE_LENGTH
from reconcile.check.reach import known_topics
from reconcile.check.read_example import FREE, MAX_CLAIMS, MAX_EXAMPLES, MIN_EXAMPLES, SILENT, Modality, Polarity
from reconcile.check.read_header import PACK_NAME
from reconcile.check.read_rule import (
    CONSISTENCY_NEEDED,
    GROUP_NAME,
    MAX_OUTCOMES,
    MAX_SELECTIONS,
    RULE_ID,
    SAME_SLOT_NEEDED,
    Family,
    Scope,
)
from reconcile.check.schema import FORMAT
from reconcile.check.tolerance import KINDS
from reconcile.check.variables import FIELDS_ALIKE, event_classes
from reconcile.model import Kind, Severity, Verdict
from reconcile.normalize.units import unit_table

Schema = dict[str, Any]
_SCALAR = ["string", "number", "integer", "boolean"]


def rule_schema() -> Schema:
    """The JSON Schema (draft 2020-12) of a rule file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:reconcile:rules:{FORMAT}",
        "title": "Rules of reconcile",
        "description": "A file of rules; the guide is docs/rules.md, and `reconcile rules check` has the last word.",
        **_keys(
            {
                "format": {"const": FORMAT, "description": "The version of the rule language."},
                "pack": {"$ref": "#/$defs/pack"},
                "rules": _list({"$ref": "#/$defs/rule"}, "The rules, asked in this order.", most=MAX_RULES),
                "switches": _list({"$ref": "#/$defs/switch"}, "What is on, off or narrowed.", most=MAX_RULES),
            },
            ("format",),
        ),
        "anyOf": [{"required": ["rules"]}, {"required": ["switches"]}],
        "$defs": _definitions(),
    }


def _definitions() -> Schema:
    return {
        "pack": _keys({"name": _name("The pack's name; several files may share one."), "owner": _owner(),
                       "about": _text("Why the pack is there."), **_reach()}, ("name",)),
        "switch": {
            **_keys({"rule": _text("A rule's id."), "pack": _text("A pack's name."), **_reach()}, ()),
            "oneOf": [{"required": ["rule"]}, {"required": ["pack"]}],
            "minProperties": 2,
        },
        "where": {**_keys(_where(), ()), "minProperties": 1},
        "condition": {"type": ["string", "boolean"], "maxLength": CONDITION_LENGTH, "minLength": 1},
        "message": {"type": "string", "minLength": 1, "maxLength": MESSAGE_LENGTH,
                    "description": "One sentence for the editor, with {fields} in braces."},
        "rule": {
            "oneOf": [{"$ref": "#/$defs/same-slot"}, {"$ref": "#/$defs/consistency"}],
            "required": ["id", "family"],
        },
        "same-slot": _keys({**_card(Family.SAME_SLOT), **_same_slot()}, SAME_SLOT_NEEDED),
        "consistency": _keys({**_card(Family.CONSISTENCY), **_consistency()}, CONSISTENCY_NEEDED),
        "outcome": _keys(_outcome(), ("verdict", "when")),
        "group": _keys(
            {"kinds": _kinds(), "where": _condition("Which of these claims: a condition on the `claim`.")}, ("kinds",)
        ),
        "example": _keys(_example(), ("expect", "claims")),
        "claim": _keys(_claim(), ("source", "kind", "value")),
    }  # fmt: skip


def _card(family: Family) -> Schema:
    return {
        "id": {"type": "string", "pattern": f"^{RULE_ID.pattern}$", "maxLength": 80,
               "description": "Small letters, digits and hyphens; an id of a shipped rule takes that rule's place."},
        "family": {"const": family.value, "description": "Which of the two families the rule is of."},
        "title": _text("The rule in a few words.", 120),
        "about": _text("Why an editor cares."),
        "owner": _owner(),
        "severity": _enum(Severity, "How much it matters; each verdict may have its own."),
        "message": {"$ref": "#/$defs/message"},
        "same": _words(FIELDS_ALIKE, "Fields in which the claims must be alike, and known."),
        "examples": _list({"$ref": "#/$defs/example"}, "Claims and what the rule must say of them; one at least "
                          "must be a trap, where it says something else or nothing.", MIN_EXAMPLES, MAX_EXAMPLES),
        **_reach(),
    }  # fmt: skip


def _same_slot() -> Schema:
    slack = {"type": ["string", "number"], "description": "Such as 5%, 3, 15 minutes or 1 day."}
    return {
        "takes": _keys(
            {
                "kinds": _kinds(),
                "slots": _one_or_more(
                    _text("A question, such as: number of delegate."), "Only facts with one of these."
                ),
                "heads": _one_or_more(_text("A noun, such as: delegate."), "Only facts with one of these."),
                "events": _words(event_classes(), "Only facts with one of these classes of event."),
            },
            ("kinds",),
        ),
        "where": _condition("What a pair must meet before any verdict is tried."),
        "tolerance": {
            "type": "object",
            "description": "How far values may lie apart and still fit together, by kind or unit.",
            "properties": dict.fromkeys(sorted({*KINDS, *unit_table().units}), slack),
            "additionalProperties": False,
            "minProperties": 1,
        },
        "verdicts": _list(
            {"$ref": "#/$defs/outcome"}, "In order; the first whose `when` holds counts.", 1, MAX_OUTCOMES
        ),
    }


def _consistency() -> Schema:
    return {
        "scope": _enum(Scope, "All claims from one article, or each from another outlet."),
        "select": {
            "type": "object",
            "description": "Named groups of claims.",
            "patternProperties": {f"^{GROUP_NAME.pattern}$": {"$ref": "#/$defs/group"}},
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": MAX_SELECTIONS,
        },
        "when": _condition("The condition on one claim of each group, by the groups' names."),
        "verdict": _enum(Verdict, "What it is where the condition holds."),
    }


def _outcome() -> Schema:
    return {
        "verdict": _enum(Verdict, "What the pair amounts to."),
        "when": _condition("The condition under which it does."),
        "severity": _enum(Severity, "How much it matters."),
        "message": {"$ref": "#/$defs/message"},
    }


def _example() -> Schema:
    return {
        "title": _text("What the example shows.", 200),
        "expect": _enum((*Verdict, SILENT), "The verdict, or none where the rule must keep silent."),
        "score": {"type": "number", "minimum": 0, "maximum": 1, "description": "How surely the claims share a slot."},
        "claims": _list({"$ref": "#/$defs/claim"}, "What the outlets say.", most=MAX_CLAIMS),
    }


def _claim() -> Schema:
    return {
        "source": _text("The outlet.", 80),
        "kind": _enum(Kind, "What the value is a value of."),
        "value": {"type": _SCALAR, "description": "The value in its short form, such as 12, about 12 or 2031-04-08."},
        "published": {"type": "string", "description": "When the article appeared, such as 2031-04-08."},
        "polarity": _enum(Polarity, "Whether it is asserted or negated."),
        "modality": _enum(Modality, "How real it is."),
        "confidence": {"type": "number", "minimum": 0, "maximum": 1, "description": "How sure the reading is."},
        **{name: {"type": _SCALAR, "description": about} for name, about in FREE.items()},
    }


def _reach() -> Schema:
    return {
        "enabled": {"type": "boolean", "description": "Whether it is on."},
        "applies_to": {"$ref": "#/$defs/where", "description": "Where alone it is asked."},
        "except_for": {"$ref": "#/$defs/where", "description": "Where it is not asked."},
    }


def _where() -> Schema:
    return {
        "sources": _one_or_more(
            _text("An outlet, or a family of outlets."), "One of the outlets compared is one of these."
        ),
        "topics": _words(known_topics(), "The story has one of these topics."),
        "stories": _one_or_more(_text("Words of a title, or a story's id."), "The story is one of these."),
    }


def _keys(properties: Schema, required: Iterable[str]) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _list(items: Mapping[str, Any], about: str, least: int = 1, most: int = 1000) -> Schema:
    return {"type": "array", "items": items, "minItems": least, "maxItems": most, "description": about}


def _text(about: str, most: int = 2000) -> Schema:
    return {"type": "string", "minLength": 1, "maxLength": most, "description": about}


def _name(about: str) -> Schema:
    return {**_text(about, 80), "pattern": f"^{PACK_NAME.pattern}$"}


def _owner() -> Schema:
    return _text("Who answers for it.", 80)


def _condition(about: str) -> Schema:
    return {"$ref": "#/$defs/condition", "description": f"{about} In CEL."}


def _enum(words: Iterable[str], about: str) -> Schema:
    return {"enum": [str(word) for word in words], "description": about}


def _words(words: Iterable[str], about: str) -> Schema:
    return _one_or_more({"enum": sorted(words)}, about)


def _kinds() -> Schema:
    return _words((str(kind) for kind in Kind), "Which kinds of claim.")


def _one_or_more(item: Schema, about: str) -> Schema:
    many = {"type": "array", "items": item, "minItems": 1}
    return {"oneOf": [item, many], "description": about}
