"""Cases: a finding followed from run to run, whatever becomes of its values, with where reviewers left it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, update

from reconcile.match.evidence import changes, gather, overlap
from reconcile.match.weights import FAMILIES
from reconcile.model import Evidence, Finding, Judgement, Severity, Verdict
from reconcile.review.standing import Standing, State, assess
from reconcile.review.views import FLAGGED
from reconcile.store import judgements, tables
from reconcile.store.calibration import load_thresholds
from reconcile.store.codec import decode, encode, pack_json, unpack_json
from reconcile.store.review_tables import case_event, case_evidence, case_source, case_text
from reconcile.store.review_tables import review_case as table
from reconcile.store.tables import as_key, as_words
from reconcile.store.writes import Row, chunks

WHOLE = select(table, case_evidence.c.body.label("evidence")).join(case_evidence)
"""Cases with what they rest on."""
NO_DAY = date.max
"""What is due on no day."""
_ALIKE = 0.7
"""From here on, two findings of one rule in one story are the same case with other values."""
_SEVERITIES = list(Severity)


@dataclass(frozen=True, slots=True)
class Filed:
    """What a run's findings came to, as case ids."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def file_findings(
    connection: Connection,
    findings: Iterable[Finding],
    *,
    run_id: str,
    at: datetime,
    source_of: Mapping[str, str],
    stories: Collection[str] = (),
    previous: str | None = None,
) -> Filed:
    """Follow the findings of a run into their cases; what reviewers decided stands where its evidence does.

    ``source_of`` gives each article's publisher. The findings are all there now are in ``stories``, and all that
    the run ``previous`` could have found again: their other cases are gone. The writer's lock must be held.
    """
    fresh = _without_twins(findings)
    filing = _Filing(connection, run_id, at, source_of, _titles(connection, fresh))
    exact = _known(connection, fresh)
    rest = [item for item in fresh if _key(item) not in exact]
    unfound = _unfound(connection, {row["id"] for row in exact.values()}, stories, previous)
    paired, gone = _pair(rest, unfound, source_of)
    moved = _moved(connection, [item for item in rest if item.id not in paired], source_of)
    for item in fresh:
        row = exact.get(_key(item)) or paired.get(item.id) or moved.get(item.id)
        filing.add(item, row)
    taken = {row["id"] for row in moved.values()}
    filing.lose([row for row in gone if row["id"] not in taken])
    return filing.save()


def refresh(connection: Connection, case_ids: Collection[str]) -> None:
    """Bring the rows of cases up to their judgements; each counts one version more."""
    made = judgements.of_cases(connection, case_ids)
    for some in chunks(sorted(as_key(case) for case in case_ids)):
        for row in connection.execute(WHOLE.where(table.c.id.in_(some))).mappings().all():
            standing = assess(made.get(row["id"], ()), read_evidence(row["evidence"]), Verdict(row["verdict"]))
            changed = standing_columns(standing) | {"version": row["version"] + 1}
            connection.execute(update(table).where(table.c.id == row["id"]).values(changed))


def read_evidence(packed: bytes) -> tuple[Evidence, ...]:
    """The evidence kept in a case's row."""
    return tuple(decode(Evidence, item) for item in unpack_json(packed, Evidence))


def standing_columns(standing: Standing) -> Row:
    """A standing as columns of a case's row."""
    return {
        "state": standing.state.value,
        "closed": standing.state is State.DECIDED,
        "decision": standing.decision.value if standing.decision else None,
        "decided_by": standing.decided_by,
        "decided_at": standing.decided_at,
        "assignee": standing.assignee,
        "due": standing.due or NO_DAY,
        "reopened": standing.reopened,
        "comments": standing.comments,
    }


def _key(finding: Finding) -> tuple[str, str]:
    return as_key(finding.fingerprint), as_key(finding.story)


def _without_twins(findings: Iterable[Finding]) -> list[Finding]:
    """One finding for each that says the same of one story: the surest."""
    best: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        known = best.get(_key(finding))
        if known is None or (finding.confidence, finding.id) > (known.confidence, known.id):
            best[_key(finding)] = finding
    return list(best.values())


def _titles(connection: Connection, findings: Sequence[Finding]) -> Mapping[str, str]:
    titles: dict[str, str] = {}
    for some in chunks(sorted({as_key(finding.story) for finding in findings})):
        query = select(tables.story.c.id, tables.story.c.title).where(tables.story.c.id.in_(some))
        titles.update((row.id, row.title) for row in connection.execute(query))
    return titles


def _known(connection: Connection, findings: Sequence[Finding]) -> dict[tuple[str, str], Row]:
    """The cases that say exactly what a finding says of its story."""
    wanted = {_key(finding) for finding in findings}
    found: dict[tuple[str, str], Row] = {}
    for some in chunks(sorted({fingerprint for fingerprint, _ in wanted})):
        for row in connection.execute(WHOLE.where(table.c.fingerprint.in_(some))).mappings():
            key = (row["fingerprint"], row["story_id"])
            if key in wanted:
                found.setdefault(key, dict(row))
    return found


