"""A person's name changes (更名), by a document and two officers; what was done keeps the old."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, assert_never

from domain.event import Event
from domain.person.events import NameProof, PersonRenamed
from domain.person.refusals import name_erased, no_such_proposal
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.refusals.entries import day_of_change, nothing_changes, occurred_later
from domain.refusals.two_persons import own_affair, two_officers
from domain.replacing import replace

if TYPE_CHECKING:
    from domain.actor import AccountActor
    from domain.event import Told
    from domain.person.state import Person
    from domain.separation import Humans


@dataclass(frozen=True, kw_only=True)
class RenamingProposed(Event, topic="renaming:proposed:1", chinese="提出人员更名"):
    """An officer proposed, by a document, that a person has another name (提出人员更名).

    ``replaces`` is the version in the person's stream of what gave the name that they had then;
    ``proof`` and ``number`` are the document's, ``effective_on`` is the day in Beijing from which
    it counts.
    """

    person: str
    name: Personal
    replaces: int
    proof: NameProof
    number: Personal
    effective_on: date
    organisation: str


@dataclass(frozen=True, kw_only=True)
class RenamingConfirmed(Event, topic="renaming:confirmed:1", chinese="确认人员更名"):
    """A second officer confirmed it (确认人员更名)."""

    organisation: str


RenamingEvent = RenamingProposed | RenamingConfirmed


@dataclass(frozen=True)
class Renaming:
    """A proposed change of name, by whom it was proposed, and whether it stands."""

    renaming: str
    proposed: RenamingProposed
    proposer: str
    confirmed: bool = False


def evolve(state: Renaming | None, event: RenamingEvent, told: Told) -> Renaming:
    """The change after an event of its stream. Never refuses."""
    match event:
        case RenamingProposed():
            return Renaming(told.stream, event, getattr(told.actor, "person", ""))
        case RenamingConfirmed():
            assert state is not None
            return replace(state, confirmed=True)
        case _:
            assert_never(event)


def propose(
    command: RenamingProposed,
    person: Person,
    today: date,
    actor: AccountActor,
    humans: Humans,
    *,
    same: bool,
) -> tuple[RenamingProposed, ...]:
    """A proposal, by an officer who is not whom it is about; ``same`` is that it is their name."""
    refusals = own(actor, humans, person.person)
    if person.forgotten:
        refusals.append(name_erased())
    if same:
        refusals.append(nothing_changes("/name"))
    if command.effective_on > today:
        refusals.append(occurred_later(command.effective_on, "/effective_on"))
    elif person.renamed_on is not None and command.effective_on < person.renamed_on:
        refusals.append(day_of_change(person.renamed_on, today))
    if refusals:
        raise Refused(*refusals)
    return (command,)


def confirm(
    state: Renaming,
    person: Person,
    organisation: str,
    today: date,
    actor: AccountActor,
    humans: Humans,
) -> tuple[RenamingConfirmed, PersonRenamed]:
    """The confirmation, and what the stream of the person then says.

    Of several proposals to change the same name one is confirmed.
    """
    proposed = state.proposed
    if not stands(state, person):
        raise Refused(no_such_proposal())
    refusals = own(actor, humans, proposed.person)
    if humans.same(actor.person, state.proposer):
        refusals.append(two_officers())
    if refusals:
        raise Refused(*refusals)
    return (
        RenamingConfirmed(organisation=organisation),
        PersonRenamed(
            name=proposed.name,
            proof=proposed.proof,
            number=proposed.number,
            effective_on=proposed.effective_on,
            late_entry=proposed.effective_on < today,
            renaming=state.renaming,
        ),
    )


def stands(state: Renaming, person: Person) -> bool:
    """Whether the proposal waits for a second officer, of the name that the person still has."""
    current = person.named == state.proposed.replaces and not person.forgotten
    return current and not state.confirmed


def own(actor: AccountActor, humans: Humans, person: str) -> list[Refusal]:
    """Why the actor is no officer of this person's name: it is their own."""
    if not humans.same(actor.person, person):
        return []
    return [own_affair("本人的更名", "the change of their own name")]
