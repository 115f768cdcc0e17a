"""Names from outside, made safe to print: control and direction characters are shown as escapes."""

import re

# C0, DEL and C1 controls; direction overrides, isolates and marks; line separators; zero-width and lone surrogates.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def shown(name: object, limit: int = 200) -> str:
    r"""The name on one line, with unsafe characters as ``\x1b`` or ``\u202e``, cut to ``limit`` characters."""
    text = str(name)
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return _UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), cut)
