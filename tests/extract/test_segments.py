"""Segments: where an article turns from one event to another."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.extract.document import parse
from reconcile.extract.segments import find_segments

TALKS = """Envoys of Norland and Sudmark met in Samarkand on Tuesday for a second round of ceasefire negotiations.
The delegation of Norland was led by Ilse Brandvik, who said the prisoners in the Kestrel corridor came first.
Tomas Reyk of Sudmark answered that a truce in the Kestrel corridor needed observers before any prisoners moved.
Brandvik and Reyk are to meet again in Samarkand on Friday, the delegation said."""
FIRE = """A blaze gutted a warehouse on the docks of Port Vesper early on Wednesday, the fire brigade said.
Forty firefighters pumped foam onto burning pallets in the warehouse while smoke drifted over Port Vesper.
Brigade chief Odile Marchetti said the blaze began among pallets stacked beside a conveyor on the docks.
Marchetti said no firefighter was hurt, and that the warehouse roof had collapsed before dawn."""


def test_round_up_is_cut_between_its_events() -> None:
    """Two reports that share no names are two segments."""
    text = f"{TALKS}\n{FIRE}"
    first, second = find_segments(parse(text))
    assert abs(second.start - len(TALKS)) <= 120
    assert (first.start, second.end) == (0, len(text))


def test_report_of_one_event_is_of_one_piece() -> None:
    """Paragraphs that name the same people and places are not parted."""
    assert find_segments(parse(TALKS)) == ()


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from("ABab \n.,“é💥"), max_size=200))
def test_segments_of_any_text_are_in_order(text: str) -> None:
    """Segments never overlap and lie within the text."""
    segments = find_segments(parse(text))
    bounds = [at for span in segments for at in (span.start, span.end)]
    assert bounds == sorted(bounds)
    assert all(0 <= at <= len(text) for at in bounds)
