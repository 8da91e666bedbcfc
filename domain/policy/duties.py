"""Duties of time around a case: returns, completion, the yearly roll, papers after publicity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from domain import beijing
from domain.policy.asking import read_when
from domain.policy.computed import DaysAfter
from domain.policy.when import When
from domain.refusal import Citation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.calendar import Calendar
    from domain.policy.reading import Reader

FIRST_REVIEWING_STAGE = "first"
RETURNING_STAGE = "returning"


@dataclass(frozen=True, kw_only=True)
class ReturnRule:
    """Returns for revision (退回修改): where a case resumes and how long there is (A-15).

    ``days`` are calendar days until the default due date, ``resume`` the stage where the
    next round begins. ``clock_runs`` says that a window not yet met keeps running.
    """

    days: int
    resume: str
    clock_runs: bool
    citations: tuple[Citation, ...]

    def due_on(self, returned_on: date) -> date:
        """The last day for the resubmission, unless the return sets another."""
        return returned_on + timedelta(days=self.days)


@dataclass(frozen=True, kw_only=True)
class Completion:
    """The day by which a batch is to be decided; later is valid but marked."""

    id: str
    batches: tuple[str, ...]
    finish_by: date
    flag: str
    citations: tuple[Citation, ...]

    def late(self, decided_at: datetime) -> bool:
        """Whether a decision at this instant comes after the day."""
        return beijing.day(decided_at) > self.finish_by


@dataclass(frozen=True, kw_only=True)
class AnnualRoll:
    """A yearly list of those approved, from one body to another (备案)."""

    chinese: str
    english: str
    sender: str
    receiver: str
    due_month: int
    due_day: int
    citations: tuple[Citation, ...]

    def due_on(self, roll_year: int) -> date:
        """The last day for the roll of a calendar year; it lies in the year after."""
        return date(roll_year + 1, self.due_month, self.due_day)


@dataclass(frozen=True, kw_only=True)
class PaperForm:
    """A form handed in on paper within days after a publicity has ended, or a stage passed.

    Exactly one of ``publicity`` and ``stage`` says after what; at the deciding stage that is the
    day of the decision.
    """

    id: str
    chinese: str
    english: str
    publicity: str | None
    days: int
    copies: int
    stamps: tuple[str, ...]
    flag: str
    when: When
    citations: tuple[Citation, ...]
    stage: str | None = None

    def begins(self, ran: Mapping[str, date], passed: Mapping[str, date]) -> date | None:
        """The day after which the days count: None while it has not come.

        ``ran`` are the publicities that ran with their last days, ``passed`` the stages that the
        case has passed with the days on which it did.
        """
        if self.publicity is not None:
            return ran.get(self.publicity)
        return passed.get(self.stage or "")

    def reached(self, begins: date) -> date:
        """The day on which the period ends, unless it is a day of rest."""
        return begins + timedelta(days=self.days)

    def due(self, begins: date, calendar: Calendar) -> DaysAfter:
        """The last day; a period that ends on a day of rest moves to the next working day.

        Raises ``CalendarNotPublishedError`` when the year is not known.
        """
        reached = self.reached(begins)
        moved = calendar.moved_to_working_day(reached)
        return DaysAfter(begins, self.days, reached, moved != reached, moved)


@dataclass(frozen=True, kw_only=True)
class Retention:
    """How long records are kept; ``years`` is None where nobody has set it."""

    years: int | None
    citations: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True)
class ObjectionRule:
    """Objections (异议): until when one is screened, and whether its objector may be named.

    ``objector_may_be_named``: once it was shown who the objector is, a person of the record.
    """

    screening_working_days: int
    objector_may_be_named: bool
    citations: tuple[Citation, ...]

    def screen_by(self, raised_on: date, calendar: Calendar) -> date:
        """The last day for the screening of what was raised on a day.

        Raises ``CalendarNotPublishedError`` when the year is not known.
        """
        return calendar.working_days_after(raised_on, self.screening_working_days)[-1]


def read_returns(reader: Reader) -> ReturnRule:
    """Read the ``[returns]`` table."""
    return ReturnRule(
        days=reader.number("days"),
        resume=reader.one_of("resume", (FIRST_REVIEWING_STAGE, RETURNING_STAGE)),
        clock_runs=reader.flag("clock_runs", default=False),
        citations=reader.citations(),
    )


def read_completion(reader: Reader) -> Completion:
    """Read one ``[[completion]]`` table."""
    return Completion(
        id=reader.text("id"),
        batches=reader.texts("batches"),
        finish_by=reader.day("finish_by"),
        flag=reader.text("flag"),
        citations=reader.citations(),
    )


def read_annual_roll(reader: Reader) -> AnnualRoll:
    """Read the ``[annual_roll]`` table."""
    return AnnualRoll(
        chinese=reader.text("zh"),
        english=reader.text("en"),
        sender=reader.text("sender"),
        receiver=reader.text("receiver"),
        due_month=reader.number("due_month"),
        due_day=reader.number("due_day"),
        citations=reader.citations(),
    )


def read_paper_form(reader: Reader) -> PaperForm:
    """Read one ``[[paper_forms]]`` table."""
    if ("publicity" in reader) is ("stage" in reader):
        reader.fault(
            "publicity",
            "a form is due after a publicity or after a stage",
            "须写 publicity 或 stage，只写其中一个",
        )
    return PaperForm(
        id=reader.text("id"),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        publicity=reader.maybe_text("publicity"),
        stage=reader.maybe_text("stage"),
        days=reader.number("days"),
        copies=reader.number("copies"),
        stamps=reader.texts("stamps", ()),
        flag=reader.text("flag"),
        when=read_when(reader),
        citations=reader.citations(),
    )


def read_objections(reader: Reader) -> ObjectionRule:
    """Read the ``[objections]`` table."""
    return ObjectionRule(
        screening_working_days=reader.number("screening_working_days"),
        objector_may_be_named=reader.flag("objector_may_be_named"),
        citations=reader.citations(),
    )


def read_retention(reader: Reader) -> Retention:
    """Read the ``[retention]`` table."""
    return Retention(years=reader.maybe_number("years"), citations=reader.citations())
