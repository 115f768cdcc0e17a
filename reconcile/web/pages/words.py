"""What the pages call things: views, states, decisions and their keys, worded once."""

from __future__ import annotations

from dataclasses import dataclass

from reconcile.model import Act, Decision, Severity
from reconcile.report import phrases
from reconcile.report.view import MEANINGS, ORDER
from reconcile.review.standing import State


@dataclass(frozen=True, slots=True)
class DecisionWords:
    """A decision as a button: its name, its key, and what it does, in one sentence."""

    name: str
    key: str
    does: str


_DOES = {
    Decision.CONFIRMED: ("c", "The outlets do differ on the same thing."),
    Decision.DISMISSED: ("x", "It needs a reason, and holds until the words change."),
    Decision.UPDATE: ("u", "The later article knows more; nobody is wrong."),
    Decision.FOLLOW_UP: ("f", "It stays in the queue until somebody finds out."),
    Decision.NOT_SAME_FACT: ("n", "These claims are not paired from the next run on."),
    Decision.SAME_FACT: ("s", "These claims answer one question, from the next run on."),
    Decision.WRONG_EXTRACTION: ("w", "A value was misread: say what is right."),
}
DECISIONS = {decision: DecisionWords(phrases.DECISIONS[decision], key, does) for decision, (key, does) in _DOES.items()}

VIEWS = {
    "new": "New",
    "open": "Open",
    "mine": "Mine",
    "overdue": "Overdue",
    "waiting": "Second pair of eyes",
    "follow_up": "Follow-up",
    "decided": "Decided",
    "gone": "No longer found",
    "all": "All",
}

SORTS = {
    "severity": "gravest first",
    "newest": "newest first",
    "oldest": "oldest first",
    "confidence": "surest first",
    "due": "soonest due first",
}

STATES = {
    State.OPEN: "open",
    State.WAITING: "needs a second person",
    State.DISPUTED: "reviewers differ",
    State.FOLLOW_UP: "follow-up",
    State.DECIDED: "decided",
}

ACTS = {
    Act.DECIDE: "decided",
    Act.COMMENT: "commented",
    Act.ASSIGN: "assigned it",
    Act.DUE: "set the due date",
    Act.SECOND: "asked for a second pair of eyes",
    Act.UNDO: "took back an entry",
}

SIGHTINGS = {
    "new": "first found",
    "still": "found again",
    "back": "found again after it had gone",
    "changed": "found with other words or numbers",
    "gone": "not found any more",
}

REASONS = (
    "Different things are counted",
    "Different times are meant",
    "One value is rounded",
    "A different person is meant",
    "The later article corrects it",
    "An opinion, not a fact",
)
"""Reasons that are often given, offered while one types."""

KEYS = (
    ("j", "next finding"),
    ("k", "previous finding"),
    ("o", "open the finding"),
    ("space", "select it in the queue"),
    *((words.key, words.name.lower()) for words in DECISIONS.values()),
    ("2", "ask for a second pair of eyes"),
    ("a", "assign"),
    ("d", "due date"),
    ("m", "comment"),
    ("z", "take back the last decision"),
    ("b", "blind mode"),
    ("t", "show the articles' texts"),
    ("q", "back to the queue"),
    ("/", "search"),
    ("?", "show the keys"),
)

_RANKS = {severity.value: rank for rank, severity in enumerate(Severity)}

VOCABULARY: dict[str, object] = {
    "verdict_name": phrases.verdict_name,
    "phrases": phrases,
    "decisions": DECISIONS,
    "views_names": VIEWS,
    "sorts": SORTS,
    "states": STATES,
    "acts": ACTS,
    "sightings": SIGHTINGS,
    "reasons": REASONS,
    "keys": KEYS,
    "ranks": _RANKS,
    "meanings": MEANINGS,
    "order": ORDER,
}
"""What every template may say without being given it."""
