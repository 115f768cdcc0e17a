"""Files of one article: plain text, Markdown with optional front matter, and HTML pages."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from reconcile.ingest.limits import PAGE_TAGS
from reconcile.ingest.markdown_text import strip_markup
from reconcile.ingest.metadata import Metadata, read_metadata
from reconcile.ingest.yaml_fields import BadYamlError, compose_mapping, fields_of
from reconcile.model import Byline, Problem

_FENCE = re.compile(r"---[ \t]*\n(?P<yaml>.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_SENTENCE_LINE = re.compile(r"^.*[.!?…][\"'”’)\]]{0,3}[ \t]*$", re.MULTILINE)
_FEWEST_WORDS = 15
_BREAK = re.compile(r"<br\s{0,20}/?>", re.IGNORECASE)
_MOST_BREAKS = 2_000
"""The time that the extraction takes grows with the square of the line breaks in a page."""
# htmldate is told to trust what the page states and never to take a day from its running text or from today.
_DATES = {"extensive_search": False, "original_date": True, "min_date": "1990-01-01", "max_date": "2100-12-31"}


@dataclass(frozen=True, slots=True)
class Page:
    """An article's text with what its file says of it."""

    text: str
    metadata: Metadata
    problems: tuple[Problem, ...] = ()
    free: bool | None = None
    """Whether a web page says that it is free to read; None where it says nothing."""


def failed_page(where: str, message: str, cure: str) -> Page:
    """A page without text and the reason."""
    return Page("", Metadata(), (Problem("ingest", where, message, cure),))


def read_text(text: str, where: str) -> Page:
    """A plain text file: its text, unchanged."""
    return Page(text, Metadata())


def read_markdown(text: str, where: str) -> Page:
    """A Markdown file: its text after the front matter, without the markup."""
    match = _FENCE.match(text)
    if match is None:
        return Page(strip_markup(text), Metadata())
    body = strip_markup(text[match.end() :])
    try:
        raw = fields_of(compose_mapping(match["yaml"] or ""))
    except BadYamlError as error:
        place = f"{where}:{error.line + 1}"
        cure = "write 'key: value' lines between the two --- lines"
        return Page(body, Metadata(), (Problem("ingest", place, f"cannot read the front matter: {error}", cure),))
    fields = {key: value for key, (value, _) in raw.items()}
    # Site generators call the day of publication "date".
    fields.setdefault("published", fields.get("date"))
    metadata, problems = read_metadata(fields, where)
    return Page(body, metadata, problems)


def read_html(text: str, where: str, host: str = "") -> Page:
    """A web page: the article's text, and what the page states of it; ``host`` is where it was fetched, if it was."""
    # Only pages need them, and they take half a second to load.
    import trafilatura

    from reconcile.ingest.page_data import read_page_data

    # What it logs of broken pages is said below, as a Problem.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    if text.count("<") > PAGE_TAGS:
        return failed_page(where, f"the page has more than {PAGE_TAGS:,} tags", "give the article's text as .txt")
    unbroken, breaks = _BREAK.subn("\n", text)
    markup = unbroken if breaks > _MOST_BREAKS else text
    try:
        found = trafilatura.bare_extraction(
            markup,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params=dict(_DATES),
        )
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        found = None
    data = read_page_data(text, host)
    body = (found.text or "").strip() if found is not None and not isinstance(found, dict) else ""
    if found is None or isinstance(found, dict) or _sentence_words(body) < _FEWEST_WORDS:
        cure = "save the article's own page with its text, or give the text as .txt"
        return replace(failed_page(where, "no article was found in this page", cure), free=data.free)
    fields = {"title": found.title, "source": found.sitename, "url": found.url, "published": found.date}
    metadata, problems = read_metadata({**fields, "language": found.language}, where)
    byline = Byline(data.byline, "page") if data.byline else None
    stated = replace(metadata, published=data.published or metadata.published, byline=byline, credits=data.credits)
    return Page(body, stated, problems, data.free)


READERS: dict[str, Callable[[str, str], Page]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
}
"""The reader of each suffix: a file's text and its name for messages become a page."""

MARKUP = frozenset((".html", ".htm"))
"""The suffixes of files that may state their own encoding."""


def _sentence_words(body: str) -> int:
    """The words in lines that end as sentences do: a front page's headlines and menus have none."""
    return sum(len(line.split()) for line in _SENTENCE_LINE.findall(body))
