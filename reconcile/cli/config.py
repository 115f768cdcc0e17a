"""The commands on the configuration: is it sound, and what is in force?"""

from __future__ import annotations

import typer

from reconcile.cli.options import DONE, MISUSE, DbOption, JsonOption, RulesOption, command_group
from reconcile.visible import to_json, visible

config_app = command_group("Check and show the configuration.")


@config_app.command("check")
def config_check(as_json: JsonOption = False) -> None:
    """Name every fault of reconcile.toml and of the environment at once.

    Example:

      reconcile config check
    """
    from reconcile.config import CONFIG_FILE, check_settings

    settings, faults = check_settings()
    if as_json:
        typer.echo(to_json([{"place": f.place, "message": f.message, "cure": f.cure} for f in faults]))
    else:
        for fault in faults:
            typer.echo(visible(f"{fault.place}: {fault.message} -> {fault.cure}"))
        if settings is not None and not faults:
            typer.echo(f"{CONFIG_FILE} and the environment are sound; {len(settings.sources)} source(s)")
    raise typer.Exit(MISUSE if faults else DONE)


@config_app.command("show")
def config_show(db: DbOption = None, rules: RulesOption = None, as_json: JsonOption = False) -> None:
    """Show every setting in force and where it comes from; passwords and tokens are hidden.

    Example:

      reconcile config show --json
    """
    from reconcile.config import load_settings
    from reconcile.config.describe import describe

    flags = {"db": db, "rules": tuple(rules or ())}
    settings = describe(load_settings(**flags), **flags)
    if as_json:
        typer.echo(to_json([{"key": s.key, "value": s.value, "origin": s.origin} for s in settings]))
    else:
        for setting in settings:
            typer.echo(visible(f"{setting.key} = {to_json(setting.value)}  ({setting.origin})"))
