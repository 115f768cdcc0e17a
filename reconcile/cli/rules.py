"""The commands on rules: check, test and list them."""

from __future__ import annotations

import typer

from reconcile.cli.console import plural
from reconcile.cli.options import DONE, FOUND, MISUSE, JsonOption, RulesOption, command_group, read_settings
from reconcile.visible import to_json, visible

rules_app = command_group("Check, test and list the rules.")


@rules_app.command("check")
def rules_check(context: typer.Context, rules: RulesOption = None, as_json: JsonOption = False) -> None:
    """Check every rule file and report all faults at once.

    Example:

      reconcile rules check --rules my-rules
    """
    from reconcile.app.rules import check_rules

    settings = read_settings(context, rules=tuple(rules or ()))
    pack, faults = check_rules(settings.rules)
    if as_json:
        typer.echo(to_json({"rules": len(pack.rules), "faults": [str(fault) for fault in faults]}))
    else:
        for fault in faults:
            typer.echo(visible(str(fault)))
        typer.echo(f"{len(pack.rules)} rules, {len(faults)} {plural(len(faults), 'fault')}")
    raise typer.Exit(MISUSE if faults else DONE)


@rules_app.command("test")
def rules_test(context: typer.Context, rules: RulesOption = None, as_json: JsonOption = False) -> None:
    """Run the examples of every rule and show where expected and got differ.

    Example:

      reconcile rules test --rules my-rules
    """
    from reconcile.app.rules import test_rules

    results = test_rules(read_settings(context, rules=tuple(rules or ())).rules)
    failed = [result for result in results if not result.passed]
    if as_json:
        rows = [{"rule": r.rule, "example": r.title, "expected": r.expected, "got": r.got} for r in failed]
        typer.echo(to_json({"examples": len(results), "failed": rows}))
    else:
        for result in failed:
            typer.echo(f"{result.rule}: {result.title}: expected {result.expected}, got {result.got}")
        typer.echo(f"{len(results)} examples, {len(failed)} failed")
    raise typer.Exit(FOUND if failed else DONE)


@rules_app.command("list")
def rules_list(context: typer.Context, rules: RulesOption = None, as_json: JsonOption = False) -> None:
    """List the rules in use: id, title, and what they are about.

    Example:

      reconcile rules list
    """
    from reconcile.app.rules import usable_pack

    pack = usable_pack(read_settings(context, rules=tuple(rules or ())).rules)
    if as_json:
        typer.echo(to_json([{"id": r.id, "title": r.title, "about": r.about} for r in pack.rules]))
        return
    for rule in pack.rules:
        typer.echo(f"{rule.id:<28} {rule.title}")
