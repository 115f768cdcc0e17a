"""Tells from the parse whether what a time expression belongs to is past, present or still to come."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Token

from reconcile.extract.clauses import event_words
from reconcile.normalize.dates_words import time_words

Tense = Literal["past", "present", "future", ""]

_CLIMB = 12
"""How far up the tree the governing verb is looked for: enough for real prose, constant for hostile text."""

_UNPLANNED = frozenset({"kill", "die", "injure", "shoot", "attack", "crash", "disaster"})
"""Classes of the events lexicon that are told only once they have happened."""

_WILL = frozenset({"will", "'ll", "’ll", "wo", "shall", "would", "'d", "’d"})
_MAY = frozenset({"may", "can", "should", "must"})
_MIGHT = frozenset({"might", "could"})
_WAS = frozenset({"was", "were"})
_HAVE = frozenset({"has", "have", "had", "'ve"})
_BE_NOW = frozenset({"is", "are", "'s", "’s", "'re", "’re", "am", "be", "'m"})


def tense_of(token: Token) -> Tense:
    """The tense of the nearest verb above the token; nouns on the way that speak of plans ("deadline") mean future."""
    future_words = time_words().future_words
    if token.dep_ in ("poss", "compound", "nmod", "nummod", "amod") and token.head.pos_ in ("NOUN", "PROPN"):
        return _tense_of_noun(token.head)
    deadline = False
    for _ in range(_CLIMB):
        if token.pos_ in ("VERB", "AUX"):
            return "future" if deadline and _can_be_put_off(token) else _tense_of_verb(token)
        deadline = deadline or token.lower_ in ("until", "till")
        if (token.lemma_.lower() in future_words and token.lemma_ != "set") or any(
            c.lower_ in future_words for c in token.lefts
        ):
            return "future"
        if token.head.i == token.i:
            return ""
        token = token.head
    return ""


def hangs_on_noun(token: Token) -> bool:
    """Whether the expression only describes a noun inside another phrase ("tied to the shooting on Easter Sunday").

    Such a noun may be older than anything the verb says of it. Not meant are nouns of planning, a verb's own object,
    and the meeting of "will speak at the meeting on Monday".
    """
    if token.dep_ != "pobj" or token.head.head.pos_ not in ("NOUN", "PROPN"):
        return False
    noun = token.head.head
    planned = noun.lemma_.lower() in time_words().future_words
    joins = noun.dep_ == "pobj" and noun.head.lower_ in ("for", "at", "in", "during", "on")
    return not planned and not joins and noun.dep_ not in ("dobj", "nsubj", "nsubjpass", "attr")


def dates_mishap(token: Token) -> bool:
    """Whether the expression dates what nobody plans, a death or a crash, and so lies behind the article's day."""
    for _ in range(3):
        token = token.head
        if token.pos_ in ("NOUN", "VERB"):
            unplanned = event_words().get((token.pos_, token.lemma_.lower())) in _UNPLANNED
            return unplanned and (token.pos_ == "NOUN" or _tense_of_verb(token) == "past")
    return False


def _tense_of_noun(noun: Token) -> Tense:
    """ "Monday's meeting": ahead if it is called so, or if it is what a verb of the future is about."""
    future_words = time_words().future_words
    if noun.lemma_.lower() in future_words or any(c.lower_ in future_words for c in noun.lefts):
        return "future"
    if noun.dep_ in ("nsubj", "nsubjpass", "dobj") and noun.head.pos_ in ("VERB", "AUX"):
        return "future" if _tense_of_verb(noun.head) == "future" else ""
    return ""


def _tense_of_verb(verb: Token) -> Tense:
    for _ in range(_CLIMB):
        found, above = _read_verb(verb)
        if found is not None:
            return found
        if above is None or above.pos_ not in ("VERB", "AUX"):
            return "future" if above is not None else ""
        verb = above
    return ""


