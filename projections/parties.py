"""Whom each case concerns (相关方), so that lists of cases can be scoped without being walked.

A case concerns its applicant, its employer, whoever stands above the employer, the organisations
that are in its chain now, the accounts of its substitutes, and the areas where the employer lies.
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
from projections.chain import Stage, chain_of, handed_on
from projections.listing import ALWAYS, Gathered, both, narrowed
from projections.status import NEWEST, CaseStatus, Order, cases
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
    """One case concerns one party: an organisation, person or account by id, or an area by path.

    ``stands`` says that it does so by where its employer stands in the register, and no longer
    than that.
    """

    case: str
    party: str
    stands: bool


@dataclass(frozen=True)
class Substitute:
    """An account that stands in for a seat of a stage."""

    stage: str
    account: str


@dataclass(slots=True)
class Part:
    """Who has a part in a case of their own, and through which employer it was opened."""

    case: str
    employer: str
    applicant: str
    chain: tuple[Stage, ...] = ()
    substitutes: tuple[Substitute, ...] = ()

    @property
    def taken(self) -> set[str]:
        """Whom it concerns wherever its employer stands."""
        offices = (each.organisation for each in self.chain)
        return {self.applicant, *offices, *(each.account for each in self.substitutes)}


homes = Table(
    "party_home", Home, key=("organisation",), indexes=("(superior)", "(bureau)", "(successor)")
)
parties = Table("case_party", Party, key=("case", "party"), indexes=('(party, "case")',))
parts = Table("case_part", Part, key=("case",), indexes=("(employer)",))
view = View("parties", 4, (homes, parties, parts))


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
    page.once(homes.name, _load_homes)
    _take_part(Part(fact.stream, fact["employer"], fact["applicant"]), page)
    _stand(fact.stream, _standing(fact["employer"], page), page)


@view.on(CaseSubmitted)
def _submitted(fact: Fact, page: Page) -> None:
    part = _part(fact, page)
    part.chain = chain_of(fact)
    _take_part(part, page)


@view.on(SubstituteDesignated)
def _designated(fact: Fact, page: Page) -> None:
    part = _part(fact, page)
    part.substitutes = (*part.substitutes, Substitute(fact["stage"], fact["account"]))
    _take_part(part, page)


@view.on(StageTakenOver)
def _taken_over(fact: Fact, page: Page) -> None:
    """Nobody stands in for the former organisation, which has no part in the case any more."""
    part = _part(fact, page)
    part.chain = handed_on(part.chain, fact)
    part.substitutes = tuple(each for each in part.substitutes if each.stage != fact["stage"])
    _take_part(part, page)


def _part(fact: Fact, page: Page) -> Part:
    part = page.rows(parts).get(fact.stream)
    if part is None:
        msg = "an event of a case that was never opened"
        raise LookupError(msg)
    return part


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
    SELECT "case", employer FROM {parts.stored} JOIN below ON employer = organisation
    ORDER BY "case"
"""


def _moved(organisation: str, page: Page) -> None:
    """The cases of all employers at or beneath an organisation concern whoever is above now."""
    page.written(homes)
    rows = page.written(parts).execute(_MOVED, {"it": organisation}).fetchall()
    above = {employer: _standing(employer, page) for employer in {each for _, each in rows}}
    page.rows(parties).load({case for case, _ in rows})
    for case, employer in rows:
        for party in page.rows(parties).of(case):
            if party.stands and party.party not in above[employer]:
                page.rows(parties).remove(case, party.party)
        _stand(case, above[employer], page)


def _stand(case: str, concerned: Iterable[str], page: Page) -> None:
    """A case concerns these by where its employer stands, unless they have a part in it anyway."""
    for party in concerned:
        if page.rows(parties).get(case, party) is None:
            page.rows(parties).put(Party(case, party, stands=True))


def _take_part(part: Part, page: Page) -> None:
    """A case concerns of its own whoever has a part in it, and nobody who had one before."""
    page.rows(parts).put(part)
    rows = page.rows(parties)
    left = [e.party for e in rows.of(part.case) if not e.stands and e.party not in part.taken]
    for each in left:
        rows.remove(part.case, each)
    if left:
        _stand(part.case, _standing(part.employer, page), page)
    for party in sorted(part.taken):
        known = rows.get(part.case, party)
        if known is None or known.stands:
            rows.put(Party(part.case, party, stands=False))


def concerned(connection: Connection[Any], case: str) -> frozenset[str]:
    """The parties of a case."""
    rows = connection.execute(f'SELECT party FROM {parties.stored} WHERE "case" = %s', (case,))
    return frozenset(party for (party,) in rows)


_CONCERNS = f"""EXISTS (SELECT FROM {parties.stored} AS seen
    WHERE seen."case" = {{column}} AND seen.party = ANY (%s))"""
_KNOWN = f"""EXISTS (SELECT FROM {cases.stored} AS known
    WHERE known."case" = {{column}} AND {{handed_in}})"""


