"""The reference as a page: every name and function of the rule language, and every rule of a pack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import PurePath

from reconcile.check.functions import FUNCTIONS
from reconcile.check.messages import PAIR_FIELDS, group_fields
from reconcile.check.reach import Reach, Where, known_topics
from reconcile.check.schema import Example, ExampleClaim, Outcome, Pack, Rule, SameSlotRule
from reconcile.check.variables import BETWEEN_VARIABLES, CLAIM_FIELDS, PAIR_VARIABLES, Variable, event_classes
from reconcile.lexicon import load_lexicon

TRAP = "A trap, "
"""How the title of an example begins where a rule must not be taken in."""
_CONTEXT = ("head", "noun", "subject", "event", "day", "place", "speaker", "hedge", "modality", "polarity", "unit")
_USUAL = frozenset(("done", "positive"))
_TYPES = {"string": "text", "double": "number", "bool": "yes/no", "list<string>": "list of texts"}


def reference_page(pack: Pack) -> str:
    """The names that conditions and messages know, then every rule of a pack, as Markdown."""
    return "\n".join((*_names(), *_rules(pack))).rstrip() + "\n"


def _names() -> Iterator[str]:
    yield "## What a condition can ask"
    yield ""
    yield "Of a claim: written after `a.` and `b.` in a same-slot rule, after `claim.` in the `where` of a group, and"
    yield "after a group's name in the `when` of a consistency rule."
    yield from _variables(CLAIM_FIELDS, "")
    yield "Of a pair, in a same-slot rule; `a` is the claim of the earlier article, `b` that of the later:"
    yield from _variables(PAIR_VARIABLES, "")
    yield "Of two groups, in a consistency rule, such as `killed.relation_to.total`:"
    yield from _variables(BETWEEN_VARIABLES, "NAME.")
    yield f"Classes of `event`: {', '.join(f'`{name}`' for name in sorted(event_classes()))}."
    yield ""
    yield "Topics, each with the classes of event that it holds:"
    yield ""
    for topic in sorted(known_topics()):
        yield f"- `{topic}`: {', '.join(load_lexicon('event_groups')[topic])}"
    yield ""
    yield "## Functions"
    rows = ((f"`{f.signature}`", _TYPES[f.result], f.about) for f in FUNCTIONS)
    yield from _table(("call", "type", "gives"), rows)
    yield "## Fields of messages"
    yield ""
    yield "In a same-slot rule:"
    yield from _table(("field", "what it is replaced by"), ((f"`{{{n}}}`", about) for n, about in PAIR_FIELDS.items()))
    yield "In a consistency rule, for each group NAME:"
    fields = ((f"`{{{n}}}`", about) for n, about in group_fields(("NAME",)).items())
    yield from _table(("field", "what it is replaced by"), fields)


def _variables(variables: Iterable[Variable], prefix: str) -> Iterator[str]:
    suffix = ".OTHER" if prefix else ""
    rows = ((f"`{prefix}{v.name}{suffix}`", _TYPES[v.type], _with_values(v)) for v in variables)
    yield from _table(("name", "type", "what it holds"), rows)


def _with_values(variable: Variable) -> str:
    if not variable.values:
        return variable.about
    words = ", ".join(f"`{word}`" for word in sorted(variable.values - {""}))
    return f"{variable.about}: {words}" + (", or empty" if "" in variable.values else "")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield ""
    for row in (head, ("---",) * len(head), *rows):
        yield f"| {' | '.join(_cell(cell) for cell in row)} |"
    yield ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _rules(pack: Pack) -> Iterator[str]:
    yield "## The shipped rules"
    yield ""
    for name, rules in groupby(sorted(pack.rules, key=_by_file), key=lambda rule: _file(rule)):
        members = list(rules)
        yield f"### {name}"
        yield ""
        header = members[0].pack
        if header.about:
            yield " ".join(header.about.split())
            yield ""
        for rule in members:
            yield from _rule(rule)


def _by_file(rule: Rule) -> tuple[str, int]:
    return (_file(rule), rule.place.line)


def _file(rule: Rule) -> str:
    return PurePath(rule.place.file).stem.replace("-", " ").capitalize()


def _rule(rule: Rule) -> Iterator[str]:
    yield f"#### {rule.title} (`{rule.id}`)"
    yield ""
    yield " ".join(rule.about.split())
    yield ""
    for line in describe_rule(rule):
        yield f"- {line}"
    yield ""
    outcomes = rule.outcomes if isinstance(rule, SameSlotRule) else (rule.outcome,)
    rows = ((o.verdict.value, o.severity.value, _when(o), o.message) for o in outcomes)
    yield from _table(("verdict", "severity", "when", "says"), rows)
    for told, examples in groupby(sorted(rule.examples, key=_is_trap), key=_is_trap):
        yield "Traps, where somebody in a hurry would see more than there is:" if told else "Examples:"
        yield ""
        yield from (f"- {example_line(example)}" for example in examples)
        yield ""


def _when(outcome: Outcome) -> str:
    return "otherwise" if outcome.when == "true" else f"`{outcome.when}`"


def _is_trap(example: Example) -> bool:
    return example.title.startswith(TRAP)


def describe_rule(rule: Rule) -> Iterator[str]:
    """What a rule takes and compares, who answers for it and where it is asked, a line each."""
    if isinstance(rule, SameSlotRule):
        yield f"takes two claims of one question: {_kinds(rule.kinds)}"
        for words, what in ((rule.slots, "slot"), (rule.heads, "head"), (rule.events, "event")):
            if words:
                yield f"only where a claim has one of these {what}s: {', '.join(sorted(words))}"
        tolerated = [f"{name} {s.written}" for table in (rule.tolerance.kinds, rule.tolerance.units)
                     for name, s in table.items()]  # fmt: skip
        if tolerated:
            yield f"values fit together within: {', '.join(sorted(tolerated))}"
        if own := _own_where(rule):
            yield f"only where `{own}`"
    else:
        where = "in one article" if rule.scope == "article" else "of different outlets"
        yield f"takes claims that must fit together, {where}:"
        for selection in rule.selections:
            narrowed = f", where `{' '.join(selection.where.source.split())}`" if selection.where else ""
            yield f"`{selection.name}`: {_kinds(selection.kinds)}{narrowed}"
    if rule.same:
        yield f"the claims must have the same {', '.join(rule.same)}"
    yield from describe_reach(rule.reach)
    if rule.owner:
        yield f"owner: {rule.owner}"


def _own_where(rule: SameSlotRule) -> str:
    """The ``where`` that the rule writes: it stands in brackets behind what ``same`` asks, which has none."""
    return " ".join(rule.where.partition("(")[2].removesuffix(")").split())


def describe_reach(reach: Reach) -> Iterator[str]:
    """Where a rule is asked, a line each; nothing where it is asked everywhere."""
    if not reach.on:
        yield "switched off"
    if not reach.only.everywhere:
        yield f"asked only for {_where(reach.only)}"
    for where in reach.never:
        yield f"not asked for {_where(where)}"


def _where(where: Where) -> str:
    parts = ((where.sources, "outlets"), (where.topics, "topics"), (where.stories, "stories"))
    return "; ".join(f"{what} {', '.join(sorted(words))}" for words, what in parts if words)


def _kinds(kinds: Iterable[str]) -> str:
    return ", ".join(sorted(kinds))


def example_line(example: Example) -> str:
    """An example on one line: its title, what the outlets say and wherein they differ, and the verdict."""
    said = "; ".join(f'{c.source} "{c.field("text") or c.value}"{_told_apart(c, example)}' for c in example.claims)
    title = f"{example.title}: " if example.title else ""
    return f"{title}{said} → {example.expect.value if example.expect else 'silent'}"


def _told_apart(claim: ExampleClaim, example: Example) -> str:
    """What an example says of a claim that it does not say of the others alike, in brackets."""
    told = [claim.published] if len({other.published for other in example.claims}) > 1 else []
    for name in _CONTEXT:
        values = {other.field(name) for other in example.claims}
        value = claim.field(name)
        if value and value not in _USUAL and (len(values) > 1 or name in ("modality", "polarity")):
            told.append(value.rpartition(":")[2])
    return f" ({', '.join(filter(None, told))})" if any(told) else ""
