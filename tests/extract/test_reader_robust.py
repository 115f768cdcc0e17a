"""Reading never breaks: very long, foreign, garbled and empty texts give a reading whose spans hold their words."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reconcile.extract.document import parse
from reconcile.extract.reader import read
from reconcile.extract.span_index import SpanIndex
from reconcile.ingest.load import load_articles
from reconcile.model import Article, Published, Reading, Span
from reconcile.pipeline import read_all

_SENTENCES = (
    "Nora {name}, the mayor of {name}, said on Monday that {n} people were hurt when a footbridge fell.",
    "“We counted {n} houses under water and we are far from done,” {name} told reporters in {name}ville.",
    "{name} & Sons paid ${n} million for the harbour in March {year}.",
    "A {n}-year-old man was arrested at 9:15 p.m. Friday and charged with theft.",
    "It rained all night, and nobody came.",
)


def article(text: str) -> Article:
    """An English article of one outlet."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article("a", "Herald", "A title", text, digest, published=Published("2031-04-09"))


def make_text(characters: int, end: str = "\n\n") -> str:
    """Invented news of a length, with a new name and number in every sentence."""
    parts: list[str] = []
    length = 0
    while length < characters:
        i = len(parts)
        name = "".join(("Bar", "dol", "ken", "mir", "san", "tor")[i // 6**k % 6] for k in range(5)).capitalize()
        sentence = _SENTENCES[i % 5].format(name=name, n=2 + i % 97, year=1950 + i % 70)
        parts.append(sentence.rstrip(".") + end if end == " " else sentence + end)
        length += len(parts[-1])
    return "".join(parts)


def check(reading: Reading, text: str) -> None:
    """Every claim, mention and attribution lies in the text, and every claim says the words at its spans."""
    spans = [mention.span for mention in (*reading.times, *reading.quantities)]
    spans += [span for entity in reading.entities for span in entity.mentions]
    spans += [span for a in reading.attributions for span in (*a.source, *a.content)]
    for claim in reading.claims:
        assert claim.text == claim.span.of(text)
        assert claim.quote == claim.clause.of(text)
        spans.append(claim.span)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


def test_a_long_article_is_read_to_its_end() -> None:
    """An article of 200,000 characters (for a test's time; the benchmark reads a million) has claims to its last."""
    text = make_text(200_000)
    reading = read(article(text))
    check(reading, text)
    assert reading.claims[-1].span.end > 199_000
    assert len(reading.claims) > 3000


def test_one_sentence_of_20_000_words() -> None:
    """A sentence without an end is read like any other."""
    text = " ".join(make_text(130_000, end=" ").split()[:20_000]) + "."
    reading = read(article(text))
    check(reading, text)
    assert reading.claims


HOSTILE = {
    "nothing": "",
    "arabic": "قال الوزير يوم الاثنين إن 12 شخصا قتلوا في المدينة. «لن ننسى» أضاف المتحدث. " * 20,
    "hebrew": "ראש העיר אמר ביום שני כי 12 בני אדם נהרגו. „לא נשכח” הוסיף הדובר. " * 20,
    "cyrillic": "Мэр города Анна Петрова сообщила в понедельник, что погибли 12 человек. «Мы восстановим всё». " * 20,
    "right-to-left marks": "\u202eFive men died\u202c on \u2067Monday\u2069 in \u200fPort Ellis\u200e, she said. " * 20,
    "control characters": "Five\x00 men \x07died\x1b[31m on Monday,\x08 Ann\x7f Low\x85 said\x0b.\x0c " * 20,
    "lone surrogates": "Ann \ud83d Low said \udc00five men died on Monday. “They\udfff were all told of it.” " * 20,
    "zero-width characters": "Fi\u200bve m\u200den di\ufeffed on Mon\u2060day, An\u00adn Low said. " * 20,
    "combining characters": "A\u0301" + "\u0301" * 500 + "nn Lo\u0308w said fi\u0327ve men died on Monday. ",
    "only punctuation": "“.,;:!?—()[]’‘”'\"%$€-/&*#@" * 100,
    "only digits": "0123456789" * 500,
    "digits apart": "12 345,678.90 1/2 3:45 2020-02-30 99/99/9999 0 00 " * 100,
    "brackets": "(" * 2000 + "he said" + ")" * 2000,
    "quotes unclosed": '“She said ‘he said «they said "' * 200,
    "line breaks": "\n" * 10_000,
    "white space": "He came.\t\u3000\u2028\u2029\x1c\x1f" + " " * 10_000 + "She left.",
    "one letter": "a" * 30_000,
    "astral characters": "🙂🙃👩‍👩‍👧 5️⃣ men died on 𝟙𝟚 𝕄𝕒𝕪, 𝒶𝓃𝓃 said. " * 20,
    "impossible dates": "on February 31, 0000, 31 June 99999 and at 99:99 p.m. on the 45th day of Monday 2 B.C. " * 20,
    "huge numbers": f"{'9' * 400} people, {'nine hundred million ' * 50} dollars and 1e{'9' * 50} percent. ",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_read(text: str) -> None:
    """No shape of text stops the reader or leads a span astray."""
    check(read(article(text)), text)


@given(st.text(st.characters(codec="utf-8"), max_size=400))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_read(text: str) -> None:
    """Any text that a file can hold gives a reading."""
    check(read(article(text)), text)


@given(st.lists(st.one_of(st.text(max_size=6), st.sampled_from(make_text(1500).split())), max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_among_news_is_read(words: list[str]) -> None:
    """News words with anything between them, lone surrogates too, give a reading."""
    text = " ".join(words)
    check(read(article(text)), text)


def test_parse_keeps_offsets_of_lone_surrogates() -> None:
    """A lone surrogate becomes one other character, so that all offsets stay."""
    text = "Ann \ud83d Low said so."
    assert parse(text).text == "Ann \ufffd Low said so."


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_reported(tmp_path: Path, data: bytes) -> None:
    """Whatever a file holds, it gives an article that can be read, or a problem that tells why not."""
    file = tmp_path / "article.txt"
    file.write_bytes(data)
    articles, problems = load_articles([file])
    assert articles or problems or not data.strip()
    for reading, one in zip(read_all(articles), articles, strict=True):
        check(reading, one.text)


SPANS = st.builds(lambda start, size: Span(start, start + size), st.integers(0, 3000), st.integers(1, 2000))


@given(st.lists(SPANS, max_size=30), SPANS)
def test_span_index_finds_what_a_search_of_all_finds(spans: list[Span], asked: Span) -> None:
    """Looking up by place gives the same spans, in the same order, as looking at every one."""
    index = SpanIndex(spans)
    assert index.overlapping(asked) == [i for i, span in enumerate(spans) if span.overlaps(asked)]
    assert index.covering(asked) == [i for i, span in enumerate(spans) if span.covers(asked)]
