"""What a bare number means where it stands: an age, a vote, a score, a label, or the pronoun "one"."""

from __future__ import annotations

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from reconcile.extract.quantity_nouns import children_near, context_words, number_head
from reconcile.normalize.lexemes import Lexeme, text_at
from reconcile.normalize.measures import Measure
from reconcile.normalize.numbers import parse_number

_REACH = 14
_OLDEST = 115
_LONGEST_LIST = 6
_CLOSERS = frozenset({",", ".", ")", ";", ":", "and", "was", "were", "is", "of", "from", "—", "–", "-"})
_RATIO_SPAN = 4
_LARGEST_WHOLE = 100
_CLOCK_WORDS = frozenset({"second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "night", "nights",
                          "week", "weeks", "month", "months", "year", "years", "decade", "decades"})  # fmt: skip
_BE = frozenset({"be", "turn", "become", "reach"})


def read_pair(lexemes: list[Lexeme], measure: Measure, noun: Token | None) -> Measure | None:
    """Two bare numbers as a vote, a score or a range; None where they are none of these."""
    window = {lexeme.lower for lexeme in lexemes[max(0, measure.first - _REACH) : measure.stop + _REACH]}
    whole = measure.low.is_integer() and measure.high.is_integer() and measure.low >= 0
    head = noun.lemma_.lower() if noun is not None else ""
    if measure.form != "pair":
        counts = noun is not None and head not in context_words("votes")
        return measure if counts or not window & context_words("votes") else measure._replace(category="vote")
    if head in context_words("scores") or text_at(lexemes, measure.stop) in {"down", "up", "ahead", "behind"}:
        return measure._replace(unit="score", category="measure")
    if (
        noun is not None
        and noun.tag_ in {"NNS", "NNPS"}
        and measure.low < measure.high
        and head not in context_words("votes")
    ):
        return measure._replace(form="digits")
    if whole and window & context_words("votes") and max(measure.low, measure.high) >= 3:
        return measure._replace(category="vote")
    return None


def read_ratio(lexemes: list[Lexeme], measure: Measure) -> Measure | None:
    """The share that "one in three", "1-in-3" or "two out of five" gives; None where no such pair stands here."""
    if measure.category != "count" or measure.unit or measure.form == "pair":
        return None
    at, words = measure.stop, ""
    while (
        at < len(lexemes)
        and at - measure.stop < _RATIO_SPAN
        and lexemes[at].lower in {"-", "‐", "‑", "in", "out", "of"}
    ):
        words += lexemes[at].lower.strip("-‐‑")
        at += 1
    whole = parse_number(text_at(lexemes, at)) if words in {"in", "outof"} else None
    if whole is None or not measure.low < whole.low <= _LARGEST_WHOLE or measure.low != measure.high or measure.low < 1:
        return None
    after = text_at(lexemes, at + 1)
    if after in _CLOCK_WORDS or (after == "-" and text_at(lexemes, at + 2) in _CLOCK_WORDS):
        return None
    share = measure.low / whole.low
    return measure._replace(stop=at + 1, low=share, high=share, category="percent")


def read_bare_age(lexemes: list[Lexeme], measure: Measure, number: DocSpan) -> Measure | None:
    """The age that a number without a unit gives: "Smith, 68,", "Lee (23)", "both 21", "she was 14"."""
    if not (measure.form in {"digits", "words"} and measure.low > 0 and measure.high <= _OLDEST and measure.joined < 0):
        return None
    if not measure.low.is_integer() or number.start == 0 or text_at(lexemes, measure.stop) == "of":
        return None  # "Lee, one of the four", is no age
    if _follows_person(lexemes, measure, number) or _is_said_of_person(lexemes, measure, number):
        return measure._replace(unit="year", category="age")
    return None


def _follows_person(lexemes: list[Lexeme], measure: Measure, number: DocSpan) -> bool:
    before, after = lexemes[measure.first - 1].lower, text_at(lexemes, measure.stop)
    if before in {"then", "now"} and text_at(lexemes, measure.first - 2) == "," and after in {",", ".", ")"}:
        return True
    if before == "both":
        return after in _CLOSERS or not after
    if before not in {",", "("} or number.start < 2:
        return _is_in_age_list(lexemes, measure, number)
    if before == "(" and after != ")":
        return False
    if before == "," and after not in _CLOSERS and after:
        return False
    if _is_in_age_list(lexemes, measure, number):
        return True
    holder = number.doc[number.start - 2]
    if holder.text == "." and number.start >= 3:
        holder = number.doc[number.start - 3]
    if holder.pos_ == "PROPN" or holder.ent_type_ == "PERSON":
        return holder.ent_type_ not in {"DATE", "GPE", "MONEY"} and measure.low >= 1 and not _in_list(lexemes, measure)
    return holder.lemma_.lower() in context_words("people")


