"""Cases, as their applicants handle them, as everybody reads them: ``/v1/cases``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Length

from api.access import Act
from api.acts import case, case_reading
from api.acts.case import Answering
from api.acts.guard import guard
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Flag, NumberInQuery, Text
from api.conventions.versions import etag
from api.conventions.vocabulary import Word
from api.http.acting import Answered, AppendedSchema, acting, asking, posts, takes, told
from api.http.application_body import ApplicationBody, read_application
from api.http.case_document import CaseSchema, case_document
from api.http.case_history import (
    HistorySchema,
    SeparationSchema,
    history_document,
    last_act,
)
from api.http.consultations import ConsultationHeader
from api.http.labels_of_laws import title_levels
from api.http.law_schemas import LawRefusalSchema
from api.http.masking import fields_of, printed
from api.http.organisation_names import names_then
from api.http.rows import members
from api.http.things import AsOfQuery
from api.http.value_schemas import Told
from api.http.value_schemas import told as told_leaves
from api.http.word_fields import ID, optional_word, word
from api.law.verdicts import plain_refusal
from api.pages.case_notice import notice_page
from api.pages.certificate import certificate_page
from api.pages.form import form_page
from api.services import services
from domain.case.draft import EligibilityAssessed
from domain.case.values import AssessmentResult
from projections import separation

if TYPE_CHECKING:
    from flask import Response

    from api.acts.acting import Acting, Answer
    from api.acts.case_reading import SeenCase
    from api.http.acting import Answered
    from api.office import Office

blueprint = Blueprint("cases", prefix="/v1/cases", description="申报 / cases")


class TitleBody(Body):
    """For which title; which law holds is found, and need not be named."""

    pack = optional_word()
    series = Text(longest=60)
    specialty = Text(longest=60)
    level = Word(title_levels)
    channel = fields.String(load_default="api", validate=ID)


class OpenBody(TitleBody):
    """For which title, through which employer."""

    employer = word()


class DeclarationsBody(Body):
    """What every filing declares."""

    declared_truthful = Flag()
    declared_unclassified = Flag()


class AnsweringBody(Body):
    """An answer to one item of the return, by the number that the item has there."""

    makes = Answering
    item = word()
    answer = Text(longest=2000)


class ResubmissionBody(DeclarationsBody):
    """The same, and an answer to each item of the return."""

    answers = fields.List(fields.Nested(AnsweringBody), validate=Length(0, 100))


class WithdrawalBody(Body):
    """Why the case is given up; may be left out."""

    reason = Text(load_default=None, longest=1000)


class VersionQuery(AsOfQuery):
    """A case as it was: known at an instant, or at one of its versions."""

    version = NumberInQuery(load_default=None, least=0)


class AssessedSchema(AppendedSchema):
    """The law's answer ahead of filing."""

    result = told_leaves(AssessmentResult)
    obstacles = Told(
        LawRefusalSchema,
        many=True,
        allow_none=True,
        metadata={"description": "Null where the request had been carried out before."},
    )


