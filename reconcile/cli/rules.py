"""The commands on rules: check, test, list and explain them; begin a new one; see what others would change."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reconcile.cli.console import plural
from reconcile.cli.options import DONE, FOUND, MISUSE, DbOption, JsonOption, RulesOption, command_group, read_settings
from reconcile.visible import to_json, visible

if TYPE_CHECKING:
    from reconcile.app.rule_diff import FindingChange, RuleDiff
    from reconcile.check.examples import ExampleResult
    from reconcile.check.schema import Rule
    from reconcile.model import Finding

rules_app = command_group("Check, test, list, explain and write rules.")


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
    """Run the examples of every rule; of each that fails, show what was expected, what came, and why.

    Example:

      reconcile rules test --rules my-rules
    """
    from reconcile.app.rules import test_rules

    results = test_rules(read_settings(context, rules=tuple(rules or ())).rules)
    failed = [result for result in results if not result.passed]
    if as_json:
        rows = [
            {"rule": r.rule, "example": r.title, "place": r.place, "expected": r.expected, "got": r.got, "why": r.trace}
            for r in failed
        ]
        typer.echo(to_json({"examples": len(results), "failed": rows}))
    else:
        for result in failed:
            typer.echo(visible("\n".join(_failed_lines(result))))
        typer.echo(f"{len(results)} examples, {len(failed)} failed")
    raise typer.Exit(FOUND if failed else DONE)


def _failed_lines(result: ExampleResult) -> Iterator[str]:
    yield f"{result.rule}: {result.title or 'an example'} ({result.place})"
    yield f"  - expected  {result.expected.value if result.expected else 'none'}"
    got = result.got.value if result.got else "none"
    yield f"  + got       {got}" + (f": {result.summary}" if result.summary else "")
    yield from (f"  ! {problem}" for problem in result.problems)
    yield from (f"    {line}" for line in result.trace)
    yield ""


@rules_app.command("list")
def rules_list(context: typer.Context, rules: RulesOption = None, as_json: JsonOption = False) -> None:
    """List the rules: id, whether it is on, pack, owner and title.

    Example:

      reconcile rules list
    """
    from reconcile.app.rules import rule_state, usable_pack

    pack = usable_pack(read_settings(context, rules=tuple(rules or ())).rules)
    if as_json:
        typer.echo(to_json([_rule_row(rule, rule_state(rule)) for rule in pack.rules]))
        return
    for rule in pack.rules:
        owner = rule.owner or "-"
        typer.echo(visible(f"{rule.id:<28} {rule_state(rule):<8} {rule.pack.name:<18} {owner:<16} {rule.title}"))


def _rule_row(rule: Rule, state: str) -> dict[str, str]:
    return {
        "id": rule.id,
        "title": rule.title,
        "about": rule.about,
        "state": state,
        "pack": rule.pack.name,
        "owner": rule.owner,
    }


@rules_app.command("explain")
def rules_explain(
    context: typer.Context,
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="The id of a rule.")],
    rules: RulesOption = None,
    db: DbOption = None,
) -> None:
    """Tell what a rule takes, compares and says, who answers for it, and how it fared in the last runs.

    Example:

      reconcile rules explain counts
    """
    from reconcile.app.rule_history import find_rule, how_it_fared, rule_lines
    from reconcile.app.rules import usable_pack

    settings = read_settings(context, rules=tuple(rules or ()), db=db)
    rule = find_rule(usable_pack(settings.rules), rule_id)
    fared = how_it_fared(rule.id, db=settings.db)
    typer.echo(visible("\n".join(rule_lines(rule, fared, settings.rules))))


@rules_app.command("new")
def rules_new(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="The new rule's id: small letters, digits, hyphens.")],
    family: Annotated[str, typer.Option("--family", help="same-slot or consistency.")] = "same-slot",
    kind: Annotated[str, typer.Option("--kind", help="Which kind of claim it takes, such as count or date.")] = "count",
    into: Annotated[Path | None, typer.Option("--into", help="Write ID.yaml into this folder of rules.")] = None,
) -> None:
    """Begin a rule: a commented file that checks out and whose examples pass, to print or to write into a folder.

    Example:

      reconcile rules new delegates-differ --kind count --into my-rules
    """
    from reconcile.app.rules import new_rule, write_new_rule

    if into is None:
        typer.echo(new_rule(rule_id, family, kind), nl=False)
        return
    file = write_new_rule(into, rule_id, family, kind)
    typer.echo(f"{file}: written")
    typer.echo(f"Change it, then: reconcile rules check --rules {into}; reconcile rules test --rules {into}")


@rules_app.command("diff")
def rules_diff(
    context: typer.Context,
    rules: RulesOption = None,
    db: DbOption = None,
    run: Annotated[str, typer.Option("--run", help="The run to judge again, by its id.")] = "",
    last: Annotated[int, typer.Option("--last", min=1, max=100, help="Judge so many of the latest runs again.")] = 1,
    as_json: JsonOption = False,
) -> None:
    """Judge the stored claims of the latest runs by these rules and show what would change; nothing is saved.

    Exit code 0: nothing would change; 1: something would.

    Example:

      reconcile rules diff --rules my-rules
    """
    from reconcile.app.rule_diff import diff_rules

    settings = read_settings(context, rules=tuple(rules or ()), db=db)
    found = diff_rules(settings.rules, db=settings.db, run=run, last=last)
    if as_json:
        typer.echo(to_json(_diff_row(found)))
    else:
        typer.echo(visible("\n".join(_diff_lines(found))))
    raise typer.Exit(FOUND if found.changes else DONE)


def _diff_lines(found: RuleDiff) -> Iterator[str]:
    for change in found.changes:
        yield from _change_lines(change)
    for problem in found.problems:
        yield f"! {problem.where}: {problem.message}"
    told = _count_changes(found.changes) or "nothing would change"
    runs = f"run {found.runs[0]}" if len(found.runs) == 1 else f"the last {len(found.runs)} runs"
    yield f"{runs}, {found.findings} {plural(found.findings, 'finding')}: {told}"


def _change_lines(change: FindingChange) -> Iterator[str]:
    before, after = change.before, change.after
    if before is not None:
        yield f"- {before.verdict.value} ({before.severity.value}, {before.rule}): {before.summary}"
    if after is not None:
        yield f"+ {after.verdict.value} ({after.severity.value}, {after.rule}): {after.summary}"
    yield ""


_TOLD = {
    "appears": "would appear",
    "verdict": "would change verdict",
    "vanishes": "would vanish",
    "severity": "would change severity",
    "rule": "would come from another rule with the same verdict",
}


def _count_changes(changes: Sequence[FindingChange]) -> str:
    counts = {what: sum(change.what == what for change in changes) for what in _TOLD}
    return ", ".join(f"{count} {_TOLD[what]}" for what, count in counts.items() if count)


def _diff_row(found: RuleDiff) -> dict[str, object]:
    return {
        "runs": found.runs,
        "findings": found.findings,
        "changes": [
            {
                "what": change.what,
                "before": _finding_row(change.before),
                "after": _finding_row(change.after),
                "claims": [claim.id for claim in change.finding.claims],
            }
            for change in found.changes
        ],
        "problems": [f"{problem.where}: {problem.message}" for problem in found.problems],
    }


def _finding_row(finding: Finding | None) -> dict[str, object] | None:
    if finding is None:
        return None
    return {
        "id": finding.id,
        "rule": finding.rule,
        "verdict": finding.verdict.value,
        "severity": finding.severity.value,
        "summary": finding.summary,
    }


@rules_app.command("schema")
def rules_schema() -> None:
    """Print the JSON Schema of rule files, by which an editor's program completes and checks them while you type.

    Example:

      reconcile rules schema > rules.schema.json
    """
    from reconcile.app.rules import language_schema

    typer.echo(json.dumps(language_schema(), indent=2))


@rules_app.command("docs")
def rules_docs(
    context: typer.Context,
    page: Annotated[Path | None, typer.Argument(metavar="FILE", help="A page whose made part is made anew.")] = None,
    rules: RulesOption = None,
) -> None:
    """Print the reference of the rules in force as Markdown, or make that part of a page anew.

    Example:

      reconcile rules docs docs/rules.md
    """
    from reconcile.app.rule_docs import rules_page, write_rules_page

    folders = read_settings(context, rules=tuple(rules or ())).rules
    if page is None:
        typer.echo(rules_page(folders), nl=False)
    else:
        changed = write_rules_page(folders, page)
        typer.echo(f"{page}: {'made anew' if changed else 'is as it should be'}")
