"""What waits for whom (待办): cases under review by organisation and seat, the longest first.

A case waits for the holders of a seat or, where one was designated, for the substitute.
``barred`` are the persons who must not act in that seat: the applicant, whoever acted in the
opposite seat of the same organisation, or of one from which the stage was taken over, in
whatever round, whoever dealt with an objection
to the case or investigated it, whoever filed it for its applicant, and whoever is recused from it
or may have to be.
An application for recusal waits, beside the case itself, for who decides it.
Who is the same human being as a barred person is asked of ``projections.people``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from domain import beijing
from domain.case import (
    assistance,
    certificate,
    draft,
    ending,
    filing,
    lapse,
    recusal,
    substitute,
    takeover,
    urging,
    withdrawal,
)
from domain.case.phase import PhaseName
from domain.investigation import events as investigation
from domain.objection import events as objection
from projections import case_scope, organisations, people
from projections.chain import Former, Stage, chain_of, stage_of
from projections.course import CHANGES, DRAFT, Course, Stand
from projections.fact import Sealed
from projections.listing import Gathered, listing
from projections.reach import among, asked_first, few_cases
from projections.seats import HANDLER, LEADER, SEATS, seat_of
from projections.table import Part, Table
from projections.view import View, events_about

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from psycopg import Connection

    from projections.fact import Fact
    from projections.listing import Listing
    from projections.page import Page
    from projections.scope import Scope

_OPPOSITE = {HANDLER: LEADER, LEADER: HANDLER}


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


@dataclass(frozen=True)
class Asked:
    """An application for a person's recusal, and the seat that decides it."""

    application: str
    stage: str
    organisation: str
    seat: str
    person: str


@dataclass(slots=True)
class Undecided:
    """An application for recusal that waits for a seat."""

    application: str
    case: str
    organisation: str
    seat: str


@dataclass(slots=True)
class Matter:
    """An objection or an investigation, and the case that it is about."""

    stream: str
    case: str


@dataclass(slots=True, kw_only=True)
class Waiting:
    """One case; ``since_position`` and ``since`` (UTC) say when it came to the seat.

    ``phase``, ``stage``, ``organisation`` and ``seat`` are those of ``projections.course``;
    rows with ``waiting`` false are in no queue. ``urged_on`` is when whoever it waits for was told,
    ``urged_above`` the office above that was told, ``due_on`` the last day that they were told of.
    """

    case: str
    number: str
    applicant: str
    employer: str
    series: str
    specialty: str
    level: str
    waiting: bool = False
    phase: str = DRAFT.phase
    round: int = 0
    stage: str | None = None
    label: str | None = None
    organisation: str | None = None
    seat: str | None = None
    since_position: int = 0
    since: datetime | None = None
    complete_by: date | None = None
    urged_on: date | None = None
    urged_above: str | None = None
    due_on: date | None = None
    substitute: str | None = None
    substitute_account: str | None = None
    barred: tuple[str, ...] = ()
    chain: tuple[Stage, ...] = ()
    acted: tuple[Acted, ...] = ()
    former: tuple[Former, ...] = ()
    officers: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    recused: tuple[str, ...] = ()
    applications: tuple[Asked, ...] = ()
    substitutes: tuple[Substitute, ...] = ()
    stand: Stand = DRAFT
    undo: Stand | None = None


@dataclass(slots=True)
class Queued:
    """A row of a queue, as far as who waits there is told of it."""

    case: str
    number: str
    applicant: str
    employer: str
    series: str
    specialty: str
    level: str
    round: int
    stage: str | None
    label: str | None
    organisation: str | None
    seat: str | None
    since_position: int
    since: datetime | None
    complete_by: date | None
    urged_on: date | None
    urged_above: str | None
    due_on: date | None
    substitute: str | None
    substitute_account: str | None
    barred: tuple[str, ...]
    helpers: tuple[str, ...]
    recused: tuple[str, ...]
    applications: tuple[Asked, ...]


