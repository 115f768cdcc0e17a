"""What a night changed, for reading: its page (HTML, Markdown, JSON), and the index over all nights."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from reconcile.model import Problem
from reconcile.report.html import render_template
from reconcile.report.markdown import escape_markdown
from reconcile.visible import to_json

FORMAT, VERSION = "reconcile-night", 1

CHANGES = {
    "new": ("New", "not found by any night before"),
    "changed": ("Changed", "found before, with other values or another verdict"),
    "back": ("Back", "found before, gone since, and found again"),
    "gone": ("Gone", "no longer found: an outlet corrected itself, or more is known"),
}
"""The ways a finding changes from night to night, in the order in which an editor reads them, and what they mean."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A finding that changed: what it said ``before``, or says ``now``, "" where that does not differ."""

    change: str
    finding: str
    case: str
    verdict: str
    severity: str
    summary: str
    before: str
    now: str
    story: str
    sources: tuple[str, ...]
    link: str

    @property
    def grave(self) -> bool:
        """Whether it is a contradiction."""
        return self.verdict == "contradiction"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """What a source gave in a night, and what became of its pages."""

    source: str
    ok: bool
    new: int
    revised: int
    unchanged: int
    left: int
    problems: tuple[Problem, ...]
    fates: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """What an outlet gives otherwise than it did in the same article."""

    article: str
    source: str
    title: str
    url: str | None
    question: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NightPage:
    """A night as its page shows it; ``summary`` is what is stored of it, ``standing`` the older contradictions."""

    date: str
    since: str
    run: str
    started: str
    finished: str
    summary: Mapping[str, Any]
    changes: tuple[ChangeRow, ...]
    corrections: tuple[CorrectionRow, ...]
    sources: tuple[SourceRow, ...]
    standing: tuple[ChangeRow, ...]
    standing_count: int
    previous: str | None

    @property
    def headline(self) -> str:
        """The night in one sentence."""
        return headline(self.summary)

    def of(self, change: str, *, grave: bool) -> tuple[ChangeRow, ...]:
        """The changes of one kind: of contradictions, or of all other findings."""
        return tuple(row for row in self.changes if row.change == change and row.grave is grave)


def headline(summary: Mapping[str, Any]) -> str:
    """A night in one sentence, from what is stored of it."""
    if not summary:
        return "Not finished."
    if summary["nothing_new"]:
        quiet = summary["quiet"]["nights"]
        return "Nothing new." if quiet < 2 else f"Nothing new for {quiet} nights, since {summary['quiet']['since']}."
    found = summary["contradictions"]
    new, gone = found["new"] + found["changed"] + found["back"], found["gone"]
    taken = summary["articles"]["new"] + summary["articles"]["revised"] + summary["articles"]["described"]
    said = f"{new} new or changed contradiction{'' if new == 1 else 's'}" if new else "No new contradiction"
    return f"{said}, {gone} gone, from {taken} new or changed article{'' if taken == 1 else 's'}."


def render_night_json(page: NightPage) -> str:
    """The night for programs."""
    return to_json({"format": FORMAT, "version": VERSION, **asdict(page)}, indent=2) + "\n"


def render_night_html(page: NightPage) -> str:
    """The night for reading."""
    return render_template("night.html.j2", page=page, headings=CHANGES)


def render_index(nights: Sequence[Mapping[str, Any]]) -> str:
    """The index over the nights, the latest first: rows of date, headline, summary and whether it has a report."""
    return render_template("nights.html.j2", nights=nights)


def render_night_markdown(page: NightPage) -> str:
    """The night for pasting."""
    return "\n".join(_lines(page)) + "\n"


NIGHT_FILES: Mapping[str, Callable[[NightPage], str]] = {
    "night.html": render_night_html,
    "night.md": render_night_markdown,
    "night.json": render_night_json,
}


def _lines(page: NightPage) -> Iterator[str]:
    yield from (f"# Night of {page.date}", "", escape_markdown(page.headline), "")
    for fault in page.summary["faults"]:
        mark = "**Fault**" if fault["loud"] else "Note"
        yield from (f"{mark}: {escape_markdown(fault['sentence'])}.", "")
    for grave, title in ((True, "Contradictions"), (False, "Other findings")):
        for change, (name, meaning) in CHANGES.items():
            rows = page.of(change, grave=grave)
            if rows:
                yield from (f"## {title}: {name.lower()}", "", f"*{meaning}*", "")
                yield from (_row(row) for row in rows)
                yield ""
    if page.corrections:
        yield from ("## Corrected", "")
        for one in page.corrections:
            before, after = " / ".join(one.before), " / ".join(one.after)
            words = f"{one.source}, “{one.title}”: {one.question}: {before} → {after}"
            yield f"- {escape_markdown(words)}"
        yield ""
    yield from _source_lines(page.sources)
    if page.standing_count:
        yield from (f"## Still standing: {page.standing_count} contradictions of earlier nights", "")
        yield from (_row(row) for row in page.standing)


def _row(row: ChangeRow) -> str:
    more = f" (before: {row.before})" if row.before else f" (now: {row.now})" if row.now else ""
    return f"- [{escape_markdown(row.summary + more)}]({row.link}) — {escape_markdown(row.story)}"


def _source_lines(sources: Sequence[SourceRow]) -> Iterator[str]:
    if not sources:
        return
    yield from ("## Sources", "")
    for source in sources:
        state = "" if source.ok else "**could not be read**; "
        yield f"- {escape_markdown(source.source)}: {state}{source.new} new, {source.revised} revised"
        for problem in source.problems:
            yield f"  - {escape_markdown(f'{problem.where}: {problem.message} ({problem.cure})')}"
        for key, fate in source.fates:
            yield f"  - {escape_markdown(f'{fate}: {key}')}"
    yield ""
