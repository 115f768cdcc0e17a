"""Clues: what tells at a glance that two texts do not say the same."""

from hypothesis import given
from hypothesis import strategies as st

from reconcile.model import Kind, NameValue, Relation, TextValue
from reconcile.normalize.compare import clues_of, compare_values
from reconcile.normalize.roles import parse_role

_WORDS = (
    "mayor",
    "deputy",
    "acting",
    "former",
    "of",
    "the",
    "police",
    "chief",
    "France",
    "not",
    "arrested",
    "freed",
    "",
)
_KINDS = (Kind.STATUS, Kind.ACTION, Kind.ROLE)
_texts = st.lists(st.sampled_from(_WORDS), max_size=5).map(" ".join)


@given(st.sampled_from(_KINDS), _texts, _texts, st.booleans())
def test_values_without_a_common_clue_are_not_like(kind: Kind, left: str, right: str, parsed: bool) -> None:
    """Equal values, and a finer one with its coarser, share a clue."""
    a, b = (parse_role(text) if parsed else TextValue(text) for text in (left, right))
    if compare_values(kind, a, b).relation in (Relation.EQUAL, Relation.FINER):
        one, other = clues_of(kind, a), clues_of(kind, b)
        assert one is not None
        assert other is not None
        assert not one.isdisjoint(other)


def test_names_and_quotations_give_no_clues() -> None:
    """Spellings and excerpts are alike in more ways than by a common word: they are compared always."""
    assert clues_of(Kind.PERSON_NAME, NameValue("Ada Brunn", "Ada", "", "Brunn")) is None
    assert clues_of(Kind.QUOTATION, TextValue("we stay")) is None
