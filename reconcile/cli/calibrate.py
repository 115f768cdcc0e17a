"""The command that fits the queue to what reviewers agreed with."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from reconcile.cli.options import DbOption, JsonOption, read_settings
from reconcile.visible import to_json


def calibrate(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")] = False,
    target: Annotated[
        float, typer.Option("--target", min=0.05, max=0.95, help="The share of agreement a finding must be worth.")
    ] = 0.5,
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """Have the queue begin where reviewers begin to agree, a family of kinds at a time.

    Examples:

      reconcile calibrate --dry-run

      reconcile calibrate --target 0.7
    """
    from reconcile.app.calibration import calibrate as fit

    found = fit(read_settings(context, db=db).db, datetime.now(UTC), dry_run=dry_run, target=target)
    if as_json:
        rows = [
            {
                "family": one.family,
                "judged": one.agreed.whole,
                "agreed": one.agreed.part,
                "before": found.before.get(one.family, 0.0),
                "threshold": one.threshold,
                "note": one.note,
            }
            for one in found.fits
        ]
        typer.echo(to_json({"families": rows, "hidden": found.hidden, "dry_run": dry_run}))
        return
    for one in found.fits:
        before = found.before.get(one.family, 0.0)
        if one.threshold is None:
            typer.echo(f"{one.family:<8} stays at {before:.2f}: {one.note}")
        else:
            typer.echo(
                f"{one.family:<8} {before:.2f} -> {one.threshold:.2f}: of {one.agreed.whole} judged, agreed with "
                f"{one.below.part} of {one.below.whole} below it and {one.above.part} of {one.above.whole} from it on"
            )
    if not found.fits:
        typer.echo("nothing was judged yet")
    would = "would be" if dry_run else "are"
    typer.echo(f"{found.hidden} open findings below their threshold {would} off the queue; `view=all` shows them")
