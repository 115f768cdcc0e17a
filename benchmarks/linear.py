"""Whether reading time grows with the text and no faster: CPU seconds by length, by hostile shape, and peak memory.

    python benchmarks/linear.py [--sizes 10000 30000 100000 300000] [--memory 1000000]

All texts are invented here. Prints the seconds of the parse alone and of the whole reading for texts of growing
length with the exponent fitted to each (1 is linear); then for each hostile shape the same, with its time per
character and its time per token beyond the parse, both against plain text of 30,000 characters; then the peak memory
of a fresh process that reads one long article.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import random
import resource
import statistics
import time
from collections.abc import Iterable, Iterator
from math import log
from typing import NamedTuple

from reconcile.extract.document import parse
from reconcile.extract.reader import read, read_parsed
from reconcile.model import Article, Published

_MEGABYTE = 1024
"""Kilobytes, the unit of ``ru_maxrss`` on Linux."""
_PLAIN = 30_000
_SYLLABLES = ("bar", "ton", "mel", "dor", "vin", "sal", "ker", "ros", "lan", "mir", "tal", "wen", "gor", "fel")
_GIVEN = ("Anna", "Peter", "Maria", "Daniel", "Ruth", "Omar", "Helen", "Victor", "Laura", "Samuel")
_ROLES = ("mayor", "spokeswoman", "police chief", "governor", "foreign minister", "union leader")
_MONTHS = ("January", "March", "April", "June", "August", "October", "December")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Friday", "Sunday")
_SENTENCES = (
    "{given} {name}, the {role} of {place}, said on {day} that {number} people were hurt when a bridge fell.",
    "“We counted {number} houses under water and we are not done,” {name} told reporters in {place}.",
    "The company {name} & {other} paid ${number} million for the harbour in {month} {year}.",
    "At least {number} soldiers were killed near {place} on {month} {date}, {year}, according to two officials.",
    "{other} denied the charge of fraud and will meet {given} {name} in {place} next week.",
    "Prices rose by {number} percent in the three months to {month}, more than the bank of {place} had expected.",
    "A {number}-year-old man from {place} was arrested at 9:15 p.m. {day} and charged with theft.",
    "The council voted {number}-{date} to close the road, which nobody had used since {year}.",
    "It was raining and the streets were empty, but the market stayed open for most of the morning.",
)


def make_sentences(seed: int = 1) -> Iterator[str]:
    """Invented news sentences without end, ever new names in them, the same ones for the same seed."""
    chance = random.Random(seed)

    def coin() -> str:
        return "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 3)))).capitalize()

    while True:
        yield chance.choice(_SENTENCES).format(
            given=chance.choice(_GIVEN),
            name=coin(),
            other=coin(),
            place=coin(),
            role=chance.choice(_ROLES),
            day=chance.choice(_DAYS),
            month=chance.choice(_MONTHS),
            number=chance.randint(2, 99),
            date=chance.randint(1, 28),
            year=chance.randint(1950, 2023),
        )


def make_text(size: int) -> str:
    """Invented sentences in paragraphs of four, cut at ``size`` characters."""
    parts: list[str] = []
    length = 0
    for place, sentence in enumerate(make_sentences()):
        parts.append(sentence + ("\n\n" if place % 4 == 3 else " "))
        length += len(parts[-1])
        if length >= size:
            break
    return "".join(parts)[:size]


def hostile_texts() -> Iterator[tuple[str, str]]:
    """``(name, text)`` of shapes that no newsroom writes but somebody may send."""
    words = " ".join(sentence.rstrip(".") for sentence, _ in zip(make_sentences(2), range(1400), strict=False)).split()
    yield "one sentence of 20,000 words", " ".join(words[:20_000]) + "."
    yield "5,000 quotes", " ".join(f"“We saw {n} boats,” she said." for n in range(5000))
    yield "5,000 open quotation marks", "“We saw boats. " * 5000
    yield "5,000 dates", " ".join(f"{n % 28 + 1} May {1900 + n % 120}," for n in range(5000))
    names = (sentence.split(" told")[0].split()[-1] for sentence in make_sentences(3) if " told" in sentence)
    yield "5,000 names", ", ".join(f"{_GIVEN[n % 10]} {name}" for n, name in zip(range(5000), names, strict=False))
    yield "5,000 numbers", " ".join(f"{n}," for n in range(5000))
    yield "nested brackets", "(" * 5000 + "he said" + ")" * 5000
    yield "a line of 200,000 letters", "a" * 200_000
    yield "200,000 digits", "7" * 200_000
    yield "100,000 capitals apart", "A " * 50_000
    yield "10,000 short lines", "Read more\n" * 10_000
    yield "100,000 line breaks", "\n" * 100_000
    yield "100,000 spaces", "He came. " + " " * 100_000 + "She left."


def make_article(text: str) -> Article:
    """An article of some text, published on a day."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(digest[:12], "Invented Gazette", "", text, digest, published=Published("2023-05-10"))


