"""CEL's own reports of what is wrong with a condition, put into words that say what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from reconcile.check.faults import suggest

_ERROR = re.compile(r"ERROR: <input>:(-?\d+):(-?\d+): (.*)")
_UNDECLARED = re.compile(r"undeclared reference to '([^']*)'")
_EXPECTING = re.compile(r" expecting \{.*")
_SHOWN = 5
_LONGEST = 200
_ALWAYS = frozenset(("otherwise", "else", "always", "default", "yes"))
_SIGNS = {"and": "&&", "or": "||", "not": "!", "is": "==", "equals": "==", "AND": "&&", "OR": "||", "NOT": "!"}


def explain_errors(
    message: str, names: Collection[str], closed: Mapping[str, frozenset[str]]
) -> Iterator[tuple[int, int, str, str]]:
    """Line, column, what is wrong and what was meant, for each error of a report; ``closed`` gives the words that
    variables take."""
    found = _ERROR.findall(message)
    if not found:
        yield 1, 1, message.split(" [")[0].splitlines()[0][:_LONGEST], ""
    for line, column, text in found[:_SHOWN]:
        text = _EXPECTING.sub("", text.split(" [INVALID")[0])
        meant = _meant(text)
        if undeclared := _UNDECLARED.match(text):
            text = f'there is no "{undeclared[1]}" here'
            meant = _meant_name(undeclared[1], names, closed)
        yield max(1, int(line)), max(1, int(column)), text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…", meant


def _meant(text: str) -> str:
    if "int" in text and "double" in text:
        return "numbers are decimals here: write 3.0 for 3"
    if "token recognition error at: '= '" in text:
        return "two are compared by =="
    word = re.search(r"input '([^']*)'", text)
    if word and word[1] in _SIGNS:
        return f"write {_SIGNS[word[1]]} for {word[1]}"
    return ""


def _meant_name(name: str, names: Collection[str], closed: Mapping[str, frozenset[str]]) -> str:
    if any(name in words for words in closed.values()):
        return f'texts stand in quotes: "{name}"'
    if name in _ALWAYS:
        return 'write "true", in quotes, for what always holds'
    return suggest(name, [known for known in names if ("." in known) is ("." in name)] or names)
