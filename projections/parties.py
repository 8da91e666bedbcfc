"""Whom each case concerns (相关方), so that lists of cases can be scoped without being walked.

A case concerns its applicant, its employer, whoever stands above the employer, the
organisations of its chain, its substitutes, and the areas in which the employer lies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.area import LEVELS, at_level
from domain.case.draft import CaseOpened
from domain.case.filing import CaseSubmitted
from domain.case.substitute import SubstituteDesignated
from domain.case.takeover import StageTakenOver
from domain.organisation.events import (
    OrganisationMergedInto,
    OrganisationPlaced,
    OrganisationRegistered,
)
from projections.listing import Gathered, narrowed
from projections.status import CaseStatus, cases
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from psycopg import Connection

    from projections.fact import Fact
    from projections.listing import Condition
    from projections.page import Page
    from projections.scope import Scope


@dataclass(slots=True)
class Home:
    """Where an organisation lies, who stands directly above it, and who carries on for it."""

    organisation: str
    area: str
    superior: str | None
    bureau: str | None
    successor: str | None = None

    @property
    def uppers(self) -> tuple[str, ...]:
        """Who is above it, directly."""
        found = (self.superior, self.bureau, self.successor)
        return tuple(each for each in found if each is not None)


@dataclass(slots=True)
class Party:
    """One case concerns one party: an organisation or person by id, or an area by its path.

    ``stands`` says that it does so by where its employer stands in the register, and no longer
    than that.
    """

    case: str
    party: str
    stands: bool


@dataclass(slots=True)
class Employed:
    """Through which employer a case was opened."""

    case: str
    employer: str


homes = Table(
    "party_home", Home, key=("organisation",), indexes=("(superior)", "(bureau)", "(successor)")
)
parties = Table("case_party", Party, key=("case", "party"), indexes=('(party, "case")',))
employed = Table("case_employer", Employed, key=("case",), indexes=("(employer)",))
view = View("parties", 3, (homes, parties, employed))


@view.on(OrganisationRegistered)
def _registered(fact: Fact, page: Page) -> None:
    page.rows(homes).put(Home(fact.stream, fact["area"], fact["superior"], fact["bureau"]))


@view.on(OrganisationPlaced)
def _placed(fact: Fact, page: Page) -> None:
    home = page.rows(homes).get(fact.stream)
    if home is None:
        msg = "an organisation was placed that was never registered"
        raise LookupError(msg)
    home.area, home.superior, home.bureau = fact["area"], fact["superior"], fact["bureau"]
    page.rows(homes).put(home)
    _moved(fact.stream, page)


@view.on(OrganisationMergedInto)
def _merged(fact: Fact, page: Page) -> None:
    home = page.rows(homes).get(fact.stream)
    if home is None:
        msg = "an organisation was merged that was never registered"
        raise LookupError(msg)
    home.successor = fact["into"]
    page.rows(homes).put(home)
    _moved(fact.stream, page)


@view.on(CaseOpened)
def _opened(fact: Fact, page: Page) -> None:
    employer = fact["employer"]
    page.once(homes.name, _load_homes)
    page.rows(employed).put(Employed(fact.stream, employer))
    _concern(fact.stream, [fact["applicant"]], page)
    _concern(fact.stream, _standing(employer, page), page, stands=True)


@view.on(CaseSubmitted)
def _submitted(fact: Fact, page: Page) -> None:
    _concern(fact.stream, (each["organisation"] for each in fact["chain"]), page)


@view.on(SubstituteDesignated)
def _designated(fact: Fact, page: Page) -> None:
    _concern(fact.stream, [fact["person"]], page)


@view.on(StageTakenOver)
def _taken_over(fact: Fact, page: Page) -> None:
    _concern(fact.stream, [fact["to_organisation"]], page)


def _load_homes(page: Page) -> None:
    """Load the employers of all cases that the page opens, and level by level who stands above."""
    rows, seen = page.rows(homes), set[str]()
    level = {each["employer"] for each in page.facts if each.topic == CaseOpened.topic}
    while level:
        rows.load(level)
        seen |= level
        found = [home for home in map(rows.get, level) if home is not None]
        above = {up for home in found for up in home.uppers}
        level = above - seen


def _above(organisation: str, page: Page) -> set[str]:
    """The organisation and all above it, as the register has it."""
    seen: set[str] = set()
    waiting = [organisation]
    while waiting:
        each = waiting.pop()
        if each in seen:
            continue
        seen.add(each)
        home = page.rows(homes).get(each)
        if home is not None:
            waiting += home.uppers
    return seen


def _standing(employer: str, page: Page) -> set[str]:
    """Whom a case concerns by where its employer stands: who is above, and the areas."""
    home = page.rows(homes).get(employer)
    areas = set() if home is None else {at_level(home.area, level) for level in LEVELS}
    return _above(employer, page) | areas


_MOVED = f"""
    WITH RECURSIVE below (organisation) AS (
        SELECT organisation FROM {homes.stored} WHERE organisation = %(it)s
        UNION
        SELECT next.organisation FROM {homes.stored} AS next
        JOIN below ON below.organisation IN (next.superior, next.bureau, next.successor)
    )
    SELECT "case", employer FROM {employed.stored} JOIN below ON employer = organisation
    ORDER BY "case"
