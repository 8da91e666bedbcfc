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
    """A real-name account was opened for a person (账号创建).

    ``unclaimed`` where the record knew the person already: nobody has shown yet that it is they
    who hold it.
    """

    person: str
    organisation: str | None
    roles: tuple[Role, ...]
    login: Personal
    unclaimed: bool


@dataclass(frozen=True, kw_only=True)
class AccountClaimed(Event, topic="account:claimed:1", chinese="认领账号"):
    """Its holder showed that another account, ``through``, is in the same hands (认领账号).

    From here on it is good for what is theirs as any of ``persons``, who are one human being.
    """

    through: str
    persons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AttestationProposed(Event, topic="account:attestation-proposed:1", chinese="核验持有人"):
    """One of two officers saw the holder, and the document that is ``shown`` (核验持有人)."""

    shown: str


@dataclass(frozen=True, kw_only=True)
class HolderAttested(Event, topic="account:holder-attested:1", chinese="确认持有人"):
    """A second officer saw them, too (确认持有人); it is as good as if it were claimed."""

    shown: str
    persons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AccountActivated(Event, topic="account:activated:1", chinese="账号启用"):
    """The holder replaced the one-time code by a secret of their own (账号启用)."""

    method: str


@dataclass(frozen=True, kw_only=True)
class AccountMoved(Event, topic="account:moved:1", chinese="账号随调"):
    """The account went with its holder to another organisation, for these ``roles`` (账号随调).

    ``move`` is the stream of who asked, accepted and released.
    """

    organisation: str
    roles: tuple[Role, ...]
    move: str


@dataclass(frozen=True, kw_only=True)
class DisablingProposed(Event, topic="account:disabling-proposed:1", chinese="提出停用账号"):
    """One of two persons wants the account of somebody who watches stopped (提出停用账号)."""

    reason: Personal


@dataclass(frozen=True, kw_only=True)
class AccountDisabled(Event, topic="account:disabled:1", chinese="账号停用"):
    """The account can no longer be used to sign in (账号停用)."""

    reason: Personal


class Means(StrEnum):
    """By what an account is opened: a one-time code, or an issuer elsewhere who vouches."""

    CODE = "code"
    ISSUER = "issuer"


class Part(StrEnum):
    """How much of a secret one person gave."""

    WHOLE = "whole"
    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, kw_only=True)
class SecretGiven(Event, topic="account:secret-given:1", chinese="交付登录凭据"):
    """The actor gave what opens the account, or one of two parts of it (交付登录凭据).

    It takes the place of the one before, by the same means, when it is whole or has its second
    part. A code is told to its holder; at an ``issuer`` elsewhere it is who they are there, which
    stays outside the record. Whoever gave all of it could have used it.
    """

    part: Part
    means: Means
    issuer: str | None
    reason: Personal | None


@dataclass(frozen=True, kw_only=True)
class IdentityReleased(Event, topic="account:identity-released:1", chinese="解除统一身份认证关联"):
    """The account can no longer be used that way (解除统一身份认证关联)."""

    reason: Personal
