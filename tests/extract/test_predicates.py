"""What words around a verb tell: hedges, negation, and whether something is done, planned or only possible."""

import hashlib

import pytest

from reconcile.extract.reader import read
from reconcile.model import Article, Claim, Kind, Published


def claim_of(text: str, words: str, kind: Kind = Kind.COUNT) -> Claim:
    """The claim of a kind at some words of a text published on Wednesday, 9 April 2031."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    claims = read(Article("a", "Herald", "A title", text, digest, published=Published("2031-04-09"))).claims
    return next(claim for claim in claims if claim.kind is kind and words in claim.text)


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("The gang allegedly stole 40 paintings from the museum.", "allegedly"),
        ("The storm has reportedly damaged 40 houses.", "reportedly"),
        ("Two brothers are believed to have stolen 40 paintings.", "believed"),
        ("The thieves appeared to have taken 40 paintings.", "appeared"),
        ("The museum lost 40 paintings.", None),
    ],
)
def test_hedge_without_a_speaker(text: str, hedge: str | None) -> None:
    """A hedge on the verb, or on what it hangs on, lands on the claim."""
    assert claim_of(text, "40").hedge == hedge


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The firm is to close 40 shops.", "planned"),
        ("The firm is expected to close 40 shops.", "planned"),
        ("The firm is going to close 40 shops.", "planned"),
        ("The decision to close 40 shops surprised nobody.", "planned"),
        ("The firm may close 40 shops.", "possible"),
        ("The firm is likely to close 40 shops.", "possible"),
        ("If the firm closes 40 shops, the town will suffer.", "possible"),
        ("The firm closed 40 shops.", "done"),
    ],
)
def test_modality_by_what_the_verb_hangs_on(text: str, modality: str) -> None:
    """Plans and possibilities are told from deeds, also by the verb, noun or adjective above."""
    assert claim_of(text, "40").modality == modality


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The mayor refused to sign 40 contracts.", "negative"),
        ("The firm no longer owns 40 shops.", "negative"),
        ("The firm moved without selling 40 shops.", "negative"),
        ("The mayor signed 40 contracts.", "positive"),
    ],
)
def test_polarity_beyond_not(text: str, polarity: str) -> None:
    """Refusing, "no longer" and "without" say that something did not happen."""
    assert claim_of(text, "40").polarity == polarity
