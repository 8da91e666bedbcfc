"""Titles (职称): who gained which, given by whom, and whether it is held.

What ``domain.person.state`` remembers of each person's titles, of everybody.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from domain.case.certificate import CertificateIssued, CertificateVoided
from domain.case.next_stage import TitleRecognised
from domain.person.titles import (
    ReportConfirmed,
    TitleGained,
    TitleLost,
    TitleRescinded,
    TitleRestored,
    TitleState,
)
from projections import organisations, people
from projections.asking import compared, turned
from projections.case_scope import seen as case_seen
from projections.concerned import few_persons
from projections.listing import ALWAYS, both, either, listing
from projections.reach import among, asked_first, few_offices
from projections.scope import Scope
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection, Cursor

    from projections.asking import Asked
    from projections.fact import Fact
    from projections.listing import Condition, Gathered, Listing
    from projections.page import Page


@dataclass(slots=True, kw_only=True)
class Title:
    """One title, of a case or of a self-evaluating unit's report, which ``case`` then names.

    ``organisation`` gave it; ``position`` is where it was gained. ``state`` is held, revoked or
    rescinded, ``lost_on`` the day in Beijing since which it is one of the latter;
    ``certificate`` the number that stands for it.
    """

    case: str
    position: int
    person: str
    organisation: str
    series: str
    specialty: str
    level: str
    label: str
    gained_on: date
    state: str = TitleState.HELD
    lost_on: date | None = None
    certificate: str | None = None

    @property
    def report(self) -> str | None:
        """The unit's report of which it is; None of a case's."""
        return self.case if self.case.startswith("report-") else None

    def on(self, day: date) -> Title:
        """The same as of a day: what was revoked later was held, what is rescinded never was."""
        if self.state == TitleState.REVOKED and self.lost_on is not None and day < self.lost_on:
            return replace(self, state=TitleState.HELD, lost_on=None)
        return self


@dataclass(slots=True)
class Giving:
    """Which organisation gave the title of a case, or of a report, last."""

    case: str
    organisation: str


titles = Table(
    "title",
    Title,
    key=("case", "position"),
    indexes=(
        "(position)",
        *(
            f"({column}, position)"
            for column in ("person", "organisation", "series", "specialty", "level", "label")
        ),
        "(state, position)",
        "(gained_on)",
        "(lost_on) WHERE lost_on IS NOT NULL",
    ),
)
givings = Table("title_giving", Giving, key=("case",))
view = View("titles", 1, (titles, givings))


@view.on(TitleRecognised)
def _recognised(fact: Fact, page: Page) -> None:
    page.rows(givings).put(Giving(fact.stream, fact["organisation"]))


@view.on(ReportConfirmed)
def _confirmed(fact: Fact, page: Page) -> None:
    page.rows(givings).put(Giving(fact["report"], fact["organisation"]))


@view.on(TitleGained)
def _gained(fact: Fact, page: Page) -> None:
    giving = page.rows(givings).get(fact["case"])
    if giving is None:
        msg = "a title was gained that nobody gave"
        raise LookupError(msg)
    page.rows(titles).put(
        Title(
            case=fact["case"],
            position=fact.position,
            person=fact.stream,
            organisation=giving.organisation,
            series=fact["series"],
            specialty=fact["specialty"],
            level=fact["level"],
            label=fact["label"],
            gained_on=date.fromisoformat(fact["gained_on"]),
        )
    )


@view.on(TitleLost)
def _lost(fact: Fact, page: Page) -> None:
    _turn(fact, page, TitleState.HELD, TitleState.REVOKED, fact.day("revoked_on"))


@view.on(TitleRescinded)
def _rescinded(fact: Fact, page: Page) -> None:
    _turn(fact, page, TitleState.HELD, TitleState.RESCINDED, fact.day("rescinded_on"))


@view.on(TitleRestored)
def _restored(fact: Fact, page: Page) -> None:
    _turn(fact, page, TitleState.REVOKED, TitleState.HELD, None)


@view.on(CertificateIssued)
def _issued(fact: Fact, page: Page) -> None:
    _certified(fact, page, fact["certificate"])


@view.on(CertificateVoided)
def _voided(fact: Fact, page: Page) -> None:
    _certified(fact, page, None)


def _turn(fact: Fact, page: Page, of: str, into: str, on: date | None) -> None:
    """Let the last title of a case that stands so stand otherwise."""
    row = _last(fact["case"], page)
    if row is not None and row.state == of:
        row.state, row.lost_on = into, on
        page.rows(titles).put(row)


def _certified(fact: Fact, page: Page, certificate: str | None) -> None:
    row = _last(fact.stream, page)
    if row is not None:
        row.certificate = certificate
        page.rows(titles).put(row)


def _last(case: str, page: Page) -> Title | None:
    """The title of a case: where one was rescinded and another gained, the other."""
    return max(page.rows(titles).of(case), key=lambda row: row.position, default=None)


_SLIP = "title.state = 'rescinded'"


def seen(scope: Scope, history: Scope) -> Condition:
    """That one of the looks which tell of a title is open: at its person, or at its case.

    A person shows all their titles. A case shows the one that was gained by it, and its history
    that one was gained by a slip, which is taken back. ``scope`` is that of reading persons, which
    is that of reading cases and oneself beside; ``history`` that of histories.
    """
    return either(
        people.seen(scope, "title.person"),
        both((f"NOT {_SLIP}", []), case_seen(scope, 'title."case"')),
        both((_SLIP, []), case_seen(history, 'title."case"')),
    )


def visible(
    scope: Scope,
    history: Scope,
    asked: Sequence[Asked] = (),
    *,
    on: date | None = None,
    ascending: bool = False,
) -> Gathered[Title]:
    """Titles that are shown by the looks of ``seen``, what was entered last first, or the oldest.

    ``on``: as of a day in Beijing, with none that was gained later; None: as they are.
    """
    conditions = [seen(scope, history), *(turned(each, _condition(each, on)) for each in asked)]
    if on is not None:
        conditions.append(("title.gained_on <= %s", [on]))

    def theirs(connection: Connection[Any]) -> Listing[Title]:
        persons = few_persons(connection, scope)
        named = among("title.person", persons)
        there = [_places(connection, each) for each in asked if each.name == "area"]
        found = listing(titles, [named, *there, *conditions], _PLACE, ascending=ascending)
        found = found if persons is None else found.gathered()
        return found if on is None else replace(found, read=lambda rows: _as_of(rows, on))

    return asked_first(theirs, _PLACE)


def _as_of(rows: Cursor[Any], on: date) -> list[Title]:
    return [each.on(on) for each in titles.rows(rows)]


_PLACE = ("position",)
_COLUMNS = {
    "person": "person",
    "case": '"case"',
    "org": "organisation",
    "series": "series",
    "specialty": "specialty",
    "level": "level",
    "label": "label",
    "gained": "gained_on",
}


def _condition(asked: Asked, on: date | None) -> Condition:
    match asked.name:
        case "area":
            return organisations.seen(_lying(asked), "title.organisation")
        case "state":
            return either(*(_stands(str(each), on) for each in asked.words()))
        case "lost":
            return both(compared("title.lost_on", asked), _lost_by(on))
        case name:
            return compared(f"title.{_COLUMNS[name]}", asked)


def _stands(state: str, on: date | None) -> Condition:
    """That a title stands so on a day, as ``Title.on`` says."""
    now: Condition = ("title.state = %s", [state])
    if on is None or state == TitleState.RESCINDED:
        return now
    if state == TitleState.REVOKED:
        return both(now, _lost_by(on))
    return either(now, ("title.state = 'revoked' AND title.lost_on > %s", [on]))


def _lost_by(on: date | None) -> Condition:
    """That a title had been lost by a day; a slip, whenever it was taken back."""
    return ALWAYS if on is None else (f"({_SLIP} OR title.lost_on <= %s)", [on])


def _lying(asked: Asked) -> Scope:
    return Scope(areas=frozenset(map(str, asked.words())))


def _places(connection: Connection[Any], asked: Asked) -> Condition:
    """The offices of the areas that are asked for, where they are few, each by its name."""
    named = among("title.organisation", few_offices(connection, _lying(asked)))
    return ALWAYS if asked.negated else named
