"""The command on reports: write one of a stored run, of a story, or of a query."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reconcile.cli.options import DbOption, FormatOption, JsonOption, read_settings
from reconcile.visible import to_json, visible


def report(
    context: typer.Context,
    run: Annotated[str, typer.Argument(help="A run's id, its beginning, or latest.")] = "latest",
    out: Annotated[Path, typer.Option("--out", help="Folder for the files.")] = Path("reports/latest"),
    story: Annotated[str, typer.Option("--story", help="Only this story: its id, or words of its title.")] = "",
    query: Annotated[
        str,
        typer.Option(
            "--query", help="Only findings with these words, verdict:, kind:, severity:, rule:, source:, confidence:."
        ),
    ] = "",
    formats: FormatOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the report of a stored run again, with what reviewers have decided since.

    Examples:

      reconcile report --format csv --format xlsx --out reports/desk

      reconcile report latest --story "ferry" --out reports/ferry

      reconcile report 20310513T2000 --query "verdict:contradiction kind:count,age"
    """
    from reconcile.app.reports import write_report
    from reconcile.report.formats import DEFAULT_FORMATS
    from reconcile.report.phrases import headline

    settings = read_settings(context, db=db)
    wanted = tuple(formats or DEFAULT_FORMATS)
    made, paths = write_report(run, db=settings.db, out=out, story=story, query=query, formats=wanted)
    if as_json:
        counts = {verdict.value: number for verdict, number in made.counts}
        typer.echo(to_json({"run": made.run.id, "counts": counts, "reports": [str(path) for path in paths]}))
        return
    typer.echo(visible(headline(made)))
    for path in paths:
        typer.echo(f"report: {path}")
