"""Which event a day or an hour dates, and which of a story's times are told of its main event."""

from __future__ import annotations

import hashlib

import pytest

from reconcile.extract.reader import read
from reconcile.match.beside import is_day_of_speaking, is_of_another_event
from reconcile.match.edges import comparable, score_edges
from reconcile.match.features import measure_context
from reconcile.match.main_event import find_main_times, main_act
from reconcile.match.nodes import build_nodes
from reconcile.match.vetoes import Vetoes
from reconcile.match.views import view_claims
from reconcile.match.weights import load_weights
from reconcile.model import Article, Claim, Kind, Published, Reading, Relation


def reading(text: str, name: str = "a") -> Reading:
    """An article published on Wednesday, 9 April 2031, read."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return read(Article(name, name, "", text, digest, published=Published("2031-04-09")))


def time_of(text: str) -> Claim:
    return next(claim for claim in reading(text).claims if claim.kind in (Kind.DATE, Kind.TIME))


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Sunday's shooting shook the whole valley.", "shoot"),
        ("Two bakers pleaded guilty to their part in the March 2 shootout.", "shoot"),
        ("The shooting took place on Sunday near the mill.", "shoot"),
        ("It happened on Sunday near the mill.", "incident"),
        ("Monday's events startled the neighbours.", "incident"),
        ("Officers were called to a shooting on Pine Road on Sunday.", "shoot"),
        ("A farmer fired his gun on Sunday near the mill.", "shoot"),
        ("The party ended in tragedy on Sunday.", "incident"),
        ("A gunman fled a shootout with guards on Sunday.", "shoot"),
        ("The council voted on Sunday to close the mill.", "vote"),
        ("Ada Brunn was governor of Torvale from 2019.", "serve"),
        ("Ada Brunn said on Sunday that the mill would close.", "say"),
    ],
)
def test_time_dates_the_event_it_stands_with(text: str, event: str) -> None:
    """The event is that of the noun the time modifies, or of the clause, not of a verb that merely carries it."""
    assert time_of(text).about.event == event


def test_earlier_shooting_is_another_event() -> None:
    """Words such as "separate" part an event from the one an article is about."""
    assert is_of_another_event(time_of("In a separate shooting on Friday, a dog was hurt."))
    assert not is_of_another_event(time_of("In the shooting on Friday, a dog was hurt."))


def test_day_on_which_something_was_reported_is_no_day_of_speaking() -> None:
    """A passive report tells when the event was, an active one when somebody spoke."""
    assert not is_day_of_speaking(time_of("The shooting was reported Sunday."))
    assert is_day_of_speaking(time_of("The shooting was over, police said Sunday."))


def test_all_times_of_the_main_act_are_found() -> None:
    """Every day told of the main event is its day, wherever it stands; the day of an arrest is not."""
    readings = [
        reading("A baker was shot in Torvale on Sunday. Police arrested a man on Tuesday.", "a"),
        reading("Neighbours mourned in Torvale. After Saturday's shooting they lit candles.", "b"),
    ]
    main = find_main_times(readings)
    assert main_act(readings) == "violence"
    assert [c.text for r in readings for c in r.claims if c.id in main] == ["Sunday", "Saturday"]


def test_list_of_events_has_no_main_one() -> None:
    """Where an article dates many acts of one kind differently, none of them is the main event."""
    text = "A man was shot on Friday. A woman was shot on Saturday. A boy was shot on Sunday."
    assert not find_main_times([reading(text)])


def test_parts_of_a_day_are_one_node() -> None:
    """An article that says "Sunday" and "Sunday night" of one act gives one day."""
    read_one = reading("A baker was shot on Sunday. The shooting on Sunday night shook the valley.")
    nodes = build_nodes(view_claims([read_one], {"a": 100}))
    assert [[v.claim.text for v in n.views] for n in nodes if n.kind is Kind.DATE] == [["Sunday", "Sunday night"]]


def test_beginning_is_not_compared_with_an_end() -> None:
    """ "From 2019" and "until 2024" are no two values of one question."""
    readings = [reading("She led it from 2019.", "a"), reading("She led it until 2024.", "b")]
    left, right = (n for n in build_nodes(view_claims(readings, {"a": 99, "b": 99})) if n.kind is Kind.DATE)
    assert not comparable(left, right)


def test_date_on_the_weekday_told_elsewhere_is_no_rival() -> None:
    """A page that says "Sunday" a week later means the Sunday that another outlet gives by its date."""
    readings = [reading("A baker was shot on March 30, 2031.", "a"), reading("A baker was shot on Sunday.", "b")]
    nodes = [n for n in build_nodes(view_claims(readings, {"a": 99, "b": 99})) if n.kind is Kind.DATE]
    edges = score_edges(nodes, load_weights()[Kind.DATE])
    assert [edge.relation for edge in edges] == [Relation.DIFFERS]
    assert Vetoes(nodes, readings).forbids(edges[0])


def test_night_and_the_day_it_touches_are_no_rivals() -> None:
    """ "Overnight" in one outlet and that morning in another are one night."""
    readings = [reading("A baker was shot overnight.", "a"), reading("A baker was shot Tuesday.", "b")]
    nodes = [n for n in build_nodes(view_claims(readings, {"a": 99, "b": 99})) if n.kind is Kind.DATE]
    assert all(Vetoes(nodes, readings).forbids(edge) for edge in score_edges(nodes, load_weights()[Kind.DATE]))


def test_time_told_beside_another_age_is_measured() -> None:
    """Hours told of people of two ages are of two events of one kind."""
    readings = [
        reading("At 5 p.m. Monday a 24-year-old man was shot.", "a"),
        reading("At 9 p.m. Monday a 31-year-old man was shot.", "b"),
    ]
    hours = [view for view in view_claims(readings, {"a": 99, "b": 99}) if view.claim.kind is Kind.TIME]
    assert ("other ages", 1.0) in measure_context(*hours)


def test_days_of_two_acts_are_no_rivals() -> None:
    """The day of an arrest never contradicts that of a hearing."""
    readings = [
        reading("Police arrested Carl Denk in Torvale on Monday.", "a"),
        reading("Carl Denk was sentenced in Torvale on Tuesday.", "b"),
    ]
    nodes = [n for n in build_nodes(view_claims(readings, {"a": 99, "b": 99})) if n.kind is Kind.DATE]
    edges = score_edges(nodes, load_weights()[Kind.DATE])
    assert edges
    assert all(Vetoes(nodes, readings).forbids(edge) for edge in edges)


def test_two_parts_of_a_day_are_two_nodes() -> None:
    """An article that tells of a morning and of an afternoon tells of two times."""
    read_one = reading("A baker was shot on Sunday morning. A cook was shot on Sunday afternoon.")
    nodes = build_nodes(view_claims([read_one], {"a": 100}))
    assert [n.views[0].claim.text for n in nodes if n.kind is Kind.DATE] == ["Sunday morning", "Sunday afternoon"]
