"""Which addresses may be asked, and how web addresses are written."""

from ipaddress import ip_network

import pytest

from reconcile.ingest.connection import may_ask
from reconcile.ingest.web_address import BadAddressError, article_id, page_key, parse_address, same_site


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "127.8.8.8",
            "0.0.0.0",
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
        ),
        *(
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fe80::1%eth0",
        ),
        *("fc00::1", "fec0::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1"),
        *("64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::1", "not an address"),
    ],
)
def test_addresses_that_are_refused(address: str) -> None:
    """This machine, private and special networks, in every way to write them into an IPv6 address."""
    assert not may_ask(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses(address: str) -> None:
    """The rest of the net may be asked."""
    assert may_ask(address)


def test_allowed_networks() -> None:
    """Only the networks that are named are allowed."""
    allowed = (ip_network("10.1.0.0/16"), ip_network("fc00::/7"))
    asked = ("10.1.2.3", "::ffff:10.1.2.3", "10.2.0.1", "fd00::1", "127.0.0.1")
    assert [may_ask(address, allowed) for address in asked] == [True, True, False, True, False]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("HTTPS://X.Example:443/a b?q=ü#top", "https://x.example/a%20b?q=%C3%BC"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("//x.example/a", "https://x.example/a"),
        ("/a/../b", "https://y.example/b"),
        ("https://user:pw@x.example/", "https://x.example/"),
        ("http://[2606:4700::1111]:8080", "http://[2606:4700::1111]:8080/"),
    ],
)
def test_addresses_in_their_plain_form(text: str, url: str) -> None:
    """However it is written, an address comes to one form."""
    assert parse_address(text, "https://y.example/x/").url == url


@pytest.mark.parametrize(
    "text",
    ["mailto:a@x.example", "javascript:1", "http://", "http://x.example:22/", "http://[::1", "h" * 3000],
)
def test_what_is_no_web_address(text: str) -> None:
    """Other schemes, ports of other services and endless ones are refused."""
    with pytest.raises(BadAddressError):
        parse_address(text)


def test_pages_and_their_ids() -> None:
    """What counts visitors is left out; ids are readable, and short for long addresses."""
    key = page_key(parse_address("https://www.x.example/a/?utm_medium=rss&id=7&fbclid=x"))
    assert (key, article_id(key)) == ("https://www.x.example/a/?id=7", "x.example/a?id=7")
    assert len(article_id("https://x.example/" + "a" * 500)) == 180


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("www.x.example", "x.example", True),
        ("news.x.example", "x.example", True),
        ("ax.example", "x.example", False),
        ("a.x.example", "b.x.example", False),
    ],
)
def test_sites(one: str, other: str, same: bool) -> None:
    """A host and those below it are one site."""
    assert same_site(one, other) is same
