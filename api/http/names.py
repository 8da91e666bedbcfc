"""What ids are called: ``POST /v1/names``, up to 200 in one request.

People in the caller's charge are told by name, those who applied or acted in a case that the
caller reads by a part of it; of others, and of what lies elsewhere, nothing.
"""

from __future__ import annotations

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length

from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body
from api.http.acting import acting
from api.http.names_of_ids import called_within
from api.http.rows import nested
from api.http.word_fields import ID

blueprint = Blueprint("names", prefix="/v1/names", description="名称 / what ids are called")

MOST = 200


class NamesBody(Body):
    """Of what: ids of persons, accounts, organisations and cases."""

    ids = fields.List(fields.String(validate=ID), validate=Length(1, MOST))


class CalledSchema(AnswerSchema):
    """What one id is called, and what it is; null where the caller is not told."""

    id = fields.String()
    name = fields.String(allow_none=True)
    label = fields.String(allow_none=True)


class CalledNamesSchema(AnswerSchema):
    """In the order in which they were asked for."""

    names = nested(CalledSchema)


@blueprint.post("")
@blueprint.arguments(NamesBody)
@blueprint.response(200, CalledNamesSchema)
def read(body: dict[str, Any]) -> dict[str, Any]:
    """Tell what some ids are called, as far as the caller may know."""
    known = called_within(acting(), body["ids"])
    nothing = (None, None)
    rows = ((each, *known.get(each, nothing)) for each in body["ids"])
    return {"names": [{"id": i, "name": name, "label": label} for i, name, label in rows]}
