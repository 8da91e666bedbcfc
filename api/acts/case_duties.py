"""What a case asks of its applicant: fee, papers and where to bring them, in which windows.

Here the law is only asked; what stands in the way of going on is decided where a case goes on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from api.access import Act
from api.acts import relation, window_extension
from api.acts.case_reading import SeenCase, read_case
from api.acts.supplement import under_its_law
from api.acts.urging import last_day
from api.acts.vacancy_form import form_of
from domain.case.application import NOTHING_STATED
from domain.case.establishing import is_due
from domain.case.facts import about, facts
from domain.case.obstacles import uncounted
from domain.case.paper import PaperDue, paper_due
from domain.case.urging import ABOVE, APPLICANT, returned_until, turn_of
from domain.policy.duties import PaperForm
from domain.policy.fees import Fee
from domain.policy.law import Law
from domain.policy.materials import Material
from domain.policy.places import PaperDuty, PaperLeg, PlaceAnswer
from domain.policy.publicity_in_time import ending_too_late
from domain.policy.records import NOT_MENTIONED
from domain.policy.sources import Open
from domain.policy.undated import foreseen
from domain.policy.windows import Window
from domain.refusal import Refusal
from domain.vacancies.facts import with_vacancies

if TYPE_CHECKING:
    from datetime import datetime

    from api.acts.acting import Acting
    from api.acts.desk import Desk
    from api.office import Office
    from domain.calendar import Calendar
    from domain.case.state import Case
    from domain.policy.facts import Facts


@dataclass(frozen=True, kw_only=True)
class Turn:
    """Whose turn it is, since when, until when, and whether they were told that it is.

    ``due_on`` counts what was added for the time for which the case was held still.
    """

    stage: str
    seat: str
    organisation: str
    since: date | None
    due_on: date | None
    urged: bool
    told_above: bool


@dataclass(frozen=True, kw_only=True)
class Duties:
    """The law's answers for one case.

    ``open`` are the facts on which the law's answer still turns, ``due`` those of them whose time
    has come. ``paid`` is what was paid so far, in fen; ``forms`` come with their last day, None
    where what they are due after has not come. ``warnings`` say what can't be dated for want of a
    calendar.
    """

    seen: SeenCase
    law: Law
    open: tuple[Open, ...]
    due: frozenset[str]
    fee: Fee | None
    paid: int
    place: PlaceAnswer
    paper: PaperDuty | None
    legs: tuple[PaperLeg, ...]
    materials: tuple[Material, ...]
    forms: tuple[tuple[PaperForm, PaperDue | None], ...]
    windows: tuple[Window, ...]
    turn: Turn | None
    warnings: tuple[Refusal, ...]


def duties_of(office: Office, acting: Acting, case_id: str, act: Act = Act.READ_CASE) -> Duties:
    """What the law asks of a case now, to whom the table allows ``act``.

    Raises the problems of ``read_case``.
    """
    seen, calendar = read_case(office, acting, case_id, act), office.calendar
    case, desk = seen.case, office.desk(acting)
    under_its_law(desk, case_id)
    told = _facts(desk, case, acting.at)
    law = _law(desk, desk.law_for(case), seen, told)
    turning = law.assess(told).open if case.is_open else ()
    return Duties(
        seen=seen,
        law=law,
        open=turning,
        due=frozenset(each.name for each in turning if is_due(each, case)),
        fee=law.fee(told),
        paid=sum(each.amount for each in case.payments),
        place=law.intake_place(told),
        paper=law.paper_duty(told),
        legs=law.paper_legs(told),
        materials=law.materials(told),
        forms=tuple(
            (each, paper_due(law, told, case, calendar, (each.id,)))
            for each in law.paper_forms(told)
        ),
        windows=tuple(
            each if APPLICANT in each.binds else each.without(uncounted(law, case))
            for each in law.windows()
            if each.when.fits(told) is not False and _in_batch(each, told)
        ),
        turn=_turn(desk, case, acting.at),
        warnings=_warnings(law, told, case, acting.today, calendar),
    )


def _turn(desk: Desk, case: Case, at: datetime) -> Turn | None:
    turn = turn_of(case)
    if turn is None or not case.chain:
        return None
    stage, seat = turn
    return Turn(
        stage=stage,
        seat=seat,
        organisation=case.employer if seat == APPLICANT else case.stage(stage).organisation,
        since=case.waiting_since,
        due_on=returned_until(case) or last_day(desk, case, at),
        urged=case.urged > 0,
        told_above=case.urged == ABOVE,
    )


def _warnings(
    law: Law, told: Facts, case: Case, today: date, calendar: Calendar
) -> tuple[Refusal, ...]:
    if not case.is_open:
        return ()
    stage = getattr(case.phase, "stage", None)
    return (
        *foreseen(calendar, today),
        *ending_too_late(law, told, today, calendar, stage),
    )


def _law(desk: Desk, law: Law, seen: SeenCase, told: Facts) -> Law:
    """The law of the case with its windows as they were extended for it."""
    if seen.case.chain:
        return window_extension.extended(law, window_extension.of_case(desk, law, seen.case))
    persons = [each.person for each in desk.circle(seen.case.applicant)]
    today = desk.acting.today
    granted = window_extension.before_filing(desk, law, told, seen.employer, persons, today)
    return window_extension.extended(law, granted)


def _in_batch(window: Window, told: Facts) -> bool:
    """Windows of the case's batch; of every batch where it has none yet."""
    return told.batch is NOT_MENTIONED or window.batch == told.batch


def _facts(desk: Desk, case: Case, at: datetime) -> Facts:
    """The facts as far as they are stated, as if a draft were filed now."""
    employer = relation.registered(desk, case)
    stated = case if case.application else replace(case, application=NOTHING_STATED)
    known = about(stated, employer, desk.circle(case.applicant))
    told = facts(known, desk.law_for(case), case.filed_at or at)
    batch = None if case.result is None else case.result.batch
    told = told if batch is None else told.with_batch(batch)
    law = desk.law_for(case)
    form = form_of(desk, law, case.employer)(law.batch_of(told))
    return with_vacancies(told, law.vacancy_form(), form, [p.person for p in known.applicant])
