"""What a user does first: reconcile some articles into a stored run and a report, and ask why a finding was made."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import structlog

from reconcile import __version__
from reconcile.app.decisions import decisions_on
from reconcile.app.intake import PLAIN_MANNER, Input, input_name, load_inputs
from reconcile.app.rules import usable_pack
from reconcile.extract.version import extractor_version
from reconcile.ingest.sources import Source
from reconcile.model import Article, Finding, Problem, Reading, Run, Severity, Verdict
from reconcile.pipeline import Outcome, read, reconcile
from reconcile.report.build import build_report
from reconcile.report.formats import DEFAULT_FORMATS, choose_formats
from reconcile.report.write import require_writable, write_reports
from reconcile.store.findings import Changes, StoredFinding
from reconcile.store.store import Store, open_store

Progress = Callable[[int, int, str], None]
"""Called with how many articles are read, how many there are, and the id of the one being read."""

SEVERITIES = tuple(Severity)
_BATCH = 25


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run came to."""

    run: Run
    outcome: Outcome
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]
    changes: Changes
    reports: tuple[Path, ...]
    read_now: int
    """How many articles were read in this run; the others' readings were in the store."""

    @property
    def losses(self) -> tuple[Problem, ...]:
        """The problems because of which something was left out."""
        return tuple(problem for problem in self.problems if problem.loss)

    @property
    def changed(self) -> bool:
        """Whether this run found anything else than the run before over the same inputs."""
        changes = self.changes
        return changes.previous is None or bool(changes.new or changes.gone or changes.back)

    def alarms(self, fail_on: Severity) -> tuple[Finding, ...]:
        """The contradictions at or above a severity."""
        level = SEVERITIES.index(fail_on)
        return tuple(
            finding
            for finding in self.outcome.findings
            if finding.verdict is Verdict.CONTRADICTION and SEVERITIES.index(finding.severity) >= level
        )


def run(
    inputs: Sequence[Input],
    *,
    out: Path,
    db: str,
    rules: Sequence[Path] = (),
    now: datetime,
    formats: Sequence[str] = DEFAULT_FORMATS,
    manner: Source = PLAIN_MANNER,
    progress: Progress = lambda done, total, name: None,
) -> RunResult:
    """Reconcile the articles at ``inputs`` into the store ``db`` and the folder ``out``, in the report ``formats``.

    Inputs are paths and web addresses, which are fetched in the ``manner`` given.

    Raises ReconcileError for wrong use: a path or rules folder that is not there, faulty rules, an unusable
    database, an unwritable folder. One article that cannot be read is a Problem of the result.
    """
    run_id = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    log = structlog.get_logger().bind(run=run_id)
    pack = usable_pack(rules)
    choose_formats(formats)
    require_writable(out)  # found out before an hour's reading, not after it
    articles, unread = load_inputs(inputs, manner, now=now)
    log.info("articles loaded", articles=len(articles), problems=len(unread))
    with open_store(db, upgrade=True) as store:
        reader = _CachedReader(store, len(articles), progress)
        store.save_articles(articles, now=now)
        outcome = reconcile(articles, pack, read_one=reader, judgements=store.review.decisions())
        reader.save()
        problems = (*unread, *outcome.problems)
        record = Run(run_id, now, datetime.now(UTC), describe_versions(), _counts(articles, outcome), problems)
        named = "\n".join(sorted(map(input_name, inputs)))
        store.save_run(record, outcome.stories, outcome.facts, outcome.findings, articles=articles, inputs=named)
        changes = store.changes(run_id)
        decisions = decisions_on(store, outcome.findings)
    report = build_report(
        record,
        articles,
        outcome.readings,
        outcome.stories,
        outcome.facts,
        outcome.findings,
        problems,
        decisions=decisions,
    )
    written = write_reports(report, out, formats)
    log.info("run finished", findings=len(outcome.findings), new=len(changes.new), problems=len(problems))
    return RunResult(record, outcome, articles, problems, changes, written, reader.read_now)


class _CachedReader:
    """Reads an article unless the store holds its reading by this extractor; tells the progress.

    What is read is stored a batch at a time, so that a run that is killed need not read it again.
    """

    def __init__(self, store: Store, total: int, progress: Progress) -> None:
        self._store, self._total, self._progress = store, total, progress
        self._done = 0
        self._read: set[str] = set()
        self._unsaved: list[tuple[Article, Reading]] = []

    def __call__(self, article: Article) -> Reading:
        """The reading of one article."""
        self._progress(self._done, self._total, article.id)
        reading = self._store.cached_reading(article, extractor_version())
        if reading is None:
            reading = read(article)
            self._read.add(article.id)
            self._unsaved.append((article, reading))
            if len(self._unsaved) >= _BATCH:
                self.save()
        self._done = min(self._done + 1, self._total)
        self._progress(self._done, self._total, article.id)
        return reading

    @property
    def read_now(self) -> int:
        """How many articles were read in this run."""
        return len(self._read)

    def save(self) -> None:
        """Store what was read since the last time."""
        if self._unsaved:
            self._store.save_readings([r for _, r in self._unsaved], [a for a, _ in self._unsaved])
            self._unsaved.clear()


def describe_versions() -> tuple[tuple[str, str], ...]:
    """What a run is made with: this program, its extractor, and the packages that decide."""
    packages = ("spacy", "rapidfuzz", "sqlalchemy", "cel-expr-python")
    return (
        ("reconcile", __version__),
        ("extractor", extractor_version()),
        *((name, version(name)) for name in packages),
    )


def _counts(articles: Sequence[Article], outcome: Outcome) -> tuple[tuple[str, int], ...]:
    verdicts = Counter(finding.verdict for finding in outcome.findings)
    return (
        ("articles", len(articles)),
        ("claims", sum(len(reading.claims) for reading in outcome.readings)),
        ("stories", len(outcome.stories)),
        ("facts", len(outcome.facts)),
        *((verdict.value, verdicts[verdict]) for verdict in Verdict),
    )


def explain(prefix: str, *, db: str) -> StoredFinding:
    """The stored finding whose id starts with ``prefix``, with what it rests on; raises ReconcileError for none."""
    with open_store(db, upgrade=False) as store:
        return store.find_finding(prefix)
