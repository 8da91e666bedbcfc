"""Two officials put an edition in force, withdraw it before it binds, suspend and resume filings.

The first one proposes, the other confirms what they have read, clause by clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, assert_never

from domain.law.editions_in_force import Holding
from domain.law.events import (
    EditionConfirmed,
    EditionDeclined,
    EditionKind,
    EditionProposed,
    EditionStepConfirmed,
    EditionStepProposed,
    FilingsResumed,
    FilingsSuspended,
    LawPutInForce,
    LawWithdrawn,
    NoticeAttached,
    Step,
)
from domain.law.refusals import (
    another_digest,
    another_notice,
    backdated,
    binds_already,
    faulty,
    nothing_proposed,
    other_clauses,
    other_place,
    overtaken,
    step_out_of_place,
    superseded,
    without_notice,
    without_reason,
)
from domain.policy.faults import Fault
from domain.refusal import Refused
from domain.refusals.two_persons import not_its_proposer, two_officers
from domain.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Collection

    from domain.event import Told
    from domain.law.editions_in_force import ForceEvent
    from domain.law.events import Edition
    from domain.refusal import Refusal

EditionEvent = (
    EditionProposed
    | NoticeAttached
    | EditionStepProposed
    | EditionConfirmed
    | EditionStepConfirmed
    | EditionDeclined
)

_OF_A_NOTICE = (EditionKind.PACK, EditionKind.OVERLAY)
"""What says what a notice says, and is filed under."""


@dataclass(frozen=True)
class Pending:
    """A step that waits for another official: by whom it was proposed, and why."""

    step: Step
    proposer: str
    reason: str


@dataclass(frozen=True)
class Proposal:
    """An edition as it was proposed, and the step that waits for another official.

    ``done`` is the last step that two officials took; None before the first. ``notice`` is the
    notice itself, the last that was attached.
    """

    proposal: str
    proposed: EditionProposed
    pending: Pending | None
    done: Step | None = None
    notice: NoticeAttached | None = None


@dataclass(frozen=True, kw_only=True)
class Around:
    """What an edition is judged by: its faults, and the editions before it.

    ``earlier`` are those of the same text that were put in force or are offered, the oldest first.
    ``replaces`` is what officials put in force in the same place last, whatever its id.
    """

    faults: Sequence[Fault]
    earlier: Sequence[Holding]
    today: date
    replaces: Holding | None = None


def evolve(state: Proposal | None, event: EditionEvent, told: Told) -> Proposal:
    """The proposal after an event of its stream. Never refuses."""
    person: str = getattr(told.actor, "person", "")
    if isinstance(event, EditionProposed):
        pending = Pending(Step.PUT_IN_FORCE, person, event.reason or "")
        return Proposal(told.stream, event, pending)
    assert state is not None
    match event:
        case NoticeAttached():
            return replace(state, notice=event)
        case EditionStepProposed():
            return replace(state, pending=Pending(event.step, person, event.reason))
        case EditionConfirmed():
            return replace(state, pending=None, done=Step.PUT_IN_FORCE)
        case EditionStepConfirmed():
            return replace(state, pending=None, done=event.step)
        case EditionDeclined():
            return replace(state, pending=None)
        case _:
            assert_never(event)


def propose(command: EditionProposed, around: Around) -> tuple[EditionProposed, ...]:
    """Propose an edition, as the first official."""
    if refused := _unfit(command, around):
        raise Refused(*refused)
    return (command,)


def attach(
    state: Proposal, command: NoticeAttached, *, proposed_it: bool
) -> tuple[NoticeAttached, ...]:
    """Attach the notice itself, as who proposed the edition, while nobody has decided on it."""
    refused = [] if proposed_it else [not_its_proposer()]
    if _pending(state).step is not Step.PUT_IN_FORCE:
        refused.append(nothing_proposed())
    if refused:
        raise Refused(*refused)
    return (command,)


def propose_step(
    state: Proposal, command: EditionStepProposed, today: date
) -> tuple[EditionStepProposed, ...]:
    """Propose, as the first official, what is to become of an edition that was put in force."""
    if refused := _out_of_place(state, command.step, today):
        raise Refused(*refused)
    return (command,)


def confirm(
    state: Proposal, command: EditionConfirmed, around: Around, *, proposed_it: bool
) -> tuple[EditionConfirmed | EditionStepConfirmed, ForceEvent]:
    """Take the step that was proposed, as the other official, bound to what they have read.

    Of an edition that is put in force they confirm each rule by itself.
    """
    pending, edition = _pending(state), state.proposed.edition
    refused = [two_officers()] if proposed_it else []
    if command.digest != edition.digest:
        refused.append(another_digest(edition.digest))
    confirmed: EditionConfirmed | EditionStepConfirmed = command
    if pending.step is Step.PUT_IN_FORCE:
        refused += _confirmed(_unfit(state.proposed, around))
        refused += _unconfirmed(state.proposed.rules, command.rules)
        refused += _confirmed(_beside_another(state, command.notice))
    else:
        possible = _out_of_place(replace(state, pending=None), pending.step, around.today)
        refused += _confirmed(possible)
        confirmed = EditionStepConfirmed(organisation=command.organisation, step=pending.step)
    if refused:
        raise Refused(*refused)
    return confirmed, _led_to(state, pending)


def decline(
    state: Proposal, organisation: str, *, proposed_it: bool
) -> tuple[EditionDeclined, ...]:
    """Don't take the step that was proposed, as the other official."""
    pending = _pending(state)
    if proposed_it:
        raise Refused(two_officers())
    return (EditionDeclined(organisation=organisation, step=pending.step),)


