"""Discrepancies about one person: exclusive offices, and another name for the only one killed or accused."""

import pytest

from reconcile.extract.reader import read
from reconcile.match.comparisons import Comparisons
from reconcile.match.facts import match_facts
from reconcile.match.nodes import build_nodes
from reconcile.match.offices import office_contrasts
from reconcile.match.standings import name_contrasts
from reconcile.match.views import view_claims
from reconcile.model import Article, Kind, Published, Reading, Story


def told(*texts: str) -> tuple[dict[str, Article], list[Reading]]:
    """Articles of one day, one an outlet, and their readings."""
    articles = {
        str(i): Article(str(i), f"outlet {i}", "", text, str(i), published=Published("2031-04-09"))
        for i, text in enumerate(texts)
    }
    return articles, [read(article) for article in articles.values()]


def rivals(kind: Kind, *texts: str) -> list[list[str]]:
    """The words of each pair that is a discrepancy whatever its context."""
    articles, readings = told(*texts)
    nodes = build_nodes(view_claims(readings, {id: len(article.text) for id, article in articles.items()}))
    group = [node for node in nodes if node.kind is kind]
    if kind is Kind.ROLE:
        edges = office_contrasts(group, Comparisons(group), {})
    else:
        edges = name_contrasts(group, readings, articles, {})
    return [sorted(node.views[0].claim.text for node in (edge.left, edge.right)) for edge in edges]


STREET = "Three boys were hurt in Torvale, Sgt. Mina Pell told reporters."


def test_a_rank_and_a_cabinet_office_differ() -> None:
    """A sergeant is no transportation secretary, however unlike the two sentences are."""
    other = "The road stays closed until noon, said Transportation Secretary Mina Pell."
    assert rivals(Kind.ROLE, STREET, other) == [["Sgt.", "Transportation Secretary"]]


@pytest.mark.parametrize(
    "other",
    [
        "The road stays closed, said Mina Pell, who was transportation secretary until 2029.",
        "The road stays closed, said former Transportation Secretary Mina Pell.",
        "The road stays closed, said Transportation Secretary Mina Pell, a sergeant in the reserve.",
        "The road stays closed, said Transportation Secretary Dag Trewin.",
        "The road stays closed, said Detective Mina Pell.",
    ],
)
def test_offices_that_may_be_hers_do_not(other: str) -> None:
    """A former office, two offices told by one outlet, another bearer and a post of the same force are no rivals."""
    assert rivals(Kind.ROLE, STREET, other) == []


HELD = "Police arrested Abel Moss, 30, in Torvale on Friday after the fire on Harbour Road."


def test_two_names_for_the_only_one_accused_differ() -> None:
    """Each outlet names one man who was arrested, of one age, and neither the other's."""
    other = "Dag Trewin, 29, is in jail. He set the fire on Harbour Road in Torvale, officers said."
    assert rivals(Kind.PERSON_NAME, HELD, other) == [["Abel Moss", "Dag Trewin"]]


@pytest.mark.parametrize(
    "other",
    [
        "Dag Trewin, 51, is in jail. He set the fire on Harbour Road in Torvale, officers said.",
        "Dag Trewin, 29, is in jail. Two men were arrested after the fire on Harbour Road in Torvale.",
        "Dag Trewin, 29, and Bo Carden, 30, are in jail. They were arrested after the fire in Torvale.",
        "Dag Trewin, 29, is in jail. He accused Abel Moss of the fire on Harbour Road in Torvale.",
        "The smoke was seen by Dag Trewin, 29, from his window.",
        "Dag Trewin is in jail. He set the fire on Harbour Road in Torvale, officers said.",
    ],
)
def test_two_who_may_be_two_people_do_not(other: str) -> None:
    """Other ages, several accused, a witness, or nothing but the arrest that speaks for one man."""
    assert rivals(Kind.PERSON_NAME, HELD, other) == []


def test_two_names_for_the_one_killed_differ() -> None:
    """A third outlet that names one of the two speaks for one event."""
    one = "A driver was charged with the killing of Ada Brunn in Torvale."
    other = "Police said Mina Lowe died at the scene in Torvale."
    third = "Ada Brunn was killed in Torvale on Friday."
    assert rivals(Kind.PERSON_NAME, one, other) == []
    assert rivals(Kind.PERSON_NAME, one, other, third) != []


def test_the_two_names_become_one_fact() -> None:
    """What is a discrepancy without context is a fact with both names."""
    other = "Dag Trewin, 29, is in jail. He set the fire on Harbour Road in Torvale, officers said."
    articles, readings = told(HELD, other)
    facts = match_facts(Story("s", tuple(articles)), readings, articles)
    names = [{claim.text for claim in fact.claims} for fact in facts if fact.kind is Kind.PERSON_NAME]
    assert {"Abel Moss", "Dag Trewin"} in names
