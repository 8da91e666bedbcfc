"""Objections and complaints: followed by receipt, dealt with by duty and integrity officers."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flask import request
from marshmallow import fields
from marshmallow.validate import Length

from api.access import Act
from api.application import folding
from api.application.objecting import HandedIn
from api.application.scoping import scope_for
from api.application.taking_up import takes_unaddressed
from api.conventions.admission import Admission
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Text
from api.conventions.paging import PageQuery, link_to_next, place_of
from api.conventions.versions import etag
from api.http.acting import Answered, AppendedSchema, acting, answered, commanding
from api.http.case_history import EventSchema, event_document
from api.http.publicities import HandInBody, ReceiptSchema
from api.http.showing import words
from api.http.words import optional_stream
from api.problems import Problem
from api.services import services
from domain.objection.events import (
    Disposition,
    ObjectionDismissed,
    ObjectionNotAdmitted,
    ObjectionUpheld,
)
from projections import objections

if TYPE_CHECKING:
    from datetime import date

    from audit.record import History
    from projections.objections import Objection

blueprint = Blueprint("objections", prefix="/v1/objections", description="异议 / objections")
complaints = Blueprint("complaints", prefix="/v1/complaints", description="投诉举报 / complaints")
_LONGEST = 4000


class ReceiptBody(Body):
    """The receipt that was told when the thing was handed in."""

    receipt = Text(required=True, longest=60)


class ObjectionWithdrawalBody(ReceiptBody):
    """The receipt, and why it is withdrawn; may be left out."""

    reason = Text(load_default=None, allow_none=True, longest=_LONGEST)


class FollowedSchema(AnswerSchema):
    """Where the thing stands, as whoever handed it in may know."""

    kind = fields.String(required=True)
    standing = fields.String(required=True)
    answer = fields.String(required=True, allow_none=True)


class ObjectionRowSchema(AnswerSchema):
    """One in a list; who objected and what was said is not here."""

    stream = fields.String(required=True)
    kind = fields.String(required=True)
    case = fields.String(required=True, allow_none=True)
    phase = fields.String(required=True)
    real_name = fields.Boolean(required=True)
    raised_at = fields.AwareDateTime(required=True)
    screen_by = fields.Date(required=True, allow_none=True)
    overdue = fields.Boolean(required=True)
    version = fields.Integer(required=True)


class ObjectionsSchema(AnswerSchema):
    """A page of objections and complaints, the newest first."""

    objections = fields.List(fields.Nested(ObjectionRowSchema), required=True)


class ObjectionSchema(AnswerSchema):
    """An objection or complaint with its events, for those who deal with it."""

    stream = fields.String(required=True)
    version = fields.Integer(required=True)
    events = fields.List(fields.Nested(EventSchema), required=True)


class ScreeningBody(Body):
    """Why it is not admitted; null admits it."""

    reason = Text(required=True, allow_none=True, longest=_LONGEST)


class ObjectionFindingsBody(Body):
    """What the first officer found, on which evidence."""

    findings = Text(required=True, longest=_LONGEST)
    evidence = fields.List(Text(longest=80), load_default=list, validate=Length(0, 100))


class SettlementBody(Body):
    """Upheld with a disposition, or dismissed (null); ``summary`` is told to the applicant."""

    disposition = fields.Enum(Disposition, by_value=True, required=True, allow_none=True)
    decision = Text(required=True, longest=_LONGEST)
    summary = Text(required=True, longest=_LONGEST)


class ComplaintBody(HandInBody):
    """A complaint, about a case or an organisation, or about neither by id."""

    case = optional_stream("case")
    organisation = optional_stream("organisation")


class ComplaintClosureBody(Body):
    """Why a complaint leads to nothing."""

    reason = Text(required=True, longest=_LONGEST)


@blueprint.post("/follow")
@blueprint.admits(Admission.PUBLIC)
@blueprint.arguments(ReceiptBody)
@blueprint.response(200, FollowedSchema)
def follow(body: dict[str, str]) -> dict[str, Any]:
    """Follow what one handed in, by its receipt."""
    return _followed(services().record.load(_stream_of(body["receipt"])))


@blueprint.post("/withdrawals")
@blueprint.admits(Admission.PUBLIC)
@blueprint.arguments(ObjectionWithdrawalBody)
@blueprint.response(200, FollowedSchema)
def withdraw(body: dict[str, Any]) -> dict[str, Any]:
    """Withdraw an objection that one raised, by its receipt."""
    stream = _stream_of(body["receipt"])
    services().office.objecting.withdraw(stream, body["reason"], services().clock.now())
    return _followed(services().record.load(stream))


@blueprint.get("")
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, ObjectionsSchema)
def list_objections(query: dict[str, Any]) -> tuple[dict[str, Any], int, dict[str, str]]:
    """List the objections and complaints that the caller's organisation deals with."""
    limit, place = query["limit"], place_of(query["cursor"])
    deliberation = services().office.desk.deliberate()
    scope = scope_for(Act.HANDLE_OBJECTION, acting(), deliberation)
    with services().views.connection() as connection:
        found = objections.of_organisations(
            connection,
            sorted(scope.organisations),
            unaddressed=any(takes_unaddressed(deliberation, each) for each in scope.organisations),
            before=None if place is None else str(place[0]),
            limit=limit + 1,
        )
    page = found[:limit]
    following = (page[-1].stream,) if len(found) > limit else None
    today = acting().today
    rows = [{**asdict(each), "overdue": _overdue(each, today)} for each in page]
    return {"objections": rows}, 200, link_to_next(following)


