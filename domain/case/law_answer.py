"""Asking the law about a case, and writing down its answer as an event keeps it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, Protocol, TypeVar, assert_never

from domain.beijing import day
from domain.case.establishing import open_at_filing
from domain.case.facts import About, facts
from domain.case.values import AssessmentResult, OpenFact, Reckoning, reason_of
from domain.person.integrity import blocks, in_scope, marks
from domain.policy.computed import Anniversary, ClosedPeriod, DaysAfter, Sum, WorkingDays
from domain.policy.facts import Facts
from domain.policy.materials import channel_mark, materials_for
from domain.policy.missing_table import TABLE
from domain.policy.sources import FILING
from domain.policy.verdict import Outcome, Status, Verdict
from domain.refusal import Refusal
from domain.replacing import replace
from domain.vacancies.facts import with_vacancies
from domain.vacancies.state import VacancyForm

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from domain.calendar import Calendar
    from domain.policy.computed import Computed
    from domain.policy.law import Law

Find = Callable[[str | None], VacancyForm | None]
"""The form of posts for a batch; where the notice asks for one in all, whatever the batch."""
T = TypeVar("T")
_STAND = frozenset({"application", "employer", "applicant", "following"})
"""What of a question is a state, or part of one, in which there are somebody's words."""


class Remember(Protocol):
    """What may know already what follows."""

    def __call__(
        self,
        what: object,
        stands: tuple[object, ...],
        told: tuple[object, ...],
        reckon: Callable[[], T],
        /,
    ) -> T:
        """What follows from states that stand and from what is told: as remembered, or reckoned."""


@dataclass(frozen=True)
class LawAnswer:
    """The law's verdict on a case, with what stands in the way of filing it.

    ``facts`` are those that the law was told, in the batch that it found.
    """

    facts: Facts
    verdict: Verdict
    filed_at: datetime
    obstacles: tuple[Refusal, ...]
    marks: tuple[str, ...] = ()

    @cached_property
    def result(self) -> AssessmentResult:
        """The verdict as an event keeps it."""
        return _result(self.verdict, self.filed_at)

    def as_told(self, law: Law) -> Verdict:
        """The verdict if nothing is in question but what was told.

        Where the years stand in another text, whoever leaves out what they are reckoned from is
        told no more than who states it.
        """
        verdict = law.assess(replace(self.facts, assumes_stated=True))
        silent = any(
            each.id == TABLE and each.status is Status.OPEN for each in self.verdict.root.walk()
        )
        unknown = silent and verdict.outcome is Outcome.ELIGIBLE
        outcome = Outcome.UNDETERMINED if unknown else verdict.outcome
        return replace(verdict, outcome=outcome, flags=(*verdict.flags, *self.marks))


def ask(
    law: Law,
    about: About,
    *,
    filed_at: datetime,
    present: Collection[str],
    vacancies: Find,
    calendar: Calendar,
    in_window: bool = True,
    remember: Remember | None = None,
) -> LawAnswer:
    """Ask the law about a filing at ``filed_at``.

    Years count as at the first filing (A-15), so a resubmission asks with that instant and
    with ``in_window`` false: the window bound the first arrival.
    ``present`` are the kinds of material that the case has; what came online though it is
    handed in on paper is kept and marked (YU-06).
    ``vacancies`` finds the form of posts that the employer stated.
    ``remember`` may know what the law is told, and the verdict.
    """
    knows, resting = remember or _anew, _resting(law, about, filed_at)
    known, batch = knows((_told, law.digest), *resting, partial(_told, law, about, filed_at))
    form = vacancies(batch)
    judge = partial(_judged, law, about, known, form)
    told, verdict = knows((_judged, law.digest), (known, form), (), judge)
    marked = (
        *_channel_marks(law, told, present),
        *marks(about.entries, about.employer.area, day(filed_at)),
    )
    verdict = replace(verdict, flags=(*verdict.flags, *marked))
    if verdict.batch is not None:
        told = told.with_batch(verdict.batch)
    obstacles: list[Refusal] = []
    if in_window:
        admitted = law.admission("applicant", filed_at, told, calendar=calendar)
        if admitted.refusal is not None:
            obstacles.append(admitted.refusal)
    if verdict.outcome is Outcome.INELIGIBLE:
        obstacles += verdict.refusals
    obstacles += open_at_filing(verdict, law)
    unsaid = {each.name for each in verdict.open if each.by == FILING}
    obstacles += law.missing_materials(told, present, unsaid=unsaid)
    return LawAnswer(told, verdict, filed_at, _each_once(obstacles), marked)


