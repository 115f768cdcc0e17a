"""Where the database is, and that its password is never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from reconcile.errors import ReconcileError
from reconcile.store.engine import describe, parse_location
from reconcile.store.store import open_store


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("news.db", "news.db"),
        ("sqlite:///news.db", "news.db"),
        ("postgresql://ada:hunter2@db.example/news", "postgresql://ada:***@db.example/news"),
        ("postgres://ada@db.example/news?password=hunter2", "postgresql://ada:***@db.example/news"),
        (
            "postgresql+psycopg://ada@db.example/news?sslpassword=hunter2",
            "postgresql://ada@db.example/news?sslpassword=%2A%2A%2A",
        ),
    ],
)
def test_addresses_are_shown_without_passwords(address: str, shown: str) -> None:
    """The database is named in messages as it was given, without any password."""
    assert shown == describe(parse_location(address))


@pytest.mark.parametrize(
    "address",
    [
        "",
        ":memory:",
        "mysql://ada:hunter2@host/news",
        "sqlite://",
        "sqlite:///:memory:",
        "://hunter2",
        "postgresql://ada:hunter2@host:port/x",
    ],
)
def test_unusable_address_is_refused_without_showing_it(address: str) -> None:
    """An address that cannot be used is refused with what can, and without the password in it."""
    with pytest.raises(ReconcileError, match="postgresql://USER@HOST/DATABASE") as caught:
        parse_location(address)
    assert "hunter2" not in str(caught.value)


def test_unreachable_server_is_named_without_the_password() -> None:
    """A server that does not answer is named with the cure; the password stays out of every message in the chain."""
    with pytest.raises(ReconcileError, match=r"ada:\*\*\*@127\.0\.0\.1:1/news cannot be reached") as caught:
        open_store("postgresql://ada:hunter2@127.0.0.1:1/news", upgrade=True)
    error: BaseException | None = caught.value
    while error is not None:
        assert "hunter2" not in repr(error) + str(error)
        error = error.__cause__ or error.__context__


def test_home_folder_is_expanded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A path that starts in the home folder is found there."""
    monkeypatch.setenv("HOME", str(tmp_path))
    assert str(tmp_path / "news.db") == describe(parse_location("~/news.db"))