"""


def _moved(organisation: str, page: Page) -> None:
    """The cases of all employers at or beneath an organisation concern whoever is above now."""
    page.written(homes)
    rows = page.written(employed).execute(_MOVED, {"it": organisation}).fetchall()
    above = {employer: _standing(employer, page) for employer in {each for _, each in rows}}
    page.rows(parties).load({case for case, _ in rows})
    for case, employer in rows:
        for party in page.rows(parties).of(case):
            if party.stands and party.party not in above[employer]:
                page.rows(parties).remove(case, party.party)
        _concern(case, above[employer], page, stands=True)


def _concern(case: str, concerned: Iterable[str], page: Page, *, stands: bool = False) -> None:
    """What a case concerns of its own, it concerns wherever its employer stands."""
    for party in concerned:
        known = page.rows(parties).get(case, party)
        if known is None or (known.stands and not stands):
            page.rows(parties).put(Party(case, party, stands))


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """What a list of cases is narrowed to; None does not narrow."""

    phase: str | None = None
    pack: str | None = None
    stage: str | None = None
    series: str | None = None
    level: str | None = None
    batch: str | None = None
    employer: str | None = None
    flag: str | None = None

    def conditions(self) -> dict[str, str | None]:
        """What is asked of the columns, each with what is given for it."""
        return {
            "phase = %s": self.phase,
            "pack = %s": self.pack,
            "stage = %s": self.stage,
            "series = %s": self.series,
            "level = %s": self.level,
            "batch = %s": self.batch,
            "employer = %s": self.employer,
            "%s = ANY (flags)": self.flag,
        }


UNNARROWED = Narrowing()


def concerned(connection: Connection[Any], case: str) -> frozenset[str]:
    """The parties of a case."""
    rows = connection.execute(f'SELECT party FROM {parties.stored} WHERE "case" = %s', (case,))
    return frozenset(party for (party,) in rows)


def visible(scope: Scope, narrowing: Narrowing = UNNARROWED) -> Gathered[CaseStatus]:
    """The cases that concern somebody in ``scope``, the newest first: ids grow with time.

    One that was never filed concerns its applicant alone.
    Without narrowing, the time taken does not grow with the record.
    """

    def gather(
        connection: Connection[Any], behind: Sequence[Any] | None, limit: int
    ) -> list[CaseStatus]:
        (before,) = behind or (None,)
        asked = narrowed({**narrowing.conditions(), '"case" < %s': before})
        return _gathered(connection, scope, [_handed_in(scope), *asked], limit)

    return Gathered(place=("case",), gather=gather)


def _handed_in(scope: Scope) -> Condition:
    """That a case is no draft of somebody else's."""
    return "(submitted_at IS NOT NULL OR applicant = ANY (%s))", [sorted(scope.persons)]


def _gathered(
    connection: Connection[Any], scope: Scope, asked: Sequence[Condition], limit: int
) -> list[CaseStatus]:
    where = " AND ".join(["true", *(condition for condition, _ in asked)])
    given = [each for _, values in asked for each in values]
    if scope.everything or "" in scope.areas:
        return cases.select(
            connection, f'WHERE {where} ORDER BY "case" DESC LIMIT %s', [*given, limit]
        )
    rest = f"""
        WHERE "case" IN (
            SELECT found."case" FROM unnest(%s::text[]) AS seen (party)
            CROSS JOIN LATERAL (
                SELECT listed."case"
                FROM {parties.stored} AS listed JOIN {cases.source} USING ("case")
                WHERE listed.party = seen.party AND {where}
                ORDER BY listed."case" DESC LIMIT %s
            ) AS found
        )
        ORDER BY "case" DESC LIMIT %s
    """
    return cases.select(connection, rest, [scope.parties, *given, limit, limit])


def of_party(connection: Connection[Any], party: str) -> list[str]:
    """Every case that concerns an organisation, a person or an area, by id."""
    rows = connection.execute(
        f'SELECT "case" FROM {parties.stored} WHERE party = %s ORDER BY "case"', (party,)
    )
    return [case for (case,) in rows]


def within(connection: Connection[Any], scope: Scope, cases: Iterable[str]) -> set[str]:
    """Those of some cases that concern somebody in the scope, or lie in its areas."""
    if scope.everything or "" in scope.areas:
        return set(cases)
    rows = connection.execute(
        f'SELECT DISTINCT "case" FROM {parties.stored} '
        'WHERE "case" = ANY (%s) AND party = ANY (%s)',
        (list(cases), scope.parties),
    )
    return {case for (case,) in rows}
