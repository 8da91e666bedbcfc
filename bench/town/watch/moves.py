"""Nobody acts for an organisation that their account is not of, nor moves but by three persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.town.watch.known import Known, person_of
from domain.account.events import AccountMoved, AccountOpened, Role
from domain.account.move import MoveAccepted, MoveAsked, MoveReleased
from domain.actor import AccountActor
from domain.organisation.seats import AppointmentClosed, AppointmentOpened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.record import Recorded


class Moves:
    """Follows where every account is, and who said so."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._where: dict[str, str | None] = {}
        self._sits: dict[str, str] = {}
        self._asked: dict[str, tuple[MoveAsked, list[str]]] = {}

    def see(self, recorded: Recorded) -> Iterator[str]:
        """What is wrong with one event, in words."""
        actor = recorded.actor
        if isinstance(actor, AccountActor):
            where = self._where.get(actor.account, actor.organisation)
            if actor.organisation != where:
                yield "is done for an organisation by an account that is another's"
        match recorded.event:
            case AccountOpened(organisation=organisation):
                self._where[recorded.stream] = organisation
            case AppointmentOpened(appointment=appointment, account=account):
                self._sits[appointment] = account
            case AppointmentClosed(appointment=appointment):
                self._sits.pop(appointment, None)
            case MoveAsked():
                self._asked[recorded.stream] = (recorded.event, [person_of(recorded)])
            case MoveAccepted() | MoveReleased():
                self._asked[recorded.stream][1].append(person_of(recorded))
            case AccountMoved():
                yield from self._moved(recorded.stream, recorded.event)
            case _:
                pass

    def close(self, append: list[Recorded]) -> Iterator[str]:
        """Whoever moved has left every seat in the same append."""
        for each in append:
            if isinstance(each.event, AccountMoved) and each.stream in self._sits.values():
                yield f"{each.stream} moved and sits on where it was"

    def _moved(self, account: str, event: AccountMoved) -> Iterator[str]:
        asked, persons = self._asked[event.move]
        if (asked.account, asked.leaves, asked.joins) != (
            account,
            self._where[account],
            event.organisation,
        ):
            yield "moves otherwise than was asked"
        if event.roles != (Role.APPLICANT,):
            yield "takes more along than being an applicant"
        humans = {frozenset(self._known.circle(each)) for each in persons}
        if len(humans) < (3 if asked.leaves is not None else 2):
            yield "moves by fewer persons than it takes"
        self._where[account] = event.organisation
