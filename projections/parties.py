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
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psycopg import Connection

    from projections.fact import Fact
    from projections.page import Page


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
