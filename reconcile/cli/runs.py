"""The commands on runs: make one, ask why a finding was made, examine the installation."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from reconcile.cli.console import print_run, show_progress, summary_row
from reconcile.cli.options import (
    DONE,
    FOUND,
    MISUSE,
    PARTIAL,
    DbOption,
    FormatOption,
    JsonOption,
    PathsArgument,
    RulesOption,
    read_settings,
)
from reconcile.errors import ReconcileError
from reconcile.visible import to_json, visible


def run(
    context: typer.Context,
    paths: PathsArgument,
    out: Annotated[Path, typer.Option("--out", help="Folder for the report's files.")] = Path("reports/latest"),
    formats: FormatOption = None,
    db: DbOption = None,
    rules: RulesOption = None,
    fail_on: Annotated[
        str | None,
        typer.Option("--fail-on", help="Exit with 1 on a contradiction at or above info, low, medium or high."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Reconcile articles: read, match, check, store, and write the report.

    Examples:

      reconcile run seeds --out reports/seeds

      reconcile run today/*.html wire.jsonl --fail-on high --json

      reconcile run https://harbourpost.example/news.rss archive.warc.gz
    """
    from reconcile.app import runs
    from reconcile.config import manner_of
    from reconcile.model import Severity
    from reconcile.report.formats import DEFAULT_FORMATS

    settings = read_settings(context, db=db, rules=tuple(rules or ()))
    try:
        level = Severity(fail_on) if fail_on else None
    except ValueError:
        raise ReconcileError(f"--fail-on {fail_on!r} is no severity", "use info, low, medium or high") from None
    with show_progress(quiet=as_json) as progress:
        result = runs.run(
            paths,
            out=out,
            db=settings.db,
            rules=settings.rules,
            now=datetime.now(UTC),
            formats=tuple(formats or DEFAULT_FORMATS),
            manner=manner_of(settings),
            progress=progress,
        )
    alarms = result.alarms(level) if level else ()
    if as_json:
        typer.echo(to_json(summary_row(result)))
    else:
        print_run(result)
    raise typer.Exit(PARTIAL if result.losses else FOUND if alarms else DONE)


def explain(
    context: typer.Context,
    finding: Annotated[str, typer.Argument(help="A finding's id from a report, or its beginning.")],
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell why a finding was made: the words, how the claims were paired, the rule, and its reasons.

    Example:

      reconcile explain 3f9a1c
    """
    from reconcile.app.explaining import explanation_lines, explanation_row
    from reconcile.app.rules import usable_pack
    from reconcile.app.runs import explain as find

    settings = read_settings(context, db=db)
    stored = find(finding, db=settings.db)
    if as_json:
        typer.echo(to_json(explanation_row(stored)))
    else:
        typer.echo(visible("\n".join(explanation_lines(stored, usable_pack(settings.rules)))))


def doctor(
    context: typer.Context,
    sources: Annotated[bool, typer.Option("--sources", help="Ask the configured sources too.")] = False,
    db: DbOption = None,
    rules: RulesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check this installation: Python, the model and its files, a trial reading, rules, database, disk and clock.

    Examples:

      reconcile doctor

      reconcile doctor --sources
    """
    from reconcile.app.doctor import examine
    from reconcile.config import sources_of

    settings = read_settings(context, db=db, rules=tuple(rules or ()))
    checks = examine(
        db=settings.db,
        rules=settings.rules,
        reports=Path(settings.nightly.reports),
        now=datetime.now(UTC),
        sources=sources_of(settings) if sources else (),
    )
    if as_json:
        typer.echo(to_json([{"name": c.name, "ok": c.ok, "seen": c.seen, "cure": c.cure} for c in checks]))
    else:
        for check in checks:
            cure = f" -> {check.cure}" if check.cure else ""
            typer.echo(f"{'ok ' if check.ok else 'BAD'}  {check.name:<10} {check.seen}{cure}")
    raise typer.Exit(DONE if all(check.ok for check in checks) else MISUSE)
