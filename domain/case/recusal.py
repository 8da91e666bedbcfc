"""Recusal (回避): by a reviewer's own word, or applied for and decided by somebody else.

Who declares recusal does nothing more in the case from then on. Who is said to have a reason
does nothing in it until that is decided: by the leader over a handler, and by the organisation's
administrator or its handler over a leader; never by the person concerned, never by the applicant.
What the recused did before stays on record. The grounds are the law's closed list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from domain.case import recusal_refusals, refusals
from domain.case.remembered import Recusal, RecusalApplication
from domain.case.seats import filling, fills, kept_out
from domain.event import Event
from domain.personal import Personal
from domain.policy.recusing import RecusalGround
from domain.refusal import Refusal, Refused, rules_of
from domain.refusals.seats import not_in_seat, unknown_seat
from domain.refusals.two_persons import own_affair
from domain.replacing import replace
from domain.separation import HANDLER, LEADER, REVIEWING_SEATS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.case.values import ChainStage


@dataclass(frozen=True, kw_only=True)
class RecusalDeclared(Event, topic="case:recusal-declared:1", chinese="自行回避"):
    """A reviewer declared a reason to recuse themselves (自行回避), which holds at once."""

    recusal: str
    stage: str
    organisation: str
    seat: str
    person: str
    ground: str
    rules: tuple[str, ...]
    words: Personal | None


@dataclass(frozen=True, kw_only=True)
class RecusalAppliedFor(Event, topic="case:recusal-applied-for:1", chinese="申请回避"):
    """The applicant or an inspector applied for the recusal of who fills a seat (申请回避).

    ``person`` is who is to be recused, ``by_applicant`` whether the applicant asks for it.
    """

    application: str
    stage: str
    organisation: str
    seat: str
    person: str
    by_applicant: bool
    ground: str
    rules: tuple[str, ...]
    words: Personal | None


@dataclass(frozen=True, kw_only=True)
class RecusalDecided(Event, topic="case:recusal-decided:1", chinese="回避决定"):
    """Somebody else of the organisation decided on an application for recusal (回避决定)."""

    application: str
    stage: str
    organisation: str
    seat: str
    person: str
    granted: bool
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class DeclareRecusal:
    """A reviewer says that there is a reason; ``grounds`` are those of the law, by id."""

    recusal: str
    stage: str
    seat: str
    ground: str
    grounds: Mapping[str, RecusalGround]
    words: Personal | None


@dataclass(frozen=True, kw_only=True)
class ApplyForRecusal:
    """The applicant or an inspector wants who fills a seat recused.

    ``account`` says whom of several; ``grounds`` are those of the law, by id.
    """

    application: str
    stage: str
    seat: str
    account: str | None
    ground: str
    grounds: Mapping[str, RecusalGround]
    words: Personal | None


@dataclass(frozen=True, kw_only=True)
class DecideRecusal:
    """An application is decided; ``administers`` says that an administrator of the house does."""

    application: str
    granted: bool
    reason: Personal
    administers: bool


def declare(
    case: Case, command: DeclareRecusal, around: Circumstances
) -> tuple[RecusalDeclared, ...]:
    """A reviewer recuses themselves, which asks nobody's leave."""
    stage = _stage(case, command.stage)
    person = around.actor.person
    objections = _ground_objections(command.ground, command.grounds, command.words)
    if not fills(case, stage, command.seat, around):
        objections.append(not_in_seat(command.seat))
    if around.humans.among(person, case.recused):
        objections.append(recusal_refusals.recused(around.law.behind("RECUSED")))
    if objections:
        raise Refused(*objections)
    return (
        RecusalDeclared(
            recusal=command.recusal,
            stage=stage.stage,
            organisation=stage.organisation,
            seat=command.seat,
            person=person,
            ground=command.ground,
            rules=_rules(command.grounds[command.ground]),
            words=command.words,
        ),
    )


def apply(
    case: Case, command: ApplyForRecusal, around: Circumstances
) -> tuple[RecusalAppliedFor, ...]:
    """The applicant or an inspector applies for the recusal of who fills a seat.

    ``around.organisation`` is that of the stage. One who was refused asks no second time on the
    same ground.
    """
    stage = _stage(case, command.stage)
    by_applicant = around.humans.same(around.actor.person, case.applicant)
    objections = _ground_objections(command.ground, command.grounds, command.words)
    if command.seat not in REVIEWING_SEATS:
        objections.append(unknown_seat(command.seat, (HANDLER, LEADER)))
    there = {
        account: person
        for account, person in filling(case, stage, command.seat, around).items()
        if not around.humans.among(person, case.recused)
    }
    meant = {
        account: person for account, person in there.items() if command.account in (None, account)
    }
    if len(set(meant.values())) != 1:
        objections.append(recusal_refusals.reviewer_not_named(there))
    for person in sorted(set(meant.values())):
        objections += _again(case, person, command.ground, by_applicant=by_applicant)
    if objections:
        raise Refused(*objections)
    return (
        RecusalAppliedFor(
            application=command.application,
            stage=stage.stage,
            organisation=stage.organisation,
            seat=command.seat,
            person=next(iter(meant.values())),
            by_applicant=by_applicant,
            ground=command.ground,
            rules=_rules(command.grounds[command.ground]),
            words=command.words,
        ),
    )


