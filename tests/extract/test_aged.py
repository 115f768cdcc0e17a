"""Whose age an age is."""

import pytest

from reconcile.extract.reader import read
from reconcile.model import Article, Kind, Published


def ages(text: str) -> list[tuple[str, str | None]]:
    """(age as written, whose) of every age in a text."""
    article = Article("a", "Herald", "", text, "0" * 64, published=Published("2031-04-09"))
    return [(c.text, c.about.subject) for c in read(article).claims if c.kind is Kind.AGE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Lost at sea: 18-year-old Roland Stewart; 21-year-old Dennis Atkins and 32-year-old Billy Carey.",
            [("18-year-old", "roland stewart"), ("21-year-old", "dennis atkins"), ("32-year-old", "billy carey")],
        ),
        ("Mark Cedar, 18, and a 17-year-old boy sailed on.", [("18", "mark cedar"), ("17-year-old", "")]),
        (
            "“It is sad,” said Mary Hutton, 34, a baker who raises a 14-year-old boy.",
            [("34", "mary hutton"), ("14-year-old", "")],
        ),
        (
            "Divers brought up 18-year-old Brandon Chase and two men, ages 14 and 28.",
            [("18-year-old", "brandon chase"), ("14", ""), ("28", "")],
        ),
        ("Tom Moss, 20, rowed. Moss and a 25-year-old won.", [("20", "tom moss"), ("25-year-old", "")]),
        ("A fight broke out between Ted Hammond and the 17-year-old boy.", [("17-year-old", "")]),
        ("Jane Roe, a 37-year-old nurse from Torvale, was hurt.", [("37-year-old", "jane roe")]),
        ("Jane Roe (37) won.", [("37", "jane roe")]),
        ("Ada Brunn, aged 44, was elected.", [("44", "ada brunn")]),
        ("A 16-year-old boy, Kevin Posey, was shot.", [("16-year-old", "kevin posey")]),
        (
            "Joss'An Stride, an 18-year-old swimmer, and Sean Abel, 14, won.",
            [("18-year-old", "jossan stride"), ("14", "sean abel")],
        ),
        (
            "The dead are Ada Moss, 19, and 24-year-old Brijolle Rashan Woods.",
            [("19", "ada moss"), ("24-year-old", "brijolle woods")],
        ),
        ("Thirteen-year old Emaril “EJ” Walden was hurt.", [("Thirteen-year old", "emaril walden")]),
        ("It hurt a 16-year-old boy, Jane Roe said.", [("16-year-old", "")]),
    ],
)
def test_an_age_is_that_of_the_name_it_stands_beside(text: str, expected: list[tuple[str, str]]) -> None:
    """The name right before or after an age is whose it is; another person of the sentence is not."""
    assert ages(text) == [(age, f"person:{whose}" if whose else None) for age, whose in expected]
