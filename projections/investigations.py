"""Investigations (核查): that there is one, about whom, and where it stands.

Their streams are restricted; who may see even this is the caller's question.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from domain.case import (
    committee,
    ending,
    lapse,
    leader_decision,
    next_stage,
    objections,
    reexamination,
    rescission,
    withdrawal,
)
from domain.investigation import events as investigation
from domain.person.integrity import IntegrityRecordEntered
from projections import organisations
from projections.asking import compared, on_days, turned
from projections.listing import both, either, listing, merged
from projections.offices import at_offices
from projections.table import Table
from projections.view import View, events_about

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from psycopg import Connection

    from projections.asking import Asked
    from projections.fact import Fact
    from projections.listing import Condition, Gathered
    from projections.page import Page
    from projections.scope import Scope


@dataclass(slots=True, kw_only=True)
class Investigation:
    """One investigation.

    ``phase`` is opened, notified, answered, found, closed, review_requested or reviewed; what is
    proposed to be found is no phase, nor its ``ground``: nobody but the officers knows it yet.
    ``answer_by`` is the instant (UTC) until which the person may answer; ``review`` is upheld,
    corrected or annulled. ``ended`` says that the case is over, or its title revoked, ``entered``
    that it was entered on the integrity record: what was found and is both waits for nothing.
    """

    investigation: str
    case: str
    subject: str
    organisation: str
    phase: str
    answer_by: datetime | None = None
    ground: str | None = None
    decision: str | None = None
    review: str | None = None
    ended: bool = False
    entered: bool = False
    opened_at: datetime
    opened_position: int
    changed_at: datetime
    version: int
    position: int


@dataclass(slots=True)
class Subject:
    """A case that is over, or was investigated, and by which investigations."""

    case: str
    over: bool = False
    investigations: tuple[str, ...] = ()


FOUND = """phase IN ('found', 'review_requested', 'reviewed')
      AND review IS DISTINCT FROM 'annulled'"""
"""That misconduct was found, and the finding stands."""
UNSETTLED = "NOT (ended AND entered)"
"""That something is left to be done about what was found."""
investigations = Table(
    "investigation",
    Investigation,
    key=("investigation",),
    indexes=(
        '("case")',
        "(subject, opened_position)",
        "(organisation, opened_position)",
        "(phase, opened_position)",
        "(opened_position)",
        f"(opened_position) WHERE {FOUND}",
        "(opened_at)",
        "(answer_by)",
        f"(position) WHERE {FOUND} AND {UNSETTLED}",
    ),
)
subjects = Table("investigated_case", Subject, key=("case",))
view = View("investigations", 10, (investigations, subjects))

_PHASES = {
    investigation.AllegationNotified.topic: "notified",
    investigation.StatementReceived.topic: "answered",
    investigation.MisconductFound.topic: "found",
    investigation.InvestigationClosed.topic: "closed",
    investigation.ReviewRequested.topic: "review_requested",
    investigation.ReviewDecided.topic: "reviewed",
}


@view.on(*events_about("investigation"))
def _went_on(fact: Fact, page: Page) -> None:
    row = page.rows(investigations).get(fact.stream)
    row = _opened(fact, page) if row is None else row
    row.phase = _PHASES.get(fact.topic, row.phase)
    change = _CHANGES.get(fact.topic)
    if change is not None:
        change(row, fact)
    row.changed_at, row.version, row.position = fact.at, fact.version, fact.position
    page.rows(investigations).put(row)


@view.on(
    committee.RejectedByVote,
    ending.ApplicantDisqualified,
    ending.TitleRevoked,
    lapse.CaseLapsed,
    leader_decision.CaseNotAccepted,
    leader_decision.CaseRejected,
    next_stage.CaseReferredUp,
    objections.RejectedOnObjection,
    withdrawal.CaseWithdrawn,
)
def _over(fact: Fact, page: Page) -> None:
    row = page.rows(subjects).get(fact.stream) or Subject(fact.stream)
    _end(row, page, over=True)


@view.on(
    ending.RevocationAnnulled,
    reexamination.LapseSetAside,
    reexamination.OutcomeSetAside,
    rescission.ActRescinded,
)
def _goes_on(fact: Fact, page: Page) -> None:
    row = page.rows(subjects).get(fact.stream)
    if row is not None:
        _end(row, page, over=False)


def _end(case: Subject, page: Page, *, over: bool) -> None:
    case.over = over
    page.rows(subjects).put(case)
    for row in map(page.rows(investigations).get, case.investigations):
        assert row is not None
        row.ended = over
        page.rows(investigations).put(row)


@view.on(IntegrityRecordEntered)
def _entered(fact: Fact, page: Page) -> None:
    """What another archive told of, no investigation of this record found."""
    found = fact["investigation"]
    row = None if found is None else page.rows(investigations).get(found)
    if row is not None:
        row.entered = True
        page.rows(investigations).put(row)


def _notified(row: Investigation, fact: Fact) -> None:
    row.answer_by = fact.instant("answer_by")


def _found(row: Investigation, fact: Fact) -> None:
    row.ground, row.decision = fact["ground"], fact["decision"]


def _closed(row: Investigation, fact: Fact) -> None:
    row.decision = fact["decision"]


def _taken_over(row: Investigation, fact: Fact) -> None:
    row.organisation = fact["to_organisation"]


def _reviewed(row: Investigation, fact: Fact) -> None:
    row.review = fact["outcome"]


_CHANGES: dict[str, Callable[[Investigation, Fact], None]] = {
    investigation.AllegationNotified.topic: _notified,
    investigation.MisconductFound.topic: _found,
    investigation.InvestigationClosed.topic: _closed,
    investigation.ReviewDecided.topic: _reviewed,
    investigation.InvestigationTakenOver.topic: _taken_over,
}


def _opened(fact: Fact, page: Page) -> Investigation:
    subject = page.rows(subjects).get(fact["case"]) or Subject(fact["case"])
    subject.investigations = (*subject.investigations, fact.stream)
    page.rows(subjects).put(subject)
    return Investigation(
        investigation=fact.stream,
        case=fact["case"],
        subject=fact["subject"],
        organisation=fact["organisation"],
        phase="opened",
        ended=subject.over,
        opened_at=fact.at,
        opened_position=fact.position,
        changed_at=fact.at,
        version=fact.version,
        position=fact.position,
    )


def of_case(connection: Connection[Any], case: str) -> list[Investigation]:
    """The investigations of a case, the oldest first."""
    return investigations.select(connection, 'WHERE "case" = %s ORDER BY investigation', (case,))


def visible(
    scope: Scope, asked: Sequence[Asked] = (), *, ascending: bool = False
) -> Gathered[Investigation]:
    """What organisations that ``scope`` shows conduct, and what one's own persons know is theirs.

    The newest first, or the oldest. A mandate about persons shows none: it is read where it is
    conducted.
    """
    meeting = [turned(each, _condition(each)) for each in asked]
    conducted = at_offices(investigations, scope, meeting, _PLACE, ascending=ascending)
    if scope.mandated or not scope.persons:
        return conducted
    own: Condition = ("investigation.subject = ANY (%s)", [sorted(scope.persons)])
    elsewhere, given = organisations.seen(scope, "investigation.organisation")
    beside = both(own, _KNOWN_TO_SUBJECT, (f"({elsewhere}) IS NOT TRUE", given))
    theirs = listing(investigations, [beside, *meeting], _PLACE, ascending=ascending)
    return merged(conducted, theirs, ascending=ascending)


def place_of(connection: Connection[Any], investigation: str) -> int | None:
    """Where an investigation stands in the order of lists; None where there is no such."""
    found = investigations.select(connection, "WHERE investigation = %s", (investigation,))
    return found[0].opened_position if found else None


_PLACE = ("opened_position",)
_KNOWN_TO_SUBJECT: Condition = (
    """(investigation.answer_by IS NOT NULL
    OR investigation.phase IN ('found', 'review_requested', 'reviewed'))""",
    [],
)
"""That the person was told what is alleged, or what was found."""
_COLUMNS = {
    "phase": "phase",
    "subject": "subject",
    "case": '"case"',
    "org": "organisation",
    "opened": "opened_at",
    "answer_by": "answer_by",
}
_ON_DAYS = {"opened", "answer_by"}


def _condition(asked: Asked) -> Condition:
    if asked.name == "found":
        either_way = {True: f"({FOUND})", False: f"({FOUND}) IS NOT TRUE"}
        return either(*((either_way[bool(each)], []) for each in asked.words()))
    of = on_days(asked) if asked.name in _ON_DAYS else asked
    return compared(f"investigation.{_COLUMNS[asked.name]}", of)
