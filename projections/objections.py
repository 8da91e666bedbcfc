"""Objections and complaints (异议、投诉举报): which there are, and where they stand.

Their streams are restricted and their words are not here; who may see even this is the
caller's question.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from psycopg.types.json import Jsonb

from domain.authority.power import Power
from domain.objection import events as objection
from domain.objection import kept
from projections import organisations
from projections.area import covers
from projections.case_status import cases
from projections.listing import both, either, listing
from projections.offices import by_offices
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from psycopg import Connection

    from projections.fact import Fact
    from projections.listing import Condition, Gathered, Listing
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
        "(raised_position)",
        '("case")',
        "(raised_position) WHERE authority IS NULL",
        "(about)",
        "(stream) WHERE erasure = 'erased'",
    ),
)
handed_in_files = Table("handed_in_file", HandedInFile, key=("stream", "file"), indexes=("(file)",))
view = View("objections", 10, (objections, handed_in_files))


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


@view.on(objection.ObjectionTakenOver, objection.ComplaintTakenOver)
def _taken_over(fact: Fact, page: Page) -> None:
    row = page.rows(objections).get(fact.stream)
    if row is not None:
        row.authority = fact["to_organisation"]
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


@dataclass(frozen=True, kw_only=True)
class Dealing:
    """As what a caller deals with what is handed in, who holds a seat for it.

    ``powers`` are those over such things that their organisation exercises today; ``unaddressed``
    says that what names nobody goes to it. What is about ``never_about`` is never theirs to see.
    """

    powers: tuple[Power, ...] = ()
    unaddressed: bool = False
    never_about: frozenset[str] = frozenset()


_WITHIN_POWER = f"""EXISTS (
    SELECT FROM jsonb_to_recordset(%s) AS power (area text, levels text[], series text[])
    WHERE NOT EXISTS (
        SELECT FROM {organisations.organisations.stored} AS o
        WHERE o.organisation = objection.about AND NOT {covers("power.area", "o.area")})
      AND NOT EXISTS (
        SELECT FROM {cases.stored} AS s
        JOIN {organisations.organisations.stored} AS o ON o.organisation = s.employer
        WHERE s."case" = objection."case"
          AND NOT ({covers("power.area", "o.area")}
                   AND (power.levels = '{{}}' OR s.level = ANY (power.levels))
                   AND (power.series = '{{}}' OR s.series = ANY (power.series)))))"""


def seen(scope: Scope, dealing: Dealing) -> Condition:
    """That an organisation of the caller's deals with it, or that it is about an office watched.

    One that deals with it has power over the case and over the office that it is about.
    """
    return _seen(scope, dealing, organisations.seen(_watching(scope), "objection.about"))


def _watching(scope: Scope) -> Scope:
    """What is watched: not the caller's own organisations."""
    return replace(scope, organisations=frozenset())


def _seen(scope: Scope, dealing: Dealing, watched: Condition) -> Condition:
    held = [{"area": p.area, "levels": p.levels, "series": p.series} for p in dealing.powers]
    theirs: Condition = ("objection.authority = ANY (%s)", [sorted(scope.organisations)])
    nobodys = "(%s AND objection.authority IS NULL AND objection.about IS NULL)"
    return both(
        either(
            both(theirs, (_WITHIN_POWER, [Jsonb(held)])),
            (nobodys, [dealing.unaddressed]),
            both(("objection.about IS NOT NULL", []), watched),
        ),
        _about_none_of(dealing.never_about),
    )


def _about_none_of(offices: Collection[str]) -> Condition:
    """Whoever belongs to an office does not learn of what is about it."""
    return "(objection.about IS NULL OR objection.about <> ALL (%s))", [sorted(offices)]


def visible(scope: Scope, dealing: Dealing) -> Gathered[Objection]:
    """What ``scope`` shows, the newest first."""

    def about(watched: Condition) -> Listing[Objection]:
        return listing(objections, [_seen(scope, dealing, watched)], ("raised_position",))

    return by_offices(about, _watching(scope), "objection.about")


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


def open_at(
    connection: Connection[Any], offices: Collection[str], never_about: Collection[str]
) -> dict[str, int]:
    """How many objections and complaints wait at each of some offices, where any do.

    Not those about the organisations ``never_about``, whose people do not learn of them.
    """
    where, given = both(
        ("objection.authority = ANY (%s)", [sorted(offices)]),
        ("objection.phase <> ALL (%s)", [list(_SETTLED)]),
        _about_none_of(never_about),
    )
    rows = connection.execute(
        f"SELECT authority, count(*) FROM {objections.source} WHERE {where} GROUP BY authority",
        given,
    )
    return dict(rows.fetchall())
