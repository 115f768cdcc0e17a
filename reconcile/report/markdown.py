"""The report as Markdown with the content of the HTML page, every text from outside escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reconcile.model import Problem, Verdict
from reconcile.report import phrases
from reconcile.report.view import (
    HEADINGS,
    MEANINGS,
    ClaimView,
    Coverage,
    Dateline,
    FindingView,
    Report,
    StoryView,
    VerdictGroup,
)
from reconcile.visible import visible

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&]|^[#+=-]|^\d{1,9}(?=[.)])")
_ENTITY = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_AUTOLINK = re.compile(r"(?i)\b(https?|ftp)://|\bwww\.|@(?=[\w-]+\b)")


def escape_markdown(text: str) -> str:
    """The text on one line, so that no Markdown reader takes any of it for markup, a link or a mention."""
    line = " ".join(visible(text).split())
    return _AUTOLINK.sub(_break_link, _SPECIAL.sub(_escape, line))


def _escape(match: re.Match[str]) -> str:
    sign = match[0]
    if sign.isdigit():
        return sign + "\\"
    return _ENTITY.get(sign, "\\" + sign)


def _break_link(match: re.Match[str]) -> str:
    """Escape the sign by which a reader would recognise a bare address or a mention."""
    return match[0].replace(":", "\\:").replace(".", "\\.").replace("@", "\\@")


def render_markdown(report: Report) -> str:
    """The report as Markdown text."""
    lines = [*_head(report)]
    for story in report.comparable:
        lines += _story(story)
    if not report.comparable:
        lines += [phrases.nothing_line(report), ""]
    lines += _coverage(report.coverage)
    lines += ["---", "", phrases.NO_JUDGE, "", escape_markdown(phrases.run_line(report.run))]
    return "\n".join(lines) + "\n"


def _head(report: Report) -> Iterator[str]:
    yield from (f"# {phrases.TITLE}", "", f"**{phrases.headline(report)}**", "")
    if report.scope:
        yield from (escape_markdown(phrases.scope_line(report)), "")
    yield from ("| Verdict | Findings | Meaning |", "|---|---:|---|")
    for verdict, number in report.counts:
        yield f"| {HEADINGS[verdict][0]} | {number:,} | {MEANINGS[verdict]} |"
    yield from ("", f"{phrases.NO_JUDGE} {phrases.INDEPENDENT} {phrases.INFERRED}", "")


# --- stories ----------------------------------------------------------------------------------


def _story(story: StoryView) -> Iterator[str]:
    yield from (f"## {escape_markdown(story.title)}", "", f"{phrases.story_line(story)}", "")
    for article in story.articles:
        title = escape_markdown(article.title)
        linked = f"[{title}]({_address(article.url)})" if article.url else title
        reason = f": {escape_markdown(article.published.reason)}" if _reasoned(article.published) else ""
        yield f"- **{escape_markdown(article.label)}**: {linked}, {_dateline(article.published)}{reason}"
    yield ""
    if not story.groups:
        yield from ("Nothing in this story could be compared.", "")
    for group in story.groups:
        yield from _group(group)
    if story.rows:
        yield from _table(story)
    if story.tolls:
        yield from ("### Numbers that moved", "")
        yield from (f"- {escape_markdown(phrases.toll_line(toll))}" for toll in story.tolls)
        yield ""


def _group(group: VerdictGroup) -> Iterator[str]:
    yield from (f"### {HEADINGS[group.verdict][0]} ({len(group.findings)})", "", MEANINGS[group.verdict], "")
    if group.verdict is Verdict.SINGLE:
        yield from _singles(group)
        return
    for view in group.findings:
        yield from _finding(view)


def _singles(group: VerdictGroup) -> Iterator[str]:
    """Claims of one source, folded away where the reader's program can."""
    yield from (f"<details><summary>{phrases.count_words(group.verdict, len(group.findings))}</summary>", "")
    for view in group.findings:
        for side in view.sides:
            for claim in side.claims:
                label, source = escape_markdown(view.label), escape_markdown(side.article.label)
                yield f"- **{label}**. {source}: {escape_markdown(claim.value)}"
                yield f"  > {_quote(claim)}"
    yield from ("", "</details>", "")


