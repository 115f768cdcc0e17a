"""The commands on sources: which there are, what they would give, and fetching them now."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reconcile.cli.console import plural, print_problems, problem_row
from reconcile.cli.options import DONE, HELD, MISUSE, PARTIAL, DbOption, JsonOption, command_group, read_settings
from reconcile.visible import mask_address, to_json, visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from reconcile.app.intake import SourceCheck
    from reconcile.ingest.sources import Source
    from reconcile.store.nights import SourceNight

sources_app = command_group("See and try out the sources of reconcile.toml.")
_NONE = "reconcile.toml names no sources; see docs/sources.md"
Names = Annotated[list[str] | None, typer.Argument(help="Names of sources; all where none is given.")]


@sources_app.command("list")
def sources_list(context: typer.Context, as_json: JsonOption = False) -> None:
    """List the configured sources.

    Example:

      reconcile sources list
    """
    from reconcile.config import sources_of

    sources = sources_of(read_settings(context))
    if as_json:
        typer.echo(to_json([_source_row(source) for source in sources]))
        return
    for source in sources:
        outlet = source.publisher or "outlet as the articles say"
        family = f" ({source.family})" if source.family else ""
        rights = f"; {source.rights}" if source.rights else ""
        line = f"{source.name:<20} {source.type:<8} {mask_address(source.address)}  {outlet}{family}{rights}"
        typer.echo(visible(line))
    if not sources:
        typer.echo(_NONE)


@sources_app.command("check")
def sources_check(context: typer.Context, names: Names = None, as_json: JsonOption = False) -> None:
    """Fetch each source once and tell what it would give; nothing is stored.

    Example:

      reconcile sources check harbour-post
    """
    from reconcile.app.intake import check_source, choose_sources
    from reconcile.config import sources_of

    sources = choose_sources(sources_of(read_settings(context)), tuple(names or ()))
    checks = []
    for source in sources:
        checks.append(check_source(source, now=datetime.now(UTC)))
        if not as_json:
            _print_check(checks[-1])
    if as_json:
        typer.echo(to_json([_check_row(check) for check in checks]))
    elif not sources:
        typer.echo(_NONE)
    raise typer.Exit(DONE if all(check.ok for check in checks) else PARTIAL)


def ingest(context: typer.Context, names: Names = None, db: DbOption = None, as_json: JsonOption = False) -> None:
    """Fetch what the configured sources published into the database; the next nightly run reads it.

    Example:

      reconcile ingest
    """
    from reconcile.app.intake import choose_sources
    from reconcile.config import sources_of
    from reconcile.service.ingesting import ingest as fetch_all
    from reconcile.store.lease import LeaseHeldError

    settings = read_settings(context, db=db)
    sources = choose_sources(sources_of(settings), tuple(names or ()))
    if not sources:
        typer.echo(_NONE, err=True)
        raise typer.Exit(MISUSE)
    tell: Callable[[SourceNight], None] = (lambda gave: None) if as_json else _print_gave
    try:
        done = fetch_all(sources, db=settings.db, now=datetime.now(UTC), on_source=tell)
    except LeaseHeldError as held:
        typer.echo(visible(f"reconcile: {held}"), err=True)
        raise typer.Exit(HELD) from None
    problems = [problem for gave in done for problem in gave.problems]
    if as_json:
        typer.echo(to_json([_gave_row(gave) for gave in done]))
    else:
        print_problems(problems)
    raise typer.Exit(PARTIAL if any(problem.loss for problem in problems) else DONE)


def _source_row(source: Source) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(source, name) for name in source.__dataclass_fields__}
    return {**row, "address": mask_address(source.address), "allow_private": list(source.allow_private)}


def _print_check(check: SourceCheck) -> None:
    pages = f"{check.listed} {plural(check.listed, 'page')} listed" if check.source.remote else f"{check.listed} files"
    typer.echo(visible(f"{'ok ' if check.ok else 'BAD'}  {check.source.name}: {pages}"))
    for article in check.articles:
        date = article.published.iso if article.published else "undated"
        by = f", by {article.byline.text}" if article.byline else ""
        words = len(article.text.split())
        typer.echo(visible(f"       {date}  {article.source}: {article.title}{by} ({words} words, {article.language})"))
    if check.listed and not check.articles and not check.problems:
        typer.echo(f"       nothing of the last {check.source.days} days")
    print_problems(check.problems)


def _check_row(check: SourceCheck) -> dict[str, Any]:
    return {
        "name": check.source.name,
        "ok": check.ok,
        "listed": check.listed,
        "articles": [
            {
                "id": article.id,
                "source": article.source,
                "title": article.title,
                "url": article.url,
                "published": article.published.iso if article.published else None,
                "published_reason": (article.published.reason or None) if article.published else None,
                "byline": article.byline.text if article.byline else None,
                "byline_origin": article.byline.origin if article.byline else None,
                "credits": list(article.credits),
                "language": article.language,
                "words": len(article.text.split()),
            }
            for article in check.articles
        ],
        "problems": [problem_row(problem) for problem in check.problems],
    }


def _print_gave(gave: SourceNight) -> None:
    left = f", {gave.left} left for the next run" if gave.left else ""
    state = "ok " if gave.ok else "BAD"
    counts = f"{gave.listed} listed, {gave.new} new, {gave.revised} changed, {gave.unchanged} unchanged{left}"
    typer.echo(visible(f"{state}  {gave.source}: {counts}"))


def _gave_row(gave: SourceNight) -> dict[str, Any]:
    return {
        "source": gave.source,
        "ok": gave.ok,
        "listed": gave.listed,
        "new": gave.new,
        "revised": gave.revised,
        "unchanged": gave.unchanged,
        "left": gave.left,
        "fates": [{"page": mask_address(key), "fate": fate} for key, fate in gave.fates],
        "problems": [problem_row(problem) for problem in gave.problems],
    }
