"""What auditors and inspectors look for: duties not separated, who consulted what.

Scoped by the table of access; nothing here shows words about people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Length

from api.access import Act
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.conventions.paging import PageQuery
from api.conventions.vocabulary import Word
from api.http.acting import Answered, acting
from api.http.case_history import TrailSchema
from api.http.lists import CountedSchema, listed, scope_to_read
from api.http.vocabularies import VERDICTS
from api.http.words import optional_stream
from projections import consultations, separation

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from projections.consultations import Consultation
    from projections.listing import Listing
    from projections.trail import Trail

findings = Blueprint(
    "separation-findings",
    prefix="/v1/separation-findings",
    description="职责分离核对 / where duties were not separated",
)
looked = Blueprint(
    "consultations", prefix="/v1/consultations", description="查询留痕 / who consulted what"
)

SAME, INCOMPLETE, CROSS_LEVEL = VERDICTS


class FindingsQuery(PageQuery):
    """Which verdict; without one, those that did not pass."""

    verdict = Word(VERDICTS, load_default=None)


class SeparationFindingSchema(TrailSchema):
    """A stage of a case, with what was found about it."""

    case = fields.String(required=True)
    number = fields.String(required=True)
    applicant = fields.String(required=True)
    position = fields.Integer(required=True)


class SeparationFindingsSchema(CountedSchema):
    """A page of stages, the latest first."""

    findings = fields.List(fields.Nested(SeparationFindingSchema), required=True)


class ConsultationsQuery(PageQuery):
    """Whose look-ups, or look-ups of what."""

    subject = fields.String(load_default=None, validate=Length(1, 80))
    person = optional_stream("person")


class LookUpSchema(AnswerSchema):
    """One look-up: who looked at what, how far, under which mandate; the reason is sealed."""

    position = fields.Integer(required=True)
    subject = fields.String(required=True)
    extent = fields.String(required=True)
    mandate = fields.String(required=True, allow_none=True)
    person = fields.String(required=True, allow_none=True)
    account = fields.String(required=True, allow_none=True)
    organisation = fields.String(required=True, allow_none=True)
    at = fields.AwareDateTime(required=True)


class LookUpsSchema(CountedSchema):
    """A page of look-ups, the newest first."""

    consultations = fields.List(fields.Nested(LookUpSchema), required=True)


@findings.get("")
@findings.arguments(FindingsQuery, location="query")
@findings.response(200, SeparationFindingsSchema)
def list_findings(query: dict[str, Any]) -> Answered:
    """List stages whose separation check did not pass, or one person at two levels."""
    page, count, link = listed(found_trails(acting(), query["verdict"]), query)
    return {"findings": [finding_row(row) for row in page], "count": count}, 200, link


@looked.get("")
@looked.arguments(ConsultationsQuery, location="query")
@looked.response(200, LookUpsSchema)
def list_consultations(query: dict[str, Any]) -> Answered:
    """List who looked at what: of those, or at those, in the caller's charge."""
    found = found_consultations(acting(), query["subject"], query["person"])
    page, count, link = listed(found, query)
    return {"consultations": page, "count": count}, 200, link


def found_trails(who: Acting, verdict: str | None) -> Listing[Trail]:
    """Stages in the caller's charge with this verdict. Raises the problem ``FORBIDDEN``."""
    scope = scope_to_read(Act.READ_FINDINGS, who)
    if verdict == CROSS_LEVEL:
        return separation.cross_level(scope)
    return separation.found(scope, verdicts=(SAME, INCOMPLETE) if verdict is None else (verdict,))


def found_consultations(
    who: Acting, subject: str | None = None, person: str | None = None
) -> Listing[Consultation]:
    """Look-ups in the caller's charge. Raises the problem ``FORBIDDEN``."""
    scope = scope_to_read(Act.READ_CONSULTATIONS, who)
    return consultations.consulted(scope, subject=subject, person=person)


def finding_row(row: Trail) -> dict[str, Any]:
    """A stage as lists show it."""
    return {
        "case": row.case,
        "number": row.number,
        "applicant": row.applicant,
        "stage": row.stage,
        "label": row.label,
        "organisation": row.organisation,
        "round": row.round,
        "acts": row.acts,
        "verdict": row.verdict,
        "corrected": row.corrected,
        "basis": row.basis,
        "cross_level": row.cross_level_corrected,
        "position": row.entered,
    }
