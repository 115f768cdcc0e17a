"""Messages of rules: plain words with a fixed list of {fields}; claims' words are put in once and never read again."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reconcile.check.faults import suggest

MAX_LENGTH = 400
PAIR_FIELDS: dict[str, str] = {
    "label": "the question, such as age of Jane Roe",
    "kind": "the kind of value, such as count",
    "sources": "the outlets' names",
    "values": "each outlet with the words it uses",
    "why": "how the two values compare",
    "gap": "the time between the two publications: 1 day, 3 days",
    "a_source": "the outlet of the earlier claim",
    "a_text": "its words",
    "a_value": "its value as a reader writes it",
    "a_said": "who asserts it: the speaker, or the outlet itself",
    "b_source": "the outlet of the later claim",
    "b_text": "its words",
    "b_value": "its value as a reader writes it",
    "b_said": "who asserts it: the speaker, or the outlet itself",
}
_GROUP_FIELDS: dict[str, str] = {
    "source": "the outlet of that claim",
    "text": "its words",
    "value": "its value as a reader writes it",
    "subject": "whom or what it belongs to",
    "day": "the weekday of its day",
}
_FIELD = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def group_fields(names: tuple[str, ...]) -> dict[str, str]:
    """The fields of a consistency rule's message: the general ones, and five for each selected claim."""
    fields = {"sources": PAIR_FIELDS["sources"], "values": PAIR_FIELDS["values"]}
    return fields | {f"{name}_{field}": about for name in names for field, about in _GROUP_FIELDS.items()}


def check_message(message: str, known: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What is wrong with a message and what was meant, in pairs; empty where it is good."""
    if not message.strip():
        return (("the message is empty", "say in one sentence what an editor should know"),)
    if len(message) > MAX_LENGTH:
        return ((f"the message has {len(message):,} characters", f"{MAX_LENGTH} are allowed"),)
    wrong = [
        (f"a message has no field {{{name}}}", suggest(name, known))
        for name in _FIELD.findall(message)
        if name not in known
    ]
    if re.search(r"[{}]", _FIELD.sub("", message)):
        wrong.append(("a brace that belongs to no {field}", "fields are bare names in braces, such as {values}"))
    return tuple(wrong)


def fill_message(message: str, values: Mapping[str, str]) -> str:
    """The message with its fields filled in, in one pass: braces in the values stay what they are."""
    text = _FIELD.sub(lambda found: values.get(found[1], found[0]), message)
    return re.sub(r"\s+", " ", text).strip()
