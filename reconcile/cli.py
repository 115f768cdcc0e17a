"""The command line: parse, call one function of the app, print. Nothing heavy is imported before it is needed."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from reconcile import __version__
from reconcile.console import plural, print_problems, print_run, show_progress, summary_row
from reconcile.errors import ReconcileError
from reconcile.visible import to_json, visible

if TYPE_CHECKING:
    from reconcile.config import Settings
    from reconcile.model import Problem

DONE, FOUND, MISUSE, PARTIAL = 0, 1, 2, 3

app = typer.Typer(
    name="reconcile",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Read news from several outlets and report where they agree and where they differ.\n\n"
    "Start with:  reconcile run FOLDER --out reports/today\n\n"
    "Exit codes: 0 done; 1 done, and a contradiction at or above --fail-on was found; "
    "2 wrong use or bad configuration; 3 done in part, some inputs could not be read.",
)
rules_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Check, test and list the rules.")
db_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Make, migrate and inspect the database.")
app.add_typer(rules_app, name="rules")
app.add_typer(db_app, name="db")

PathsArgument = Annotated[list[Path], typer.Argument(help="Files and folders of .txt, .md, .html and .jsonl articles.")]
DbOption = Annotated[str | None, typer.Option("--db", help="SQLite file or PostgreSQL URL [default: reconcile.db].")]
RulesOption = Annotated[
    list[Path] | None, typer.Option("--rules", help="Folder of rules on top of the shipped ones; may be repeated.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def main() -> None:
    """Run the command line; expected errors become one line on standard error and exit code 2."""
    try:
        app()
    except ReconcileError as error:
        typer.echo(visible(f"reconcile: {error}"), err=True)
        sys.exit(MISUSE)
    except SystemExit as leaving:
        # The reader of a pipe has seen enough. Typer gives that the code 1, which here means a contradiction.
        if isinstance(leaving.__context__, BrokenPipeError):
            sys.exit(DONE)
        raise


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"reconcile {__version__}")
        raise typer.Exit


@app.callback()
def common(
    context: typer.Context,
    log_json: Annotated[bool, typer.Option("--log-json", help="Log JSON lines to standard error.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options of every command."""
    context.obj = log_json


def _settings(context: typer.Context, **flags: object) -> Settings:
    """The settings with this command's flags on top; logging is set up by them."""
    from reconcile.config import load_settings
    from reconcile.log import set_up_logging

    settings = load_settings(log_json=context.obj or None, **flags)
    set_up_logging(as_json=settings.log_json)
    return settings