def _resting(
    law: Law, about: About, filed_at: datetime
) -> tuple[tuple[object, ...], tuple[object, ...]]:
    """On what the facts rest: what stands as it is, and what is told."""
    stands = (about.application, about.employer, *about.applicant, *about.following)
    told = {name: each for name, each in vars(about).items() if name not in _STAND}
    return (law.whole, *stands), (told, filed_at)


def _anew(_what: object, _stands: object, _told: object, reckon: Callable[[], T]) -> T:
    return reckon()


def _told(law: Law, about: About, filed_at: datetime) -> tuple[Facts, str | None]:
    """The facts, and the batch in which they fall."""
    known = facts(about, law, filed_at)
    return known, law.batch_of(known)


def _judged(
    law: Law, about: About, known: Facts, form: VacancyForm | None
) -> tuple[Facts, Verdict]:
    """The facts with what the form of posts says, and the verdict on them."""
    persons = [each.person for each in about.applicant]
    told = with_vacancies(known, law.vacancy_form(), form, persons)
    return told, law.assess(told)


def _channel_marks(law: Law, told: Facts, present: Collection[str]) -> tuple[str, ...]:
    uploaded = [each for each in law.whole.materials.values() if each.id in present]
    marks = {each.id: mark for each in uploaded if (mark := channel_mark(each, "online"))}
    asked = materials_for((each for each in uploaded if each.id in marks), told)
    return tuple(dict.fromkeys(marks[each.id].code for each in asked))


def personal_obstacles(law: Law, about: About, case: str, at: datetime) -> list[Refusal]:
    """What stands in the way because of the person: integrity record, another open case."""
    entries = in_scope(about.entries, about.employer.area, day(at))
    obstacles = blocks(entries, law.behind("INTEGRITY_BLOCK"))
    if any(filing != case for person in about.applicant for filing in person.filings):
        obstacles.append(open_case(law))
    return obstacles


def open_case(law: Law) -> Refusal:
    """The applicant has another case under way (A-22)."""
    return Refusal(
        "OPEN_CASE",
        "申报人另有一件申报正在办理（含以其他账号、证件提交的）。请待其终结或撤回后再申报。",
        "The applicant has another case under way, under whatever account or document."
        " Withdraw it or wait for its end.",
        law.behind("OPEN_CASE"),
    )


def _result(verdict: Verdict, at: datetime) -> AssessmentResult:
    return AssessmentResult(
        outcome=verdict.outcome.value,
        level=verdict.level,
        route=verdict.route,
        authority=verdict.authority.code if verdict.authority else None,
        action=verdict.action,
        batch=verdict.batch,
        reference_date=verdict.reference_date,
        reasons=tuple(map(reason_of, verdict.refusals)),
        flags=verdict.flags,
        reckonings=tuple(_reckoning(each) for each in verdict.computed),
        rules=tuple(dict.fromkeys(citation.rule for citation in verdict.citations)),
        open=tuple(
            OpenFact(fact=e.name, said_by=tuple(map(str, e.said_by)), by=e.by) for e in verdict.open
        ),
        assessed_at=at,
    )


def _reckoning(computed: Computed) -> Reckoning:
    match computed:
        case Anniversary():
            years, months = computed.years, computed.months
            return _reckoned(
                "anniversary", computed.start, computed.reached, years=years, months=months
            )
        case ClosedPeriod():
            length = computed.length
            return _reckoned(
                "closed",
                computed.first_day,
                computed.last_day,
                years=length.years,
                months=length.months,
                days=length.days,
            )
        case Sum():
            total = computed.total
            return _reckoned(
                "sum",
                None,
                computed.reached,
                years=total.years,
                months=total.months,
                days=total.days,
            )
        case WorkingDays():
            return _reckoned("workdays", computed.posted, computed.ends, days=computed.count)
        case DaysAfter():
            return _reckoned("plus_days", computed.start, computed.moved, days=computed.days)
        case _:
            assert_never(computed)


def _reckoned(
    kind: str,
    begins_on: date | None,
    ends_on: date | None,
    *,
    years: int = 0,
    months: int = 0,
    days: int = 0,
) -> Reckoning:
    return Reckoning(
        kind=kind,
        begins_on=begins_on,
        ends_on=ends_on,
        years=years,
        months=months,
        days=days,
        rules=(),
    )


def _each_once(refusals: list[Refusal]) -> tuple[Refusal, ...]:
    return tuple(dict.fromkeys(refusals))
