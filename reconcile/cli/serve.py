"""The command that serves the review pages and their API."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated

import typer

from reconcile.cli.options import DbOption, RulesOption, read_settings


def serve(
    context: typer.Context,
    db: DbOption = None,
    rules: RulesOption = None,
    host: Annotated[
        str | None, typer.Option("--host", help="Address to listen at; others than 127.0.0.1 need accounts.")
    ] = None,
    port: Annotated[int | None, typer.Option("--port", help="Port to listen at; 0 takes a free one.")] = None,
) -> None:
    """Serve the review pages and their API; on this computer alone it prints a link that signs you in.

    Examples:

      reconcile serve

      reconcile serve --db postgresql://desk@db.example/reconcile --host 0.0.0.0
    """
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = read_settings(context, db=db, rules=tuple(rules or ()), **({"serve": given} if given else {}))
    from reconcile.web.serving import serve as serve_pages

    with suppress(KeyboardInterrupt):
        serve_pages(settings, typer.echo)
