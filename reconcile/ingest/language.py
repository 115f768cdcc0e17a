"""A cheap language test: script first, then the commonest little words; enough to tell English from the rest."""

from __future__ import annotations

import re
from collections import Counter

from reconcile.lexicon import load_lexicon

_SAMPLE = 20_000
_FEW_WORDS = 25
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SCRIPTS = (
    ("latin", re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")),
    ("cyrillic", re.compile(r"[Ѐ-ӿ]")),
    ("greek", re.compile(r"[Ͱ-Ͽ]")),
    ("arabic", re.compile(r"[؀-ۿݐ-ݿ]")),
    ("hebrew", re.compile(r"[֐-׿]")),
    ("kana", re.compile(r"[぀-ヿ]")),
    ("hangul", re.compile(r"[가-힯]")),
    ("han", re.compile(r"[一-鿿]")),
    ("devanagari", re.compile(r"[ऀ-ॿ]")),
    ("thai", re.compile(r"[฀-๿]")),
)
_ONE_LANGUAGE = {"greek": "el", "hebrew": "he", "kana": "ja", "hangul": "ko", "han": "zh", "thai": "th"}


def detect_language(text: str) -> str:
    """The ISO 639-1 code of the text's language, "und" where it cannot be told; short Latin text counts as English."""
    sample = text[:_SAMPLE]
    script = _main_script(sample)
    if script == "none":
        return "en"
    if script in _ONE_LANGUAGE:
        return _ONE_LANGUAGE[script]
    return _by_little_words(sample, script)


def _main_script(sample: str) -> str:
    """The script of most letters; Japanese counts as kana though most of its signs may be Chinese ones."""
    counts = {name: len(letters.findall(sample)) for name, letters in _SCRIPTS}
    if counts["kana"] * 4 > counts["han"] > counts["latin"]:
        return "kana"
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else "none"


def _by_little_words(sample: str, script: str) -> str:
    """The language of that script whose little words are the most frequent."""
    words = Counter(word.casefold().replace("’", "'") for word in _WORD.findall(sample))
    total = words.total()
    languages = {code: entry for code, entry in load_lexicon("languages").items() if entry["script"] == script}
    scores = {code: sum(words[word] for word in entry["words"]) / total for code, entry in languages.items() if total}
    best = max(scores, key=lambda code: scores[code], default="und")
    # Three different little words: "I" in a short English note is no Italian, "Dec" and "am" no German.
    if scores.get(best, 0.0) >= 0.08 and sum(word in words for word in languages[best]["words"]) >= 3:
        return best
    return "en" if script == "latin" and (total < _FEW_WORDS or scores.get("en", 0.0) >= 0.04) else "und"
