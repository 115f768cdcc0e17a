"""The line as a whole: nothing that one article does ends a run."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from reconcile.check.load import load_pack
from reconcile.extract.reader import read
from reconcile.match.open_stories import OpenStory, regroup
from reconcile.match.profiles import ArticleSketch
from reconcile.model import Article, Published, Reading, Story, Verdict
from reconcile.pipeline import make_stories, read_all, reconcile, reconcile_changed, sketch_of
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


BULLETIN = article("Bulletin", "A theatre in Lindmoor reopened on Saturday after repairs that took two years.")


def sketches(articles: Sequence[Article], readings: Sequence[Reading]) -> tuple[ArticleSketch, ...]:
    """The sketches of some articles that were read."""
    return tuple(sketch_of(one, reading) for one, reading in zip(articles, readings, strict=True))


def test_two_nights_end_where_one_run_does() -> None:
    """Only the story that changed is compared, with all its articles, and its findings are those of one run."""
    pack, _ = load_pack([data_folder("rules")])
    first = sketches([HERALD, BULLETIN], read_all([HERALD, BULLETIN]))
    stories = regroup(first, []).stories
    opened = [OpenStory(story, tuple(s for s in first if s.id in story.articles)) for story in stories]
    step = regroup(sketches([COURIER], read_all([COURIER])), opened)
    asked: list[str] = []

    def load(ids: Sequence[str]) -> list[tuple[Article, Reading]]:
        asked.extend(ids)
        members = [one for one in (HERALD, COURIER) if one.id in ids]
        return list(zip(members, read_all(members), strict=True))

    (outcome,) = reconcile_changed(step, pack, load=load)
    at_once = reconcile([HERALD, COURIER], pack)
    assert asked == ["Courier", "Herald"]
    assert {(f.verdict, f.summary) for f in outcome.findings} == {(f.verdict, f.summary) for f in at_once.findings}


def test_undated_article_is_read_again_with_its_storys_date() -> None:
    """The new reading is handed back to be stored, and says where its date comes from."""
    pack, _ = load_pack([data_folder("rules")])
    undated = replace(COURIER, published=None)
    members = [HERALD, undated]
    step = regroup(sketches(members, read_all(members)), [])
    (outcome,) = reconcile_changed(step, pack, load=lambda ids: zip(members, read_all(members), strict=True))
    assert [(r.article, r.published.origin) for r in outcome.reread if r.published] == [("Courier", "inferred")]


def test_a_member_that_cannot_be_loaded_is_left_out() -> None:
    """A story is compared with what is there."""
    pack, _ = load_pack([data_folder("rules")])
    members = [HERALD, COURIER]
    step = regroup(sketches(members, read_all(members)), [])
    (outcome,) = reconcile_changed(step, pack, load=lambda ids: zip([HERALD], read_all([HERALD]), strict=True))
    assert {reading.article for reading in outcome.readings} == {"Herald"}


def test_a_finding_says_why_two_outlets_count_as_one_source() -> None:
    """Two outlets that credit one agency agree, on one source, and the reader is told why."""
    pack, _ = load_pack([data_folder("rules")])
    wired = [article(one.id, f"{one.text}\n\n(AP)") for one in (HERALD, COURIER)]
    agreements = [f for f in reconcile(wired, pack).findings if f.verdict is Verdict.AGREEMENT]
    assert {finding.independent_sources for finding in agreements} == {1}
    said = "Courier and Herald count as one source: both carry text of Associated Press."
    assert all(said in finding.explanation for finding in agreements)


TALKS = """Envoys of Norland and Sudmark met in Samarkand on Tuesday for a second round of ceasefire negotiations.
The delegation of Norland was led by Ilse Brandvik, who said the prisoners in the Kestrel corridor came first.
Tomas Reyk of Sudmark answered that a truce in the Kestrel corridor needed observers before any prisoners moved."""
FIRE = """A blaze gutted a warehouse on the docks of Port Vesper early on Wednesday, the fire brigade said.
Forty firefighters pumped foam onto burning pallets in the warehouse while smoke drifted over Port Vesper.
Brigade chief Odile Marchetti, 51, said the blaze began among pallets stacked beside a conveyor on the docks."""


def test_round_up_speaks_in_both_stories_and_never_of_two_at_once() -> None:
    """A round-up's second part meets the reports of that event; its first part stays away from them."""
    pack, _ = load_pack([data_folder("rules")])
    reports = [
        replace(article("Herald", TALKS), title="Envoys meet in Samarkand"),
        replace(article("Post", TALKS.replace("second round", "new round")), title="Samarkand talks: envoys meet"),
        replace(article("Courier", FIRE.replace("51", "52")), title="Blaze guts warehouse in Port Vesper"),
        replace(article("Gazette", FIRE.replace("51", "52")), title="Port Vesper warehouse blaze"),
        replace(article("Digest", f"{TALKS}\n{FIRE}"), title="Envoys meet in Samarkand"),
    ]
    outcome = reconcile(reports, pack)
    fire = next(story for story in outcome.stories if "Courier" in story.articles)
    told = {finding.story: set[str]() for finding in outcome.findings}
    for finding in outcome.findings:
        told[finding.story] |= {claim.text for claim in finding.claims if claim.article == "Digest"}
    assert (fire.articles, fire.guests()) == (("Courier", "Gazette"), ("Digest",))
    assert {"51"} <= told[fire.id]
    assert not any("Brandvik" in text or "truce" in text for text in told[fire.id])
    assert all("51" not in texts for story, texts in told.items() if story != fire.id)
    assert [reading.article for reading in outcome.readings] == [one.id for one in reports]
