"""The commands on what was decided: check that nothing was changed after, list it, see who signed in."""

from __future__ import annotations

from typing import Annotated

import typer

from reconcile.cli.options import DONE, FOUND, DbOption, JsonOption, command_group, read_settings
from reconcile.visible import shown, to_json

audit_app = command_group("Check and list what was decided, and who signed in.")


@audit_app.command("verify")
def audit_verify(
    context: typer.Context,
    head: Annotated[
        str, typer.Option("--head", help="A hash noted earlier; that it still occurs shows that nothing was cut off.")
    ] = "",
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check the chain of all judgements; exits with 1 where one was changed, removed or put in between.

    Example:

      reconcile audit verify --head 9d5c7e…
    """
    from reconcile.app.audit import verify_judgements

    found = verify_judgements(read_settings(context, db=db).db, head)
    if as_json:
        typer.echo(to_json({"judgements": found.judgements, "head": found.head, "faults": list(found.faults)}))
    else:
        for fault in found.faults:
            typer.echo(fault)
        state = f"{len(found.faults)} faults" if found.faults else "whole"
        typer.echo(f"{found.judgements} judgements, {state}; last hash {found.head}")
    raise typer.Exit(FOUND if found.faults else DONE)


@audit_app.command("log")
def audit_log(
    context: typer.Context,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many.")] = 50,
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the latest judgements, newest first.

    Example:

      reconcile audit log --limit 20
    """
    from reconcile.app.audit import judgement_row, latest_judgements

    found = latest_judgements(read_settings(context, db=db).db, limit)
    if as_json:
        typer.echo(to_json([judgement_row(item) for item in found]))
        return
    for item in found:
        what = item.decision or item.act
        typer.echo(
            f"{item.sequence:>6} {item.at:%Y-%m-%d %H:%M} {item.user:<16} {what:<16} {item.case} {shown(item.reason)}"
        )


@audit_app.command("logins")
def audit_logins(
    context: typer.Context,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many.")] = 50,
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the latest attempts to sign in, newest first.

    Example:

      reconcile audit logins
    """
    from reconcile.app.audit import latest_logins

    found = latest_logins(read_settings(context, db=db).db, limit)
    if as_json:
        rows = [
            {"at": i.at.isoformat(), "account": i.account, "method": i.method, "outcome": i.outcome, "from": i.address}
            for i in found
        ]
        typer.echo(to_json(rows))
        return
    for item in found:
        typer.echo(
            f"{item.at:%Y-%m-%d %H:%M:%S} {item.outcome:<8} {item.method:<9} {shown(item.account):<20} {item.address}"
        )
