"""read(article) -> Reading: every layer once, in order; pure, and never raising for what an article says."""

from __future__ import annotations

from urllib.parse import urlsplit

from spacy.tokens import Doc

from reconcile.extract.attributions import find_all_attributions
from reconcile.extract.body import find_excluded
from reconcile.extract.claims import make_claims
from reconcile.extract.document import parse
from reconcile.extract.entities import find_entities
from reconcile.extract.layers import Layers
from reconcile.extract.profiles import complete_profiles
from reconcile.extract.publication import infer_published
from reconcile.extract.quantities import find_quantities
from reconcile.extract.sketch import sketch
from reconcile.extract.standings import find_standings
from reconcile.extract.times import find_times
from reconcile.extract.version import extractor_version
from reconcile.model import Article, Problem, Published, Reading

LANGUAGES = frozenset({"en"})


def read(article: Article) -> Reading:
    """All that one article tells; an article in a language that is not read gives a Reading with a Problem only."""
    if article.language not in LANGUAGES:
        return Reading(article.id, extractor_version(), article.published, problems=(_unread(article),))
    return read_parsed(article, parse(article.text))


def _host(article: Article) -> str:
    """The host name of the article's address, or its source where that is one."""
    try:
        host = urlsplit(article.url or "").hostname
    except ValueError:
        host = None
    return host or article.source


def read_parsed(article: Article, doc: Doc) -> Reading:
    """All that one article tells, from its parsed text."""
    published = infer_published(doc, article.published)
    times = find_times(doc, published, _host(article))
    quantities = find_quantities(doc, times)
    entities = find_entities(doc)
    excluded = find_excluded(article.text, article.title, article.source)
    attributions, nested = find_all_attributions(doc, entities)
    layers = Layers(
        article=article,
        doc=doc,
        published=published,
        times=times,
        quantities=quantities,
        entities=entities,
        attributions=attributions,
        nested=nested,
        excluded=excluded,
    )
    claims = make_claims(layers)
    return Reading(
        article=article.id,
        extractor=extractor_version(),
        published=published,
        times=times,
        quantities=quantities,
        entities=complete_profiles(entities, claims, find_standings(layers)),
        attributions=layers.attributions,
        claims=claims,
        excluded=excluded,
        sketch=sketch(doc, times, article.title, excluded),
        problems=_doubts(article, published),
    )


def _unread(article: Article) -> Problem:
    return Problem(
        "read",
        article.origin or article.id,
        f"the article is in language {article.language!r}, which is not read",
        "only English is read so far; set language: en in the manifest if it is English after all",
    )


def _doubts(article: Article, published: Published | None) -> tuple[Problem, ...]:
    """What to say of an article's date: that it is missing, inferred, or contradicted by the text."""
    where = article.origin or article.id
    cure = "give its date as published in the manifest, the front matter or the JSON line"
    if published is None:
        return (Problem("read", where, "no publication date is given and the text proves none", cure, loss=False),)
    if article.published is None:
        inferred = f"publication date {published.iso} inferred: {published.reason}"
        return (Problem("read", where, inferred, cure, loss=False),)
    if published.confidence < article.published.confidence:
        doubtful = f"publication date {published.iso} is doubtful: {published.reason}"
        return (Problem("read", where, doubtful, cure, loss=False),)
    return ()
