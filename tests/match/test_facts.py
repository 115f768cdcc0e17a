"""Matching: which claims are held to be about one slot, and which are not."""

import hashlib
from collections.abc import Callable, Sequence

import pytest

from reconcile.extract.reader import read
from reconcile.match.contrasts import contrast_candidates
from reconcile.match.edges import LIKE, score_edges
from reconcile.match.facts import match_facts
from reconcile.match.features import explain, measure_context
from reconcile.match.labels import label_fact
from reconcile.match.main_event import find_main_claims, main_group
from reconcile.match.nodes import build_nodes
from reconcile.match.people import link_people
from reconcile.match.rarity import shared_weight, total_weight
from reconcile.match.views import view_claims
from reconcile.match.weights import FAMILIES, load_weights
from reconcile.model import Article, Claim, Fact, Kind, Published, Reading, Relation, Story
from reconcile.normalize.compare import compare_values

Matched = tuple[tuple[Fact, ...], list[Reading]]


def article(source: str, text: str) -> Article:
    """An article of one outlet, published on Wednesday, 9 April 2031."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(source, source, "", text, digest, published=Published("2031-04-09"))


def match(*texts: str) -> Matched:
    """The facts of one story told by as many outlets as there are texts."""
    articles = [article(f"outlet {number}", text) for number, text in enumerate(texts)]
    readings = [read(a) for a in articles]
    story = Story("story", tuple(a.id for a in articles))
    return match_facts(story, readings, {a.id: a for a in articles}), readings


def words_together(facts: Sequence[Fact], kind: Kind) -> list[list[str]]:
    """The words of each fact of a kind that several outlets speak of."""
    return [
        [claim.text for claim in fact.claims]
        for fact in facts
        if fact.kind is kind and len({claim.article for claim in fact.claims}) > 1
    ]


def test_like_numbers_of_one_thing_make_a_fact() -> None:
    """Two outlets that count the same dead are joined, whatever they call them."""
    facts, _ = match(
        "The flood killed 312 people in Torvale on Monday.", "In Torvale, 312 residents died in Monday's flood."
    )
    assert words_together(facts, Kind.COUNT) == [["312", "312"]]


def test_unlike_ages_of_one_person_make_a_fact() -> None:
    """One person's two ages are one fact, to be judged by a rule."""
    facts, _ = match(
        "Ada Brunn, 44, was elected mayor of Torvale on Sunday.", "Ada Brunn, 46, was elected mayor of Torvale Sunday."
    )
    assert words_together(facts, Kind.AGE) == [["44", "46"]]


def test_ages_of_two_people_stay_apart() -> None:
    """Two people's ages are never one fact."""
    facts, _ = match(
        "Ada Brunn, 44, was elected mayor on Sunday.", "Her rival Carl Denk, 61, conceded before midnight."
    )
    assert words_together(facts, Kind.AGE) == []


def test_value_that_both_give_explains_another_away() -> None:
    """Where both outlets tell of 12 dead and 40 hurt, 12 is never set against 40."""
    text = "The blast killed 12 people and injured 40 others on Monday."
    facts, _ = match(text, text.replace("blast", "explosion"))
    assert sorted(words_together(facts, Kind.COUNT)) == [["12", "12"], ["40", "40"]]


def test_numbers_of_different_units_are_never_joined() -> None:
    """Dollars and kilometres answer no common question."""
    facts, _ = match("The road cost 300 dollars.", "The road is 300 kilometres long.")
    assert words_together(facts, Kind.AMOUNT) == words_together(facts, Kind.COUNT) == []


def test_facts_do_not_depend_on_the_order_of_readings() -> None:
    """The same articles in another order make the same facts."""
    texts = ["Ada Brunn, 44, won on Sunday with 51 percent.", "Ada Brunn, 44, won 51 percent of the vote on Sunday."]
    articles = [article(f"outlet {number}", text) for number, text in enumerate(texts)]
    by_id = {a.id: a for a in articles}
    readings = [read(a) for a in articles]
    story = Story("story", tuple(by_id))
    assert match_facts(story, readings, by_id) == match_facts(story, readings[::-1], by_id)


def test_every_claim_is_in_a_fact() -> None:
    """Nothing that was read is lost on the way to the rules."""
    facts, readings = match("Ada Brunn, 44, won on Sunday.", "Carl Denk lost by 312 votes.")
    in_facts = {claim.id for fact in facts for claim in fact.claims}
    assert in_facts == {claim.id for reading in readings for claim in reading.claims}


def test_links_are_explained() -> None:
    """What holds a fact together is told in sentences."""
    facts, _ = match("The flood killed 312 people on Monday.", "Monday's flood killed 312 people.")
    (link,) = [link for fact in facts if fact.kind is Kind.COUNT for link in fact.links]
    assert any(feature.why == "both give the same value" for feature in link.features)


def test_surname_joins_the_only_fitting_person() -> None:
    """Somebody named by surname in one article is the one of full name in another."""
    _, readings = match("Ada Brunn won on Sunday.", "President Brunn won.")
    assert len({key for key in link_people(readings).values() if "brunn" in key}) == 1


