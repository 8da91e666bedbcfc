"""The events of authority. The law of compatibility stands in ``domain.event``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.authority.power import Power
from domain.event import Event


@dataclass(frozen=True, kw_only=True)
class AuthorityRooted(Event, topic="authority:rooted:1", chinese="职权设立"):
    """Two persons set up the record: ``organisation`` passes powers on, and does nothing else.

    ``first`` and ``second`` are its first two administrators, ``document`` is the 文号 by which
    they do so.
    """

    organisation: str
    first: str
    second: str
    document: str


@dataclass(frozen=True, kw_only=True)
class AdministratorsReplaced(
    Event, topic="authority:administrators-replaced:1", chinese="更换系统管理员"
):
    """Two persons at the console took the place of the root's administrators (更换系统管理员).

    ``document`` is the decision by which they do so; the accounts before theirs are ``disabled``.
    """

    first: str
    second: str
    document: str
    disabled: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class GrantProposed(Event, topic="authority:proposed:1", chinese="拟授权"):
    """One person of the organisation ``by`` proposed to grant a power to whose stream this is.

    ``source`` is the grant that it comes from, or ``authority-root``; ``document`` the 文号.
    """

    grant: str
    source: str
    by: str
    power: Power
    document: str


@dataclass(frozen=True, kw_only=True)
class PowerGranted(Event, topic="authority:granted:1", chinese="授权"):
    """Another person of the grantor confirmed it: the organisation holds the power."""

    grant: str


@dataclass(frozen=True, kw_only=True)
class GrantDeclined(Event, topic="authority:declined:1", chinese="不予授权"):
    """Another person of the grantor did not confirm it."""

    grant: str


@dataclass(frozen=True, kw_only=True)
class PowerPassedOn(Event, topic="authority:passed-on:1", chinese="下放职权"):
    """The organisation passed on, to ``holder``, some of what it has by the grant ``source``."""

    source: str
    grant: str
    holder: str


@dataclass(frozen=True, kw_only=True)
class WithdrawalProposed(Event, topic="authority:withdrawal-proposed:1", chinese="拟收回职权"):
    """One person of a grantor, or of one above it, proposed to withdraw a power.

    ``ends_on`` is the first day in Beijing without it; ``passed_on_too`` says that what came from
    it ends with it.
    """

    grant: str
    by: str
    ends_on: date
    passed_on_too: bool
    document: str


@dataclass(frozen=True, kw_only=True)
class PowerWithdrawn(Event, topic="authority:withdrawn:1", chinese="收回职权"):
    """The power ends with the day before ``ends_on`` (Beijing).

    What was done by it stays done. ``passed_on_too`` says that what came from it ended as well;
    in the streams of those who had that, ``with_grant`` names the power that took theirs along.
    """

    grant: str
    by: str
    ends_on: date
    passed_on_too: bool
    document: str
    with_grant: str | None
