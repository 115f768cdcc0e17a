"""Who is told of what: new contradictions once, faults of sources once, by real servers on loopback."""

from __future__ import annotations

import hashlib
import hmac
import json
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from reconcile.config.nightly import NotifySettings, RecipientSettings, SmtpSettings
from reconcile.config.sources import SourceSettings
from reconcile.model import Kind, Severity
from reconcile.service.nightly import Hands, run_nightly
from reconcile.store.store import open_store

LOOPBACK = ("127.0.0.0/8",)


@dataclass
class Hook:
    """A webhook that remembers what it was told, and fails when told to."""

    url: str = ""
    fails: bool = False
    told: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def recipient(self, name: str = "desk", **more: Any) -> RecipientSettings:
        """Somebody who is told by this webhook."""
        return RecipientSettings(name=name, channel="webhook", to=self.url, **({"allow_private": LOOPBACK} | more))

    def take(self) -> list[tuple[str, str]]:
        """What was told since this was last asked, as kinds and summaries."""
        entries = [(entry["kind"], entry["summary"]) for one in self.told for entry in one["entries"]]
        self.told.clear()
        return entries


@pytest.fixture
def hook() -> Iterator[Hook]:
    """A webhook on loopback."""
    found = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if not found.fails:
                found.told.append(json.loads(body))
                found.headers.append(dict(self.headers) | {"body": body.decode()})
            self.send_response(503 if found.fails else 204)
            self.end_headers()

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    yield found
    server.shutdown()
    server.server_close()


def contradict(desk: Any) -> None:
    """Put two articles into the inbox that differ on a toll."""
    desk.put("herald", desk.flood("Herald", 312))
    desk.put("courier", desk.flood("Courier", 318))


def test_new_contradiction_is_told_once(desk: Any, hook: Hook) -> None:
    """It is told in the night that finds it, with a link, and not again while it stands, or goes and comes back."""
    desk.configure(
        notify=NotifySettings(recipients=(hook.recipient(),)), nightly={"address": "https://desk.example/reports"}
    )
    contradict(desk)
    desk.run(0)
    link = hook.told[0]["entries"][0]["link"]
    assert link.startswith("https://desk.example/reports/2031-04-09/report.html#f-")
    assert [kind for kind, _ in hook.take()] == ["contradiction"]
    desk.run(1)
    desk.put("courier", desk.flood("Courier", 312))
    desk.run(2)
    desk.put("courier", desk.flood("Courier", 318))
    desk.run(3)
    assert [entry for entry in hook.take() if entry[0] == "contradiction"] == []


def test_same_night_again_tells_nothing(lone_desk: Any, hook: Hook) -> None:
    """Running a night that is done sends no message twice."""
    lone_desk.configure(notify=NotifySettings(recipients=(hook.recipient(),)))
    contradict(lone_desk)
    lone_desk.run(0)
    lone_desk.run(0)
    assert len(hook.told) == 1


def test_failed_delivery_is_tried_again_and_fails_nothing(lone_desk: Any, hook: Hook) -> None:
    """A webhook that is down costs a note; the next run delivers, once."""
    lone_desk.configure(notify=NotifySettings(recipients=(hook.recipient(),)))
    contradict(lone_desk)
    hook.fails = True
    result = lone_desk.run(0)
    assert (result.night.done, result.losses) == (True, ())
    assert [result.problems[-1].where, "answers 503" in result.problems[-1].message] == ["desk", True]
    hook.fails = False
    lone_desk.run(1)
    lone_desk.run(2)
    assert [kind for kind, _ in hook.take()] == ["contradiction"]
    with open_store(lone_desk.db, upgrade=False) as store:
        (sent,) = store.nights.list_deliveries("sent")
    assert (sent.attempts, sent.message.date) == (2, "2031-04-09")


def test_undeliverable_message_is_given_up(lone_desk: Any, hook: Hook) -> None:
    """After the hours set it is given up, and said so."""
    lone_desk.configure(notify=NotifySettings(recipients=(hook.recipient(),), give_up_hours=24))
    contradict(lone_desk)
    hook.fails = True
    lone_desk.run(0)
    assert "given up" in lone_desk.run(1).problems[-1].cure
    hook.fails = False
    lone_desk.run(2)
    assert hook.told == []


