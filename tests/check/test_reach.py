"""Where rules are asked: packs, switches, outlets, topics and stories."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reconcile.check.evaluate import check
from reconcile.check.load import load_pack
from reconcile.check.reach import topics_of
from reconcile.check.schema import Pack
from reconcile.model import Kind

Packs = Callable[[str], Pack]
HEAD = "format: 1\npack:\n  name: congresses\n  owner: politics desk\n"


def spoke(scenery: Any, pack: Pack, title: str = "") -> bool:
    """Whether a rule of the pack spoke on two outlets that differ."""
    if not scenery.claims:
        for source, value in (("Herald", "40"), ("Courier", "60")):
            scenery.claim(source, Kind.COUNT, value, event="meet")
    story = replace(scenery.story(), title=title)
    findings, _ = check([scenery.fact()], scenery.claims, scenery.articles, {}, story, pack)
    return bool(findings)


def test_a_pack_names_its_rules_owner(rule_text: str, pack_of: Packs) -> None:
    """A rule is of its file's pack and its owner's, unless it names its own."""
    own = rule_text.replace("format: 1\n", HEAD)
    (rule,) = pack_of(own).rules
    assert (rule.pack.name, rule.owner) == ("congresses", "politics desk")
    (rule,) = pack_of(own.replace("    title: Num", "    owner: Jo\n    title: Num")).rules
    assert rule.owner == "Jo"


def test_a_file_without_a_head_is_a_pack_by_its_name(rule_text: str, pack_of: Packs) -> None:
    """The file's name is the pack's."""
    (rule,) = pack_of(rule_text).rules
    assert (rule.pack.name, rule.owner) == ("rules", "")


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("enabled: false", False),
        ("applies_to: {sources: [herald]}", True),
        ("applies_to: {sources: [Tribune]}", False),
        ("except_for: {sources: [Courier]}", False),
        ("except_for: {sources: [Tribune]}", True),
        ("applies_to: {topics: [diplomacy]}", True),
        ("applies_to: {topics: [law]}", False),
        ("except_for: {topics: [diplomacy]}", False),
        ("applies_to: {stories: [great congress]}", True),
        ("applies_to: {stories: [small congress]}", False),
        ("except_for: {stories: [Congress], sources: [Tribune]}", True),
        ("except_for: {stories: [Congress], sources: [Herald]}", False),
    ],
)
def test_where_a_pack_is_asked(scenery: Any, rule_text: str, pack_of: Packs, said: str, asked: bool) -> None:
    """A pack is asked only for its outlets, topics and stories, and not for those it leaves alone."""
    pack = pack_of(rule_text.replace("format: 1\n", f"{HEAD}  {said}\n"))
    assert spoke(scenery, pack, "A Great Congress opens") is asked


def test_a_switch_turns_off_a_rule_of_another_folder(tmp_path: Path, scenery: Any, rule_text: str) -> None:
    """A switch names a rule or a pack that stands anywhere, and the last word counts."""
    (tmp_path / "shipped").mkdir()
    (tmp_path / "desk").mkdir()
    (tmp_path / "shipped" / "a.yaml").write_text(rule_text)
    file = tmp_path / "desk" / "switches.yaml"
    file.write_text("format: 1\nswitches:\n  - {pack: a, enabled: false}\n")
    off, faults = load_pack([tmp_path / "shipped", tmp_path / "desk"])
    assert (faults, spoke(scenery, off)) == ((), False)
    file.write_text(file.read_text() + "  - {rule: delegates, enabled: true}\n")
    assert spoke(scenery, load_pack([tmp_path / "shipped", tmp_path / "desk"])[0])


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("owner:", "onwer:", 'my.yaml:4:3: pack has no key "onwer"; did you mean "owner"?'),
        ("congresses", "Big Ones", '"Big Ones" cannot name a pack; small letters'),
        ("  owner", "  applies_to: {topics: [vilence]}\n  owner", 'no topic "vilence"; did you mean "violence"?'),
        ("  owner", "  applies_to: {}\n  owner", "applies_to is empty; give one of sources, topics, stories"),
        ("  owner", "  enabled: maybe\n  owner", 'enabled is never "maybe"'),
        ("rules:", "switches: [{rule: x}]\nrules:", "a switch must name a rule or a pack and say what of it"),
    ],
)
def test_a_wrong_head_is_a_fault(
    rule_text: str, faults_of: Callable[[str], list[str]], old: str, new: str, fault: str
) -> None:
    """Each fault of a pack's head is told with what was meant."""
    faults = faults_of(rule_text.replace("format: 1\n", HEAD).replace(old, new, 1))
    assert any(fault in text for text in faults), faults


def test_a_switch_of_nothing_is_a_fault(tmp_path: Path, rule_text: str) -> None:
    """A switch that names no rule there is suggests the nearest."""
    (tmp_path / "a.yaml").write_text(rule_text + "switches:\n  - {rule: delegate, enabled: false}\n")
    assert 'there is no rule "delegate"; did you mean "delegates"?' in str(load_pack([tmp_path])[1][0])


def test_a_storys_topics_are_what_many_of_its_claims_tell_of(scenery: Any) -> None:
    """A quarter of the claims that tell of an event make a topic; fewer do not."""
    for _ in range(3):
        scenery.claim("Herald", Kind.COUNT, "40", event="meet")
    scenery.claim("Herald", Kind.COUNT, "40", event="sue")
    assert {"diplomacy", "law"} <= topics_of(scenery.claims)
    scenery.claim("Herald", Kind.COUNT, "40", event="meet")
    assert "law" not in topics_of(scenery.claims)