def _is_in_age_list(lexemes: list[Lexeme], measure: Measure, number: DocSpan) -> bool:
    """ "two sisters, 9 and 12,", "four pupils — 7, 8, 8 and 10 —": each number of the list is an age."""
    if measure.form != "digits" or text_at(lexemes, measure.stop) not in _CLOSERS | {""}:
        return False
    token, walked = number[0], 0
    while token.i > 0 and walked < 2 * _LONGEST_LIST:
        token, walked = token.nbor(-1), walked + 1
        if token.like_num and token.text.isdecimal() and int(token.text[:4]) <= _OLDEST:
            continue
        if token.lower_ in {",", "and", "ages", "aged", "—", "–", "-"}:
            continue
        plural = token.tag_ == "NNS" and token.lemma_.lower() in context_words("people")
        return plural and token.nbor(1).text in {",", "—", "–", "-", "ages", "aged"}
    return False


def _in_list(lexemes: list[Lexeme], measure: Measure) -> bool:
    """Whether the name before is one of a run of names and numbers that are no ages ("Lakers 98, Bulls, 95")."""
    return measure.form == "digits" and any(
        x.kind == "digits" for x in lexemes[max(0, measure.first - 3) : measure.first]
    )


def _is_said_of_person(lexemes: list[Lexeme], measure: Measure, number: DocSpan) -> bool:
    """ "she was 14", "he will be 35 by spring", "who turned 50"."""
    top = number_head(number)
    if top.head.lemma_.lower() not in _BE or top.dep_ not in {"attr", "acomp", "dobj", "npadvmod", "nummod", "pobj"}:
        return False
    if top.head.lemma_.lower() == "be" and text_at(lexemes, measure.stop) in {"percent", "of", "in", "points", "for"}:
        return False
    subject = next((child for child in children_near(top.head, right=0) if child.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or not subject.i < number.start:
        return False
    person = subject.ent_type_ == "PERSON" or subject.lemma_.lower() in context_words("people")
    return person or subject.lower_ in context_words("person_pronouns")


def is_pronoun_or_label(lexemes: list[Lexeme], measure: Measure, number: DocSpan, noun: Token | None) -> bool:
    """Whether the parse shows that this is no number: "one" as a pronoun, "first" as an adverb, "Watch 5"."""
    top = number_head(number)
    if measure.category == "ordinal":
        return _is_adverb(lexemes, measure, top, noun)
    if measure.form == "words" and _is_in_name(number):
        return True
    if measure.form == "words" and measure.low == measure.high == 1 and measure.stop - measure.first == 1:
        return _is_pronoun(lexemes, measure, top, noun)
    if measure.form == "digits" and measure.category == "count" and not measure.unit:
        return _is_label(lexemes, measure, number, top, noun)
    return False


def _is_adverb(lexemes: list[Lexeme], measure: Measure, top: Token, noun: Token | None) -> bool:
    if noun is not None:
        return noun.ent_type_ in {"FAC", "LAW"} and noun.pos_ == "PROPN"
    if top.pos_ == "ADV" or top.dep_ in {"advmod", "npadvmod"}:
        return True
    before = text_at(lexemes, measure.first - 1)
    return before not in {"the", "his", "her", "their", "its", "my", "our", "s", "a", "is", "was", "be", "in"}


def _is_pronoun(lexemes: list[Lexeme], measure: Measure, top: Token, noun: Token | None) -> bool:
    """ "one" counts before a noun, before "of", and alone as subject or object of what happens to people."""
    if noun is not None:
        return noun.i < top.i
    if top.head.lemma_.lower() in context_words("happens_to_people"):
        return False
    after = text_at(lexemes, measure.stop)
    return after not in {"of", "other", "more", "dead", "killed", "injured", "wounded", "million"} or top.tag_ == "PRP"


def _is_in_name(number: DocSpan) -> bool:
    """A capitalized number word beside another capital in a sentence that is no headline: "the Final Four"."""
    first = number[0]
    if not first.text[0].isupper() or first.is_sent_start or first.i == 0:
        return False
    neighbours = [first.nbor(-1), *([number.doc[number.end]] if number.end < len(number.doc) else [])]
    if not any(token.pos_ == "PROPN" and token.text[0].isupper() and not token.is_sent_start for token in neighbours):
        return False
    around = number.doc[max(0, number.start - _REACH) : number.end + _REACH]
    titles = sum(token.is_title and not token.is_sent_start for token in around) - 2
    return sum(token.is_lower and len(token) > 3 for token in around) > titles


def _is_label(lexemes: list[Lexeme], measure: Measure, number: DocSpan, top: Token, noun: Token | None) -> bool:
    """A number straight behind a name that nothing counted follows: "Apple Watch 5", "Boeing 737 jets"."""
    if number.start == 0:
        return False
    before = number.doc[number.start - 1]
    if noun is None and top.dep_ == "nummod" and top.head == before and measure.bound == "=":
        return True
    if before.pos_ != "PROPN" or lexemes[measure.first].glued or (before.is_sent_start and noun is not None):
        return False
    if noun is None:
        return measure.bound == "=" and (
            top.head == before or top.dep_ in {"nummod", "appos", "npadvmod", "compound", "pobj"}
        )
    return before.head == noun or before.head == top or noun.i < number.start or noun.tag_ == "NNP"
