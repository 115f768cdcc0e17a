"""The words of a message: subject and text for people, a JSON object for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconcile.store.deliveries import Entry, Message
from reconcile.visible import shown, visible


def subject_of(message: Message) -> str:
    """One line that says what the message holds, without signs that could break a header."""
    found = sum(entry.kind == "contradiction" for entry in message.entries)
    faults = sum(entry.kind == "fault" for entry in message.entries)
    parts = []
    if found:
        parts.append(f"{found} new contradiction{'s' if found > 1 else ''}")
    if faults:
        parts.append(f"{faults} fault{'s' if faults > 1 else ''} of sources")
    return f"reconcile {message.date}: {', '.join(parts) or 'sources recovered'}"


def text_of(message: Message) -> str:
    """The whole message in plain text."""
    return visible("\n".join(_lines(message)) + "\n")


def row_of(message: Message) -> dict[str, Any]:
    """The whole message for programs."""
    return {
        "format": "reconcile-notice",
        "version": 1,
        "id": message.id,
        "date": message.date,
        "subject": subject_of(message),
        "entries": [
            {name: getattr(entry, name) for name in Entry.__dataclass_fields__ if getattr(entry, name)}
            for entry in message.entries
        ],
        "text": text_of(message),
    }


def _lines(message: Message) -> Iterator[str]:
    yield f"Night of {message.date}"
    for title, kind in (("New contradictions", "contradiction"), ("Faults", "fault"), ("Recovered", "recovered")):
        entries = [entry for entry in message.entries if entry.kind == kind]
        if entries:
            yield from ("", title, "-" * len(title))
            for entry in entries:
                yield from _entry(entry)
    yield from ("", "No verdict says who is right. Each entry is told once.")


def _entry(entry: Entry) -> Iterator[str]:
    level = f"[{entry.severity}] " if entry.severity else ""
    yield f"* {level}{shown(entry.summary, 1000)}"
    if entry.before:
        yield f"  before: {shown(entry.before, 1000)}"
    if entry.story:
        yield f"  story: {shown(entry.story)}"
    if entry.link:
        yield f"  {entry.link}"