def _unfound(
    connection: Connection, known: Collection[str], stories: Collection[str], previous: str | None
) -> list[Row]:
    """The present cases that should have been found again and were not, as far as exact values tell."""
    here = set(known)
    rows: dict[str, Row] = {}
    if previous is not None:
        query = WHOLE.where(table.c.present, table.c.run_id == as_key(previous))
        rows |= {row["id"]: dict(row) for row in connection.execute(query).mappings() if row["id"] not in here}
    for some in chunks(sorted(as_key(story) for story in stories)):
        query = WHOLE.where(table.c.present, table.c.story_id.in_(some))
        rows |= {row["id"]: dict(row) for row in connection.execute(query).mappings() if row["id"] not in here}
    return list(rows.values())


def _pair(
    findings: Sequence[Finding], cases: Sequence[Row], source_of: Mapping[str, str]
) -> tuple[dict[str, Row], list[Row]]:
    """Findings with other values to the cases they go on, best first; and the cases that are left."""
    blocks: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in cases:
        blocks[row["rule"], row["kind"], row["story_id"]].append(row)
    scored = []
    for finding in findings:
        block = blocks.get((as_key(finding.rule), finding.kind.value, as_key(finding.story)), [])
        now = gather(finding.claims, source_of) if block else ()
        for row in block:
            score = overlap(read_evidence(row["evidence"]), now)
            if score >= _ALIKE:
                scored.append((-score, finding.id, row["id"], row))
    paired: dict[str, Row] = {}
    taken: set[str] = set()
    for _, finding_id, case_id, row in sorted(scored, key=lambda item: item[:3]):
        if finding_id not in paired and case_id not in taken:
            paired[finding_id] = row
            taken.add(case_id)
    return paired, [row for row in cases if row["id"] not in taken]


def _moved(connection: Connection, findings: Sequence[Finding], source_of: Mapping[str, str]) -> dict[str, Row]:
    """Findings whose words are those of a case under another story's id: the story was named anew."""
    prints: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        prints[as_key(finding.fingerprint)].append(finding)
    moved: dict[str, Row] = {}
    taken: set[str] = set()
    for some in chunks(sorted(prints)):
        query = WHOLE.where(table.c.fingerprint.in_(some)).order_by(table.c.last_seen.desc(), table.c.id)
        for row in connection.execute(query).mappings():
            before = read_evidence(row["evidence"])
            for finding in prints[row["fingerprint"]]:
                free = finding.id not in moved and row["id"] not in taken
                if free and not changes(before, gather(finding.claims, source_of)):
                    moved[finding.id] = dict(row)
                    taken.add(row["id"])
    return moved