@blueprint.get("/<case_id>")
@blueprint.arguments(VersionQuery, location="query")
@blueprint.arguments(ConsultationHeader, location="headers")
@blueprint.response(200, CaseSchema)
def read_case(
    query: dict[str, Any], header: dict[str, str], case_id: str
) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Read a case, now or as it was, with the acts that the caller may do next."""
    seen = _read(case_id, Act.READ_CASE, query | header)
    return case_document(seen), 200, etag(seen.history.version)


@blueprint.get("/<case_id>/history")
@blueprint.arguments(VersionQuery, location="query")
@blueprint.arguments(ConsultationHeader, location="headers")
@blueprint.response(200, HistorySchema)
def read_history(query: dict[str, Any], header: dict[str, str], case_id: str) -> dict[str, Any]:
    """Read every event of a case, with who acted in which seat."""
    return history_document(_read(case_id, Act.READ_HISTORY, query | header))


@blueprint.get("/<case_id>/separation")
@blueprint.response(200, SeparationSchema)
def read_separation(case_id: str) -> dict[str, Any]:
    """Read who handled and who led at each stage, and whether they were different persons."""
    seen = _read(case_id, Act.READ_SEPARATION, {})
    with services().views.connection() as connection:
        trail = separation.of_case(connection, case_id)
    houses = names_then(seen.desk, ((row.organisation, last_act(row)) for row in trail))
    stages = [members(row) | house for row, house in zip(trail, houses, strict=True)]
    return {"case": case_id, "applicant": seen.case.applicant, "stages": stages}


@blueprint.get("/<case_id>/notice")
@blueprint.arguments(ConsultationHeader, location="headers")
@blueprint.response(200, content_type="text/html")
def read_notice(header: dict[str, str], case_id: str) -> Response:
    """Print the notice of a case that was not accepted or was rejected."""
    seen = _read(case_id, Act.READ_NOTICE, header)
    office = services().office
    law = office.laws.of(seen.case.law)
    return printed(notice_page(seen, office.desk(), law))


@blueprint.get("/<case_id>/certificate")
@blueprint.arguments(ConsultationHeader, location="headers")
@blueprint.response(200, content_type="text/html")
def read_certificate(header: dict[str, str], case_id: str) -> Response:
    """Print the certificate of a title that was recognised; void or revoked it says so."""
    seen = _read(case_id, Act.READ_NOTICE, header)
    office = services().office
    address = services().settings.public_url
    return printed(certificate_page(seen, office.desk(), office.laws.of(seen.case.law), address))


@blueprint.get("/<case_id>/form")
@blueprint.arguments(ConsultationHeader, location="headers")
@blueprint.response(200, content_type="text/html")
def read_form(header: dict[str, str], case_id: str) -> Response:
    """Print the form of the notice (呈报表、初定表), filled from the application, to be sealed."""
    seen, now = _read(case_id, Act.READ_CASE, header), services().clock.now()
    office = services().office
    return printed(form_page(seen, office.desk(), office.laws.of(seen.case.law), now))


post = posts(blueprint, case_reading.read_case)
post("", case.OPEN, OpenBody)


def _state(office: Office, who: Acting, case_id: str, /, **stated: Any) -> Answer:  # noqa: ANN401 -- of the body
    owner = case.words_of(office, who, case_id)
    application = read_application(stated, owner)
    return guard(office, who, case.STATE, case_id, application=application)


post("/<case_id>/applications", case.STATE, ApplicationBody, _state)


@takes(blueprint, "/<case_id>/assessments", case.ASSESS, answers=AssessedSchema)
def assess(case_id: str) -> Answered:
    """Ask the law ahead of filing; the answer is put on record, whatever it is."""
    who, office = asking(case.ASSESS), services().office
    answer = guard(office, who, case.ASSESS, case_id)
    obstacles = None
    # Sent again, what the law said then is told to whoever may ask it still; what stood in the
    # way besides is not on record.
    if answer.replayed:
        case.may(case.ASSESS, office, who, case_id)
    else:
        obstacles = [plain_refusal(each) for each in case.obstacles_to(office, who, case_id)]
    version = answer.version_of(case_id) or 0
    assessed = office.record.load(case_id).recorded[version - 1].event
    assert isinstance(assessed, EligibilityAssessed)
    result = fields_of(assessed.result, visible=True)
    return told(
        answer, case.ASSESS, case_id, case_reading.read_case, result=result, obstacles=obstacles
    )


post("/<case_id>/submissions", case.SUBMIT, DeclarationsBody)
post("/<case_id>/resubmissions", case.RESUBMIT, ResubmissionBody)
post("/<case_id>/withdrawals", case.WITHDRAW, WithdrawalBody)


def _read(case_id: str, act: Act, query: dict[str, Any]) -> SeenCase:
    return case_reading.read_case(services().office, acting(), case_id, act, **query)
