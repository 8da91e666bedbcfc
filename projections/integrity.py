"""The integrity record (诚信档案): every entry, as known at any position and in effect on any day.

What is known of an entry changes by correction and annulment; each such change closes one
version of the row and begins the next.
Whether an entry is active, expired or annulled is computed from its days; nothing expires here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from domain.area import LEVELS, at_level
from domain.person import integrity
from projections import organisations
from projections.area import covers
from projections.case_status import cases
from projections.concerned import belongs_within, concerned, few_persons
from projections.fact import Sealed
from projections.listing import ALWAYS, both, either, listing, narrowed
from projections.reach import among, asked_first, few_offices
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.fact import Fact
    from projections.listing import Condition, Gathered, Listing
    from projections.page import Page
    from projections.scope import Scope


@dataclass(slots=True, kw_only=True)
class Entry:
    """One entry as it was known from position ``known_from`` until before ``known_until``.

    ``starts_on`` and ``ends_on`` are the first and the last day in Beijing, through its 24:00.
    ``decision`` is the one that the entry rests on, ``amendment`` the one that corrected or
    annulled it.
    """

    person: str
    entry: str
    known_from: int
    known_until: int | None = None
    case: str | None
    investigation: str | None
    ground: str
    decision: str
    authority: str
    scope: str
    area: str
    starts_on: date
    ends_on: date
    months: int
    term_source: str
    effect: str
    rules: tuple[str, ...]
    particulars: Sealed | None
    entered_at: datetime
    annulled: bool = False
    amendment: str | None = None
    reason: Sealed | None = None

    def state(self, on: date) -> str:
        """``active``, ``pending``, ``expired`` or ``annulled`` on a day in Beijing (A-05)."""
        if self.annulled:
            return "annulled"
        if on < self.starts_on:
            return "pending"
        return "active" if on <= self.ends_on else "expired"


entries = Table(
    "integrity",
    Entry,
    key=("person", "entry", "known_from"),
    indexes=(
        "(entry)",
        "(area, known_from)",
        "(authority, known_from)",
        '("case")',
        "(known_from)",
        "(known_from, ends_on, starts_on) WHERE known_until IS NULL AND NOT annulled",
        "(known_from) WHERE known_until IS NULL AND annulled",
    ),
)
view = View("integrity", 3, (entries,))


@view.on(integrity.IntegrityRecordEntered)
def _entered(fact: Fact, page: Page) -> None:
    page.rows(entries).put(
        Entry(
            person=fact.stream,
            entry=fact["entry"],
            known_from=fact.position,
            case=fact["case"],
            investigation=fact["investigation"],
            ground=fact["ground"],
            decision=fact["decision"],
            authority=fact["authority"],
            scope=fact["scope"],
            area=fact["area"],
            starts_on=date.fromisoformat(fact["starts_on"]),
            ends_on=date.fromisoformat(fact["ends_on"]),
            months=fact["months"],
            term_source=fact["term_source"],
            effect=fact["effect"],
            rules=fact.words("rules"),
            particulars=fact.sealed("particulars"),
            entered_at=fact.at,
        )
    )


@view.on(integrity.IntegrityRecordCorrected)
def _corrected(fact: Fact, page: Page) -> None:
    known = _known(fact, page)
    _succeed(known, fact, page, ends_on=date.fromisoformat(fact["ends_on"]))


@view.on(integrity.IntegrityRecordAnnulled)
def _annulled(fact: Fact, page: Page) -> None:
    _succeed(_known(fact, page), fact, page, annulled=True)


def _known(fact: Fact, page: Page) -> Entry:
    for each in page.rows(entries).of(fact.stream):
        if each.entry == fact["entry"] and each.known_until is None:
            return each
    msg = "an entry was amended that was never made"
    raise LookupError(msg)


def _succeed(known: Entry, fact: Fact, page: Page, **changes: Any) -> None:  # noqa: ANN401
    known.known_until = fact.position
    page.rows(entries).put(known)
    page.rows(entries).put(
        replace(
            known,
            known_from=fact.position,
            known_until=None,
            amendment=fact["decision"],
            reason=fact.sealed("reason"),
            **changes,
        )
    )


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """What a list of entries is narrowed to; None does not narrow.

    ``state`` is active, pending, expired or annulled on the day that is asked for;
    ``employer`` is the unit through which the case was filed that an entry rests on;
    ``entered_from`` and ``entered_to`` (both included) are first days of entries.
    """

    state: str | None = None
    ground: str | None = None
    authority: str | None = None
    case: str | None = None
    employer: str | None = None
    entered_from: date | None = None
    entered_to: date | None = None


UNNARROWED = Narrowing()
_OF_EMPLOYER = f'"case" IN (SELECT s."case" FROM {cases.stored} AS s WHERE s.employer = %s)'
_STATES = {
    "annulled": "annulled",
    "pending": "NOT annulled AND starts_on > %s",
    "active": "NOT annulled AND starts_on <= %s AND ends_on >= %s",
    "expired": "NOT annulled AND starts_on <= %s AND ends_on < %s",
}
"""As ``Entry.state`` says, of one and the same day."""


def _as_known(at: int | None) -> Condition:
    """That a row is what was known of its entry at a position, or is known now."""
    if at is None:
        return "known_until IS NULL", []
    return "known_from <= %s AND (known_until IS NULL OR known_until > %s)", [at, at]


def of_persons(
    connection: Connection[Any], persons: Sequence[str], *, known_at: int | None = None
) -> list[Entry]:
    """All entries of some persons, the longest first, as known at a position (or now)."""
    where, given = both(("person = ANY (%s)", [list(persons)]), _as_known(known_at))
    return entries.select(connection, f"WHERE {where} ORDER BY ends_on DESC, entry", given)


def decided_by(authority: str) -> Listing[Entry]:
    """All entries that an authority decided, as known now, the oldest first."""
    conditions: list[Condition] = [("authority = %s", [authority]), _as_known(None)]
    return listing(entries, conditions, ("known_from", "entry"), ascending=True)


def versions(connection: Connection[Any], entry: str) -> list[Entry]:
    """What was known of one entry, one row after the other."""
    return entries.select(connection, "WHERE entry = %s ORDER BY known_from", (entry,))


_EFFECTIVE_THERE = f"""EXISTS (SELECT FROM unnest(%s::text[]) AS watched (area)
    WHERE {covers("watched.area", "integrity.area")}
       OR {covers("integrity.area", "watched.area")})"""


def seen(scope: Scope, dealt_with: Sequence[str] | None = None) -> Condition:
    """That an entry was made by an organisation shown, is of somebody shown, or concerns an area.

    It concerns an area in which it takes effect: its own lies there, or covers it.
    Of what an office is shown beneath it, that alone is seen which it deals with by its power:
    ``dealt_with`` are the areas of that, None for who is shown entries by no power of an office.
    What an authority decided itself is its own, wherever whom it is about belongs by now.
    """
    shown = either(
        organisations.seen(scope, "integrity.authority"),
        (_EFFECTIVE_THERE, [sorted(scope.areas)]),
        concerned(scope, "integrity.person"),
    )
    if dealt_with is None:
        return shown
    own: Condition = ("integrity.authority = ANY (%s)", [sorted(scope.organisations)])
    return both(shown, either(own, belongs_within(dealt_with, "integrity.person")))


def visible(
    scope: Scope,
    narrowing: Narrowing = UNNARROWED,
    *,
    on: date,
    known_at: int | None = None,
    dealt_with: Sequence[str] | None = None,
) -> Gathered[Entry]:
    """Entries that ``scope`` shows, what was last known first; ``dealt_with`` is that of ``seen``.

    ``on`` is the day (Beijing) on which their state is asked, ``known_at`` the position as of
    which they are known.
    """
    conditions: list[Condition] = [seen(scope, dealt_with), _as_known(known_at)]
    conditions += narrowed(
        {
            "ground = %s": narrowing.ground,
            "authority = %s": narrowing.authority,
            '"case" = %s': narrowing.case,
            _OF_EMPLOYER: narrowing.employer,
            "starts_on >= %s": narrowing.entered_from,
            "starts_on <= %s": narrowing.entered_to,
        }
    )
    if narrowing.state is not None:
        state = _STATES[narrowing.state]
        conditions.append((state, [on] * state.count("%s")))

    def theirs(connection: Connection[Any]) -> Listing[Entry]:
        return listing(entries, [_named(connection, scope), *conditions], ("known_from",))

    return asked_first(theirs, ("known_from",))


_BENEATH = "(integrity.area > %s AND integrity.area < %s)"
"""As ``covers`` says: behind '/' comes '0'."""


def _named(connection: Connection[Any], scope: Scope) -> Condition:
    """Where all are few by whom or where an entry may be shown, each of them by its name."""
    offices, persons = few_offices(connection, scope), few_persons(connection, scope)
    if offices is None or persons is None:
        return ALWAYS
    around = sorted({at_level(each, level) for each in scope.areas for level in LEVELS} | {""})
    return either(
        among("integrity.authority", offices),
        among("integrity.person", persons),
        among("integrity.area", around if scope.areas else []),
        *((_BENEATH, [f"{each}/", f"{each}0"]) for each in sorted(scope.areas)),
    )