@dataclass(slots=True)
class Named(Queued):
    """The same with every name that its applicant has or had, the oldest first."""

    names: tuple[Sealed, ...]


queue = Table(
    "queue",
    Waiting,
    key=("case",),
    indexes=(
        "(organisation, seat, since_position) WHERE waiting",
        "(since_position) WHERE waiting",
        "(substitute_account, since_position) WHERE waiting AND substitute_account IS NOT NULL",
    ),
)
queued = Part(queue, Queued)
with_names = Part(queue, Named, names=people.names_of_each("queue.applicant"))
matters = Table("queue_matter", Matter, key=("stream",))
undecided = Table(
    "queue_recusal", Undecided, key=("application",), indexes=("(organisation, seat)",)
)
view = View("queue", 11, (queue, matters, undecided))


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
_RECUSING = frozenset(
    each.topic
    for each in (recusal.RecusalDeclared, recusal.RecusalAppliedFor, recusal.RecusalDecided)
)
_FOLLOWED = {
    urging.CaseUrged.topic,
    *(*CHANGES, *SEATS, *_FINAL, *_RECUSING),
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
        _settle(row, row.applications, page)
        page.rows(queue).remove(fact.stream)
        return
    if fact.topic == filing.CaseSubmitted.topic:
        row.chain, row.complete_by = chain_of(fact), fact.day("complete_by")
    if fact.topic == substitute.SubstituteDesignated.topic:
        row.substitutes = (*row.substitutes, _substitute(fact))
    if fact.topic == assistance.AssistanceBegun.topic and fact.person is not None:
        row.helpers = (*row.helpers, fact.person)
    if fact.topic in SEATS and fact.person is not None:
        row.acted = (*row.acted, Acted(fact["organisation"], seat_of(fact), fact.person))
    if fact.topic == takeover.StageTakenOver.topic:
        _take_over(row, fact, page)
    if fact.topic in _RECUSING:
        _recuse(row, fact, page)
    if fact.topic in CHANGES:
        _go_on(row, fact)
    if fact.topic == urging.CaseUrged.topic:
        row.urged_on, row.urged_above = beijing.day(fact.at), fact["above"]
        row.due_on = fact.day("due_on")
    _name_persons(row)
    page.rows(queue).put(row)


@view.on(*events_about("objection"), *events_about("investigation"))
def _dealt_with(fact: Fact, page: Page) -> None:
    """Whoever acts in an objection or an investigation reviews its case no more."""
    if fact.topic in (objection.ObjectionRaised.topic, investigation.InvestigationOpened.topic):
        page.rows(matters).put(Matter(fact.stream, fact["case"]))
    matter = page.rows(matters).get(fact.stream)
    row = None if matter is None else page.rows(queue).get(matter.case)
    if row is None or fact.person is None or fact.person == row.applicant:
        return
    row.officers = tuple(sorted({*row.officers, fact.person}))
    _name_persons(row)
    page.rows(queue).put(row)


def _substitute(fact: Fact) -> Substitute:
    return Substitute(fact["stage"], fact["seat"], fact["person"], fact["account"], fact["home"])


def _recuse(row: Waiting, fact: Fact, page: Page) -> None:
    """Somebody is recused, or may have to be until another seat has decided."""
    if fact.topic == recusal.RecusalAppliedFor.topic:
        seat = _OPPOSITE.get(fact["seat"], LEADER)
        asked = Asked(
            fact["application"], fact["stage"], fact["organisation"], seat, fact["person"]
        )
        row.applications = (*row.applications, asked)
        _await(row, asked, page)
        return
    declared = fact.topic == recusal.RecusalDeclared.topic
    key = "person" if declared else "application"
    over = [each for each in row.applications if getattr(each, key) == fact[key]]
    _settle(row, over, page)
    if declared or fact["granted"]:
        row.recused = (*row.recused, fact["person"])


def _await(row: Waiting, asked: Asked, page: Page) -> None:
    page.rows(undecided).put(Undecided(asked.application, row.case, asked.organisation, asked.seat))


def _take_over(row: Waiting, fact: Fact, page: Page) -> None:
    """Nobody stands in for the former organisation; recusals are decided at the new one."""
    stage, new = fact["stage"], fact["to_organisation"]
    row.former = (*row.former, Former(stage, fact["from_organisation"]))
    row.substitutes = tuple(each for each in row.substitutes if each.stage != stage)
    row.applications = tuple(
        replace(each, organisation=new) if each.stage == stage else each
        for each in row.applications
    )
    for each in row.applications:
        _await(row, each, page)


def _settle(row: Waiting, over: Iterable[Asked], page: Page) -> None:
    """These applications wait for nobody any more."""
    gone = {each.application for each in over}
    row.applications = tuple(each for each in row.applications if each.application not in gone)
    for each in gone:
        page.rows(undecided).remove(each)


def _go_on(row: Waiting, fact: Fact) -> None:
    course = Course(row.chain, row.stand, row.undo).follow(fact)
    stand, row.chain = course.stand, course.chain
    if stand != row.stand:
        row.since_position, row.since = fact.position, fact.at
        row.urged_on = row.urged_above = row.due_on = None
    row.stand, row.undo, row.waiting = stand, course.undo, stand.waits
    row.phase, row.round, row.stage = stand.phase, stand.round, stand.stage
    row.organisation, row.seat = stand.organisation, stand.seat
    if stand.stage is not None:
        row.label = stage_of(row.chain, stand.stage).label


def _name_persons(row: Waiting) -> None:
    """Say who stands in for the seat that is waited for, and who must not act in it."""
    standing_in = [
        each for each in row.substitutes if (each.stage, each.seat) == (row.stage, row.seat)
    ]
    row.substitute = standing_in[-1].person if standing_in else None
    row.substitute_account = standing_in[-1].account if standing_in else None
    across = _OPPOSITE.get(row.seat or "")
    houses = {row.organisation, *(e.organisation for e in row.former if e.stage == row.stage)}
    opposite = {
        each.person for each in row.acted if each.seat == across and each.organisation in houses
    }
    stayed = (*row.helpers, *row.recused, *(each.person for each in row.applications))
    row.barred = tuple(sorted({row.applicant, *opposite, *row.officers, *stayed}))


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
        WHERE its.waiting AND its.since_position > %s
    )
    ORDER BY since_position LIMIT %s
