"""Run every scored command over a bench folder and print its scorer's figures as one table.

    python benchmarks/accuracy.py BENCH_DIR [--out FOLDER] [--only findings|times|quantities|attributions|stories|names]

``BENCH_DIR`` holds the gold files and its own ``score.py``; outputs are kept in ``--out`` for reading misses with it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SETS = ("politics", "incidents", "politics-planted", "incidents-planted")


def reconcile(*words: str | Path, out: Path) -> None:
    """Run one command of the product, its standard output into ``out``; a partial run (3) is a run."""
    with out.open("w", encoding="utf-8") as file:
        command = [sys.executable, "-m", "reconcile.cli", *map(str, words)]
        code = subprocess.run(command, stdout=file, stderr=subprocess.DEVNULL, check=False).returncode
    if code not in (0, 1, 3):
        raise SystemExit(f"{' '.join(command)} left with {code}")


def score(bench: Path, what: str, gold: Path, system: Path) -> dict[str, Any]:
    """The bench's own scorer's figures."""
    command = [sys.executable, str(bench / "score.py"), what, str(gold), str(system), "--json"]
    found: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return found


def measure_findings(bench: Path, out: Path) -> Iterator[tuple[str, str]]:
    """Each set of events in one run, as a night's intake."""
    for name in SETS:
        folder = out / name
        folder.mkdir(exist_ok=True)
        database = folder / "bench.db"
        reconcile("run", bench / name, "--out", folder, "--db", database, "--json", out=folder / "run.json")
        found = score(bench, "findings", bench / name, folder / "report.json")
        if "same_hard_recall" in found:
            alarms = found["contradiction"]
            yield f"{name} same_hard_recall", f"{found['same_hard_recall']:.3f}"
            yield (
                f"{name} contradictions",
                (f"precision {alarms['precision']} recall {alarms['recall']} false/event {alarms['false_per_event']}"),
            )
            hard = found["gold"].get("update/hard", {})
            yield f"{name} updates hard", f"{hard.get('right', 0)} of {hard.get('gold', 0)}"
            yield f"{name} scope traps", f"{found['scope_traps']['fallen_into']} of {found['scope_traps']['gold']}"
        if "planted" in found:
            planted = found["planted"]["all"]
            yield f"{name} flagged", f"{planted['flagged']} of {planted['planted']} (paired {planted['paired']})"


def measure_rows(bench: Path, out: Path, what: str) -> Iterator[tuple[str, str]]:
    """One command that prints a JSON line an item."""
    gold, system = bench / f"{what}.jsonl", out / f"{what}.jsonl"
    if what == "names":
        reconcile("compare", "--pairs", gold, out=system)
    else:
        reconcile("stories" if what == "stories" else "extract", gold, out=system)
    for name, figure in score(bench, what, gold, system).items():
        if isinstance(figure, dict):
            yield f"{what} {name}", f"P {figure['precision']:.3f} R {figure['recall']:.3f} F1 {figure['f1']:.3f}"
        else:
            yield f"{what} {name}", str(figure)


def main() -> None:
    """Measure what is asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument(
        "--only", nargs="*", default=["findings", "times", "quantities", "attributions", "names", "stories"]
    )
    arguments = parser.parse_args()
    out = arguments.out or Path(tempfile.mkdtemp(prefix="reconcile-accuracy-"))
    out.mkdir(parents=True, exist_ok=True)
    for what in arguments.only:
        whole = what == "findings"
        rows = measure_findings(arguments.bench, out) if whole else measure_rows(arguments.bench, out, what)
        for name, figure in rows:
            print(f"{name:<40} {figure}", flush=True)
    print(f"outputs kept in {out}")


if __name__ == "__main__":
    main()
