"""Whether the law lets a case go on from its stage now: in time, papers handed in, fee paid.

What is a matter of reviewers and publicity is decided by the other acts of a case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain import beijing
from domain.refusal import Refusal

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.calendar import Calendar
    from domain.case.state import Case
    from domain.policy.admission import Admission
    from domain.policy.facts import Facts
    from domain.policy.law import Law
    from domain.policy.windows import Held


def obstacles_of(
    law: Law, facts_: Facts, case: Case, at: datetime, calendar: Calendar
) -> tuple[Refusal, ...]:
    """Why the law does not let the case go on from its present stage at this instant.

    A window binds the first timely arrival: a stage that has forwarded the case before is
    asked no more (A-15). It is that of the batch in which the case was filed, and the time for
    which the case was held still is not counted against it.
    """
    stage = getattr(case.phase, "stage", None)
    if stage is None:
        return ()
    obstacles: list[Refusal] = []
    if stage not in case.forwarded:
        admitted = law.admission(stage, at, facts_, held=uncounted(law, case), calendar=calendar)
        until = _extended(case, stage, admitted)
        extended = until is not None and at < beijing.end(until)
        if admitted.refusal is not None and not extended:
            obstacles.append(admitted.refusal)
    if case.after(stage) is None:
        obstacles += owed(law, facts_, case)
    return tuple(obstacles)


def last_day_here(
    law: Law, facts_: Facts, case: Case, at: datetime, calendar: Calendar
) -> date | None:
    """The last day on which a case can go on from its stage; None where no window binds it.

    With the time for which it was held still, and with what was extended for it.
    """
    stage = getattr(case.phase, "stage", None)
    if stage is None or stage in case.forwarded:
        return None
    admitted = law.admission(stage, at, facts_, held=uncounted(law, case), calendar=calendar)
    days = (admitted.closes, _extended(case, stage, admitted))
    return max((each for each in days if each is not None), default=None)


def uncounted(law: Law, case: Case) -> tuple[Held, ...]:
    """The time that no window counts: not that of a return, where its clock runs on (LH-59)."""
    runs_on = law.returns().clock_runs
    return tuple(each for each in case.held if not (runs_on and each.returned))


def _extended(case: Case, stage: str, admitted: Admission) -> date | None:
    return case.extended(stage) or case.extended(admitted.bound)


def owed(law: Law, facts_: Facts, case: Case) -> tuple[Refusal, ...]:
    """What a title can't be recognised without: the papers and the fee."""
    return (*_papers(law, facts_, case), *_fee(law, facts_, case))


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
    unseen = law.unseen_originals(facts_, case.papers, case.originals)
    unsealed = law.unsealed(facts_, case.papers, case.sealed)
    return [*missing, *unseen, *unsealed, *_legs(law, facts_, case)]


def _legs(law: Law, facts_: Facts, case: Case) -> list[Refusal]:
    """Papers that are handed on from office to office have to arrive at the last (YU-27)."""
    return [
        Refusal(
            "PAPER_NOT_HANDED_ON",
            f"「{each.id}」环节的纸质材料尚未登记接收，请由接收单位先行登记。",
            f"The papers of the hand-over {each.id!r} have not been received; whoever receives"
            " them enters that first.",
            each.citations,
        )
        for each in law.paper_legs(facts_)
        if each.id not in case.paper_legs
    ]


def _fee(law: Law, facts_: Facts, case: Case) -> list[Refusal]:
    fee = law.fee(facts_)
    if fee is None:
        return []
    unpaid = fee.unpaid(sum(payment.amount for payment in case.payments))
    return [] if unpaid is None else [unpaid]
