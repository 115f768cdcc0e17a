"""The commands on texts alone: extract what they tell, group them into stories, compare two values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from reconcile.cli.console import print_problems
from reconcile.cli.options import DONE, PARTIAL, PathsArgument, read_settings
from reconcile.errors import ReconcileError
from reconcile.visible import to_json

if TYPE_CHECKING:
    from reconcile.model import Problem


def _finish(rows: Iterable[dict[str, Any]], problems: Iterable[Problem]) -> NoReturn:
    """Print a JSON line a row, then the problems; exit 3 where something was lost."""
    for row in rows:
        typer.echo(to_json(row))
    problems = tuple(problems)
    print_problems(problems)
    raise typer.Exit(PARTIAL if any(problem.loss for problem in problems) else DONE)


def extract(context: typer.Context, paths: PathsArgument) -> None:
    """Print what each article tells, a JSON line an article: times, quantities, attributions, claims.

    Example:

      reconcile extract articles.jsonl > extracted.jsonl
    """
    from reconcile.app.reading import extract as extract_rows
    from reconcile.config import manner_of

    found = extract_rows(paths, now=datetime.now(UTC), manner=manner_of(read_settings(context)))
    _finish(found.rows, found.problems)


def stories(context: typer.Context, paths: PathsArgument) -> None:
    """Group articles into stories, a JSON line an article: {"id", "story"}.

    Example:

      reconcile stories intake.jsonl
    """
    from reconcile.app.reading import stories as story_rows
    from reconcile.config import manner_of

    found = story_rows(paths, now=datetime.now(UTC), manner=manner_of(read_settings(context)))
    _finish(found.rows, found.problems)


def compare(
    context: typer.Context,
    kind: Annotated[str | None, typer.Argument(help="person, organisation, date, count, role, location, …")] = None,
    left: Annotated[str | None, typer.Argument(help="One value, as an article would say it.")] = None,
    right: Annotated[str | None, typer.Argument(help="The other value.")] = None,
    pairs: Annotated[Path | None, typer.Option("--pairs", help="A .jsonl file with kind, left, right a line.")] = None,
) -> None:
    """Compare two values, or every pair of a file; prints a JSON line a pair with same, score and why.

    Examples:

      reconcile compare person "Volodymyr Zelenskyy" "Vladimir Zelensky"

      reconcile compare count "at least 20 people" "23 people"

      reconcile compare --pairs pairs.jsonl
    """
    from reconcile.app.reading import compare as compare_two
    from reconcile.app.reading import compare_pairs

    read_settings(context)
    if pairs is not None:
        _finish(compare_pairs(pairs), ())
    if kind is None or left is None or right is None:
        raise ReconcileError("compare needs KIND LEFT RIGHT, or --pairs FILE", "see reconcile compare --help")
    _finish([compare_two(kind, left, right)], ())
