"""Fetching from real servers on loopback: slow, broken, huge, looping, lying and moving ones."""

import gzip
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from reconcile.ingest.answers import Answer
from reconcile.ingest.fetch import Fetcher
from reconcile.ingest.limits import RECORD_BYTES
from reconcile.ingest.politeness import HostTurns
from reconcile.ingest.sources import Source

Site = Any


def drip(head: bytes, piece: bytes, pause: float = 0.05) -> "Drip":
    """A reply that sends its head and then a piece now and then, for ever."""
    return Drip(head, piece, pause)


class Drip:
    """A server that never ends."""

    def __init__(self, head: bytes, piece: bytes, pause: float) -> None:
        self.head, self.piece, self.pause = head, piece, pause

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        handler.wfile.write(self.head)
        for _ in range(200):
            handler.wfile.write(self.piece)
            handler.wfile.flush()
            time.sleep(self.pause)


def raw(data: bytes) -> "Drip":
    """A reply of these bytes, after which the connection closes."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        handler.wfile.write(data)

    return reply  # type: ignore[return-value]


def ask(fetcher: Fetcher, site: Site, source: Source, path: str = "/p", **validators: str) -> Answer:
    """The answer to a page of the site."""
    return fetcher.get(site.root + path, source, "page", **validators)


def test_a_page_comes_with_its_validators(site: Site, source: Source, fetcher: Fetcher) -> None:
    """The body, the charset and what a conditional request needs are told."""
    site.put("/p", b"words", "text/html; charset=latin-1", ETag='"1"', Last_Modified="Mon, 01 Jan 2024 00:00:00 GMT")
    answer = ask(fetcher, site, source)
    assert (answer.status, answer.body, answer.charset, answer.etag) == ("ok", b"words", "latin-1", '"1"')
    assert answer.last_modified == "Mon, 01 Jan 2024 00:00:00 GMT"


def test_conditional_requests(site: Site, source: Source, fetcher: Fetcher) -> None:
    """A page that did not change is not sent again."""
    site.put("/p", b"words", ETag='"1"')
    assert ask(fetcher, site, source, etag='"1"').status == "unchanged"
    assert ask(fetcher, site, source, etag='"0"').status == "ok"


def test_who_asks_is_said(site: Site, source: Source, fetcher: Fetcher) -> None:
    """The configured user agent is sent, and nothing that identifies the user otherwise."""
    site.put("/p", b"words")
    ask(fetcher, site, replace(source, user_agent="desk/1 (desk@example.org)"))
    headers = {name.lower(): value for name, value in site.asked[-1][1].items()}
    assert headers["user-agent"] == "desk/1 (desk@example.org)"
    assert set(headers) == {"host", "user-agent", "accept", "accept-encoding"}


def test_redirects_are_followed_and_permanent_ones_told(site: Site, source: Source, fetcher: Fetcher) -> None:
    """The answer names the last address, and whether the first has moved for good."""
    site.put("/new", b"words")
    site.send_to("/p", "/new", 301)
    answer = ask(fetcher, site, source)
    assert (answer.status, answer.url, answer.moved) == ("ok", f"{site.root}/new", True)


def test_a_circle_of_redirects_ends(site: Site, source: Source, fetcher: Fetcher) -> None:
    """Redirects in a circle are given up after a few."""
    site.send_to("/p", "/q")
    site.send_to("/q", "/p")
    answer = ask(fetcher, site, source)
    assert answer.status == "refused"
    assert "redirects" in answer.reason
    assert len(site.paths()) == site.quick.redirects + 1


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://127.0.0.1:22/", "javascript:alert(1)", "http://", "//[::1"],
)
def test_redirects_to_what_is_no_web_page(site: Site, source: Source, fetcher: Fetcher, target: str) -> None:
    """A redirect leads to http and https on sane ports and nowhere else."""
    site.send_to("/p", target)
    assert ask(fetcher, site, source).status == "refused"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.2",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.2]",
        "169.254.169.254",
        "10.0.0.1",
        "0x7f.0.0.2",
        "2130706434",
    ],
)
def test_redirects_to_private_addresses(site: Site, source: Source, fetcher: Fetcher, host: str) -> None:
    """A public page cannot send the fetcher into the network it runs in, however the address is written."""
    site.send_to("/p", f"http://{host}:8080/secret")
    narrow = replace(source, allow_private=("127.0.0.1/32",))
    answer = Fetcher(site.quick, resolve=all_but_this).get(f"{site.root}/p", narrow, "page")
    assert (answer.status, "not public" in answer.reason) == ("refused", True)


def all_but_this(host: str, port: int) -> Sequence[str]:
    """The system's resolver, but "localhost" is another address than the site's."""
    if host == "localhost":
        return ["127.0.0.3"]
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def test_loopback_is_refused_unless_allowed(site: Site, source: Source, fetcher: Fetcher) -> None:
    """Without allow_private this machine itself may not be asked, and the cure names the setting."""
    site.put("/p", b"words")
    answer = ask(fetcher, site, replace(source, allow_private=()))
    assert answer.status == "refused"
    assert "allow_private" in answer.cure
    assert site.asked == []


def test_a_name_that_answers_differently_the_second_time(site: Site, source: Source) -> None:
    """The address that was checked is the one connected to; a second answer is checked again."""
    answers = [["127.0.0.1"], ["127.0.0.9"]]
    site.put("/robots.txt", b"", Connection="close")
    site.put("/p", b"words")
    with Fetcher(site.quick, resolve=lambda host, port: answers.pop(0)) as fetcher:
        answer = fetcher.get(f"http://rebinds.example:{site.port}/p", source, "page")
    assert answer.status == "refused"
    assert "127.0.0.9" in answer.reason
    assert site.paths() == []


def test_the_name_is_kept_in_the_request(site: Site, source: Source) -> None:
    """Though the checked address is connected to, the server is asked for the name."""
    site.put("/p", b"words")
    with Fetcher(site.quick, resolve=lambda host, port: ["127.0.0.9", "127.0.0.1"]) as fetcher:
        assert fetcher.get(f"http://named.example:{site.port}/p", source, "page").status == "ok"
    assert site.asked[-1][1]["Host"] == f"named.example:{site.port}"


def test_proxies_of_the_environment_are_ignored(
    site: Site, source: Source, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy would connect to addresses that nobody checked."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9/")
    site.put("/p", b"words")
    assert ask(fetcher, site, source).status == "ok"


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\n", b"X-More: x\r\n"),
        (b"", b"H"),
    ],
    ids=["body", "headers", "status"],
)
def test_a_server_that_drips(site: Site, source: Source, head: bytes, piece: bytes) -> None:
    """A server that sends a little now and then is given up at the deadline for the whole exchange."""
    site.replies["/p"] = drip(head, piece)
    started = time.monotonic()
    with Fetcher(replace(site.quick, total=0.4, tries=1)) as fetcher:
        answer = fetcher.get(f"{site.root}/p", source, "page")
    assert answer.status in ("failed", "refused")
    assert time.monotonic() - started < 2


def test_a_server_that_says_nothing(site: Site, source: Source) -> None:
    """A connection on which nothing comes ends at the time for reading."""
    with socket.create_server(("127.0.0.1", 0)) as silent, Fetcher(replace(site.quick, read=0.2, tries=1)) as fetcher:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/p"
        answer = fetcher.get(url, replace(source, robots=False), "page")
    assert (answer.status, answer.reason) == ("failed", "the server took too long")


def test_nobody_listens(source: Source, fetcher: Fetcher) -> None:
    """A refused connection is tried again and then told."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/p"
    assert fetcher.get(url, replace(source, robots=False), "page").status == "failed"


