"""A web site on loopback that does as it is told, and words for its pages."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from reconcile.ingest.fetch import Fetcher, Limits
from reconcile.ingest.sources import Source

LOOPBACK = ("127.0.0.1/32",)
QUICK = Limits(connect=1.0, read=1.0, total=2.0, tries=2, pause=0.01, longest_pause=1.0, redirects=4)

Headers = dict[str, str]
Reply = Callable[[BaseHTTPRequestHandler], None]


def paragraphs(words: str) -> str:
    """Five paragraphs of an article that tells the words."""
    told = f"The harbour council said on Tuesday that {words}, and that a report would follow within the month."
    return "".join(f"<p>{told} Paragraph {n} tells what the harbour master made of it.</p>" for n in range(5))


def page(words: str, head: str = "") -> bytes:
    """A page with an article that tells the words."""
    body = f"<article><h1>Harbour news</h1>{paragraphs(words)}</article>"
    return f"<html><head><title>Harbour news</title>{head}</head><body>{body}</body></html>".encode()


def rss(*items: str, channel: str = "") -> bytes:
    """An RSS feed of items given by their insides."""
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"><channel><title>News</title>{channel}{inside}</channel></rss>'.encode()


@dataclass
class Site:
    """What each path answers, and what was asked."""

    quick: Limits = QUICK
    port: int = 0
    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[tuple[str, Headers]] = field(default_factory=list)

    page = staticmethod(page)
    paragraphs = staticmethod(paragraphs)
    rss = staticmethod(rss)

    @property
    def root(self) -> str:
        """The site's address."""
        return f"http://127.0.0.1:{self.port}"

    def put(self, path: str, body: bytes, kind: str = "text/html", status: int = 200, **headers: str) -> None:
        """Answer the path with a body; an ETag among the headers is honoured."""

        def reply(handler: BaseHTTPRequestHandler) -> None:
            etag = headers.get("ETag")
            same = etag is not None and handler.headers.get("If-None-Match") == etag
            handler.send_response(304 if same else status)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            if not same:
                handler.send_header("Content-Type", kind)
                handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            if not same:
                handler.wfile.write(body)

        self.replies[path] = reply

    def send_to(self, path: str, target: str, status: int = 302) -> None:
        """Redirect the path."""
        self.put(path, b"", status=status, Location=target)

    def paths(self) -> list[str]:
        """The paths asked for, robots.txt left out."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients hang up on bad answers; that is no news."""


@pytest.fixture
def site() -> Iterator[Site]:
    """A running site without any page; what it does not know is not found."""
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            made.asked.append((self.path, dict(self.headers)))
            reply = made.replies.get(self.path)
            if reply is not None:
                reply(self)
            else:
                self.send_response(404)
                self.send_header("Content-Length", "0")
                self.end_headers()

        def log_message(self, *words: object) -> None:
            pass

    server = _Server(("127.0.0.1", 0), Handler)
    made.port = server.server_port
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.01), daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def source(site: Site) -> Source:
    """The site as a source that may be asked though it is this machine, without pauses."""
    return Source("harbour", "feed", f"{site.root}/feed", allow_private=LOOPBACK, delay=0.0)


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    """A fetcher that loses patience soon."""
    with Fetcher(QUICK, jitter=lambda: 0.0) as made:
        yield made
