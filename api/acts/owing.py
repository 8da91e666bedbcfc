"""What a case still asks of its applicant: fee, papers and where to bring them, in which windows.

Here the law is only asked; what stands in the way of going on is decided where a case goes on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from api.access import Act
from api.acts import extending
from api.acts.case_reading import Seen
from api.acts.handing_in import PaperDue, paper_due
from api.acts.undated import foreseen
from domain.case.facts import about, facts
from domain.case.values import Application
from domain.policy.duties import PaperForm
from domain.policy.facts import NOT_MENTIONED
from domain.policy.fees import Fee
from domain.policy.materials import Material
from domain.policy.places import PaperDuty, PaperLeg, PlaceAnswer
from domain.policy.windows import Window
from domain.refusal import Refusal

if TYPE_CHECKING:
    from datetime import datetime

    from api.acts.acting import Acting
    from api.acts.case_reading import CaseReading
    from api.acts.deliberation import Deliberation
    from api.acts.desk import Desk
    from api.law.book import LawBook
    from domain.calendar import Calendar
    from domain.case.state import Case
    from domain.policy.facts import Facts
    from domain.policy.law import Law

_NOTHING_STATED = Application(
    specialty_studied=None,
    specialty_worked=None,
    educations=(),
    work=(),
    titles=(),
    assessments=(),
    achievements=(),
    licences=(),
    particulars=(),
    insurance=None,
)


@dataclass(frozen=True, kw_only=True)
class Owed:
    """The law's answers for one case.

    ``paid`` is what was paid so far, in fen; ``forms`` come with their last day, None where what
    they are due after has not come. ``warnings`` say what can't be dated for want of a calendar.
    """

    seen: Seen
    fee: Fee | None
    paid: int
    place: PlaceAnswer
    paper: PaperDuty | None
    legs: tuple[PaperLeg, ...]
    materials: tuple[Material, ...]
    forms: tuple[tuple[PaperForm, PaperDue | None], ...]
    windows: tuple[Window, ...]
    warnings: tuple[Refusal, ...]


class Owing:
    """The reading of what a case owes."""

    def __init__(self, desk: Desk, laws: LawBook, reading: CaseReading, calendar: Calendar) -> None:
        self._desk = desk
        self._laws = laws
        self._reading = reading
        self._calendar = calendar

    def of(self, acting: Acting, case_id: str, act: Act = Act.READ_CASE) -> Owed:
        """What the law asks of a case now, to whom the table allows ``act``.

        Raises the problems of ``CaseReading.read``.
        """
        seen = self._reading.read(acting, case_id, act)
        case, deliberation = seen.case, self._desk.deliberate()
        told = _facts(deliberation, case, acting.at)
        law = _law(deliberation, self._laws.for_case(case), seen, told)
        forms = law.paper_forms(told)
        return Owed(
            seen=seen,
            fee=law.fee(told),
            paid=sum(each.amount for each in case.payments),
            place=law.intake_place(told),
            paper=law.paper_duty(told),
            legs=law.paper_legs(told),
            materials=law.materials(told),
            forms=tuple(
                (each, paper_due(law, told, case, self._calendar, (each.id,))) for each in forms
            ),
            windows=tuple(
                each
                for each in law.windows()
                if each.when.holds(told) is not False and _in_batch(each, told)
            ),
            warnings=foreseen(self._calendar, acting.today) if case.is_open else (),
        )


def _law(deliberation: Deliberation, law: Law, seen: Seen, told: Facts) -> Law:
    """The law of the case with its windows as they were extended for it."""
    if seen.case.chain:
        return extending.extended(law, extending.of_case(deliberation, law, seen.case))
    persons = [each.person for each in deliberation.circle(seen.case.applicant)]
    granted = extending.before_filing(deliberation, law, told, seen.employer, persons)
    return extending.extended(law, granted)


def _in_batch(window: Window, told: Facts) -> bool:
    """Windows of the case's batch; of every batch where it has none yet."""
    return told.batch is NOT_MENTIONED or window.batch == told.batch


def _facts(deliberation: Deliberation, case: Case, at: datetime) -> Facts:
    """The facts as far as they are stated, as if a draft were filed now."""
    employer = deliberation.organisation(case.employer)
    assert employer is not None
    stated = case if case.application else replace(case, application=_NOTHING_STATED)
    known = about(stated, employer, deliberation.circle(case.applicant))
    told = facts(known, case.filed_at or at)
    batch = None if case.result is None else case.result.batch
    return told if batch is None else told.with_batch(batch)
