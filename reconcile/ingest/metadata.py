"""What is said of an article beside its text: from a manifest, front matter or a JSON line, checked at the door."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from reconcile.ingest.decode import clean_text
from reconcile.ingest.published import CURE, parse_published
from reconcile.model import Byline, Problem, Published
from reconcile.visible import shown

KEYS = ("id", "source", "title", "url", "published", "published_origin", "reason", "language")

# A date that a person or a program worked out is likely but not stated; the reader may weigh it against the text.
_INFERRED_CONFIDENCE = 0.9
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields that were given; those that were not are None."""

    id: str | None = None
    source: str | None = None
    title: str | None = None
    url: str | None = None
    published: Published | None = None
    language: str | None = None
    byline: Byline | None = None
    credits: tuple[str, ...] = ()

    def over(self, other: Metadata) -> Metadata:
        """These fields, with the other's where these are missing."""
        return Metadata(
            id=self.id or other.id,
            source=self.source or other.source,
            title=self.title or other.title,
            url=self.url or other.url,
            published=self.published or other.published,
            language=self.language or other.language,
            byline=self.byline or other.byline,
            credits=tuple(dict.fromkeys((*self.credits, *other.credits))),
        )


def read_metadata(fields: Mapping[str, object], where: str) -> tuple[Metadata, tuple[Problem, ...]]:
    """The known fields as Metadata; a field of a wrong type or form is left out with a Problem."""
    problems: list[Problem] = []
    texts = {key: _text_of(key, fields.get(key), where, problems) for key in KEYS}
    metadata = Metadata(
        id=texts["id"],
        source=texts["source"],
        title=texts["title"],
        url=texts["url"],
        published=_published_of(texts, where, problems),
        language=_language_of(texts["language"], where, problems),
    )
    return metadata, tuple(problems)


def _text_of(key: str, value: object, where: str, problems: list[Problem]) -> str | None:
    """The field as one line of text; None where it is missing, empty or no text."""
    if isinstance(value, int) and not isinstance(value, bool) and key in {"id", "published"} and abs(value) < 10**18:
        value = str(value)
    if value is None:
        return None
    if not isinstance(value, str):
        message = f"{key} is not text but {type(value).__name__}"
        problems.append(Problem("ingest", where, message, f"write {key} as text or leave it out"))
        return None
    return " ".join(clean_text(value).split()) or None


def _published_of(texts: Mapping[str, str | None], where: str, problems: list[Problem]) -> Published | None:
    """The date with its origin; a bad date is a Problem and the article goes on without one."""
    stated = texts["published"]
    if stated is None:
        return None
    try:
        published = parse_published(stated)
    except ValueError as error:
        message = f"published '{shown(stated, 40)}' {error}; the article is read as undated"
        problems.append(Problem("ingest", where, message, CURE))
        return None
    origin = texts["published_origin"] or "stated"
    if origin == "inferred":
        return replace(published, origin="inferred", reason=texts["reason"] or "", confidence=_INFERRED_CONFIDENCE)
    if origin != "stated":
        message = f"published_origin '{shown(origin, 40)}' is unknown; the date is taken as stated"
        problems.append(Problem("ingest", where, message, "write stated or inferred"))
    return replace(published, reason=texts["reason"] or "")


def _language_of(code: str | None, where: str, problems: list[Problem]) -> str | None:
    """The primary language of a code such as en or en-GB."""
    if code is None:
        return None
    if _LANGUAGE.fullmatch(code) is None:
        message = f"language '{shown(code, 40)}' is no language code; it is told from the text"
        problems.append(Problem("ingest", where, message, "write a code such as en, de or pt-BR"))
        return None
    return re.split("[-_]", code)[0].lower()
