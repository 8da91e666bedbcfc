"""Registering oneself (自助注册), where a trusted issuer says who somebody is.

The account is its holder's beyond doubt and nobody's employee yet: an employer, or an office above
it, accepts them as it accepts whoever moves there. That the account is theirs is on record before
it lets them in; dying in between, the same request completes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from api.acts.account_opening import recognise
from api.acts.guard import act_as
from api.identifiers import new_stream
from api.problems import Problem
from api.signin.bindings import SubjectTakenError
from domain import beijing, document
from domain.account.decide import OpenAccount, decide
from domain.account.events import AccountOpened, Means, Part, Role, SecretGiven
from domain.actor import SystemActor
from domain.person.events import AccountHeld
from domain.personal import Personal, Purpose

if TYPE_CHECKING:
    from datetime import datetime

    from api.acts.desk import Desk
    from api.office import Office
    from api.signin.federation import Federation
    from api.signin.issuer import Vouched

REGISTRATION = SystemActor("registration")


@dataclass(frozen=True)
class Registered:
    """The account of who registered themself; ``first`` unless it had been there before."""

    account: str
    first: bool


def register(office: Office, token: str, at: datetime) -> Registered:
    """Open an account for whom the issuer says somebody is, and bind it to them there.

    Raises ``Refused`` with ``ID_FORMAT``, ``NAME_DIFFERS`` or ``ROLES_APART``, and the problems
    ``REGISTRATION_NOT_OFFERED``, ``TOKEN_REFUSED`` and ``NOBODY_VOUCHED``.
    """
    federation = office.sign_in.federation
    if federation is None or federation.issuer.vouches is None:
        raise Problem("REGISTRATION_NOT_OFFERED")
    presented, bound = federation.presented(token, at)
    if bound is not None:
        return Registered(bound, first=False)
    if presented.vouched is None:
        raise Problem("NOBODY_VOUCHED")
    issuer, subject = federation.issuer.name, presented.subject
    account = new_stream("account", at)
    command = _command(federation, subject)
    act = partial(_open, account=account, vouched=presented.vouched, issuer=issuer, at=at)
    answer = act_as(office.desk, REGISTRATION, command, at, act)
    account = answer.stream_of(AccountOpened.topic)
    try:
        federation.bindings.bind(issuer, subject, account, account, at)
    except SubjectTakenError as taken:  # by a request at the same moment
        raise Problem("SUBJECT_TAKEN") from taken
    return Registered(account, first=True)


def _command(federation: Federation, subject: str) -> str:
    """The same for the same subject, so that twice is once, until a binding of theirs ended."""
    issuer = federation.issuer.name
    ended = str(federation.bindings.ended(issuer, subject))
    digest = federation.keys.digest("subject", issuer, subject, "registration", ended)
    return str(UUID(bytes=digest[:16], version=5))


def _open(desk: Desk, *, account: str, vouched: Vouched, issuer: str, at: datetime) -> None:
    citations = desk.laws.for_area("").behind("ID_FORMAT")
    identity = document.read(vouched.kind, vouched.number, beijing.day(at), citations)
    person = recognise(desk, new_stream("person", at), vouched.name, identity)
    login, roles = account.rpartition("-")[2], (Role.APPLICANT,)
    command = OpenAccount(
        person=person,
        organisation=None,
        roles=roles,
        login=Personal(login, person, Purpose.OFFICIAL),
        roles_of_person=desk.roles(person),
        registered=True,
    )
    given = SecretGiven(part=Part.WHOLE, means=Means.ISSUER, issuer=issuer, reason=None)
    held = AccountHeld(account=account, organisation=None, roles=roles, unclaimed=False)
    desk.write(account, *decide(None, command), given)
    desk.write(person, held)
