"""How common a word is in news: the share of articles that contain it, from a table of counts."""

from __future__ import annotations

from functools import cache

from reconcile.lexicon import load_lexicon


@cache
def _shares() -> dict[str, float]:
    shares = load_lexicon("document_frequency")["shares"]
    return {str(word): float(share) for share, words in shares.items() for word in words}


@cache
def _floor() -> float:
    return float(load_lexicon("document_frequency")["floor"])


def article_share(word: str) -> float:
    """The share of news articles, above 0 and at most 1, that contain the lower-case lemma ``word``.

    A word outside the table gets the table's floor: rarer than that was not counted.
    """
    return _shares().get(word, _floor())