class _Filing:
    """Collects what a run changes about cases, then writes it in few statements."""

    def __init__(
        self,
        connection: Connection,
        run_id: str,
        at: datetime,
        source_of: Mapping[str, str],
        titles: Mapping[str, str],
    ) -> None:
        self._connection, self._run, self._at = connection, run_id, at
        self._source_of, self._titles = source_of, titles
        self._thresholds = load_thresholds(connection)
        self._added: dict[str, Row] = {}
        self._seen: list[Row] = []
        self._changed: dict[str, Row] = {}
        self._gone: list[Row] = []
        self._events: list[tuple[str, str, str]] = []

    def add(self, finding: Finding, row: Row | None) -> None:
        """Take in one finding and the case it goes on, if there is one."""
        told = self._told(finding)
        if row is None:
            id_ = _case_id(finding)
            self._added[id_] = told | {"id": id_}
            self._events.append((id_, "new", finding.summary))
            return
        differs = [name for name in ("fingerprint", "evidence", "verdict", "severity") if told[name] != row[name]]
        if row["present"] and not differs:
            moment = {name: told[name] for name in ("finding_id", "run_id", "story_id", "last_seen", "summary")}
            self._seen.append({f"b_{name}": value for name, value in (moment | {"id": row["id"]}).items()})
            return
        self._changed[row["id"]] = told | {"id": row["id"], "was": row}
        status = "changed" if row["fingerprint"] != told["fingerprint"] or row["verdict"] != told["verdict"] else ""
        status = status if row["present"] else "back"
        if status:
            self._events.append((row["id"], status, finding.summary))

    def lose(self, rows: Sequence[Row]) -> None:
        """Take in the cases that are no longer found."""
        self._gone = list(rows)
        self._events += [(row["id"], "gone", row["summary"]) for row in rows]

    def save(self) -> Filed:
        """Write it all."""
        self._settle_ids()
        self._write_cases()
        self._write_beside()
        self._write_events()
        of = {status: tuple(id_ for id_, s, _ in self._events if s == status) for status in _STATUSES}
        return Filed(of["new"], of["changed"], of["back"], of["gone"])

    def _told(self, finding: Finding) -> Row:
        """What a finding says, as columns."""
        evidence = gather(finding.claims, self._source_of)
        sources = sorted({item.source for item in evidence})
        title = self._titles.get(as_key(finding.story), "")
        rank = _SEVERITIES.index(finding.severity) * 10 + (5 if finding.verdict is Verdict.CONTRADICTION else 0)
        confidence = round(min(1.0, max(0.0, finding.confidence)), 6)
        return {
            "fingerprint": as_key(finding.fingerprint),
            "finding_id": as_key(finding.id),
            "run_id": as_key(self._run),
            "story_id": as_key(finding.story),
            "story_title": title,
            "rule": as_key(finding.rule),
            "verdict": finding.verdict.value,
            "kind": finding.kind.value,
            "severity": finding.severity.value,
            "confidence": confidence,
            "priority": rank + confidence,
            "independent_sources": finding.independent_sources,
            "summary": as_words(finding.summary),
            "sources": "\x1f".join(as_words(source) for source in sources),
            "words": "\n".join([finding.summary, title, finding.rule, *sources]).casefold(),
            "evidence": pack_json([encode(item) for item in evidence]),
            "last_seen": self._at,
            "flagged": finding.verdict in FLAGGED and confidence >= self._least(finding),
            "present": True,
        }

    def _least(self, finding: Finding) -> float:
        """From which confidence on such a finding is put before reviewers."""
        return self._thresholds.get(FAMILIES[finding.kind], 0.0)

    def _settle_ids(self) -> None:
        """Give a new case another id where an older one that has changed since was born with it."""
        for some in chunks(sorted(self._added)):
            for taken in self._connection.execute(select(table.c.id).where(table.c.id.in_(some))).scalars().all():
                row = self._added.pop(taken)
                id_ = blake2b(f"{taken}\x1f{self._run}".encode(), digest_size=12).hexdigest()
                self._added[id_] = row | {"id": id_}
                self._events = [(id_ if one == taken else one, *rest) for one, *rest in self._events]  # type: ignore[misc]

    def _write_cases(self) -> None:
        empty = standing_columns(Standing()) | {"first_seen": self._at, "changed": self._at, "version": 0}
        if self._added:
            self._connection.execute(table.insert(), [_narrow(row) | empty for row in self._added.values()])
        if self._seen:
            names = ("finding_id", "run_id", "story_id", "last_seen", "summary")
            one = update(table).where(table.c.id == bindparam("b_id"))
            self._connection.execute(one.values({name: bindparam(f"b_{name}") for name in names}), self._seen)
        made = judgements.of_cases(
            self._connection, [id_ for id_, row in self._changed.items() if row["was"]["version"]]
        )
        for id_, row in self._changed.items():
            self._rewrite(row, made.get(id_, ()))
        for some in chunks([row["id"] for row in self._gone]):
            gone = update(table).where(table.c.id.in_(some))
            self._connection.execute(gone.values(present=False, version=table.c.version + 1))

    def _rewrite(self, told: Row, made: Sequence[Judgement]) -> None:
        """Bring a case up to its new words; what was decided of it holds, or says why it does not."""
        was = told.pop("was")
        standing = assess(made, read_evidence(told["evidence"]), Verdict(told["verdict"]))
        news = standing.reopened != was["reopened"] or not was["present"] or told["fingerprint"] != was["fingerprint"]
        values = _narrow(told) | standing_columns(standing) | {"version": was["version"] + 1}
        values["changed"] = self._at if news and standing.state is not State.DECIDED else was["changed"]
        self._connection.execute(update(table).where(table.c.id == told["id"]).values(values))

    def _write_beside(self) -> None:
        """What is kept beside the rows of new and changed cases."""
        for some in chunks(sorted(self._changed)):
            for beside in (case_source, case_evidence, case_text):
                self._connection.execute(delete(beside).where(beside.c.case_id.in_(some)))
        written = self._added | self._changed
        if written:
            kept = [{"case_id": id_, "body": row["evidence"]} for id_, row in written.items()]
            self._connection.execute(case_evidence.insert(), kept)
            said = [{"case_id": id_, "words": row["words"]} for id_, row in written.items()]
            self._connection.execute(case_text.insert(), said)
        rows = [
            {"case_id": id_, "source": as_key(source)}
            for id_, row in written.items()
            for source in sorted({as_key(one) for one in row["sources"].split("\x1f")})
            if source
        ]
        if rows:
            self._connection.execute(case_source.insert(), rows)

    def _write_events(self) -> None:
        counts: dict[str, int] = {}
        known = [id_ for id_, status, _ in self._events if status != "new"]
        for some in chunks(sorted(known)):
            query = select(case_event.c.case_id, func.max(case_event.c.position)).where(case_event.c.case_id.in_(some))
            counts.update({id_: top + 1 for id_, top in self._connection.execute(query.group_by(case_event.c.case_id))})
        rows: list[dict[str, Any]] = [
            {
                "case_id": id_,
                "position": counts.get(id_, 0),
                "run_id": self._run,
                "at": self._at,
                "status": status,
                "summary": summary,
            }
            for id_, status, summary in self._events
        ]
        if rows:
            self._connection.execute(case_event.insert(), rows)


def _narrow(told: Row) -> Row:
    """The columns of a case's own row."""
    return {name: value for name, value in told.items() if name not in ("evidence", "words")}


_STATUSES = ("new", "changed", "back", "gone")


def _case_id(finding: Finding) -> str:
    return blake2b("\x1f".join(_key(finding)).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
