"""Who gets in: accounts, passwords, sessions, one-time links and tokens, with every attempt on record."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from reconcile.errors import InvalidError, RefusedError
from reconcile.review.people import SCOPE_ROLES, Account, Login, Method, Result, Role, Scope, Session, Token, User
from reconcile.store.store import Store

__all__ = ["Account", "Login", "Role", "Scope", "Session", "Token", "User"]

LOCAL = "local"
"""The account that a server on one's own machine lets in when there is no other."""
SHORTEST_PASSWORD = 12
_LONGEST_PASSWORD = 1000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
_WINDOW = timedelta(minutes=15)
_TRIES_BY_NAME, _TRIES_BY_ADDRESS = 10, 50
_LINK_LIVES = timedelta(minutes=10)
_TOKEN_MARK = "rec_"  # noqa: S105 -- how a token begins, so that scanners of secrets know it
_WRONG = "the name or the password is wrong"


class LimitedError(RefusedError):
    """Too many attempts of late; ``wait`` says for how many seconds no other is looked at."""

    def __init__(self, wait: int) -> None:
        """The wait goes into the answer."""
        super().__init__("there were too many attempts to sign in", f"try again in {wait // 60} minutes")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody who got in: what the browser is to keep, and until when."""

    secret: str
    user: User
    expires: datetime


def add_account(
    store: Store,
    name: str,
    role: Role,
    now: datetime,
    *,
    password: str | None = None,
    full_name: str = "",
    subject: str | None = None,
) -> Account:
    """A new account; raises InvalidError for a poor name or password, ConflictError where the name is taken."""
    if _NAME.fullmatch(name) is None:
        raise InvalidError(
            f"{name!r} is no account name", "use up to 64 letters, digits, dots, hyphens, underscores and @", "name"
        )
    account = Account(name, role, now, full_name, _hash(password) if password is not None else None, subject)
    store.accounts.add(account)
    return account


def set_password(store: Store, name: str, password: str) -> None:
    """Give an account another password; its sessions end."""
    store.accounts.change(name, password=_hash(password))


def set_role(store: Store, name: str, role: Role) -> None:
    """Give an account another role; its sessions end."""
    store.accounts.change(name, role=role.value)


def set_disabled(store: Store, name: str, disabled: bool) -> None:
    """Shut an account out, or let it in again; its sessions end, its tokens stop."""
    store.accounts.change(name, disabled=disabled)


def list_accounts(store: Store) -> tuple[Account, ...]:
    """All accounts, by name."""
    return store.accounts.list()


def may_listen_anywhere(store: Store, *, single_sign_on: bool) -> bool:
    """Whether somebody can sign in with more than a link from this machine."""
    return single_sign_on or any(account.password and not account.disabled for account in store.accounts.list())


def list_logins(store: Store, limit: int = 100) -> tuple[Login, ...]:
    """The latest attempts to get in, newest first."""
    return store.accounts.logins(limit)


# --- sessions ---------------------------------------------------------------------------------


def sign_in(store: Store, name: str, password: str, address: str, now: datetime, lives: timedelta) -> Entered:
    """A session for the right password; raises LimitedError after many wrong ones, else RefusedError."""
    by_name, by_address = store.accounts.failures(name, address, now, _WINDOW)
    if by_name >= _TRIES_BY_NAME or by_address >= _TRIES_BY_ADDRESS:
        _note(store, name, "password", "limited", address, now)
        raise LimitedError(int(_WINDOW.total_seconds()))
    account = store.accounts.find(name)
    # An unknown name takes as long as a wrong password.
    right = _verify(account.password if account and account.password else _dummy(), password)
    if account is None or account.disabled or not account.password or not right:
        _note(store, name, "password", "refused", address, now)
        raise RefusedError(_WRONG, "check both, or ask your administrator")
    if _hasher().check_needs_rehash(account.password):
        store.accounts.change(account.name, password=_hash(password))
    return enter(store, account, "password", address, now, lives)


def enter(store: Store, account: Account, method: Method, address: str, now: datetime, lives: timedelta) -> Entered:
    """A session for an account that showed who it is."""
    secret = secrets.token_urlsafe(32)
    store.accounts.open_session(_digest(secret), account.name, secrets.token_urlsafe(32), now, now + lives)
    _note(store, account.name, method, "in", address, now)
    return Entered(secret, _user(account), now + lives)


def find_session(store: Store, secret: str, now: datetime) -> Session | None:
    """The session that a browser's cookie names, unless it is over."""
    return store.accounts.find_session(_digest(secret), now)


def session_user(session: Session) -> User:
    """Whose session it is."""
    return _user(session.account)


def set_blind(store: Store, secret: str, blind: bool) -> None:
    """Hide scores and others' votes in this session, or show them again."""
    store.accounts.set_blind(_digest(secret), blind)


def sign_out(store: Store, secret: str, address: str, now: datetime) -> None:
    """End a session."""
    session = store.accounts.find_session(_digest(secret), now)
    store.accounts.close_session(_digest(secret))
    if session is not None:
        _note(store, session.account.name, "password", "out", address, now)