def test_an_unknown_host(site: Site, source: Source) -> None:
    """A name that nobody knows is a failure that may pass."""

    def unknown(host: str, port: int) -> Sequence[str]:
        raise OSError("the name is not known")

    with Fetcher(site.quick, resolve=unknown) as fetcher:
        answer = fetcher.get("http://nowhere.example/p", replace(source, robots=False), "page")
    assert (answer.status, "not known" in answer.reason) == ("failed", True)


@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 500\r\n\r\nshort",
        b"not http at all\r\n\r\n",
        b"HTTP/1.1 999999 ?\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"",
    ],
    ids=["short", "no-http", "status", "chunks", "negative", "nothing"],
)
def test_broken_answers(site: Site, source: Source, fetcher: Fetcher, data: bytes) -> None:
    """An answer that breaks off or is no HTTP is told, never raised."""
    site.replies["/p"] = raw(data)
    answer = ask(fetcher, site, source)
    assert answer.status in ("failed", "refused")
    assert answer.reason


def test_huge_answers_are_not_read(site: Site, source: Source, fetcher: Fetcher) -> None:
    """A stated length beyond the limit ends the exchange before the body."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {RECORD_BYTES + 1}\r\n\r\n"
    site.replies["/p"] = raw(head.encode())
    assert "larger than 8 MB" in ask(fetcher, site, source).reason


def test_huge_answers_that_do_not_say_so(site: Site, source: Source, fetcher: Fetcher) -> None:
    """A body that goes on and on is left at the limit."""
    site.replies["/p"] = drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"x" * 2**20, 0.0)
    assert "larger than 8 MB" in ask(fetcher, site, source).reason


BOMB = gzip.compress(b"\0" * (RECORD_BYTES * 4))


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", BOMB),
        ("deflate", zlib.compress(b"\0" * (RECORD_BYTES * 4))),
        ("gzip", gzip.compress(b"a" * RECORD_BYTES) * 3),
    ],
    ids=["gzip", "deflate", "members"],
)
def test_decompression_bombs(site: Site, source: Source, fetcher: Fetcher, encoding: str, body: bytes) -> None:
    """A small answer that swells beyond the limit is left there."""
    site.put("/p", body, Content_Encoding=encoding)
    answer = ask(fetcher, site, source)
    assert answer.status == "refused"
    assert "swells" in answer.reason


@pytest.mark.parametrize(
    ("encoding", "body", "says"),
    [("br", b"x", "not asked for"), ("gzip, gzip", b"x", "not asked for"), ("gzip", b"no gzip", "damaged"),
     ("gzip", gzip.compress(b"words" * 100)[:-12], "in the middle")],
)  # fmt: skip
def test_packings_that_cannot_be_undone(
    site: Site, source: Source, fetcher: Fetcher, encoding: str, body: bytes, says: str
) -> None:
    """A packing that was not asked for, or is damaged, is told."""
    site.put("/p", body, Content_Encoding=encoding)
    assert says in ask(fetcher, site, source).reason


@pytest.mark.parametrize("body", [zlib.compress(b"words"), zlib.compress(b"words")[2:-4]], ids=["zlib", "raw"])
def test_both_kinds_of_deflate(site: Site, source: Source, fetcher: Fetcher, body: bytes) -> None:
    """Servers mean two things by deflate."""
    site.put("/p", body, Content_Encoding="deflate")
    assert ask(fetcher, site, source).body == b"words"


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "video/mp4", "application/zip"])
def test_what_is_no_page_is_not_read(site: Site, source: Source, fetcher: Fetcher, kind: str) -> None:
    """The type is looked at before the body."""
    site.put("/p", b"x", kind)
    answer = ask(fetcher, site, source)
    assert (answer.status, kind in answer.reason) == ("refused", True)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(404, "gone"), (410, "gone"), (402, "paywalled"), (401, "refused"), (403, "refused"), (451, "refused")],
)
def test_statuses(site: Site, source: Source, fetcher: Fetcher, status: int, outcome: str) -> None:
    """What is gone, what is to be paid for and what is not for programs are told apart."""
    site.put("/p", b"", status=status)
    assert ask(fetcher, site, source).status == outcome


@pytest.mark.parametrize("status", [429, 500, 503])
def test_busy_servers_are_asked_again(site: Site, source: Source, fetcher: Fetcher, status: int) -> None:
    """A failure that may pass is tried again, and a success then counts."""
    site.put("/ok", b"words")
    replies = [site.replies.pop("/ok")]
    site.put("/busy", b"", status=status)
    replies.insert(0, site.replies.pop("/busy"))
    site.replies["/p"] = lambda handler: replies.pop(0)(handler)
    assert ask(fetcher, site, source).status == "ok"


@pytest.mark.parametrize(
    ("stated", "tries"), [("0", 2), ("3600", 1), ("nonsense", 2), ("Wed, 21 Oct 2099 07:28:00 GMT", 1)]
)
def test_retry_after_is_honoured(site: Site, source: Source, fetcher: Fetcher, stated: str, tries: int) -> None:
    """A server that asks to wait long is not asked again in this run."""
    site.put("/p", b"", status=503, Retry_After=stated)
    answer = ask(fetcher, site, source)
    assert answer.status == "failed"
    assert len(site.paths()) == tries


def test_requests_to_a_host_keep_their_distance() -> None:
    """The configured seconds lie between the beginnings of two requests to one host, and of one host only."""
    slept: list[float] = []
    turns = HostTurns(lambda: 100.0, slept.append)
    for host in ("a", "a", "b", "a"):
        with turns.turn(host, 2.0, 1):
            pass
    assert slept == [2.0, 4.0]


def test_a_host_that_asks_to_wait_is_left_alone() -> None:
    """What one request was told holds for all that follow."""
    slept: list[float] = []
    turns = HostTurns(lambda: 100.0, slept.append)
    turns.hold_off("a", 30.0)
    with turns.turn("a", 1.0, 1):
        assert slept == [30.0]


def test_few_requests_at_a_time(site: Site, source: Source, fetcher: Fetcher) -> None:
    """No more requests than configured are open at a host."""
    lock, now, most = threading.Lock(), [0], [0]

    def reply(handler: BaseHTTPRequestHandler) -> None:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.03)
        with lock:
            now[0] -= 1
        raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")(handler)

    site.replies["/p"] = reply
    polite = replace(source, robots=False, concurrency=2)
    threads = [threading.Thread(target=ask, args=(fetcher, site, polite)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] == 2


def test_robots_are_honoured(site: Site, source: Source, fetcher: Fetcher) -> None:
    """What robots.txt asks not to fetch is not asked for, and robots.txt is asked for once."""
    site.put("/robots.txt", b"User-agent: *\nDisallow: /p\n", "text/plain")
    site.put("/ok", b"words")
    assert ask(fetcher, site, source).status == "refused"
    assert ask(fetcher, site, source, "/ok").status == "ok"
    assert [path for path, _ in site.asked] == ["/robots.txt", "/ok"]


def test_robots_may_be_set_aside(site: Site, source: Source, fetcher: Fetcher) -> None:
    """With robots = false the file is not even asked for."""
    site.put("/robots.txt", b"User-agent: *\nDisallow: /\n", "text/plain")
    site.put("/p", b"words")
    assert ask(fetcher, site, replace(source, robots=False)).status == "ok"


def test_robots_that_cannot_be_had_forbid(site: Site, source: Source, fetcher: Fetcher) -> None:
    """While robots.txt answers with a server's error nothing is fetched; it may be there tomorrow."""
    site.put("/robots.txt", b"", status=500)
    site.put("/p", b"words")
    assert ask(fetcher, site, source).status == "failed"