def _finding(view: FindingView) -> Iterator[str]:
    finding = view.finding
    severity = f" · {finding.severity.value} severity" if finding.severity.value != "info" else ""
    yield from (f"#### {escape_markdown(finding.summary)}", "")
    yield from (f"{phrases.verdict_name(finding.verdict)} · {escape_markdown(view.label)}{severity}", "")
    for side in view.sides:
        for claim in side.claims:
            said = phrases.said_line(claim.claim)
            value = "" if claim.verbatim else f": **{escape_markdown(claim.value)}**"
            yield (
                f"- **{escape_markdown(side.article.label)}** ({_dateline(side.article.published)}){value}"
                f"{f' ({escape_markdown(said)})' if said else ''}"
            )
            yield f"  > {_quote(claim)}"
    yield ""
    for sentence in finding.explanation:
        yield f"- {escape_markdown(sentence)}"
    if finding.explanation:
        yield ""
    if view.decision:
        yield from (f"**Decided:** {escape_markdown(phrases.decision_line(view.decision))}", "")
    yield f"{phrases.evidence_line(finding)} · Rule {_code(finding.rule)} · Finding {_code(finding.id)}"
    yield ""


def _table(story: StoryView) -> Iterator[str]:
    yield from ("### Sources and facts", "")
    yield "What each article says of each fact that two or more of them speak of. A dash: it does not say."
    yield ""
    yield _row(["Fact", *(article.label for article in story.articles), "Verdict"])
    yield "|---" * (len(story.articles) + 2) + "|"
    for row in story.rows:
        yield _row([row.label, *("; ".join(cell) or "–" for cell in row.cells), phrases.verdict_name(row.verdict)])
    yield ""


# --- what was left out ------------------------------------------------------------------------


def _coverage(coverage: Coverage) -> Iterator[str]:
    yield from ("## What was not read or not compared", "", "### Not read", "")
    if coverage.unread:
        yield from (_row(["Article", "Left out", "Characters"]), "|---|---|---:|")
        for gap in coverage.unread:
            yield _row([gap.label, gap.reason, f"{gap.amount:,}" if gap.amount else "all"])
    else:
        yield "Every article was read from its first word to its last."
    yield from ("", "### Not compared", "", f"- {phrases.one_source_line(coverage.one_source_facts)}")
    for gap in coverage.uncompared:
        yield f"- **{escape_markdown(gap.label)}**: {escape_markdown(gap.reason)}"
    yield ""
    yield from _problems("Problems", coverage.problems, "To mend it: ")
    yield from _problems("Notes", coverage.notes, "")


def _problems(heading: str, problems: Iterable[Problem], lead: str) -> Iterator[str]:
    listed = list(problems)
    if not listed:
        return
    yield from (f"### {heading}", "")
    for problem in listed:
        cure = f" {lead}{escape_markdown(problem.cure)}." if problem.cure else ""
        yield f"- {_code(problem.where)} {escape_markdown(problem.message)}{cure}"
    yield ""


# --- parts ------------------------------------------------------------------------------------


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(escape_markdown(cell) for cell in cells) + " |"


def _dateline(published: Dateline) -> str:
    return escape_markdown(published.text) + (", inferred" if published.inferred else "")


def _reasoned(published: Dateline) -> bool:
    return published.inferred and bool(published.reason)


def _quote(claim: ClaimView) -> str:
    """The quote with its value marked by a tag: stars beside punctuation or spaces would not be read as bold."""
    before, after = escape_markdown(claim.before), escape_markdown(claim.after)
    gap_before = " " if claim.before[-1:].isspace() and before else ""
    gap_after = " " if claim.after[:1].isspace() and after else ""
    return f"{before}{gap_before}<mark>{escape_markdown(claim.marked)}</mark>{gap_after}{after}"


def _code(text: str) -> str:
    """Words as they are typed; a back quote within would end them, so it is replaced."""
    return "`" + " ".join(visible(text).replace("`", "'").replace("|", "¦").split()) + "`"


def _address(url: str | None) -> str:
    """A link's target: what could end it early is percent-encoded."""
    return re.sub(r"[\s()<>\\\[\]|`*_]", lambda match: f"%{ord(match[0]):02X}", visible(url or ""))
