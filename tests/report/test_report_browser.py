"""The report in a real browser: nothing is fetched, nothing runs that an article brought, and it fits a phone."""

import hashlib
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from reconcile.app.rules import usable_pack
from reconcile.ingest.load import load_articles
from reconcile.model import Run
from reconcile.pipeline import reconcile
from reconcile.report.build import build_report
from reconcile.report.write import write_reports

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

SEEDS = Path(__file__).parents[2] / "seeds"
CHROMIUM = shutil.which("chromium")
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
PHONE = {"width": 390, "height": 844}

HOSTILE = [
    "<script>window.hit = 1</script>",
    "<img src=x onerror='window.hit = 1'>",
    "</script></style></title><svg onload='window.hit = 1'>",
    '" onmouseover="window.hit = 1" x="',
    "javascript:window.hit=1",
    "{{ 7 * 7 }}{% for x in y %}${7*7}",
    '=HYPERLINK("http://evil.example")',
    "\u202eevil\u202c \u2066isolated\u2069 \u200f",
    "M" * 10_000,
]


def make_report(inputs: Path, folder: Path) -> Path:
    """The HTML report of the articles in a folder, made through the whole line."""
    articles, unread = load_articles([inputs])
    outcome = reconcile(articles, usable_pack(()))
    now = datetime(2031, 5, 4, tzinfo=UTC)
    run = Run("a-run", now, now, (), (("articles", len(articles)),), (*unread, *outcome.problems))
    report = build_report(
        run, articles, outcome.readings, outcome.stories, outcome.facts, outcome.findings, run.problems
    )
    return write_reports(report, folder)[0]


@pytest.fixture(scope="module")
def seeds_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the sample articles."""
    return make_report(SEEDS, tmp_path_factory.mktemp("seeds-report"))


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of articles whose titles, sources, names, addresses and words attack the page."""
    inputs = tmp_path_factory.mktemp("hostile")
    for number, words in enumerate(("21 people", "12 people")):
        mark = hashlib.sha256(str(number).encode()).hexdigest()[:6]
        first = f"{HOSTILE[0]} At least {words} were hurt in Marle on Monday, officials said."
        last = f'"We saw {HOSTILE[1]} it all," Ana {HOSTILE[0]} Torres, 4{number}, told reporters.'
        body = "\n\n".join([first, *HOSTILE, last])
        front = f"---\nsource: '{HOSTILE[0]} {mark}'\ntitle: '{HOSTILE[0]}{HOSTILE[8]}'\npublished: 2031-05-04\n"
        (inputs / f"{mark}<b>.md").write_text(f"{front}url: 'javascript:window.hit=1'\n---\n{body}", encoding="utf-8")
    (inputs / "<script>window.hit=1<").mkdir()
    (inputs / "<script>window.hit=1<" / "script>.txt").write_bytes(b"")
    return make_report(inputs, tmp_path_factory.mktemp("hostile-report"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's chromium; tests that need it are skipped, with the reason, where it is missing."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()


class Visit:
    """A page opened from its file, with all that it asked for and complained of."""

    def __init__(self, browser: Any, path: Path, fragment: str = "") -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page = browser.new_page(viewport=PHONE)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(path.as_uri() + fragment)

    def width(self) -> int:
        """How wide the content is, in CSS pixels."""
        return int(self.page.evaluate("document.documentElement.scrollWidth"))


@pytest.fixture
def visit(browser: Any) -> Iterator[Any]:
    """Opens pages and closes them after the test."""
    opened: list[Visit] = []

    def open_page(path: Path, fragment: str = "") -> Visit:
        opened.append(Visit(browser, path, fragment))
        return opened[-1]

    yield open_page
    for one in opened:
        one.page.close()


def test_nothing_is_fetched(visit: Any, seeds_page: Path) -> None:
    """The page asks for its own file and for nothing else."""
    assert visit(seeds_page).requests == [seeds_page.as_uri()]


def test_nothing_on_the_console(visit: Any, seeds_page: Path) -> None:
    """The page breaks none of its own content policy and has no error."""
    assert visit(seeds_page).complaints == []


def test_fits_a_phone(visit: Any, seeds_page: Path) -> None:
    """On a screen of 390 pixels nothing makes the page scroll sideways, folded or unfolded."""
    seen = visit(seeds_page)
    assert seen.width() <= PHONE["width"]
    seen.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert seen.width() <= PHONE["width"]


def test_details_open_by_keyboard(visit: Any, seeds_page: Path) -> None:
    """Tab reaches a folded part and Enter opens it."""
    page = visit(seeds_page).page
    page.locator("details:not([open]) > summary").first.focus()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open") is True


def test_link_into_a_folded_part_opens_it(visit: Any, seeds_page: Path) -> None:
    """Following a link to something folded unfolds it."""
    page = visit(seeds_page).page
    folded = page.evaluate(
        """[...document.querySelectorAll('a[href^="#"]')].map(a => a.getAttribute('href')).find(href => {
            const there = document.getElementById(href.slice(1));
            return there && there.closest('details:not([open])');
        })"""
    )
    assert folded is not None
    page.evaluate("href => document.querySelector(`a[href='${href}']`).click()", folded)
    page.wait_for_function("id => document.getElementById(id).closest('details').open", arg=folded[1:], timeout=5_000)


def test_works_without_script(browser: Any, seeds_page: Path) -> None:
    """With scripts off every finding's words are on the page."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(seeds_page.as_uri())
    assert page.locator("details").count() > 0
    assert "1,000" in page.locator("body").text_content()
    context.close()


def test_hostile_articles_run_nothing(visit: Any, hostile_page: Path) -> None:
    """No script, handler or link of an article runs; nothing is fetched; the policy had nothing to stop."""
    seen = visit(hostile_page)
    seen.page.mouse.move(200, 400)
    assert seen.page.evaluate("window.hit") is None
    assert seen.requests == [hostile_page.as_uri()]
    assert seen.complaints == []


def test_hostile_articles_make_no_link(visit: Any, hostile_page: Path) -> None:
    """An address that is no web address becomes no link."""
    links = visit(hostile_page).page.eval_on_selector_all("a", "all => all.map(a => a.getAttribute('href'))")
    assert [link for link in links if link.startswith("javascript")] == []


def test_hostile_articles_fit_a_phone(visit: Any, hostile_page: Path) -> None:
    """Words of ten thousand letters are broken, not shown past the screen's edge."""
    seen = visit(hostile_page)
    seen.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert seen.width() <= PHONE["width"]


def test_hostile_words_are_shown_as_words(visit: Any, hostile_page: Path) -> None:
    """The markup that an article holds can be read on the page."""
    assert "<script>window.hit = 1</script>" in visit(hostile_page).page.inner_text("body")


def test_direction_marks_end_with_their_element(visit: Any, hostile_page: Path) -> None:
    """Words that turn the direction of writing do so within their own element, not for the page around them."""
    isolated = visit(hostile_page).page.evaluate(
        """[...document.querySelectorAll('body *')]
            .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.includes('\\u202e')))
            .every(e => { for (let x = e; x; x = x.parentElement) {
                const style = getComputedStyle(x).unicodeBidi;
                if (style.includes('isolate') || style === 'plaintext') return true; } return false; })"""
    )
    assert isolated is True
