"""What rules cost: comparisons called directly against the same pairs under the shipped pack, and loading many rules.

    python benchmarks/rules.py [--pairs 100000]

Prints CPU seconds of one process; asserts nothing.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from time import process_time

from reconcile.check.activation import pair_values
from reconcile.check.load import load_pack
from reconcile.check.scene import Scene
from reconcile.check.schema import SameSlotRule
from reconcile.model import About, Article, Claim, Comparison, Kind, NumberValue, Published, Span, Story
from reconcile.normalize.compare import compare_values
from reconcile.resources import data_folder

RULES = 500


def make_pairs(count: int) -> tuple[Scene, list[tuple[Claim, Claim]]]:
    """Pairs of counts of two articles, half of them equal."""
    articles = {
        name: Article(name, name, name, "", name, published=Published(f"2031-04-{day:02d}"))
        for day, name in enumerate(("herald", "courier"), start=8)
    }

    def claim(article: str, value: int, index: int) -> Claim:
        number = NumberValue(value, value, noun="delegate")
        span = Span(index, index + 2)
        about = About(event="meet", head="delegate")
        return Claim(f"{article}{index}", article, Kind.COUNT, about, number, span, str(value), span, str(value))

    pairs = [(claim("herald", 40, i), claim("courier", 40 + 20 * (i % 2), i)) for i in range(count)]
    return Scene(Story("story", tuple(articles)), articles, {}), pairs


def time_rules(count: int) -> None:
    """Print what judging pairs costs beside comparing their values."""
    scene, pairs = make_pairs(count)
    rules = [rule for rule in load_pack([data_folder("rules")])[0].rules if isinstance(rule, SameSlotRule)]
    rule = next(rule for rule in rules if rule.id == "counts")
    started = process_time()
    comparisons: list[Comparison] = [compare_values(Kind.COUNT, a.value, b.value) for a, b in pairs]
    direct = process_time() - started
    started = process_time()
    for (a, b), comparison in zip(pairs, comparisons, strict=True):
        rule.decision.first(pair_values(rule.decision.names, a, b, comparison, 0.9, scene))
    judged = process_time() - started
    print(f"comparing {count:,} pairs: {direct:.2f} s, {count / direct:,.0f} a second")
    print(f"judging them by one rule: {judged:.2f} s more, {count / judged:,.0f} a second")
    print(f"under rules against called directly: {(direct + judged) / direct:.1f} times")


def time_loading() -> None:
    """Print what loading and checking hundreds of rules costs."""
    source = (data_folder("rules") / "numbers.yaml").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        copies = RULES // source.count("- id: ")
        for index in range(copies):
            (Path(folder) / f"{index}.yaml").write_text(source.replace("- id: ", f"- id: copy-{index}-"))
        started = process_time()
        pack, faults = load_pack([Path(folder)])
        took = process_time() - started
    print(f"loading and checking {len(pack.rules)} rules: {took:.2f} s, {len(faults)} faults")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=100_000)
    time_rules(parser.parse_args().pairs)
    time_loading()


if __name__ == "__main__":
    main()
