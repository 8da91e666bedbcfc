"""Where each case stands now (当前状态).

Asked by case id or case number; whose list shows which cases: see ``projections.case_scope``.
As of an earlier position a case is a fold of its stream and is not asked here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from domain import beijing
from domain.case import (
    amendment,
    assistance,
    certificate,
    draft,
    filing,
    next_stage,
    objections,
    publicity,
    rescission,
    resubmission,
    returning,
    supplement,
)
from domain.case.phase import PhaseName
from projections.case_order import ORDERS, ListedCase
from projections.chain import Stage, chain_of
from projections.course import CHANGES, DRAFT, Course, Stand
from projections.dealings import DECISIONS
from projections.fact import moment
from projections.table import Part, Table
from projections.view import View, events_about

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from psycopg import Connection

    from projections.fact import Fact
    from projections.page import Page

_OPEN = frozenset(
    {
        PhaseName.DRAFT,
        PhaseName.UNDER_REVIEW,
        PhaseName.AWAITING_PUBLICITY,
        PhaseName.UNDER_PUBLICITY,
        PhaseName.PUBLICISED,
        PhaseName.RETURNED,
        PhaseName.SUSPENDED,
    }
)


@dataclass(slots=True, kw_only=True)
class CaseStatus:
    """One case.

    ``phase``, ``stage``, ``organisation``, ``seat``, ``due_at`` (UTC) and ``before`` are those of
    ``projections.course``; ``stand`` and ``undo`` are what it goes on from.
    ``late_papers`` are the entries of papers that came late; ``complete_by`` (Beijing) is when the
    notice wants the whole review done; ``level`` is what was applied for, ``granted`` what was
    recognised; ``objections`` are those that are open.
    ``helper`` is who files for the applicant, ``helping_for`` the organisation for which.
    ``returns`` counts how often it was returned; ``decided_on`` (Beijing) is when it was last
    decided or returned at any stage, ``decided_before`` the time before that, to which a rescinded
    act leads back.
    """

    case: str
    number: str
    applicant: str
    account: str
    employer: str
    pack: str
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
    phase: str = PhaseName.DRAFT
    before: str | None = None
    round: int = 0
    stage: str | None = None
    organisation: str | None = None
    seat: str | None = None
    due_at: datetime | None = None
    complete_by: date | None = None
    route: str | None = None
    authority: str | None = None
    batch: str | None = None
    reference_date: date | None = None
    flags: tuple[str, ...] = ()
    late_papers: tuple[int, ...] = ()
    chain: tuple[Stage, ...] = ()
    stand: Stand = DRAFT
    undo: Stand | None = None
    objections: tuple[str, ...] = ()
    label: str | None = None
    granted: str | None = None
    effective_on: date | None = None
    certificate: str | None = None
    helper: str | None = None
    helping_for: str | None = None
    submitted_at: datetime | None = None
    ended_at: datetime | None = None
    returns: int = 0
    decided_on: date | None = None
    decided_before: date | None = None


_NARROWED = (
    "stage",
    "pack",
    "series",
    "level",
    "batch",
    "applicant",
    "employer",
    "submitted_at",
    "due_at",
)
"""The columns by which lists of cases are narrowed, but for those by which they are ordered."""


cases = Table(
    "case_status",
    CaseStatus,
    key=("case",),
    indexes=(
        "(number)",
        "USING gin (flags)",
        '(phase, "case", submitted_at)',
        *(f'({column}, "case")' for column in _NARROWED),
        *(f'(({each.key}), "case", phase)' for each in ORDERS.values() if each.column),
        '("case", submitted_at, changed_at, phase) WHERE submitted_at IS NOT NULL',
    ),
)
listed = Part(cases, ListedCase)
view = View("status", 12, (cases,))


@view.on(draft.CaseOpened)
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
            pack_digest=law["digest"],
            series=fact["series"],
            specialty=fact["specialty"],
            level=fact["level"],
            channel=fact["channel"],
            seat=DRAFT.seat,
            opened_at=fact.at,
            act=fact.topic,
            changed_at=fact.at,
            version=fact.version,
            position=fact.position,
        )
    )


@view.on(*(each for each in events_about("case") if each is not draft.CaseOpened))
def _went_on(fact: Fact, page: Page) -> None:
    row = page.rows(cases).get(fact.stream)
    if row is None:
        msg = "an event of a case that was never opened"
        raise LookupError(msg)
    change = _CHANGES.get(fact.topic)
    if change is not None:
        change(row, fact)
    if fact.topic in _DECIDED:
        row.decided_on, row.decided_before = beijing.day(fact.at), row.decided_on
    if fact.topic in CHANGES:
        _go_on(row, fact)
    row.act, row.changed_at = fact.topic, fact.at
    row.version, row.position = fact.version, fact.position
    page.rows(cases).put(row)


def _go_on(row: CaseStatus, fact: Fact) -> None:
    course = Course(row.chain, row.stand, row.undo).follow(fact)
    row.chain = course.chain
    stand, row.stand, row.undo = course.stand, course.stand, course.undo
    if row.phase != stand.phase:
        row.ended_at = None if stand.phase in _OPEN else row.ended_at or fact.at
    row.phase, row.before, row.round = stand.phase, stand.before, stand.round
    row.stage, row.organisation, row.seat = stand.stage, stand.organisation, stand.seat
    row.due_at = None if stand.due_at is None else moment(stand.due_at)
    if stand.phase not in (PhaseName.RECOGNISED, PhaseName.REVOKED):
        row.label = row.granted = row.effective_on = None


def _stands_under(row: CaseStatus, fact: Fact) -> None:
    law = fact["law"]
    row.pack, row.pack_digest = law["pack"], law["digest"]


def _submitted(row: CaseStatus, fact: Fact) -> None:
    _stands_under(row, fact)  # the law may have been amended since the draft
    row.chain = chain_of(fact)
    row.complete_by = fact.day("complete_by")
    row.submitted_at = fact.at
    _assessed(row, fact)


def _assessed(row: CaseStatus, fact: Fact) -> None:
    result = fact["result"]
    row.route, row.authority, row.batch = result["route"], result["authority"], result["batch"]
    day = result["reference_date"]
    row.reference_date = None if day is None else date.fromisoformat(day)
    _flag(row, *result["flags"])


def _recognised(row: CaseStatus, fact: Fact) -> None:
    row.label, row.granted, row.effective_on = (
        fact["label"],
        fact["level"],
        fact.day("effective_on"),
    )


def _certified(row: CaseStatus, fact: Fact) -> None:
    row.certificate = fact["certificate"]


def _voided(row: CaseStatus, _fact: Fact) -> None:
    row.certificate = None


def _assisted(row: CaseStatus, fact: Fact) -> None:
    row.helper, row.helping_for = fact.person, fact["organisation"]


def _unassisted(row: CaseStatus, _fact: Fact) -> None:
    row.helper = row.helping_for = None


def _objected(row: CaseStatus, fact: Fact) -> None:
    row.objections = (*row.objections, fact["objection"])


def _settled(row: CaseStatus, fact: Fact) -> None:
    row.objections = tuple(each for each in row.objections if each != fact["objection"])


def _overdue(row: CaseStatus, fact: Fact) -> None:
    entry = fact.fields.get("entry")
    row.late_papers = row.late_papers if entry is None else (*row.late_papers, entry)
    _flag(row, f"overdue:{fact['what']}")


def _amended(row: CaseStatus, fact: Fact) -> None:
    """Papers whose entry was amended are late no more, unless they are marked again."""
    left = tuple(each for each in row.late_papers if each != fact["entry"])
    if row.late_papers and not left:
        row.flags = tuple(each for each in row.flags if each != "overdue:paper")
    row.late_papers = left


def _returned(row: CaseStatus, _fact: Fact) -> None:
    row.returns += 1


def _rescinded(row: CaseStatus, fact: Fact) -> None:
    if fact["act_topic"] in _DECIDED:
        row.decided_on, row.decided_before = row.decided_before, None
    if fact["act_topic"] == returning.CaseReturned.topic:
        row.returns -= 1


def _flag(row: CaseStatus, *flags: str) -> None:
    row.flags = tuple(sorted({*row.flags, *flags}))


_CHANGES: dict[str, Callable[[CaseStatus, Fact], None]] = {
    assistance.AssistanceBegun.topic: _assisted,
    assistance.AssistanceEnded.topic: _unassisted,
    filing.CaseSubmitted.topic: _submitted,
    resubmission.CaseResubmitted.topic: _assessed,
    supplement.LawSupplemented.topic: _stands_under,
    next_stage.TitleRecognised.topic: _recognised,
    certificate.CertificateIssued.topic: _certified,
    certificate.CertificateVoided.topic: _voided,
    next_stage.OverdueFlagged.topic: _overdue,
    amendment.EntryAmended.topic: _amended,
    publicity.DeviationFlagged.topic: lambda row, fact: _flag(row, fact["code"]),
    objections.ObjectionNoted.topic: _objected,
    objections.ObjectionEnded.topic: _settled,
    returning.CaseReturned.topic: _returned,
    objections.ReturnedOnObjection.topic: _returned,
    rescission.ActRescinded.topic: _rescinded,
}
_DECIDED = frozenset(each.topic for each in DECISIONS)


def of(connection: Connection[Any], case_id: str) -> CaseStatus | None:
    """The case with this id."""
    found = cases.select(connection, 'WHERE "case" = %s', (case_id,))
    return found[0] if found else None


def numbered(connection: Connection[Any], ids: Sequence[str]) -> dict[str, str]:
    """The numbers of some cases by their ids."""
    query = f'SELECT "case", number FROM {cases.stored} WHERE "case" = ANY (%s)'
    return dict(connection.execute(query, (list(ids),)).fetchall())


def under(connection: Connection[Any], ids: Sequence[str]) -> dict[str, str]:
    """The packs of some cases by their ids."""
    query = f'SELECT "case", pack FROM {cases.stored} WHERE "case" = ANY (%s)'
    return dict(connection.execute(query, (list(ids),)).fetchall())


def among(connection: Connection[Any], ids: Sequence[str]) -> dict[str, CaseStatus]:
    """Some cases by their ids."""
    found = cases.select(connection, 'WHERE "case" = ANY (%s)', (list(ids),))
    return {each.case: each for each in found}
