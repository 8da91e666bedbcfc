"""Whether the law lets a case go on from its stage now: in time, papers handed in, fee paid.

What is a matter of reviewers and publicity is decided by ``domain.case``. What can't be dated yet,
for want of published working days, is told ahead here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.acts.standing import registered
from domain import beijing
from domain.case.facts import about, facts
from domain.policy.sentences import refusal
from domain.refusal import Refusal

if TYPE_CHECKING:
    from datetime import date, datetime

    from api.acts.desk import Desk
    from domain.calendar import Calendar
    from domain.case.state import Case
    from domain.policy.facts import Facts
    from domain.policy.law import Law


def told(desk: Desk, case: Case) -> Facts:
    """The facts of a case on record, in the batch in which it was filed."""
    employer = registered(desk, case)
    assert case.filed_at is not None
    known = facts(about(case, employer, desk.circle(case.applicant)), case.filed_at)
    batch = case.result.batch if case.result is not None else None
    return known if batch is None else known.with_batch(batch)


def found(law: Law, facts_: Facts, case: Case, at: datetime) -> tuple[Refusal, ...]:
    """Why the law does not let the case go on from its present stage at this instant.

    A window binds the first timely arrival: a stage that has forwarded the case before is
    asked no more (A-15).
    """
    stage = getattr(case.phase, "stage", None)
    if stage is None:
        return ()
    standing_in: list[Refusal] = []
    if stage not in case.forwarded:
        admitted = law.admission(stage, at, facts_)
        until = case.extended(stage) or case.extended(admitted.bound)
        extended = until is not None and at < beijing.end(until)
        if admitted.refusal is not None and not extended:
            standing_in.append(admitted.refusal)
    if case.after(stage) is None:
        standing_in += _papers(law, facts_, case)
        standing_in += _fee(law, facts_, case)
    return tuple(standing_in)


def _papers(law: Law, facts_: Facts, case: Case) -> list[Refusal]:
    """Papers are needed before the outcome, where the law asks for any (YY-20, YU-05)."""
    duty = law.paper_duty(facts_)
    if duty is not None and not duty.required:
        return []
    missing = list(law.missing_materials(facts_, case.papers, channels=("paper",)))
    if duty is not None and not case.papers and not missing:
        missing.append(
            Refusal(
                "PAPER_MISSING",
                f"尚未收到纸质材料：{duty.chinese}。请先登记纸质材料接收。",
                f"No papers have been received: {duty.english}. Enter their receipt first.",
                duty.citations,
            )
        )
    return missing


def _fee(law: Law, facts_: Facts, case: Case) -> list[Refusal]:
    fee = law.fee(facts_)
    if fee is None:
        return []
    unpaid = fee.unpaid(sum(payment.amount for payment in case.payments))
    return [] if unpaid is None else [unpaid]


def foreseen(calendar: Calendar, today: date) -> tuple[Refusal, ...]:
    """What will not be dated soon, and what comes of it; nothing where all days are known."""
    year = calendar.missing(today)
    if year is None:
        return ()
    return (
        _unknown(
            year,
            "跨入该年的公示暂不能录入；异议初核和纸质材料的截止日暂不能确定，待该年度工作日历录入后由系统补记",
            "so no publicity that runs into that year can be entered yet, and the last days for"
            " screening an objection and for papers are recorded by Mingjian once that year's"
            " calendar has been entered",
        ),
    )


def postpones_publicity(year: int) -> Refusal:
    """Why a posting can't be entered whose last working day nobody can know yet."""
    return _unknown(
        year,
        "无法确定公示截止日，公示暂不能录入。请通知系统管理员录入该年度的工作日历；录入后再登记公示，"
        "张贴日期按实际填写",
        "so nobody can say when the publicity ends, and it can't be entered yet. Have the"
        " system's administrators enter that year's calendar; then enter the posting with the"
        " day on which it was put up",
        pointer="/posted_on",
    )


def _unknown(year: int, chinese: str, english: str, *, pointer: str = "") -> Refusal:
    return refusal(
        "CALENDAR_NOT_PUBLISHED", pointer=pointer, year=str(year), hence=(chinese, english)
    )
