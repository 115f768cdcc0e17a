"""The commands on accounts: who may sign in to the review pages, and tokens for programs."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from reconcile.cli.options import DbOption, JsonOption, command_group, read_settings
from reconcile.errors import ReconcileError
from reconcile.visible import shown, to_json

accounts_app = command_group("Say who may sign in to the review pages, and make tokens for programs.")
NameArgument = Annotated[str, typer.Argument(help="The account's name.")]


def _ask_password() -> str:
    """A password typed twice on a terminal, or the first line of what is piped in."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


@accounts_app.command("add")
def accounts_add(
    context: typer.Context,
    name: NameArgument,
    role: Annotated[str, typer.Option("--role", help="reader, reviewer, editor or admin.")] = "reviewer",
    full_name: Annotated[str, typer.Option("--full-name", help="As others see it.")] = "",
    db: DbOption = None,
) -> None:
    """Add an account; the password is asked for, or read from standard input.

    Example:

      reconcile accounts add ann --role editor --full-name "Ann Low"
    """
    from reconcile.app.accounts import Role, add_account
    from reconcile.store.store import open_store

    settings = read_settings(context, db=db)
    try:
        wanted = Role(role)
    except ValueError:
        raise ReconcileError(f"--role {role!r} is no role", f"use one of: {', '.join(Role)}") from None
    with open_store(settings.db, upgrade=True) as store:
        add_account(store, name, wanted, datetime.now(UTC), password=_ask_password(), full_name=full_name)
    typer.echo(f"{name} may sign in as {wanted}")


@accounts_app.command("list")
def accounts_list(context: typer.Context, db: DbOption = None, as_json: JsonOption = False) -> None:
    """List the accounts with their roles.

    Example:

      reconcile accounts list
    """
    from reconcile.app.accounts import list_accounts
    from reconcile.store.store import open_store

    with open_store(read_settings(context, db=db).db, upgrade=False) as store:
        found = list_accounts(store)
    if as_json:
        rows = [{"name": a.name, "full_name": a.full_name, "role": a.role.value, "disabled": a.disabled} for a in found]
        typer.echo(to_json(rows))
        return
    for account in found:
        state = "  disabled" if account.disabled else ""
        typer.echo(f"{account.name:<24} {account.role:<9} {shown(account.full_name)}{state}")


@accounts_app.command("change")
def accounts_change(
    context: typer.Context,
    name: NameArgument,
    role: Annotated[str | None, typer.Option("--role", help="reader, reviewer, editor or admin.")] = None,
    password: Annotated[bool, typer.Option("--password", help="Ask for a new password.")] = False,
    db: DbOption = None,
) -> None:
    """Give an account another role or password; it is signed out everywhere.

    Example:

      reconcile accounts change ann --role admin
    """
    from reconcile.app.accounts import Role, set_password, set_role
    from reconcile.store.store import open_store

    if role is not None and role not in tuple(Role):
        raise ReconcileError(f"--role {role!r} is no role", f"use one of: {', '.join(Role)}")
    if role is None and not password:
        raise ReconcileError("nothing to change", "give --role or --password")
    with open_store(read_settings(context, db=db).db, upgrade=False) as store:
        if role is not None:
            set_role(store, name, Role(role))
        if password:
            set_password(store, name, _ask_password())
    typer.echo(f"{name} was changed and is signed out")


@accounts_app.command("disable")
def accounts_disable(
    context: typer.Context,
    name: NameArgument,
    enable: Annotated[bool, typer.Option("--undo", help="Let the account in again.")] = False,
    db: DbOption = None,
) -> None:
    """Shut an account out at once, with its sessions and tokens; what it decided stays.

    Example:

      reconcile accounts disable ann
    """
    from reconcile.app.accounts import set_disabled
    from reconcile.store.store import open_store

    with open_store(read_settings(context, db=db).db, upgrade=False) as store:
        set_disabled(store, name, not enable)
    typer.echo(f"{name} may sign in again" if enable else f"{name} is shut out")


@accounts_app.command("token")
def accounts_token(
    context: typer.Context,
    name: NameArgument,
    scope: Annotated[list[str] | None, typer.Option("--scope", help="read, review or admin; may be repeated.")] = None,
    label: Annotated[str, typer.Option("--label", help="What it is for.")] = "",
    days: Annotated[int | None, typer.Option("--days", min=1, help="How long it works [default: for ever].")] = None,
    revoke: Annotated[str | None, typer.Option("--revoke", help="Make the token with this id useless.")] = None,
    list_all: Annotated[bool, typer.Option("--list", help="List the account's tokens.")] = False,
    db: DbOption = None,
) -> None:
    """Make a token for a program, which is shown once; or list or revoke tokens.

    Examples:

      reconcile accounts token ann --scope read --label "wall display"

      reconcile accounts token ann --revoke 3f9a1c
    """
    from reconcile.app.accounts import Scope, list_tokens, make_token, revoke_token
    from reconcile.store.store import open_store

    wrong = [word for word in scope or () if word not in tuple(Scope)]
    if wrong:
        raise ReconcileError(f"--scope {wrong[0]!r} is no scope", f"use one of: {', '.join(Scope)}")
    with open_store(read_settings(context, db=db).db, upgrade=False) as store:
        if list_all:
            for token in list_tokens(store, name):
                state = "revoked" if token.revoked else f"until {token.expires:%Y-%m-%d}" if token.expires else ""
                typer.echo(f"{token.id}  {' '.join(token.scopes):<12} {token.created:%Y-%m-%d}  {token.label}  {state}")
        elif revoke is not None:
            revoke_token(store, revoke)
            typer.echo(f"token {revoke} is useless now")
        else:
            scopes = tuple(Scope(word) for word in scope or ["read"])
            secret, token = make_token(store, name, label, scopes, datetime.now(UTC), days)
            typer.echo(f"token {token.id} ({' '.join(token.scopes)}), shown this once:")
            typer.echo(secret)
