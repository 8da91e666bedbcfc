"""Where each case stands now (当前状态).

Asked by case id or case number; lists are asked of ``projections.parties``.
As of an earlier position a case is a fold of its stream and is not asked here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from domain.case import events as case
from projections.chain import Stage, chain_of, stage_of
from projections.table import Table
from projections.view import View, events_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from psycopg import Connection

    from projections.fact import Fact
    from projections.page import Page

APPLICANT = "applicant"


@dataclass(slots=True, kw_only=True)
class CaseStatus:
    """One case.

    ``phase`` is draft, under_review, returned, suspended, recognised, certified, or how it ended:
    not_accepted, rejected, withdrawn, lapsed, disqualified.
    ``stage``, ``organisation`` and ``seat`` say who has to act; ``due_at`` (UTC) until when, and
    ``complete_by`` (Beijing) by when the notice wants the whole review done.
    ``before`` is the phase in which a suspended case goes on.
    """

    case: str
    number: str
    applicant: str
    account: str
    employer: str
    pack: str
    pack_number: int
    pack_digest: str
    series: str
    specialty: str
    level: str
    channel: str
    opened_at: datetime
    act: str
    changed_at: datetime
    version: int
    position: int
    phase: str = "draft"
    before: str | None = None
    round: int = 0
    stage: str | None = None
    organisation: str | None = None
    seat: str | None = APPLICANT
    due_at: datetime | None = None
    complete_by: date | None = None
    route: str | None = None
    authority: str | None = None
    batch: str | None = None
    reference_date: date | None = None
    flags: tuple[str, ...] = ()
    chain: tuple[Stage, ...] = ()
    label: str | None = None
    effective_on: date | None = None
    certificate: str | None = None
    submitted_at: datetime | None = None
    ended_at: datetime | None = None


cases = Table(
    "case_status",
    CaseStatus,
    key=("case",),
    indexes=("(number)",),
)
view = View("status", 1, (cases,))


@view.on(case.CaseOpened)
def _opened(fact: Fact, page: Page) -> None:
    law = fact["law"]
    page.rows(cases).put(
        CaseStatus(
            case=fact.stream,
            number=fact["number"],
            applicant=fact["applicant"],
            account=fact["account"],
            employer=fact["employer"],
            pack=law["pack"],
            pack_number=law["number"],
            pack_digest=law["digest"],
            series=fact["series"],
            specialty=fact["specialty"],
            level=fact["level"],
            channel=fact["channel"],
            opened_at=fact.at,
            act=fact.topic,
            changed_at=fact.at,
            version=fact.version,
            position=fact.position,
        )
    )


@view.on(*(each for each in events_of(case) if each is not case.CaseOpened))
def _went_on(fact: Fact, page: Page) -> None:
    row = page.rows(cases).get(fact.stream)
    if row is None:
        msg = "an event of a case that was never opened"
        raise LookupError(msg)
    change = _CHANGES.get(fact.topic)
    if change is not None:
        change(row, fact)
    row.act, row.changed_at = fact.topic, fact.at
    row.version, row.position = fact.version, fact.position
    page.rows(cases).put(row)


def _submitted(row: CaseStatus, fact: Fact) -> None:
    row.chain = chain_of(fact)
    row.complete_by = fact.day("complete_by")
    row.submitted_at = fact.at
    _assessed(row, fact["result"])
    _arrived(row, fact["round"], row.chain[0])


def _resubmitted(row: CaseStatus, fact: Fact) -> None:
    _assessed(row, fact["result"])
    _arrived(row, fact["round"], stage_of(row.chain, fact["resume_stage"]))


def _forwarded(row: CaseStatus, fact: Fact) -> None:
    _arrived(row, fact["round"], stage_of(row.chain, fact["to_stage"]))


def _arrived(row: CaseStatus, round_: int, stage: Stage) -> None:
    row.phase, row.round, row.due_at = "under_review", round_, None
    row.stage, row.organisation, row.seat = stage.stage, stage.organisation, stage.first_seat


def _assessed(row: CaseStatus, result: dict[str, Any]) -> None:
    row.route, row.authority, row.batch = result["route"], result["authority"], result["batch"]
    day = result["reference_date"]
    row.reference_date = None if day is None else date.fromisoformat(day)
    row.flags = _with(row.flags, *result["flags"])


def _opinion_given(row: CaseStatus, fact: Fact) -> None:
    row.seat = stage_of(row.chain, fact["stage"]).seat_after("handler")


def _approved(row: CaseStatus, fact: Fact) -> None:
    row.seat = stage_of(row.chain, fact["stage"]).seat_after("leader")


def _returned(row: CaseStatus, fact: Fact) -> None:
    row.phase, row.seat, row.due_at = "returned", APPLICANT, fact.instant("due_at")


def _suspended(row: CaseStatus, _: Fact) -> None:
    row.before, row.phase = row.phase, "suspended"


def _resumed(row: CaseStatus, _: Fact) -> None:
    row.phase, row.before = row.before or row.phase, None


def _recognised(row: CaseStatus, fact: Fact) -> None:
    _over(row, "recognised", fact)
    row.label, row.level, row.effective_on = fact["label"], fact["level"], fact.day("effective_on")


def _certified(row: CaseStatus, fact: Fact) -> None:
    row.phase, row.certificate = "certified", fact["certificate"]


def _flagged(row: CaseStatus, fact: Fact) -> None:
    row.flags = _with(row.flags, f"overdue:{fact['what']}")


def _over(row: CaseStatus, phase: str, fact: Fact) -> None:
    row.phase, row.before, row.ended_at = phase, None, fact.at
    row.seat = row.due_at = None


def _with(flags: tuple[str, ...], *new: str) -> tuple[str, ...]:
    return tuple(sorted({*flags, *new}))


_CHANGES: dict[str, Callable[[CaseStatus, Fact], None]] = {
    case.CaseSubmitted.topic: _submitted,
    case.CaseResubmitted.topic: _resubmitted,
    case.CaseForwarded.topic: _forwarded,
    case.HandlerOpinionGiven.topic: _opinion_given,
    case.LeaderApproved.topic: _approved,
    case.CaseReturned.topic: _returned,
    case.CaseSuspended.topic: _suspended,
    case.CaseResumed.topic: _resumed,
    case.TitleRecognised.topic: _recognised,
    case.CertificateIssued.topic: _certified,
    case.OverdueFlagged.topic: _flagged,
    case.CaseNotAccepted.topic: lambda row, fact: _over(row, "not_accepted", fact),
    case.CaseRejected.topic: lambda row, fact: _over(row, "rejected", fact),
    case.CaseWithdrawn.topic: lambda row, fact: _over(row, "withdrawn", fact),
    case.CaseLapsed.topic: lambda row, fact: _over(row, "lapsed", fact),
    case.ApplicantDisqualified.topic: lambda row, fact: _over(row, "disqualified", fact),
}


def of(connection: Connection[Any], case_id: str) -> CaseStatus | None:
    """The case with this id."""
    found = cases.select(connection, 'WHERE "case" = %s', (case_id,))
    return found[0] if found else None


def by_number(connection: Connection[Any], number: str) -> CaseStatus | None:
    """The case with this case number."""
    found = cases.select(connection, "WHERE number = %s", (number,))
    return found[0] if found else None
