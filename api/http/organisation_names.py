"""Names of organisations in lists: as of what a row tells of, and now where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marshmallow import fields

from api.acts.organisation_name import Called
from api.conventions.fields import AnswerSchema
from api.services import services
from projections import organisations

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from projections.case_order import ListedCase
    from projections.work_queue import Queued

Members = dict[str, str | None]


def _name() -> fields.String:
    described = "As of what this tells of; empty where there is none, or it is not known yet."
    return fields.String(metadata={"description": described})


def _now() -> fields.String:
    described = "The present name, where it is another one since."
    return fields.String(allow_none=True, metadata={"description": described})


class OrganisationNamedSchema(AnswerSchema):
    """The name of ``organisation``."""

    organisation_name = _name()
    organisation_name_now = _now()


class HousesNamedSchema(OrganisationNamedSchema):
    """The names of ``organisation`` and of ``employer``."""

    employer_name = _name()
    employer_name_now = _now()


def names_then(asked: Iterable[tuple[str | None, int]]) -> list[Members]:
    """What each is to be shown with: how an organisation was called at a position, and is now."""
    pairs = [(each or "", at) for each, at in asked]
    with services().views.connection() as connection:
        told = organisations.named_at(connection, pairs)
    called = {pair: Called.by(*names) for pair, names in told.items()}
    nobody = Called("", None)
    return [
        {"organisation_name": c.name, "organisation_name_now": c.now}
        for c in (called.get(pair, nobody) for pair in pairs)
    ]


def waiting_names(page: Sequence[Queued]) -> list[Members]:
    """For each row of a queue, its names as of when the case came to the seat."""
    return _of_houses([(row.employer, row.organisation, row.since_position) for row in page])


def case_names(page: Sequence[ListedCase]) -> list[Members]:
    """For each row of a list of cases, its names as of the last event of the case."""
    return _of_houses([(row.employer, row.organisation, row.position) for row in page])


def _of_houses(rows: Sequence[tuple[str, str | None, int]]) -> list[Members]:
    asked = [(house, at) for employer, house, at in rows for house in (employer, house)]
    named = names_then(asked)
    employers, houses = named[::2], named[1::2]
    return [
        house
        | {
            "employer_name": employer["organisation_name"],
            "employer_name_now": employer["organisation_name_now"],
        }
        for house, employer in zip(houses, employers, strict=True)
    ]
