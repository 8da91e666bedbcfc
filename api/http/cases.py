"""Cases, as their applicants handle them and as everybody reads them: ``/v1/cases``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flask import Response
from marshmallow import Schema, fields

from api.access import Act
from api.acts.cases import Declarations, Opening
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Instant, NumberInQuery
from api.conventions.versions import etag
from api.http.acting import Answered, AppendedSchema, acting, answered, commanding, offers_of
from api.http.application_body import ApplicationBody, read_application
from api.http.case_bodies import DeclarationsBody, OpenBody, WithdrawalBody
from api.http.case_document import CaseSchema, case_document
from api.http.case_history import (
    HistorySchema,
    SeparationSchema,
    history_document,
    separation_document,
)
from api.http.case_notice import notice_page
from api.http.showing import fields_of
from api.services import services
from projections import separation

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from api.acts.case_reading import Seen
    from domain.refusal import Refusal

blueprint = Blueprint("cases", prefix="/v1/cases", description="申报 / cases")


class AsOfQuery(Schema):
    """A case as it was: known at an instant, or at one of its versions."""

    as_of = Instant(load_default=None)
    version = NumberInQuery(load_default=None, least=0)


class AssessedSchema(AppendedSchema):
    """The law's answer ahead of filing."""

    result = fields.Dict(required=True)
    obstacles = fields.List(
        fields.Dict(),
        required=True,
        allow_none=True,
        metadata={"description": "Null where the request had been carried out before."},
    )


@blueprint.post("")
@blueprint.appends(to_existing=False)
@blueprint.arguments(OpenBody)
@blueprint.response(201, AppendedSchema)
def open_case(body: dict[str, Any]) -> Answered:
    """Open a case as a draft, with the employer that holds the caller's account."""
    who = commanding(to_existing=False)
    answer = services().office.cases.open(who, Opening(**body))
    return done(who, answer, answer.stream_of("case:opened:1"))


@blueprint.get("/<case_id>")
@blueprint.arguments(AsOfQuery, location="query")
@blueprint.response(200, CaseSchema)
def read_case(query: dict[str, Any], case_id: str) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Read a case, now or as it was, with the acts that the caller may do next."""
    seen = _read(case_id, Act.READ_CASE, query)
    return case_document(seen), 200, etag(seen.history.version)


@blueprint.get("/<case_id>/history")
@blueprint.arguments(AsOfQuery, location="query")
@blueprint.response(200, HistorySchema)
def read_history(query: dict[str, Any], case_id: str) -> dict[str, Any]:
    """Read every event of a case, with who acted in which seat."""
    return history_document(_read(case_id, Act.READ_HISTORY, query))


@blueprint.get("/<case_id>/separation")
@blueprint.response(200, SeparationSchema)
def read_separation(case_id: str) -> dict[str, Any]:
    """Read who handled and who led at each stage, and whether they were different persons."""
    seen = _read(case_id, Act.READ_SEPARATION, {})
    with services().views.connection() as connection:
        trail = separation.of_case(connection, case_id)
    return separation_document(case_id, seen.case.applicant, trail)


@blueprint.get("/<case_id>/notice")
@blueprint.response(200, content_type="text/html")
def read_notice(case_id: str) -> Response:
    """Print the notice of a case that was not accepted or was rejected."""
    seen = _read(case_id, Act.READ_NOTICE, {})
    office = services().office
    law = office.laws.of(seen.case.law)
    page = notice_page(seen, office.desk.deliberate(), law)
    headers = {
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline';"
        " frame-ancestors 'none'"
    }
    return Response(page, mimetype="text/html", headers=headers)


@blueprint.post("/<case_id>/applications")
@blueprint.appends(to_existing=True)
@blueprint.arguments(ApplicationBody)
@blueprint.response(201, AppendedSchema)
def state_application(body: dict[str, Any], case_id: str) -> Answered:
    """State all claims of the application; what was stated before is replaced."""
    who = commanding(to_existing=True)
    application = read_application(body, who.actor.person)
    return done(who, services().office.cases.state(who, case_id, application), case_id)


@blueprint.post("/<case_id>/assessments")
@blueprint.appends(to_existing=True)
@blueprint.response(201, AssessedSchema)
def assess(case_id: str) -> Answered:
    """Ask the law ahead of filing; the answer is put on record, whatever it is."""
    who = commanding(to_existing=True)
    answer, result, obstacles = services().office.cases.assess(who, case_id)
    return done(
        who,
        answer,
        case_id,
        result=fields_of(result, visible=True),
        obstacles=None if obstacles is None else [_obstacle(each) for each in obstacles],
    )


@blueprint.post("/<case_id>/submissions")
@blueprint.appends(to_existing=True)
@blueprint.arguments(DeclarationsBody)
@blueprint.response(201, AppendedSchema)
def submit(body: dict[str, bool], case_id: str) -> Answered:
    """File the case. A filing that is refused at the door is put on record."""
    who = commanding(to_existing=True)
    return done(who, services().office.cases.submit(who, case_id, _declared(body)), case_id)


@blueprint.post("/<case_id>/resubmissions")
@blueprint.appends(to_existing=True)
@blueprint.arguments(DeclarationsBody)
@blueprint.response(201, AppendedSchema)
def resubmit(body: dict[str, bool], case_id: str) -> Answered:
    """File a returned case again, before its due date; its next round begins."""
    who = commanding(to_existing=True)
    return done(who, services().office.cases.resubmit(who, case_id, _declared(body)), case_id)


@blueprint.post("/<case_id>/withdrawals")
@blueprint.appends(to_existing=True)
@blueprint.arguments(WithdrawalBody)
@blueprint.response(201, AppendedSchema)
def withdraw(body: dict[str, str | None], case_id: str) -> Answered:
    """Give the case up."""
    who = commanding(to_existing=True)
    return done(who, services().office.cases.withdraw(who, case_id, body["reason"]), case_id)


def done(who: Acting, answer: Answer, case_id: str, **members: Any) -> Answered:  # noqa: ANN401 -- of the body
    """The common answer, with the acts that are next on this case."""
    acts = offers_of(lambda: services().office.reading.read(who, case_id, Act.READ_CASE))
    return answered(answer, case_id, next_acts=acts, **members)


def _read(case_id: str, act: Act, query: dict[str, Any]) -> Seen:
    return services().office.reading.read(acting(), case_id, act, **query)


def _declared(body: dict[str, bool]) -> Declarations:
    return Declarations(
        truthful=body["declared_truthful"], unclassified=body["declared_unclassified"]
    )


def _obstacle(refusal: Refusal) -> dict[str, Any]:
    return {
        "code": refusal.code,
        "chinese": refusal.chinese,
        "english": refusal.english,
        "rules": [asdict(each) for each in refusal.citations],
        "pointer": refusal.pointer,
    }