def _read_verb(verb: Token) -> tuple[Tense | None, Token | None]:
    """The verb's own tense, or the word above that decides it."""
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    lowers = {h.lower_ for h in helpers}
    plans = _is_plan(verb)
    if lowers & _WILL:
        return ("past" if _has_have(lowers) else "future"), None
    if lowers & _MAY:
        return ("past" if _has_have(lowers) else "future"), None
    if lowers & _MIGHT:
        return ("past" if _has_have(lowers) else ""), None
    if "to" in lowers:
        return _read_infinitive(verb)
    if verb.tag_ == "VBD":
        return ("future" if _sets_a_date(verb) else "past"), None
    if verb.tag_ == "VBN":
        return _read_participle(verb, lowers, plans), None
    if verb.tag_ == "VBG":
        if lowers & _BE_NOW:
            return "future", None
        if helpers:
            return "", None
        return (None, verb.head) if verb.head.i != verb.i and verb.head.pos_ in ("VERB", "AUX") else ("", None)
    if verb.tag_ in ("VBZ", "VBP"):
        due = any(c.dep_ == "acomp" and c.lower_ in time_words().future_words for c in verb.children)
        timetable = verb.lemma_.lower() in time_words().timetable_words or _takes_effect(verb) or _is_of_a_day(verb)
        return ("future" if plans or due or timetable else "present"), None
    if verb.tag_ == "VB" and verb.dep_ == "ROOT" and not helpers:
        return "", None
    return (None, verb.head) if verb.head.i != verb.i else ("", None)


def _can_be_put_off(verb: Token) -> bool:
    """ "has given them until Tuesday" looks ahead; "had not called until Tuesday" does not."""
    children = {c.lower_ for c in verb.children}
    negated = any(c.dep_ == "neg" for c in verb.children)
    return not negated and "had" not in children and verb.lemma_ != "be"


def _is_plan(verb: Token) -> bool:
    """Verbs of planning; "set" only as in "set for Monday" and "set to begin"."""
    lemma = verb.lemma_.lower()
    if lemma == "set":
        return any(c.lower_ == "for" or c.dep_ == "xcomp" for c in verb.children)
    return lemma in time_words().future_words


def _takes_effect(verb: Token) -> bool:
    return verb.lemma_ in ("take", "go") and any(c.lower_ in ("effect", "into") for c in verb.children)


def _has_have(lowers: set[str]) -> bool:
    return "have" in lowers or "'ve" in lowers


def _read_infinitive(verb: Token) -> tuple[Tense | None, Token | None]:
    """ "to meet": future under words of planning and in "interview to be shown"; else as the verb above."""
    above = verb.head
    if above.i == verb.i or (above.lemma_ == "be" and above.tag_ in ("VBZ", "VBP")):
        return "future", None
    helpers = {c.lower_ for c in above.children}
    planned = above.lemma_.lower() in time_words().future_words or above.lower_ in _WAS
    perfect = helpers & _HAVE or any(c.lower_ == "have" for c in verb.children)
    if planned and (helpers | {above.lower_}) & _WAS and not perfect:
        return "future", None
    if helpers & {"was", "were", "had"} or above.head.lower_ in ("was", "were", "been"):
        return "", None
    if above.lemma_.lower() in time_words().future_words:
        return "future", None
    if above.pos_ in ("NOUN", "PROPN") and any(c.dep_ == "auxpass" for c in verb.children):
        return "future", None
    return ("" if _main_tense(above) in ("past", "") else "future"), None


def _main_tense(token: Token) -> Tense:
    """The tense of the first verb at or above the token that is neither an infinitive nor a gerund."""
    for _ in range(_CLIMB):
        if token.pos_ in ("VERB", "AUX") and token.tag_ not in ("VB", "VBG"):
            return "past" if token.tag_ in ("VBD", "VBN") else "present"
        if token.pos_ in ("VERB", "AUX") and any(c.lower_ in _WILL for c in token.children):
            return "future"
        if token.head.i == token.i:
            break
        token = token.head
    return ""


def _read_participle(verb: Token, lowers: set[str], plans: bool) -> Tense:
    """ "was held" and "has met" are past; "was scheduled for" and "talks planned for" look ahead."""
    if "had" not in lowers and lowers & _HAVE and _sets_a_date(verb):
        return "future"
    if not plans:
        return "present" if lowers & _BE_NOW and not lowers & {"has", "have", "had", "'ve"} else "past"
    return "future" if (lowers & (_BE_NOW | _WAS) and not lowers & _HAVE) or not lowers else ""


def _sets_a_date(verb: Token) -> bool:
    """ "scheduled a hearing for Monday": what it fixes is still to come; a planned attack is told once it is over."""
    fixed = [c for c in verb.children if c.dep_ == "dobj"] if verb.lemma_ in ("schedule", "plan") else []
    return bool(fixed) and not any(event_words().get(("NOUN", c.lemma_.lower())) in _UNPLANNED for c in fixed)


def _is_of_a_day(verb: Token) -> bool:
    """ "The parade is Saturday": nothing but the day is said of it."""
    said = [c for c in verb.children if c.dep_ in ("attr", "acomp", "npadvmod", "neg", "prep", "expl")]
    return verb.lemma_ == "be" and bool(said) and all(c.lower_ in time_words().weekdays for c in said)