def test_surname_of_two_people_joins_neither() -> None:
    """After two Smiths, a bare Smith stays apart."""
    _, readings = match("Ada Smith and Carl Smith won on Sunday.", "President Smith won.")
    keys = link_people(readings)
    bare = {keys[ref] for ref in keys if ref[0] == "outlet 1"}
    assert not bare & {keys[ref] for ref in keys if ref[0] == "outlet 0"}


def test_swapped_name_is_the_same_person() -> None:
    """A name given the other way round is still compared as that person's."""
    _, readings = match("Marlon Garrick, 28, was arrested.", "Garrick Marlon, 28, was arrested.")
    assert len({key for key in link_people(readings).values() if key.startswith("person:")}) == 1


def test_given_name_alone_is_the_one_who_bears_it() -> None:
    """ "His brother, Christopher" is the Christopher whom another outlet names in full; of two he is neither."""
    lone, full = "Abel Moss hurt his brother, Christopher, 24.", "Christopher Moss, 25, was hurt, police said."
    _, readings = match(lone, full)
    assert len({key for key in link_people(readings).values() if "christopher" in key}) == 1
    _, readings = match(lone, full, "Christopher Venn, 60, saw it, police said.")
    assert link_people(readings)["outlet 0", "person:christopher"] == "person:christopher"


def test_main_event_is_what_most_articles_open_with() -> None:
    """Two articles that open with a killing tell mainly of violence."""
    _, readings = match("A guard was shot dead on Monday.", "Police say a man killed a guard on Monday.")
    assert main_group(readings) == "violence"


def test_first_day_told_of_the_main_event_is_its_day() -> None:
    """Of several days in an article, the first of the main event is marked."""
    _, readings = match(
        "A guard was shot dead on Monday. The mayor spoke on Tuesday.", "A man killed a guard on Monday."
    )
    main = find_main_claims(readings)
    marked = [claim.text for reading in readings for claim in reading.claims if claim.id in main]
    assert "Tuesday" not in marked
    assert marked.count("Monday") == 2


def test_rare_words_weigh_more() -> None:
    """A shared rare word tells more than a shared common one."""
    assert total_weight(frozenset({"say"})) < total_weight(frozenset({"seismologist"}))
    assert shared_weight(frozenset({"say", "dam"}), frozenset({"say", "ox"})) < 0.5


def test_every_kind_has_weights() -> None:
    """No kind of claim is left without a family and its fitted weights."""
    assert set(load_weights()) == set(FAMILIES) == set(Kind)


@pytest.fixture(scope="module")
def two_tolls() -> list[Reading]:
    """Two outlets with two tolls each, one of them unlike."""
    _, readings = match(
        "The blast in Torvale killed 12 people and injured 40 on Monday.",
        "The blast in Torvale killed 12 people and injured 55 on Monday.",
    )
    return readings


def test_claim_with_its_like_is_no_rival(two_tolls: list[Reading]) -> None:
    """The unlike pair is found although a like value stands beside it."""
    views = view_claims(two_tolls, {reading.article: 80 for reading in two_tolls})
    nodes = [node for node in build_nodes(views) if node.kind is Kind.COUNT]
    edges = score_edges(nodes, load_weights()[Kind.COUNT])
    pairs = [
        {view.claim.text for node in (c.edge.left, c.edge.right) for view in node.views}
        for c in contrast_candidates(edges)
    ]
    assert {"40", "55"} in pairs


def test_measures_are_named_and_bounded(two_tolls: list[Reading]) -> None:
    """Every measure of context lies between -1 and 1 and can be told in a sentence."""
    first, second = (view_claims([reading], {reading.article: 80}) for reading in two_tolls)
    for a in first:
        for b in second:
            measures = measure_context(a, b)
            assert all(-1 <= score <= 1 for _, score in measures)
            assert len(explain(measures, {"bias": 0.0})) == len(measures)


def test_edges_tell_how_values_relate(two_tolls: list[Reading]) -> None:
    """An edge's relation is that of the value comparer."""
    views = view_claims(two_tolls, {reading.article: 80 for reading in two_tolls})
    nodes = [node for node in build_nodes(views) if node.kind is Kind.COUNT]
    for edge in score_edges(nodes, load_weights()[Kind.COUNT]):
        expected = compare_values(Kind.COUNT, edge.left.value, edge.right.value).relation
        assert edge.relation is expected
        assert edge.relation in (*LIKE, Relation.DIFFERS, Relation.OVERLAPS)


def label_of(text: str, kind: Kind, pick: Callable[[Claim], bool] = lambda claim: True) -> str:
    """The label of the first claim of a kind in a text."""
    claims = [claim for claim in read(article("outlet", text)).claims if claim.kind is kind and pick(claim)]
    return label_fact(kind, claims[:1], {"person:ada brunn": "Ada Brunn"})


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Ada Brunn, 44, won.", Kind.AGE, "age of Ada Brunn"),
        ("The blast killed 12 miners.", Kind.COUNT, "number of miner (kill)"),
        ("The court ruled on Monday.", Kind.DATE, "date: court rule"),
        ("The meeting on Monday failed.", Kind.DATE, "date: meeting fail"),
    ],
)
def test_label_is_the_question_in_few_words(text: str, kind: Kind, expected: str) -> None:
    """A fact's label says what is asked, of whom or what."""
    assert label_of(text, kind) == expected
