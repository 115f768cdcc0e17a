"""The shipped consistency rules on whole articles: each speaks on the one written for it, and not on its trap."""

import hashlib

import pytest

from reconcile.check.load import load_pack
from reconcile.extract.reader import read
from reconcile.model import Article, Published
from reconcile.pipeline import reconcile
from reconcile.resources import data_folder

FLAGGED = ("contradiction", "undecided")
DAY = "2031-04-09"
Told = tuple[str, str]


def rules_that_speak(*told: Told, verdicts: tuple[str, ...] = FLAGGED) -> set[str]:
    """The rules that give one of the verdicts in one story; ``told`` are (day published, text), one outlet each."""
    pack, faults = load_pack([data_folder("rules")])
    assert not faults
    articles = [
        Article(str(i), f"outlet {i}", "", text, hashlib.sha256(text.encode()).hexdigest(), published=Published(day))
        for i, (day, text) in enumerate(told)
    ]
    return {found.rule for found in reconcile(articles, pack, read_one=read).findings if found.verdict in verdicts}


SHOT = (
    "A gunman opened fire in Torvale on Tuesday. Nine people were shot, police said. "
    "Three people were killed and {} people were wounded."
)
HELD = "{} people were arrested in Torvale on Tuesday. Police said 25 men and 10 women were arrested."
FLOOD = "The flood killed nine people in Torvale on Tuesday. "
CASES = [
    ("casualties-add-up", [(DAY, SHOT.format("five"))], [(DAY, SHOT.format("six"))]),
    ("parts-and-total", [(DAY, HELD.format("Forty"))], [(DAY, HELD.format("Thirty-five"))]),
    (
        "one-toll",
        [(DAY, FLOOD + "Seven people were killed in the flood, police said.")],
        [(DAY, FLOOD + "Seven other people were killed in a mudslide, police said.")],
    ),
    (
        "percent-and-count",
        [(DAY, "The company cut 300 of its 1,000 jobs, or 25 percent, on Tuesday.")],
        [(DAY, "The company cut 250 of its 1,000 jobs, or 25 percent, on Tuesday.")],
    ),
    (
        "weekday-fits-date",
        [(DAY, "The council met on Friday, April 8, 2031, in Torvale.")],
        [(DAY, "The council met on Tuesday, April 8, 2031, in Torvale.")],
    ),
    (
        "age-and-birth",
        [(DAY, "Ada Brunn, 44, was elected mayor on Tuesday. She was born on March 3, 1975.")],
        [(DAY, "Ada Brunn, 56, was elected mayor on Tuesday. She was born on March 3, 1975.")],
    ),
    (
        "one-age",
        [(DAY, "Ada Brunn, 44, was elected mayor on Tuesday. Ada Brunn, 46, thanked the voters.")],
        [(DAY, "Ada Brunn, 44, was elected mayor on Tuesday, with Bo Carden, 46, as her deputy.")],
    ),
    (
        "exclusive-posts",
        [(DAY, "Ada Brunn, the mayor of Torvale, spoke on Tuesday. Ada Brunn, the governor, was cheered.")],
        [(DAY, "Ada Brunn, the mayor of Torvale, spoke on Tuesday. Ada Brunn, the former governor, was cheered.")],
    ),
    (
        "announced-before-held",
        [(DAY, "The summit was held on April 2, 2031. The summit was announced on April 8, 2031.")],
        [(DAY, "The summit was announced on April 2, 2031. The summit was held on April 8, 2031.")],
    ),
    (
        "arrest-before-charge",
        [(DAY, "Carl Denk was arrested on April 5, 2031. Carl Denk was charged with fraud on April 2, 2031.")],
        [(DAY, "Carl Denk was arrested on April 2, 2031. Carl Denk was charged with fraud on April 5, 2031.")],
    ),
    (
        "wound-before-death",
        [(DAY, "Carl Denk was shot on April 5, 2031. Carl Denk died on April 2, 2031.")],
        [(DAY, "Carl Denk was shot on April 2, 2031. Carl Denk died on April 5, 2031.")],
    ),
    (
        "end-after-start",
        [(DAY, "The conference will begin on April 12, 2031 and end on April 10, 2031.")],
        [(DAY, "The conference will begin on April 10, 2031 and end on April 12, 2031.")],
    ),
    (
        "first-since",
        [
            (DAY, "It was the first strike at the Torvale mill since 2022, the union said on Tuesday."),
            (DAY, "Workers at the Torvale mill went on strike in 2023 and again on Tuesday, the union said."),
        ],
        [
            (DAY, "It was the first strike at the Torvale mill since 2022, the union said on Tuesday."),
            (DAY, "Workers at the Torvale mill went on strike in 2019 and again on Tuesday, the union said."),
        ],
    ),
]


@pytest.mark.parametrize(("rule", "articles", "trap"), CASES, ids=[case[0] for case in CASES])
def test_a_rule_speaks_on_its_article_and_not_on_its_trap(rule: str, articles: list[Told], trap: list[Told]) -> None:
    """What a consistency rule is for it finds in running text, and what only looks like it is left alone."""
    assert rule in rules_that_speak(*articles)
    assert rule not in rules_that_speak(*trap)


@pytest.mark.parametrize(
    ("articles", "trap"),
    [
        (
            [
                (DAY, "The Norwegian delegation was led by Adam Marlowe in the talks in Torvale on Tuesday."),
                (DAY, "Bridget Oyelaran headed the Norwegian delegation in the talks in Torvale on Tuesday."),
            ],
            [
                (DAY, "The Norwegian delegation was led by Adam Marlowe in the talks in Torvale on Tuesday."),
                (DAY, "Bridget Oyelaran headed the Chilean delegation in the talks in Torvale on Tuesday."),
            ],
        ),
        (
            [
                (DAY, "The ministers of Norway and Chile met in Geneva on April 8, 2031."),
                (DAY, "The ministers of Norway and Chile met in Vienna on April 8, 2031."),
            ],
            [
                (DAY, "The ministers of Norway and Chile met in Geneva on April 8, 2031."),
                (DAY, "The ministers of Norway and Chile met in Switzerland on April 8, 2031."),
            ],
        ),
        (
            [
                ("2031-03-01", "Ada Brunn, 46, was elected mayor of Torvale."),
                ("2031-04-01", "Ada Brunn, 44, the new mayor of Torvale, was elected in March."),
            ],
            [
                ("2031-03-01", "Ada Brunn, 46, was elected mayor of Torvale."),
                ("2031-04-01", "Ada Brunn, 46, the new mayor of Torvale, was elected in March."),
            ],
        ),
    ],
    ids=["two leaders", "two cities", "older before"],
)
def test_what_two_outlets_tell_is_flagged_once_by_whichever_rule(articles: list[Told], trap: list[Told]) -> None:
    """Two leaders, two cities, an age that falls alarm by the slot's rule or a consistency rule; traps do not."""
    asked = {"one-leader", "leaders", "one-place-a-day", "places", "nobody-grows-younger", "ages"}
    assert asked & rules_that_speak(*articles, verdicts=("contradiction",))
    assert not asked & rules_that_speak(*trap, verdicts=("contradiction",))