def test_message_that_was_cut_off_is_not_sent_twice(lone_desk: Any, hook: Hook) -> None:
    """A run that ends while it sends leaves it unknown whether the message arrived: it is said, and not sent again."""
    lone_desk.configure(notify=NotifySettings(recipients=(hook.recipient(),)))
    contradict(lone_desk)
    hook.fails = True
    lone_desk.run(0)
    hook.fails = False
    with open_store(lone_desk.db, upgrade=False) as store:
        (waiting,) = store.nights.list_deliveries("pending")
        store.nights.mark_delivery(waiting.message.id, "sending", lone_desk.first)
    assert "may not have arrived" in lone_desk.run(0).problems[-1].message
    assert (hook.told, lone_desk.run(0).problems) == ([], ())


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        ({}, True),
        ({"severity": Severity.HIGH}, True),
        ({"kinds": (Kind.DATE,)}, False),
        ({"kinds": (Kind.COUNT,)}, True),
        ({"sources": ("HERALD",)}, True),
        ({"sources": ("Tribune",)}, False),
        ({"words": ("torvale",)}, True),
        ({"words": ("Quillbrook",)}, False),
    ],
    ids=str,
)
def test_recipients_filters(lone_desk: Any, hook: Hook, filters: dict[str, Any], told: bool) -> None:
    """A recipient is told what passes its severity, kinds, sources and words."""
    lone_desk.configure(notify=NotifySettings(recipients=(hook.recipient(**filters),)))
    contradict(lone_desk)
    lone_desk.run(0)
    assert told is bool(hook.take())


def test_webhook_is_signed_and_named(lone_desk: Any, hook: Hook) -> None:
    """The body is signed with the recipient's key, and the message has an id of its own."""
    lone_desk.configure(notify=NotifySettings(recipients=(hook.recipient(key="hush"),)))
    contradict(lone_desk)
    lone_desk.run(0)
    (headers,) = hook.headers
    digest = hmac.new(b"hush", headers["body"].encode(), hashlib.sha256).hexdigest()
    assert headers["X-Reconcile-Signature"] == f"sha256={digest}"
    assert headers["Idempotency-Key"] == hook.told[0]["id"]


def test_webhook_of_a_private_address_is_refused(lone_desk: Any, hook: Hook) -> None:
    """Unless its network is allowed, this machine is not called."""
    lone_desk.configure(notify=NotifySettings(recipients=(hook.recipient(allow_private=()),)))
    contradict(lone_desk)
    assert "not public" in lone_desk.run(0).problems[-1].message
    assert hook.told == []


class _Mail(socketserver.StreamRequestHandler):
    """As much of SMTP as takes one message."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                text = b""
                while (part := self.rfile.readline()) not in (b".\r\n", b""):
                    text += part
                self.server.mails.append(text.decode())  # type: ignore[attr-defined]
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 fine\r\n")
            if word == b"QUIT":
                return


def test_mail_tells_people(lone_desk: Any) -> None:
    """A mail says in its subject how much is new, and in its text what."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Mail) as server:
        server.mails = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        smtp = SmtpSettings(host="127.0.0.1", port=server.server_address[1], sender="reconcile@desk.example")
        ann = RecipientSettings(name="ann", channel="email", to="ann@desk.example")
        lone_desk.configure(notify=NotifySettings(smtp=smtp, recipients=(ann,)))
        contradict(lone_desk)
        problems = lone_desk.run(0).problems
        server.shutdown()
        (mail,) = server.mails  # type: ignore[attr-defined]
    assert problems == ()
    assert "Subject: reconcile 2031-04-09: 1 new contradiction" in mail
    assert "To: ann@desk.example" in mail
    assert "318" in mail