@blueprint.get("/<id('objection'):objection_id>")
@blueprint.response(200, ObjectionSchema)
def read(objection_id: str) -> Answered:
    """Read an objection or complaint, as one of those who deal with it."""
    history = services().office.objecting.read(acting(), objection_id)
    body = {
        "stream": objection_id,
        "version": history.version,
        "events": [event_document(each, visible=True) for each in history.recorded],
    }
    return body, 200, etag(history.version)


@blueprint.post("/<objection_id>/screenings")
@blueprint.appends(to_existing=True)
@blueprint.arguments(ScreeningBody)
@blueprint.response(201, AppendedSchema)
def screen(body: dict[str, str | None], objection_id: str) -> Answered:
    """Admit an objection, or don't, with a reason."""
    who = commanding(to_existing=True)
    answer = services().office.objecting.screen(who, objection_id, body["reason"])
    return answered(answer, objection_id)


@blueprint.post("/<objection_id>/investigations")
@blueprint.appends(to_existing=True)
@blueprint.arguments(ObjectionFindingsBody)
@blueprint.response(201, AppendedSchema)
def investigate(body: dict[str, Any], objection_id: str) -> Answered:
    """Report, as the first officer, what was found."""
    who = commanding(to_existing=True)
    answer = services().office.objecting.investigate(
        who, objection_id, body["findings"], tuple(body["evidence"])
    )
    return answered(answer, objection_id)


@blueprint.post("/<objection_id>/settlements")
@blueprint.appends(to_existing=True)
@blueprint.arguments(SettlementBody)
@blueprint.response(201, AppendedSchema)
def settle(body: dict[str, Any], objection_id: str) -> Answered:
    """Uphold or dismiss it, as the second officer."""
    who = commanding(to_existing=True)
    answer = services().office.objecting.settle(who, objection_id, **body)
    return answered(answer, objection_id)


@complaints.post("")
@complaints.admits(Admission.PUBLIC)
@complaints.arguments(ComplaintBody)
@complaints.response(201, ReceiptSchema)
def complain(body: dict[str, Any]) -> dict[str, str]:
    """Complain, at any time and about anything that the record is about."""
    now = services().clock.now()
    services().sign_in.throttle.count_guess(request.remote_addr or "", now)
    case, organisation = body.pop("case"), body.pop("organisation")
    raised = services().office.objecting.complain(HandedIn(**body), organisation, case, now)
    return {"receipt": services().receipts.issue(raised.stream, now), "kind": raised.kind}


@complaints.post("/clues")
@complaints.appends(to_existing=False)
@complaints.arguments(ComplaintBody)
@complaints.response(201, AppendedSchema)
def transfer_clue(body: dict[str, Any]) -> Answered:
    """Transfer a clue, as an inspector, to whoever deals with complaints."""
    who = commanding(to_existing=False)
    case, organisation = body.pop("case"), body.pop("organisation")
    answer = services().office.objecting.transfer_clue(who, HandedIn(**body), organisation, case)
    return answered(answer, answer.stream_of("complaint:received:1"))


@complaints.post("/<complaint_id>/closures")
@complaints.appends(to_existing=True)
@complaints.arguments(ComplaintClosureBody)
@complaints.response(201, AppendedSchema)
def close(body: dict[str, str], complaint_id: str) -> Answered:
    """Close a complaint that leads to nothing, with a reason."""
    who = commanding(to_existing=True)
    answer = services().office.objecting.close_complaint(who, complaint_id, body["reason"])
    return answered(answer, complaint_id)


def _overdue(row: Objection, today: date) -> bool:
    """Whether nobody has screened it within the working day that there is for it."""
    return row.phase == "raised" and row.screen_by is not None and today > row.screen_by


def _stream_of(receipt: str) -> str:
    guess, now = request.remote_addr or "", services().clock.now()
    services().sign_in.throttle.count_guess(guess, now)
    stream = services().receipts.stream_of(receipt)
    if stream is None:
        raise Problem("NOT_FOUND")
    services().sign_in.throttle.forgive_guess(guess)
    return stream


def _followed(history: History) -> dict[str, Any]:
    if history.stream.startswith("complaint-"):
        complaint = folding.complaint(history)
        ending = complaint.ending if complaint is not None else None
        return {"kind": "complaint", "standing": ending or "received", "answer": None}
    objection = folding.objection(history)
    if objection is None:
        raise Problem("NOT_FOUND")
    standing = objection.ending or ("admitted" if objection.admitted else "received")
    return {"kind": "objection", "standing": standing, "answer": _answer(history)}


def _answer(history: History) -> str | None:
    """What the objector is told in the end: the decision, in the authority's own words."""
    for one in history.recorded:
        if isinstance(one.event, ObjectionNotAdmitted):
            return words(one.event.reason, visible=True)
        if isinstance(one.event, (ObjectionUpheld, ObjectionDismissed)):
            return words(one.event.decision, visible=True)
    return None
