"""The commands that print schedules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from reconcile.cli.options import command_group, read_settings

if TYPE_CHECKING:
    from reconcile.service.schedule import Installation

schedule_app = command_group("Print ready units that run a night every night, for this installation.")

AtOption = Annotated[str, typer.Option("--at", help="The time of day, in the time zone of [nightly].")]


@schedule_app.command("systemd")
def schedule_systemd(
    context: typer.Context,
    at: AtOption = "02:00",
    unit: Annotated[str, typer.Option("--unit", help="Only this one: service or timer.")] = "",
) -> None:
    """Print the service and the timer for systemd.

    Example:

      reconcile schedule systemd --unit service | sudo tee /etc/systemd/system/reconcile-nightly.service

      reconcile schedule systemd --unit timer | sudo tee /etc/systemd/system/reconcile-nightly.timer

      sudo systemctl enable --now reconcile-nightly.timer
    """
    from reconcile.errors import ReconcileError
    from reconcile.service.schedule import systemd_service, systemd_timer

    one = _installation(context, at)
    makers = {"service": systemd_service, "timer": systemd_timer}
    if unit and unit not in makers:
        raise ReconcileError(f"there is no unit {unit!r}", "use service or timer")
    for name, make in makers.items():
        if unit in ("", name):
            head = "" if unit else f"# /etc/systemd/system/reconcile-nightly.{name}\n"
            typer.echo(head + make(one))


@schedule_app.command("cron")
def schedule_cron(context: typer.Context, at: AtOption = "02:00") -> None:
    """Print the line for crontab.

    Example:

      (crontab -l; reconcile schedule cron) | crontab -
    """
    from reconcile.service.schedule import crontab

    typer.echo(crontab(_installation(context, at)), nl=False)


@schedule_app.command("kubernetes")
def schedule_kubernetes(
    context: typer.Context,
    at: AtOption = "02:00",
    image: Annotated[str, typer.Option("--image", help="The container image.")] = "reconcile:latest",
) -> None:
    """Print a CronJob for Kubernetes, with its volume.

    Example:

      reconcile schedule kubernetes --image registry.example/reconcile:0.1.0 > nightly.yaml
    """
    from reconcile.service.schedule import kubernetes

    typer.echo(kubernetes(_installation(context, at, image)), nl=False)


def _installation(context: typer.Context, at: str, image: str = "reconcile:latest") -> Installation:
    from reconcile.service.schedule import this_installation

    settings = read_settings(context)
    return this_installation(at=at, time_zone=settings.nightly.time_zone, image=image)