@app.command()
def run(
    context: typer.Context,
    paths: PathsArgument,
    out: Annotated[Path, typer.Option("--out", help="Folder for report.html, report.md and report.json.")] = Path(
        "reports/latest"
    ),
    db: DbOption = None,
    rules: RulesOption = None,
    fail_on: Annotated[
        str | None,
        typer.Option("--fail-on", help="Exit with 1 on a contradiction at or above info, low, medium or high."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Reconcile articles: read, match, check, store, and write the report.

    Examples:

      reconcile run seeds --out reports/seeds

      reconcile run today/*.html wire.jsonl --fail-on high --json
    """
    from reconcile.app import runs
    from reconcile.model import Severity

    settings = _settings(context, db=db, rules=tuple(rules or ()))
    try:
        level = Severity(fail_on) if fail_on else None
    except ValueError:
        raise ReconcileError(f"--fail-on {fail_on!r} is no severity", "use info, low, medium or high") from None
    with show_progress(quiet=as_json) as progress:
        result = runs.run(
            paths, out=out, db=settings.db, rules=settings.rules, now=datetime.now(UTC), progress=progress
        )
    alarms = result.alarms(level) if level else ()
    if as_json:
        typer.echo(to_json(summary_row(result)))
    else:
        print_run(result)
    raise typer.Exit(PARTIAL if result.losses else FOUND if alarms else DONE)


def _finish(rows: Iterable[dict[str, Any]], problems: Iterable[Problem]) -> NoReturn:
    """Print a JSON line a row, then the problems; exit 3 where something was lost."""
    for row in rows:
        typer.echo(to_json(row))
    problems = tuple(problems)
    print_problems(problems)
    raise typer.Exit(PARTIAL if any(problem.loss for problem in problems) else DONE)


@app.command()
def extract(context: typer.Context, paths: PathsArgument) -> None:
    """Print what each article tells, a JSON line an article: times, quantities, attributions, claims.

    Example:

      reconcile extract articles.jsonl > extracted.jsonl
    """
    from reconcile.app.reading import extract as extract_rows

    _settings(context)
    found = extract_rows(paths)
    _finish(found.rows, found.problems)


@app.command()
def stories(context: typer.Context, paths: PathsArgument) -> None:
    """Group articles into stories, a JSON line an article: {"id", "story"}.

    Example:

      reconcile stories intake.jsonl
    """
    from reconcile.app.reading import stories as story_rows

    _settings(context)
    found = story_rows(paths)
    _finish(found.rows, found.problems)


@app.command()
def compare(
    context: typer.Context,
    kind: Annotated[str | None, typer.Argument(help="person, organisation, date, count, role, location, …")] = None,
    left: Annotated[str | None, typer.Argument(help="One value, as an article would say it.")] = None,
    right: Annotated[str | None, typer.Argument(help="The other value.")] = None,
    pairs: Annotated[Path | None, typer.Option("--pairs", help="A .jsonl file with kind, left, right a line.")] = None,
) -> None:
    """Compare two values, or every pair of a file; prints a JSON line a pair with same, score and why.

    Examples:

      reconcile compare person "Volodymyr Zelenskyy" "Vladimir Zelensky"

      reconcile compare count "at least 20 people" "23 people"

      reconcile compare --pairs pairs.jsonl
    """
    from reconcile.app.reading import compare as compare_two
    from reconcile.app.reading import compare_pairs

    _settings(context)
    if pairs is not None:
        _finish(compare_pairs(pairs), ())
    if kind is None or left is None or right is None:
        raise ReconcileError("compare needs KIND LEFT RIGHT, or --pairs FILE", "see reconcile compare --help")
    _finish([compare_two(kind, left, right)], ())


@app.command()
def explain(
    context: typer.Context,
    finding: Annotated[str, typer.Argument(help="A finding's id from a report, or its beginning.")],
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell why a finding was made: the words, how the claims were paired, the rule, and its reasons.

    Example:

      reconcile explain 3f9a1c
    """
    from reconcile.app.explaining import explanation_lines, explanation_row
    from reconcile.app.rules import usable_pack
    from reconcile.app.runs import explain as find

    settings = _settings(context, db=db)
    stored = find(finding, db=settings.db)
    if as_json:
        typer.echo(to_json(explanation_row(stored)))
    else:
        typer.echo(visible("\n".join(explanation_lines(stored, usable_pack(settings.rules)))))


@rules_app.command("check")
def rules_check(context: typer.Context, rules: RulesOption = None, as_json: JsonOption = False) -> None:
    """Check every rule file and report all faults at once.

    Example:

      reconcile rules check --rules my-rules
    """
    from reconcile.app.rules import check_rules

    settings = _settings(context, rules=tuple(rules or ()))
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

    results = test_rules(_settings(context, rules=tuple(rules or ())).rules)
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

    pack = usable_pack(_settings(context, rules=tuple(rules or ())).rules)
    if as_json:
        typer.echo(to_json([{"id": r.id, "title": r.title, "about": r.about} for r in pack.rules]))
        return
    for rule in pack.rules:
        typer.echo(f"{rule.id:<28} {rule.title}")


@db_app.command("upgrade")
def db_upgrade(context: typer.Context, db: DbOption = None) -> None:
    """Make the database, or bring it up to date; nothing is lost.

    Example:

      reconcile db upgrade --db newsroom.db
    """
    from reconcile.app.database import upgrade_database

    before = upgrade_database(_settings(context, db=db).db)
    done = f"{len(before.pending)} migration(s) applied" if before.pending else "nothing to do"
    typer.echo(f"{before.location}: {done}, now at {before.head}")


@db_app.command("status")
def db_status(context: typer.Context, db: DbOption = None, as_json: JsonOption = False) -> None:
    """Tell which revision the database is at and what is pending.

    Example:

      reconcile db status
    """
    from reconcile.app.database import database_status

    found = database_status(_settings(context, db=db).db)
    if as_json:
        row = {"database": found.location, "current": found.current, "head": found.head, "pending": found.pending}
        typer.echo(to_json(row))
    else:
        at, pending = found.current or "nothing yet", len(found.pending)
        typer.echo(f"{found.location}: at {at}, head {found.head}, {pending} pending")


@app.command()
def doctor(context: typer.Context, db: DbOption = None, rules: RulesOption = None, as_json: JsonOption = False) -> None:
    """Check this installation: Python, the model and its hash, a trial reading, the rules, the database.

    Example:

      reconcile doctor
    """
    from reconcile.app.doctor import examine

    settings = _settings(context, db=db, rules=tuple(rules or ()))
    checks = examine(db=settings.db, rules=settings.rules)
    if as_json:
        typer.echo(to_json([{"name": c.name, "ok": c.ok, "seen": c.seen, "cure": c.cure} for c in checks]))
    else:
        for check in checks:
            cure = f" -> {check.cure}" if check.cure else ""
            typer.echo(f"{'ok ' if check.ok else 'BAD'}  {check.name:<10} {check.seen}{cure}")
    raise typer.Exit(DONE if all(check.ok for check in checks) else MISUSE)


if __name__ == "__main__":
    main()
