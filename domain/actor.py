"""Who acts: the actor that every event of the record names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AccountActor:
    """A person acting through one of their accounts.

    ``seat`` and ``appointment`` say in which office the act was done, when it was one.
    ``sign_in`` is the id of the session, ``method`` how it was authenticated
    (``password``, ``oidc``). ``power`` is the grant by which the organisation did it, where it
    needed one.
    """

    account: str
    person: str
    organisation: str | None
    seat: str | None
    appointment: str | None
    sign_in: str
    method: str
    power: str | None = None


@dataclass(frozen=True)
class PublicActor:
    """Somebody from the public, known to the record only by a receipt."""

    receipt: str


@dataclass(frozen=True)
class SystemActor:
    """Mingjian itself, in a named job such as ``timekeeper``."""

    job: str


TIMEKEEPER = SystemActor("timekeeper")
"""Who appends what falls due by itself."""
CONSOLE = SystemActor("console")
"""Somebody at the console of the server, where nobody signs in."""

type_of_actor = {AccountActor: "account", PublicActor: "public", SystemActor: "system"}
"""The word under which each kind of actor is stored."""

Actor = AccountActor | PublicActor | SystemActor
