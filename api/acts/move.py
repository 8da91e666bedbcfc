"""Moving to another employer: its holder asks, the new employer accepts, the old one releases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, Relation, permitted
from api.acts import competence, relation
from api.acts.claim import OWN_ACCOUNT
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row
from api.acts.rehearsal import empty
from api.acts.terms import last_day
from api.acts.thing import Thing
from domain.account import move as decide
from domain.account.move import Accept, ContractProof, MoveAsked, Release
from domain.organisation.appointment import CloseAppointment
from domain.organisation.appointment import decide as decide_on_seats
from domain.organisation.changes import nothing_new
from domain.organisation.creator import wrong_opener
from domain.organisation.state import stream_of
from domain.personal import Personal, Purpose
from domain.policy.process import RELEASE
from domain.separation import Humans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from domain.account.move import Move
    from domain.account.state import Account
    from domain.event import Event
    from domain.organisation.state import Organisation


def ask(desk: Desk, account: Account, *, organisation: str) -> Events:
    """Ask to move, with the account through which one is signed in, to another employer."""
    joins = relation.employer_of(desk, organisation)
    return decide.ask(account, joins, desk.laws.for_area(joins.area))


def accept(desk: Desk, move: Move) -> Events:
    """Accept somebody who wants to move here; from then on their employer has its time.

    Who has none yet is here at once.
    """
    joins, actor = _house(desk, move.asked.joins), desk.acting.actor
    _require(desk, Act.ACCEPT_MOVE, joins)
    own, leaves = actor.organisation or "", move.asked.leaves
    law = desk.laws.for_area(_house(desk, leaves or joins.organisation).area)
    command = Accept(
        by=actor.person,
        organisation=own,
        obstacles=(*nothing_new(joins), *wrong_opener(desk.laws.for_area(joins.area), joins, own)),
        release_by=None if leaves is None else last_day(desk, law, RELEASE, desk.acting.today),
        rules=law.process_term(RELEASE).rules,
    )
    humans = desk.humans([actor.person, move.asked.person])
    accepted, *gone = decide.accept(move, desk.account(move.asked.account), command, humans)
    desk.write(move.move, accepted)
    _write_gone(desk, move, gone)
    return ()


def release(
    desk: Desk, move: Move, *, ended_on: date, proof: ContractProof | None, number: str | None
) -> Events:
    """Let somebody go, for the employer that they leave, or above it once its time is over.

    With the account's seats there, and what it was for besides applying, it is over.
    """
    leaves, acting = known(desk.organisation(move.asked.leaves or "")), desk.acting
    _require(desk, Act.RELEASE_MOVE, leaves)
    account, person = desk.account(move.asked.account), move.asked.person
    words = None if number is None else Personal(number, person, Purpose.OFFICIAL)
    command = Release(
        by=acting.actor.person,
        organisation=acting.actor.organisation or "",
        ended_on=ended_on,
        proof=proof,
        number=words,
        today=acting.today,
        ended=leaves.ended is not None,
    )
    persons = [acting.actor.person, person, *filter(None, [move.accepted_by])]
    humans = desk.humans(persons)
    released, *gone = decide.release(move, account, command, humans)
    _leave_seats(desk, leaves, move.asked.account)
    desk.write(move.move, released)
    _write_gone(desk, move, gone)
    return ()


def withdraw(desk: Desk, move: Move) -> Events:
    """Stay after all."""
    return decide.withdraw(move, desk.account(move.asked.account))


def _write_gone(desk: Desk, move: Move, gone: Iterable[Event]) -> None:
    """The account's own stream and its holder's say where it went."""
    for stream, event in zip((move.asked.account, move.asked.person), gone, strict=False):
        desk.write(stream, event)


def _leave_seats(desk: Desk, house: Organisation, account: str) -> None:
    """Whoever leaves sits there no more, from today on."""
    today, law = desk.acting.today, desk.laws.for_area(house.area)
    seats = desk.seats(house.organisation)
    for each in seats.open_on(today):
        if each.account == account:
            command = CloseAppointment(
                appointment=each.appointment, reason="调动", effective_on=today, entered_on=today
            )
            closed = decide_on_seats(seats, command, law, Humans({}))
            desk.write(stream_of("seats", house.organisation), *closed)


def _house(desk: Desk, organisation: str) -> Organisation:
    return known(desk.organisation(organisation))


def _require(desk: Desk, act: Act, house: Organisation) -> None:
    """Whether the caller manages the accounts of one of the two employers."""
    relations = relation.to_organisation(desk, house)
    competence.let_through(desk, (act,), relations, competence.managing(desk, house))


def _manages(desk: Desk, act: Act, organisation: str) -> bool:
    house = _house(desk, organisation)
    relations = relation.to_organisation(desk, house)
    allowed = permitted(act, desk.acting.roles, relations)
    return allowed and competence.may(desk, act, relations, competence.managing(desk, house))


def _stands(desk: Desk, move: Move) -> set[Relation]:
    asked = move.asked
    relations = {Relation.OWN} if relation.owns(desk, asked.person) else set[Relation]()
    for each in filter(None, (asked.leaves, asked.joins)):
        relations |= relation.to_office(desk, each)
    return relations


def _invites(desk: Desk, move: Move) -> Iterator[Act]:
    asked = move.asked
    if not move.stands(desk.account(asked.account)):
        return
    if relation.owns(desk, asked.person):
        yield Act.WITHDRAW_MOVE
    elif move.accepted is None:
        if _manages(desk, Act.ACCEPT_MOVE, asked.joins):
            yield Act.ACCEPT_MOVE
    elif asked.leaves is not None and _manages(desk, Act.RELEASE_MOVE, asked.leaves):
        yield Act.RELEASE_MOVE


def _of_either(_desk: Desk, _move: Move) -> None:
    """Over which of the two employers somebody has power is asked by the act itself."""


MOVE = Thing(
    find=Desk.move, stands=_stands, reading=Act.READ_MOVE, invites=_invites, concern=_of_either
)
ASK = Row(OWN_ACCOUNT, Act.ASK_MOVE, ask, begins=MoveAsked, changes=False)
ACCEPT = Row(MOVE, Act.ACCEPT_MOVE, accept, fresh=True, blank={})
LET_GO = Row(MOVE, Act.RELEASE_MOVE, release, fresh=True, blank=empty(release))
WITHDRAW = Row(MOVE, Act.WITHDRAW_MOVE, withdraw)
