"""What waits for whom (待办): cases under review by organisation and seat, the longest first.

A case waits for the holders of a seat or, where one was designated, for the substitute; while an
objection keeps it from going on from its publicity it waits for nobody.
An application for recusal waits, beside the case itself, for who decides it, while that is open.
Who must not act there: see ``projections.queue_persons``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from domain import beijing
from domain.case import (
    assistance,
    certificate,
    draft,
    ending,
    filing,
    lapse,
    objections,
    substitute,
    takeover,
    urging,
    withdrawal,
)
from domain.case.phase import PhaseName
from domain.investigation import events as investigation
from domain.objection import events as objection
from projections import case_scope, organisations, queue_rows
from projections.chain import chain_of, stage_of
from projections.course import CHANGES, Course
from projections.listing import Gathered, listing
from projections.queue_persons import (
    RECUSING,
    name_persons,
    recuse,
    settle,
    substitute_of,
    take_over,
)
from projections.queue_rows import (
    Acted,
    Matter,
    Queued,
    Standing,
    Waiting,
    matters,
    queue,
    queued,
    standing,
    undecided,
)
from projections.reach import among, asked_first, few_cases
from projections.seats import SEATS, seat_of
from projections.view import events_about

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from psycopg import Connection

    from projections.fact import Fact
    from projections.listing import Listing
    from projections.page import Page
    from projections.scope import Scope


view = queue_rows.view


_FINAL = frozenset(
    each.topic
    for each in (
        certificate.CertificateIssued,
        withdrawal.CaseWithdrawn,
        lapse.CaseLapsed,
        ending.ApplicantDisqualified,
    )
)
"""What cannot be rescinded."""
_SETTLED = frozenset(
    each.topic
    for each in (
        objection.ObjectionNotAdmitted,
        objection.ObjectionUpheld,
        objection.ObjectionDismissed,
        objection.ObjectionWithdrawn,
    )
)
_FOLLOWED = {
    urging.CaseUrged.topic,
    *(*CHANGES, *SEATS, *_FINAL, *RECUSING),
    objections.ObjectionEnded.topic,
    substitute.SubstituteDesignated.topic,
    assistance.AssistanceBegun.topic,
}


@view.on(draft.CaseOpened)
def _opened(fact: Fact, page: Page) -> None:
    page.rows(queue).put(
        Waiting(
            case=fact.stream,
            number=fact["number"],
            applicant=fact["applicant"],
            employer=fact["employer"],
            series=fact["series"],
            specialty=fact["specialty"],
            level=fact["level"],
        )
    )


@view.on(*(each for each in events_about("case") if each.topic in _FOLLOWED))
def _went_on(fact: Fact, page: Page) -> None:
    row = page.rows(queue).get(fact.stream)
    if row is None:
        return  # certified or given up: such a case waits for nobody any more
    if fact.topic in _FINAL:
        settle(row, row.applications, page)
        page.rows(queue).remove(fact.stream)
        return
    if fact.topic == filing.CaseSubmitted.topic:
        row.chain, row.complete_by = chain_of(fact), fact.day("complete_by")
    if fact.topic == substitute.SubstituteDesignated.topic:
        row.substitutes = (*row.substitutes, substitute_of(fact))
    if fact.topic == assistance.AssistanceBegun.topic and fact.person is not None:
        row.helpers = (*row.helpers, fact.person)
    if fact.topic in SEATS and fact.person is not None:
        row.acted = (*row.acted, Acted(fact["organisation"], seat_of(fact), fact.person))
    if fact.topic == takeover.StageTakenOver.topic:
        take_over(row, fact, page)
    if fact.topic in RECUSING:
        recuse(row, fact, page)
    if fact.topic in CHANGES:
        _go_on(row, fact)
    if fact.topic == objections.ObjectionEnded.topic and row.phase == PhaseName.PUBLICISED:
        _begin_to_wait(row, fact)
    if fact.topic == urging.CaseUrged.topic:
        row.urged_on, row.urged_above = beijing.day(fact.at), fact["above"]
        row.due_on = fact.day("due_on")
    page.rows(queue).put(row)


@view.on(*events_about("objection"), *events_about("investigation"))
def _dealt_with(fact: Fact, page: Page) -> None:
    """An open objection holds its case; whoever acts in it, or investigates, reviews no more."""
    if fact.topic in (objection.ObjectionRaised.topic, investigation.InvestigationOpened.topic):
        page.rows(matters).put(Matter(fact.stream, fact["case"]))
    matter = page.rows(matters).get(fact.stream)
    row = None if matter is None else page.rows(queue).get(matter.case)
    if row is None:
        return
    if fact.topic == objection.ObjectionRaised.topic:
        row.open_objections = (*row.open_objections, fact.stream)
    if fact.topic in _SETTLED:
        row.open_objections = tuple(e for e in row.open_objections if e != fact.stream)
    row.waiting = _waits(row)
    if fact.person not in (None, row.applicant):
        row.officers = tuple(sorted({*row.officers, fact.person}))
    page.rows(queue).put(row)


view.finishes(queue)(name_persons)


def _waits(row: Waiting) -> bool:
    """Whether somebody in a reviewing seat may go on with it."""
    held = row.phase == PhaseName.PUBLICISED and bool(row.open_objections)
    return row.stand.waits and not held


def _begin_to_wait(row: Waiting, fact: Fact) -> None:
    row.since_position, row.since = fact.position, fact.at
    row.urged_on = row.urged_above = row.due_on = None


def _go_on(row: Waiting, fact: Fact) -> None:
    course = Course(row.chain, row.stand, row.undo).follow(fact)
    stand, row.chain = course.stand, course.chain
    if stand.turn != row.stand.turn:
        _begin_to_wait(row, fact)
    row.stand, row.undo = stand, course.undo
    row.phase, row.round, row.stage = stand.phase, stand.round, stand.stage
    row.organisation, row.seat = stand.organisation, stand.seat
    row.waiting = _waits(row)
    if stand.stage is not None:
        row.label = stage_of(row.chain, stand.stage).label


_OVER = [
    PhaseName.RECOGNISED,
    PhaseName.REFERRED_UP,
    PhaseName.REVOKED,
    PhaseName.NOT_ACCEPTED,
    PhaseName.REJECTED,
]
"""Where nothing is decided beside a case any more, of what can still be rescinded."""
_FOR_SEATS_OR_ACCOUNT = f"""
    WHERE "case" IN (
        SELECT found."case"
        FROM unnest(%s::text[], %s::text[]) AS held (organisation, seat)
        CROSS JOIN LATERAL (
            SELECT "case" FROM {queue.stored}
            WHERE waiting AND organisation = held.organisation AND seat = held.seat
              AND since_position > %s
            ORDER BY since_position LIMIT %s
        ) AS found
        UNION
        SELECT found."case"
        FROM (
            SELECT "case" FROM {queue.stored}
            WHERE waiting AND substitute_account = %s AND since_position > %s
            ORDER BY since_position LIMIT %s
        ) AS found
        UNION
        SELECT asked."case"
        FROM unnest(%s::text[], %s::text[]) AS held (organisation, seat)
        JOIN {undecided.stored} AS asked USING (organisation, seat)
        JOIN {queue.stored} AS its ON its."case" = asked."case"
        WHERE its.phase <> ALL (%s) AND its.since_position > %s
    )
    ORDER BY since_position LIMIT %s
