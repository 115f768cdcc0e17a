"""What a user does with rules: check them, test their examples, list them, begin a new one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reconcile.check.examples import ExampleResult, run_examples
from reconcile.check.faults import Fault
from reconcile.check.json_schema import rule_schema
from reconcile.check.load import load_pack
from reconcile.check.schema import Pack, Rule
from reconcile.check.skeleton import rule_skeleton
from reconcile.errors import ReconcileError
from reconcile.resources import data_folder


def check_rules(folders: Sequence[Path]) -> tuple[Pack, tuple[Fault, ...]]:
    """The shipped pack with the user's folders on top, and every fault of every file."""
    for folder in folders:
        if not folder.is_dir():
            raise ReconcileError(f"no rules folder at {folder}", "name a folder that holds .yaml rule files")
    return load_pack([data_folder("rules"), *folders])


def usable_pack(folders: Sequence[Path]) -> Pack:
    """The pack to reconcile with; raises ReconcileError listing the faults where there are any."""
    pack, faults = check_rules(folders)
    if faults:
        listed = "\n  ".join(str(fault) for fault in faults)
        raise ReconcileError(f"the rules have {len(faults)} fault(s)\n  {listed}\n", "run `reconcile rules check`")
    return pack


def test_rules(folders: Sequence[Path]) -> tuple[ExampleResult, ...]:
    """The outcome of every example of every rule."""
    return run_examples(usable_pack(folders))


def rule_state(rule: Rule) -> str:
    """``on``, ``off``, or ``limited`` where it is asked only for some outlets, topics or stories."""
    reach = rule.reach
    if not reach.on:
        return "off"
    return "on" if reach.only.everywhere and not reach.never else "limited"


def language_schema() -> dict[str, Any]:
    """The JSON Schema of rule files."""
    return rule_schema()


def new_rule(id_: str, family: str, kind: str) -> str:
    """The text of a new rule to begin with; raises ReconcileError for what cannot be an id, a family or a kind."""
    return rule_skeleton(id_, family, kind)


def write_new_rule(folder: Path, id_: str, family: str, kind: str) -> Path:
    """Write the skeleton of a rule into a folder, which is made where it is missing; the file.

    Raises ReconcileError where the rule cannot be, or a file of its name is there.
    """
    text = new_rule(id_, family, kind)
    file = folder / f"{id_}.yaml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise ReconcileError(f"{file} is there already", "choose another id, or change that file") from error
    except OSError as error:
        raise ReconcileError(f"{file} cannot be written: {error.strerror}", "choose another folder") from error
    return file
