"""Everything that an applicant has on record in a case: ``/v1/cases/{case_id}/file``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act
from api.acts.case_duties import duties_of
from api.acts.case_reading import read_case
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.http.acting import acting
from api.http.case_document import CaseSchema, case_document
from api.http.case_duties import CaseDutiesSchema, duties_document
from api.http.case_history import EventSchema, case_events, event_document
from api.http.rows import nested
from api.problems import Problem
from api.services import services
from domain.actor import AccountActor

if TYPE_CHECKING:
    from audit.record import Recorded

blueprint = Blueprint(
    "case-file", prefix="/v1/cases", description="本人档案与回执 / one's own file, and receipts"
)


class ActReceiptSchema(AnswerSchema):
    """That an act of the applicant is on record.

    ``leaf_hash`` is the RFC 6962 hash, in hex, of the bytes as they are stored.
    """

    receipt = fields.Integer(attribute="position")
    case = fields.String()
    number = fields.String()
    topic = fields.String()
    title = fields.String()
    at = fields.AwareDateTime()
    leaf_hash = fields.String()


class OwnFileSchema(AnswerSchema):
    """The case with its words, what it owes, everything that happened in it, and receipts."""

    case = fields.Nested(CaseSchema)
    duties = fields.Nested(CaseDutiesSchema)
    events = nested(EventSchema)
    receipts = nested(ActReceiptSchema)


@blueprint.get("/<case_id>/file")
@blueprint.response(200, OwnFileSchema)
def read_file(case_id: str) -> dict[str, Any]:
    """Read the whole of one's own file."""
    owed = duties_of(services().office, acting(), case_id, Act.READ_OWN_FILE)
    seen = owed.seen
    return {
        "case": case_document(seen),
        "duties": duties_document(owed),
        "events": case_events(seen),
        "receipts": [
            _receipt(case_id, seen.case.number, one)
            for one in seen.history.recorded
            if _by(one, seen.case.applicant)
        ],
    }


@blueprint.get("/<case_id>/receipts/<int:position>")
@blueprint.response(200, ActReceiptSchema)
def read_receipt(case_id: str, position: int) -> dict[str, Any]:
    """Read the receipt of one's own act, named by its position in the record."""
    seen = read_case(services().office, acting(), case_id, Act.READ_OWN_FILE)
    for one in seen.history.recorded:
        if one.position == position and _by(one, seen.case.applicant):
            return _receipt(case_id, seen.case.number, one)
    raise Problem("NOT_FOUND")


def _by(one: Recorded, applicant: str) -> bool:
    return isinstance(one.actor, AccountActor) and one.actor.person == applicant


def _receipt(case_id: str, number: str, one: Recorded) -> dict[str, Any]:
    return {"case": case_id, "number": number, **event_document(one, visible=True)}
