"""Every act in every phase: where it does not belong it is refused as out of order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from domain.case import (
    certificate,
    draft,
    ending,
    filing,
    going_on,
    handler_opinion,
    judgement,
    lapse,
    leader_decision,
    publicity,
    refusals,
    resubmission,
    returning,
    substitute,
    suspension,
    withdrawal,
)
from domain.case.certificate import IssueCertificate
from domain.case.draft import AssessEligibility, StateApplication, WithdrawMaterial
from domain.case.ending import Disqualify, Revoke
from domain.case.lapse import Lapse
from domain.case.phase import AwaitingPublicity, Ended, Publicised, Revoked, UnderPublicity
from domain.case.suspension import Resume, Suspend
from domain.case.withdrawal import Withdraw
from domain.refusal import Refused
from domain.separation import HANDLER, LEADER
from tests.domain.invented import BUREAU_HANDLER, LIU, NOON, SCHOOL_HANDLER, SCHOOL_LEADER
from tests.domain.story import (
    APPLICATION,
    APPROVE,
    AT_THE_EMPLOYER,
    BEFORE_THE_LEADER,
    DRAFT,
    HELD_STILL,
    RETURN,
    WITH_A_TITLE,
    WITH_THE_APPLICANT,
    deadline_missed_by,
    designate,
    judge,
    opinion,
    resubmit,
    result,
    submit,
    undetermined,
)
from tests.domain.test_case_filing import ATTACH
from tests.domain.test_case_publicity import OPEN, POSTING, VOID

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.case.state import Case
    from domain.event import Event

IN_TIME = deadline_missed_by(-1)
DISQUALIFY = Disqualify(
    investigation="investigation-1",
    ground="弄虚作假",
    decision="某人社字〔2024〕1号",
    authority="organisation-bureau",
    rules=("ZZ-8",),
)
HOLD = {"cause": "investigation", "investigation": "investigation-1"}

PHASES: dict[str, Case] = {
    "draft": DRAFT,
    "under review": AT_THE_EMPLOYER,
    "before the leader": BEFORE_THE_LEADER,
    "before publicity": replace(AT_THE_EMPLOYER, phase=AwaitingPublicity("employer")),
    "under publicity": replace(AT_THE_EMPLOYER, phase=UnderPublicity("employer", POSTING)),
    "after publicity": replace(AT_THE_EMPLOYER, phase=Publicised("employer", POSTING)),
    "returned": WITH_THE_APPLICANT,
    "suspended": HELD_STILL,
    "recognised": WITH_A_TITLE,
    "revoked": replace(WITH_A_TITLE, phase=Revoked("bureau", None)),
    **{
        outcome: replace(AT_THE_EMPLOYER, phase=Ended(outcome))
        for outcome in ("not_accepted", "rejected", "withdrawn", "lapsed", "disqualified")
    },
}

IN_HAND = {"draft", "returned"}
REVIEWED = {"under review", "before the leader"}
IN_PUBLICITY = {"before publicity", "under publicity", "after publicity"}
UNDER_WAY = REVIEWED | IN_PUBLICITY | {"returned"}

ACTS: dict[str, tuple[Callable[[Case], tuple[Event, ...]], set[str]]] = {
    "state the application": (
        lambda case: draft.state_application(case, StateApplication(application=APPLICATION)),
        IN_HAND,
    ),
    "attach a material": (
        lambda case: draft.attach_material(case, replace(ATTACH, material="another")),
        IN_HAND,
    ),
    "withdraw a material": (
        lambda case: draft.withdraw_material(case, WithdrawMaterial(material="scan")),
        IN_HAND,
    ),
    "assess": (
        lambda case: draft.assess(case, AssessEligibility(result=result())),
        IN_HAND,
    ),
    "submit": (lambda case: filing.submit(case, submit()), {"draft"}),
    "resubmit": (lambda case: resubmission.resubmit(case, resubmit(), IN_TIME), {"returned"}),
    "withdraw": (
        lambda case: withdrawal.withdraw(case, Withdraw(reason=None)),
        {"draft"} | UNDER_WAY,
    ),
    "give an opinion": (
        lambda case: handler_opinion.give_opinion(case, opinion(), SCHOOL_HANDLER.around),
        REVIEWED,
    ),
    "decide": (
        lambda case: leader_decision.decide_as_leader(case, APPROVE, SCHOOL_LEADER.around),
        {"before the leader"},
    ),
    "return as handler": (
        lambda case: returning.return_for_revision(case, RETURN, HANDLER, SCHOOL_HANDLER.around),
        REVIEWED,
    ),
    "return as leader": (
        lambda case: returning.return_for_revision(case, RETURN, LEADER, SCHOOL_LEADER.around),
        REVIEWED,
    ),
    "judge": (
        lambda case: judgement.record_judgement(
            undetermined(case, "TABLE_NOT_SUPPLIED"),
            judge("TABLE_NOT_SUPPLIED", satisfied=True),
            HANDLER,
            SCHOOL_HANDLER.around,
        ),
        REVIEWED,
    ),
    "designate a substitute": (
        lambda case: substitute.designate_substitute(
            case, designate(LIU, LEADER), SCHOOL_HANDLER.around
        ),
        UNDER_WAY | {"suspended"},
    ),
    "suspend": (lambda case: suspension.suspend(case, Suspend(**HOLD), NOON), UNDER_WAY),
    "resume": (lambda case: suspension.resume(case, Resume(**HOLD), NOON), {"suspended"}),
    "disqualify": (
        lambda case: ending.disqualify(case, DISQUALIFY),
        {"draft"} | UNDER_WAY | {"suspended"},
    ),
    "post": (
        lambda case: publicity.open_publicity(case, OPEN, SCHOOL_HANDLER.around),
        {"before publicity"},
    ),
    "take down": (
        lambda case: publicity.void_publicity(case, VOID, SCHOOL_HANDLER.around),
        {"under publicity", "after publicity"},
    ),
    "go on": (lambda case: going_on.go_on(case, SCHOOL_HANDLER.around), {"after publicity"}),
    "revoke": (
        lambda case: ending.revoke(
            case, Revoke(**{**vars(DISQUALIFY), "dependents": ()}), date(2024, 10, 15)
        ),
        {"recognised"},
    ),
    "annul the revocation": (
        lambda case: ending.annul_revocation(case, "investigation-1", "某复字1号"),
        {"revoked"},
    ),
    "certify": (
        lambda case: certificate.issue_certificate(
            case,
            IssueCertificate(
                certificate="证-1", issuer="某机关", forms=("electronic",), check="码"
            ),
            HANDLER,
            BUREAU_HANDLER.around,
        ),
        {"recognised"},
    ),
}


ELSEWISE = {
    ("decide", "under review"): "HANDLER_FIRST",
    ("go on", "before publicity"): "PUBLICITY_TOO_SHORT",
    ("go on", "under publicity"): "PUBLICITY_TOO_SHORT",
}
"""What belongs to the phase but is not yet possible has a reason of its own."""


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("act", ACTS)
def test_an_act_belongs_to_its_phases_and_no_other(act: str, phase: str) -> None:
    decide, belongs = ACTS[act]
    if phase in belongs:
        assert decide(PHASES[phase])
        return
    with pytest.raises(Refused) as refused:
        decide(PHASES[phase])
    (refusal,) = refused.value.refusals
    assert refusal.code == ELSEWISE.get((act, phase), "STAGE_ORDER")


@pytest.mark.parametrize("phase", PHASES)
def test_only_a_returned_case_lapses(phase: str) -> None:
    case = PHASES[phase]
    lapsed = lapse.lapse(case, Lapse(round=case.round), deadline_missed_by(0))
    assert bool(lapsed) == (phase == "returned")


@pytest.mark.parametrize(
    ("phase", "chinese"),
    [
        ("draft", "草稿"),
        ("under review", "审核中"),
        ("before publicity", "待公示"),
        ("under publicity", "公示中"),
        ("after publicity", "公示期满"),
        ("returned", "已退回修改"),
        ("suspended", "中止审核"),
        ("recognised", "已认定"),
        ("revoked", "已撤销"),
        ("rejected", "已终结"),
    ],
)
def test_an_act_out_of_order_is_told_where_the_case_stands(phase: str, chinese: str) -> None:
    refusal = refusals.wrong_phase(PHASES[phase], "办理", "handled")
    assert f"「{chinese}」" in refusal.chinese


@pytest.mark.parametrize("phase", PHASES)
def test_a_case_is_open_until_it_is_recognised_or_ended(phase: str) -> None:
    assert PHASES[phase].is_open == (phase in {"draft", "suspended"} | UNDER_WAY)


ACT_IN_WORDS = {
    "state the application": ("修改申报内容", "amended"),
    "attach a material": ("上传材料", "given materials"),
    "withdraw a material": ("撤下材料", "relieved of materials"),
    "assess": ("预检", "assessed"),
    "submit": ("提交", "submitted"),
    "resubmit": ("重新提交", "resubmitted"),
    "withdraw": ("撤回", "withdrawn"),
    "give an opinion": ("审查", "reviewed"),
    "designate a substitute": ("指定代行审查人", "given a substitute"),
    "suspend": ("中止审核", "suspended"),
    "resume": ("恢复", "resumed"),
    "disqualify": ("取消申报资格", "ended by disqualification"),
    "post": ("公示", "made public"),
    "take down": ("作废公示", "taken down from publicity"),
    "go on": ("上报", "forwarded"),
    "revoke": ("撤销职称", "revoked"),
    "annul the revocation": ("经复核恢复职称", "restored"),
    "certify": ("发证", "certified"),
}


@pytest.mark.parametrize("act", ACT_IN_WORDS)
def test_an_act_out_of_order_is_told_which_act_it_was(act: str) -> None:
    decide, _ = ACTS[act]
    with pytest.raises(Refused) as refused:
        decide(PHASES["rejected"])
    (refusal,) = refused.value.refusals
    chinese, english = ACT_IN_WORDS[act]
    assert f"，不能{chinese}，请" in refusal.chinese
    assert f"can't be {english};" in refusal.english
