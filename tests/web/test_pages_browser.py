"""The review pages in a real browser: the whole loop by keyboard and without scripts, accessible, and safe to open."""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from reconcile.app import accounts, queue
from reconcile.app.accounts import Role
from reconcile.app.reports import write_report
from reconcile.app.runs import run
from reconcile.config import Settings
from reconcile.model import Decision
from reconcile.review.views import Query
from reconcile.store.store import open_store
from reconcile.web.server import create_app

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

CHROMIUM = shutil.which("chromium")
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
DESK, PHONE = {"width": 1440, "height": 950}, {"width": 390, "height": 844}
LONG = "M" * 10_000
PASSWORD = "a long enough password"

ARTICLES = {
    "post": (
        "Halden Post",
        "2031-05-12",
        "Ferry hits rocks off Halden\n\nA ferry ran onto rocks off Halden on Sunday, injuring 14 passengers, the coast "
        "guard said. The captain, Nils Aaberg, 51, was on the bridge. The ferry was built in 1998.",
    ),
    "courier": (
        "Coast Courier",
        "2031-05-13",
        "Ferry struck reef near Halden\n\nA ferry ran onto rocks off Halden on Saturday, injuring 41 passengers, the "
        "coast guard said. The captain, Nils Aaberg, 53, was on the bridge. The ferry was built in 1989.",
    ),
    "bad": (
        "Evening <script>window.hit=1</script>",
        "2031-05-13",
        "Ferry <img src=x onerror='window.hit=1'> {{ 7 * 7 }}\n\nA ferry ran onto rocks off Halden on Sunday, injuring "
        f"27 passengers, the coast guard said. \"\"</script><svg onload='window.hit=1'> \u202edesrever\u202c {LONG} "
        'The captain, Nils <b>Aaberg</b>, 64, was on the bridge. =HYPERLINK("http://evil.example") '
        "The captain, Nils Aaberg, 64, left.",
    ),
}


