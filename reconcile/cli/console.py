"""What the commands print: results as a short table or as rows, problems with their cures, progress on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

from reconcile.visible import visible

if TYPE_CHECKING:
    from reconcile.app.runs import RunResult
    from reconcile.model import Problem


def summary_row(result: RunResult) -> dict[str, Any]:
    """What ``run --json`` prints."""
    return {
        "run": result.run.id,
        "counts": dict(result.run.counts),
        "read_now": result.read_now,
        "new": len(result.changes.new),
        "gone": len(result.changes.gone),
        "changed": result.changed,
        "reports": [str(path) for path in result.reports],
        "problems": [problem_row(problem) for problem in result.problems],
    }


def print_run(result: RunResult) -> None:
    """A short table: counts by verdict, what is new, what was not read, and the paths to open."""
    counts = dict(result.run.counts)
    articles, stories, claims = counts["articles"], counts["stories"], counts["claims"]
    typer.echo(
        f"{articles} {plural(articles, 'article')} ({result.read_now} read now) in {stories} "
        f"{plural(stories, 'story', 'stories')}, {claims} claims"
    )
    for verdict in ("contradiction", "update", "attribution", "undecided", "precision", "agreement", "single"):
        typer.echo(f"  {verdict:<14}{counts[verdict]:>6}")
    if not result.changed:
        what = "No finding changed" if result.read_now else "Nothing changed"
        typer.echo(f"{what} since run {result.changes.previous}.")
    elif result.changes.previous:
        changes = result.changes
        typer.echo(f"Since run {changes.previous}: {len(changes.new)} new, {len(changes.gone)} gone.")
    print_problems(result.problems)
    for path in result.reports:
        typer.echo(f"report: {path}")


def plural(count: int, one: str, many: str = "") -> str:
    """The noun for that many, without the number."""
    return one if count == 1 else many or one + "s"


def problem_row(problem: Problem) -> dict[str, Any]:
    """A problem as a JSON object."""
    return {
        "stage": problem.stage,
        "where": problem.where,
        "message": problem.message,
        "cure": problem.cure,
        "loss": problem.loss,
    }


def print_problems(problems: Iterable[Problem]) -> None:
    """A line a problem on standard error, with its cure."""
    for problem in problems:
        mark = "not done" if problem.loss else "note"
        cure = f" ({problem.cure})" if problem.cure else ""
        typer.echo(visible(f"{mark}: {problem.where}: {problem.message}{cure}"), err=True)


@contextmanager
def show_progress(*, quiet: bool) -> Iterator[Callable[[int, int, str], None]]:
    """A progress bar on a terminal, nothing in a pipe."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, total, name: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda done, total, name: bar.update(task, completed=done, total=total)