def take_back(
    state: Proposal, organisation: str, *, proposed_it: bool
) -> tuple[EditionDeclined, ...]:
    """Think better of it, as who proposed the step."""
    pending = _pending(state)
    if not proposed_it:
        raise Refused(not_its_proposer())
    return (EditionDeclined(organisation=organisation, step=pending.step),)


def possible_steps(state: Proposal, today: date) -> tuple[Step, ...]:
    """The steps that can be proposed of an edition as it stands."""
    return tuple(step for step in Step if not _out_of_place(state, step, today))


def _pending(state: Proposal) -> Pending:
    if state.pending is None:
        raise Refused(nothing_proposed())
    return state.pending


def _led_to(state: Proposal, pending: Pending) -> ForceEvent:
    proposal, proposed = state.proposal, state.proposed
    match pending.step:
        case Step.PUT_IN_FORCE:
            return LawPutInForce(
                proposal=proposal, edition=proposed.edition, starts_on=proposed.starts_on
            )
        case Step.WITHDRAW:
            return LawWithdrawn(proposal=proposal)
        case Step.SUSPEND:
            return FilingsSuspended(proposal=proposal, reason=pending.reason)
        case Step.RESUME:
            return FilingsResumed(proposal=proposal)
        case _:
            assert_never(pending.step)


def _unfit(command: EditionProposed, around: Around) -> list[Refusal]:
    """Why an edition can't be put in force as it stands."""
    refused = [faulty(each) for each in around.faults]
    if command.starts_on < around.today:
        refused.append(backdated(command.starts_on, around.today))
    if around.replaces is not None and not command.reason:
        refused.append(without_reason(around.replaces.edition))
    if not around.earlier:
        return refused
    before, edition = around.earlier[-1], command.edition
    last = before.edition
    if _place(last) != _place(edition):
        refused.append(other_place(last))
    again = last.number == edition.number and last.digest == edition.digest
    only_offered = all(each.proposal is None for each in around.earlier)
    if edition.number <= last.number and not (again and only_offered):
        refused.append(superseded(last))
    elif command.starts_on < before.since and not only_offered:
        refused.append(overtaken(last, before.since))
    return refused


def _confirmed(refusals: list[Refusal]) -> list[Refusal]:
    """What keeps an edition from being confirmed, and nobody from declining it."""
    return [each if each.pointer else replace(each, pointer="/confirm") for each in refusals]


def _place(edition: Edition) -> tuple[object, ...]:
    return edition.jurisdiction, edition.procedure, edition.extends


def _unconfirmed(rules: Sequence[str], confirmed: Collection[str]) -> list[Refusal]:
    lacking = [each for each in rules if each not in confirmed]
    strange = [each for each in confirmed if each not in rules]
    return [other_clauses(lacking, strange)] if lacking or strange else []


def _beside_another(state: Proposal, notice: str | None) -> list[Refusal]:
    """Whether it was read beside another notice than the one on record, or beside none."""
    attached = None if state.notice is None else state.notice.digest
    if attached is None and state.proposed.edition.kind in _OF_A_NOTICE:
        return [without_notice()]
    return [] if notice == attached else [another_notice(attached)]


def _out_of_place(state: Proposal, step: Step, today: date) -> list[Refusal]:
    """Why a step can't be taken with an edition that stands thus."""
    standing = state.done in (Step.PUT_IN_FORCE, Step.RESUME)
    held = state.proposed.edition.kind in _OF_A_NOTICE
    possible = {
        Step.PUT_IN_FORCE: False,
        Step.WITHDRAW: standing,
        Step.SUSPEND: standing and held,
        Step.RESUME: state.done is Step.SUSPEND,
    }[step]
    if not possible or state.pending is not None:
        return [step_out_of_place(step)]
    if step is Step.WITHDRAW and state.proposed.starts_on <= today:
        return [binds_already(state.proposed.starts_on)]
    return []
