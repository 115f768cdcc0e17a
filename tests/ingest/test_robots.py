"""robots.txt as RFC 9309 has it."""

import pytest

from reconcile.ingest.robots import parse_robots, product_token

FILE = """
# for all
User-agent: *
Disallow: /private
Allow: /private/open
Disallow: /*.pdf$
Disallow: /search*q=
Crawl-delay: 2

User-agent: Reconcile
User-agent: other
Disallow: /only-for-others
crawl-delay: 500
"""


@pytest.mark.parametrize(
    ("target", "allowed"),
    [
        ("/", True),
        ("/private", False),
        ("/private/a", False),
        ("/private/open/a", True),
        ("/privat", True),
        ("/a.pdf", False),
        ("/a.pdf?x", True),
        ("/search?q=1", False),
        ("/search?a=1&q=1", False),
        ("/search?a=1", True),
        ("/%70rivate", False),
        ("/robots.txt", True),
    ],
)
def test_the_longest_rule_counts(target: str, allowed: bool) -> None:
    """Rules match from the beginning, * stands for anything, $ for the end; the longest one decides."""
    assert parse_robots(FILE, "desk/1").allows(target) is allowed


def test_a_group_of_its_own_replaces_that_for_all() -> None:
    """Where a group names the program, the rules for all do not count; waits are bounded."""
    robots = parse_robots(FILE, "reconcile/1 (desk@example.org)")
    assert (robots.allows("/private"), robots.allows("/only-for-others")) == (True, False)
    assert robots.delay == 60.0


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("Disallow: /", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\n\n# a remark\n\nDisallow: / # all", False),
        ("\ufeffUser-agent: *\r\nDisallow: /", False),
        ("user-agent:*\rdisallow:/", False),
        ("User-agent: *\nDisallow: /\nAllow: /", True),
        ("User-agent: desk\n\nUser-agent: *\nDisallow: /", False),
        ("User-agent: desk\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: desk\nUser-agent: *\nSitemap: /x\nDisallow: /a\nUser-agent: b\nDisallow: /", True),
        ("<html>Disallow: /</html>", True),
    ],
)
def test_files_as_they_are_met(text: str, allowed: bool) -> None:
    """Line ends, marks, remarks and empty rules do what they mean."""
    assert parse_robots(text, "desk/1").allows("/news") is allowed


@pytest.mark.parametrize(
    ("agent", "token"), [("reconcile/1 (x)", "reconcile"), ("Harbour-Desk", "harbour-desk"), ("1", "")]
)
def test_the_word_a_program_is_called_by(agent: str, token: str) -> None:
    """The name before the version."""
    assert product_token(agent) == token