def seen(scope: Scope, column: str = 'case_status."case"') -> Condition:
    """That the case in a column concerns the caller, and is no draft of somebody else's.

    Whoever stands above the employer is a party, so nothing is asked about who stands beneath.
    """
    handed_in, own = _handed_in(scope, "known")
    known: Condition = (_KNOWN.format(column=column, handed_in=handed_in), own)
    return both(_concerns(scope, column), known)


def _handed_in(scope: Scope, row: str) -> Condition:
    """That the case of a row was filed, or is the caller's own, or is being filed by them."""
    own, helping = ([], []) if scope.mandated else (sorted(scope.persons), sorted(scope.assisting))
    helped = f"{row}.helper = ANY (%s) AND {row}.helping_for = ANY (%s)"
    where = f"({row}.submitted_at IS NOT NULL OR {row}.applicant = ANY (%s) OR {helped})"
    return where, [own, helping, sorted(scope.organisations)]


def visible(
    scope: Scope, asked: Sequence[Condition] = (), order: Order = NEWEST
) -> Gathered[CaseStatus]:
    """The cases that ``scope`` shows and that meet what is asked of ``case_status``.

    One that was never filed concerns its applicant alone, and who files it for them.
    """
    conditions = [_handed_in(scope, cases.name), *asked]

    def gather(
        connection: Connection[Any], behind: Sequence[Any] | None, limit: int
    ) -> list[CaseStatus]:
        if order.column is None:
            return _newest(connection, scope, conditions, order, behind, limit)
        return _ordered(connection, scope, conditions, order, behind, limit)

    def count(connection: Connection[Any], most: int) -> int:
        where, given = both(_concerns(scope), *conditions)
        some = f"SELECT FROM {cases.source} WHERE {where} LIMIT %s"
        row = connection.execute(f"SELECT count(*) FROM ({some}) AS counted", [*given, most])
        return int(row.fetchall()[0][0])

    place = ("case",) if order.column is None else (order.column, "case")
    return Gathered(place=place, gather=gather, counts=count)


def _concerns(scope: Scope, column: str = 'case_status."case"') -> Condition:
    if scope.everything:
        return ALWAYS
    return _CONCERNS.format(column=column), [scope.parties]


def _newest(
    connection: Connection[Any],
    scope: Scope,
    conditions: Sequence[Condition],
    order: Order,
    behind: Sequence[Any] | None,
    limit: int,
) -> list[CaseStatus]:
    """Each party is asked for its newest cases alone, so that the time does not grow with them."""
    sign, way = ("<", "DESC") if order.descending else (">", "ASC")
    beyond = narrowed({f'case_status."case" {sign} %s': None if behind is None else behind[0]})
    where, given = both(*conditions, *beyond)
    if scope.everything:
        return cases.select(
            connection, f'WHERE {where} ORDER BY "case" {way} LIMIT %s', [*given, limit]
        )
    rest = f"""
        WHERE "case" IN (
            SELECT found."case" FROM unnest(%s::text[]) AS seen (party)
            CROSS JOIN LATERAL (
                SELECT listed."case"
                FROM {parties.stored} AS listed JOIN {cases.source} USING ("case")
                WHERE listed.party = seen.party AND {where}
                ORDER BY listed."case" {way} LIMIT %s
            ) AS found
        )
        ORDER BY "case" {way} LIMIT %s
    """
    return cases.select(connection, rest, [scope.parties, *given, limit, limit])


def _ordered(
    connection: Connection[Any],
    scope: Scope,
    conditions: Sequence[Condition],
    order: Order,
    behind: Sequence[Any] | None,
    limit: int,
) -> list[CaseStatus]:
    """By another column, what has none last where it descends: see ``Order``."""
    sign, way = ("<", "DESC") if order.descending else (">", "ASC")
    beyond: list[Condition] = []
    if behind is not None:
        beyond.append((f'({order.key}, "case") {sign} ({order.or_least("%s")}, %s)', list(behind)))
    where, given = both(_concerns(scope), *conditions, *beyond)
    rest = f'WHERE {where} ORDER BY {order.key} {way}, "case" {way} LIMIT %s'
    return cases.select(connection, rest, [*given, limit])


def shown(connection: Connection[Any], scope: Scope, some: Iterable[str]) -> set[str]:
    """Those of some cases that ``scope`` shows."""
    where, given = both(('asked."case" = ANY (%s)', [list(some)]), seen(scope, 'asked."case"'))
    rows = connection.execute(f'SELECT "case" FROM {cases.stored} AS asked WHERE {where}', given)
    return {case for (case,) in rows}


def of_party(connection: Connection[Any], party: str) -> list[str]:
    """Every case that concerns an organisation, a person or an area, by id."""
    rows = connection.execute(
        f'SELECT "case" FROM {parties.stored} WHERE party = %s ORDER BY "case"', (party,)
    )
    return [case for (case,) in rows]
