"""Who sits in the seats of an organisation (任职、免职): appointed, standing in, ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from api.access import Act
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row
from api.acts.organisation import ORGANISATION
from api.identifiers import new_stream
from api.problems import Problem
from domain.account.claim import unclaimed
from domain.account.secret_hands import Side, beside, from_two
from domain.case.separation_refused import separating
from domain.organisation.appointment import (
    CloseAppointment,
    Command,
    OpenAppointment,
    ReplaceInSeat,
)
from domain.organisation.appointment import decide as decide_on_seats
from domain.organisation.changes import nothing_new
from domain.organisation.state import stream_of
from domain.refusal import Refusal, Refused
from domain.separation import Humans, opposite
from domain.single_events import SeparationConflictRefused

if TYPE_CHECKING:
    from domain.account.state import Account
    from domain.organisation.state import Organisation
    from domain.policy.law import Law


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


SEATS = replace(ORGANISATION, stream=partial(stream_of, "seats"))
"""Who sits in the seats of an organisation."""
APPOINT = Row(SEATS, Act.OPEN_APPOINTMENT, appoint, fresh=True, noted=_conflict)
CLOSE = Row(SEATS, Act.CLOSE_APPOINTMENT, close, fresh=True)
