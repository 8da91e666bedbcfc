"""The events of an account. The law of compatibility stands in ``domain.event``.

Secrets (password digests, one-time codes, sessions) are no facts of the record and stay
outside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.event import Event
from domain.personal import Personal


class Role(StrEnum):
    """What an account may be used for; what each role may do is one table in ``api.access``."""

    APPLICANT = "applicant"
    ADMINISTRATOR = "administrator"
    OFFICIAL = "official"
    AUDITOR = "auditor"
    INSPECTOR = "inspector"
    POLICY_ADMINISTRATOR = "policy_administrator"
    SYSTEM_ADMINISTRATOR = "system_administrator"


@dataclass(frozen=True, kw_only=True)
class AccountOpened(Event, topic="account:opened:1", chinese="账号创建"):
    """A real-name account was opened for a person (账号创建)."""

    person: str
    organisation: str | None
    roles: tuple[Role, ...]
    login: Personal


@dataclass(frozen=True, kw_only=True)
class AccountActivated(Event, topic="account:activated:1", chinese="账号启用"):
    """The holder replaced the one-time code by a secret of their own (账号启用)."""

    method: str


@dataclass(frozen=True, kw_only=True)
class AccountDisabled(Event, topic="account:disabled:1", chinese="账号停用"):
    """The account can no longer be used to sign in (账号停用)."""

    reason: Personal


@dataclass(frozen=True, kw_only=True)
class CodeReissued(Event, topic="account:code-reissued:1", chinese="重发激活码"):
    """A new one-time code took the place of the holder's secret (重发激活码).

    Whoever gave it out could have used it, so acts soon afterwards are looked at twice.
    """

    reason: Personal


@dataclass(frozen=True, kw_only=True)
class IdentityBound(Event, topic="account:identity-bound:1", chinese="关联统一身份认证"):
    """The account can be used by whom an issuer elsewhere vouches for (关联统一身份认证).

    Who that is there stays outside the record; whoever bound it could have bound their own.
    """

    issuer: str


@dataclass(frozen=True, kw_only=True)
class IdentityReleased(Event, topic="account:identity-released:1", chinese="解除统一身份认证关联"):
    """The account can no longer be used that way (解除统一身份认证关联)."""

    reason: Personal