def make_entry(store: Store, now: datetime, name: str = LOCAL) -> str:
    """The secret of a link that lets an account in once, within ten minutes; the local account is made when missing."""
    if name == LOCAL and store.accounts.find(LOCAL) is None:
        store.accounts.add(Account(LOCAL, Role.ADMIN, now, "This computer"))
    secret = secrets.token_urlsafe(32)
    store.accounts.add_link(_digest(secret), name, now + _LINK_LIVES)
    return secret


def use_entry(store: Store, secret: str, address: str, now: datetime, lives: timedelta) -> Entered:
    """A session for a one-time link; raises RefusedError for one that was used or is too old."""
    account = store.accounts.use_link(_digest(secret), now)
    if account is None:
        _note(store, "", "link", "refused", address, now)
        raise RefusedError("this link was used already or is too old", "start `reconcile serve` again for a new one")
    return enter(store, account, "link", address, now, lives)


def enter_by_subject(
    store: Store,
    subject: str,
    names: tuple[str, str],
    role: Role | None,
    address: str,
    now: datetime,
    lives: timedelta,
) -> Entered:
    """A session for somebody an OpenID provider vouches for; ``names`` are a short and a full one.

    Without an account yet, one of ``role`` is made; where there is no such role, raises RefusedError.
    """
    account = store.accounts.find_subject(subject)
    if account is None and role is not None:
        account = add_account(store, _free_name(store, names[0]), role, now, full_name=names[1], subject=subject)
    if account is None or account.disabled:
        _note(store, names[0], "oidc", "refused", address, now)
        raise RefusedError("there is no account for you here", "ask your administrator for one")
    return enter(store, account, "oidc", address, now, lives)


def _free_name(store: Store, wanted: str) -> str:
    """A name like the wanted one that no account has."""
    plain = re.sub(r"[^A-Za-z0-9._@-]+", "-", wanted).strip("-._@")[:50] or "user"
    if store.accounts.find(plain) is None:
        return plain
    return f"{plain}-{secrets.token_hex(4)}"


# --- tokens -----------------------------------------------------------------------------------


def make_token(
    store: Store, account: str, label: str, scopes: tuple[Scope, ...], now: datetime, days: int | None = None
) -> tuple[str, Token]:
    """A new token and its secret, which is shown this once; raises NotFoundError for an unknown account."""
    if not scopes:
        raise InvalidError("a token needs a scope", f"give one of: {', '.join(Scope)}", "scope")
    secret = _TOKEN_MARK + secrets.token_urlsafe(32)
    expires = now + timedelta(days=days) if days else None
    token = Token(secrets.token_hex(6), account, label, tuple(sorted(set(scopes))), now, expires)
    store.accounts.add_token(_digest(secret), token)
    return secret, token


def list_tokens(store: Store, account: str | None = None) -> tuple[Token, ...]:
    """The tokens of an account, or all."""
    return store.accounts.tokens(account)


def revoke_token(store: Store, id_: str) -> None:
    """Make a token useless."""
    store.accounts.revoke_token(id_)


def token_user(store: Store, secret: str, address: str, now: datetime) -> User:
    """Whom a token speaks for, with no more than its scopes allow; raises RefusedError for one that is not good."""
    found = store.accounts.find_token(_digest(secret), now)
    if found is None:
        _, by_address = store.accounts.failures("", address, now, _WINDOW)
        if by_address >= _TRIES_BY_ADDRESS:
            raise LimitedError(int(_WINDOW.total_seconds()))
        _note(store, "", "token", "refused", address, now)
        raise RefusedError("this token is not known, was revoked or has expired", "make one: reconcile accounts token")
    account, token = found
    most = max((SCOPE_ROLES[scope] for scope in token.scopes), key=list(Role).index)
    user = _user(account)
    role = user.role if most.covers(user.role) else most
    return replace(user, role=role, scopes=frozenset(token.scopes))


# --- secrets ----------------------------------------------------------------------------------


def _user(account: Account) -> User:
    return User(account.name, account.role, account.full_name)


def _note(store: Store, name: str, method: Method, outcome: Result, address: str, now: datetime) -> None:
    store.accounts.note_login(Login(now, name[:64], method, outcome, address))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _hasher() -> PasswordHasher:
    """Argon2id with the library's own parameters (RFC 9106, low memory)."""
    return PasswordHasher()


@cache
def _dummy() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))


def _hash(password: str) -> str:
    if not SHORTEST_PASSWORD <= len(password) <= _LONGEST_PASSWORD:
        raise InvalidError(
            f"the password has {len(password)} characters", f"use at least {SHORTEST_PASSWORD}", "password"
        )
    try:
        return _hasher().hash(password)
    except UnicodeEncodeError:
        raise InvalidError("the password has characters that are none", "type it anew", "password") from None


def _verify(hashed: str, password: str) -> bool:
    if len(password) > _LONGEST_PASSWORD:
        return False
    try:
        return _hasher().verify(hashed, password)
    except (Argon2Error, InvalidHashError, UnicodeEncodeError):
        return False
