"""What rules cost: comparisons called directly against the same pairs under the shipped pack, and loading many rules.

    python benchmarks/rules.py [--pairs 250000]

Prints CPU seconds of one process; asserts nothing. The pairs are of four kinds in equal parts.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from reconcile.check.failures import Failures
from reconcile.check.judge import judge_pair, takes
from reconcile.check.load import load_pack
from reconcile.check.order import Order
from reconcile.check.scene import Scene
from reconcile.check.schema import Pack
from reconcile.check.short_values import read_value
from reconcile.model import About, Article, Claim, Fact, Kind, Link, Published, Span, Story
from reconcile.normalize.compare import compare_values
from reconcile.resources import data_folder

RULES = 500
GIVEN = ("Adam", "Bridget", "Carol", "Dmitri", "Elena", "Farid", "Greta", "Hassan")
SURNAMES = ("Marlowe", "Oyelaran", "Tanner", "Voss", "Ibarra", "Kowalski", "Lindqvist", "Nakamura")
ENDINGS = ("", "son", "berg", "field", "ova", "ez")
TOWNS = ("Lyon", "Nantes", "Turin", "Bergen", "Kestrel", "Marlow", "Fairburn", "Ashford", "Linden", "Osterby")
ROADS = ("Mill Road", "Harbour Street", "Kestrel Avenue", "Church Lane", "Park Drive")


def make_values(kind: Kind, chance: random.Random) -> Iterator[str]:
    """Written values of a kind without end, few of them equal to the one before."""
    while True:
        match kind:
            case Kind.COUNT:
                yield chance.choice(("", "about ", "over ")) + str(chance.randrange(1, 5000))
            case Kind.DATE:
                yield f"2031-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
            case Kind.PERSON_NAME:
                yield f"{chance.choice(GIVEN)} {chance.choice(SURNAMES)}{chance.choice(ENDINGS)}"
            case _:
                street = f"{chance.randrange(1, 400)} {chance.choice(ROADS)}, " if chance.random() < 0.5 else ""
                yield f"{street}{chance.choice(TOWNS)}"


def make_pairs(kind: Kind, count: int) -> tuple[Scene, list[tuple[Claim, Claim]], list[float]]:
    """Pairs of claims of two articles, and how surely each pair shares a slot."""
    chance = random.Random(7)
    articles = {
        name: Article(name, name, name, "", name, published=Published(f"2031-04-{day:02d}"))
        for day, name in enumerate(("herald", "courier"), start=8)
    }
    values = make_values(kind, chance)

    def claim(article: str, index: int) -> Claim:
        text = next(values)
        span = Span(index, index + 2)
        about = About(event="meet", head="delegate")
        sure = chance.uniform(0.5, 1.0)
        value = read_value(kind, text)
        return Claim(f"{article}{index}", article, kind, about, value, span, text, span, text, confidence=sure)

    pairs = [(claim("herald", i), claim("courier", i)) for i in range(count)]
    return Scene(Story("story", tuple(articles)), articles, {}), pairs, [chance.random() for _ in pairs]


def time_kind(kind: Kind, count: int, pack: Pack) -> tuple[float, float]:
    """CPU seconds of comparing pairs of a kind directly, and of judging them under a pack."""
    scene, pairs, scores = make_pairs(kind, count)
    fact = Fact("fact", "story", kind, "", pairs[0])
    rules = tuple(rule for rule in pack.same_slot(kind) if takes(rule, fact))
    links = [Link(a.id, b.id, score, ()) for (a, b), score in zip(pairs, scores, strict=True)]
    failures, order = Failures(), Order(pairs[0], scene)
    for (a, b), link in zip(pairs[:1000], links, strict=False):  # lexicons are read and rules compiled before
        judge_pair(kind, a, b, link.score, link, rules, scene, failures, order)
    started = process_time()
    for (a, b), link in zip(pairs, links, strict=True):
        judge_pair(kind, a, b, link.score, link, rules, scene, failures, order)
    judged = process_time() - started
    started = process_time()
    for a, b in pairs:
        compare_values(kind, a.value, b.value)
    return process_time() - started, judged


def time_pairs(count: int) -> None:
    """Print what comparing pairs under the shipped pack costs beside comparing their values directly."""
    pack = load_pack([data_folder("rules")])[0]
    total = under = 0.0
    for kind in (Kind.COUNT, Kind.DATE, Kind.PERSON_NAME, Kind.LOCATION):
        direct, judged = time_kind(kind, count, pack)
        times = judged / direct
        print(f"{count:,} pairs of {kind}: {direct:.2f} s directly, {judged:.2f} s under rules, {times:.1f} times")
        total, under = total + direct, under + judged
    print(f"all: {total:.2f} s directly, {under:.2f} s under rules, {under / total:.1f} times")


def time_loading() -> None:
    """Print what loading and checking hundreds of rules costs, each with a condition that no other rule has."""
    source = (data_folder("rules") / "numbers.yaml").read_text(encoding="utf-8")
    load_pack([data_folder("rules")])  # lexicons and CEL's own set-up are paid once, by whatever comes first
    with tempfile.TemporaryDirectory() as folder:
        for index in range(RULES // source.count("- id: ") + 1):
            text = source.replace("- id: ", f"- id: copy-{index}-").replace(">= 0.6", f">= 0.6{index:03d}")
            (Path(folder) / f"{index}.yaml").write_text(text, encoding="utf-8")
        started = process_time()
        pack, faults = load_pack([Path(folder)])
        took = process_time() - started
    print(f"loading and checking {len(pack.rules)} rules: {took:.2f} s, {len(faults)} faults")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=25_000, help="pairs of each of four kinds")
    time_pairs(parser.parse_args().pairs)
    time_loading()


if __name__ == "__main__":
    main()
