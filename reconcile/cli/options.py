"""Options that several commands share, the exit codes, and how a command gets its settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from reconcile.config import Settings

DONE, FOUND, MISUSE, PARTIAL, HELD = 0, 1, 2, 3, 4

PathsArgument = Annotated[
    list[str],
    typer.Argument(
        help="Files and folders of .txt, .md, .html, .jsonl, .warc and feed files; web addresses of feeds and pages."
    ),
]
DbOption = Annotated[str | None, typer.Option("--db", help="SQLite file or PostgreSQL URL [default: reconcile.db].")]
RulesOption = Annotated[
    list[Path] | None, typer.Option("--rules", help="Folder of rules on top of the shipped ones; may be repeated.")
]
FormatOption = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        help="html, md, json, csv, xlsx, atom, annotations or claimreview; may be repeated [default: html, md, json].",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def command_group(help_text: str) -> typer.Typer:
    """An empty group of commands in this program's manner."""
    return typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=help_text)


def read_settings(context: typer.Context, **flags: object) -> Settings:
    """The settings with this command's flags on top; logging is set up by them."""
    from reconcile.config import load_settings
    from reconcile.log import set_up_logging

    settings = load_settings(log_json=context.obj or None, **flags)
    set_up_logging(as_json=settings.log_json)
    return settings
