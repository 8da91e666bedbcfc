"""The terms of due process (程序期限): how long somebody has to answer, and an authority to act.

A term counts days or working days from the day after the one on which it begins, which is the day
of being told wherever it runs against somebody. It is over at 24:00 of its last day in Beijing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from domain.refusal import Citation, rules_of

if TYPE_CHECKING:
    from domain.calendar import Calendar
    from domain.policy.reading import Reader

STATEMENT = "statement"
HEARING_NOTICE = "hearing_notice"
PUBLIC_NOTICE = "public_notice"
SERVICE = "service"
FINDING = "finding"
CORRECTION = "correction"
REVIEW_REQUEST = "review_request"
REVIEW_DECISION = "review_decision"
ACCEPTANCE = "acceptance"
CONCLUSION = "conclusion"
RELEASE = "release"
ACCESSION = "accession"
STANDING_IN = "standing_in"
URGING = "urging"
APPOINTMENT = "appointment"
AUTHORITY_OR_ABOVE, ABOVE = "authority_or_above", "above"
FORUMS = (AUTHORITY_OR_ABOVE, ABOVE)
TERMS = (
    STATEMENT,
    HEARING_NOTICE,
    PUBLIC_NOTICE,
    SERVICE,
    FINDING,
    CORRECTION,
    REVIEW_REQUEST,
    REVIEW_DECISION,
    ACCEPTANCE,
    CONCLUSION,
    RELEASE,
    ACCESSION,
    STANDING_IN,
    URGING,
    APPOINTMENT,
)


@dataclass(frozen=True, kw_only=True)
class ProcessTerm:
    """One term; exactly one of ``days`` and ``working_days`` says how long it is."""

    id: str
    chinese: str
    english: str
    days: int | None
    working_days: int | None
    citations: tuple[Citation, ...]
    forum: str = AUTHORITY_OR_ABOVE
    """Who decides in this term: the authority that decided before or one above, or only those."""

    def last_day(self, begins: date, calendar: Calendar) -> date:
        """The last day of the term that begins on a day, which is itself not counted.

        Raises ``CalendarNotPublishedError`` when it counts working days of an unknown year.
        """
        if self.working_days is not None:
            return calendar.working_days_after(begins, self.working_days)[-1]
        return begins + timedelta(days=self.days or 0)

    @property
    def in_words(self) -> tuple[str, str]:
        """How long it is, in Chinese and in English."""
        if self.working_days is not None:
            return f"{self.working_days}个工作日", f"{self.working_days} working days"
        return f"{self.days}日", f"{self.days} days"

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of the rules on which it rests."""
        return rules_of(self.citations)


def read_process_term(reader: Reader) -> ProcessTerm:
    """Read one ``[[process_terms]]`` table."""
    if ("days" in reader) is ("working_days" in reader):
        reader.fault(
            "days",
            "a term counts either days or working days",
            "期限写 days 或 working_days，只写其中一个",
        )
    if "working_days" in reader and reader.text("id") == STANDING_IN:
        reader.fault("working_days", "standing in is counted in days", "岗位代理按日计算，写 days")
    term = ProcessTerm(
        id=reader.one_of("id", TERMS),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        days=reader.maybe_number("days"),
        working_days=reader.maybe_number("working_days"),
        citations=reader.citations(),
        forum=reader.one_of("forum", FORUMS, AUTHORITY_OR_ABOVE),
    )
    if (term.days or term.working_days or 0) < 1:
        key = "days" if term.working_days is None else "working_days"
        reader.fault(key, "a term has at least one day", "期限至少一日")
    return term
