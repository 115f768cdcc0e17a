"""Street addresses, crossings and datelines, read by their form alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from reconcile.lexicon import load_lexicon
from reconcile.model import Span


@dataclass(frozen=True, slots=True)
class Address:
    """An address or crossing where it stands; ``span`` leaves out an article before it."""

    span: Span


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...]:
    """The address patterns, most telling first; every repetition is bounded, so time is linear in the text.

    Beside each stands what a line must hold to be looked through with it, where the pattern alone would be slow.
    """
    places = load_lexicon("places")
    longs = list(places["streets"])
    shorts = [short for forms in places["streets"].values() for short in forms if not short.endswith("s")]
    plurals = [long + "s" for long in ("Street", "Avenue", "Road", "Drive", "Lane", "Boulevard", "Highway")]
    # A short word is a street's only where no further capital makes it a title ("said Dr. Smith").
    kind = rf"(?:(?:{'|'.join(longs)})\b|(?:{'|'.join(shorts)})\b(?:\.|(?!\w))(?! (?!SE|SW|NE|NW|[NSEW]\b)[A-Z][a-z]))"
    side = r"(?:(?:(?:North|South)(?:east|west)?|East|West|[NS]\.[EW](?=\.)|[NESW]|NE|NW|SE|SW)\b\.? )?"
    after = r"(?: (?:NE|NW|SE|SW|Northeast|Northwest|Southeast|Southwest|[NSEW](?=[ ,.;]))\b)?"
    number = r"\d{1,3}(?:st|nd|rd|th)"
    block_form = r"(?:\d{1,3},\d{3}|\d{1,6}) block of "
    stop = r"(?:The|In|At|On|Near|From|And|Of|To|By|A|An|Police|For|When|But)"
    word = rf"(?:{number}|(?!{stop} )(?:St\. |Dr\. |O['’] ?)?[A-Z][A-Za-z'’-]{{0,25}}(?: Jr\.)?|[A-Z]\b\.?)"
    further = rf"(?: (?:(?:du|de|la|del|las|los) )?(?!{'|'.join(longs)}){word}){{0,3}}"
    name = rf"{word}{further}?"
    street = rf"{side}{name} {kind}{after}"
    bare = rf"{side}(?:\d{{1,2}} (?=Mile))?(?:{number}|{word}(?: {word})?)"
    house = r"(?:\d{1,5}[A-Z]?(?:-\d{1,4})? )?"
    joint = r"(?: and | & | near | at | by | off | between )"
    plural = rf"(?:{'|'.join(plurals)}|{'|'.join(p.lower() for p in plurals)})\b"
    blocks = rf"{block_form}{side}(?:{name} {kind}{after}|{word}{further}(?=[ ,.;:)\n]|$))"
    crossing = rf"(?<=[ (]){house}{street}{joint}{street}"
    road = r"\b(?:Interstate|Highway|Route|State Road|County Road|U\.S\.|US)[ -]\d{1,3}[A-Z]?\b|\bI-\d{1,3}\b"
    hints = (" block of ", rf" (?:{'|'.join((*longs, *shorts))})", f" {plural}", " (?:Ward|Precinct)")
    in_block, in_street, in_plural, in_ward = map(re.compile, hints)
    return tuple(
        (re.compile(pattern), hint)
        for pattern, hint in (
            (rf"\b{blocks}", in_block),
            (rf"\b{side}(?:\d{{1,2}} (?=Mile))?(?:{number}|{word}(?: {word})?) (?:and|&) {bare} {plural}", in_plural),
            (crossing, in_street),
            (rf"\b{street}(?: and | & | near ){bare}(?=[ ,.;:)\n]|$)", in_street),
            (rf"\b{bare}(?: and | & ){street}", in_street),
            (rf"\b{number} (?:and|&) (?:{number}|[A-Z][a-z]+)", None),
            (rf"\b\d{{1,5}}(?:-\d{{1,4}})? {side}{name} {kind}{after}", in_street),
            (rf"\b{street}", in_street),
            (road, None),
            (rf"\b(?:(?:Upper|Lower) )?(?:{number}|[A-Z][a-z]+th) (?:Ward|Precinct)\b", in_ward),
            (r"(?<=\bat )\d{2,5} [A-Z][a-z]+(?=[ ,.;:)\n]|$)(?! \d)", None),
        )
    )


@cache
def _street_ahead() -> re.Pattern[str]:
    """What follows a house or block number: " block", or at most four words of a street's name and its kind."""
    places = load_lexicon("places")
    kinds = [*places["streets"], *(short for forms in places["streets"].values() for short in forms)]
    side = r"(?:[NS]\.?[EW]?|[EW])\b\.? |(?:North|South|East|West)[a-z]{0,4} "
    return re.compile(
        rf" block\b| (?:{side})?(?:[A-Z][A-Za-z'’-]{{1,25}} |\d{{1,3}}(?:st|nd|rd|th) ){{1,4}}(?:{'|'.join(kinds)})\b"
    )


