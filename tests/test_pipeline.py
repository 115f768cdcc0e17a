"""The line as a whole: nothing that one article does ends a run."""

import hashlib

from reconcile.check.load import load_pack
from reconcile.extract.reader import read
from reconcile.model import Article, Published, Reading, Story, Verdict
from reconcile.pipeline import make_stories, read_all, reconcile
from reconcile.resources import data_folder


def article(name: str, text: str) -> Article:
    """An article published on Wednesday, 9 April 2031."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(name, name, "", text, digest, published=Published("2031-04-09"))


HERALD = article("Herald", "The flood in Torvale killed 312 people on Monday, Governor Ada Brunn said.")
COURIER = article("Courier", "Monday's flood killed 312 people in Torvale, according to Governor Ada Brunn.")


def broken_reader(one: Article) -> Reading:
    """A reader that fails on one outlet's article."""
    if one.id == "Herald":
        raise RecursionError
    return read(one)


def test_article_that_breaks_the_reader_becomes_a_problem() -> None:
    """The others are read, and the problem names the article."""
    herald, courier = read_all([HERALD, COURIER], broken_reader)
    assert [problem.where for problem in herald.problems] == ["Herald"]
    assert herald.problems[0].loss
    assert courier.claims


def test_two_articles_on_one_event_make_a_story_and_agree() -> None:
    """The line ends in findings that rest on both outlets."""
    pack, faults = load_pack([data_folder("rules")])
    outcome = reconcile([HERALD, COURIER], pack)
    agreements = [finding for finding in outcome.findings if finding.verdict is Verdict.AGREEMENT]
    assert faults == ()
    assert len(outcome.stories) == 1
    assert any({claim.text for claim in finding.claims} == {"312"} for finding in agreements)


def test_no_article_makes_no_finding() -> None:
    """An empty intake is no error."""
    pack, _ = load_pack([data_folder("rules")])
    outcome = reconcile([], pack)
    assert (outcome.stories, outcome.findings, outcome.problems) == ((), (), ())


def test_previous_stories_keep_their_ids() -> None:
    """Today's articles join yesterday's story, and articles that are not here today are left out of it."""
    readings = read_all([HERALD, COURIER])
    (before,) = make_stories([HERALD, COURIER], readings)
    (after,) = make_stories([COURIER], readings[1:], [before])
    assert (after.id, after.articles) == (before.id, ("Courier",))


def test_story_without_articles_of_today_is_left_out() -> None:
    """A story of which nothing is read today makes no trouble."""
    readings = read_all([HERALD])
    absent = Story("story:old", ("Gazette",))
    assert all("Gazette" not in story.articles for story in make_stories([HERALD], readings, [absent]))
