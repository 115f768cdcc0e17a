"""The commands on the database: make it, bring it up to date, inspect it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

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


@db_app.command("backup")
def db_backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file to write; one of that name is replaced.")],
    db: DbOption = None,
) -> None:
    """Copy the whole database, while it is in use: a SQLite file, or for PostgreSQL gzipped JSON lines.

    Example:

      reconcile db backup /backup/reconcile-monday.db
    """
    from reconcile.app.database import backup

    settings = read_settings(context, db=db)
    backup(settings.db, file, datetime.now(UTC))
    typer.echo(f"{file}: {file.stat().st_size:,} bytes")


@db_app.command("restore")
def db_restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A copy that `db backup` or `db export` wrote, of either database.")],
    db: DbOption = None,
) -> None:
    """Put a copy back, into a database that is not there yet or empty, and bring it up to date.

    Example:

      reconcile db restore /backup/reconcile-monday.db --db postgresql://reconcile@db/reconcile
    """
    from reconcile.app.database import restore

    found = restore(read_settings(context, db=db).db, file)
    typer.echo(f"{found.location}: restored, at {found.current}")


@db_app.command("export")
def db_export(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="A file, gzipped where it ends in .gz [default: print].")] = None,
    db: DbOption = None,
) -> None:
    """Write everything as JSON lines, a line a row; other programs can read them, and `db import` puts them back.

    Accounts and sessions are part of it: keep the file as safe as the database.

    Example:

      reconcile db export everything.jsonl.gz
    """
    from reconcile.app.database import export_to

    for line in export_to(read_settings(context, db=db).db, file, datetime.now(UTC)):
        typer.echo(line)


@db_app.command("import")
def db_import(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="What `db export` wrote, also of an older version.")],
    db: DbOption = None,
) -> None:
    """Fill a new or empty database with an export, all of it or nothing.

    Example:

      reconcile db import everything.jsonl.gz --db new.db
    """
    from reconcile.app.database import import_from

    count = import_from(read_settings(context, db=db).db, file)
    typer.echo(f"{count:,} rows imported")


@db_app.command("prune")
def db_prune(
    context: typer.Context,
    days: Annotated[int, typer.Option("--days", min=30, help="Keep what is younger than so many days.")] = 365,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would go.")] = False,
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """Forget stories that are over, with their articles, readings and runs; what was judged stays, always.

    Example:

      reconcile db prune --days 365 --dry-run
    """
    from reconcile.app.database import prune

    gone = prune(read_settings(context, db=db).db, days, datetime.now(UTC), dry_run=dry_run)
    if as_json:
        typer.echo(to_json({"days": days, "dry_run": dry_run, "rows": gone}))
        return
    for name, count in gone.items():
        typer.echo(f"{name:<16}{count:>10,}")
    typer.echo(f"{sum(gone.values()):,} rows {'would be' if dry_run else 'are'} gone")