class Desk:
    """A store with a run of the invented articles, its server, and its accounts."""

    def __init__(self, folder: Path) -> None:
        self.inputs, self.db, self.out = folder / "in", str(folder / "desk.db"), folder / "out"
        if not self.inputs.exists():
            self._write_articles()
            self.run()
        self.store = open_store(self.db, upgrade=False)
        listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        app = create_app(Settings(db=self.db), store=self.store)
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listener]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.02)

    def _write_articles(self) -> None:
        self.inputs.mkdir()
        for name, (source, day, text) in ARTICLES.items():
            front = f"---\nsource: '{source}'\npublished: {day}\nurl: 'https://{name}.example/ferry'\n---\n"
            (self.inputs / f"{name}.md").write_text(front + text, encoding="utf-8")
        with open_store(self.db, upgrade=True) as store:
            for name, role in (("ana", Role.EDITOR), ("ben", Role.REVIEWER), ("cem", Role.READER)):
                accounts.add_account(store, name, role, datetime.now(UTC), password=PASSWORD)

    def copy(self, folder: Path) -> Desk:
        """Another desk like this one."""
        shutil.copytree(self.inputs, folder / "in")
        with sqlite3.connect(self.db) as source, sqlite3.connect(folder / "desk.db") as target:
            source.backup(target)
        return Desk(folder)

    def run(self) -> dict[str, Any]:
        """Reconcile the articles; the report."""
        run([self.inputs], out=self.out, db=self.db, now=datetime.now(UTC) + timedelta(seconds=1))
        return json.loads((self.out / "report.json").read_text("utf-8"))

    def open_cases(self, view: str = "open") -> list[str]:
        """The summaries of the queue."""
        user = accounts.User("ana", Role.EDITOR)
        page = queue.list_queue(self.store, Query(view=view), user, datetime.now(UTC))  # type: ignore[arg-type]
        return [row.summary for row in page.rows]

    def close(self) -> None:
        """Stop the server."""
        self._server.should_exit = True
        self._thread.join(5)
        self.store.close()


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all tests that only look."""
    made = Desk(tmp_path_factory.mktemp("still"))
    yield made
    made.close()


@pytest.fixture
def desk(still: Desk, tmp_path: Path) -> Iterator[Desk]:
    """A desk of its own for tests that decide."""
    made = still.copy(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's chromium; tests that need it are skipped, with the reason, where it is missing."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()


class Visitor:
    """A signed-in browser window, with all that it asked for and complained of."""

    def __init__(self, browser: Any, desk: Desk, name: str = "ana", **window: Any) -> None:
        self.desk, self.requests, self.complaints = desk, [], []
        self.context = browser.new_context(**({"viewport": DESK} | window))
        self.page = self.context.new_page()
        self.page.set_default_timeout(8_000)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        now = datetime.now(UTC)
        account = desk.store.accounts.find(name)
        entered = accounts.enter(desk.store, account, "password", "127.0.0.1", now, timedelta(hours=1))
        self.context.add_cookies([{"name": "reconcile", "value": entered.secret, "url": desk.url}])
        self.page.goto(f"{desk.url}/queue")

    def go(self, path: str) -> Any:
        """Open a page of the desk."""
        self.page.goto(self.desk.url + path)
        return self.page

    def first(self) -> Any:
        """Open the first finding of the queue."""
        self.go("/queue")
        self.page.locator(".case .summary").first.click()
        self.page.wait_for_url("**/findings/**")
        return self.page


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[..., Visitor]]:
    """Opens windows and closes them after the test."""
    opened: list[Visitor] = []

    def open_window(desk: Desk, name: str = "ana", **window: Any) -> Visitor:
        opened.append(Visitor(browser, desk, name, **window))
        return opened[-1]

    yield open_window
    for one in opened:
        one.context.close()


def pages_of(desk: Desk) -> list[str]:
    """An address of every kind of page."""
    user = accounts.User("ana", Role.EDITOR)
    rows = queue.list_queue(desk.store, Query(view="open"), user, datetime.now(UTC)).rows
    run_id = desk.store.list_runs(1)[0].id
    return [
        *(
            "/queue",
            "/queue?view=all&text=ferry",
            "/queue?view=mine",
            "/stories",
            "/sources",
            "/rules",
            "/runs",
            "/help",
        ),
        *(f"/findings/{row.id}?view=open" for row in rows[:1]),
        *(f"/stories/{rows[0].story}", f"/runs/{run_id}", "/nowhere"),
    ]


# --- the loop ---------------------------------------------------------------------------------


def test_loop_by_keyboard(desk: Desk, visit: Callable[..., Visitor]) -> None:
    """Found, opened, dismissed with a reason, reported, run again: by keys alone, and the decision stands."""
    before = desk.open_cases()
    assert len(before) >= 3
    page = visit(desk).page
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url("**/findings/**")
    assert page.inner_text("h1") == before[0]
    page.keyboard.press("x")
    assert page.evaluate("document.activeElement.id") == "reason"
    page.keyboard.type("different things are counted")
    page.keyboard.press("Enter")
    page.wait_for_url("**undo=**")
    assert page.inner_text("h1") == before[1]
    page.keyboard.press("c")
    page.wait_for_function("t => document.querySelector('h1').innerText !== t", arg=before[1])
    assert desk.open_cases() == before[2:]

    _, (path, *_rest) = write_report("latest", db=desk.db, out=desk.out, formats=("json", "claimreview"))
    told = {one["summary"]: one.get("decision") for one in json.loads(path.read_text("utf-8"))["findings"]}
    assert told[before[0]]["decision"] == "dismissed"
    assert told[before[0]]["reason"] == "different things are counted"
    assert told[before[1]]["by"] == "ana"
    drafts = json.loads((desk.out / "claimreview.jsonld").read_text("utf-8"))["@graph"]
    assert drafts
    assert all(before[1] in draft["reviewBody"] for draft in drafts)

    again = {one["summary"]: one.get("decision") for one in desk.run()["findings"]}
    assert again[before[0]]["reason"] == "different things are counted"
    assert desk.open_cases() == before[2:]


def test_last_decision_is_taken_back_by_a_key(desk: Desk, visit: Callable[..., Visitor]) -> None:
    """After a decision z puts the finding back into the queue, and the history keeps both."""
    before = desk.open_cases()
    page = visit(desk).first()
    page.keyboard.press("u")
    page.wait_for_url("**undo=**")
    assert desk.open_cases() == before[1:]
    page.keyboard.press("z")
    page.wait_for_function("t => document.querySelector('h1').innerText === t", arg=before[0])
    assert desk.open_cases() == before
    assert "taken back" in page.inner_text(".history")


def test_loop_without_scripts(desk: Desk, visit: Callable[..., Visitor]) -> None:
    """With scripts off: open, read the words in the article, dismiss with a reason, undo, assign, comment, filter."""
    before = desk.open_cases()
    page = visit(desk, java_script_enabled=False).first()
    page.locator("a.in-text").first.click()
    assert page.locator("details.article[open] mark.claim").first.is_visible()
    page.focus("#reason")
    page.keyboard.press("Enter")
    assert desk.open_cases() == before
    page.click("button[value=dismissed]")
    assert "Not saved" in page.inner_text("[role=alert]")
    page.fill("#reason", "a typing error")
    page.click("button[value=dismissed]")
    assert desk.open_cases() == before[1:]
    page.click("#undo")
    assert desk.open_cases() == before
    page.select_option("#assignee", "ben")
    page.click("text=Assign >> visible=true")
    page.fill("#comment", "asked the harbour")
    page.click("button:has-text('Comment')")
    assert "asked the harbour" in page.inner_text(".history")
    page.goto(f"{desk.url}/queue?text=nothing-says-this")
    assert "No finding fits these filters" in page.inner_text("main")


def test_many_at_once_and_back(desk: Desk, visit: Callable[..., Visitor]) -> None:
    """Two selected by keys are dismissed together, and one undo brings both back."""
    before = desk.open_cases()
    page = visit(desk).page
    for key in ("j", " ", "j", " ", "x"):
        page.keyboard.press(key)
    assert page.inner_text("#picked") == "2 selected"
    page.keyboard.type("one counts the crew")
    page.keyboard.press("Enter")
    page.wait_for_url("**batch=**")
    assert desk.open_cases() == before[2:]
    page.keyboard.press("z")
    page.wait_for_function("!location.search.includes('batch')")
    assert desk.open_cases() == before


def test_conflict_is_shown_and_overwrites_nothing(desk: Desk, visit: Callable[..., Visitor]) -> None:
    """Two people open one finding: the second to decide is told, keeps what was typed, and may decide again."""
    ana, ben = visit(desk), visit(desk, "ben")
    page = ana.first()
    ben.go(page.url.removeprefix(desk.url))
    ben.page.click("button[value=confirmed]")
    ben.page.wait_for_url("**undo=**")
    page.fill("#reason", "both are right")
    page.click("button[value=dismissed]")
    page.wait_for_selector(".conflict")
    assert page.input_value("#reason") == "both are right"
    assert "ben" in page.inner_text(".history")
    assert desk.open_cases("decided")


def test_misread_words_are_put_right(desk: Desk, visit: Callable[..., Visitor]) -> None:
    """Wrong extraction: the words that the article has are taken, others are refused."""
    page = visit(desk).first()
    page.keyboard.press("w")
    page.keyboard.press(" ")
    page.fill("#right-words", "words that nobody wrote")
    page.click("button[value=wrong_extraction]")
    page.wait_for_selector(".conflict")
    assert "does not hold the words" in page.inner_text(".conflict")
    page.check("input[name=wrong] >> nth=0")
    page.fill("#right-words", "14")
    page.click("button[value=wrong_extraction]")
    page.wait_for_url("**undo=**")
    user = accounts.User("ana", Role.EDITOR)
    rows = queue.list_queue(desk.store, Query(view="decided"), user, datetime.now(UTC)).rows
    assert [row.decision for row in rows] == [Decision.WRONG_EXTRACTION]


def test_blind_mode_hides_scores_and_votes(desk: Desk, visit: Callable[..., Visitor]) -> None:
    """In blind mode neither the confidence nor another's decision is on the page until one has decided."""
    ben = visit(desk, "ben")
    page = ben.first()
    address = page.url.removeprefix(desk.url)
    page.click("button[value=confirmed]")
    page.wait_for_url("**undo=**")
    ana = visit(desk).go(address)
    assert "ben" in ana.inner_text(".history")
    ana.keyboard.press("b")
    ana.wait_for_selector("#blind-form button[aria-pressed=true]")
    assert "ben" not in ana.inner_text(".history")
    assert "hidden" in ana.inner_text(".meta")