class Measured(NamedTuple):
    """CPU seconds of reading one text: of the parse, and of all that comes after it."""

    characters: int
    tokens: int
    parse: float
    rest: float

    @property
    def read(self) -> float:
        """CPU seconds of the whole reading."""
        return self.parse + self.rest


def measure(text: str) -> Measured:
    """Read a text once."""
    article = make_article(text)
    start = time.process_time()
    doc = parse(text)
    parsed = time.process_time()
    read_parsed(article, doc)
    return Measured(len(text), len(doc), parsed - start, time.process_time() - parsed)


def fit_exponent(sizes: Iterable[int], seconds: Iterable[float]) -> float:
    """The power of the length that the time grows with: the least-squares slope of their logarithms."""
    return statistics.linear_regression([log(size) for size in sizes], [log(second) for second in seconds]).slope


def peak_of_reading(size: int) -> tuple[float, float]:
    """``(CPU seconds, peak megabytes)`` of this process once it has read one article of ``size`` characters."""
    article = make_article(make_text(size))
    start = time.process_time()
    read(article)
    return time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEGABYTE


def print_growth(sizes: list[int]) -> None:
    """Time by length, with the fits."""
    print(f"{'characters':>12} {'parse s':>9} {'read s':>9} {'ratio':>7}")
    rows = []
    for size in sizes:
        row = measure(make_text(size))
        rows.append(row)
        print(f"{size:>12,} {row.parse:>9.2f} {row.read:>9.2f} {row.read / row.parse:>7.3f}", flush=True)
    bare, whole = (fit_exponent(sizes, seconds) for seconds in zip(*((r.parse, r.read) for r in rows), strict=True))
    print(f"{'exponent':>12} {bare:>9.3f} {whole:>9.3f}", flush=True)


def print_shapes() -> None:
    """Each hostile shape against plain text."""
    plain = measure(make_text(_PLAIN))
    print(f"{'':<30} {'characters':>10} {'tokens':>8} {'parse s':>8} {'rest s':>7} {'read/char':>9} {'rest/token':>10}")
    for name, text in hostile_texts():
        row = measure(text)
        by_character = row.read / row.characters / (plain.read / plain.characters)
        by_token = row.rest / row.tokens / (plain.rest / plain.tokens)
        print(
            f"{name:<30} {row.characters:>10,} {row.tokens:>8,} {row.parse:>8.2f} {row.rest:>7.2f}"
            f" {by_character:>9.2f} {by_token:>10.2f}",
            flush=True,
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 30_000, 100_000, 300_000])
    parser.add_argument("--memory", type=int, default=1_000_000)
    arguments = parser.parse_args()
    measure(make_text(2000))  # lexicons and model are loaded before the clock starts
    print_growth(arguments.sizes)
    print_shapes()
    with multiprocessing.get_context("spawn").Pool(1) as pool:  # a process that has read nothing else
        seconds, peak = pool.apply(peak_of_reading, (arguments.memory,))
    print(f"{arguments.memory:,} characters in a fresh process: {seconds:.1f} s CPU, peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
