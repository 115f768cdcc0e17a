#!/usr/bin/env python3
"""Everything a checkout needs, with the standard library alone.

    python3 dev.py demo     set up .venv and reconcile seeds/ into reports/seeds/
    python3 dev.py test     set up .venv with the test tools and run all tests
    python3 dev.py check    lint, types, import contracts, migration drift, and a smoke run from the built wheel

Packages come from the locked, hashed lists in requirements/. Words after ``test`` go to pytest.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"


def binary(folder: Path, name: str) -> Path:
    """The path of a command in a virtual environment, on this platform."""
    return folder / ("Scripts" if os.name == "nt" else "bin") / name


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """Run a command; leave with its exit code if it fails."""
    code = subprocess.run([str(part) for part in command], cwd=cwd, check=False).returncode  # noqa: S603
    if code:
        sys.exit(code)


def set_up(lock: str) -> None:
    """Make .venv hold what ``requirements/LOCK.txt`` lists, and the project; do nothing if it does already."""
    wanted = hashlib.sha256()
    for name in (f"requirements/{lock}.txt", "pyproject.toml"):
        wanted.update((ROOT / name).read_bytes())
    stamp = VENV / f"{lock}.stamp"
    if stamp.exists() and stamp.read_text() == wanted.hexdigest():
        return
    if not binary(VENV, "python").exists():
        venv.create(VENV, with_pip=True)
    print(f"setting up {VENV.name} from requirements/{lock}.txt …", flush=True)
    pip = (binary(VENV, "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--require-hashes", "-r", f"requirements/{lock}.txt")
    run(*pip, "--no-deps", "--no-build-isolation", "-e", ".")
    stamp.write_text(wanted.hexdigest())


def demo() -> None:
    """Set up and reconcile the two sample articles."""
    set_up("run")
    run(binary(VENV, "reconcile"), "run", "seeds", "--out", "reports/seeds")


def test(*words: str) -> None:
    """Set up with the test tools and run all tests, or those that the words name."""
    set_up("dev")
    run(binary(VENV, "python"), "-m", "pytest", *words)


def check() -> None:
    """Lint, types, import contracts, then a smoke run of the wheel in an environment of its own."""
    set_up("dev")
    run(binary(VENV, "ruff"), "check", ".")
    run(binary(VENV, "ruff"), "format", "--check", ".")
    run(binary(VENV, "mypy"))
    run(binary(VENV, "lint-imports"))
    run(binary(VENV, "python"), "-m", "pytest", "tests/store", "-k", "drift")
    smoke_wheel()


def smoke_wheel() -> None:
    """Build the wheel, install it with the locked packages in a new environment, and use it outside the checkout."""
    with tempfile.TemporaryDirectory(prefix="reconcile-smoke-") as name:
        folder = Path(name)
        run(binary(VENV, "hatchling"), "build", "-t", "wheel", "-d", folder / "dist")
        (wheel,) = (folder / "dist").glob("*.whl")
        venv.create(folder / "venv", with_pip=True)
        pip = (binary(folder / "venv", "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        run(*pip, "--require-hashes", "-r", ROOT / "requirements" / "run.txt")
        run(*pip, "--no-deps", wheel)
        reconcile = binary(folder / "venv", "reconcile")
        database = f"{folder / 'smoke.db'}"
        run(reconcile, "rules", "check", cwd=folder)
        run(reconcile, "run", ROOT / "seeds", "--out", folder / "out", "--db", database, cwd=folder)
        run(reconcile, "doctor", "--db", database, cwd=folder)
        for report in ("report.html", "report.md", "report.json"):
            if not (folder / "out" / report).stat().st_size:
                sys.exit(f"the wheel's smoke run left {report} empty")
    print("wheel smoke run: passed")


def main() -> None:
    """Do what the first word says."""
    commands = {"demo": demo, "test": test, "check": check}
    name, *words = sys.argv[1:] or [""]
    if name not in commands or (words and name != "test"):
        sys.exit(__doc__)
    if sys.version_info < (3, 11):  # noqa: UP036 -- a user may start it with an older python3
        sys.exit("reconcile needs Python 3.11 or newer: run this file with a newer python3")
    test(*words) if name == "test" else commands[name]()


if __name__ == "__main__":
    main()
