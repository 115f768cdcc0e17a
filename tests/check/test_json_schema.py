"""The published JSON Schema: the shipped rules fit it, and what the reader refuses it refuses too."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from reconcile.check.json_schema import rule_schema
from reconcile.check.skeleton import rule_skeleton
from reconcile.model import Kind
from reconcile.resources import data_folder

VALIDATOR = jsonschema.Draft202012Validator(rule_schema())


def wrong(text: str) -> list[str]:
    """What the schema finds wrong in a file, as JSON has it: dates stay texts."""
    data = yaml.load(text, Loader=yaml.BaseLoader)
    for rule in data.get("rules", ()):
        for example in rule.get("examples", ()):
            for name in ("score",):
                if name in example:
                    example[name] = float(example[name])
            for claim in example.get("claims", ()):
                if "confidence" in claim:
                    claim["confidence"] = float(claim["confidence"])
    data["format"] = int(data.get("format", 0))
    return [error.message for error in VALIDATOR.iter_errors(data)]


def test_the_schema_is_a_schema() -> None:
    """It is valid by the standard's own schema, and every reference in it leads somewhere."""
    jsonschema.Draft202012Validator.check_schema(rule_schema())
    text = json.dumps(rule_schema())
    names = rule_schema()["$defs"]
    assert {part.split('"')[0] for part in text.split("#/$defs/")[1:]} <= names.keys()


@pytest.mark.parametrize("file", sorted(data_folder("rules").glob("*.yaml")), ids=lambda file: file.stem)
def test_shipped_rules_fit(file: Path) -> None:
    """Every shipped file is as the schema says."""
    assert wrong(file.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title:", "titel:"),
        ("[count]", "[cuont]"),
        ("severity: high", "severity: hihg"),
        ("format: 1", "format: 2"),
        ("id: delegates", "id: Delegates!"),
        ("family: same-slot", "family: slot"),
        ("verdict: agreement", "verdict: fine"),
        ("expect: agreement", "expect: nothing"),
        ("kind: count", "kind: cuont"),
        ("    severity: high", "    same: [haed]\n    severity: high"),
        ("    severity: high", "    tolerance: {cuont: 1}\n    severity: high"),
        ("    severity: high", "    applies_to: {topics: [vilence]}\n    severity: high"),
        ("    severity: high", "    applies_to: {}\n    severity: high"),
        ("rules:", "pack: {owner: me}\nrules:"),
        ("rules:", "switches: [{rule: x}]\nrules:"),
    ],
)
def test_wrong_files_do_not_fit(rule_text: str, old: str, new: str) -> None:
    """A misspelt key, word or form is found while it is typed."""
    assert wrong(rule_text) == []
    assert wrong(rule_text.replace(old, new)) != []


def test_every_key_and_word_is_described() -> None:
    """Whatever an editor may type is explained to them as they type it."""
    bare = [
        f"{name}.{key}"
        for name, part in rule_schema()["$defs"].items()
        for key, value in part.get("properties", {}).items()
        if not ({"description", "$ref"} & value.keys() or key == "takes")
    ]
    assert bare == []


@pytest.mark.parametrize("family", ["same-slot", "consistency"])
@pytest.mark.parametrize("kind", list(Kind))
def test_skeletons_fit(family: str, kind: Kind) -> None:
    """What `rules new` writes is as the schema says."""
    assert wrong(rule_skeleton("my-rule", family, kind)) == []
