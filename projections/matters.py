"""What waits beside the review of cases (待办事项): whatever needs an officer of integrity.

Objections, complaints, investigations, re-examinations and erasures wait at an office for the
holders of certain seats; a re-examination waits at the offices above as well. An upheld objection
that holds its case for an investigation waits until somebody begins one.
``barred`` are the persons who don't do the next step, for what they did before; that who reviewed
the case doesn't either is asked of ``projections.case_acts``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from domain.case import committee, leader_decision, objections, reexamination, returning, suspension
from domain.erasure import events as erasure
from domain.investigation import events as investigation
from domain.objection import events as objection
from domain.objection.events import Disposition
from domain.separation import DUTY_OFFICER, INTEGRITY_HANDLER, INTEGRITY_LEADER
from projections import objections as handed_in
from projections.listing import listing, merged
from projections.scope import Scope
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from projections.fact import Fact
    from projections.listing import Condition, Gathered
    from projections.page import Page

FIRST, SECOND, SCREENING, EITHER = (
    (INTEGRITY_HANDLER,),
    (INTEGRITY_LEADER,),
    (DUTY_OFFICER, INTEGRITY_HANDLER),
    (INTEGRITY_HANDLER, INTEGRITY_LEADER),
)
NOBODY: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Matter:
    """One matter; ``seats`` are those of which any does what is next, none where nothing is.

    ``kind`` is objection, complaint, investigation, re-examination or erasure; ``stream`` is the
    case itself where that is re-examined. ``organisation`` deals with it, None where nobody does;
    ``above`` says that those above it may as well. ``about`` is as in ``projections.objections``.
    ``acted`` are who examined it and who decided, ``told`` whether the person concerned knows.
    ``since`` (UTC) and ``since_position`` say since when it has waited like this.
    """

    stream: str
    kind: str
    case: str | None
    organisation: str | None
    about: str | None = None
    seats: tuple[str, ...]
    above: bool = False
    barred: tuple[str, ...] = ()
    acted: tuple[str, ...] = ()
    told: bool = False
    due_on: date | None = None
    since: datetime
    since_position: int


@dataclass(slots=True)
class Outcome:
    """Which organisation turned a case away last, or returned it."""

    case: str
    organisation: str


@dataclass(slots=True)
class Holding:
    """An objection that holds its case still until an investigation begins, or is to."""

    case: str
    objection: str


matters = Table(
    "matter",
    Matter,
    key=("stream", "kind"),
    indexes=(
        "(organisation, since_position) WHERE seats <> '{}'",
        "(since_position) WHERE seats <> '{}'",
        "(since_position) WHERE seats <> '{}' AND above",
        "(since_position) WHERE seats <> '{}' AND organisation IS NULL",
    ),
)
outcomes = Table("matter_outcome", Outcome, key=("case",))
holding = Table("matter_holding", Holding, key=("case", "objection"))
view = View("matters", 4, (matters, outcomes, holding))

_BEGINNINGS = {
    objection.ObjectionRaised.topic: ("objection", SCREENING, "screen_by"),
    objection.ComplaintReceived.topic: ("complaint", FIRST, "conclude_by"),
    investigation.InvestigationOpened.topic: ("investigation", FIRST, "due_on"),
    erasure.ErasureRequested.topic: ("erasure", EITHER, None),
}
_STEPS = {
    objection.ObjectionAdmitted.topic: FIRST,
    objection.ObjectionNotAdmitted.topic: NOBODY,
    objection.ObjectionInvestigated.topic: SECOND,
    objection.ObjectionUpheld.topic: NOBODY,
    objection.ObjectionDismissed.topic: NOBODY,
    objection.ObjectionWithdrawn.topic: NOBODY,
    objection.ComplaintTakenUp.topic: NOBODY,
    objection.ComplaintClosed.topic: NOBODY,
    investigation.FindingProposed.topic: SECOND,
    investigation.MisconductFound.topic: FIRST,
    investigation.InvestigationClosed.topic: FIRST,
    investigation.DecisionServed.topic: NOBODY,
    investigation.ReviewRequested.topic: SECOND,
    investigation.ReviewDecided.topic: NOBODY,
    erasure.ErasureApproved.topic: SECOND,
    erasure.ErasureOrdered.topic: NOBODY,
    erasure.ErasureDeclined.topic: NOBODY,
}
"""Whose step is next, by what happened."""
_EXAMINED = {
    objection.ObjectionInvestigated.topic,
    investigation.FindingProposed.topic,
    investigation.MisconductFound.topic,
    erasure.ErasureApproved.topic,
}
"""After these a second officer, or a further one, is another person."""
_KIND_OF = {"objection", "complaint", "investigation", "erasure"}
_REEXAMINATION = "reexamination"
_DATED = {
    objection.ScreeningDated.topic: "screen_by",
    investigation.TermExtended.topic: "due_on",
}


@view.on(
    objection.ObjectionRaised,
    objection.ComplaintReceived,
    investigation.InvestigationOpened,
    erasure.ErasureRequested,
)
def _began(fact: Fact, page: Page) -> None:
    kind, seats, due = _BEGINNINGS[fact.topic]
    fields = fact.fields
    page.rows(matters).put(
        Matter(
            stream=fact.stream,
            kind=kind,
            case=fields.get("case"),
            organisation=fields["organisation"] if "organisation" in fields else fact["authority"],
            about=fields.get("about"),
            seats=seats,
            due_on=None if due is None else fact.day(due),
            since=fact.at,
            since_position=fact.position,
        )
    )


@view.on(
    objection.ObjectionAdmitted,
    objection.ObjectionNotAdmitted,
    objection.ObjectionInvestigated,
    objection.ObjectionUpheld,
    objection.ObjectionDismissed,
    objection.ObjectionWithdrawn,
    objection.ComplaintTakenUp,
    objection.ComplaintClosed,
    investigation.FindingProposed,
    investigation.MisconductFound,
    investigation.InvestigationClosed,
    investigation.DecisionServed,
    investigation.ReviewRequested,
    investigation.ReviewDecided,
    erasure.ErasureApproved,
    erasure.ErasureOrdered,
    erasure.ErasureDeclined,
)
def _went_on(fact: Fact, page: Page) -> None:
    row = _known(fact, page)
    if row is None:
        return
    if fact.topic in _EXAMINED and fact.person is not None:
        row.acted = (*row.acted, fact.person)
    untold = fact.topic == investigation.InvestigationClosed.topic and not row.told
    row.seats = NOBODY if untold else _STEPS[fact.topic]
    row.barred = row.acted if row.seats == SECOND else ()
    row.above = fact.topic == investigation.ReviewRequested.topic
    row.due_on = fact.day("decide_by") if row.above else _still_due(row, fact)
    _wait(row, fact, page)


def _still_due(row: Matter, fact: Fact) -> date | None:
    """An investigation is to be concluded by its day still; a screening is done."""
    return row.due_on if fact.topic == investigation.FindingProposed.topic else None


@view.on(
    objection.ObjectionTakenOver,
    objection.ComplaintTakenOver,
    investigation.InvestigationTakenOver,
)
def _taken_over(fact: Fact, page: Page) -> None:
    row = _known(fact, page)
    if row is not None:
        row.organisation = fact["to_organisation"]
        _wait(row, fact, page)


@view.on(objection.ScreeningDated, investigation.TermExtended, investigation.AllegationNotified)
def _dated(fact: Fact, page: Page) -> None:
    row = _known(fact, page)
    if row is None:
        return
    if fact.topic == investigation.AllegationNotified.topic:
        row.told = True
    else:
        row.due_on = fact.day(_DATED[fact.topic])
    page.rows(matters).put(row)


@view.on(
    leader_decision.CaseNotAccepted,
    leader_decision.CaseRejected,
    committee.RejectedByVote,
    objections.RejectedOnObjection,
    objections.ReturnedOnObjection,
    returning.CaseReturned,
)
def _turned_away(fact: Fact, page: Page) -> None:
    page.rows(outcomes).put(Outcome(fact.stream, fact["organisation"]))


@view.on(reexamination.ReexaminationRequested)
def _asked(fact: Fact, page: Page) -> None:
    decided = page.rows(outcomes).get(fact.stream)
    page.rows(matters).put(
        Matter(
            stream=fact.stream,
            kind=_REEXAMINATION,
            case=fact.stream,
            organisation=None if decided is None else decided.organisation,
            seats=SECOND,
            above=True,
            due_on=fact.day("decide_by"),
            since=fact.at,
            since_position=fact.position,
        )
    )


@view.on(reexamination.OutcomeUpheld, reexamination.OutcomeSetAside, reexamination.LapseSetAside)
def _reexamined(fact: Fact, page: Page) -> None:
    page.rows(matters).remove(fact.stream, _REEXAMINATION)


@view.on(objections.ObjectionEnded)
def _upheld(fact: Fact, page: Page) -> None:
    if fact["disposition"] == Disposition.INVESTIGATE:
        page.rows(holding).put(Holding(fact.stream, fact["objection"]))


@view.on(suspension.CaseSuspended)
def _suspended(fact: Fact, page: Page) -> None:
    """For an objection, until an investigation takes over."""
    begun = fact["investigation"] is not None
    for each in page.rows(holding).of(fact.stream):
        row = page.rows(matters).get(each.objection, "objection")
        if row is not None:
            row.seats = NOBODY if begun else FIRST
            _wait(row, fact, page)
        if begun:
            page.rows(holding).remove(each.case, each.objection)


def _known(fact: Fact, page: Page) -> Matter | None:
    kind = fact.stream.partition("-")[0]
    return page.rows(matters).get(fact.stream, kind) if kind in _KIND_OF else None


def _wait(row: Matter, fact: Fact, page: Page) -> None:
    row.since, row.since_position = fact.at, fact.position
    page.rows(matters).put(row)


_DEALT_WITH = f"""(kind NOT IN ('objection', 'complaint') OR EXISTS (
    SELECT FROM {handed_in.objections.source}
    WHERE objection.stream = matter.stream AND {{dealt}}))"""


def waiting(
    office: str | None,
    seats: Collection[str],
    beneath: Iterable[str],
    dealing: handed_in.Dealing,
) -> Gathered[Matter]:
    """What waits at an office for one of these seats, the longest waiting first.

    Of those ``beneath`` it, what an office above may do as well. ``dealing`` says which objections
    and complaints it deals with, and about which organisations nothing is shown.
    """
    theirs = Scope(organisations=frozenset(() if office is None else (office,)))
    dealt, given = handed_in.seen(theirs, dealing)
    conditions: list[Condition] = [
        ("matter.seats <> '{}' AND matter.seats && %s::text[]", [sorted(seats)]),
        ("(about IS NULL OR about <> ALL (%s))", [sorted(dealing.never_about)]),
        (_DEALT_WITH.format(dealt=dealt), given),
    ]
    whose: list[Condition] = [
        ("organisation = %s", [office]),
        ("above AND organisation = ANY (%s)", [sorted(beneath)]),
    ]
    if dealing.unaddressed:
        whose.append(("organisation IS NULL AND about IS NULL", []))
    place = ("since_position",)
    some = (listing(matters, [each, *conditions], place, ascending=True) for each in whose)
    return merged(*some, ascending=True)
