"""Loading packs: typed rules, stacked folders, and all faults of all files in one go."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reconcile.check.load import load_pack
from reconcile.check.schema import Pack, SameSlotRule
from reconcile.model import Kind, Severity, Verdict

Faults = Callable[[str], list[str]]


def test_good_rule_loads(rule_text: str, pack_of: Callable[[str], Pack]) -> None:
    """A good rule becomes a typed object."""
    (rule,) = pack_of(rule_text).rules
    assert isinstance(rule, SameSlotRule)
    assert ("delegates", {Kind.COUNT}, Severity.HIGH) == (rule.id, rule.kinds, rule.outcomes[0].severity)
    assert [outcome.verdict for outcome in rule.outcomes] == [Verdict.AGREEMENT, Verdict.CONTRADICTION]


def test_faults_of_all_files_come_at_once(tmp_path: Path, rule_text: str) -> None:
    """Every fault of every file is told in one go, each with its place and what was meant."""
    (tmp_path / "one.yaml").write_text(rule_text.replace("title:", "titel:").replace("[count]", "[cuont]"))
    (tmp_path / "two.yaml").write_text(
        rule_text.replace('relation == "equal"', "relatoin == 1").replace("high", "hihg")
    )
    texts = [str(fault).removeprefix(f"{tmp_path}/") for fault in load_pack([tmp_path])[1]]
    assert [text for text in texts if text.startswith("one") and "an example" not in text] == [
        "one.yaml:3:5: a same-slot rule lacks title",
        'one.yaml:5:5: a same-slot rule has no key "titel"; did you mean "title"?',
        'one.yaml:8:15: kinds is never "cuont"; did you mean "count"?',
    ]
    assert [text for text in texts if text.startswith("two")] == [
        'two.yaml:9:15: severity is never "hihg"; did you mean "high"?',
        'two.yaml:13:15: when: there is no "relatoin" here; did you mean "relation"?',
    ]


@pytest.mark.parametrize(
    ("condition", "fault"),
    [
        ("a.kinds == 'x'", 'when: there is no "a.kinds" here; did you mean "a.kind"?'),
        ("gap > 3", "when: found no matching overload for '_>_' applied to '(double, int)'; numbers are decimals"),
        ("a.text > 3.0", "when: found no matching overload"),
        ("a.text", "when: the condition gives string; it must answer true or false"),
        ("relation == 'equals'", 'when: relation is never "equals"; did you mean "equal"?'),
        ("a.modality in ['done', 'plannd']", 'when: a.modality is never "plannd"; did you mean "planned"?'),
        ("a.event == 'kil'", 'when: a.event is never "kil"; did you mean "kill"?'),
        ("weekdy(a.text) == 'x'", 'when: there is no "weekdy" here; did you mean "weekday"?'),
        ("true &&", "when: Syntax error"),
        ("relation = 'equal'", "two are compared by =="),
        ("true and true", "write && for and"),
        ("otherwise", 'write "true", in quotes, for what always holds'),
        ("relation == equal", 'there is no "equal" here; texts stand in quotes: "equal"'),
        ("gapp > 3.0", 'there is no "gapp" here; did you mean "gap"?'),
        ("open('/etc/passwd') == a.text", 'when: there is no "open" here'),
    ],
)
def test_wrong_condition_is_a_fault_when_loaded(rule_text: str, faults_of: Faults, condition: str, fault: str) -> None:
    """A wrong name, type or word in a condition is found before any claim is read."""
    faults = faults_of(rule_text.replace('when: relation == "equal"', f"when: {condition}"))
    assert any(fault in text for text in faults), faults


def test_fault_points_into_the_condition(rule_text: str, faults_of: Faults) -> None:
    """The column is that of the wrong word inside the condition."""
    faults = faults_of(rule_text.replace('relation == "equal"', 'relation == "equal" && a.foo == ""'))
    assert [text.split(": when")[0] for text in faults] == ["my.yaml:13:39"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("format: 1", "format: 7", "my.yaml:1:9: 7 is no format of rules; known here: 1"),
        ("id: delegates", "id: Delegates!", '"Delegates!" cannot be the id of a rule'),
        ("id: delegates", "id: single-source", '"single-source" cannot be the id of a rule; the name is taken'),
        ("expect: agreement", "expect: nothing", 'expect is never "nothing"'),
        ("expect: agreement", "expect: contradiction", "every example expects contradiction"),
        ("value: 60", "value: many", '"many" is no count; such as 12'),
        ("family: same-slot", "family: same-slto", 'family is never "same-slto"; did you mean "same-slot"?'),
        ("[count]", "[]", "kinds has 0 items"),
        ("title: they differ", "title: ''", "title is empty"),
        (
            "kinds: [count]",
            "kinds: [count]\n      events: [kil]",
            'there is no class of events "kil"; did you mean "kill"?',
        ),
    ],
)
def test_wrong_field_is_a_fault(rule_text: str, faults_of: Faults, old: str, new: str, fault: str) -> None:
    """Each wrong field is told in words that say how to mend it."""
    faults = faults_of(rule_text.replace(old, new))
    assert any(fault in text for text in faults), faults


def test_later_folder_overrides_by_id(tmp_path: Path, rule_text: str) -> None:
    """A user's rule takes the place of the shipped one with its id, and is asked first."""
    for name, text in (("shipped", rule_text), ("mine", rule_text.replace("Numbers of", "My numbers of"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.yaml").write_text(text)
    (tmp_path / "shipped" / "b.yaml").write_text(rule_text.replace("id: delegates", "id: other"))
    pack, faults = load_pack([tmp_path / "shipped", tmp_path / "mine"])
    assert (faults, [rule.title for rule in pack.rules]) == ((), ["My numbers of delegates", "Numbers of delegates"])


def test_same_id_twice_in_one_folder_is_a_fault(tmp_path: Path, rule_text: str) -> None:
    """Within one folder an id stands for one rule."""
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(rule_text)
    assert 'the rule "delegates" is defined twice in one folder' in str(load_pack([tmp_path])[1][0])


def test_data_folders_are_no_rules(tmp_path: Path, rule_text: str) -> None:
    """Weights beside the rules are left alone, as are hidden files."""
    for name in ("weights", ".hidden"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.yaml").write_text("not: [a rule")
    (tmp_path / "a.yaml").write_text(rule_text)
    pack, faults = load_pack([tmp_path])
    assert (faults, len(pack.rules)) == ((), 1)


def test_links_do_not_lead_out_of_the_folder(tmp_path: Path, rule_text: str) -> None:
    """A link to a file elsewhere is not followed."""
    (tmp_path / "elsewhere.yaml").write_text(rule_text)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "link.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert load_pack([tmp_path / "rules"])[0].rules == ()


def test_missing_folder_is_a_fault(tmp_path: Path) -> None:
    """A folder that is not there is told, not passed over."""
    assert "there is no such folder of rules" in str(load_pack([tmp_path / "none"])[1][0])


def test_good_rules_load_beside_bad_ones(tmp_path: Path, rule_text: str) -> None:
    """One bad file does not take the good ones with it."""
    (tmp_path / "bad.yaml").write_text("format: 1\nrules: what\n")
    (tmp_path / "good.yaml").write_text(rule_text)
    pack, faults = load_pack([tmp_path])
    assert (len(pack.rules), len(faults)) == (1, 1)
