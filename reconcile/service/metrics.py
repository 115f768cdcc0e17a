"""Figures for Prometheus, read from what is stored: as text, as a file for the textfile collector, or over HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIServer

from prometheus_client import CollectorRegistry, generate_latest, start_http_server
from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.registry import Collector

from reconcile import __version__
from reconcile.config import Settings, sources_of
from reconcile.errors import ReconcileError
from reconcile.report.write import write_whole
from reconcile.service.lease import NAME
from reconcile.store.nights import Night
from reconcile.store.store import Store, open_store

FATES = ("pending", "sending", "sent", "given_up", "uncertain")
_RECENT = 30


class NightCollector(Collector):
    """Reads the figures whenever it is asked; of a database that cannot be read it tells ``reconcile_up`` as 0 only."""

    def __init__(self, settings: Settings) -> None:
        """``settings`` name the database and the sources."""
        self._settings = settings

    def collect(self) -> Iterable[Gauge]:
        """All figures of this moment."""
        info = Gauge("reconcile_build_info", "The version at work.", labels=["version"])
        info.add_metric([__version__], 1)
        try:
            with open_store(self._settings.db, upgrade=False) as store:
                figures = list(_figures(store, [source.name for source in sources_of(self._settings)]))
        except ReconcileError:
            return [info, Gauge("reconcile_up", "Whether the database can be read.", value=0)]
        return [info, Gauge("reconcile_up", "Whether the database can be read.", value=1), *figures]


def _figures(store: Store, sources: Iterable[str]) -> Iterator[Gauge]:
    nights = store.nights
    recent = nights.list_nights(_RECENT)
    last = next((night for night in recent if night.done), None)
    if last is not None:
        yield from _night_figures(store, last)
    unfinished = sum(not night.done for night in recent)
    yield Gauge("reconcile_nights_unfinished", "Nights that were begun and not finished.", value=unfinished)
    busy = nights.current_lease(NAME)
    yield Gauge("reconcile_at_work", "Whether a run holds the lease.", value=float(busy is not None))
    yield Gauge("reconcile_articles_waiting", "Articles that wait for the next night.", value=nights.count_waiting())
    yield from _source_figures(store, sources)
    sent = Gauge("reconcile_messages", "Messages by what became of them.", labels=["status"])
    counted = nights.count_deliveries()
    for fate in FATES:
        sent.add_metric([fate], counted.get(fate, 0))
    yield sent


def _night_figures(store: Store, last: Night) -> Iterator[Gauge]:
    said: Any = last.summary
    finished = last.finished.timestamp() if last.finished else 0.0
    yield Gauge("reconcile_last_night_timestamp_seconds", "When the last night was finished.", value=finished)
    seconds = finished - last.started.timestamp()
    yield Gauge("reconcile_last_night_duration_seconds", "How long the last night took.", value=seconds)
    for name, key, help_ in (
        ("articles", "articles", "Articles of the last night by status."),
        ("findings", "findings", "Findings that the last night changed, by change."),
        ("contradictions", "contradictions", "Contradictions that the last night changed, by change."),
    ):
        gauge = Gauge(f"reconcile_last_night_{name}", help_, labels=["status" if key == "articles" else "change"])
        for label, count in said[key].items():
            gauge.add_metric([label], count)
        yield gauge
    loud = sum(fault["loud"] for fault in said["faults"])
    yield Gauge("reconcile_faults", "Faults of sources that are told to people.", value=loud)
    problems = store.find_run(last.run_id).problems
    losses = sum(problem.loss for problem in problems)
    yield Gauge("reconcile_last_night_losses", "What the last night could not read or compare.", value=losses)
    quiet = said["quiet"]["nights"] if said["quiet"] else 0
    yield Gauge("reconcile_quiet_nights", "Nights in a row without anything new.", value=quiet)


def _source_figures(store: Store, sources: Iterable[str]) -> Iterator[Gauge]:
    up = Gauge("reconcile_source_up", "Whether a source could be read when it was last asked.", labels=["source"])
    failed = Gauge("reconcile_source_failed_nights", "Nights in a row in which it could not be.", labels=["source"])
    quiet = Gauge("reconcile_source_quiet_nights", "Nights in a row without anything new of it.", labels=["source"])
    for name, health in sorted(store.nights.source_health(sources).items()):
        up.add_metric([name], float(health.failed_since is None))
        failed.add_metric([name], health.failed_nights)
        quiet.add_metric([name], health.quiet_nights)
    yield from (up, failed, quiet)


def metrics_text(settings: Settings) -> bytes:
    """The figures in Prometheus' text format."""
    registry = CollectorRegistry()
    registry.register(NightCollector(settings))
    return generate_latest(registry)


def write_metrics(settings: Settings) -> None:
    """Write the file for the textfile collector, where one is set, whole or not at all; raises ReconcileError."""
    if settings.nightly.metrics_file:
        file = Path(settings.nightly.metrics_file)
        try:
            write_whole(file, metrics_text(settings))
        except OSError as error:
            raise ReconcileError(f"cannot write {file}: {error.strerror}", "check nightly.metrics_file") from None


def serve_metrics(settings: Settings, host: str, port: int) -> tuple[WSGIServer, Thread]:
    """Serve the figures over HTTP until the server is shut down; raises ReconcileError where the port is taken."""
    registry = CollectorRegistry()
    registry.register(NightCollector(settings))
    try:
        return start_http_server(port, addr=host, registry=registry)
    except OSError as error:
        raise ReconcileError(f"cannot listen at {host}:{port}: {error.strerror}", "choose another port") from None
