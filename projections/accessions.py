"""Employers' applications for registration (单位注册申请): which there are, and where they stand.

Who is named in them, and what was said, is not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from domain.objection.kept import WordsErased, WordsErasureCompleted
from domain.organisation.accession import (
    AccessionApplied,
    AccessionApproved,
    AccessionCompleted,
    AccessionDeclined,
    AccessionReturned,
    AccessionWithdrawn,
)
from domain.organisation.accession_decisions import sectors_for
from projections.area import covers
from projections.listing import ALWAYS, both, either, listing
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.fact import Fact
    from projections.listing import Condition, Listing
    from projections.page import Page
    from projections.scope import Scope


@dataclass(slots=True, kw_only=True)
class Accession:
    """One application; departments of its ``sectors`` register such a unit without the registry.

    ``level`` and ``sector`` are those of the office which the notice names, None where it asks for
    none. ``since_position`` is where it came before the body, again after it was sent back.
    ``keys`` are those that an order to erase its words names, until no copy of them opens.
    """

    accession: str
    area: str
    level: str | None
    sector: str | None
    sectors: tuple[str, ...]
    standing: str
    applied_at: datetime
    version: int
    position: int
    since_position: int
    keys: tuple[str, ...] = ()


@dataclass(slots=True)
class Document:
    """A document that was handed in with one."""

    accession: str
    file: str


accessions = Table(
    "accession",
    Accession,
    key=("accession",),
    indexes=(
        "(position)",
        "(accession) WHERE keys <> '{}'",
        "(since_position) WHERE standing = 'applied'",
        "(position) WHERE standing IN ('applied', 'returned')",
    ),
)
documents = Table("accession_document", Document, key=("accession", "file"), indexes=("(file)",))
view = View("accessions", 4, (accessions, documents))


@view.on(AccessionApplied, AccessionCompleted)
def _applied(fact: Fact, page: Page) -> None:
    before = page.rows(accessions).get(fact.stream)
    named = fact["competent"] or {"level": None, "sector": None}
    page.rows(accessions).put(
        Accession(
            accession=fact.stream,
            area=fact["employer"]["area"],
            level=named["level"],
            sector=named["sector"],
            sectors=tuple(sorted(sectors_for(fact["employer"]["traits"], named["sector"]))),
            standing="applied",
            applied_at=fact.at if before is None else before.applied_at,
            version=fact.version,
            position=fact.position if before is None else before.position,
            since_position=fact.position,
        )
    )
    for each in fact["documents"]:
        page.rows(documents).put(Document(fact.stream, each["file"]))


_BECAME = {
    AccessionReturned.topic: "returned",
    AccessionApproved.topic: "approved",
    AccessionDeclined.topic: "declined",
    AccessionWithdrawn.topic: "withdrawn",
}


@view.on(AccessionReturned, AccessionApproved, AccessionDeclined, AccessionWithdrawn)
def _went_on(fact: Fact, page: Page) -> None:
    row = page.rows(accessions).get(fact.stream)
    if row is None:
        msg = "something became of an application that was never handed in"
        raise LookupError(msg)
    row.standing, row.version = _BECAME[fact.topic], fact.version
    page.rows(accessions).put(row)


@view.on(WordsErased, WordsErasureCompleted)
def _erased(fact: Fact, page: Page) -> None:
    row = page.rows(accessions).get(fact.stream)
    if row is not None:  # else an objection or a complaint
        row.keys = fact.words("keys") if fact.topic == WordsErased.topic else ()
        row.version = fact.version
        page.rows(accessions).put(row)


@dataclass(frozen=True, kw_only=True)
class Charge:
    """What an office has in its charge: areas in which it has the registry, or is a department.

    As a department it has what is of its ``sectors``, where the notice names no other ``level``.
    ``erasing`` are areas in which the caller erases what was handed in.
    """

    registry: tuple[str, ...] = ()
    department: tuple[str, ...] = ()
    level: str = ""
    sectors: frozenset[str] = frozenset()
    erasing: tuple[str, ...] = ()


_WITHIN = f"""EXISTS (
    SELECT FROM unnest(%s::text[]) AS wider (area)
    WHERE {covers("wider.area", "accession.area")})"""
_LEVEL = "(accession.level IS NULL OR accession.level = %s)"
_SECTOR = "(accession.sector IS NULL OR accession.sector = ANY (%s))"


def seen(scope: Scope, charge: Charge) -> Condition:
    """That an application is in the charge of the caller's office, or in an area watched."""
    if scope.everything:
        return ALWAYS
    return either(
        *_charged(charge),
        (_WITHIN, [list(charge.erasing)]),
        (_WITHIN, [sorted(scope.areas)]),
    )


def _charged(charge: Charge) -> tuple[Condition, Condition]:
    """That one is in the charge of an office which has the registry there, or as a department."""
    department = both(
        (_WITHIN, [list(charge.department)]),
        (_LEVEL, [charge.level]),
        ("accession.sectors && %s::text[]", [sorted(charge.sectors)]),
    )
    return (_WITHIN, [list(charge.registry)]), department


def waiting(charge: Charge) -> Listing[Accession]:
    """What waits for an office that is the one to decide it, the longest waiting first."""
    conditions: list[Condition] = [
        ("standing = 'applied'", []),
        either(*_charged(charge)),
        (_LEVEL, [charge.level]),
        (_SECTOR, [sorted(charge.sectors)]),
    ]
    return listing(accessions, conditions, ("since_position",), ascending=True)


def visible(scope: Scope, charge: Charge, *, waiting: bool = True) -> Listing[Accession]:
    """The applications that ``scope`` shows, the newest first; ``waiting`` leaves out the rest."""
    undecided: Condition = ("standing IN ('applied', 'returned')", []) if waiting else ALWAYS
    return listing(accessions, [seen(scope, charge), undecided], ("position",))


def to_be_completed(connection: Connection[Any]) -> list[Accession]:
    """Those whose words were erased while a copy of their keys may still open, the oldest first."""
    return accessions.select(connection, "WHERE keys <> '{}' ORDER BY accession")


def with_one(connection: Connection[Any], files: Sequence[str]) -> set[str]:
    """Those of these files that came with an application."""
    found = documents.select(connection, "WHERE file = ANY (%s)", (list(files),))
    return {each.file for each in found}
