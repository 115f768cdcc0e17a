"""Ages of people without names: which unlike ones may be one person's."""

import hashlib

from reconcile.extract.reader import read
from reconcile.match.facts import match_facts
from reconcile.model import Article, Kind, Published, Story


def rivals(*texts: str) -> list[set[str]]:
    """The words of each fact of ages that holds unlike ones; each text is an outlet's."""
    articles = [
        Article(
            str(i),
            f"outlet {i}",
            "",
            text,
            hashlib.sha256(text.encode()).hexdigest(),
            published=Published("2031-04-09"),
        )
        for i, text in enumerate(texts)
    ]
    readings = [read(article) for article in articles]
    facts = match_facts(Story("s", tuple(a.id for a in articles)), readings, {a.id: a for a in articles})
    ages = [fact for fact in facts if fact.kind is Kind.AGE]
    return [{claim.text for claim in fact.claims} for fact in ages if len({c.text for c in fact.claims}) > 1]


LIST = (
    "A 24-year-old man was hit in the shoulder, a 22-year-old man in the chest, "
    "a 30-year-old woman and a 61-year-old woman in the leg."
)


def test_the_one_age_of_a_list_that_differs_is_a_rival() -> None:
    """Where all other men of two long lists are of one age, the two left over are one man."""
    other = LIST.replace("24-year-old", "34-year-old")
    assert rivals(LIST, other) == [{"24-year-old", "34-year-old"}]


def test_lists_that_differ_in_two_ages_tell_nothing() -> None:
    """Of two men left over on each side any may be any."""
    other = LIST.replace("24-year-old", "34-year-old").replace("22-year-old", "47-year-old")
    assert rivals(LIST, other) == []


def test_a_girl_is_no_rival_of_a_grown_man() -> None:
    """No girl is forty, whatever else the two sentences share."""
    one = "A 7-year-old girl was wounded in the shooting on Torvale Road on Sunday."
    other = "A 40-year-old man was wounded in the shooting on Torvale Road on Sunday."
    assert rivals(one, other) == []


def test_a_woman_is_no_rival_of_a_man() -> None:
    """Two people of two sexes are two people."""
    one = "A 31-year-old woman was wounded in the shooting on Torvale Road on Sunday."
    other = "A 40-year-old man was wounded in the shooting on Torvale Road on Sunday."
    assert rivals(one, other) == []


def test_two_ages_of_one_man_are_rivals() -> None:
    """The same sentence with another age is what an editor wants to see."""
    one = "A 31-year-old man was wounded in the shooting on Torvale Road on Sunday."
    other = "A 40-year-old man was wounded in the shooting on Torvale Road on Sunday."
    assert rivals(one, other) == [{"31-year-old", "40-year-old"}]


def test_two_ages_told_in_one_clause_are_of_two_people() -> None:
    """Of two brothers listed with their ages neither is the other outlet's rival."""
    one = "She left two grandsons, a 13-year-old boy and a 15-year-old boy, alone in the house on Torvale Road."
    other = "A 13-year-old boy, her grandson, was left alone in the house on Torvale Road and found the gun."
    assert rivals(one, other) == []
