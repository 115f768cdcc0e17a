"""The HTML page and the Markdown file: one content, safely shown."""

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reconcile.report.build import build_report
from reconcile.report.html import render_html
from reconcile.report.markdown import escape_markdown, render_markdown
from reconcile.report.view import ORDER, Report
from reconcile.visible import visible

HOSTILE = "<script>alert(1)</script> *b* [x](javascript:y) | `c` \u202egnp.exe \x1b[31m {{ 7*7 }} &lt;"


class Outline(HTMLParser):
    """Tags with their attributes, ids, and the page's words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self._quiet = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag."""
        self.tags.append((tag, dict(attrs)))
        self._quiet = tag == "style"

    def handle_data(self, data: str) -> None:
        """Keep the words but for the style sheet."""
        if not self._quiet:
            self.words += data + " "

    def handle_endtag(self, tag: str) -> None:
        """The style sheet ends."""
        self._quiet = False


def hostile_report(parts: dict[str, Any]) -> Report:
    """The report with hostile text in every field that comes from outside."""
    findings = tuple(
        replace(f, id=f'{f.id}"><b>', rule=HOSTILE, summary=HOSTILE, explanation=(HOSTILE,)) for f in parts["findings"]
    )
    facts = tuple(replace(f, label=HOSTILE) for f in parts["facts"])
    articles = tuple(
        replace(a, title=HOSTILE, source=HOSTILE + a.id, url="javascript:alert(1)") for a in parts["articles"]
    )
    stories = tuple(replace(s, title=HOSTILE) for s in parts["stories"])
    problems = tuple(replace(p, where=HOSTILE, message=HOSTILE, cure=HOSTILE) for p in parts["problems"])
    changed = {"findings": findings, "facts": facts, "articles": articles, "stories": stories, "problems": problems}
    return build_report(**{**parts, **changed})


def words_of(text: str) -> str:
    """The text with all white space as single spaces."""
    return " ".join(text.split())


# --- content ----------------------------------------------------------------------------------


def test_both_show_every_finding_with_its_evidence(report: Report) -> None:
    """Summary, source, date, value, quote, reasons, rule and numbers stand in the page and in the Markdown."""
    page = words_of(Outline(render_html(report)).words)
    markdown = words_of(
        re.sub(r"<[^>]+>", "", MarkdownIt("commonmark").enable("table").render(render_markdown(report)))
    )
    for story in report.stories:
        for group in story.groups:
            for view in group.findings[:1] if group.verdict.value != "single" else ():
                expected = [view.finding.summary, view.finding.rule, *view.finding.explanation, "Confidence 0.87"]
                for side in view.sides:
                    expected += [side.article.label, side.article.published.text]
                    expected += [words_of(claim.marked) for claim in side.claims]
                    expected += [claim.value for claim in side.claims if not claim.verbatim]
                for words in expected:
                    assert words_of(words) in page
                    assert words_of(words) in words_of(markdown.replace("&amp;", "&"))


@pytest.mark.parametrize("render", [render_html, render_markdown])
def test_verdicts_stand_in_reading_order(report: Report, render: Any) -> None:
    """Contradictions come first, single sources last."""
    text = render(report)
    headings = ["Contradictions", "Updates", "Attribution differences", "Undecided", "Differences of precision"]
    heading = r"<h3>{} <|### {} \("
    places = [re.search(heading.format(name, name), text) for name in [*headings, "Agreements", "One source only"]]
    starts = [place.start() for place in places if place]
    assert len(starts) == len(ORDER)
    assert starts == sorted(starts)


@pytest.mark.parametrize("render", [render_html, render_markdown])
def test_what_was_left_out_is_said(report: Report, render: Any) -> None:
    """Unread parts, facts of one source, problems with their cure, and notes are in both."""
    text = render(report)
    for words in ("share links", "1 fact is given by one article only", "in/old.txt", "To mend it: remove it", "Notes"):
        assert words in text


def test_the_value_is_marked_within_its_quote(report: Report) -> None:
    """The reader sees which words carry the value."""
    assert "All <mark>221</mark> people on board were brought ashore" in render_html(report)
    assert "All <mark>221</mark> people on board were brought ashore" in render_markdown(report)


def test_an_inferred_date_is_marked_with_its_reason(report: Report) -> None:
    """A date that no article states is never shown as if it were stated."""
    page = render_html(report)
    assert "inferred</span>: “Sunday at 19:40” and the port’s log fix the day" in page
    assert "12 May 2031, inferred: “Sunday at 19:40”" in render_markdown(report)


def test_the_table_has_a_column_an_article(report: Report) -> None:
    """Each fact of two articles or more is a row with each article's value."""
    assert "| people injured | 14 | 14 | 16 | Update |" in render_markdown(report)


