"""Who stands in for a seat of a stage in one case (指定代行审查人, A-14)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.account.events import Role
from domain.case import refusals
from domain.case.remembered import Substitute
from domain.case.seats import kept_out, person_objections
from domain.event import Event
from domain.personal import Personal
from domain.refusal import Citation, Refusal, Refused
from domain.refusals.seats import unknown_seat
from domain.refusals.two_persons import own_affair
from domain.replacing import replace
from domain.separation import WATCHING_ROLES, no_official, watcher_seated

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case


@dataclass(frozen=True, kw_only=True)
class SubstituteDesignated(Event, topic="case:substitute-designated:1", chinese="指定代行审查人"):
    """A substitute was designated for a seat in this one case (指定代行审查人)."""

    designation: str
    stage: str
    organisation: str
    seat: str
    person: str
    account: str
    home: str
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class DesignateSubstitute:
    """Somebody designates who stands in for a seat of a stage in this case (A-14).

    ``home`` is the organisation of the substitute's account, ``roles`` are those of the account,
    ``roles_of_person`` those of all accounts of the person, of whatever organisation.
    """

    designation: str
    stage: str
    seat: str
    person: str
    account: str
    home: str
    reason: Personal
    roles: frozenset[Role]
    roles_of_person: frozenset[Role] = frozenset()


def designate_substitute(
    case: Case, command: DesignateSubstitute, around: Circumstances
) -> tuple[SubstituteDesignated, ...]:
    """Who stands in for a seat of a stage in this one case (A-14).

    A substitute is held to the same rules as the one whose place is taken, and no applicant
    chooses who reviews them; nor does who is recused choose who acts instead.
    """
    if not case.is_open or not case.chain:
        raise Refused(refusals.wrong_phase(case, "指定代行审查人", "given a substitute"))
    if command.stage not in {each.stage for each in case.chain}:
        raise Refused(refusals.unknown_stage(command.stage))
    stage = case.stage(command.stage)
    objections = person_objections(case, stage, command.seat, command.person, around)
    if command.roles_of_person & WATCHING_ROLES:
        objections.append(watcher_seated("/account"))
    elif Role.OFFICIAL not in command.roles:
        objections.append(no_official("/account"))
    objections += designation_objections(case, around)
    if command.seat not in stage.seats:
        objections.append(unknown_seat(command.seat, stage.seats))
    if objections:
        raise Refused(*objections)
    return (
        SubstituteDesignated(
            designation=command.designation,
            stage=command.stage,
            organisation=stage.organisation,
            seat=command.seat,
            person=command.person,
            account=command.account,
            home=command.home,
            reason=command.reason,
        ),
    )


def designation_objections(case: Case, around: Circumstances) -> list[Refusal]:
    """Why the caller designates nobody in a case, whomever they would name."""
    objections = []
    if around.humans.same(around.actor.person, case.applicant):
        cited = around.law.behind("SELF_REVIEW")
        objections.append(
            own_affair("本人申报的代行审查人指定", "substitutes in their own case", cited)
        )
    objections += kept_out(case, around.actor.person, around)
    if around.no_substitutes:
        objections.append(_not_allowed(around.law.behind("SUBSTITUTES_NOT_ALLOWED")))
    return objections


def _not_allowed(citations: tuple[Citation, ...]) -> Refusal:
    return Refusal(
        "SUBSTITUTES_NOT_ALLOWED",
        "本通知不允许为一件申报指定代行审查人，请调整岗位任职。",
        "The notice lets nobody be designated for one case; appoint somebody to the seat.",
        citations,
        "/stage",
    )


def evolve(state: Case, event: SubstituteDesignated) -> Case:
    """The case with one who stands in for a seat of it."""
    named = Substitute(
        event.designation,
        event.stage,
        event.organisation,
        event.seat,
        event.person,
        event.account,
    )
    return replace(state, substitutes=state.substitutes.added(named))
