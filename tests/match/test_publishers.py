"""Publishers: which outlet a name or a domain means, and who owns it."""

from __future__ import annotations

import pytest

from reconcile.match.publishers import domain_of, is_outlet, owner_of


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("The New York Times", "nytimes.com"),
        ("https://www.washingtonpost.com/world/x", "Washington Post"),
        ("bigstory.ap.org", "Associated Press"),
        ("Reuters", "reuters.com"),
        ("chicago.cbslocal.com", "CBS News"),
        ("The Valley Courier", "valley courier"),
    ],
)
def test_names_and_domains_of_one_owner_are_one(left: str, right: str) -> None:
    """An outlet is the same under its name, its domain and an address on it."""
    assert owner_of(left) == owner_of(right) != ""


def test_unknown_outlets_own_themselves() -> None:
    """Two outlets outside the table are two owners."""
    assert owner_of("north.example") != owner_of("south.example")


def test_a_domain_that_only_ends_alike_is_another_outlet() -> None:
    """ "notcnn.com" does not lie under "cnn.com"."""
    assert owner_of("notcnn.com") != owner_of("cnn.com")


def test_no_source_has_no_owner() -> None:
    """An unknown source stays unknown."""
    assert owner_of("  ") == ""


@pytest.mark.parametrize(
    ("cited", "source"),
    [("KXYZ", "kxyz.com"), ("Millbrook Gazette", "millbrookgazette.com"), ("Times", "The New York Times")],
)
def test_a_citation_finds_its_outlet(cited: str, source: str) -> None:
    """Call signs and names are found in domains and names."""
    assert is_outlet(cited, source)


@pytest.mark.parametrize(("cited", "source"), [("KXYZ", "kxya.com"), ("Sun", "sunset.example"), ("", "north.example")])
def test_a_citation_does_not_find_another_outlet(cited: str, source: str) -> None:
    """A name that is only part of another is another."""
    assert not is_outlet(cited, source)


def test_a_domain_is_read_from_an_address() -> None:
    """Scheme, www and path are left out."""
    assert domain_of("https://www.north.example:8080/a?b") == "north.example"