def decide(case: Case, command: DecideRecusal, around: Circumstances) -> tuple[RecusalDecided, ...]:
    """Somebody else of the organisation decides; ``around.organisation`` is that of the stage."""
    asked = case.recusal_application(command.application)
    if asked is None or not case.is_open:
        raise Refused(recusal_refusals.recusal_not_pending())
    objections = decision_objections(case, asked, around, administers=command.administers)
    if objections:
        raise Refused(*objections)
    return (
        RecusalDecided(
            application=asked.application,
            stage=asked.stage,
            organisation=asked.organisation,
            seat=asked.seat,
            person=asked.person,
            granted=command.granted,
            reason=command.reason,
        ),
    )


def decision_objections(
    case: Case, asked: RecusalApplication, around: Circumstances, *, administers: bool
) -> list[Refusal]:
    """Why somebody doesn't decide an application; ``around.organisation`` is that of the stage.

    The other seat of the stage decides; on its leader, whoever administers the organisation may.
    """
    who, cited = around.actor.person, around.law.behind("RECUSED")
    objections = kept_out(case, who, around)
    if around.humans.same(who, asked.person):
        objections.append(own_affair("针对本人的回避申请", "an application against them", cited))
    if around.humans.same(who, case.applicant):
        objections.append(own_affair("本人申报中的回避申请", "one in their own case", cited))
    by_office = administers and asked.seat == LEADER
    if not by_office and not fills(case, case.stage(asked.stage), asked.decided_by, around):
        objections.append(not_in_seat(asked.decided_by))
    return objections


def _stage(case: Case, stage: str) -> ChainStage:
    if not case.is_open or not case.chain:
        raise Refused(refusals.wrong_phase(case, "办理回避", "dealt with as to recusal"))
    if stage not in {each.stage for each in case.chain}:
        raise Refused(refusals.unknown_stage(stage))
    return case.stage(stage)


def _ground_objections(
    ground: str, grounds: Mapping[str, RecusalGround], words: Personal | None
) -> list[Refusal]:
    known = grounds.get(ground)
    if known is None:
        return [recusal_refusals.unknown_recusal_ground(ground, grounds)]
    if known.explained and words is None:
        return [recusal_refusals.recusal_words_missing()]
    return []


def _rules(ground: RecusalGround) -> tuple[str, ...]:
    return rules_of(ground.citations)


def _again(case: Case, person: str, ground: str, *, by_applicant: bool) -> Iterable[Refusal]:
    if case.recusal_applications.under(person) is not None:
        yield recusal_refusals.recusal_applied_for()
    elif (person, ground, by_applicant) in case.recusals_refused:
        yield recusal_refusals.recusal_refused_before()


Events = RecusalDeclared | RecusalAppliedFor | RecusalDecided
"""What happens to a case here."""


def evolve(state: Case, event: Events) -> Case:
    """The case with who does nothing more in it, or nothing until that is decided."""
    match event:
        case RecusalDeclared():
            return _recused(state, event, event.recusal, event.ground, declared=True)
        case RecusalAppliedFor():
            asked = RecusalApplication(
                event.application,
                event.stage,
                event.organisation,
                event.seat,
                event.person,
                event.ground,
                by_applicant=event.by_applicant,
            )
            waiting = state.recusal_applications.entered(event.person, asked)
            return replace(state, recusal_applications=waiting)
        case RecusalDecided():
            return _decided(state, event)
        case _:
            assert_never(event)


def _decided(state: Case, event: RecusalDecided) -> Case:
    asked = state.recusal_applications.under(event.person)
    if asked is None:
        return state
    if event.granted:
        return _recused(state, event, event.application, asked.ground, declared=False)
    said = (asked.person, asked.ground, asked.by_applicant)
    return replace(
        state,
        recusal_applications=state.recusal_applications.struck(event.person),
        recusals_refused=state.recusals_refused.joined(said),
    )


def _recused(
    state: Case,
    event: RecusalDeclared | RecusalDecided,
    recusal: str,
    ground: str,
    *,
    declared: bool,
) -> Case:
    """Whoever is recused needs no decision any more."""
    who = Recusal(
        recusal,
        event.stage,
        event.organisation,
        event.seat,
        event.person,
        ground,
        declared=declared,
    )
    return replace(
        state,
        recusals=state.recusals.added(who),
        recusal_applications=state.recusal_applications.struck(event.person),
    )
