"""The shipped pack: every example passes, every kind of claim is covered, and its documentation is whole."""

import pickle
import re
from pathlib import Path

import pytest

from reconcile.app.rule_docs import rules_page
from reconcile.check.examples import ExampleResult, run_examples
from reconcile.check.functions import FUNCTIONS
from reconcile.check.load import load_pack
from reconcile.check.messages import PAIR_FIELDS
from reconcile.check.reference import TRAP, describe_rule, reference_page
from reconcile.check.schema import Pack, SameSlotRule
from reconcile.check.variables import CLAIM_FIELDS, PAIR_VARIABLES
from reconcile.model import Kind
from reconcile.resources import data_folder

RESULTS = run_examples(load_pack([data_folder("rules")])[0])
_BLOCK = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
DOCS = Path(__file__).parents[2] / "docs" / "rules.md"


def test_shipped_pack_has_no_faults() -> None:
    """The shipped rules load without a fault."""
    assert load_pack([data_folder("rules")])[1] == ()


@pytest.mark.parametrize("result", RESULTS, ids=lambda r: f"{r.rule}: {r.title}")
def test_example_passes(result: ExampleResult) -> None:
    """Each example of each shipped rule gives what it expects."""
    assert (result.expected, ()) == (result.got, result.problems), result.place


def test_every_kind_has_a_rule(shipped: Pack) -> None:
    """No kind of claim goes unjudged."""
    assert [kind for kind in Kind if not shipped.same_slot(kind)] == []


def test_every_rule_shows_four_examples_and_two_traps(shipped: Pack) -> None:
    """Each rule shows by examples what it is for, two of them traps that it must not fall into."""
    traps = {rule.id: sum(example.title.startswith(TRAP) for example in rule.examples) for rule in shipped.rules}
    assert [rule.id for rule in shipped.rules if len(rule.examples) < 4 or traps[rule.id] < 2] == []


def test_every_rule_says_why_and_whose_it_is(shipped: Pack) -> None:
    """Each rule says in a sentence or more why an editor cares, and its pack who answers for it and what it is for."""
    unsaid = [rule.id for rule in shipped.rules if not (rule.owner and rule.pack.about and rule.about.endswith("."))]
    assert unsaid == []


def test_every_rule_ends_in_a_verdict_for_the_rest(shipped: Pack) -> None:
    """Each kind has a rule whose last verdict always holds, so that every pair of outlets is judged."""
    closed = {kind for kind in Kind if any(r.outcomes[-1].when == "true" for r in shipped.same_slot(kind))}
    assert set(Kind) == closed


@pytest.mark.parametrize(
    "name",
    [v.name for v in (*CLAIM_FIELDS, *PAIR_VARIABLES)] + [f.name for f in FUNCTIONS] + list(PAIR_FIELDS),
)
def test_documentation_names_it(name: str) -> None:
    """docs/rules.md tells of every field, variable, function and message field."""
    assert f"`{name}" in DOCS.read_text(encoding="utf-8") or f"`{{{name}}}`" in DOCS.read_text(encoding="utf-8")


def test_what_the_documentation_shows_works(tmp_path: Path) -> None:
    """Every rule, tolerance, pack, switch and lexicon that docs/rules.md shows loads without a fault; examples pass."""
    first, *others = _BLOCK.findall(DOCS.read_text(encoding="utf-8"))
    lone = next(block for block in others if block.startswith("  - id:"))
    pack, switches = (next(block for block in others if key in block) for key in ("\npack:", "\nswitches:"))
    tolerance = next(block for block in others if block.startswith("    tolerance:"))
    tolerant = first.replace("    severity: high\n", "    severity: high\n" + tolerance, 1)
    tolerant = tolerant.replace("kinds: [count]", "kinds: [count, age, amount, date, time, duration]")
    (tmp_path / "lexicons").mkdir()
    for block in others:
        if block.startswith("# lexicons/"):
            (tmp_path / block[2:].split(":")[0]).write_text(block, encoding="utf-8")
    files = {"first": first, "lone": f"format: 1\nrules:\n{lone}", "tolerant": tolerant.replace("delegates", "others")}
    files |= {"elections": pack.replace("  - ...\n", lone.replace("two-ages", "more-ages")), "switches": switches}
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    loaded, faults = load_pack([data_folder("rules"), tmp_path])
    assert [str(fault) for fault in faults] == []
    assert {"delegates-differ", "others-differ", "two-ages", "more-ages"} <= {rule.id for rule in loaded.rules}
    assert all(result.passed for result in run_examples(loaded))
    assert loaded.words.excludes("harbour master", "town clerk")


def test_a_pack_travels_to_another_process(shipped: Pack) -> None:
    """A pack can be sent to a worker process, where its conditions are compiled again."""
    sent = pickle.loads(pickle.dumps(shipped))
    assert [r.passed for r in RESULTS] == [r.passed for r in run_examples(sent)]


def test_documentation_is_made_from_the_pack() -> None:
    """What docs/rules.md says of the rules in force is what `reconcile rules docs docs/rules.md` makes of them now."""
    page = DOCS.read_text(encoding="utf-8")
    assert page == rules_page((), page)


def test_documentation_tells_traps_apart(shipped: Pack) -> None:
    """Every rule's page lists its traps by themselves, says "otherwise" for the rest, and tells its own where."""
    page = reference_page(shipped)
    assert page.count("Traps, where") == page.count("\nExamples:") == len(shipped.rules)
    assert ("`true`" in page, "| otherwise |" in page) == (False, True)
    (tolls,) = [rule for rule in shipped.rules if rule.id == "tolls"]
    assert isinstance(tolls, SameSlotRule)
    assert [line for line in describe_rule(tolls) if line.startswith("only where `") and "gap > 0.0" in line] != []
