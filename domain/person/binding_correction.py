"""A document that was bound to the wrong person is bound to the right one, by two officers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from domain.event import Event
from domain.person.events import BindingCorrected, DocumentBound
from domain.person.refusals import already_one, no_such_proposal
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.refusals.two_persons import own_affair, two_officers
from domain.replacing import replace

if TYPE_CHECKING:
    from domain.actor import AccountActor
    from domain.event import Told
    from domain.separation import Humans


@dataclass(frozen=True, kw_only=True)
class RebindingProposed(Event, topic="rebinding:proposed:1", chinese="提出证件绑定更正"):
    """An officer proposed, on evidence, that a document belongs to somebody else.

    The number is that of ``rightful``; ``name`` is theirs where the record does not know them yet.
    """

    kind: str
    number: Personal
    holder: str
    rightful: str
    name: Personal | None
    organisation: str
    evidence: Personal


@dataclass(frozen=True, kw_only=True)
class RebindingConfirmed(Event, topic="rebinding:confirmed:1", chinese="确认证件绑定更正"):
    """A second officer confirmed it."""

    organisation: str


@dataclass(frozen=True)
class Binding:
    """Where in the holder's stream a document was bound, and who had it before them."""

    version: int
    held_before: tuple[str, ...] = ()


RebindingEvent = RebindingProposed | RebindingConfirmed


@dataclass(frozen=True)
class Rebinding:
    """A proposed correction, by whom it was proposed, and whether it stands."""

    rebinding: str
    proposed: RebindingProposed
    proposer: str
    confirmed: bool = False


def evolve(state: Rebinding | None, event: RebindingEvent, told: Told) -> Rebinding:
    """The correction after an event of its stream. Never refuses."""
    match event:
        case RebindingProposed():
            return Rebinding(told.stream, event, getattr(told.actor, "person", ""))
        case RebindingConfirmed():
            assert state is not None
            return replace(state, confirmed=True)
        case _:
            assert_never(event)


def propose(
    command: RebindingProposed, actor: AccountActor, humans: Humans
) -> tuple[RebindingProposed, ...]:
    """A proposal, by an officer who is neither of the two."""
    refusals = _own(command, actor, humans)
    if humans.same(command.holder, command.rightful):
        refusals.append(already_one("/person"))
    if refusals:
        raise Refused(*refusals)
    return (command,)


def confirm(
    state: Rebinding | None,
    binding: Binding,
    organisation: str,
    actor: AccountActor,
    humans: Humans,
) -> tuple[RebindingConfirmed, BindingCorrected, DocumentBound]:
    """The confirmation, and what the streams of the holder and of the rightful person then say.

    ``binding`` is the wrong one. Whoever has the document now stays under what bars those who
    had it: a correction lifts no block.
    """
    if state is None or state.confirmed:
        raise Refused(no_such_proposal())
    refusals = _own(state.proposed, actor, humans)
    if humans.same(actor.person, state.proposer):
        refusals.append(two_officers())
    if refusals:
        raise Refused(*refusals)
    proposed = state.proposed
    return (
        RebindingConfirmed(organisation=organisation),
        BindingCorrected(
            kind=proposed.kind,
            bound=binding.version,
            rightful=proposed.rightful,
            correction=state.rebinding,
        ),
        DocumentBound(
            kind=proposed.kind,
            number=proposed.number,
            as_entered=None,
            held_before=(*binding.held_before, proposed.holder),
        ),
    )


def _own(proposed: RebindingProposed, actor: AccountActor, humans: Humans) -> list[Refusal]:
    if not humans.among(actor.person, (proposed.holder, proposed.rightful)):
        return []
    return [own_affair("涉及本人的证件绑定更正", "the binding of a document of their own")]
