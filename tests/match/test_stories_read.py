"""Stories of articles as they are read: two rounds of talks, and a fire on the day of the first."""

from __future__ import annotations

from itertools import combinations

import pytest

from reconcile.extract.document import parse
from reconcile.extract.sketch import sketch
from reconcile.extract.times import find_times
from reconcile.match.stories import ArticleSketch, group
from reconcile.model import Published

FIRST_ROUND = (
    (
        "2031-03-05",
        "Norland and Sudmark envoys meet in Samarkand",
        "Envoys from Norland and Sudmark sat down in Samarkand on Tuesday for the first direct talks between the two "
        "countries in four years.\n\nIlse Brandvik, who leads the Norland delegation, said that an exchange of 400 "
        "prisoners had been agreed. Tomas Reyk, the foreign minister of Sudmark, called the meeting useful.\n\nThe "
        "talks lasted three hours. No ceasefire was agreed, and fighting went on near the Talva river.",
    ),
    (
        "2031-03-05",
        "Prisoner swap agreed as Norland and Sudmark talk",
        "SAMARKAND — Norland and Sudmark agreed on Tuesday to exchange 400 prisoners each but not on a ceasefire, "
        "after three hours of talks in Samarkand.\n\nThe Sudmark foreign minister, Tomas Reyk, said that the meeting "
        "had been useful. Ilse Brandvik of Norland told reporters that the lists of names would be ready soon.",
    ),
)
SECOND_ROUND = (
    "2031-06-17",
    "Grain ships may pass Kesten strait, envoys say",
    "Norland and Sudmark will let grain ships pass the strait of Kesten until October, their envoys said after talks "
    "in Lisbon on Tuesday.\n\nThe sides did not come nearer to a truce. Ilse Brandvik gave Tomas Reyk, the foreign "
    "minister of Sudmark, a memorandum on the future of Kesten harbour.",
)
FIRE = (
    "2031-03-05",
    "Blaze guts warehouse in Port Vesper",
    "A fire destroyed a warehouse on Quay Road in Port Vesper early on Tuesday, the brigade said.\n\nForty "
    "firefighters fought the blaze for three hours. Odile Marchetti, the chief of the brigade, said nobody was hurt.",
)


def read(id: str, article: tuple[str, str, str], *, dated: bool = True) -> ArticleSketch:
    day, title, text = article
    published = Published(day) if dated else None
    doc = parse(text)
    return ArticleSketch(id, f"{id}.example", title, published, sketch(doc, find_times(doc, published), title))


@pytest.mark.parametrize("dated", [True, False])
def test_two_articles_on_one_round_of_talks_are_one_story(dated: bool) -> None:
    """Two accounts of one meeting come together, with dates and without."""
    articles = [read(f"a{at}", article, dated=dated) for at, article in enumerate(FIRST_ROUND)]
    assert len(group(articles)) == 1


@pytest.mark.parametrize("first", FIRST_ROUND)
def test_rounds_of_talks_months_apart_are_two_stories(first: tuple[str, str, str]) -> None:
    """The same people met again elsewhere: that is another event."""
    assert len(group([read("a", first), read("b", SECOND_ROUND)])) == 2


def test_different_events_of_one_day_stay_apart() -> None:
    """Talks and a fire of one day are two stories, and the second round a third."""
    articles = [read("a", FIRST_ROUND[0]), read("b", FIRST_ROUND[1]), read("c", FIRE), read("d", SECOND_ROUND)]
    assert {story.articles for story in group(articles)} == {("a", "b"), ("c",), ("d",)}


def test_each_pair_is_judged_alike_in_a_batch_of_two() -> None:
    """A batch of two relies on how common words are in news at large."""
    articles = [read("a", FIRST_ROUND[0]), read("b", FIRST_ROUND[1]), read("c", FIRE), read("d", SECOND_ROUND)]
    together = [(one.id, two.id) for one, two in combinations(articles, 2) if len(group([one, two])) == 1]
    assert together == [("a", "b")]