def opens_address(text: str, end: int) -> bool:
    """Whether a number that ends at ``end`` is that of a house or a block, by what follows it."""
    return _street_ahead().match(text, end) is not None


_NOT_STREETS = re.compile(
    r"(?:Supreme|District|Circuit|County|Superior|High|Appeals|Federal|Criminal|Municipal|Crown|Family|Juvenile|Magistrates['’]?"
    r"|Probate|Common Pleas|Appellate|City|Tax|World|Immigration|Traffic|Moot) Court\b|^Court$"
    r"|Wall Street Journal|Sesame Street|(?:First|Second|Third|Last) Place|National Highway Traffic"
)
_BODY = re.compile(
    r" (?:Journal|Park|Elementary|Patrol|Department|Administration|Commission|Authority|Association|Bank|Capital"
    r"|School)\b"
)
"""What makes a street's name that of a body ("State Highway Patrol") when it follows."""

_OWNER = re.compile(r"(?:[A-Z][A-Za-z-]{1,25} ){0,2}[A-Z][A-Za-z-]{1,25}['’]s (?=[A-Z][A-Za-z'’-]{1,25} [A-Z])")
"""Whose street a name before it tells ("Dahl's Linden Avenue home"): no part of the street's own name."""

_MONTH = re.compile(r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")


def find_addresses(text: str) -> list[Address]:
    """Addresses in text order, none overlapping: numbered, by block, by street, by crossing, by road number."""
    found: list[Span] = []
    taken = bytearray(len(text))
    for pattern, hint in _patterns():
        for match in _matches(text, pattern, hint):
            start, end = match.span()
            owner = _OWNER.match(text, start, end)
            start = owner.end() if owner else start
            if any(taken[start:end]) or not _is_address(text, start, end):
                continue
            if text[end - 1] == "." and not text[start:end].rstrip(".").endswith(_short_street_words()):
                end -= 1
            taken[start:end] = b"\x01" * (end - start)
            found.append(Span(start, end))
    return [Address(span) for span in sorted(found)]


def _matches(text: str, pattern: re.Pattern[str], hint: re.Pattern[str] | None) -> Iterator[re.Match[str]]:
    """All matches in order; with a hint, in the lines that hold it only, since no address runs over a line's end."""
    if hint is None:
        yield from pattern.finditer(text)
        return
    end = -1
    for found in hint.finditer(text):
        if found.start() < end:
            continue
        start, end = text.rfind("\n", 0, found.start()) + 1, text.find("\n", found.start())
        end = len(text) if end < 0 else end
        yield from pattern.finditer(text, start, end)


@cache
def _short_street_words() -> tuple[str, ...]:
    places = load_lexicon("places")
    return tuple(short for forms in (*places["streets"].values(), *places["directions"].values()) for short in forms)


def _is_address(text: str, start: int, end: int) -> bool:
    """Whether a match is no court, newspaper or date."""
    words = text[start:end]
    return not (_NOT_STREETS.search(words) or _BODY.match(text, end) or _MONTH.search(words))


_DATELINE = re.compile(
    r"^[ \t]*(?P<place>[A-Z][A-Za-z.'’-]+(?: [A-Z][A-Za-z.'’-]+){0,3})"
    r"(?P<container>, [A-Z][A-Za-z.]{1,13}(?: [A-Z][a-z]+)?)?"
    r"(?:,? [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?(?: ?\([A-Za-z/ .,-]{2,30}\))?(?: ?[—–]| --?|:)(?=\s)",
    re.MULTILINE,
)


def find_datelines(text: str) -> list[tuple[Span, str]]:
    """Places that open a paragraph before a dash or colon ("WASHINGTON —", "Kyiv:"), each with its container's words.

    Words in small letters count only with an agency or a container, or as a gazetteer place, which the caller checks.
    """
    found = []
    for match in _DATELINE.finditer(text):
        place = match.group("place")
        container = (match.group("container") or "").removeprefix(", ")
        colon = text[match.end() - 1] == ":"
        shouted = place.isupper() and len(place) > 2 and not colon
        if shouted or container or "(" in match.group():
            found.append((Span(*match.span("place")), container))
    return found
