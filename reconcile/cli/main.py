"""The command line: parse, call one function of the app, print. Nothing heavy is imported before it is needed."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from reconcile import __version__
from reconcile.cli import calibrate, nightly, reports, runs, serve, sources, texts
from reconcile.cli.accounts import accounts_app
from reconcile.cli.audit import audit_app
from reconcile.cli.config import config_app
from reconcile.cli.db import db_app
from reconcile.cli.history import runs_app
from reconcile.cli.options import DONE, MISUSE
from reconcile.cli.rules import rules_app
from reconcile.cli.schedule import schedule_app
from reconcile.errors import ReconcileError
from reconcile.visible import visible

app = typer.Typer(
    name="reconcile",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Read news from several outlets and report where they agree and where they differ.\n\n"
    "Start with:  reconcile run FOLDER --out reports/today\n\n"
    "Exit codes: 0 done; 1 done, and a contradiction at or above --fail-on was found; "
    "2 wrong use or bad configuration; 3 done in part, some inputs could not be read; "
    "4 another nightly run is at work.",
)
app.add_typer(rules_app, name="rules")
app.add_typer(db_app, name="db")
app.add_typer(runs_app, name="runs")
app.add_typer(schedule_app, name="schedule")
app.add_typer(config_app, name="config")
app.add_typer(sources.sources_app, name="sources")
app.add_typer(accounts_app, name="accounts")
app.add_typer(audit_app, name="audit")
for command in (
    runs.run,
    sources.ingest,
    nightly.nightly,
    nightly.metrics,
    reports.report,
    texts.extract,
    texts.stories,
    texts.compare,
    runs.explain,
    runs.doctor,
    serve.serve,
    calibrate.calibrate,
):
    app.command()(command)


def main() -> None:
    """Run the command line; expected errors become one line on standard error and exit code 2."""
    try:
        app()
    except ReconcileError as error:
        typer.echo(visible(f"reconcile: {error}"), err=True)
        sys.exit(MISUSE)
    except SystemExit as leaving:
        # The reader of a pipe has seen enough. Typer gives that the code 1, which here means a contradiction.
        if isinstance(leaving.__context__, BrokenPipeError):
            sys.exit(DONE)
        raise


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"reconcile {__version__}")
        raise typer.Exit


@app.callback()
def common(
    context: typer.Context,
    log_json: Annotated[bool, typer.Option("--log-json", help="Log JSON lines to standard error.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options of every command."""
    context.obj = log_json
