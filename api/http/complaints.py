"""Complaints and clues (投诉举报、线索): ``/v1/complaints``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, request

from api.acts.handed_in import HandedIn
from api.conventions.admission import Admission
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Text
from api.http import forgetting
from api.http.acting import Answered, AppendedSchema, acting, answered, commanding
from api.http.forgetting import WordsErasureOrderBody, WordsErasureProposalBody
from api.http.objections import ObjectionSchema, seen_document
from api.http.public_files import handed_in, handing_in
from api.http.publicities import HandInBody, ReceiptSchema
from api.http.words import optional_stream
from api.services import services

if TYPE_CHECKING:
    from api.acts.settling import Seen

blueprint = Blueprint("complaints", prefix="/v1/complaints", description="投诉举报 / complaints")
_LONGEST = 4000


class ComplaintBody(HandInBody):
    """A complaint, about a case, an organisation or one of its people, or about neither by id."""

    case = optional_stream("case")
    organisation = optional_stream("organisation")


class ClueBody(Body):
    """What an inspector transfers, about a case or an organisation, or about neither by id."""

    statement = Text(required=True, longest=_LONGEST)
    name = Text(load_default=None, allow_none=True, longest=100)
    contact = Text(load_default=None, allow_none=True, longest=200)
    case = optional_stream("case")
    organisation = optional_stream("organisation")


class ComplaintClosureBody(Body):
    """Why a complaint leads to nothing."""

    reason = Text(required=True, longest=_LONGEST)


@blueprint.post("")
@blueprint.admits(Admission.PUBLIC)
@blueprint.arguments(ComplaintBody)
@blueprint.response(201, ReceiptSchema)
def complain(body: dict[str, Any]) -> dict[str, str]:
    """Complain, at any time and about anything that the record is about."""
    now = services().clock.now()
    services().sign_in.throttle.count_guess(request.remote_addr or "", now)
    case, organisation = body.pop("case"), body.pop("organisation")
    with handing_in(body.pop("files"), now) as files:
        said = HandedIn(**body, files=files)
        raised = services().office.complaining.complain(said, organisation, case, now)
    return {"receipt": services().receipts.issue(raised.stream, now), "kind": raised.kind}


@blueprint.post("/clues")
@blueprint.appends(to_existing=False)
@blueprint.arguments(ClueBody)
@blueprint.response(201, AppendedSchema)
def transfer_clue(body: dict[str, Any]) -> Answered:
    """Transfer a clue, as an inspector, to whoever deals with complaints."""
    who = commanding(to_existing=False)
    case, organisation = body.pop("case"), body.pop("organisation")
    answer = services().office.complaining.transfer_clue(who, HandedIn(**body), organisation, case)
    return answered(answer, answer.stream_of("complaint:received:1"))


@blueprint.get("/<id('complaint'):complaint_id>")
@blueprint.response(200, ObjectionSchema)
def read(complaint_id: str) -> Answered:
    """Read a complaint or a clue, as one of those who deal with it."""
    return seen_document(_seen(complaint_id))


@blueprint.get("/<complaint_id>/files/<file>/content")
@blueprint.response(200, content_type="application/octet-stream")
def read_file(complaint_id: str, file: str) -> Response:
    """Read a file that came with it, in its own media type."""
    return handed_in(_seen(complaint_id).shown(), file)


@blueprint.post("/<complaint_id>/closures")
@blueprint.appends(to_existing=True)
@blueprint.arguments(ComplaintClosureBody)
@blueprint.response(201, AppendedSchema)
def close(body: dict[str, str], complaint_id: str) -> Answered:
    """Close a complaint that leads to nothing, with a reason."""
    who = commanding(to_existing=True)
    answer = services().office.complaining.close(who, complaint_id, body["reason"])
    return answered(answer, complaint_id)


@blueprint.post("/<complaint_id>/erasure-proposals")
@blueprint.appends(to_existing=True)
@blueprint.arguments(WordsErasureProposalBody)
@blueprint.response(201, AppendedSchema)
def propose_erasure(body: dict[str, str], complaint_id: str) -> Answered:
    """Propose, as the integrity handler, to erase what was handed in."""
    return forgetting.propose(complaint_id, body)


@blueprint.post("/<complaint_id>/erasure-orders")
@blueprint.appends(to_existing=True)
@blueprint.arguments(WordsErasureOrderBody)
@blueprint.response(201, AppendedSchema)
def order_erasure(body: dict[str, str], complaint_id: str) -> Answered:
    """Order it, as the integrity leader: from this answer on nobody is shown the words.

    Their keys are destroyed by then, or once a backup or a rotation under way has ended.
    """
    return forgetting.order(complaint_id, body)


def _seen(complaint_id: str) -> Seen:
    return services().office.complaining.read(acting(), complaint_id)
