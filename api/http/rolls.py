"""Yearly rolls: ``/v1/organisations/{organisation_id}/rolls``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from marshmallow import fields
from marshmallow.validate import OneOf

from api.access import Act
from api.acts import roll
from api.acts.guard import guard
from api.acts.roll import FILE, ROLLS
from api.acts.thing import read as read_thing
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, WholeNumber
from api.conventions.versions import etag
from api.http.act_operations import acts_field, acts_of
from api.http.acting import Answered, acting, asking, takes, told
from api.http.rows import nested, shows
from api.services import services
from domain.person.titles import TitleState
from projections import rolls

blueprint = Blueprint(
    "rolls", prefix="/v1/organisations", description="年度名册备案 / yearly rolls"
)
_EARLIEST, _LATEST = 2000, 2100


class RollBody(Body):
    """Of which calendar year; whom it names is on record."""

    year = WholeNumber(least=_EARLIEST, most=_LATEST)


@shows(rolls.Approval, "case effective_on label series specialty level lost_on")
class ApprovalSchema(AnswerSchema):
    """A title that the organisation recognised in the year, and what became of it."""

    state = fields.String(validate=OneOf(list(TitleState)))


@shows(rolls.Roll, "organisation receiver listed filed_on due_on late position")
class FiledRollSchema(AnswerSchema):
    """A roll as it was filed; ``late`` where its day had passed."""


class YearRollSchema(AnswerSchema):
    """The roll of one year: until when, with whom, whether it was filed, whom it names.

    ``receiver`` and ``due_on`` are null where the notice asks no roll of the organisation.
    ``received`` are the rolls that were filed with it.
    """

    organisation = fields.String()
    year = fields.Integer()
    receiver = fields.String(allow_none=True)
    due_on = fields.Date(allow_none=True)
    rules = fields.List(fields.String())
    overdue = fields.Boolean()
    noted_overdue = fields.Boolean(metadata={"description": "Noted on record by the timekeeper."})
    filed = fields.Nested(FiledRollSchema, allow_none=True)
    received = nested(FiledRollSchema)
    approvals = nested(ApprovalSchema)
    acts = acts_field()


@takes(blueprint, "/<organisation_id>/rolls", FILE, RollBody)
def file_roll(body: dict[str, Any], organisation_id: str) -> Answered:
    """File the roll of a year that is over with the office above, as the handler.

    Nobody can be recognised in a year that is over, so what the view lists then is all.
    """
    who, year = asking(FILE), body["year"]
    with services().views.connection() as connection:
        listed = rolls.approved(connection, organisation_id, year)
    cases = tuple(each.case for each in listed if each.state != TitleState.RESCINDED)
    answer = guard(services().office, who, FILE, organisation_id, year=year, cases=cases)
    return told(answer, FILE, organisation_id)


@blueprint.get("/<organisation_id>/rolls/<int:year>")
@blueprint.response(200, YearRollSchema)
def read_roll(organisation_id: str, year: int) -> Answered:
    """Read the roll of a year: when it is due, whether it was filed, whom it names."""
    who, office = acting(), services().office
    seen = read_thing(office, who, ROLLS, organisation_id, Act.READ_ROLL)
    desk = seen.desk
    due = roll.due(desk, seen.state, year, who.today)
    with services().views.connection() as connection:
        filed = rolls.filed(connection, organisation_id, year)
        noted = rolls.noted_overdue(connection, organisation_id, year)
        received = rolls.received(connection, organisation_id, year)
        listed = rolls.approved(connection, organisation_id, year)
    offers = roll.may_file(desk, seen.state, year) if filed is None else ()
    document = {
        "organisation": organisation_id,
        "year": year,
        "receiver": None if due is None else due.receiver,
        "due_on": None if due is None else due.due_on,
        "rules": [] if due is None else due.rules,
        "overdue": filed is None and due is not None and who.today > due.due_on,
        "noted_overdue": noted is not None,
        "filed": filed,
        "received": received,
        "approvals": listed,
        "acts": acts_of(replace(seen, offers=offers)),
    }
    return document, 200, etag(seen.version)
