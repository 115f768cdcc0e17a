"""Words from outside made safe to look at: signs that hide, reorder or break what a reader sees are spelt out."""

from __future__ import annotations

import json
import re

# DEL and C1 controls (one of them begins terminal commands), soft hyphen, direction marks, overrides and isolates,
# line separators, zero-width signs, lone surrogates. Joiners stay: Persian, Indic scripts and emoji need them.
_DECEPTIVE = "\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff"
_IN_TEXT = re.compile(f"[\x00-\x08\x0b-\x1f{_DECEPTIVE}]")
_IN_LINE = re.compile(f"[\x00-\x1f{_DECEPTIVE}]")
_IN_JSON = re.compile(f"[{_DECEPTIVE}]")
_PASSWORD = re.compile(r"(?P<before>[A-Za-z][A-Za-z0-9+.-]{0,30}://[^\s/@:]{0,200}:)[^\s/@]{1,500}(?=@)")
_PARAMETER = re.compile(
    r"(?P<before>[?&][^\s=&]{0,100}(?:pass|token|key|secret|sig|auth)[^\s=&]{0,100}=)[^\s&]{1,2000}", re.IGNORECASE
)


def visible(text: str) -> str:
    """The text with its deceptive signs as code points, such as ⟨U+202E⟩; tabs and line ends stay."""
    return _IN_TEXT.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def shown(name: object, limit: int = 200) -> str:
    r"""The name on one line, with unsafe characters as ``\x1b`` or ``\u202e``, cut to ``limit`` characters."""
    text = str(name)
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return _IN_LINE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), cut)


def mask_address(text: str) -> str:
    """The text with passwords and tokens of web and database addresses in it as ``***``."""
    return _PARAMETER.sub(r"\g<before>***", _PASSWORD.sub(r"\g<before>***", text))


def to_json(value: object, indent: int | None = None) -> str:
    """The value as JSON in which deceptive signs are escaped; raises ValueError for NaN and infinities."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return _IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
