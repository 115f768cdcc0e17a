"""Accounts, sessions, tokens and logins; secrets are kept as digests only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, RowMapping, delete, func, or_, select, update

from reconcile.errors import ConflictError, NotFoundError
from reconcile.review.people import Account, Login, Role, Scope, Session, Token
from reconcile.store.engine import reading, writing
from reconcile.store.review_tables import account as table
from reconcile.store.review_tables import entry_link, login, session
from reconcile.store.review_tables import token as token_table
from reconcile.store.tables import as_key


class AccountStore:
    """Every method is one transaction; each raises ReconcileError where the database fails."""

    def __init__(self, engine: Engine) -> None:
        """Use ``Store.accounts``."""
        self._engine = engine

    def add(self, account: Account) -> None:
        """Store a new account; raises ConflictError where the name or the subject is taken."""
        with writing(self._engine) as connection:
            taken = table.c.name == as_key(account.name)
            if account.subject:
                taken = or_(taken, table.c.subject == as_key(account.subject))
            if connection.execute(select(table.c.name).where(taken)).first() is not None:
                raise ConflictError(f"there is an account {account.name!r} already", "take another name")
            connection.execute(table.insert(), [_account_row(account)])

    def change(self, name: str, **values: Any) -> None:
        """Change columns of an account; raises NotFoundError. Its sessions end."""
        with writing(self._engine) as connection:
            done = connection.execute(update(table).where(table.c.name == as_key(name)).values(**values))
            if not done.rowcount:
                raise NotFoundError(f"there is no account {name!r}", "list them with: reconcile accounts list")
            connection.execute(delete(session).where(session.c.account == as_key(name)))

    def find(self, name: str) -> Account | None:
        """The account of this name."""
        with reading(self._engine) as connection:
            row = connection.execute(select(table).where(table.c.name == as_key(name))).mappings().first()
            return _account(row) if row is not None else None

    def find_subject(self, subject: str) -> Account | None:
        """The account that an OpenID provider knows as this."""
        with reading(self._engine) as connection:
            row = connection.execute(select(table).where(table.c.subject == as_key(subject))).mappings().first()
            return _account(row) if row is not None else None

    def list(self) -> tuple[Account, ...]:
        """All accounts, by name."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(table).order_by(table.c.name)).mappings()
            return tuple(_account(row) for row in rows)

    def open_session(self, digest: str, account: str, csrf: str, now: datetime, expires: datetime) -> None:
        """Store a session; expired ones are forgotten."""
        with writing(self._engine) as connection:
            connection.execute(delete(session).where(session.c.expires < now))
            row = {"digest": digest, "account": as_key(account), "csrf": csrf, "blind": False, "created": now}
            connection.execute(session.insert(), [row | {"expires": expires}])

    def find_session(self, digest: str, now: datetime) -> Session | None:
        """The session, unless it has expired or its account is disabled."""
        query = select(session.c.csrf, session.c.blind, session.c.expires, table).join(
            table, table.c.name == session.c.account
        )
        here = (session.c.digest == digest, session.c.expires > now, ~table.c.disabled)
        with reading(self._engine) as connection:
            row = connection.execute(query.where(*here)).mappings().first()
            return Session(_account(row), row["csrf"], row["blind"], _utc(row["expires"])) if row is not None else None

    def set_blind(self, digest: str, blind: bool) -> None:
        """Whether the session hides scores and others' votes."""
        with writing(self._engine) as connection:
            connection.execute(update(session).where(session.c.digest == digest).values(blind=blind))

    def close_session(self, digest: str) -> None:
        """Forget a session."""
        with writing(self._engine) as connection:
            connection.execute(delete(session).where(session.c.digest == digest))

    def add_link(self, digest: str, account: str, expires: datetime) -> None:
        """Store a link that lets an account in once."""
        with writing(self._engine) as connection:
            connection.execute(entry_link.insert(), [{"digest": digest, "account": account, "expires": expires}])

    def use_link(self, digest: str, now: datetime) -> Account | None:
        """The account that the link lets in; the link is gone after, and all that have expired."""
        with writing(self._engine) as connection:
            connection.execute(delete(entry_link).where(entry_link.c.expires < now))
            query = select(table).join(entry_link).where(entry_link.c.digest == digest, ~table.c.disabled)
            row = connection.execute(query).mappings().first()
            connection.execute(delete(entry_link).where(entry_link.c.digest == digest))
            return _account(row) if row is not None else None

    def add_token(self, digest: str, item: Token) -> None:
        """Store a token; raises NotFoundError for an unknown account."""
        with writing(self._engine) as connection:
            if connection.execute(select(table.c.name).where(table.c.name == as_key(item.account))).first() is None:
                raise NotFoundError(f"there is no account {item.account!r}", "add it with: reconcile accounts add")
            row = {
                "digest": digest,
                "id": item.id,
                "account": as_key(item.account),
                "label": item.label,
                "scopes": " ".join(item.scopes),
                "created": item.created,
                "expires": item.expires,
                "revoked": False,
            }
            connection.execute(token_table.insert(), [row])

    def find_token(self, digest: str, now: datetime) -> tuple[Account, Token] | None:
        """The token with its account, unless it was revoked, has expired, or the account is disabled."""
        with reading(self._engine) as connection:
            found = connection.execute(select(token_table).where(token_table.c.digest == digest)).mappings().first()
            if found is None or found["revoked"] or (found["expires"] is not None and _utc(found["expires"]) <= now):
                return None
            row = connection.execute(select(table).where(table.c.name == found["account"])).mappings().one()
            return None if row["disabled"] else (_account(row), _token(found))

    def tokens(self, account: str | None = None) -> tuple[Token, ...]:
        """The tokens of an account, or all, newest first."""
        query = select(token_table).order_by(token_table.c.created.desc(), token_table.c.id)
        if account is not None:
            query = query.where(token_table.c.account == as_key(account))
        with reading(self._engine) as connection:
            return tuple(_token(row) for row in connection.execute(query).mappings())

    def revoke_token(self, id_: str) -> None:
        """Make a token useless; raises NotFoundError."""
        with writing(self._engine) as connection:
            done = connection.execute(update(token_table).where(token_table.c.id == id_).values(revoked=True))
            if not done.rowcount:
                raise NotFoundError(f"there is no token {id_!r}", "list them with: reconcile accounts token --list")

    def note_login(self, item: Login) -> None:
        """Store one attempt to get in."""
        row = {"at": item.at, "account": as_key(item.account), "method": item.method, "outcome": item.outcome}
        with writing(self._engine) as connection:
            connection.execute(login.insert(), [row | {"address": as_key(item.address)}])

    def failures(self, account: str, address: str, now: datetime, within: timedelta) -> tuple[int, int]:
        """How often of late somebody was refused as this account (since it last got in), and from this address."""
        recent = (login.c.at > now - within, login.c.outcome == "refused")
        with reading(self._engine) as connection:
            last_in = select(func.max(login.c.at)).where(
                login.c.account == as_key(account), login.c.outcome == "in", login.c.address == as_key(address)
            )
            since = connection.execute(last_in).scalar()
            named = select(func.count()).where(*recent, login.c.account == as_key(account))
            by_name = connection.execute(named.where(login.c.at > since) if since else named).scalar_one()
            from_there = select(func.count()).where(*recent, login.c.address == as_key(address))
            return by_name, connection.execute(from_there).scalar_one()

    def logins(self, limit: int) -> tuple[Login, ...]:
        """The latest attempts to get in, newest first."""
        query = select(login).order_by(login.c.at.desc(), login.c.id.desc()).limit(limit)
        with reading(self._engine) as connection:
            return tuple(
                Login(_utc(row.at), row.account, row.method, row.outcome, row.address)
                for row in connection.execute(query)
            )


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)


def _account_row(item: Account) -> dict[str, Any]:
    return {
        "name": as_key(item.name),
        "full_name": item.full_name,
        "role": item.role.value,
        "password": item.password,
        "subject": item.subject,
        "disabled": item.disabled,
        "created": item.created,
    }


def _account(row: RowMapping) -> Account:
    return Account(
        row["name"],
        Role(row["role"]),
        _utc(row["created"]),
        row["full_name"],
        row["password"],
        row["subject"],
        row["disabled"],
    )


def _token(row: RowMapping) -> Token:
    scopes = tuple(Scope(word) for word in row["scopes"].split())
    expires = _utc(row["expires"]) if row["expires"] is not None else None
    return Token(row["id"], row["account"], row["label"], scopes, _utc(row["created"]), expires, row["revoked"])
