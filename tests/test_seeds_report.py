"""The two sample articles: the committed report is what the program makes, and it finds what an editor would mark."""

import json
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reconcile.app.rules import usable_pack
from reconcile.ingest.load import load_articles
from reconcile.model import Article, Claim, Reading, Verdict
from reconcile.pipeline import Outcome, reconcile

Cli = Callable[..., Any]

ROOT = Path(__file__).parents[1]
SEEDS, COMMITTED = ROOT / "seeds", ROOT / "reports" / "seeds"
FIRST, SECOND = "000_1fb1b211035edb09", "003_967a17da574d3ef8"
CURE = "make it again: python3 dev.py demo, or reconcile run seeds --out reports/seeds, in the checkout's folder"


def of_no_run(folder: Path) -> dict[str, str]:
    """The three files without what belongs to one run: its id, its times, and the versions it was made with."""
    run = json.loads((folder / "report.json").read_text("utf-8"))["run"]
    own = [run["id"], run["started"], run["finished"], *run["versions"].values()]
    own += [f"{run[key][:10]} {run[key][11:16]}" for key in ("started", "finished")]
    own += [f"to {run['finished'][11:16]} UTC"]
    plain = {}
    for path in sorted(folder.iterdir()):
        text = path.read_text("utf-8")
        for words in own:
            text = text.replace(words, "…")
        plain[path.name] = "\n".join(line.replace(" … UTC", " …") for line in text.splitlines())
    return plain


