"""Markdown as the words a reader sees: link targets, images, emphasis and heading marks are taken out."""

from __future__ import annotations

import re
from collections.abc import Callable

# Bounded everywhere, so that a line of a million brackets costs no more than its length.
_STEPS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"<!--(?:[^<-]|<(?!!--)|-(?!->)){0,2000}-->"), ""),
    (re.compile(r"!\[[^\[\]\n]{0,500}\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,200}\])"), ""),
    (re.compile(r"(?<!\\)\[([^\[\]\n]{1,500})\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,200}\])"), r"\1"),
    (re.compile(r"^ {0,3}\[[^\[\]\n]{1,200}\]:[ \t]*\S[^\n]{0,2000}$", re.MULTILINE), ""),
    (re.compile(r"<(?:https?|mailto):[^<>\s]{1,2000}>"), ""),
    (re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,20}(?:\s[^<>\n]{0,500})?/?>"), ""),
    (re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t#]*$", re.MULTILINE), r"\1"),
    (re.compile(r"^ {0,3}(?:[*_-][ \t]*){3,}$", re.MULTILINE), ""),
    (re.compile(r"^(?: {0,3}>[ \t]?)+", re.MULTILINE), ""),
    (re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])([^*\n]{1,1000}?)(?<=[^\s*\\])\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<![\w_\\])(_{1,3})(?=[^\s_])([^_\n]{1,1000}?)(?<=[^\s_\\])\1(?![\w_])"), r"\2"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
    (re.compile(r"(?: {2,}|\\)$", re.MULTILINE), ""),
)


def strip_markup(text: str) -> str:
    """The text without Markdown's own signs; words, line breaks and list marks stay."""
    for pattern, replacement in _STEPS:
        text = pattern.sub(replacement, text)
    return text
