"""What is public (公示), and objecting to it: ``/v1/publicities``, open to anyone.

A posting's data ends with its period, and never holds a document number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request
from marshmallow import fields

from api.acts.handed_in import HandedIn
from api.acts.handed_in import raise_objection as raise_an_objection
from api.conventions.admission import Admission
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Text
from api.conventions.paging import PageQuery, link_to_next, place_of
from api.http.names import names_of
from api.http.public_files import files_field, handing_in
from api.problems import Problem
from api.services import services
from domain.beijing import day
from projections import organisations, publicities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.publicities import Publicity

blueprint = Blueprint(
    "publicities", prefix="/v1/publicities", description="公示 / what is public now"
)


class PublicitySchema(AnswerSchema):
    """A posting while it runs: whose case, for which title, where, until when."""

    posting = fields.String(required=True)
    number = fields.String(required=True)
    name = fields.String(required=True)
    employer = fields.String(required=True)
    series = fields.String(required=True)
    specialty = fields.String(required=True)
    level = fields.String(required=True)
    place = fields.String(required=True)
    address = fields.String(required=True, allow_none=True)
    posted_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    content = fields.String(required=True)


class PublicitiesSchema(AnswerSchema):
    """A page of what is public today, the oldest first."""

    publicities = fields.List(fields.Nested(PublicitySchema), required=True)


class HandInBody(Body):
    """What somebody says, with files; whoever gives no name states concrete facts or has files."""

    statement = Text(required=True, longest=4000)
    name = Text(load_default=None, allow_none=True, longest=100)
    contact = Text(load_default=None, allow_none=True, longest=200)
    files = files_field()


class ReceiptSchema(AnswerSchema):
    """The receipt, told this once, and what was handed in counts as."""

    receipt = fields.String(required=True)
    kind = fields.String(
        required=True, metadata={"description": "`objection`, or `complaint` after the period."}
    )


@blueprint.get("")
@blueprint.admits(Admission.PUBLIC)
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, PublicitiesSchema)
def list_publicities(
    query: dict[str, Any],
) -> tuple[dict[str, Any], int, dict[str, str]]:
    """List what is public today."""
    limit, place = query["limit"], place_of(query["cursor"])
    with services().views.connection() as connection:
        found = publicities.public_on(
            connection,
            day(services().clock.now()),
            after="" if place is None else str(place[0]),
            limit=limit + 1,
        )
        page = found[:limit]
        shown = _shown(connection, page)
    following = (page[-1].posting,) if len(found) > limit else None
    return {"publicities": shown}, 200, link_to_next(following)


@blueprint.get("/<posting>")
@blueprint.admits(Admission.PUBLIC)
@blueprint.response(200, PublicitySchema)
def read_publicity(posting: str) -> dict[str, Any]:
    """Read one posting while it runs; afterwards there is none."""
    with services().views.connection() as connection:
        row = _current(connection, posting)
        return _shown(connection, [row])[0]


@blueprint.post("/<posting>/objections")
@blueprint.admits(Admission.PUBLIC)
@blueprint.arguments(HandInBody)
@blueprint.response(201, ReceiptSchema)
def raise_objection(body: dict[str, Any], posting: str) -> dict[str, str]:
    """Object to what was posted; after its last day this counts as a complaint."""
    now = services().clock.now()
    services().sign_in.throttle.count_guess(request.remote_addr or "", now)
    with services().views.connection() as connection:
        row = publicities.of(connection, posting)
    if row is None:
        raise Problem("NOT_FOUND")
    with handing_in(body.pop("files"), now) as files:
        said = HandedIn(**body, files=files)
        raised = raise_an_objection(services().office, row.case, posting, said, now)
    return {"receipt": services().receipts.issue(raised.stream, now), "kind": raised.kind}


def _current(connection: Connection[Any], posting: str) -> Publicity:
    row = publicities.of(connection, posting)
    today = day(services().clock.now())
    if row is None or row.standing != "open" or not row.posted_on <= today <= row.ends_on:
        raise Problem("NOT_FOUND")
    return row


def _shown(connection: Connection[Any], rows: Sequence[Publicity]) -> list[dict[str, Any]]:
    cases = publicities.about(connection, [row.case for row in rows])
    names = names_of(connection, [each.applicant for each in cases.values()])
    employers = organisations.named(connection, [each.employer for each in cases.values()])
    return [
        {
            "posting": row.posting,
            "number": cases[row.case].number,
            "name": names[cases[row.case].applicant],
            "employer": employers.get(cases[row.case].employer, ""),
            "series": cases[row.case].series,
            "specialty": cases[row.case].specialty,
            "level": cases[row.case].level,
            "place": row.place,
            "address": row.address,
            "posted_on": row.posted_on,
            "ends_on": row.ends_on,
            "content": row.content,
        }
        for row in rows
    ]
