"""Objections and complaints (异议、投诉举报): which there are, and where they stand.

Their streams are restricted and their words are not here; who may see even this is the
caller's question.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from domain.objection import events as objection
from domain.objection import kept
from projections.charge import LIES_WITHIN
from projections.listing import listing
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from psycopg import Connection

    from projections.fact import Fact
    from projections.listing import Listing
    from projections.page import Page
    from projections.scope import Scope

_PHASES = {
    objection.ObjectionAdmitted.topic: "admitted",
    objection.ObjectionNotAdmitted.topic: "not_admitted",
    objection.ObjectionInvestigated.topic: "investigated",
    objection.ObjectionUpheld.topic: "upheld",
    objection.ObjectionDismissed.topic: "dismissed",
    objection.ObjectionWithdrawn.topic: "withdrawn",
    objection.ComplaintTakenUp.topic: "taken_up",
    objection.ComplaintClosed.topic: "closed",
}
_ERASURE = {
    kept.WordsErasureAsked.topic: "asked",
    kept.WordsErasureProposed.topic: "proposed",
    kept.WordsErased.topic: "erased",
    kept.WordsErasureCompleted.topic: "completed",
}


@dataclass(slots=True, kw_only=True)
class Objection:
    """An objection or complaint. ``phase`` is raised until it has been screened.

    ``about`` is the organisation that it is about, or about one of whose people; ``authority`` is
    the one that deals with it.

    ``overdue`` says that the timekeeper flagged the screening, ``identified`` that an officer
    has seen who the objector is, ``files`` how many came with it. ``erasure`` is asked, proposed,
    erased or completed, ``keys`` are those that its order names.
    """

    stream: str
    kind: str
    case: str | None
    about: str | None
    authority: str | None
    phase: str
    real_name: bool
    raised_at: datetime
    raised_position: int
    screen_by: date | None = None
    overdue: bool = False
    identified: bool = False
    files: int = 0
    erasure: str | None = None
    keys: tuple[str, ...] = ()
    changed_at: datetime
    version: int
    position: int


@dataclass(slots=True)
class HandedInFile:
    """A file that came with an objection or a complaint."""

    stream: str
    file: str


objections = Table(
    "objection",
    Objection,
    key=("stream",),
    indexes=(
        "(authority, raised_position)",
        '("case")',
        "(raised_position) WHERE authority IS NULL",
        "(about)",
        "(stream) WHERE erasure = 'erased'",
    ),
)
handed_in_files = Table("handed_in_file", HandedInFile, key=("stream", "file"), indexes=("(file)",))
view = View("objections", 8, (objections, handed_in_files))


@view.on(objection.ObjectionRaised)
def _raised(fact: Fact, page: Page) -> None:
    _put(fact, page, kind="objection", real_name=fact["real_name"])


@view.on(objection.ComplaintReceived)
def _received(fact: Fact, page: Page) -> None:
    _put(fact, page, kind=fact["origin"], real_name=fact.fields["name"] is not None)


@view.on(
    objection.ObjectionAdmitted,
    objection.ObjectionNotAdmitted,
    objection.ObjectionInvestigated,
    objection.ObjectionUpheld,
    objection.ObjectionDismissed,
    objection.ObjectionWithdrawn,
    objection.ComplaintTakenUp,
    objection.ComplaintClosed,
)
def _went_on(fact: Fact, page: Page) -> None:
    row = page.rows(objections).get(fact.stream)
    if row is not None:
        row.phase = _PHASES[fact.topic]
        row.changed_at, row.version, row.position = fact.at, fact.version, fact.position
        page.rows(objections).put(row)


@view.on(
    objection.ScreeningDated,
    objection.ScreeningOverdue,
    objection.ObjectorIdentified,
    objection.ObjectorVerified,
    kept.FileHandedIn,
    kept.WordsErasureAsked,
    kept.WordsErasureProposed,
    kept.WordsErased,
    kept.WordsErasureCompleted,
)
def _noted(fact: Fact, page: Page) -> None:
    """What changes nothing of where it stands."""
    row = page.rows(objections).get(fact.stream)
    if row is None:
        return
    if fact.topic == objection.ScreeningDated.topic:
        row.screen_by = fact.day("screen_by")
    row.overdue = row.overdue or fact.topic == objection.ScreeningOverdue.topic
    row.identified = row.identified or fact.topic == objection.ObjectorIdentified.topic
    row.erasure = _ERASURE.get(fact.topic, row.erasure)
    if fact.topic == kept.FileHandedIn.topic:
        row.files += 1
        page.rows(handed_in_files).put(HandedInFile(fact.stream, fact["file"]))
    if fact.topic == kept.WordsErased.topic:
        row.keys = fact.words("keys")
    row.changed_at, row.version, row.position = fact.at, fact.version, fact.position
    page.rows(objections).put(row)


def _put(fact: Fact, page: Page, *, kind: str, real_name: bool) -> None:
    waits = "screen_by" if kind == "objection" else "accept_by"
    page.rows(objections).put(
        Objection(
            stream=fact.stream,
            kind=kind,
            case=fact["case"],
            about=fact["about"],
            authority=fact["authority"],
            phase="raised",
            real_name=real_name,
            raised_at=fact.at,
            raised_position=fact.position,
            screen_by=fact.day(waits) if waits in fact.fields else None,
            changed_at=fact.at,
            version=fact.version,
            position=fact.position,
        )
    )


_ABOUT_THERE = LIES_WITHIN.format(column="objection.about")


def visible(
    scope: Scope, *, unaddressed: bool = False, never_about: Collection[str] = ()
) -> Listing[Objection]:
    """What organisations in ``scope`` deal or dealt with, and what is about its areas' offices.

    The newest first.
    ``unaddressed`` adds the complaints that name nothing which an authority is known to be over.
    What is about the organisations ``never_about`` is left out whatever the scope says.
    """
    seen = f"""(authority = ANY (%s) OR %s AND authority IS NULL AND about IS NULL
        OR about IS NOT NULL AND (%s OR {_ABOUT_THERE}))"""
    everything = scope.everything or "" in scope.areas
    given = [sorted(scope.organisations), unaddressed, everything, sorted(scope.areas)]
    left_out = ("(about IS NULL OR about <> ALL (%s))", [sorted(never_about)])
    return listing(objections, [(seen, given), left_out], ("raised_position",))


def of_case(connection: Connection[Any], case_id: str) -> list[Objection]:
    """The objections and complaints about a case, the oldest first."""
    return objections.select(connection, 'WHERE "case" = %s ORDER BY position', (case_id,))


def to_be_completed(connection: Connection[Any]) -> list[Objection]:
    """Those whose words were erased while a copy of their keys may still open, the oldest first."""
    return objections.select(connection, "WHERE erasure = 'erased' ORDER BY stream")


def with_something(connection: Connection[Any], files: Sequence[str]) -> set[str]:
    """Those of these files that came with an objection or a complaint."""
    found = handed_in_files.select(connection, "WHERE file = ANY (%s)", (list(files),))
    return {each.file for each in found}


_SETTLED = ("not_admitted", "upheld", "dismissed", "withdrawn", "taken_up", "closed")


def waited_for(connection: Connection[Any]) -> frozenset[str]:
    """The offices at which objections and complaints wait."""
    rows = connection.execute(
        f"""
        SELECT DISTINCT authority FROM {objections.stored}
        WHERE authority IS NOT NULL AND phase <> ALL (%s)
        """,
        (list(_SETTLED),),
    )
    return frozenset(each for (each,) in rows)


def open_at(
    connection: Connection[Any], offices: Collection[str], unless_about: str | None
) -> dict[str, int]:
    """How many objections and complaints wait at each of some offices, where any do.

    Not those about one organisation, whose people do not learn of them.
    """
    rows = connection.execute(
        f"""
        SELECT authority, count(*) FROM {objections.stored}
        WHERE authority = ANY (%s) AND phase <> ALL (%s) AND about IS DISTINCT FROM %s
        GROUP BY authority
        """,
        (sorted(offices), list(_SETTLED), unless_about),
    )
    return dict(rows.fetchall())
