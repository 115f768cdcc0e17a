"""A desk with two findings to judge, its server in this process, and a client for each role."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from starlette.testclient import TestClient

from reconcile.app import accounts
from reconcile.app.accounts import Role, Scope, Session
from reconcile.config import Settings
from reconcile.review.views import Query
from reconcile.store.store import Store, open_store
from reconcile.web.server import create_app

NOW = datetime(2024, 3, 6, 9, tzinfo=UTC)
HERE = "http://127.0.0.1"
PASSWORD = "a long enough password"


def _load(name: str, path: Path) -> ModuleType:
    """A module by its file: the tests of the store make the articles, and its databases, for these tests too."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


_store_tests = _load("reconcile_store_conftest", Path(__file__).parent.parent / "store" / "conftest.py")
postgres_server = _store_tests.postgres_server
location = _store_tests.location
make = _store_tests.make


@dataclass
class Desk:
    """A server with its store, and the clock that both go by."""

    app: FastAPI
    store: Store
    now: datetime = NOW

    def client(self, role: Role | None = None, *, token: str = "", name: str = "") -> TestClient:
        """A client that is nobody, has signed in with an account of this role, or sends a token."""
        client = TestClient(self.app, base_url=HERE, follow_redirects=False)
        if token:
            client.headers["Authorization"] = f"Bearer {token}"
        elif role is not None:
            answer = client.post("/login", data={"name": name or role.value, "password": PASSWORD})
            assert answer.status_code == 303, answer.text
        return client

    def token(self, account: str, *scopes: Scope) -> str:
        """A token of an account."""
        return accounts.make_token(self.store, account, "test", scopes, self.now)[0]

    def case(self) -> str:
        """The id of the gravest case."""
        return self.store.review.queue(Query(view="all"), "nobody", self.now).rows[0].id

    def session(self, client: TestClient) -> Session:
        """The session of a client that has signed in."""
        found = accounts.find_session(self.store, client.cookies["reconcile"], self.now)
        assert found is not None
        return found

    def csrf(self, client: TestClient) -> str:
        """What the forms of a client that has signed in carry."""
        return self.session(client).csrf

    def pass_time(self, **span: float) -> None:
        """Move the clock."""
        self.now += timedelta(**span)


@pytest.fixture(scope="session")
def hashed() -> str:
    """The hash of everybody's password; making one takes its time on purpose."""
    return PasswordHasher().hash(PASSWORD)


@pytest.fixture
def open_desk(make, hashed: str) -> Iterator[Callable[..., Desk]]:  # type: ignore[no-untyped-def]
    """A function that opens a desk on a database, with an account a role and one run stored."""
    opened: list[Store] = []

    def start(location: str, **settings: object) -> Desk:
        store = open_store(location, upgrade=True)
        opened.append(store)
        make.world(fingerprints=("differ-12-15", "differ-again")).save(store)
        desk = Desk(FastAPI(), store)
        desk.app = create_app(Settings(**settings), store=store, now=lambda: desk.now)  # type: ignore[arg-type]
        for role in Role:
            store.accounts.add(accounts.Account(role.value, role, NOW, role.value.title(), hashed))
        return desk

    yield start
    for store in opened:
        store.close()


@pytest.fixture
def desk(open_desk: Callable[..., Desk], tmp_path: Path) -> Desk:
    """A desk on SQLite with the default settings."""
    return open_desk(str(tmp_path / "desk.db"))
