"""An erasure's acts: request, approve, order or decline; two officers approve, all bars lifted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from domain.erasure.events import (
    ErasureApproved,
    ErasureDeclined,
    ErasureOrdered,
    ErasureRequested,
)
from domain.erasure.obstacles import obstacles
from domain.erasure.state import Phase
from domain.personal import Personal, Purpose
from domain.refusal import Refusal, Refused, rules_of
from domain.refusals.seats import not_in_seat
from domain.refusals.two_persons import own_affair
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER, same_reviewer

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.erasure.obstacles import Affairs
    from domain.erasure.state import Erasure, ErasureEvent

ERASABLE = frozenset({Purpose.APPLICANT, Purpose.OFFICIAL, Purpose.DISCIPLINE})
"""What a person has keys for. The files of their cases go with ``applicant``.

With ``official`` go name and documents, and with them the way back: whoever comes again is
somebody new, whom nothing follows. So it goes with everything else or not at all.
"""


@dataclass(frozen=True, kw_only=True)
class Request:
    """Somebody asks for it: the person themselves, or an officer, on a legal basis."""

    person: str
    purposes: tuple[Purpose, ...]
    basis: str
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class Approve:
    """The integrity handler has examined it."""

    grounds: Personal


@dataclass(frozen=True, kw_only=True)
class Order:
    """The integrity leader orders it under a numbered decision."""

    decision: str


@dataclass(frozen=True, kw_only=True)
class Decline:
    """The integrity leader declines it."""

    decision: str
    reason: Personal


Command = Request | Approve | Order | Decline


def decide(
    state: Erasure | None, command: Command, affairs: Affairs, around: Circumstances
) -> tuple[ErasureEvent, ...]:
    """The events that a command leads to. Raises ``Refused`` with all reasons.

    ``around.organisation`` is the authority that decides.
    """
    if isinstance(command, Request):
        return (_request(command, around),)
    if state is None:
        raise Refused(_not_so_far())
    match command:
        case Approve():
            _stop(
                _at(state, Phase.REQUESTED)
                + _officer(state, INTEGRITY_HANDLER, affairs, around)
                + obstacles(affairs, state.purposes, around.today, around.law)
            )
            return (ErasureApproved(grounds=command.grounds),)
        case Order():
            _stop(
                _at(state, Phase.APPROVED)
                + _second(state, affairs, around)
                + obstacles(affairs, state.purposes, around.today, around.law)
            )
            rules = rules_of(around.law.behind("ERASURE"))
            return (ErasureOrdered(decision=command.decision, rules=rules),)
        case Decline():
            _stop(_at(state, Phase.REQUESTED, Phase.APPROVED) + _second(state, affairs, around))
            return (ErasureDeclined(decision=command.decision, reason=command.reason),)
        case _:
            assert_never(command)


def _request(command: Request, around: Circumstances) -> ErasureRequested:
    if not command.purposes or not ERASABLE.issuperset(command.purposes):
        raise Refused(
            Refusal(
                "PURPOSES_UNFIT",
                "请写明要删除的信息类别；单个材料请按材料清除办理。",
                "Say which of the person's words to erase; a single file is purged on its own.",
                pointer="/purposes",
            )
        )
    if Purpose.OFFICIAL in command.purposes and set(command.purposes) != ERASABLE:
        raise Refused(
            Refusal(
                "FORGOTTEN_WHOLE",
                "姓名和证件信息（official）须与申报信息（applicant）、诚信信息（discipline）一并删除；"
                "如今后还要申报，请只申请删除后两类或其中一类。",
                "Name and documents (official) are erased together with applicant and discipline;"
                " whoever means to file again asks for these two, or one of them, alone.",
                pointer="/purposes",
            )
        )
    return ErasureRequested(
        person=command.person,
        purposes=tuple(sorted(set(command.purposes))),
        organisation=around.organisation.organisation,
        basis=command.basis,
        reason=command.reason,
    )


def turn_objections(state: Erasure, around: Circumstances) -> list[Refusal]:
    """What keeps an officer from the step that is next, whatever cases they reviewed.

    A request is approved by the handler and declined by the leader; what is approved is the
    leader's alone.
    """
    if state.phase is Phase.REQUESTED:
        seats = (INTEGRITY_HANDLER, INTEGRITY_LEADER)
        return min((_party(state, each, around) for each in seats), key=len)
    return _party(state, INTEGRITY_LEADER, around) + _not_twice(state, around)


def _officer(state: Erasure, seat: str, affairs: Affairs, around: Circumstances) -> list[Refusal]:
    """Someone in the seat, who is not whom it is about and reviewed no case of theirs."""
    found = _party(state, seat, around)
    if around.humans.among(around.actor.person, affairs.reviewers):
        found.append(
            Refusal(
                "REVIEWER_ERASES",
                "审查过本人申报的人员，不得审批删除其信息。",
                "Who reviewed a case of the person can't approve the erasure.",
                around.law.behind("REVIEWER_INVESTIGATES"),
            )
        )
    return found


def _party(state: Erasure, seat: str, around: Circumstances) -> list[Refusal]:
    """Someone in the seat, who is not whom it is about."""
    found = []
    here = around.organisation.organisation == state.organisation
    if not here or not around.sits(seat):
        found.append(not_in_seat(seat))
    if around.humans.same(around.actor.person, state.person):
        found.append(own_affair("本人信息的删除", "the erasure of their own words"))
    return found


def _second(state: Erasure, affairs: Affairs, around: Circumstances) -> list[Refusal]:
    return _officer(state, INTEGRITY_LEADER, affairs, around) + _not_twice(state, around)


def _not_twice(state: Erasure, around: Circumstances) -> list[Refusal]:
    """Someone else than who approved it."""
    approver = state.approver
    if approver is None or not around.humans.same(around.actor.person, approver):
        return []
    return [same_reviewer(around.law)]


def _at(state: Erasure, *phases: Phase) -> list[Refusal]:
    return [] if state.phase in phases else [_not_so_far()]


def _not_so_far() -> Refusal:
    return Refusal(
        "ERASURE_NOT_AT_THAT_STEP",
        "该删除申请不存在，或不在此环节；须先申请、再经经办人同意、后由领导决定。",
        "There is no such request, or it is not at that step: asked for, approved, then ordered.",
    )


def _stop(found: list[Refusal]) -> None:
    if found:
        raise Refused(*found)
