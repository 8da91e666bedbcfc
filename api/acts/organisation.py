"""Organisations: registered, and who sits in their seats."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import competence, standing
from api.acts.competence import Concern
from api.acts.desk import Desk, Events
from api.acts.guard import Row
from api.acts.thing import BENEATH, Thing
from api.identifiers import new_stream
from api.problems import Problem
from domain.authority.power import COMPETENT_DEPARTMENT, Matter
from domain.case.separating import separating
from domain.notes import SeparationConflictRefused
from domain.organisation import decide
from domain.organisation.creator import wrong_registrar
from domain.organisation.events import OrganisationRegistered
from domain.organisation.seats import CloseAppointment, Command, OpenAppointment, ReplaceInSeat
from domain.organisation.seats import decide as decide_on_seats
from domain.organisation.state import entry, stream_of
from domain.refusal import Refused
from domain.separation import HANDLER, Humans

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from api.acts.acting import Acting
    from domain.organisation.decide import RegisterOrganisation
    from domain.organisation.state import Organisation


def register(desk: Desk, caller: Acting, *, command: RegisterOrganisation) -> Events:
    """Register an organisation."""
    uppers = [upper for upper in (command.superior, command.bureau) if upper is not None]
    own = caller.actor.organisation
    beneath = {Relation.SUBORDINATE} if own in uppers else set()
    acts = (Act.REGISTER_ORGANISATION,)
    standing.require(desk, acts, beneath)
    also = (COMPETENT_DEPARTMENT,) if own == command.superior else ()
    concern = Concern(office=own, matters=(Matter(area=command.area),), also=also)
    competence.require(desk, acts, beneath, concern)
    if any(desk.organisation(upper) is None for upper in uppers):
        raise Problem("UPPER_ORGANISATION_UNKNOWN")
    registered = decide.register(command)
    unit = entry(desk.begun, registered)
    law, registrar = desk.laws.for_area(command.area), standing.own_organisation(desk)
    if refusals := wrong_registrar(law, unit, registrar):
        raise Refused(*refusals)
    return (registered,)


def appoint(
    desk: Desk,
    house: Organisation,
    *,
    seat: str,
    account: str,
    effective_on: date | None,
    document: str | None,
    replaces: str | None,
    reason: str | None,
) -> Events:
    """Appoint somebody to a seat, or put them in the place of who holds it.

    Handler and leader are different persons, under whatever account or document.
    """
    holder = desk.account(account)
    if holder is None or holder.disabled:
        raise Problem("ACCOUNT_UNKNOWN")
    acting = desk.acting
    opening = OpenAppointment(
        appointment=new_stream("appointment", acting.at),
        seat=seat,
        person=holder.person,
        account=account,
        account_organisation=holder.organisation,
        roles_of_person=desk.roles(holder.person),
        effective_on=effective_on or acting.today,
        document=document,
    )
    command: Command = opening
    if replaces is not None:
        closing = CloseAppointment(
            appointment=replaces,
            reason=reason or "调整",
            effective_on=opening.effective_on,
            entered_on=acting.today,
        )
        command = ReplaceInSeat(close=closing, open=opening)
    seats = desk.seats(house.organisation)
    holders = [each.person for each in seats.open_on(opening.effective_on)]
    humans = desk.humans([holder.person, *holders])
    return decide_on_seats(seats, command, desk.laws.for_area(house.area), humans)


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
    desk: Desk, refused: Refused, organisation: str, *, seat: str, account: str, **_: object
) -> SeparationConflictRefused | None:
    reasons, holder = separating(refused), desk.account(account)
    if not reasons or holder is None:
        return None
    return SeparationConflictRefused(
        act="appointment",
        case=None,
        stage=None,
        organisation=organisation,
        seat=seat,
        person=holder.person,
        reasons=reasons,
        explanation=None,
    )


def _invites(desk: Desk, house: Organisation) -> Iterator[Act]:
    seats, acting = desk.seats(house.organisation), desk.acting
    yield Act.OPEN_APPOINTMENT
    if seats.open_on(acting.today):
        yield Act.CLOSE_APPOINTMENT
    yield Act.OPEN_ACCOUNT
    if seats.holder(acting.actor.account, HANDLER, acting.today):
        yield from (Act.PUBLISH_DECISION, Act.FILE_ROLL)
        yield from (Act.STATE_VACANCIES, Act.PROPOSE_EXTENSION)


ORGANISATION = Thing(
    find=Desk.organisation,
    stands=standing.to_organisation,
    reading=Act.READ_ORGANISATION,
    invites=_invites,
    concern=competence.about_organisation,
)
SEATS = replace(ORGANISATION, stream=partial(stream_of, "seats"))
"""Who sits in the seats of an organisation."""
REGISTER = Row(
    BENEATH, Act.REGISTER_ORGANISATION, register, begins=OrganisationRegistered, changes=False
)
APPOINT = Row(SEATS, Act.OPEN_APPOINTMENT, appoint, noted=_conflict)
CLOSE = Row(SEATS, Act.CLOSE_APPOINTMENT, close)
