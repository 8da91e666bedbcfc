"""What ends or holds a case beside its reviewers: suspension, disqualification, certificate."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain import beijing
from domain.case import refusals
from domain.case.events import CaseResumed, CaseSuspended
from domain.case.outcome import (
    ApplicantDisqualified,
    CertificateIssued,
    RevocationAnnulled,
    TitleRevoked,
)
from domain.case.phase import InPublicity, Recognised, Returned, Revoked, Suspended, UnderReview
from domain.case.publicity import open_objection
from domain.refusal import Refused
from domain.refusals import not_in_seat
from domain.separation import self_review

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.case.circumstances import Circumstances
    from domain.case.commands import Disqualify, IssueCertificate, Resume, Revoke, Suspend
    from domain.case.evolve import CaseEvent
    from domain.case.state import Case


def suspend(case: Case, command: Suspend, at: datetime) -> tuple[CaseEvent, ...]:
    """The case is held still where it stands; an investigation takes over from an objection."""
    awaited = isinstance(case.phase, Suspended) and case.phase.investigation is None
    if not awaited and not isinstance(case.phase, (UnderReview, Returned, InPublicity)):
        raise Refused(refusals.wrong_phase(case, "暂停", "suspended"))
    return (
        CaseSuspended(
            cause=command.cause,
            investigation=command.investigation,
            days_left=_days_left(case, at),
        ),
    )


def resume(case: Case, command: Resume, at: datetime) -> tuple[CaseEvent, ...]:
    """The case goes on where it was held; a return has at least the days that it had left."""
    if not isinstance(case.phase, Suspended):
        raise Refused(refusals.wrong_phase(case, "恢复", "resumed"))
    due_at = None
    if isinstance(case.phase.before, Returned) and case.phase.days_left is not None:
        again = beijing.end(beijing.day(at) + timedelta(days=case.phase.days_left))
        due_at = again if again > case.phase.before.due_at else None
    return (CaseResumed(cause=command.cause, investigation=command.investigation, due_at=due_at),)


def _days_left(case: Case, at: datetime) -> int | None:
    """The days after today that a return has; None for one that is overdue, and for no return."""
    if isinstance(case.phase, Suspended):
        return case.phase.days_left
    if not isinstance(case.phase, Returned) or at >= case.phase.due_at:
        return None
    last = beijing.day(case.phase.due_at - timedelta(microseconds=1))
    return (last - beijing.day(at)).days


def disqualify(case: Case, command: Disqualify) -> tuple[CaseEvent, ...]:
    """Misconduct was found before a grant: the case ends (XW-32)."""
    if not case.is_open:
        raise Refused(refusals.wrong_phase(case, "取消申报资格", "ended by disqualification"))
    return (
        ApplicantDisqualified(
            investigation=command.investigation,
            ground=command.ground,
            decision=command.decision,
            authority=command.authority,
            rules=command.rules,
        ),
    )


def revoke(case: Case, command: Revoke, today: date) -> tuple[CaseEvent, ...]:
    """Misconduct was found after a grant: the title is revoked, the history kept (YY-50)."""
    if not isinstance(case.phase, Recognised):
        raise Refused(refusals.wrong_phase(case, "撤销职称", "revoked"))
    return (
        TitleRevoked(
            investigation=command.investigation,
            ground=command.ground,
            decision=command.decision,
            authority=command.authority,
            revoked_on=today,
            dependents=command.dependents,
            rules=command.rules,
        ),
    )


def annul_revocation(case: Case, investigation: str, decision: str) -> tuple[CaseEvent, ...]:
    """A review annulled the revocation: the title stands as it stood."""
    if not isinstance(case.phase, Revoked):
        raise Refused(refusals.wrong_phase(case, "恢复职称", "restored"))
    return (RevocationAnnulled(investigation=investigation, decision=decision),)


def issue_certificate(
    case: Case, command: IssueCertificate, seat: str, around: Circumstances
) -> tuple[CaseEvent, ...]:
    """The authority that recognised the title issues the certificate, once."""
    if not isinstance(case.phase, Recognised):
        raise Refused(refusals.wrong_phase(case, "发证", "certified"))
    if case.phase.certificate is not None:
        raise Refused(refusals.already_certified(case.phase.certificate))
    stage = case.stage(case.phase.stage)
    objections = []
    if (
        seat not in stage.seats
        or around.organisation.organisation != stage.organisation
        or not around.seats.holder(around.actor.account, seat, around.today)
    ):
        objections.append(not_in_seat(seat))
    if around.humans.same(around.actor.person, case.applicant):
        objections.append(self_review(around.law))
    if case.objections:
        objections.append(open_objection(around))
    if objections:
        raise Refused(*objections)
    return (
        CertificateIssued(
            certificate=command.certificate,
            organisation=stage.organisation,
            issued_on=around.today,
            forms=command.forms,
        ),
    )
