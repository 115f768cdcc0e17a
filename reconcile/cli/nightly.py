"""The commands of the nightly service: run a night."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reconcile.cli.console import print_problems, show_progress
from reconcile.cli.options import DONE, HELD, PARTIAL, DbOption, JsonOption, RulesOption, read_settings
from reconcile.errors import ReconcileError
from reconcile.visible import to_json, visible

if TYPE_CHECKING:
    from reconcile.config import Settings
    from reconcile.service.nightly import NightResult


def nightly(
    context: typer.Context,
    date: Annotated[str | None, typer.Option("--date", help="The night's date [default: today].")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Ask the sources and tell what would be read; keep nothing.")
    ] = False,
    db: DbOption = None,
    rules: RulesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Do the night's work: fetch, read what is new, compare the stories that changed, report, tell.

    Killed anywhere, run it again: it goes on where it stopped. A night that is done is not done again.

    Examples:

      reconcile nightly

      reconcile nightly --date 2026-01-31 --json
    """
    from reconcile.service.nightly import Hands, run_nightly
    from reconcile.store.lease import LeaseHeldError

    settings = read_settings(context, db=db, rules=tuple(rules or ()))
    if not settings.sources:
        raise ReconcileError("no source is configured", "name one in reconcile.toml: see docs/nightly.md")
    if dry_run:
        _preview(settings, as_json=as_json)
        return
    try:
        with show_progress(quiet=as_json) as progress:
            result = run_nightly(settings, date_=date, hands=Hands(progress=progress))
    except LeaseHeldError as held:
        typer.echo(visible(f"reconcile: {held}"), err=True)
        raise typer.Exit(HELD) from None
    if as_json:
        typer.echo(to_json(_row(result)))
    else:
        _print(result)
    raise typer.Exit(PARTIAL if result.losses or result.faults else DONE)


def metrics(
    context: typer.Context,
    port: Annotated[int | None, typer.Option("--port", min=1, max=65535, help="Serve them at this port.")] = None,
    host: Annotated[str, typer.Option("--host", help="The address to listen at.")] = "127.0.0.1",
    db: DbOption = None,
) -> None:
    """Print the figures of the nightly run for Prometheus, or serve them at /metrics.

    Examples:

      reconcile metrics

      reconcile metrics --port 9571
    """
    from reconcile.service.metrics import metrics_text, serve_metrics

    settings = read_settings(context, db=db)
    if port is None:
        typer.echo(metrics_text(settings).decode("utf-8"), nl=False)
        return
    server, thread = serve_metrics(settings, host, port)
    typer.echo(f"serving http://{host}:{port}/metrics; end it with Ctrl-C", err=True)
    try:
        thread.join()
    except KeyboardInterrupt:
        server.shutdown()


def _preview(settings: Settings, *, as_json: bool) -> None:
    from reconcile.service.preview import preview

    found = preview(settings, now=datetime.now(UTC))
    if as_json:
        typer.echo(to_json(asdict(found)))
        return
    if found.at_work:
        typer.echo(visible(f"at work now: {found.at_work}"))
    for date in found.unfinished:
        typer.echo(f"the night of {date} was cut off; it would be finished first")
    typer.echo(f"last night: {found.last or 'none'}; {found.waiting} articles wait")
    for one in found.sources:
        counts = f"{one.articles} new or changed of {one.listed} listed, {one.unchanged} unchanged"
        typer.echo(visible(f"source {one.source}: {counts}"))
        print_problems(one.problems)


def _row(result: NightResult) -> dict[str, Any]:
    """What ``nightly --json`` prints."""
    night = result.night
    return {
        "date": night.date,
        "since": night.since,
        "run": night.run_id,
        "already_done": result.already_done,
        "read_now": result.read_now,
        "resumed": [one.date for one in result.resumed],
        "summary": dict(night.summary),
        "problems": [
            {"stage": p.stage, "where": p.where, "message": p.message, "cure": p.cure, "loss": p.loss}
            for p in result.problems
        ],
        "reports": [str(path) for path in result.reports],
    }


def _print(result: NightResult) -> None:
    from reconcile.report.night import headline

    night = result.night
    for one in result.resumed:
        typer.echo(f"finished the night of {one.date}, which had been cut off")
    if result.already_done:
        typer.echo(f"The night of {night.date} is done (run {night.run_id}); nothing was fetched again.")
    elif night.since != night.date:
        typer.echo(f"Caught up on the nights from {night.since} on.")
    typer.echo(visible(f"Night of {night.date}: {headline(night.summary)}"))
    if not result.already_done:
        typer.echo(f"{result.read_now} articles read now, {night.summary['stories']['new']} new stories.")
    for fault in result.faults:
        typer.echo(visible(f"FAULT: {fault}"), err=True)
    print_problems(result.problems)
    for path in result.reports:
        if path.suffix == ".html":
            typer.echo(f"report: {path}")