"""


def waiting(seats: Sequence[tuple[str, str]], account: str) -> Gathered[Queued]:
    """What waits for these (organisation, seat) pairs, or for an account as a substitute's.

    Also where an application for recusal waits for one of the pairs, be it that the case itself
    waits for nobody meanwhile.

    The longest waiting first.
    """
    organisations = [organisation for organisation, _ in seats]
    named = [seat for _, seat in seats]

    def gather(
        connection: Connection[Any], behind: Sequence[Any] | None, limit: int
    ) -> list[Queued]:
        (after,) = behind or (0,)
        by_seat = (organisations, named, after, limit)
        as_substitute = (account, after, limit)
        to_decide = (organisations, named, _OVER, after)
        given = (*by_seat, *as_substitute, *to_decide, limit)
        return queued.select(connection, _FOR_SEATS_OR_ACCOUNT, given)

    return Gathered(place=("since_position",), gather=gather)


def to_urge(connection: Connection[Any], before: datetime) -> list[str]:
    """The cases that came to a seat, or back to their applicant, before then, and wait untold."""
    found = connection.execute(
        f'SELECT "case" FROM {queue.stored} WHERE since < %s AND'
        " (waiting AND urged_above IS NULL OR phase = %s AND urged_on IS NULL)"
        " ORDER BY since_position",
        (before, PhaseName.RETURNED),
    )
    return [case for (case,) in found.fetchall()]


def standing_at(scope: Scope) -> Gathered[Standing]:
    """What waits at organisations that ``scope`` shows, of cases that it shows.

    In whatever seat, the longest waiting first; how many, nobody is told.
    """
    here = organisations.seen(scope, "queue.organisation")
    conditions = [("waiting", []), here, case_scope.seen(scope, 'queue."case"')]

    def theirs(connection: Connection[Any]) -> Listing[Standing]:
        few = few_cases(connection, scope)
        named = among('queue."case"', few)
        found = listing(standing, [named, *conditions], ("since_position",), ascending=True)
        return found if few is None else found.gathered()

    return replace(asked_first(theirs, ("since_position",)), counts=None)
