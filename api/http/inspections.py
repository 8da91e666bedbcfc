"""What auditors and inspectors look for: duties not separated, who consulted what.

Scoped by the table of access; nothing here shows words about people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from marshmallow import fields
from marshmallow.validate import Length

from api.access import Act
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.conventions.paging import PageQuery
from api.conventions.vocabulary import Word
from api.http.case_history import TrailSchema
from api.http.lists import Query, lists, scope_to_read
from api.http.rows import shows
from api.http.vocabularies import VERDICTS
from api.http.words import optional_stream
from projections import consultations, separation
from projections.consultations import Consultation
from projections.trail import Trail

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from projections.listing import Listing

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


@shows(Trail, "case number applicant")
class SeparationFindingSchema(TrailSchema):
    """A stage of a case, with what was found about it."""

    position = fields.Integer(required=True, attribute="entered")


class ConsultationsQuery(PageQuery):
    """Whose look-ups, or look-ups of what."""

    subject = fields.String(load_default=None, validate=Length(1, 80))
    person = optional_stream("person")


@shows(Consultation, "position subject extent mandate person account organisation at")
class LookUpSchema(AnswerSchema):
    """One look-up: who looked at what, how far, under which mandate; the reason is sealed."""


@lists(findings, "SeparationFindings", FindingsQuery, findings=SeparationFindingSchema)
def list_findings(who: Acting, query: Query) -> Listing[Trail]:
    """List stages whose separation check did not pass, or one person at two levels."""
    scope, verdict = scope_to_read(Act.READ_FINDINGS, who), query["verdict"]
    if verdict == CROSS_LEVEL:
        return separation.cross_level(scope)
    return separation.found(scope, verdicts=(SAME, INCOMPLETE) if verdict is None else (verdict,))


@lists(looked, "LookUps", ConsultationsQuery, consultations=LookUpSchema)
def list_consultations(who: Acting, query: Query) -> Listing[Consultation]:
    """List who looked at what: of those, or at those, in the caller's charge."""
    scope = scope_to_read(Act.READ_CONSULTATIONS, who)
    return consultations.consulted(scope, subject=query["subject"], person=query["person"])
