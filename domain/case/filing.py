"""The applicant's acts: open, state, attach, assess, submit, resubmit, withdraw; and lapse."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from domain.case import refusals
from domain.case.events import (
    ApplicationStated,
    CaseLapsed,
    CaseOpened,
    CaseResubmitted,
    CaseSubmitted,
    CaseWithdrawn,
    EligibilityAssessed,
    MaterialAttached,
    MaterialWithdrawn,
)
from domain.case.phase import Draft, Returned, Suspended
from domain.refusal import Refusal, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case.commands import (
        AssessEligibility,
        AttachMaterial,
        Lapse,
        OpenCase,
        Resubmit,
        StateApplication,
        Submit,
        Withdraw,
        WithdrawMaterial,
    )
    from domain.case.evolve import CaseEvent
    from domain.case.state import Case


def open_case(command: OpenCase) -> tuple[CaseEvent, ...]:
    """A case begins as a draft; whether it may be filed is decided when it is filed."""
    return (
        CaseOpened(
            number=command.number,
            applicant=command.applicant,
            account=command.account,
            employer=command.employer,
            law=command.law,
            series=command.series,
            specialty=command.specialty,
            level=command.level,
            channel=command.channel,
        ),
    )


def state_application(case: Case, command: StateApplication) -> tuple[CaseEvent, ...]:
    """The claims are stated, all of them, while the applicant has the case in hand."""
    _in_hand(case, "修改申报内容", "amended")
    ids = [claim for claim, _ in command.application.stated()]
    repeated = sorted(claim for claim, count in Counter(ids).items() if count > 1)
    if repeated:
        raise Refused(refusals.duplicate_claims(repeated))
    before, now = case.application, command.application
    unchanged = () if before is None else tuple(sorted(now.unchanged_since(before)))
    return (ApplicationStated(application=now, unchanged=unchanged),)


def attach_material(case: Case, command: AttachMaterial) -> tuple[CaseEvent, ...]:
    """A file is attached in support of claims that the application makes."""
    _in_hand(case, "上传材料", "given materials")
    if any(each.material == command.material for each in case.materials):
        raise Refused(
            Refusal(
                "MATERIAL_ATTACHED",
                "该文件已作为本案材料，不得重复提交；另有用途的，请重新上传。",
                "This file is a material of the case already; upload it again for another use.",
                pointer="/upload",
            )
        )
    strange = sorted(set(command.supports) - case.claims.keys())
    if strange:
        raise Refused(refusals.unknown_claims(strange, "/supports"))
    return (
        MaterialAttached(
            material=command.material,
            kind=command.kind,
            column=command.column,
            supports=command.supports,
            title=command.title,
            media_type=command.media_type,
            size=command.size,
            digest=command.digest,
        ),
    )


def withdraw_material(case: Case, command: WithdrawMaterial) -> tuple[CaseEvent, ...]:
    """A file is taken out; that it was there stays in the history."""
    _in_hand(case, "撤下材料", "relieved of materials")
    if all(each.material != command.material for each in case.materials):
        raise Refused(refusals.unknown_materials([command.material], "/material"))
    return (MaterialWithdrawn(material=command.material),)


def refuse_without_application(case: Case) -> None:
    """Raises ``Refused`` where nothing has been stated of which the law could be asked."""
    if case.application is None:
        raise Refused(refusals.application_missing())


def assess(case: Case, command: AssessEligibility) -> tuple[CaseEvent, ...]:
    """The law's answer ahead of filing is kept, whatever it is."""
    _in_hand(case, "预检", "assessed")
    refuse_without_application(case)
    return (EligibilityAssessed(law=command.law or case.law, result=command.result),)


def submit(case: Case, command: Submit) -> tuple[CaseEvent, ...]:
    """The case is filed: the law's answer and the chain of review are fixed in the event."""
    if not isinstance(case.phase, Draft):
        raise Refused(refusals.wrong_phase(case, "提交", "submitted"))
    objections = _declarations(
        truthful=command.declared_truthful, unclassified=command.declared_unclassified
    )
    if case.application is None:
        objections.append(refusals.application_missing())
    objections.extend(command.obstacles)
    if objections:
        raise Refused(*objections)
    return (
        CaseSubmitted(
            law=command.law or case.law,
            round=1,
            result=command.result,
            chain=command.chain,
            materials=tuple(each.material for each in case.materials),
            declared_truthful=command.declared_truthful,
            declared_unclassified=command.declared_unclassified,
            complete_by=command.complete_by,
            complete_by_rules=command.complete_by_rules,
            extensions=command.extensions,
        ),
    )


def resubmit(case: Case, command: Resubmit, at: datetime) -> tuple[CaseEvent, ...]:
    """The mended case comes back in its next round, until the return's due date (A-15)."""
    if not isinstance(case.phase, Returned):
        raise Refused(refusals.wrong_phase(case, "重新提交", "resubmitted"))
    objections = _declarations(
        truthful=command.declared_truthful, unclassified=command.declared_unclassified
    )
    if at >= case.phase.due_at:
        objections.append(refusals.past_due(case.phase.due_at))
    objections.extend(command.obstacles)
    if objections:
        raise Refused(*objections)
    return (
        CaseResubmitted(
            round=case.round + 1,
            resume_stage=case.phase.resume_stage,
            materials=tuple(each.material for each in case.materials),
            result=command.result,
        ),
    )


def withdraw(case: Case, command: Withdraw) -> tuple[CaseEvent, ...]:
    """The applicant gives the case up before a title is recognised.

    Not while it is held still: nobody walks out of an investigation.
    """
    if isinstance(case.phase, Suspended) or not case.is_open:
        raise Refused(refusals.wrong_phase(case, "撤回", "withdrawn"))
    return (CaseWithdrawn(reason=command.reason),)


def lapse(case: Case, command: Lapse, at: datetime) -> tuple[CaseEvent, ...]:
    """A returned case whose due date has passed ends by itself; nothing, where it has moved on."""
    if not isinstance(case.phase, Returned) or case.round != command.round:
        return ()
    if at < case.phase.due_at:
        return ()
    return (CaseLapsed(round=case.round, due_at=case.phase.due_at, rules=case.phase.due_rules),)


def _in_hand(case: Case, chinese: str, english: str) -> None:
    if not isinstance(case.phase, (Draft, Returned)):
        raise Refused(refusals.wrong_phase(case, chinese, english))


def _declarations(*, truthful: bool, unclassified: bool) -> list[Refusal]:
    objections = []
    if not truthful:
        objections.append(
            refusals.declaration_missing(
                "所填内容和材料真实、准确",
                "everything stated and attached is true",
                "/declared_truthful",
            )
        )
    if not unclassified:
        objections.append(
            refusals.declaration_missing(
                "材料不含涉密信息", "nothing in it is classified", "/declared_unclassified"
            )
        )
    return objections
