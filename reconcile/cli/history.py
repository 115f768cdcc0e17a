"""The commands on past runs: list them, show one."""

from __future__ import annotations

from typing import Annotated

import typer

from reconcile.cli.console import print_problems
from reconcile.cli.options import DbOption, JsonOption, command_group, read_settings
from reconcile.visible import to_json, visible

runs_app = command_group("List past runs, and show what one came to.")


@runs_app.command("list")
def runs_list(
    context: typer.Context,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many.")] = 20,
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the latest runs, newest first: when, how long, and what they came to.

    Example:

      reconcile runs list --limit 5
    """
    from reconcile.app.runs_history import at_work, list_runs

    settings = read_settings(context, db=db)
    found = list_runs(settings.db, limit)
    if as_json:
        typer.echo(to_json([one.row() for one in found]))
        return
    busy = at_work(settings.db)
    if busy is not None:
        typer.echo(visible(f"at work since {busy.since:%Y-%m-%d %H:%M:%S} UTC: {busy.owner}"))
    for one in found:
        started, minutes = f"{one.run.started:%Y-%m-%d %H:%M}", f"{one.seconds / 60:.1f} min"
        typer.echo(visible(f"{one.run.id:<24} {started}  {minutes:>9}  {one.state}: {one.headline}"))


@runs_app.command("show")
def runs_show(
    context: typer.Context,
    run: Annotated[str, typer.Argument(help="A run's id, the beginning of one, or a night's date.")],
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show a run: counts, duration, versions, and problems by source.

    Examples:

      reconcile runs show 2026-01-31

      reconcile runs show night-2026-01-31 --json
    """
    from reconcile.app.runs_history import show_run

    found = show_run(read_settings(context, db=db).db, run)
    if as_json:
        typer.echo(to_json(found.row()))
        return
    typer.echo(visible(f"run {found.run.id}: {found.state}\n{found.headline}"))
    typer.echo(f"from {found.run.started:%Y-%m-%d %H:%M:%S} UTC, {found.seconds:.1f} s")
    typer.echo("with " + ", ".join(f"{name} {version}" for name, version in found.run.versions))
    typer.echo("made " + ", ".join(f"{count} {name}" for name, count in found.run.counts))
    for one in found.sources:
        state = "read" if one.ok else "COULD NOT BE READ"
        counts = f"{one.new} new, {one.revised} revised, {one.unchanged} unchanged, {one.left} put off"
        typer.echo(visible(f"source {one.source}: {state}; {counts}; {one.seconds:.1f} s"))
    for fault in found.night.summary.get("faults", ()) if found.night else ():
        typer.echo(visible(f"{'FAULT' if fault['loud'] else 'note'}: {fault['sentence']}"))
    print_problems(found.run.problems)
