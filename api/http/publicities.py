"""What is public (公示), and objecting to it: ``/v1/publicities``, open to anyone.

A posting's data ends with its period, and never holds a document number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.acts.competence import in_name_of
from api.acts.handed_in import HandedIn
from api.acts.handed_in import raise_objection as raise_an_objection
from api.conventions.admission import Admission
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.conventions.paging import PageQuery
from api.http.lists import paged
from api.http.organisation_names import names_then
from api.http.person_names import called_then
from api.http.public_files import handing_in
from api.http.receipts import hands_in
from api.http.rows import members, nested, shows
from api.http.word_fields import optional_stream
from api.problems import Problem
from api.services import services
from domain.beijing import day
from projections import publicities

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from psycopg import Connection

    from api.acts.handed_in import Receipt
    from api.http.acting import Answered
    from projections.publicities import Publicity

blueprint = Blueprint(
    "publicities", prefix="/v1/publicities", description="公示 / what is public now"
)


@shows(publicities.PublicCase, "number series specialty level employer")
@shows(publicities.Publicity, "posting announcement place address posted_on ends_on content")
class PublicitySchema(AnswerSchema):
    """A posting while it runs: whose case, for which title, where, until when.

    Those who were made public together share an ``announcement``.

    ``publisher`` is in whose name it was made public: that of the unit, unless its power says
    another.
    """

    name = fields.String()
    publisher = fields.String()


class PublicitiesPageSchema(AnswerSchema):
    """A page of what is public today, the oldest first."""

    publicities = nested(PublicitySchema)


class PublicitiesQuery(PageQuery):
    """What the list is narrowed to: one announcement, or nothing."""

    announcement = optional_stream("announcement")


@blueprint.get("")
@blueprint.admits(Admission.PUBLIC)
@blueprint.arguments(PublicitiesQuery, location="query")
@blueprint.response(200, PublicitiesPageSchema)
def list_publicities(query: dict[str, Any]) -> Answered:
    """List what is public today, or those of one announcement."""
    today = day(services().clock.now())
    page, link = paged(publicities.public_on(today, query["announcement"]), query)
    return {"publicities": _shown(page)}, 200, link


@blueprint.get("/<posting>")
@blueprint.admits(Admission.PUBLIC)
@blueprint.response(200, PublicitySchema)
def read_publicity(posting: str) -> dict[str, Any]:
    """Read one posting while it runs; afterwards there is none."""
    with services().views.connection() as connection:
        row = _current(connection, posting)
    return _shown([row])[0]


@hands_in(blueprint, "/<posting>/objections")
def raise_objection(body: dict[str, Any], now: datetime, posting: str) -> Receipt:
    """Object to what was posted; after its last day this counts as a complaint."""
    with services().views.connection() as connection:
        row = publicities.of(connection, posting)
    if row is None:
        raise Problem("NOT_FOUND")
    with handing_in(body.pop("files"), now) as files:
        said = HandedIn(**body, files=files)
        return raise_an_objection(services().office, row.case, posting, said, now)


def _current(connection: Connection[Any], posting: str) -> Publicity:
    row = publicities.of(connection, posting)
    today = day(services().clock.now())
    if row is None or row.standing != "open" or not row.posted_on <= today <= row.ends_on:
        raise Problem("NOT_FOUND")
    return row


def _shown(rows: Sequence[Publicity]) -> list[dict[str, Any]]:
    with services().views.connection() as connection:
        cases = publicities.about(connection, [row.case for row in rows])
    shown = [cases[row.case] for row in rows]
    desk = services().office.desk()
    employers = names_then(
        desk, ((case.employer, row.position) for row, case in zip(rows, shown, strict=True))
    )
    publishers = names_then(desk, ((row.organisation, row.position) for row in rows))
    names = called_then(
        (case.applicant, row.position) for row, case in zip(rows, shown, strict=True)
    )
    told = zip(rows, shown, names, employers, publishers, strict=True)
    return [
        members(case)
        | members(
            row,
            name=name,
            employer=employer["organisation_name"],
            publisher=in_name_of(desk, row.organisation, row.power)
            or publisher["organisation_name"],
        )
        for row, case, name, employer, publisher in told
    ]
