"""What a user asks when something is wrong: is this installation whole?"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, files, version
from pathlib import Path

from reconcile import __version__
from reconcile.app.rules import check_rules
from reconcile.errors import ReconcileError
from reconcile.extract.version import MODEL
from reconcile.store.migrate import status


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is well, what was seen, and the cure where it is not."""

    name: str
    ok: bool
    seen: str
    cure: str = ""


def examine(*, db: str, rules: Sequence[Path] = ()) -> tuple[Check, ...]:
    """Look at Python, the model, a trial reading, the rules and the database; never raises."""
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("python", lambda: sys.version.split()[0]),
        ("reconcile", lambda: __version__),
        ("model", describe_model),
        ("reading", try_reading),
        ("rules", lambda: _describe_rules(rules)),
        ("database", lambda: _describe_database(db)),
    )
    return tuple(_look(name, look) for name, look in checks)


def _look(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except ReconcileError as error:
        return Check(name, False, error.message, error.cure)
    except Exception as error:  # a doctor reports what is broken, whatever it is
        return Check(name, False, f"{type(error).__name__}: {error}", "install reconcile again from its locked list")


def describe_model() -> str:
    """The model's name, version and the hash of its installed files; raises ReconcileError where it is missing."""
    try:
        installed = files(MODEL) or []
    except PackageNotFoundError:
        raise ReconcileError(f"the language model {MODEL} is not installed", "install reconcile again") from None
    digest = hashlib.sha256()
    for file in sorted(installed, key=str):
        if "dist-info" not in str(file) and "__pycache__" not in str(file):
            digest.update(str(file).encode())
            digest.update(Path(str(file.locate())).read_bytes())
    return f"{MODEL} {version(MODEL)} sha256:{digest.hexdigest()[:16]}"


def try_reading() -> str:
    """Read one sentence with the model; raises ReconcileError where it does not see what it must."""
    from reconcile.extract.document import parse

    doc = parse("The minister met two officials in Geneva on Monday.")
    if not any(token.pos_ == "VERB" for token in doc):
        raise ReconcileError("the model finds no verb in a plain sentence", "install reconcile again")
    return f"{len(doc)} tokens of a trial sentence parsed"


def _describe_rules(folders: Sequence[Path]) -> str:
    pack, faults = check_rules(folders)
    if faults:
        raise ReconcileError(f"{len(faults)} fault(s) in the rules", "run `reconcile rules check`")
    return f"{len(pack.rules)} rules"


def _describe_database(db: str) -> str:
    found = status(db)
    if found.current is None:
        return f"{found.location}: not made yet; the first run makes it"
    if found.pending:
        raise ReconcileError(
            f"{found.location} is at {found.current}, {len(found.pending)} migration(s) behind",
            "run `reconcile db upgrade`",
        )
    return f"{found.location} at {found.current}"
