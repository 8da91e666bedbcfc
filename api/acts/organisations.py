"""Registering organisations, and who sits in their seats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from api.access import Act, Relation, permitted
from api.acts import standing
from api.identifiers import new_stream
from api.problems import Problem
from domain.case.values import Reason
from domain.notes import SeparationConflictRefused
from domain.organisation.decide import register
from domain.organisation.seats import (
    CloseAppointment,
    Command,
    OpenAppointment,
    ReplaceInSeat,
    decide,
)
from domain.organisation.state import stream_of
from domain.separation import Humans

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from api.acts.deliberation import Deliberation
    from api.acts.desk import Desk
    from api.law.book import LawBook
    from domain.event import Event
    from domain.organisation.decide import RegisterOrganisation
    from domain.organisation.state import Organisation
    from domain.refusal import Refused

_SEPARATION_CODES = frozenset({"SAME_REVIEWER", "SELF_REVIEW", "HANDLER_FIRST"})


@dataclass(frozen=True, kw_only=True)
class Appointing:
    """Whom to appoint to which seat; ``replaces`` is an appointment that ends by it (XW-24)."""

    seat: str
    account: str
    effective_on: date | None
    document: str | None
    replaces: str | None
    reason: str | None


class Organisations:
    """The use cases about organisations."""

    def __init__(self, desk: Desk, laws: LawBook) -> None:
        self._desk = desk
        self._laws = laws

    def register(self, acting: Acting, command: RegisterOrganisation) -> Answer:
        """Register an organisation, by the system's administrator or by one above it."""
        stream = new_stream("organisation", acting.at)

        def think(deliberation: Deliberation) -> None:
            relations = {
                Relation.SUBORDINATE
                for upper in (command.superior, command.bureau)
                if upper is not None and upper == acting.actor.organisation
            }
            if not permitted(Act.REGISTER_ORGANISATION, acting.roles, relations):
                raise Problem("FORBIDDEN")
            for upper in (command.superior, command.bureau):
                if upper is not None and deliberation.organisation(upper) is None:
                    raise Problem("UPPER_ORGANISATION_UNKNOWN")
            deliberation.write(stream, register(command))

        return self._desk.act(acting, think)

    def appoint(self, acting: Acting, organisation: str, appointing: Appointing) -> Answer:
        """Open an appointment, or replace who holds it.

        A check of separation that does not pass is recorded.
        """
        appointment = new_stream("appointment", acting.at)
        refusal = new_stream("refusal", acting.at)
        seats_stream = stream_of("seats", organisation)
        person: list[str] = []

        def think(deliberation: Deliberation) -> None:
            known = self._known(acting, deliberation, organisation, Act.OPEN_APPOINTMENT)
            account = deliberation.account(appointing.account)
            if account is None or account.disabled:
                raise Problem("ACCOUNT_UNKNOWN")
            person[:] = [account.person]
            opening = OpenAppointment(
                appointment=appointment,
                seat=appointing.seat,
                person=account.person,
                account=appointing.account,
                account_organisation=account.organisation,
                roles_of_person=deliberation.roles(account.person),
                effective_on=appointing.effective_on or acting.today,
                document=appointing.document,
            )
            law = self._laws.for_area(known.area)
            command: Command = opening
            if appointing.replaces is not None:
                closing = CloseAppointment(
                    appointment=appointing.replaces,
                    reason=appointing.reason or "调整",
                    effective_on=opening.effective_on,
                    entered_on=acting.today,
                )
                command = ReplaceInSeat(close=closing, open=opening)
            seats = deliberation.seats(organisation)
            holders = [each.person for each in seats.open_on(opening.effective_on)]
            humans = deliberation.humans([account.person, *holders])
            deliberation.write(seats_stream, *decide(seats, command, law, humans))

        def note(refused: Refused) -> tuple[str, Event] | None:
            separating = [each for each in refused.refusals if each.code in _SEPARATION_CODES]
            if not separating or not person:
                return None
            return refusal, SeparationConflictRefused(
                act="appointment",
                case=None,
                stage=None,
                organisation=organisation,
                seat=appointing.seat,
                person=person[0],
                reasons=tuple(
                    Reason(code=each.code, rules=tuple(c.rule for c in each.citations))
                    for each in separating
                ),
                explanation=None,
            )

        return self._desk.act(acting, think, named=seats_stream, note=note)

    def end_appointment(
        self,
        acting: Acting,
        organisation: str,
        appointment: str,
        reason: str,
        effective_on: date | None,
    ) -> Answer:
        """End an appointment from a day in Beijing on, today if none is named.

        What was decided under it stays decided, also after a day that lies in the past.
        """
        seats_stream = stream_of("seats", organisation)

        def think(deliberation: Deliberation) -> None:
            known = self._known(acting, deliberation, organisation, Act.CLOSE_APPOINTMENT)
            command = CloseAppointment(
                appointment=appointment,
                reason=reason,
                effective_on=effective_on or acting.today,
                entered_on=acting.today,
            )
            law = self._laws.for_area(known.area)
            seats = deliberation.seats(organisation)
            deliberation.write(seats_stream, *decide(seats, command, law, Humans({})))

        return self._desk.act(acting, think, named=seats_stream)

    def _known(
        self, acting: Acting, deliberation: Deliberation, organisation: str, act: Act
    ) -> Organisation:
        known = deliberation.organisation(organisation)
        if known is None:
            raise Problem("NOT_FOUND")
        relations = standing.to_organisation(acting, deliberation, known)
        standing.require(acting, act, relations, reading=Act.READ_ORGANISATION)
        return known
