"""One rule in words: what it takes, compares and says, and how it fared in the last runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reconcile.check.faults import suggest
from reconcile.check.reference import describe_rule, example_line
from reconcile.check.schema import Pack, Rule, SameSlotRule
from reconcile.errors import ReconcileError
from reconcile.model import Verdict
from reconcile.review.agreement import agreement
from reconcile.review.views import Rate
from reconcile.store.store import open_store

RUNS = 10


@dataclass(frozen=True, slots=True)
class RuleHistory:
    """How often a rule gave which verdict in how many of the latest runs, and how often reviewers agreed with it."""

    runs: int
    verdicts: tuple[tuple[Verdict, int], ...]
    agreed: Rate


def find_rule(pack: Pack, id_: str) -> Rule:
    """The rule of this id; raises ReconcileError with the nearest where there is none."""
    found = next((rule for rule in pack.rules if rule.id == id_), None)
    if found is None:
        meant = suggest(id_, [rule.id for rule in pack.rules])
        raise ReconcileError(f"there is no rule {id_!r}", f"{meant} See: reconcile rules list")
    return found


def rule_history(id_: str, *, db: str, runs: int = RUNS) -> RuleHistory:
    """How a rule fared in the latest runs; raises ReconcileError where there is no database."""
    with open_store(db, upgrade=False) as store:
        counted = store.verdicts_of_rule(id_, runs)
        agreed, _ = agreement(store.review.decisions()).get(id_, (Rate(0, 0), ()))
    total: Counter[Verdict] = Counter()
    for _, verdicts in counted:
        total.update(verdicts)
    return RuleHistory(len(counted), tuple((verdict, total[verdict]) for verdict in Verdict if total[verdict]), agreed)


def how_it_fared(id_: str, *, db: str) -> Iterator[str]:
    """How a rule fared in the latest runs and with reviewers, or why that is not known, a line each."""
    try:
        history = rule_history(id_, db=db)
    except ReconcileError as error:
        yield f"How it fared is not known: {error}."
        return
    if not history.runs:
        yield "How it fared is not known: no run is stored yet."
        return
    runs = "In the last run" if history.runs == 1 else f"In the last {history.runs} runs"
    told = ", ".join(f"{count} {verdict.value}" for verdict, count in history.verdicts)
    yield f"{runs}: {told or 'it never spoke'}."
    if agreed := history.agreed.whole:
        rate = history.agreed
        likely = f"likely between {rate.low:.0%} and {rate.high:.0%}"
        yield f"Reviewers agreed with it in {rate.part} of {agreed} cases they decided ({likely})."


def rule_lines(rule: Rule, fared: Iterable[str], folders: Sequence[Path]) -> Iterator[str]:
    """The rule as lines for a terminal; ``fared`` are those on its last runs."""
    yield f"{rule.id}: {rule.title}"
    yield f"{'your own' if _is_own(rule, folders) else 'shipped'}, pack {rule.pack.name}, {_place(rule)}"
    yield ""
    yield "Why it matters"
    yield f"  {' '.join(rule.about.split())}"
    yield ""
    yield "What it takes and compares"
    yield from (f"  {line}" for line in describe_rule(rule))
    yield ""
    yield "What it says, the first that holds"
    for outcome in rule.outcomes if isinstance(rule, SameSlotRule) else (rule.outcome,):
        when = "otherwise" if outcome.when == "true" else f"where {' '.join(outcome.when.split())}"
        yield f"  {outcome.verdict.value} ({outcome.severity.value}), {when}"
        yield f"    {outcome.message}"
    yield ""
    yield "Examples"
    yield from (f"  {example_line(example)}" for example in rule.examples)
    yield ""
    yield from fared


def _place(rule: Rule) -> str:
    return f"{rule.place.file}:{rule.place.line}"


def _is_own(rule: Rule, folders: Sequence[Path]) -> bool:
    file = Path(rule.place.file).resolve()
    return any(file.is_relative_to(folder.resolve()) for folder in folders)
