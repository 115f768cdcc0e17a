"""What a condition can ask about: the fields of a claim and of a pair, with their types and closed vocabularies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import permutations
from typing import Literal

from reconcile.lexicon import load_lexicon
from reconcile.model import Kind, Relation

Type = Literal["string", "double", "bool", "list<string>"]


@dataclass(frozen=True, slots=True)
class Variable:
    """A name, its CEL type, what it holds, and the only values it takes where those are known."""

    name: str
    type: Type
    about: str
    values: frozenset[str] = frozenset()


@cache
def event_classes() -> frozenset[str]:
    """The names of the classes of events, from the lexicon."""
    return frozenset(load_lexicon("events"))


_KINDS = frozenset(str(kind) for kind in Kind)
_RELATIONS = frozenset(str(relation) for relation in Relation)

CLAIM_FIELDS: tuple[Variable, ...] = (
    Variable("kind", "string", "what the value is a value of", _KINDS),
    Variable("text", "string", "the words of the value as the article has them"),
    Variable("value", "string", "the value in its normal form: 2025-06-02, 12, Jane Roe, Boise"),
    Variable("low", "double", "the number, the low end of its range, or a duration's length in its unit; else 0.0"),
    Variable("high", "double", "the number, the high end of its range, or a duration's length in its unit; else 0.0"),
    Variable("bound", "string", "how the number was hedged", frozenset(("", "=", "~", "<", ">", "<=", ">="))),
    Variable("unit", "string", "the number's or duration's unit, such as dollar; empty for plain counts"),
    Variable("granularity", "string", "how fine a time is, such as day or month; empty for other kinds"),
    Variable("slot", "string", "the question that the value answers, such as count of killed person"),
    Variable("subject", "string", "whom or what the value belongs to; empty where unknown"),
    Variable("head", "string", "the noun that is counted or described"),
    Variable("predicate", "string", "the governing verb"),
    Variable("actor", "string", "the noun that does it: the subject of the governing verb"),
    Variable("event", "string", "the class of the event, such as kill or meet"),
    Variable("day", "string", "the ISO day that the clause speaks of; empty where unknown"),
    Variable("place", "string", "the place that the clause speaks of; empty where unknown"),
    Variable("speaker", "string", "who said it; empty where the article asserts it itself"),
    Variable("hedge", "string", "the hedging word, such as reportedly; empty where there is none"),
    Variable("asserted", "bool", "whether the outlet says it itself: no speaker and no hedge"),
    Variable("polarity", "string", "whether it is asserted or negated", frozenset(("positive", "negative"))),
    Variable("modality", "string", "how real it is", frozenset(("done", "planned", "possible", "denied"))),
    Variable("confidence", "double", "how sure the reading is, from 0.0 to 1.0"),
    Variable("source", "string", "the publisher"),
    Variable("published", "string", "when the article appeared, in ISO form; empty where unknown"),
    Variable("quote", "string", "the sentence that it stands in"),
    Variable("article_values", "list<string>", "the values of all claims of this kind in the same article"),
    Variable("events", "list<string>", "every class of event that the clause tells of"),
    Variable("entities", "list<string>", "those named in the clause"),
    Variable("words", "list<string>", "the content words of the clause"),
)

PAIR_VARIABLES: tuple[Variable, ...] = (
    Variable("relation", "string", "how the two values compare", _RELATIONS),
    Variable("score", "double", "how sure it is that both answer one question, from 0.0 to 1.0"),
    Variable("gap", "double", "days between the two publications; 0.0 on one day or where a date is unknown"),
    Variable(
        "in_order",
        "bool",
        "whether all articles that give the earlier value appeared before all that give the later one",
    ),
    Variable("dated", "bool", "whether both publication dates are known"),
    Variable("same_source", "bool", "whether one publisher made both claims"),
    Variable("same_article", "bool", "whether both claims stand in one article"),
    Variable("same_speaker", "bool", "whether both have one speaker, or neither has any"),
    Variable("independent", "bool", "whether the two articles are known not to have copied each other"),
)

BETWEEN_VARIABLES: tuple[Variable, ...] = (
    Variable("relation_to", "string", "how its value compares with the other's", _RELATIONS),
    Variable("independent_of", "bool", "whether its article and the other's are known not to have copied each other"),
)
"""What the condition of a consistency rule can ask of two groups, as ``first.relation_to.second``."""

FIELDS_ALIKE: tuple[str, ...] = (
    "value", "unit", "bound", "granularity", "slot", "subject", "head", "actor", "predicate", "event", "day", "place",
    "speaker", "hedge", "polarity", "modality", "source", "published",
)  # fmt: skip
"""The fields that ``same`` may name."""

KNOWN_WHERE_GIVEN = frozenset(("slot", "subject", "head", "actor", "predicate", "event", "day", "place", "published"))
"""Fields that are empty where nothing is known: two that are empty are not alike."""


def claim_variables(name: str) -> tuple[Variable, ...]:
    """The fields of the claim that a condition knows as ``name``."""
    return tuple(Variable(f"{name}.{v.name}", v.type, v.about, v.values) for v in CLAIM_FIELDS)


def pair_variables() -> tuple[Variable, ...]:
    """All that a condition of a same-slot rule can ask about: ``a`` is the earlier claim, ``b`` the later."""
    return (*claim_variables("a"), *claim_variables("b"), *PAIR_VARIABLES)


def group_variables(names: tuple[str, ...]) -> tuple[Variable, ...]:
    """All that the condition of a consistency rule can ask about its selected claims."""
    between = (
        Variable(f"{name}.{v.name}.{other}", v.type, v.about, v.values)
        for name, other in permutations(names, 2)
        for v in BETWEEN_VARIABLES
    )
    return (*(variable for name in names for variable in claim_variables(name)), *between)