def test_the_committed_report_is_what_the_program_makes(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """reports/seeds is exactly what a run over seeds/ writes, but for the run's own id, times and versions."""
    assert COMMITTED.is_dir(), CURE
    monkeypatch.chdir(ROOT)
    said = cli("run", "seeds", "--out", tmp_path / "out", "--db", tmp_path / "seeds.db")
    assert (said.code, said.err.count("not done")) == (0, 0)
    made, committed = of_no_run(tmp_path / "out"), of_no_run(COMMITTED)
    differing = [name for name in made | committed if made.get(name) != committed.get(name)]
    assert differing == [], CURE


Seeds = tuple[tuple[Article, ...], Outcome]


@cache
def read_seeds(folder: Path) -> Seeds:
    """The articles of a folder, and all that the line makes of them."""
    articles, problems = load_articles([folder])
    assert problems == ()
    return articles, reconcile(articles, usable_pack(()))


@pytest.fixture(scope="module", params=["with the manifest", "with the texts alone"])
def seeds(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[tuple[Article, ...], Outcome]:
    """The sample articles read with what the manifest says of them, and without."""
    if request.param == "with the manifest":
        return read_seeds(SEEDS)
    folder = tmp_path_factory.mktemp("texts")
    for path in SEEDS.glob("*.txt"):
        shutil.copy(path, folder / path.name)
    return read_seeds(folder)


def claims(seeds: Seeds, kind: str, article: str, words: str) -> list[Claim]:
    """The claims of a kind whose value stands at these words of an article."""
    readings = [reading for reading in seeds[1].readings if reading.article == article]
    return [claim for r in readings for claim in r.claims if claim.kind.value == kind and claim.text == words]


def paired(seeds: Seeds, kind: str, first: str, second: str) -> set[str]:
    """The verdicts on findings that hold both words, one in each article."""
    return {
        finding.verdict.value
        for finding in seeds[1].findings
        if finding.kind.value == kind
        and any(claim.article == FIRST and claim.text == first for claim in finding.claims)
        and any(claim.article == SECOND and claim.text == second for claim in finding.claims)
    }


def reading_of(seeds: Seeds, article: str) -> Reading:
    """The reading of one article."""
    return next(reading for reading in seeds[1].readings if reading.article == article)


# Without the manifest nothing in the second article proves its year, so its days are compatible, and no more.
AGREE, FIT = frozenset({"agreement"}), frozenset({"agreement", "precision"})
MUST_FIND = {
    "the talks' day": ("date", "June 2", "Monday", FIT),
    "the second round": ("ordinal", "second", "second", AGREE),
    "the previous meeting": ("date", "May 16", "May 16", FIT),
    "in Istanbul": ("location", "Istanbul", "Istanbul", AGREE),
    "prisoners released": ("count", "1,000", "1,000", AGREE),
    "the largest exchange": ("ordinal", "largest", "largest", AGREE),
    "Umerov's name": ("person_name", "Rustem Umerov", "Rustem Umerov", AGREE),
    "Umerov's office": ("role", "Ukrainian Defence Minister", "Defence Minister", FIT),
    "Zelenskyy's office": ("role", "President", "Ukrainian President", FIT),
    "Trump's office": ("role", "US President", "U.S. President", FIT),
}


@pytest.mark.parametrize("wanted", MUST_FIND.values(), ids=MUST_FIND)
def test_both_articles_are_found_to_agree(seeds: Seeds, wanted: tuple[str, str, str, frozenset[str]]) -> None:
    """What both articles say stands in one finding, at the right words of each."""
    kind, first, second, verdicts = wanted
    assert paired(seeds, kind, first, second) & verdicts


@pytest.mark.parametrize(("words", "day"), [("June 2", "2025-06-02"), ("May 16", "2025-05-16")])
def test_days_of_the_first_have_their_year(seeds: Seeds, words: str, day: str) -> None:
    """The first article proves its own year, with the manifest and without."""
    assert {getattr(claim.value, "timex", None) for claim in claims(seeds, "date", FIRST, words)} == {day}


@pytest.mark.parametrize(("words", "day"), [("Monday", "2025-06-02"), ("May 16", "2025-05-16")])
def test_days_of_the_second_have_the_manifest_year(words: str, day: str) -> None:
    """With the manifest's date the second article's weekday and day are of the calendar, and agree with the first's."""
    seeds = read_seeds(SEEDS)
    assert {getattr(claim.value, "timex", None) for claim in claims(seeds, "date", SECOND, words)} == {day}
    assert "agreement" in paired(seeds, "date", "June 2" if words == "Monday" else words, words)


@pytest.mark.parametrize("article", [FIRST, SECOND])
def test_a_thousand_prisoners(seeds: Seeds, article: str) -> None:
    """1,000 is read as a number at its own words in both articles."""
    (claim,) = claims(seeds, "count", article, "1,000")
    assert (getattr(claim.value, "low", None), getattr(claim.value, "high", None)) == (1000, 1000)


def test_the_date_is_inferred_and_said(seeds: Seeds) -> None:
    """The first article's date is marked as inferred, with its reason, and lies in the days before the talks."""
    published = reading_of(seeds, FIRST).published
    assert published is not None
    assert (published.origin, bool(published.reason)) == ("inferred", True)
    assert "2025-05-30" <= published.iso <= "2025-06-02"


def test_a_date_that_nothing_proves_is_not_made_up(tmp_path: Path) -> None:
    """The second article alone names no year for its Monday: it stays without a date, which is said."""
    shutil.copy(SEEDS / f"{SECOND}.txt", tmp_path)
    reading = reading_of(read_seeds(tmp_path), SECOND)
    assert reading.published is None
    assert ["no publication date" in problem.message for problem in reading.problems] == [True]


def test_no_contradiction(seeds: Seeds) -> None:
    """A careful editor accepts no contradiction between the two: none is reported."""
    assert [f.summary for f in seeds[1].findings if f.verdict is Verdict.CONTRADICTION] == []


def test_different_ceasefires_are_not_paired(seeds: Seeds) -> None:
    """The unconditional and the comprehensive ceasefire are different things."""
    mixed = [
        finding.summary
        for finding in seeds[1].findings
        if finding.verdict is not Verdict.UNDECIDED
        and any("unconditional" in claim.text for claim in finding.claims)
        and any("comprehensive" in claim.text for claim in finding.claims)
    ]
    assert mixed == []


def test_who_leads_is_a_claim_of_one_source(seeds: Seeds) -> None:
    """That Umerov leads the delegation stands in the second article alone."""
    (finding,) = [finding for finding in seeds[1].findings if finding.kind.value == "leader"]
    assert finding.verdict is Verdict.SINGLE
    assert [(claim.article, claim.text) for claim in finding.claims] == [(SECOND, "Rustem Umerov")]


def test_all_claims_are_words_of_their_article(seeds: Seeds) -> None:
    """Each claim's span and clause cut its stored words out of the article's text."""
    text = {article.id: article.text for article in seeds[0]}
    made = [claim for reading in seeds[1].readings for claim in reading.claims]
    assert len(made) > 50
    assert [c for c in made if c.span.of(text[c.article]) != c.text or c.clause.of(text[c.article]) != c.quote] == []
