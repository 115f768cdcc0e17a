"""The commands of review: accounts, the record, calibration, and where serving is refused."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from reconcile.app import review
from reconcile.app.accounts import Role, User
from reconcile.app.choices import Choice
from reconcile.model import Decision
from reconcile.review.views import Query
from reconcile.store.store import open_store

ANN = User("ann", Role.REVIEWER)


def test_accounts_are_added_listed_and_shut_out(cli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """The password comes from standard input; the list shows roles and who is out."""
    monkeypatch.setattr("sys.stdin", io.StringIO("a long enough password\n"))
    assert cli("accounts", "add", "ann", "--role", "editor", "--full-name", "Ann Low").code == 0
    assert cli("accounts", "disable", "ann").code == 0
    (row,) = json.loads(cli("accounts", "list", "--json").out)
    assert row == {"name": "ann", "full_name": "Ann Low", "role": "editor", "disabled": True}
    assert cli("accounts", "disable", "ann", "--undo").code == 0
    assert cli("accounts", "change", "ann", "--role", "admin").code == 0
    assert "admin" in cli("accounts", "list").out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("accounts", "add", "ann", "--role", "owner"), "use one of"),
        (("accounts", "add", "an n"), "no account name"),
        (("accounts", "add", "ann"), "use at least 12"),
        (("accounts", "change", "ann"), "--role or --password"),
        (("accounts", "disable", "ann"), "no database"),
    ],
)
def test_wrong_use_of_accounts_names_the_cure(
    cli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str
) -> None:
    """Exit code 2 and a sentence that helps."""
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    said = cli(*words)
    assert (said.code, told in said.err) == (2, True)


def test_token_is_shown_once_and_can_be_revoked(cli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """The secret is printed at its making only."""
    monkeypatch.setattr("sys.stdin", io.StringIO("a long enough password\n"))
    cli("accounts", "add", "ann")
    secret = cli("accounts", "token", "ann", "--label", "wall").out.splitlines()[-1]
    listed = cli("accounts", "token", "ann", "--list").out
    assert secret.startswith("rec_")
    assert secret not in listed
    assert cli("accounts", "token", "ann", "--revoke", listed.split()[0]).code == 0
    assert "revoked" in cli("accounts", "token", "ann", "--list").out


def test_decision_stands_in_the_next_run_and_in_the_record(cli: Callable[..., Any], desk: Path) -> None:
    """A dismissed finding stays dismissed when the same folder is run again; the chain is whole and lists it."""
    cli("run", desk)
    now = datetime.now(UTC)
    with open_store("reconcile.db", upgrade=False) as store:
        row = store.review.queue(Query(), "ann", now).rows[0]
        review.decide(store, Choice(row.id, Decision.DISMISSED, "two deals"), ANN, now, expected_version=row.version)
    cli("run", desk)
    with open_store("reconcile.db", upgrade=False) as store:
        again = store.review.row(row.id)
    assert (again.decision, again.present) == (Decision.DISMISSED, True)
    verified = cli("audit", "verify")
    assert (verified.code, "1 judgements, whole" in verified.out) == (0, True)
    assert "two deals" in cli("audit", "log").out
    assert cli("audit", "verify", "--head", "0" * 64).code == 1
    assert cli("audit", "logins").code == 0


def test_not_the_same_fact_parts_the_claims_in_the_next_run(cli: Callable[..., Any], desk: Path) -> None:
    """After the decision no finding holds those two values together any more."""
    cli("run", desk)
    now = datetime.now(UTC)
    with open_store("reconcile.db", upgrade=False) as store:
        row = store.review.queue(Query(), "ann", now).rows[0]
        choice = Choice(row.id, Decision.NOT_SAME_FACT)
        review.decide(store, choice, ANN, now, expected_version=row.version)
    cli("run", desk)
    with open_store("reconcile.db", upgrade=False) as store:
        assert not store.review.row(row.id).present
        assert store.review.queue(Query(view="gone"), "ann", now).rows[0].id == row.id


def test_calibration_without_judgements_says_so(cli: Callable[..., Any]) -> None:
    """Nothing judged, nothing fitted, nothing changed."""
    cli("db", "upgrade")
    said = cli("calibrate", "--dry-run")
    assert (said.code, "nothing was judged yet" in said.out) == (0, True)
    assert json.loads(cli("calibrate", "--dry-run", "--json").out)["families"] == []


def test_serving_others_without_accounts_is_refused(cli: Callable[..., Any]) -> None:
    """Listening elsewhere needs an account; the message says how to add one."""
    said = cli("serve", "--host", "0.0.0.0", "--port", "0")
    assert (said.code, "reconcile accounts add" in said.err) == (2, True)
