"""What keeps two unlike values from being a discrepancy, whatever their context."""

import hashlib

from reconcile.extract.reader import read
from reconcile.match.facts import match_facts
from reconcile.model import Article, Kind, Published, Story


def unlike(kind: Kind, *told: tuple[str, str]) -> list[list[str]]:
    """The words of each fact of a kind that holds several values; ``told`` are (day published, text) by outlet."""
    articles = [
        Article(str(i), f"outlet {i}", "", text, hashlib.sha256(text.encode()).hexdigest(), published=Published(day))
        for i, (day, text) in enumerate(told)
    ]
    readings = [read(article) for article in articles]
    facts = match_facts(Story("s", tuple(a.id for a in articles)), readings, {a.id: a for a in articles})
    return [
        [claim.text for claim in fact.claims]
        for fact in facts
        if fact.kind is kind and len({str(claim.value) for claim in fact.claims}) > 1
    ]


def test_two_outlets_that_list_the_same_people_do_not_differ_on_a_name() -> None:
    """Of three names in both lists none is another's rival."""
    text = "The coroner identified the victims as Ann Brill, 21, Bo Carden, 28, and Cy Dunmore, 22."
    again = "Killed were Ann Brill, 21, of Torvale; Bo Carden, 28, of Lyme; and Cy Dunmore, 22, of Torvale."
    assert unlike(Kind.PERSON_NAME, ("2031-04-09", text), ("2031-04-09", again)) == []


def test_a_page_repeated_days_later_does_not_differ_on_the_day() -> None:
    """ "Today" in the same sentence is one day, though each page's own date makes another of it."""
    text = "The name of the man killed in the Torvale fire was released today by the coroner."
    assert unlike(Kind.DATE, ("2031-04-09", text), ("2031-04-12", text)) == []


def test_a_weekday_told_by_both_is_no_discrepancy() -> None:
    """Two outlets that both say Friday agree in words; their own dates cannot make them differ."""
    one = "A boy was shot in the head in Klasted Friday night, the sheriff said."
    other = "A boy was shot in the head in Klasted on Friday, the sheriff said."
    assert unlike(Kind.DATE, ("2031-04-12", one), ("2031-04-19", other)) == []


def test_different_weekdays_still_are() -> None:
    """The same sentence with another weekday is what an editor wants to see."""
    one = "A boy was shot in the head in Klasted on Friday night, the sheriff said."
    other = "A boy was shot in the head in Klasted on Tuesday night, the sheriff said."
    assert unlike(Kind.DATE, ("2031-04-12", one), ("2031-04-12", other)) != []


def test_one_of_three_is_no_rival_of_three() -> None:
    """A part is not compared with its whole."""
    one = "Adrian Perl, 24, is one of three suspected gunmen in the Torvale shooting."
    other = "Police hold three suspected gunmen in the Torvale shooting."
    assert unlike(Kind.COUNT, ("2031-04-09", one), ("2031-04-09", other)) == []


def test_father_and_son_named_by_one_outlet_are_two() -> None:
    """Who names both tells that they are not two spellings of one name."""
    one = "Carl Venn, 23, shot his father, Karl Venn, 55, in Torvale on Friday, police said."
    other = "Carl Venn, 23, was shot dead by officers in Torvale on Friday, police said."
    assert unlike(Kind.PERSON_NAME, ("2031-04-09", one), ("2031-04-09", other)) == []


def test_offices_of_two_people_are_no_rivals() -> None:
    """A president and a vice president of other names hold two offices."""
    one = "Vice President Mina Pell met the committee in Torvale on Friday about the inquiry."
    other = "President Dag Trewin met the committee in Torvale on Friday about the inquiry."
    assert unlike(Kind.ROLE, ("2031-04-09", one), ("2031-04-09", other)) == []


def test_a_day_is_no_rival_of_a_year() -> None:
    """What happened in 2026 and what happened on Friday are two things."""
    one = "The gunman was treated in a hospital in Torvale in 2026, police said."
    other = "The gunman was treated in a hospital in Torvale on Friday, police said."
    assert unlike(Kind.DATE, ("2031-04-09", one), ("2031-04-09", other)) == []


def test_ages_the_other_way_round_differ() -> None:
    """Where two outlets give two named men each other's age, both ages are discrepancies."""
    one = "Dag Trewin, 32, and Abel Moss, 23, were charged with murder in Torvale on Friday, police said."
    other = "Dag Trewin, 23, and Abel Moss, 32, were charged with murder in Torvale on Friday, police said."
    found = unlike(Kind.AGE, ("2031-04-09", one), ("2031-04-09", other))
    assert sorted(sorted(words) for words in found) == [["23", "32"], ["23", "32"]]


def test_equal_ages_of_two_named_men_are_no_agreement() -> None:
    """An age that one outlet gives to one man and the other to another man is not the same fact."""
    one = "Dag Trewin, 32, and Abel Moss, 23, were charged with murder in Torvale on Friday, police said."
    other = "Dag Trewin, 23, and Abel Moss, 32, were charged with murder in Torvale on Friday, police said."
    articles = [Article(str(i), f"outlet {i}", "", text, str(i)) for i, text in enumerate((one, other))]
    facts = match_facts(Story("s", ("0", "1")), [read(a) for a in articles], {a.id: a for a in articles})
    assert not [f for f in facts if f.kind is Kind.AGE and len({c.text for c in f.claims}) < len(f.claims)]


def test_two_crimes_of_one_suspect_are_rivals() -> None:
    """One sentence with kidnapping in one outlet and arson in the other is what an editor wants to see."""
    one = "Adrian Perl, 24, was charged with kidnapping in Torvale on Friday, police said."
    other = "Adrian Perl, 24, was charged with arson in Torvale on Friday, police said."
    assert unlike(Kind.CHARGE, ("2031-04-12", one), ("2031-04-12", other)) != []


def test_a_crime_is_no_rival_where_the_other_is_told_too() -> None:
    """Who tells both charges shows that neither was the only one."""
    one = "Adrian Perl, 24, was charged with kidnapping in Torvale on Friday, police said."
    other = f"{one.replace('kidnapping', 'arson')} He was also charged with kidnapping, the prosecutor said."
    facts = unlike(Kind.CHARGE, ("2031-04-12", one), ("2031-04-12", other))
    assert not any("arson" in words for fact in facts for words in fact)
