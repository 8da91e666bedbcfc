"""Names of organisations in lists: as of what a row tells of, and now where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from marshmallow import fields

from api.acts.organisation_name import Names
from api.conventions.fields import AnswerSchema
from api.services import services

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.acts.acting import Acting
    from api.acts.desk import Desk
    from projections.case_order import ListedCase
    from projections.queue_rows import Queued, Standing

Members = dict[str, str | None]
Columns = dict[str, Sequence[str | None]]
"""For each row one value, by member."""


def _name() -> fields.String:
    described = "As of what this tells of; empty where there is none."
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


def names_then(desk: Desk, asked: Iterable[tuple[str | None, int]]) -> list[Members]:
    """What each is to be shown with: how an organisation was called at a position, and is now.

    As the register has it, of which a process has at hand what it was asked for before.
    """
    called = Names(desk).called_each([*asked])
    return [{"organisation_name": c.name, "organisation_name_now": c.now} for c in called]


def waiting_names(who: Acting, page: Sequence[Queued | Standing]) -> Columns:
    """For each row of a queue, its names as of when the case came to the seat."""
    return _of_houses(who, [(row.employer, row.organisation, row.since_position) for row in page])


def case_names(who: Acting, page: Sequence[ListedCase]) -> Columns:
    """For each row of a list of cases, its names as of the last event of the case."""
    return _of_houses(who, [(row.employer, row.organisation, row.position) for row in page])


def _of_houses(who: Acting, rows: Sequence[tuple[str, str | None, int]]) -> Columns:
    names = Names(services().office.desk(who))
    house = names.called_each([(own, at) for _, own, at in rows])
    hires = names.called_each([(employer, at) for employer, _, at in rows])
    return {
        "organisation_name": [each.name for each in house],
        "organisation_name_now": [each.now for each in house],
        "employer_name": [each.name for each in hires],
        "employer_name_now": [each.now for each in hires],
    }
