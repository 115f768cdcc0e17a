"""The commands on the database: make it, bring it up to date, inspect it."""

from __future__ import annotations

import typer

from reconcile.cli.options import DbOption, JsonOption, command_group, read_settings
from reconcile.visible import to_json

db_app = command_group("Make, migrate and inspect the database.")


@db_app.command("upgrade")
def db_upgrade(context: typer.Context, db: DbOption = None) -> None:
    """Make the database, or bring it up to date; nothing is lost.

    Example:

      reconcile db upgrade --db newsroom.db
    """
    from reconcile.app.database import upgrade_database

    before = upgrade_database(read_settings(context, db=db).db)
    done = f"{len(before.pending)} migration(s) applied" if before.pending else "nothing to do"
    typer.echo(f"{before.location}: {done}, now at {before.head}")


@db_app.command("status")
def db_status(context: typer.Context, db: DbOption = None, as_json: JsonOption = False) -> None:
    """Tell which revision the database is at and what is pending.

    Example:

      reconcile db status
    """
    from reconcile.app.database import database_status

    found = database_status(read_settings(context, db=db).db)
    if as_json:
        row = {"database": found.location, "current": found.current, "head": found.head, "pending": found.pending}
        typer.echo(to_json(row))
    else:
        at, pending = found.current or "nothing yet", len(found.pending)
        typer.echo(f"{found.location}: at {at}, head {found.head}, {pending} pending")
