"""Raising, screening, investigating and settling an objection; each by the right person.

Whoever screens, investigates or settles it reviewed nothing in the case, is not its applicant
and not the objector; investigating and settling take two persons.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain import beijing
from domain.case.phase import Suspended, UnderPublicity
from domain.objection.events import (
    Disposition,
    ObjectionAdmitted,
    ObjectionDismissed,
    ObjectionInvestigated,
    ObjectionNotAdmitted,
    ObjectionRaised,
    ObjectionUpheld,
    ObjectionWithdrawn,
    ScreeningDated,
    ScreeningOverdue,
)
from domain.objection.officers import not_open, officer_objections, settled
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.separation import DUTY_OFFICER, INTEGRITY_HANDLER, INTEGRITY_LEADER, same_reviewer

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.objection.state import Objection

_LEAST_EVIDENCE = 20
"""Characters that an anonymous statement without files needs, to be about something."""


@dataclass(frozen=True, kw_only=True)
class Raise:
    """Somebody objects; an anonymous objection needs concrete evidence.

    ``about`` and ``authority`` are as in ``ObjectionRaised``, ``length`` is that of the
    statement, in characters.
    """

    posting: str
    about: str | None
    authority: str | None
    statement: Personal
    length: int
    name: Personal | None
    contact: Personal | None
    attachments: tuple[str, ...]
    screen_by: date | None = None


@dataclass(frozen=True, kw_only=True)
class Settle:
    """The second officer settles: upheld with a disposition, or dismissed (None)."""

    disposition: Disposition | None
    decision: str
    answer: Personal
    summary: Personal


def in_time(case: Case, posting: str, at: datetime) -> bool:
    """Whether an objection is in time: until 24:00 of the publicity's last day.

    Also while the case is held still, for the posting goes on being public.
    """
    phase = case.phase.before if isinstance(case.phase, Suspended) else case.phase
    if not isinstance(phase, UnderPublicity) or phase.posting.posting != posting:
        return False
    return at < beijing.end(phase.posting.ends_on)


def require_open_for_files(state: Objection, case: Case, at: datetime) -> None:
    """Files are added while the objection is open and the publicity runs; else ``Refused``."""
    if state.ending is not None:
        raise Refused(settled())
    if not in_time(case, state.posting, at):
        raise Refused(
            Refusal(
                "PUBLICITY_OVER",
                "公示期已满，不能再补充异议材料；请作为投诉举报提交。",
                "The publicity is over, and nothing more is added; hand it in as a complaint.",
            )
        )


def raise_objection(case: Case, command: Raise) -> ObjectionRaised:
    """Anyone may object while the case is public, with a name or with evidence."""
    slight = command.length < _LEAST_EVIDENCE
    if command.name is None and not command.attachments and slight:
        raise Refused(
            Refusal(
                "EVIDENCE_NEEDED",
                "匿名异议须提供具体线索或证明材料：请写明具体事实，或上传佐证，或署实名。",
                "An anonymous objection needs concrete facts or evidence: state them, attach a"
                " file, or give your name.",
                pointer="/statement",
            )
        )
    return ObjectionRaised(
        case=case.case,
        posting=command.posting,
        about=command.about,
        authority=command.authority,
        real_name=command.name is not None,
        statement=command.statement,
        name=command.name,
        contact=command.contact,
        attachments=command.attachments,
        screen_by=command.screen_by,
    )


def screen(
    state: Objection, case: Case, reason: Personal | None, around: Circumstances
) -> ObjectionAdmitted | ObjectionNotAdmitted:
    """A duty officer or integrity handler admits it, or not, with a reason."""
    objections = officer_objections(case, state.objector, (DUTY_OFFICER, INTEGRITY_HANDLER), around)
    if state.admitted is not None or state.ending is not None:
        objections.append(settled())
    if objections:
        raise Refused(*objections)
    organisation = around.organisation.organisation
    if reason is None:
        return ObjectionAdmitted(organisation=organisation)
    return ObjectionNotAdmitted(organisation=organisation, reason=reason)


def flag_overdue(state: Objection, at: datetime, rules: tuple[str, ...]) -> ScreeningOverdue | None:
    """What Mingjian tells once the last day of the screening is over; None where it is not."""
    waits = state.admitted is None and state.ending is None and not state.overdue
    if not waits or state.screen_by is None or at < beijing.end(state.screen_by):
        return None
    return ScreeningOverdue(screen_by=state.screen_by, rules=rules)


def date_screening(
    state: Objection, screen_by: date, screened_at: datetime | None, rules: tuple[str, ...]
) -> tuple[ScreeningDated | ScreeningOverdue, ...]:
    """What Mingjian adds once the last day of the screening can be known; nothing the second time.

    ``screened_at`` is when it was screened, None where it was not yet; late is told at once.
    """
    withdrawn = state.ending is not None and state.admitted is None
    if state.screen_by is not None or withdrawn:
        return ()
    dated = ScreeningDated(screen_by=screen_by, rules=rules)
    if screened_at is None or screened_at < beijing.end(screen_by):
        return (dated,)
    return (dated, ScreeningOverdue(screen_by=screen_by, rules=rules))


def investigate(
    state: Objection,
    case: Case,
    findings: Personal,
    evidence: tuple[str, ...],
    around: Circumstances,
) -> ObjectionInvestigated:
    """The integrity handler reports what was found."""
    objections = officer_objections(case, state.objector, (INTEGRITY_HANDLER,), around)
    objections += not_open(state)
    if objections:
        raise Refused(*objections)
    return ObjectionInvestigated(
        organisation=around.organisation.organisation, findings=findings, evidence=evidence
    )


def settle(
    state: Objection, case: Case, command: Settle, around: Circumstances
) -> ObjectionUpheld | ObjectionDismissed:
    """The integrity leader settles it, after the handler's report and as another person."""
    if objections := settling_objections(state, case, around):
        raise Refused(*objections)
    organisation = around.organisation.organisation
    if command.disposition is None:
        return ObjectionDismissed(
            organisation=organisation,
            decision=command.decision,
            answer=command.answer,
            summary=command.summary,
        )
    return ObjectionUpheld(
        organisation=organisation,
        disposition=command.disposition,
        decision=command.decision,
        answer=command.answer,
        summary=command.summary,
    )


def settling_objections(state: Objection, case: Case, around: Circumstances) -> list[Refusal]:
    """Why somebody may not settle it; empty where they may."""
    objections = officer_objections(case, state.objector, (INTEGRITY_LEADER,), around)
    objections += not_open(state)
    if state.investigated_by is None:
        objections.append(
            Refusal(
                "INVESTIGATION_FIRST",
                "须先由诚信管理经办人核查，再由领导决定。",
                "The integrity handler investigates before the leader settles it.",
            )
        )
    elif around.humans.same(around.actor.person, state.investigated_by):
        objections.append(same_reviewer(around.law))
    return objections


def withdraw(state: Objection, reason: Personal | None) -> ObjectionWithdrawn:
    """The objector, who holds the receipt, withdraws it while it is open."""
    if state.ending is not None:
        raise Refused(settled())
    return ObjectionWithdrawn(reason=reason)