def test_saved_filters(desk: Desk, visit: Callable[..., Visitor]) -> None:
    """A filter kept by name is offered again and can be forgotten."""
    page = visit(desk).go("/queue?view=open&text=ferry")
    page.fill(".save-filter input[name=name]", "Ferries")
    page.click(".save-filter button")
    page.click(".saved a:has-text('Ferries')")
    assert page.input_value("#search") == "ferry"
    page.click(".saved button")
    assert page.locator(".saved").count() == 0


def test_reader_may_look_and_not_decide(still: Desk, visit: Callable[..., Visitor]) -> None:
    """A reader sees the evidence and no button."""
    page = visit(still, "cem").first()
    assert page.locator(".side").count() >= 2
    assert page.locator("button[name=decision]").count() == 0


# --- for everybody ----------------------------------------------------------------------------


def violations(page: Any, **options: Any) -> list[tuple[str, list[str]]]:
    """What axe finds on a page with all of it unfolded."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = axe.Axe().run(page, options=options or None).response["violations"]
    return [(one["id"], [node["html"][:160] for node in one["nodes"]][:3]) for one in found]


def test_no_accessibility_violation(still: Desk, visit: Callable[..., Visitor]) -> None:
    """axe finds nothing on any page."""
    window = visit(still)
    assert [(path, found) for path in pages_of(still) if (found := violations(window.go(path)))] == []


def test_contrast_in_the_dark(still: Desk, visit: Callable[..., Visitor]) -> None:
    """In dark colours the contrasts suffice where the most colours are."""
    window = visit(still, color_scheme="dark")
    paths = [path for path in pages_of(still) if path.startswith(("/queue?", "/findings/", "/stories/"))]
    found = [(path, violations(window.go(path), runOnly=["color-contrast"])) for path in paths]
    assert [one for one in found if one[1]] == []


def test_sign_in_page(still: Desk, browser: Any) -> None:
    """axe finds nothing on the form that everybody meets first, and it leads to the page that was asked for."""
    page = browser.new_page()
    page.goto(f"{still.url}/sources")
    assert axe.Axe().run(page).response["violations"] == []
    page.fill("#name", "ana")
    page.fill("#password", PASSWORD)
    page.click("button.primary")
    page.wait_for_url("**/sources")
    page.close()


def test_pages_fit_a_phone(still: Desk, visit: Callable[..., Visitor]) -> None:
    """On 390 pixels nothing makes a page scroll sideways, whatever the articles hold."""
    window = visit(still, viewport=PHONE)
    wide = {}
    for path in pages_of(still):
        page = window.go(path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        wide[path] = page.evaluate("document.documentElement.scrollWidth")
    assert {path: width for path, width in wide.items() if width > PHONE["width"]} == {}


def test_nothing_foreign_and_nothing_on_the_console(still: Desk, visit: Callable[..., Visitor]) -> None:
    """No page asks another host, breaks the content policy, or runs what an article brought."""
    window = visit(still)
    for path in pages_of(still):
        page = window.go(path)
        assert page.evaluate("window.hit") is None
    assert [url for url in window.requests if not url.startswith(still.url)] == []
    assert [words for words in window.complaints if "404" not in words] == []


def test_hostile_words_are_shown_as_words(still: Desk, visit: Callable[..., Visitor]) -> None:
    """Markup of an article is read on the page, and what would turn the line is spelt out."""
    page = visit(still).go(next(path for path in pages_of(still) if path.startswith("/stories/")))
    assert "<script>window.hit=1</script>" in page.inner_text("main")
    texts = ""
    for path in pages_of(still):
        if path.startswith("/findings/"):
            page.goto(still.url + path)
            texts += page.text_content("main")
    assert "⟨U+202E⟩desrever" in texts
    assert "{{ 7 * 7 }}" in texts


def test_keys_can_be_turned_off(still: Desk, visit: Callable[..., Visitor]) -> None:
    """Single keys do nothing once they are turned off in the window that ? opens."""
    page = visit(still).page
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open]")
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.locator(".case.current").count() == 0


def test_focus_is_never_lost_in_the_queue(still: Desk, visit: Callable[..., Visitor]) -> None:
    """Tab alone reaches the first finding, and Enter opens it."""
    page = visit(still).page
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('summary')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/findings/**")
