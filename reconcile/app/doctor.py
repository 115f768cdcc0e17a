"""What a user asks when something is wrong: is this installation whole?"""

from __future__ import annotations

import base64
import hashlib
import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from importlib.metadata import PackageNotFoundError, files, version
from pathlib import Path

from reconcile import __version__
from reconcile.app.intake import check_source
from reconcile.app.rules import check_rules
from reconcile.errors import ReconcileError
from reconcile.extract.version import MODEL
from reconcile.ingest.sources import Source
from reconcile.store.migrate import status
from reconcile.store.store import open_store

_LEAST_ROOM = 500 * 2**20


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is well, what was seen, and the cure where it is not."""

    name: str
    ok: bool
    seen: str
    cure: str = ""


def examine(
    *, db: str, rules: Sequence[Path] = (), reports: Path = Path(), now: datetime, sources: Sequence[Source] = ()
) -> tuple[Check, ...]:
    """Look at Python, the model and its files, a trial reading, the rules, the database, the disk and the clock.

    ``sources`` are asked, where some are given. Never raises.
    """
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("python", lambda: sys.version.split()[0]),
        ("reconcile", lambda: __version__),
        ("model", describe_model),
        ("reading", try_reading),
        ("rules", lambda: _describe_rules(rules)),
        ("database", lambda: _describe_database(db)),
        ("disk", lambda: _describe_disk([reports, *([Path(db).parent] if "://" not in db else [])])),
        ("clock", lambda: _describe_clock(db, now)),
    )
    found = [_look(name, look) for name, look in checks]
    return (*found, *(_look(f"source {source.name}", partial(_describe_source, source, now)) for source in sources))


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
            content = Path(str(file.locate())).read_bytes()
            if file.hash is not None and not _is_as_installed(content, file.hash.mode, file.hash.value):
                raise ReconcileError(f"{file} of the language model was changed", "install reconcile again")
            digest.update(str(file).encode())
            digest.update(content)
    return f"{MODEL} {version(MODEL)} sha256:{digest.hexdigest()[:16]}"


def _is_as_installed(content: bytes, method: str, recorded: str) -> bool:
    """Whether a file has the hash that its package recorded for it."""
    found = hashlib.new(method, content).digest()
    return base64.urlsafe_b64encode(found).rstrip(b"=").decode("ascii") == recorded


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


def _describe_disk(folders: Sequence[Path]) -> str:
    """The room that is left where the database and the reports are."""
    there = [
        next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists()) for folder in folders
    ]
    least = min(shutil.disk_usage(place).free for place in there)
    if least < _LEAST_ROOM:
        raise ReconcileError(f"{least / 2**20:,.0f} MB are free", "make room before the next night")
    return f"{least / 2**30:,.1f} GB are free"


def _describe_clock(db: str, now: datetime) -> str:
    """The time, and whether it is later than the last night; a database that cannot be read is told elsewhere."""
    last = None
    with suppress(ReconcileError):
        if (found := status(db)).current == found.head:
            with open_store(db, upgrade=False) as store:
                last = next((night for night in store.nights.list_nights(1)), None)
    if last is not None and now < last.started - timedelta(minutes=5):
        raise ReconcileError(
            f"it says {now:%Y-%m-%d %H:%M} UTC, before the night of {last.date}", "set the clock right"
        )
    return f"{now:%Y-%m-%d %H:%M} UTC"


def _describe_source(source: Source, now: datetime) -> str:
    found = check_source(source, now=now)
    if not found.ok:
        worst = next(problem for problem in found.problems if problem.loss)
        raise ReconcileError(worst.message, worst.cure)
    return f"{found.listed} listed, {len(found.articles)} of the first read"
