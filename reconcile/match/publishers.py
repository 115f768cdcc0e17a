"""Who belongs to whom: outlets by name or domain, their families, and agencies that are outlets themselves."""

from __future__ import annotations

import re
from functools import cache

from reconcile.lexicon import load_lexicon

_SCHEME = re.compile(r"^(?:https?://)?(?:www\.|m\.|amp\.)?([^/:?#\s]+).*$")
_NOT_WORD = re.compile(r"[^a-z0-9]")
_SHORTEST_MARK = 4


def domain_of(source: str) -> str:
    """The domain in a source given as domain or address, lower case; "" where the source is a name."""
    domain = _SCHEME.sub(r"\1", source.strip().lower())
    return domain if "." in domain and " " not in source.strip() else ""


def owner_of(source: str) -> str:
    """The family or agency an outlet belongs to; the outlet itself where none is known, "" for an unknown source."""
    domain = domain_of(source)
    return (_by_domain(domain) if domain else _by_name().get(_bare(source))) or domain or _bare(source)


def is_outlet(cited: str, source: str) -> bool:
    """Whether the words an article uses for an outlet, such as "KIDK" or "Detroit News", mean this ``source``."""
    mark = _bare(cited)
    if not mark:
        return False
    if owner_of(cited) == owner_of(source):
        return True
    site = domain_of(source).rsplit(".", 1)[0]
    label = _bare(site.split(".")[-1]) if site else _bare(source)
    return len(mark) >= _SHORTEST_MARK and (label == mark or label in {f"{mark}tv", f"{mark}news", f"the{mark}"})


def _bare(name: str) -> str:
    """A name without article, spaces and marks: "The Detroit News" as "detroitnews"."""
    return _NOT_WORD.sub("", name.lower().removeprefix("the "))


@cache
def _by_name() -> dict[str, str]:
    book = load_lexicon("publishers")
    names = {_bare(name): family["name"] for family in book["families"] for name in family["names"]}
    agencies = ((mark, agency["name"]) for agency in book["agencies"] for mark in (*agency["marks"], *agency["short"]))
    return names | {_bare(mark): name for mark, name in agencies}


@cache
def _domains() -> dict[str, str]:
    book = load_lexicon("publishers")
    domains = {domain: family["name"] for family in book["families"] for domain in family["domains"]}
    return domains | {site: agency["name"] for agency in book["agencies"] for site in agency["sites"]}


def _by_domain(domain: str) -> str | None:
    """The owner of a domain or of one it lies under: "bigstory.ap.org" lies under "ap.org"."""
    labels = domain.split(".")
    parents = (".".join(labels[at:]) for at in range(len(labels) - 1))
    return next((_domains()[parent] for parent in parents if parent in _domains()), None)
