"""Hostile and broken rule files: refused with a fault, never with a crash, never slowly."""

import time
from collections.abc import Callable

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.check.examples import run_examples
from reconcile.check.load import load_text
from reconcile.check.nodes import MAX_BYTES, MAX_DEPTH
from reconcile.check.schema import Pack, SameSlotRule

Faults = Callable[[str], list[str]]


def test_alias_bomb_is_refused(faults_of: Faults) -> None:
    """Aliases, which can multiply a small file into a huge one, are refused at the anchor."""
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    assert faults_of(bomb) == ["my.yaml:1:4: anchors (&name) are not allowed; write the value out"]


def test_alias_without_anchor_is_refused(faults_of: Faults) -> None:
    """An alias is refused even where nothing was anchored."""
    assert faults_of("format: *one\n") == ["my.yaml:1:9: aliases (*name) are not allowed; write the value out"]


def test_tags_are_refused(faults_of: Faults) -> None:
    """A tag that asks for a Python object makes none."""
    assert "is not allowed" in faults_of("format: !!python/object/apply:os.system [ls]\n")[0]


def test_large_file_is_refused() -> None:
    """A file of more than a million bytes is not parsed."""
    faults = load_text(b"#" * (MAX_BYTES + 1), "my.yaml").faults
    assert [str(f) for f in faults] == ["my.yaml:1:1: the file is larger than 1,000,000 bytes; split it by subject"]


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 5_000, 200_000])
def test_deep_nesting_is_refused(faults_of: Faults, depth: int) -> None:
    """However deep a file nests, reading it stops at the limit."""
    assert "nested more than 30 deep" in faults_of("format: " + "[" * depth + "]" * depth)[0]


def test_not_utf8_is_refused() -> None:
    """Bytes that are no UTF-8 name the line where they stand."""
    faults = load_text(b"format: 1\ntitle: \xff\n", "my.yaml").faults
    assert [str(fault) for fault in faults] == ["my.yaml:2:1: not UTF-8 text; save the file as UTF-8"]


def test_broken_yaml_is_refused(faults_of: Faults) -> None:
    """A syntax error is told with its place."""
    assert faults_of("format: 1\nrules: [\n")[0].startswith("my.yaml:3:1: not YAML")


def test_duplicate_key_names_both_lines(faults_of: Faults) -> None:
    """A key that stands twice is a fault, since the second would silently win."""
    assert 'my.yaml:2:1: the key "format" stands here twice; the first is in line 1' in faults_of(
        "format: 1\nformat: 1\nrules: []\n"
    )


def test_huge_condition_is_refused(rule_text: str, faults_of: Faults) -> None:
    """A condition of many characters is refused before it is parsed."""
    huge = rule_text.replace('relation == "equal"', " && ".join(['relation == "equal"'] * 200))
    assert any("the condition has 4,596 characters; 1,000 are allowed" in fault for fault in faults_of(huge))


@pytest.mark.parametrize(
    "condition", ["(" * 40 + "true" + ")" * 40, "!" * 900 + "true", "[" * 20 + "]" * 20 + " == []"]
)
def test_deep_condition_is_refused(rule_text: str, faults_of: Faults, condition: str) -> None:
    """Brackets and signs that nest deep do not reach the evaluator, or do no harm there."""
    started = time.perf_counter()
    faults = faults_of(rule_text.replace('relation == "equal"', f"'{condition}'"))
    assert faults or condition.startswith("!")
    assert time.perf_counter() - started < 5


def test_nested_loops_are_refused(rule_text: str, faults_of: Faults) -> None:
    """A loop within a loop multiplies its work and is refused."""
    nested = "a.words.exists(x, b.words.exists(y, x == y))"
    faults = faults_of(rule_text.replace('relation == "equal"', nested))
    assert any("a loop within a loop; one of all, exists, exists_one, map and filter at a time" in f for f in faults)


def test_loops_after_each_other_are_allowed(rule_text: str, faults_of: Faults) -> None:
    """Two loops side by side take no more than their sum."""
    beside = 'a.words.exists(x, x == "n") && b.words.exists(y, y == "n")'
    assert faults_of(rule_text.replace('relation == "equal"', beside)) == []


def test_many_verdicts_too_deep_together_are_a_fault(rule_text: str, faults_of: Faults) -> None:
    """Fifteen verdicts near the limit of depth load or are a fault, and never an exception."""
    line = "      - verdict: agreement\n        when: " + "(" * 11 + 'relation == "equal"' + ")" * 11 + "\n"
    faults = faults_of(rule_text.replace("    examples:", line * 13 + "    examples:"))
    assert faults == [] or "too deep together" in faults[0]


@pytest.mark.parametrize(
    "message",
    [
        "{a.__class__}",
        "{values!r}",
        "{values:>9999999}",
        "{0}",
        "{}",
        "{{values}}",
        "{values",
        "%(values)s {x}",
        "{__init__}",
    ],
)
def test_template_injection_is_refused(rule_text: str, faults_of: Faults, message: str) -> None:
    """A message has bare field names only: no attributes, no formats, no positions."""
    faults = faults_of(rule_text.replace('message: "{values}"', f'message: "{message}"'))
    assert any("brace" in fault or "no field" in fault for fault in faults)


