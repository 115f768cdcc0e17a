"""The rule language as frozen objects: packs, the two families of rules, their verdicts and their examples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reconcile.check.conditions import Condition
from reconcile.check.decisions import Decision
from reconcile.check.reach import EVERYWHERE, Reach, ReachChange
from reconcile.check.tolerance import Tolerance
from reconcile.check.words import SHIPPED, Words
from reconcile.model import Kind, Severity, Verdict

FORMAT = 1
"""The version of the rule language that a file names in its ``format``."""

SINGLE_RULE = "single-source"
"""The rule named on findings about facts that one source alone gives; no file may define it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which file something was written; line and column count from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of a rule's verdicts: the condition in words, and what is said where it holds."""

    verdict: Verdict
    when: str
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class ExampleClaim:
    """One claim of an example in its short form; ``fields`` are the optional words (slot, subject, speaker, …)."""

    source: str
    kind: Kind
    value: str
    published: str = ""
    fields: tuple[tuple[str, str], ...] = ()

    def field(self, name: str, default: str = "") -> str:
        """The optional field ``name`` as written."""
        return dict(self.fields).get(name, default)


@dataclass(frozen=True, slots=True)
class Example:
    """Claims and the verdict that the rule must give on them; None where it must stay silent."""

    title: str
    expect: Verdict | None
    score: float
    claims: tuple[ExampleClaim, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of all its rules: the pack they belong to, who answers for it, why, and where they are asked."""

    name: str
    owner: str = ""
    about: str = ""
    reach: Reach = EVERYWHERE


@dataclass(frozen=True, slots=True)
class Switch:
    """What a file says of a rule or a pack that may stand elsewhere; ``what`` is ``rule`` or ``pack``."""

    what: str
    name: str
    change: ReachChange
    place: Place

    def names(self, rule: Rule) -> bool:
        """Whether it is about this rule."""
        return self.name == (rule.id if self.what == "rule" else rule.pack.name)


@dataclass(frozen=True, slots=True)
class Card:
    """What every rule says of itself: why it matters (``about``), who answers for it, and where it is asked."""

    id: str
    title: str
    about: str
    owner: str
    pack: Header
    reach: Reach
    examples: tuple[Example, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class SameSlotRule(Card):
    """Gives a verdict on two claims of one slot; empty ``slots``, ``heads`` and ``events`` take every one.

    ``same`` are the fields in which the two must be alike; values within ``tolerance`` fit together.
    """

    kinds: frozenset[Kind]
    slots: frozenset[str]
    heads: frozenset[str]
    events: frozenset[str]
    same: tuple[str, ...]
    where: str
    tolerance: Tolerance
    outcomes: tuple[Outcome, ...]
    decision: Decision


@dataclass(frozen=True, slots=True)
class Selection:
    """One named group of claims: by kind, and by a condition on the ``claim``."""

    name: str
    kinds: frozenset[Kind]
    where: Condition | None


@dataclass(frozen=True, slots=True)
class ConsistencyRule(Card):
    """Gives its outcome on claims of several slots that do not fit together.

    ``same`` are the fields in which all of them must be alike.
    """

    scope: Literal["article", "sources"]
    selections: tuple[Selection, ...]
    same: tuple[str, ...]
    outcome: Outcome
    condition: Condition


Rule = SameSlotRule | ConsistencyRule


@dataclass(frozen=True, slots=True)
class Pack:
    """Every rule, by id, in the order they are asked: later folders first, then by file and line.

    ``words`` are the lists of words that the user's folders add to the shipped ones.
    """

    rules: tuple[Rule, ...]
    words: Words = SHIPPED

    def same_slot(self, kind: Kind) -> tuple[SameSlotRule, ...]:
        """The rules that judge two claims of this kind."""
        return tuple(rule for rule in self.rules if isinstance(rule, SameSlotRule) and kind in rule.kinds)

    def consistency(self) -> tuple[ConsistencyRule, ...]:
        """The rules over claims of several slots."""
        return tuple(rule for rule in self.rules if isinstance(rule, ConsistencyRule))
