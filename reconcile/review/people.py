"""Who works here: accounts, what each role may do, and how somebody got in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal


class Role(StrEnum):
    """What an account may do, least first; each may do what the ones before it may."""

    READER = "reader"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMIN = "admin"

    def covers(self, other: Role) -> bool:
        """Whether this role may do what the other may."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(other)


class Scope(StrEnum):
    """What a token may be used for, within what its account may do."""

    READ = "read"
    REVIEW = "review"
    ADMIN = "admin"


SCOPE_ROLES = {Scope.READ: Role.READER, Scope.REVIEW: Role.EDITOR, Scope.ADMIN: Role.ADMIN}
"""The highest role that a token of each scope can act as."""

Method = Literal["password", "link", "oidc", "token"]
Result = Literal["in", "refused", "limited", "out"]


@dataclass(frozen=True, slots=True)
class Account:
    """An account; ``password`` is an argon2 hash or None, ``subject`` names it at an OpenID provider."""

    name: str
    role: Role
    created: datetime
    full_name: str = ""
    password: str | None = None
    subject: str | None = None
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class User:
    """Somebody signed in, with the role of this moment: a token may be of less than its account."""

    name: str
    role: Role
    full_name: str = ""
    scopes: frozenset[Scope] = field(default_factory=lambda: frozenset(Scope))

    def may(self, role: Role) -> bool:
        """Whether this user may do what a role may."""
        return self.role.covers(role)


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in; ``csrf`` is what its forms carry."""

    account: Account
    csrf: str
    blind: bool
    expires: datetime


@dataclass(frozen=True, slots=True)
class Token:
    """A token for programs, without its secret."""

    id: str
    account: str
    label: str
    scopes: tuple[Scope, ...]
    created: datetime
    expires: datetime | None = None
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Login:
    """One attempt to get in, or a leaving."""

    at: datetime
    account: str
    method: Method
    outcome: Result
    address: str