@pytest.mark.parametrize(
    ("condition", "fault"),
    [
        ('a.text.matches("(")', "when: no pattern: missing )"),
        ('a.text.matches("(a{1000}){1000}")', "when: no pattern: invalid repetition size"),
        (f'a.text.matches("{"a" * 300}")', "when: a pattern of 302 signs; 200 are allowed"),
        ("a.text.matches(b.text)", "when: the pattern of matches must stand in quotes"),
        ('a.text.matches("x" + b.text)', "when: the pattern of matches must stand in quotes"),
        ('matches(a.text, "x")', "when: the pattern of matches must stand in quotes"),
    ],
)
def test_patterns_are_good_and_in_the_rule(rule_text: str, faults_of: Faults, condition: str, fault: str) -> None:
    """A pattern that is none, is huge, or would be an article's own words is refused when the file is loaded."""
    faults = faults_of(rule_text.replace('when: relation == "equal"', f"when: '{condition}'"))
    assert any(fault in text for text in faults), faults


def test_a_pattern_bomb_runs_in_linear_time(rule_text: str, pack_of: Callable[[str], Pack]) -> None:
    """A pattern that would run for years where engines go back and forth is done at once."""
    bomb = rule_text.replace('when: relation == "equal"', "when: 'a.text.matches(\"^(a+)+$\")'")
    (rule,) = pack_of(bomb).rules
    assert isinstance(rule, SameSlotRule)
    values = dict.fromkeys(rule.decision.names, "a" * 100_000 + "!") | {"score": 0.0}
    started = time.perf_counter()
    assert rule.decision.first(values) == -1
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    "condition",
    [
        "true) ? 5 : (true",
        "true) || (true",
        'r"\\" == a.text) ? 5 : (a.text == "\\"',
        "true // ) ? 5 : (",
        '"""(""" == a.text) ? (5) : (0) + (1',
    ],
)
def test_a_condition_stays_within_its_brackets(rule_text: str, faults_of: Faults, condition: str) -> None:
    """No condition can close the brackets that it is put in and go on as another."""
    faults = faults_of(rule_text.replace('when: relation == "equal"', f"when: >-\n          {condition}"))
    assert faults or "//" in condition


def test_a_comment_ends_with_its_line(rule_text: str, pack_of: Callable[[str], Pack]) -> None:
    """A comment in one condition does not swallow the conditions after it."""
    commented = rule_text.replace('when: relation == "equal"', "when: 'relation == \"equal\" // alike'")
    assert all(result.passed for result in run_examples(pack_of(commented)))


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "..", "A B", "x" * 200, "\u202eevil"])
def test_no_name_is_a_path(rule_text: str, faults_of: Faults, name: str) -> None:
    """Ids and names of packs are plain words, so that nothing made from them leads anywhere."""
    assert faults_of(rule_text.replace("id: delegates", f'id: "{name}"'))
    assert faults_of(rule_text.replace("rules:", f'pack: {{name: "{name}"}}\nrules:'))


def test_a_merge_key_is_no_key(faults_of: Faults) -> None:
    """YAML's merge key, which pulls in other mappings, is an unknown key like any other."""
    assert any('has no key "<<"' in fault for fault in faults_of("<<: {format: 1}\nrules: []\n"))


def test_many_faults_are_told_in_bounded_time(faults_of: Faults) -> None:
    """Thousands of misspelt keys in one file are all told, and soon."""
    started = time.perf_counter()
    lines = "".join(f"xkey{index}: 1\n" for index in range(3000))
    assert len(faults_of(f"format: 1\n{lines}")) >= 3000
    assert time.perf_counter() - started < 10


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    """Any bytes give rules or faults."""
    found = load_text(data, "fuzz.yaml")
    assert found.rules or found.switches or found.faults


_keys = st.sampled_from(
    [
        "id",
        "family",
        "title",
        "about",
        "takes",
        "kinds",
        "where",
        "verdicts",
        "verdict",
        "when",
        "severity",
        "message",
        "examples",
        "expect",
        "claims",
        "source",
        "kind",
        "value",
        "select",
        "scope",
        "score",
        "published",
        "owner",
        "same",
        "tolerance",
        "count",
        "enabled",
        "applies_to",
        "except_for",
        "sources",
        "topics",
        "stories",
        "heads",
    ]
)
_tree = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_keys, inner, max_size=6),
    max_leaves=25,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(_keys, _tree, max_size=9), max_size=3), _tree, _tree)
def test_no_tree_crashes_the_reader(rules: list[object], pack: object, switches: object) -> None:
    """Known keys with any values give rules or faults, and every fault has a place."""
    text = yaml.safe_dump({"format": 1, "pack": pack, "switches": switches, "rules": rules}, allow_unicode=True)
    found = load_text(text.encode(), "fuzz.yaml")
    assert found.rules or found.faults
    assert all(fault.line >= 1 and fault.column >= 1 for fault in found.faults)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab.()[]{}!&|=<>\"'?:+-*/ \n\\0123456789_rl", max_size=60))
def test_no_condition_crashes_the_reader(condition: str) -> None:
    """Any condition text is good or a fault."""
    rule = {"id": "x", "family": "same-slot", "verdicts": [{"verdict": "agreement", "when": condition}]}
    text = yaml.safe_dump({"format": 1, "rules": [rule]})
    assert load_text(text.encode(), "fuzz.yaml").faults
