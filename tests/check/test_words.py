"""A desk's own lexicons: posts that exclude each other, verbs of events, families of publishers."""

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.check.evaluate import check
from reconcile.check.load import load_pack
from reconcile.check.read_words import LEXICONS, read_lexicon
from reconcile.check.schema import Pack
from reconcile.check.words import SHIPPED
from reconcile.model import Kind

FILES = {
    "roles": "exclusive:\n  - [harbour master, town crier]\ntogether:\n  - [foreign minister, defence minister]\n",
    "events": "strike-work:\n  verbs: [down tools, walk out]\nkill:\n  verbs: [do in]\n",
    "publishers": "families:\n  - name: Shore Papers\n    names: [Herald]\n    domains: [courier.example]\n",
}


@pytest.fixture
def desk(tmp_path: Path) -> Pack:
    """The pack of a folder with all three lexicons."""
    (tmp_path / "lexicons").mkdir()
    for name, text in FILES.items():
        (tmp_path / "lexicons" / f"{name}.yaml").write_text(text)
    pack, faults = load_pack([tmp_path])
    assert faults == ()
    return pack


def test_posts(desk: Pack) -> None:
    """Added lines make posts exclusive, or let one person hold them together."""
    assert [SHIPPED.excludes("harbour master", "town crier"), desk.words.excludes("Harbour Master", "town crier")] == [
        False,
        True,
    ]
    assert SHIPPED.excludes("foreign minister", "defence minister")
    assert desk.words.excludes("foreign minister", "finance minister")


def test_verbs_of_events(desk: Pack) -> None:
    """Added verbs have their class, and shipped ones keep theirs."""
    assert [desk.words.event(word) for word in ("Walk out", "do in", "wound", "tickle")] == [
        "strike-work",
        "kill",
        "injure",
        "",
    ]


def test_families_count_as_one_source(desk: Pack, scenery: Any, shipped: Pack) -> None:
    """Two outlets of one added family are one independent source."""
    for source in ("The Herald", "courier.example", "Tribune"):
        scenery.claim(source, Kind.COUNT, "40")
    (finding,), _ = check(
        [scenery.fact()], scenery.claims, scenery.articles, {}, scenery.story(), Pack(shipped.rules, desk.words)
    )
    assert finding.independent_sources == 2


def test_functions_know_the_added_words(tmp_path: Path, rule_text: str) -> None:
    """A rule's conditions ask the lexicons of its folders."""
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "roles.yaml").write_text(FILES["roles"])
    condition = 'exclusive_posts("harbour master", "town crier")'
    (tmp_path / "a.yaml").write_text(rule_text.replace('relation == "equal"', condition))
    (rule,) = load_pack([tmp_path])[0].rules
    values = dict.fromkeys(rule.decision.names, "") | {"score": 0.0}  # type: ignore[union-attr]
    assert rule.decision.first(values) == 0  # type: ignore[union-attr]


def test_words_that_travel_are_the_same_words(desk: Pack) -> None:
    """However often a pack is sent to a process, its words are one there, and conditions are compiled once."""
    sent = [pickle.loads(pickle.dumps(desk)) for _ in range(2)]
    assert sent[0].words is sent[1].words
    assert sent[0].words.excludes("harbour master", "town crier")
    assert pickle.loads(pickle.dumps(SHIPPED)) is SHIPPED


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("rolls", "x: 1\n", 'a folder\'s lexicons have no "rolls"; did you mean "roles"?'),
        ("roles", "exclusif: []\n", '1:1: the lexicon of roles has no key "exclusif"; did you mean "exclusive"?'),
        ("roles", "exclusive:\n  - [mayor]\n", "2:5: a line of posts has 1 items"),
        ("events", "kill: [slay]\n", "the class kill must be keys with values"),
        ("publishers", "families:\n  - names: [Herald]\n", "2:5: a family lacks name"),
        ("publishers", "families: *x\n", "aliases (*name) are not allowed"),
        ("events", "", "the file is empty"),
    ],
)
def test_a_wrong_lexicon_is_a_fault(tmp_path: Path, name: str, text: str, fault: str) -> None:
    """Lexicons are read with the same care as rules: each fault has its place and what was meant."""
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / f"{name}.yaml").write_text(text)
    faults = [str(one) for one in load_pack([tmp_path])[1]]
    assert any(fault in one for one in faults), faults


def test_a_lexicon_outside_the_folder_is_not_read(tmp_path: Path) -> None:
    """A link that leads out of the folder is not followed."""
    (tmp_path / "desk" / "lexicons").mkdir(parents=True)
    (tmp_path / "secret.yaml").write_text("x: 1\n")
    (tmp_path / "desk" / "lexicons" / "roles.yaml").symlink_to(tmp_path / "secret.yaml")
    assert load_pack([tmp_path / "desk"])[1] == ()


_tree: Callable[..., Any] = st.recursive
_TEXTS = st.sampled_from(["exclusive", "together", "families", "name", "names", "domains", "verbs", "kill", "x"])


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(LEXICONS),
    _tree(_TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=4)),
)
def test_no_tree_crashes_the_reader_of_lexicons(lexicon: str, tree: object) -> None:
    """Known keys with any values give words or faults."""
    words, faults = read_lexicon(str(tree).replace("'", '"').encode(), lexicon, "fuzz.yaml")
    assert all(fault.line >= 1 for fault in faults)
    assert isinstance(words.event("kill"), str)