def test_links_within_the_page_lead_somewhere(report: Report) -> None:
    """Every address within the page is that of exactly one element."""
    tags = Outline(render_html(report)).tags
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {a["href"][1:] for tag, a in tags if tag == "a" and a["href"] and a["href"].startswith("#")}
    assert targets <= set(ids)


def test_an_empty_run_gives_a_page(parts: dict[str, Any]) -> None:
    """A run that could read nothing still says so."""
    nothing = {"articles": (), "readings": (), "stories": (), "facts": (), "findings": ()}
    report = build_report(**{**parts, **nothing})
    for render in (render_html, render_markdown):
        assert "No article could be read" in render(report)
        assert "No contradiction in 0 articles" in render(report)


def test_an_article_alone_is_said_not_to_be_compared(parts: dict[str, Any]) -> None:
    """A story of one article, and an article in a language that is not read, are named as not compared."""
    from reconcile.model import Story

    articles = (parts["articles"][0], replace(parts["articles"][1], language="de"))
    readings = (parts["readings"][0], replace(parts["readings"][1], claims=()))
    alone = {"articles": articles, "readings": readings, "stories": (Story("s", ("post",)),)}
    report = build_report(**{**parts, **alone, "facts": (), "findings": ()})
    assert "No two articles are about the same event" in render_html(report)
    gaps = report.coverage.uncompared
    assert ("courier", "is in language “de”, which is not read", 0) in [
        (gap.article, gap.reason, gap.amount) for gap in report.coverage.unread
    ]
    assert [(gap.article, gap.reason) for gap in gaps] == [
        ("post", "no other article is about the same event"),
        ("courier", "it was not read"),
    ]


def test_an_article_that_broke_the_reader_is_said_to_be_unread(parts: dict[str, Any]) -> None:
    """A reading without an extractor is none."""
    readings = (replace(parts["readings"][0], extractor=""), *parts["readings"][1:])
    unread = build_report(**{**parts, "readings": readings}).coverage.unread
    assert [(gap.article, gap.reason) for gap in unread] == [("post", "could not be read")]


# --- safety -----------------------------------------------------------------------------------


def test_the_page_needs_nothing_else(report: Report) -> None:
    """No script, no style attribute, nothing fetched; the policy allows the one style sheet by its hash."""
    page = render_html(report)
    tags = Outline(page).tags
    assert not {"script", "link", "img", "iframe", "object", "base"} & {tag for tag, _ in tags}
    assert not [a for _, a in tags if "style" in a or any(name.startswith("on") for name in a)]
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    policy = next(a["content"] for tag, a in tags if a.get("http-equiv") == "Content-Security-Policy")
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy is not None
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "url(" not in style[1]


def test_hostile_text_stays_text_in_html(parts: dict[str, Any]) -> None:
    """No text from outside becomes a tag, a link, an attribute or a template; hidden signs are shown."""
    page = render_html(hostile_report(parts))
    outline = Outline(page)
    assert "script" not in {tag for tag, _ in outline.tags}
    assert not [a for tag, a in outline.tags if tag == "a" and not (a["href"] or "").startswith("#")]
    assert "<script>alert(1)</script> *b*" in outline.words
    assert "{{ 7*7 }}" in outline.words
    assert "⟨U+202E⟩" in outline.words
    assert not set("\u202e\x1b") & set(page)


def test_hostile_text_stays_text_in_markdown(parts: dict[str, Any]) -> None:
    """Rendered by a Markdown reader that allows HTML, the only tags are the report's own."""
    text = render_markdown(hostile_report(parts))
    assert not set("\u202e\x1b") & set(text)
    tags = Outline(MarkdownIt("commonmark").enable("table").render(text)).tags
    assert {"script", "b", "a", "em", "img"} & {tag for tag, _ in tags} == set()
    for line in text.splitlines():
        if line.startswith("| "):
            assert len(re.findall(r"(?<!\\)\|", line)) in {4, 6}


@given(text=st.text())
def test_escaped_markdown_reads_as_the_text(text: str) -> None:
    """Any text, escaped, is one paragraph of exactly its words, with no markup in it."""
    expected = words_of(visible(text))
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(escape_markdown(text))
    if not expected:
        assert tokens == []
        return
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    assert "".join(child.content for child in children) == expected


@given(text=st.text(alphabet=st.sampled_from("#-+=1.) >*_`~[]!<&\\|:/@wh \n")))
def test_escaped_markup_reads_as_the_text(text: str) -> None:
    """Texts made of nothing but markup signs are held too."""
    expected = words_of(text)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(escape_markdown(text))
    assert "".join(child.content for token in tokens for child in token.children or []) == expected


@given(text=st.text())
def test_visible_text_has_no_hidden_signs(text: str) -> None:
    """What is shown can be encoded and holds no control or direction characters."""
    shown = visible(text)
    assert shown.encode("utf-8") is not None
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", shown)
