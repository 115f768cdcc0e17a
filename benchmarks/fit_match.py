"""Fit matching on annotated events, cross-validated end to end; and the table that makes confidence true.

    python benchmarks/fit_match.py BENCH_DIR [--write]

``BENCH_DIR`` holds sets of events (``politics/EVENT/articles.jsonl`` and ``facts.json``, and ``EVENT/planted.json``
beside the articles of a set with planted values). ``context`` weights tell from context alone whether two claims answer
one question, ``value`` weights lean on a shared value, ``contrast`` weights judge the best pairs of unlike values.
Folds are whole events: a fold's contrasts are measured with weights that have not seen it, as they will be on news that
nobody annotated. ``--write`` replaces ``rules/weights/match.yaml`` and the table of confidence beside it.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from held_out import Told, find, make_table, reliability, score_sets, tell_outcomes
from logistic import calibrate, fit_families, log_odds, predict, recalibrate, squash
from matching_cases import JUDGED, SETS, Case, Event, label_contrasts, label_pairs, load_event, load_judged

from reconcile.match.features import Measure
from reconcile.match.weights import FAMILIES, Weights
from reconcile.model import Finding, Kind
from reconcile.resources import data_folder

FOLDS = 5
LEAN = {"when": 0.0}
"""Added to the log odds of a family's contrasts. Of alarms on days and hours of other news the fewest hold."""
LEAN_ELSE = 0.75
"""Added to those of all other families, so that one half is where about half of the alarms on other news hold."""
LEAST_POSITIVES = 5
"""With fewer real and planted discrepancies a family is calibrated with all others together."""
AGREE = 0.25
AGAIN = 0.5
DIFFER = 0.5
DOUBT = 0.2
"""From which probability on claims are joined: like ones, an article's second mention, unlike ones, doubtful ones."""

Table = dict[str, dict[str, float]]
Knots = dict[str, list[list[float]]]
Paired = Sequence[tuple[Case, tuple[Measure, ...]]]


def folds_of(events: Iterable[Event]) -> dict[str, int]:
    """``event -> fold``, each set spread over all folds; an event and its planted twin stay together."""
    out: dict[str, int] = {}
    for prefix in (*SETS, JUDGED):
        names = sorted({event.name for event in events if event.folder.startswith(prefix)})
        out |= {name: at % FOLDS for at, name in enumerate(names)}
    return out


def fit_context(pairs: Paired) -> Table:
    """Weights by context alone: positives of any value against pairs of unlike values."""
    cases = [case for case, _ in pairs if case.positive or not case.like]
    return fit_cases(cases, [1.0] * len(cases))


def fit_value(pairs: Paired) -> Table:
    """Weights of pairs of like values, with what the value tells."""
    cases = [(case, (*case.measures, *extra)) for case, extra in pairs if case.like]
    return fit_families(
        [row for _, row in cases],
        [case.positive for case, _ in cases],
        [case.weight for case, _ in cases],
        [case.family for case, _ in cases],
    )


def fit_cases(cases: Sequence[Case], weights: Sequence[float] | None = None) -> Table:
    """Weights by family from some cases."""
    importance = weights or [case.weight for case in cases]
    rows, labels = [case.measures for case in cases], [case.positive for case in cases]
    return fit_families(rows, labels, importance, [case.family for case in cases])


def weights_of(context: Table, value: Table, contrast: Table | None = None) -> dict[Kind, Weights]:
    """The weights as matching reads them; a family without any cases gets none."""
    none = {"bias": 0.0}
    return {
        kind: Weights(
            context.get(family, none),
            value.get(family, none),
            (contrast or {}).get(family, none),
            AGREE,
            AGAIN,
            DIFFER,
            DOUBT,
        )
        for kind, family in FAMILIES.items()
    }


def held_out_contrasts(events: Sequence[Event], pairs: Paired, folds: Mapping[str, int]) -> list[Case]:
    """The contrasts of every event, measured by weights that have not seen it."""
    cases: list[Case] = []
    for fold in sorted(set(folds.values())):
        seen = [pair for pair in pairs if folds[pair[0].event] != fold]
        weights = weights_of(fit_context(seen), fit_value(seen))
        for event in events:
            if folds[event.name] == fold:
                cases += label_contrasts(event, weights)
    return cases


