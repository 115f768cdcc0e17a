"""Signing in, and what the server refuses: foreign names, large bodies, guesses, links used twice, hostile text."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from reconcile.app import accounts
from reconcile.app.accounts import Role
from reconcile.config import Settings
from reconcile.errors import ReconcileError
from reconcile.web.serving import greeting, listen


def test_every_answer_carries_the_headers(desk: Any) -> None:
    """Pages, errors and files alike forbid scripts of others, framing and guessing of types."""
    client = desk.client(Role.READER)
    for path in ("/queue", "/none", "/api/v1/none", "/healthz", "/login"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


def test_other_names_are_refused(desk: Any) -> None:
    """A request for a host name that is not this server's gets no page: no other site can speak through the browser."""
    client = desk.client(Role.READER)
    for name in ("evil.example", "127.0.0.1.evil.example", "", "[::1", "localhost@evil.example"):
        assert client.get("/queue", headers={"Host": name}).status_code == 421, name
    assert client.get("/queue", headers={"Host": "localhost:8571"}).status_code == 200


def test_configured_names_are_answered(open_desk: Any, tmp_path: Any) -> None:
    """A name listed in the settings is this server's too."""
    desk = open_desk(str(tmp_path / "a.db"), serve={"names": ["Review.example.org"]})
    assert desk.client().get("/login", headers={"Host": "review.example.org"}).status_code == 200


def test_large_bodies_are_refused(desk: Any) -> None:
    """More than a megabyte is refused, whether its length is told or not."""
    client = desk.client()
    assert client.post("/login", content=b"x" * 1_100_000).status_code == 413
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/login", content=(b"x" * 100_000 for _ in range(20)), headers=kind).status_code == 413


def test_cookie_is_out_of_reach_of_scripts_and_other_sites(open_desk: Any, tmp_path: Any) -> None:
    """HttpOnly and SameSite always; Secure and bound to the host where the desk uses https."""
    form = {"name": "reader", "password": "a long enough password"}
    plain = open_desk(str(tmp_path / "a.db")).client().post("/login", data=form).headers["set-cookie"]
    assert "HttpOnly" in plain
    assert "SameSite=lax" in plain
    secure = open_desk(str(tmp_path / "b.db"), serve={"https": True}).client().post("/login", data=form)
    assert secure.headers["set-cookie"].startswith("__Host-reconcile=")
    assert "Secure" in secure.headers["set-cookie"]


def test_wrong_passwords_and_unknown_names_are_told_alike(desk: Any) -> None:
    """Nobody learns from the answer which accounts there are."""
    wrong = desk.client().post("/login", data={"name": "reader", "password": "wrong"})
    unknown = desk.client().post("/login", data={"name": "nobody", "password": "wrong"})
    assert (wrong.status_code, wrong.text) == (unknown.status_code, unknown.text)


def test_guessing_is_slowed_down(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """After ten wrong passwords even the right one is not looked at for a while; then it is."""
    monkeypatch.setattr(accounts, "_verify", lambda hashed, password: password == "a long enough password")
    client = desk.client()
    for _ in range(10):
        assert client.post("/login", data={"name": "reader", "password": "guess"}).status_code == 403
    right = {"name": "reader", "password": "a long enough password"}
    limited = client.post("/login", data=right)
    assert (limited.status_code, limited.headers["retry-after"]) == (429, "900")
    desk.pass_time(minutes=16)
    assert client.post("/login", data=right).status_code == 303


def test_logins_are_on_record(desk: Any) -> None:
    """Who got in, who did not, and from where."""
    desk.client(Role.READER)
    desk.client().post("/login", data={"name": "reader", "password": "wrong"})
    found = [(item.account, item.method, item.outcome) for item in accounts.list_logins(desk.store)]
    assert found == [("reader", "password", "refused"), ("reader", "password", "in")]


def test_session_ends_with_its_time_and_with_the_account(desk: Any) -> None:
    """Twelve hours later, signed out, or shut out: the sign-in form."""
    client = desk.client(Role.READER)
    assert client.get("/queue").status_code == 200
    accounts.set_disabled(desk.store, "reader", True)
    assert client.get("/queue").status_code == 303
    other = desk.client(Role.EDITOR)
    desk.pass_time(hours=13)
    assert other.get("/queue").status_code == 303
    third = desk.client(Role.ADMIN)
    assert third.post("/logout", data={"csrf": desk.csrf(third)}).status_code == 303
    assert third.get("/queue").status_code == 303


def test_link_lets_in_once(desk: Any) -> None:
    """The printed link signs in; used again or after ten minutes it does not."""
    first = accounts.make_entry(desk.store, desk.now)
    assert desk.client().get(f"/enter/{first}").status_code == 303
    assert desk.client().get(f"/enter/{first}").status_code == 403
    late = accounts.make_entry(desk.store, desk.now)
    desk.pass_time(minutes=11)
    assert desk.client().get(f"/enter/{late}").status_code == 403


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\nb", "javascript:x"]
)
def test_sign_in_leads_to_no_other_host(desk: Any, wanted: str) -> None:
    """Whatever address the form carries, one goes on to a page of this server."""
    form = {"name": "reader", "password": "a long enough password", "next": wanted}
    assert desk.client().post("/login", data=form).headers["location"] == "/"


def test_blind_is_kept_in_the_session(desk: Any) -> None:
    """After switching it on, pages hide scores until it is switched off."""
    client = desk.client(Role.READER)
    answer = client.post("/blind", data={"csrf": desk.csrf(client), "on": "1", "next": "/queue"})
    assert answer.headers["location"] == "/queue"
    assert desk.session(client).blind


def test_listening_to_others_without_accounts_is_refused(open_desk: Any, tmp_path: Any, make: Any) -> None:
    """Binding elsewhere needs somebody with a password; the message says how."""
    from reconcile.store.store import open_store

    settings = Settings(serve={"host": "0.0.0.0", "port": 0})
    with open_store(tmp_path / "empty.db", upgrade=True) as store:
        with pytest.raises(ReconcileError, match="reconcile accounts add"):
            listen(settings, store)
        local = Settings(serve={"port": 0})
        with listen(local, store) as listener:
            assert listener.getsockname()[0] == "127.0.0.1"
            assert "/enter/" in greeting(local, store, 1)[0]
    desk = open_desk(str(tmp_path / "desk.db"))
    listen(settings, desk.store).close()
    assert "/enter/" not in greeting(local, desk.store, 1)[0]


def test_unexpected_errors_tell_nothing_of_the_inside(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the program answers 500 in few words."""
    from starlette.testclient import TestClient

    client = desk.client(Role.READER)
    quiet = TestClient(desk.app, base_url="http://127.0.0.1", raise_server_exceptions=False, cookies=client.cookies)
    monkeypatch.setattr(desk.store.review, "queue", lambda *given: 1 / 0)
    answer = quiet.get("/queue")
    assert (answer.status_code, "division" in answer.text) == (500, False)


def test_poor_accounts_are_refused(desk: Any) -> None:
    """Short passwords, odd names and taken names are no accounts."""
    for name, password in (("ann", "short"), ("an n", "a long enough password"), ("reader", "a long enough password")):
        with pytest.raises(ReconcileError):
            accounts.add_account(desk.store, name, Role.READER, desk.now, password=password)


def test_oldest_attempts_do_not_count_for_ever(desk: Any) -> None:
    """What was refused longer ago than the window is forgotten."""
    assert desk.store.accounts.failures("reader", "x", desk.now, timedelta(minutes=15)) == (0, 0)
