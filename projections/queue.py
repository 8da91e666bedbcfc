"""What waits for whom (待办): cases under review by organisation and seat, the longest first.

A case waits for the holders of a seat or, where one was designated, for the substitute.
``barred`` are the persons who must not act in that seat: the applicant, and whoever acted in
the opposite seat of the same organisation, in whatever round. Who is the same human being as
a barred person is asked of ``projections.people``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from domain.case import events as case
from projections.chain import Stage, chain_of, stage_of
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.fact import Fact
    from projections.page import Page

_OPPOSITE = {"handler": "leader", "leader": "handler"}


@dataclass(frozen=True)
class Acted:
    """A person acted in a seat of an organisation."""

    organisation: str
    seat: str
    person: str


@dataclass(frozen=True)
class Substitute:
    """A person stands in for a seat of a stage in this case; ``home`` is where they come from."""

    stage: str
    seat: str
    person: str
    account: str
    home: str


@dataclass(slots=True, kw_only=True)
class Waiting:
    """One case under review; ``since_position`` and ``since`` (UTC) say when it came to the seat.

    Rows with ``waiting`` false are with the applicant or suspended, and are in no queue.
    """

    case: str
    number: str
    applicant: str
    employer: str
    series: str
    specialty: str
    level: str
    waiting: bool = False
    suspended: bool = False
    round: int = 0
    stage: str = ""
    label: str = ""
    organisation: str = ""
    seat: str | None = None
    since_position: int = 0
    since: datetime | None = None
    complete_by: date | None = None
    substitute: str | None = None
    substitute_account: str | None = None
    barred: tuple[str, ...] = ()
    chain: tuple[Stage, ...] = ()
    acted: tuple[Acted, ...] = ()
    substitutes: tuple[Substitute, ...] = ()


queue = Table(
    "queue",
    Waiting,
    key=("case",),
    indexes=(
        "(organisation, seat, since_position) WHERE waiting",
        "(substitute, since_position) WHERE waiting AND substitute IS NOT NULL",
    ),
)
view = View("queue", 1, (queue,))


@view.on(case.CaseOpened)
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


@view.on(case.CaseSubmitted)
def _submitted(fact: Fact, page: Page) -> None:
    row = _row(fact, page)
    row.chain, row.complete_by = chain_of(fact), fact.day("complete_by")
    _arrive(row, fact, row.chain[0])
    page.rows(queue).put(row)


@view.on(case.CaseResubmitted)
def _resubmitted(fact: Fact, page: Page) -> None:
    row = _row(fact, page)
    _arrive(row, fact, stage_of(row.chain, fact["resume_stage"]))
    page.rows(queue).put(row)


@view.on(case.CaseForwarded)
def _forwarded(fact: Fact, page: Page) -> None:
    row = _row(fact, page)
    _arrive(row, fact, stage_of(row.chain, fact["to_stage"]))
    page.rows(queue).put(row)


@view.on(case.HandlerOpinionGiven)
def _handled(fact: Fact, page: Page) -> None:
    row = _row(fact, page)
    _note_act(row, fact, "handler")
    _wait_for(row, fact, stage_of(row.chain, fact["stage"]).seat_after("handler"))
    page.rows(queue).put(row)


@view.on(case.LeaderApproved)
def _led(fact: Fact, page: Page) -> None:
    row = _row(fact, page)
    _note_act(row, fact, "leader")
    _wait_for(row, fact, stage_of(row.chain, fact["stage"]).seat_after("leader"))
    page.rows(queue).put(row)


@view.on(case.CaseReturned)
def _returned(fact: Fact, page: Page) -> None:
    row = _row(fact, page)
    _note_act(row, fact, fact["seat"])
    _wait_for(row, fact, None)
    page.rows(queue).put(row)


@view.on(case.SubstituteDesignated)
def _designated(fact: Fact, page: Page) -> None:
    row = _row(fact, page)
    named = Substitute(fact["stage"], fact["seat"], fact["person"], fact["account"], fact["home"])
    row.substitutes = (*row.substitutes, named)
    _name_persons(row)
    page.rows(queue).put(row)


@view.on(case.CaseSuspended, case.CaseResumed)
def _held(fact: Fact, page: Page) -> None:
    row = _row(fact, page)
    row.suspended = fact.topic == case.CaseSuspended.topic
    row.waiting = row.seat is not None and not row.suspended
    page.rows(queue).put(row)


@view.on(
    case.CaseNotAccepted,
    case.CaseRejected,
    case.CaseWithdrawn,
    case.CaseLapsed,
    case.TitleRecognised,
    case.ApplicantDisqualified,
)
def _ended(fact: Fact, page: Page) -> None:
    page.rows(queue).remove(fact.stream)


def _row(fact: Fact, page: Page) -> Waiting:
    row = page.rows(queue).get(fact.stream)
    if row is None:
        msg = "an event of a case that is not open"
        raise LookupError(msg)
    return row


def _arrive(row: Waiting, fact: Fact, stage: Stage) -> None:
    row.round, row.stage, row.label = fact["round"], stage.stage, stage.label
    row.organisation = stage.organisation
    _wait_for(row, fact, stage.first_seat)


def _wait_for(row: Waiting, fact: Fact, seat: str | None) -> None:
    row.seat, row.waiting = seat, seat is not None
    row.since_position, row.since = fact.position, fact.at
    _name_persons(row)


def _note_act(row: Waiting, fact: Fact, seat: str) -> None:
    if fact.person is not None:
        row.acted = (*row.acted, Acted(fact["organisation"], seat, fact.person))


def _name_persons(row: Waiting) -> None:
    """Say who stands in for the seat that is waited for, and who must not act in it."""
    standing_in = [
        each for each in row.substitutes if (each.stage, each.seat) == (row.stage, row.seat)
    ]
    row.substitute = standing_in[-1].person if standing_in else None
    row.substitute_account = standing_in[-1].account if standing_in else None
    across = _OPPOSITE.get(row.seat or "")
    opposite = {
        each.person
        for each in row.acted
        if (each.organisation, each.seat) == (row.organisation, across)
    }
    row.barred = tuple(sorted({row.applicant, *opposite}))


def waiting(
    connection: Connection[Any],
    seats: Sequence[tuple[str, str]],
    persons: Sequence[str],
    *,
    after: int = 0,
    limit: int = 50,
) -> list[Waiting]:
    """What waits for these (organisation, seat) pairs, or for these persons as substitutes.

    The longest waiting first; ``after`` is ``since_position`` of the last one seen.
    """
    rest = """
        WHERE "case" IN (
            SELECT found."case"
            FROM unnest(%s::text[], %s::text[]) AS held (organisation, seat)
            CROSS JOIN LATERAL (
                SELECT "case" FROM queue
                WHERE waiting AND organisation = held.organisation AND seat = held.seat
                  AND since_position > %s
                ORDER BY since_position LIMIT %s
            ) AS found
            UNION
            SELECT found."case"
            FROM unnest(%s::text[]) AS who (person)
            CROSS JOIN LATERAL (
                SELECT "case" FROM queue
                WHERE waiting AND substitute = who.person AND since_position > %s
                ORDER BY since_position LIMIT %s
            ) AS found
        )
        ORDER BY since_position LIMIT %s
    """
    organisations = [organisation for organisation, _ in seats]
    named = [seat for _, seat in seats]
    given = (organisations, named, after, limit, list(persons), after, limit, limit)
    return queue.select(connection, rest, given)


def lengths(
    connection: Connection[Any], organisations: Sequence[str]
) -> dict[tuple[str, str], int]:
    """How many cases wait, by organisation and seat."""
    rows = connection.execute(
        "SELECT organisation, seat, count(*) FROM queue "
        "WHERE waiting AND organisation = ANY (%s) GROUP BY organisation, seat",
        (list(organisations),),
    )
    return {(organisation, seat): number for organisation, seat, number in rows}