def fit_contrast(cases: Sequence[Case], folds: Mapping[str, int]) -> tuple[Table, list[tuple[Case, float]]]:
    """Calibrated contrast weights, and the held-out probability of each real, judged or planted case.

    Judged cases were chosen for being doubtful and would bend the calibration: they teach only.
    """
    scored: list[tuple[Case, float]] = []
    for fold in sorted({folds[case.event] for case in cases}):
        fitted = fit_cases([case for case in cases if folds[case.event] != fold])
        scored += [
            (case, predict(case.measures, fitted[case.family]))
            for case in cases
            if folds[case.event] == fold and not case.imagined and case.family in fitted
        ]
    table, calibrated = fit_cases(cases), []
    typical = [one for one in scored if one[0].natural or one[0].planted]
    for family in table:
        own = [one for one in typical if one[0].family == family]
        enough = sum(case.positive for case, _ in own) >= LEAST_POSITIVES
        slope, shift = platt(own if enough else typical)
        shift += LEAN.get(family, LEAN_ELSE)
        table[family] = recalibrate(table[family], slope, shift)
        calibrated += [
            (case, squash(slope * log_odds(chance) + shift)) for case, chance in scored if case.family == family
        ]
    return table, calibrated


def platt(scored: Sequence[tuple[Case, float]]) -> tuple[float, float]:
    """Slope and shift that make the probabilities of some held-out cases true."""
    return calibrate([p for _, p in scored], [case.positive for case, _ in scored], [1.0] * len(scored))


def describe(scored: Sequence[tuple[Case, float]]) -> str:
    """Precision and recall at a few thresholds."""
    positives = sum(case.positive for case, _ in scored)
    parts = []
    for threshold in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        kept = [case for case, chance in scored if chance >= threshold]
        hits = sum(case.positive for case in kept)
        parts.append(f"{threshold}: P {hits / max(1, len(kept)):.2f} R {hits / max(1, positives):.2f}")
    return f"{positives} of {len(scored)} | " + " | ".join(parts)


def make_families(pairs: Paired, contrast: Table) -> dict[str, Any]:
    """All weights and thresholds by family, as ``rules/weights/match.yaml`` holds them."""
    context, value, none = fit_context(pairs), fit_value(pairs), {"bias": 0.0}
    thresholds = {"agree": AGREE, "again": AGAIN, "differ": DIFFER, "doubt": DOUBT}
    return {
        family: thresholds
        | {
            "context": context.get(family, none),
            "value": value.get(family, none),
            "contrast": contrast.get(family, none),
        }
        for family in sorted(set(FAMILIES.values()))
    }


def judge_held_out(
    events: Sequence[Event], pairs: Paired, cases: Sequence[Case], folds: Mapping[str, int]
) -> dict[tuple[str, str], tuple[Finding, ...]]:
    """``(set, event) -> its findings`` by weights fitted on the other folds alone."""
    found: dict[tuple[str, str], tuple[Finding, ...]] = {}
    for fold in range(FOLDS):
        seen = [pair for pair in pairs if folds[pair[0].event] != fold]
        contrast, _ = fit_contrast([case for case in cases if folds[case.event] != fold], folds)
        weights = weights_of(fit_context(seen), fit_value(seen), contrast)
        for event in events:
            if folds[event.name] == fold and not event.judged:
                found[event.folder, event.name] = find(event, weights)
    return found


def report_held_out(
    bench: Path, events: Sequence[Event], found: Mapping[tuple[str, str], tuple[Finding, ...]]
) -> Knots:
    """Print the held-out figures; return the table that makes confidence true."""
    folds = folds_of(events)
    for name, figure in score_sets(bench, found):
        print(f"held out: {name}: {figure}")
    told: dict[str, list[tuple[int, Told]]] = defaultdict(list)
    for event in events:
        for name, one in tell_outcomes(event, found.get((event.folder, event.name), ())):
            told[name].append((folds[event.name], one))
    print(*reliability(told), sep="\n")
    return {name: make_table([one for _, one in rows]) for name, rows in told.items()}


def main() -> None:
    """Fit, print the cross-validated figures, and write the weights if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    names = [name + end for end in ("", "-planted") for name in SETS]
    events = [load_event(folder) for name in names for folder in sorted((arguments.bench / name).iterdir())]
    pairs = [pair for event in events if not event.planted for pair in label_pairs(event)]
    events += load_judged(arguments.bench)
    folds = folds_of(events)
    cases = held_out_contrasts(events, pairs, folds)
    contrast, scored = fit_contrast(cases, folds)
    for family in sorted(contrast):
        print(f"{family:7} {describe([one for one in scored if one[0].family == family])}")
    table = report_held_out(arguments.bench, events, judge_held_out(events, pairs, cases, folds))
    if arguments.write:
        write("match", {"families": make_families(pairs, contrast)})
        write("confidence", table)


def write(name: str, table: Mapping[str, Any]) -> None:
    """Replace one file of rules/weights."""
    path = data_folder("rules") / "weights" / f"{name}.yaml"
    path.write_text("# Made by benchmarks/fit_match.py.\n" + yaml.safe_dump(dict(table), sort_keys=True), "utf-8")
    print(f"wrote {path}")


if __name__ == "__main__":
    main()