def test_mail_server_that_is_away_is_a_note(lone_desk: Any) -> None:
    """A mail server that does not answer fails nothing."""
    smtp = SmtpSettings(host="127.0.0.1", port=9)
    ann = RecipientSettings(name="ann", channel="email", to="ann@desk.example")
    lone_desk.configure(notify=NotifySettings(smtp=smtp, recipients=(ann,)))
    contradict(lone_desk)
    result = lone_desk.run(0)
    assert (result.night.done, "cannot be reached" in result.problems[-1].message) == (True, True)


def feed(*items: tuple[str, str, str, str]) -> bytes:
    """An RSS feed with whole articles: guid, publisher, date, text."""
    inside = "".join(
        f"<item><guid>{guid}</guid><link>https://{source.lower()}.example/{guid}</link><title>Flood in Torvale</title>"
        f"<pubDate>{date}</pubDate><description>{text}</description></item>"
        for guid, source, date, text in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>{inside}</channel></rss>'.encode()


@dataclass
class FeedServer:
    """Two feeds on loopback; an answer of None is a server error."""

    url: str = ""
    answers: dict[str, bytes | None] = field(default_factory=dict)

    def sources(self) -> tuple[SourceSettings, ...]:
        """The feeds as sources."""
        return tuple(
            SourceSettings(
                name=name,
                type="feed",
                address=f"{self.url}/{name}",
                publisher=name.title(),
                text="feed",
                robots=False,
                delay=0.0,
                allow_private=LOOPBACK,
                days=36500,
                language="en",
            )
            for name in ("herald", "courier")
        )


@pytest.fixture
def feeds() -> Iterator[FeedServer]:
    """A server of two feeds."""
    found = FeedServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = found.answers.get(self.path.strip("/"))
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "application/rss+xml")
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield found
    server.shutdown()
    server.server_close()


def item(guid: str, source: str, day: int, dead: int, town: str = "Torvale") -> tuple[str, str, str, str]:
    """A feed's item on a flood's toll."""
    text = (
        f"The flood in {town} killed {dead} people on Monday, Governor Ada Brunn said. The river Lorn burst its banks "
        f"near {town}, and the bridge over it was closed to all traffic until further notice, the police said."
    )
    return guid, source, f"Tue, {day:02} Apr 2031 20:00:00 GMT", text


def test_fortnight_of_feeds_that_change_fail_and_recover(lone_desk: Any, feeds: FeedServer, hook: Hook) -> None:
    """Fourteen nights give exactly the messages an editor wants: each thing once, in the night in which it is true."""
    lone_desk.configure(sources=feeds.sources(), notify=NotifySettings(recipients=(hook.recipient(),)))
    herald, courier = [item("h1", "Herald", 8, 312)], [item("c1", "Courier", 8, 318)]
    told: dict[int, list[str]] = {}
    for night in range(14):
        if night == 5:  # an outlet corrects itself in the article that is out
            courier = [item("c1", "Courier", 8, 312)]
        if night == 7:  # and another event is news
            herald = [*herald, item("h2", "Herald", 15, 40, "Quillbrook")]
            courier = [*courier, item("c2", "Courier", 15, 52, "Quillbrook")]
        feeds.answers["herald"] = feed(*herald)
        feeds.answers["courier"] = None if 1 <= night <= 3 else feed(*courier)  # away for three nights
        run_nightly(lone_desk.settings, hands=Hands(clock=lambda night=night: lone_desk.first + timedelta(days=night)))
        if found := hook.take():
            told[night] = [f"{kind}: {summary}" for kind, summary in found]
    assert {night: [line.partition(":")[0] for line in lines] for night, lines in told.items()} == {
        0: ["contradiction"],
        2: ["fault"],  # the second night in a row in which the courier fails
        3: ["fault"],  # the third night without anything new from anybody
        4: ["recovered"],  # the courier is back, with nothing new
        5: ["fault", "recovered"],  # it corrects itself: news again, but for the herald, silent for five nights
        7: ["contradiction", "recovered"],
        10: ["fault"],  # the third night without anything new
    }
    assert "courier" in told[2][0]
    assert "no source" in told[3][0]
    assert "herald" in told[5][0]
    assert "herald" in told[7][1]
    assert "no source" in told[10][0]
