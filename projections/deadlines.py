"""What falls due by itself (到期事项), for the timekeeper.

A day that the law gives ends at its 24:00 in Beijing, so a deadline is kept as the first
instant, in UTC, that no longer belongs to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from domain import beijing
from domain.case import (
    amendment,
    certificate,
    committee,
    ending,
    filing,
    lapse,
    leader_decision,
    next_stage,
    objections,
    paper,
    publicity,
    reexamination,
    rescission,
    resubmission,
    returning,
    suspension,
    withdrawal,
)
from domain.criticism import events as criticism
from domain.investigation import events as investigation
from domain.objection import events as objection
from projections.fact import moment
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from psycopg import Connection

    from projections.fact import Fact
    from projections.page import Page

RETURN = "return"
"""A returned case has to be resubmitted."""
COMPLETION = "completion"
"""The whole review has to be done."""
PUBLICITY = "publicity"
"""A publicity runs out."""
SCREENING = "screening"
"""An objection has to be admitted or not."""
ANSWER = "answer"
"""The subject of an investigation, or of a criticism, may state their case."""
FINDING = "finding"
"""An investigation has to be concluded."""
REVIEW = "review"
"""A re-examination has to be decided."""


@dataclass(slots=True)
class Deadline:
    """One deadline; ``version`` and ``position`` are those of the event that set it.

    ``running`` is false where it is over, but would run again if an act is rescinded.
    """

    stream: str
    kind: str
    due_at: datetime
    round: int
    rules: tuple[str, ...]
    version: int
    position: int
    running: bool = True


deadlines = Table(
    "deadline",
    Deadline,
    key=("stream", "kind"),
    indexes=(
        "(due_at, stream, kind) WHERE running",
        "(kind, due_at, stream) WHERE running",
    ),
)


@dataclass(slots=True)
class Undated:
    """A last day that nobody could reckon: its year's working days were not published.

    ``item`` is ``SCREENING``, or the receipt of papers; ``over`` says that it was done since.
    """

    stream: str
    item: str
    over: bool = False


undated = Table("undated", Undated, key=("stream", "item"))
view = View("due", 8, (deadlines, undated))


@view.on(returning.CaseReturned, objections.ReturnedOnObjection, reexamination.LapseSetAside)
def _returned(fact: Fact, page: Page) -> None:
    _set(fact, page, RETURN, fact.instant("due_at"), fact.words("due_rules"))


@view.on(filing.CaseSubmitted)
def _submitted(fact: Fact, page: Page) -> None:
    day = fact.day("complete_by")
    if day is not None:
        _set(fact, page, COMPLETION, beijing.end(day), fact.words("complete_by_rules"))


@view.on(resubmission.CaseResubmitted)
def _resubmitted(fact: Fact, page: Page) -> None:
    page.rows(deadlines).remove(fact.stream, RETURN)


@view.on(suspension.CaseSuspended)
def _held(fact: Fact, page: Page) -> None:
    """A return does not run on while its case is held still."""
    row = page.rows(deadlines).get(fact.stream, RETURN)
    if row is not None:
        row.running = False
        page.rows(deadlines).put(row)


@view.on(suspension.CaseResumed)
def _went_on(fact: Fact, page: Page) -> None:
    row = page.rows(deadlines).get(fact.stream, RETURN)
    if row is not None:
        due_at = fact.fields.get("due_at")
        row.running = True
        row.due_at = row.due_at if due_at is None else moment(due_at)
        page.rows(deadlines).put(row)


@view.on(next_stage.OverdueFlagged)
def _flagged(fact: Fact, page: Page) -> None:
    page.rows(deadlines).remove(fact.stream, fact["what"])


@view.on(publicity.PublicityOpened)
def _posted(fact: Fact, page: Page) -> None:
    day = fact.day("ends_on")
    if day is not None:
        _set(fact, page, PUBLICITY, beijing.end(day), fact.words("rules"))


@view.on(amendment.EntryAmended)
def _amended(fact: Fact, page: Page) -> None:
    """A posting ends on another day, be it that it runs again."""
    posted = fact["says"]["posted"]
    if posted is None:
        return
    if posted["runs"] or page.rows(deadlines).get(fact.stream, PUBLICITY) is not None:
        due_at = beijing.end(date.fromisoformat(posted["ends_on"]))
        _set(fact, page, PUBLICITY, due_at, fact.words("rules"))


@view.on(publicity.PublicityClosed, publicity.PublicityVoided, next_stage.CaseForwarded)
def _public_no_more(fact: Fact, page: Page) -> None:
    page.rows(deadlines).remove(fact.stream, PUBLICITY)


@view.on(
    leader_decision.CaseNotAccepted,
    leader_decision.CaseRejected,
    committee.RejectedByVote,
    objections.RejectedOnObjection,
    next_stage.TitleRecognised,
    next_stage.CaseReferredUp,
)
def _decided(fact: Fact, page: Page) -> None:
    page.rows(deadlines).remove(fact.stream, PUBLICITY)
    _run(fact, page, running=False)


@view.on(rescission.ActRescinded)
def _rescinded(fact: Fact, page: Page) -> None:
    page.rows(deadlines).remove(fact.stream, PUBLICITY)
    page.rows(deadlines).remove(fact.stream, RETURN)
    _run(fact, page, running=True)


@view.on(
    withdrawal.CaseWithdrawn,
    lapse.CaseLapsed,
    ending.ApplicantDisqualified,
    certificate.CertificateIssued,
)
def _ended(fact: Fact, page: Page) -> None:
    for each in page.rows(deadlines).of(fact.stream):
        page.rows(deadlines).remove(each.stream, each.kind)


def _run(fact: Fact, page: Page, *, running: bool) -> None:
    for each in page.rows(deadlines).of(fact.stream):
        each.running = running
        page.rows(deadlines).put(each)


@view.on(objection.ObjectionRaised)
def _raised(fact: Fact, page: Page) -> None:
    day = fact.day("screen_by") if "screen_by" in fact.fields else None
    if day is None:
        page.rows(undated).put(Undated(fact.stream, SCREENING))
    else:
        _set(fact, page, SCREENING, beijing.end(day), ())


@view.on(
    objection.ObjectionAdmitted,
    objection.ObjectionNotAdmitted,
    objection.ObjectionWithdrawn,
    objection.ScreeningOverdue,
)
def _screened(fact: Fact, page: Page) -> None:
    page.rows(deadlines).remove(fact.stream, SCREENING)
    row = page.rows(undated).get(fact.stream, SCREENING)
    if row is None:
        return
    if fact.topic == objection.ObjectionWithdrawn.topic and not row.over:
        page.rows(undated).remove(fact.stream, SCREENING)
        return
    row.over = True
    page.rows(undated).put(row)


@view.on(objection.ScreeningDated)
def _screening_dated(fact: Fact, page: Page) -> None:
    row = page.rows(undated).get(fact.stream, SCREENING)
    page.rows(undated).remove(fact.stream, SCREENING)
    if (day := fact.day("screen_by")) is not None and row is not None and not row.over:
        _set(fact, page, SCREENING, beijing.end(day), fact.words("rules"))


@view.on(paper.PaperReceived)
def _handed_in(fact: Fact, page: Page) -> None:
    if fact.fields.get("reached_on") is not None:
        page.rows(undated).put(Undated(fact.stream, fact["receipt"]))


@view.on(paper.PaperDated)
def _paper_dated(fact: Fact, page: Page) -> None:
    page.rows(undated).remove(fact.stream, fact["receipt"])


@view.on(investigation.InvestigationOpened, investigation.TermExtended)
def _investigated(fact: Fact, page: Page) -> None:
    _set_day(fact, page, FINDING, "due_on")


@view.on(investigation.MisconductFound, investigation.InvestigationClosed)
def _concluded(fact: Fact, page: Page) -> None:
    page.rows(deadlines).remove(fact.stream, FINDING)


@view.on(investigation.ReviewRequested, reexamination.ReexaminationRequested)
def _review_asked(fact: Fact, page: Page) -> None:
    _set_day(fact, page, REVIEW, "decide_by")


@view.on(
    investigation.ReviewDecided,
    reexamination.OutcomeUpheld,
    reexamination.OutcomeSetAside,
    reexamination.LapseSetAside,
)
def _review_decided(fact: Fact, page: Page) -> None:
    page.rows(deadlines).remove(fact.stream, REVIEW)
    if fact.topic == reexamination.OutcomeSetAside.topic:
        _run(fact, page, running=True)


@view.on(investigation.AllegationNotified, criticism.CriticismNotified)
def _notified(fact: Fact, page: Page) -> None:
    _set(fact, page, ANSWER, fact.instant("answer_by"), fact.words("rules"))


@view.on(
    investigation.StatementReceived,
    investigation.MisconductFound,
    investigation.InvestigationClosed,
    criticism.CriticismAnswered,
    criticism.CircularCriticismIssued,
    criticism.CriticismDropped,
)
def _answered(fact: Fact, page: Page) -> None:
    page.rows(deadlines).remove(fact.stream, ANSWER)


def _set_day(fact: Fact, page: Page, kind: str, name: str) -> None:
    """A deadline through the end of a day in Beijing."""
    if (day := fact.day(name)) is not None:
        _set(fact, page, kind, beijing.end(day), fact.words("rules"))


def _set(fact: Fact, page: Page, kind: str, due_at: datetime, rules: tuple[str, ...]) -> None:
    round_ = fact.fields.get("round", 0)
    page.rows(deadlines).put(
        Deadline(fact.stream, kind, due_at, round_, rules, fact.version, fact.position)
    )


def fallen_due(
    connection: Connection[Any],
    at: datetime,
    *,
    kind: str | None = None,
    after: tuple[datetime, str, str] | None = None,
    limit: int = 100,
) -> list[Deadline]:
    """What is due at the instant ``at`` or was before, of one kind or of all, the oldest first.

    ``after`` is (due_at, stream, kind) of the last one seen.
    """
    first = after or (datetime(1, 1, 1, tzinfo=UTC), "", "")
    where = "running AND due_at <= %s AND (due_at, stream, kind) > (%s, %s, %s)"
    given: list[Any] = [at, *first]
    if kind is not None:
        where += " AND kind = %s"
        given.append(kind)
    rest = f"WHERE {where} ORDER BY due_at, stream, kind LIMIT %s"
    return deadlines.select(connection, rest, [*given, limit])


def waiting_for_a_calendar(connection: Connection[Any]) -> list[Undated]:
    """What was to be dated once its year's working days are known."""
    return undated.select(connection, "ORDER BY stream, item", ())


def of(connection: Connection[Any], stream: str) -> list[Deadline]:
    """The deadlines that run for a case or an investigation."""
    return deadlines.select(connection, "WHERE running AND stream = %s ORDER BY due_at", (stream,))