"""


def waiting(seats: Sequence[tuple[str, str]], account: str) -> Gathered[Named]:
    """What waits for these (organisation, seat) pairs, or for an account as a substitute's.

    Also where an application for recusal waits for one of the pairs.

    The longest waiting first.
    """
    organisations = [organisation for organisation, _ in seats]
    named = [seat for _, seat in seats]

    def gather(
        connection: Connection[Any], behind: Sequence[Any] | None, limit: int
    ) -> list[Named]:
        (after,) = behind or (0,)
        by_seat = (organisations, named, after, limit)
        as_substitute = (account, after, limit)
        to_decide = (organisations, named, after)
        given = (*by_seat, *as_substitute, *to_decide, limit)
        return with_names.select(connection, _FOR_SEATS_OR_ACCOUNT, given)

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


def standing_at(scope: Scope) -> Gathered[Queued]:
    """What waits at organisations that ``scope`` shows, of cases that it shows.

    In whatever seat, the longest waiting first.
    """
    here = organisations.seen(scope, "queue.organisation")
    conditions = [("waiting", []), here, case_scope.seen(scope, 'queue."case"')]

    def theirs(connection: Connection[Any]) -> Listing[Queued]:
        named = among('queue."case"', few_cases(connection, scope))
        return listing(queued, [named, *conditions], ("since_position",), ascending=True)

    return asked_first(theirs, ("since_position",))
