"""Organisations: registered, and who sits in their seats."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import competence, relation
from api.acts.competence import Concern
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row
from api.acts.seats import unseated
from api.acts.thing import BENEATH, Offer, Thing
from api.identifiers import new_stream
from api.problems import Problem
from domain.account.claim import unclaimed
from domain.account.events import Role
from domain.account.secret_hands import Side, beside, from_two
from domain.area import covers
from domain.authority.power import COMPETENT_DEPARTMENT, Matter
from domain.case.separation import separating
from domain.organisation import credit_code, registering
from domain.organisation.appointment import (
    CloseAppointment,
    Command,
    OpenAppointment,
    ReplaceInSeat,
)
from domain.organisation.appointment import decide as decide_on_seats
from domain.organisation.areas import misplaced
from domain.organisation.changes import nothing_new
from domain.organisation.creator import wrong_registrar
from domain.organisation.events import CreditCodeClaimed, OrganisationRegistered
from domain.organisation.state import entry, stream_of, stream_of_code
from domain.refusal import Refusal, Refused
from domain.separation import HANDLER, Humans, opposite
from domain.single_events import SeparationConflictRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from api.acts.acting import Acting
    from domain.account.state import Account
    from domain.organisation.registering import RegisterOrganisation
    from domain.organisation.state import Organisation
    from domain.policy.law import Law


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
    acts = (Act.REGISTER_ORGANISATION,)
    relation.require(desk, acts, beneath)
    also = (COMPETENT_DEPARTMENT,) if own == command.superior else ()
    concern = Concern(office=own, matters=(Matter(area=command.area),), also=also)
    competence.require(desk, acts, beneath, concern)
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


@dataclass(frozen=True, kw_only=True)
class Appointing:
    """Whom to appoint to which seat, from which day (today if none is named).

    ``replaces`` is the appointment that ends by it; ``stands_in_for`` the one whose holder is away
    until ``ends_on``, the first day without the stand-in.
    """

    seat: str
    account: str
    effective_on: date | None = None
    document: str | None = None
    replaces: str | None = None
    reason: str | None = None
    ends_on: date | None = None
    stands_in_for: str | None = None


def appoint(desk: Desk, house: Organisation, *, command: Appointing) -> Events:
    """Appoint somebody to a seat: in the place of who holds it, or to stand in for them a while.

    Handler and leader are different persons, under whatever account or document.
    """
    if no_more := nothing_new(house):
        raise Refused(*no_more)
    holder = desk.account(command.account)
    if holder is None or holder.disabled:
        raise Problem("ACCOUNT_UNKNOWN")
    acting, law = desk.acting, desk.laws.for_area(house.area)
    opening = OpenAppointment(
        appointment=new_stream("appointment", acting.at),
        seat=command.seat,
        person=holder.person,
        account=command.account,
        account_organisation=holder.organisation,
        roles_of_person=desk.roles(holder.person) | holder.roles,
        effective_on=command.effective_on or acting.today,
        entered_on=acting.today,
        registered_on=house.registered_on,
        document=command.document,
        ends_on=command.ends_on,
        stands_in_for=command.stands_in_for,
        reason=command.reason,
        longest_days=law.longest_standing_in(),
        secrets=_secrets(desk, house, holder, command, law),
    )
    seats, wanted = desk.seats(house.organisation), _wanted(opening, command)
    stood_in = [each for each in seats.appointments if each.stands_in_for is not None]
    known_here = {each.person for each in (*seats.open_on(opening.effective_on), *stood_in)}
    humans = desk.humans([holder.person, *sorted(known_here)])
    return decide_on_seats(seats, wanted, law, humans)


def _secrets(
    desk: Desk, house: Organisation, holder: Account, command: Appointing, law: Law
) -> tuple[Refusal, ...]:
    """Why an account's secret does not let it have a seat, for whose hands it came from."""
    day = command.effective_on or desk.acting.today
    across = {
        each.account
        for each in desk.seats(house.organisation).open_on(day)
        if each.seat == opposite(command.seat)
    }
    sides = [Side.of(known(desk.account(each))) for each in sorted(across)]
    side = Side.of(holder)
    everybody = {each for one in (side, *sides) for each in (one.person, *one.hands)}
    humans = desk.humans(sorted(everybody))
    shown = () if holder.claimed else (unclaimed(law, "/account"),)
    return (*shown, *from_two(holder, humans, law), *beside(side, sides, humans, law))


def _wanted(opening: OpenAppointment, command: Appointing) -> Command:
    if command.replaces is None:
        return opening
    closing = CloseAppointment(
        appointment=command.replaces,
        reason=command.reason or "调整",
        effective_on=opening.effective_on,
        entered_on=opening.entered_on,
    )
    return ReplaceInSeat(close=closing, open=opening)


def close(
    desk: Desk, house: Organisation, *, appointment_id: str, reason: str, effective_on: date | None
) -> Events:
    """End an appointment on a day, today if none is named.

    What was decided under it stays decided; an end that lies in the past is a late entry.
    """
    today = desk.acting.today
    command = CloseAppointment(
        appointment=appointment_id,
        reason=reason,
        effective_on=effective_on or today,
        entered_on=today,
    )
    law = desk.laws.for_area(house.area)
    seats = desk.seats(house.organisation)
    return decide_on_seats(seats, command, law, Humans({}))


def _conflict(
    desk: Desk, refused: Refused, organisation: str, *, command: Appointing
) -> SeparationConflictRefused | None:
    reasons, holder = separating(refused), desk.account(command.account)
    if not reasons or holder is None:
        return None
    return SeparationConflictRefused(
        act="appointment",
        case=None,
        stage=None,
        organisation=organisation,
        seat=command.seat,
        person=holder.person,
        reasons=reasons,
        explanation=None,
    )


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
SEATS = replace(ORGANISATION, stream=partial(stream_of, "seats"))
"""Who sits in the seats of an organisation."""
REGISTER = Row(
    BENEATH, Act.REGISTER_ORGANISATION, register, begins=OrganisationRegistered, changes=False
)
APPOINT = Row(SEATS, Act.OPEN_APPOINTMENT, appoint, fresh=True, noted=_conflict)
CLOSE = Row(SEATS, Act.CLOSE_APPOINTMENT, close, fresh=True)
