"""Organisations: registered, and what may be done about them next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import competence, relation
from api.acts.competence import Concern
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row
from api.acts.seats import unseated
from api.acts.thing import BENEATH, Offer, Thing
from api.problems import Problem
from domain.account.events import Role
from domain.area import covers
from domain.authority.power import COMPETENT_DEPARTMENT, Matter
from domain.organisation import credit_code, registering
from domain.organisation.areas import misplaced
from domain.organisation.changes import nothing_new
from domain.organisation.creator import wrong_registrar
from domain.organisation.events import CreditCodeClaimed, OrganisationRegistered
from domain.organisation.state import entry, stream_of_code
from domain.refusal import Refusal, Refused
from domain.separation import HANDLER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from api.acts.acting import Acting
    from domain.organisation.registering import RegisterOrganisation
    from domain.organisation.state import Organisation


def register(desk: Desk, _caller: Acting, *, command: RegisterOrganisation) -> Events:
    """Register an organisation."""
    enter(desk, desk.begun, command)
    return ()


def enter(desk: Desk, stream: str, command: RegisterOrganisation) -> None:
    """Enter an organisation into the register, if the caller's own is the one to do so.

    Raises ``Refused``, and the problems ``FORBIDDEN``, ``WITHOUT_POWER`` and
    ``UPPER_ORGANISATION_UNKNOWN``.
    """
    uppers = [upper for upper in (command.superior, command.bureau) if upper is not None]
    own = desk.acting.actor.organisation
    beneath = {Relation.SUBORDINATE} if own in uppers else set()
    also = (COMPETENT_DEPARTMENT,) if own == command.superior else ()
    concern = Concern(office=own, matters=(Matter(area=command.area),), also=also)
    competence.let_through(desk, (Act.REGISTER_ORGANISATION,), beneath, concern)
    astray = misplaced_of(desk, command.level, command.area)
    registered = registering.register(command, uppers_of(desk, uppers), astray)
    unit = entry(stream, registered, desk.acting.today)
    law, registrar = desk.laws.for_area(command.area), desk.house
    if refusals := wrong_registrar(law, unit, registrar):
        raise Refused(*refusals)
    desk.write(stream, registered)
    if registered.credit_code is not None:
        claim_code(desk, registered.credit_code, stream)


def uppers_of(desk: Desk, named: Iterable[str]) -> tuple[Organisation, ...]:
    """The organisations that are to stand above another. Raises ``UPPER_ORGANISATION_UNKNOWN``."""
    found = [desk.organisation(each) for each in named]
    uppers = tuple(each for each in found if each is not None)
    if len(uppers) < len(found):
        raise Problem("UPPER_ORGANISATION_UNKNOWN")
    return uppers


def misplaced_of(desk: Desk, level: str, area: str) -> tuple[Refusal, ...]:
    """Why an organisation of a level can't lie in an area, as far as the caller may place it."""
    free, home = desk.acting.has((Role.SYSTEM_ADMINISTRATOR,)), desk.acting.actor.organisation
    if not free and home is not None:
        own = known(desk.organisation(home))
        free = covers(own.area, area)
    return misplaced(level, area, desk.laws.areas(), free=free)


def claim_code(desk: Desk, code: str, organisation: str) -> None:
    """Let a credit code be this organisation's alone: its own stream is begun in the same append.

    Who claims it at the same time is overtaken there, decides anew, and is refused.
    Raises ``Refused`` with ``CREDIT_CODE_TAKEN``.
    """
    if (holder := desk.holder_of_code(code)) is not None:
        raise Refused(credit_code.taken(code, known(desk.organisation(holder)).name))
    desk.write(stream_of_code(code), CreditCodeClaimed(organisation=organisation))


_CHANGES = (
    Act.RENAME_ORGANISATION,
    Act.PLACE_ORGANISATION,
    Act.MERGE_ORGANISATION,
    Act.CLOSE_ORGANISATION,
    Act.DESCRIBE_ORGANISATION,
    Act.CORRECT_CREDIT_CODE,
)


_OF_THE_HANDLER = (Act.PUBLISH_DECISION, Act.PROPOSE_EXTENSION)


def _invites(desk: Desk, house: Organisation) -> Iterator[Act | Offer]:
    """Who manages it is told that it has ended, its officials that the seat is another's."""
    ended = nothing_new(house)
    yield from (Offer(each, ended) for each in (*_CHANGES, Act.OPEN_APPOINTMENT))
    if desk.seats(house.organisation).open_on(desk.acting.today):
        yield Act.CLOSE_APPOINTMENT
    yield Offer(Act.OPEN_ACCOUNT, ended)
    not_theirs = unseated(desk, house.organisation, HANDLER)
    yield from (Offer(each, not_theirs) for each in _OF_THE_HANDLER)
    if any(each.vacancy_form() for each in desk.laws if covers(each.jurisdiction, house.area)):
        yield Offer(Act.STATE_VACANCIES, not_theirs)


ORGANISATION = Thing(
    find=Desk.organisation,
    stands=relation.to_organisation,
    reading=Act.READ_ORGANISATION,
    invites=_invites,
    concern=competence.managing,
)
REGISTER = Row(
    BENEATH, Act.REGISTER_ORGANISATION, register, begins=OrganisationRegistered, changes=False
)
