"""What a user does with rules: check them, test their examples, list them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reconcile.check.examples import ExampleResult, run_examples
from reconcile.check.faults import Fault
from reconcile.check.load import load_pack
from reconcile.check.schema import Pack
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
