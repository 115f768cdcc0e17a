"""What each recipient is told of a night: new contradictions that pass its filters, faults of sources; each once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reconcile.app.night.report import change_rows
from reconcile.app.runs import SEVERITIES
from reconcile.config.nightly import RecipientSettings
from reconcile.model import Severity, Verdict
from reconcile.report.night import ChangeRow
from reconcile.report.night_feed import link_to
from reconcile.store.deliveries import Entry, Message
from reconcile.store.night_findings import ChangedFinding
from reconcile.store.night_store import NightStore
from reconcile.store.nights import Night


def messages_of(
    nights: NightStore,
    night: Night,
    summary: Mapping[str, Any],
    changes: Sequence[ChangedFinding],
    recipients: Sequence[RecipientSettings],
    address: str,
) -> tuple[Message, ...]:
    """The messages that tell of a night, one a recipient at most."""
    before = next(iter(nights.list_nights(1, before=night.date)), None)
    messages = (_message(nights, night, summary, before, changes, one, address) for one in recipients)
    return tuple(message for message in messages if message.entries)


def _message(
    nights: NightStore,
    night: Night,
    summary: Mapping[str, Any],
    before: Night | None,
    changes: Sequence[ChangedFinding],
    recipient: RecipientSettings,
    address: str,
) -> Message:
    grave = [item for item in changes if item.finding.verdict is Verdict.CONTRADICTION and item.change != "gone"]
    wanted = [item for item in grave if _wants(recipient, item)]
    entries = [
        _contradiction(row, night.date, address) for row in sorted(change_rows(wanted), key=lambda row: _gravity(row))
    ]
    if recipient.faults:
        entries += _faults(summary, before)
    things = {entry.what for entry in entries} | {entry.what.removeprefix("recovered ") for entry in entries}
    told = nights.told_of(recipient.name, things)
    fresh = tuple(entry for entry in entries if entry.what not in told and _is_news(entry, told))
    id_ = hashlib.blake2b(f"{night.date}\x1f{recipient.name}".encode(), digest_size=16).hexdigest()
    return Message(id_, night.date, recipient.name, fresh)


def _is_news(entry: Entry, told: frozenset[str]) -> bool:
    """A source's recovery is news to those only who were told that it failed."""
    return entry.kind != "recovered" or entry.what.removeprefix("recovered ") in told


def _wants(recipient: RecipientSettings, item: ChangedFinding) -> bool:
    finding = item.finding
    if SEVERITIES.index(finding.severity) < SEVERITIES.index(recipient.severity):
        return False
    if recipient.kinds and finding.kind not in recipient.kinds:
        return False
    if recipient.sources and not {s.casefold() for s in recipient.sources} & {s.casefold() for s in item.now.sources}:
        return False
    said = f"{finding.summary} {item.now.story}".casefold()
    return not recipient.words or any(word.casefold() in said for word in recipient.words)


def _gravity(row: ChangeRow) -> tuple[object, ...]:
    return -SEVERITIES.index(Severity(row.severity)), row.story, row.summary, row.case


def _contradiction(row: ChangeRow, date: str, address: str) -> Entry:
    return Entry(
        what=f"case {row.case}",
        kind="contradiction",
        summary=row.summary,
        severity=row.severity,
        change=row.change,
        before=row.before,
        story=row.story,
        sources=row.sources,
        link=link_to(address, date, row) if address else "",
    )


def _faults(summary: Mapping[str, Any], before: Night | None) -> Iterator[Entry]:
    """The loud faults of the night, and those of the night before that are over, told to those who heard of them."""
    loud = {fault["key"]: fault for fault in summary["faults"] if fault["loud"]}
    for key, fault in loud.items():
        yield Entry(key, "fault", fault["sentence"])
    still = {(fault["source"], fault["what"]) for fault in summary["faults"]}
    for fault in before.summary.get("faults", ()) if before else ():
        if (fault["source"], fault["what"]) not in still:
            who = f"source {fault['source']!r}" if fault["source"] else "the sources"
            words = "can be read again" if fault["what"] == "failed" else "gave something new again"
            if fault["what"] == "quiet" and _fails(summary, fault["source"]):
                continue  # it only passed from silence to failing
            yield Entry(f"recovered {fault['key']}", "recovered", f"{who} {words}, after {fault['nights']} nights")


def _fails(summary: Mapping[str, Any], source: str) -> bool:
    return any(fault["what"] == "failed" and fault["source"] == source for fault in summary["faults"])