def test_redirects_obey_robots_too(site: Site, source: Source, fetcher: Fetcher) -> None:
    """A page that redirects to what robots.txt keeps out is kept out."""
    site.put("/robots.txt", b"User-agent: *\nDisallow: /no\n", "text/plain")
    site.send_to("/p", "/no")
    assert "robots.txt" in ask(fetcher, site, source).reason


def test_credentials_go_to_their_own_origin_only(site: Site, source: Source, fetcher: Fetcher) -> None:
    """The password in a source's address is sent there, not to where it redirects, and stands in no answer."""
    site.put("/p", b"words")
    site.send_to("/away", f"http://other.example:{site.port}/p")
    own = replace(source, address=f"http://ann:s3cret@127.0.0.1:{site.port}/p", robots=False)
    with Fetcher(site.quick, resolve=lambda host, port: ["127.0.0.1"]) as fetcher:
        answer = fetcher.get(own.address, own, "page")
        away = fetcher.get(f"{site.root}/away", own, "page")
    sent = [headers.get("Authorization") for _, headers in site.asked]
    assert sent == ["Basic YW5uOnMzY3JldA==", "Basic YW5uOnMzY3JldA==", None]
    assert "s3cret" not in repr((answer, away))


def test_certificates_are_checked_for_the_name(site: Site, source: Source, tmp_path: Path) -> None:
    """The server is told the name that was asked for, and a certificate that nobody vouches for ends it there."""
    asked: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path / "cert.pem"))
    context.sni_callback = lambda connection, name, _: asked.append(name)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with suppress(OSError):
                context.wrap_socket(listening.accept()[0], server_side=True)

        threading.Thread(target=serve, daemon=True).start()
        with Fetcher(replace(site.quick, tries=1), resolve=lambda host, port: ["127.0.0.1"]) as fetcher:
            url = f"https://named.example:{listening.getsockname()[1]}/"
            answer = fetcher.get(url, replace(source, robots=False), "page")
    assert asked == ["named.example"]
    assert (answer.status, "certificate" in answer.reason) == ("failed", True)


def self_signed(path: Path) -> Path:
    """A certificate for named.example that vouches for itself, with its key."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "named.example")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    made = made.not_valid_before(datetime(2020, 1, 1)).not_valid_after(datetime(2120, 1, 1)).sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(made.public_bytes(pem) + secret)
    return path


def test_cookies_are_not_kept(site: Site, source: Source, fetcher: Fetcher) -> None:
    """Nothing that a server sets is sent back."""
    site.put("/p", b"words", Set_Cookie="id=1")
    ask(fetcher, site, source)
    ask(fetcher, site, source)
    assert "Cookie" not in site.asked[-1][1]
