"""Complaints and clues (投诉举报、线索): ``/v1/complaints``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.acts import complaint, handed_in_takeover
from api.acts.complaint import COMPLAINT
from api.acts.handed_in import HandedIn
from api.acts.thing import read as read_thing
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Statement, Text
from api.conventions.vocabulary import Word
from api.http.acting import Answered, acting, posts
from api.http.labels import COMPLAINT_OUTCOMES
from api.http.objections import ObjectionSchema, seen_document, shown, take_in
from api.http.public_files import handed_in, handing_in
from api.http.receipts import HandInBody, hands_in
from api.http.takeovers import MatterTakeoverBody
from api.http.uploads import gives_file
from api.http.word_fields import optional_stream
from api.services import services

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Response

    from api.acts.handed_in import Receipt
    from api.acts.thing import Seen
    from domain.objection.state import Complaint

blueprint = Blueprint("complaints", prefix="/v1/complaints", description="投诉举报 / complaints")


class ComplaintBody(HandInBody):
    """A complaint, about a case, an organisation or one of its people, or about neither by id."""

    case = optional_stream("case")
    organisation = optional_stream("organisation")


class ClueBody(Body):
    """What an inspector transfers, about a case or an organisation, or about neither by id."""

    statement = Statement()
    name = Text(load_default=None, longest=100)
    contact = Text(load_default=None, longest=200)
    case = optional_stream("case")
    organisation = optional_stream("organisation")


class ComplaintClosureBody(Body):
    """How a complaint ends that leads to nothing, and why."""

    outcome = Word(COMPLAINT_OUTCOMES)
    reason = Statement()


@hands_in(blueprint, "", ComplaintBody)
def complain(body: dict[str, Any], now: datetime) -> Receipt:
    """Complain, at any time and about anything that the record is about."""
    case, organisation = body.pop("case"), body.pop("organisation")
    with handing_in(body.pop("files"), now) as files:
        said = HandedIn(**body, files=files)
        return complaint.complain(services().office, said, organisation, case, now)


@blueprint.get("/<id('complaint'):complaint_id>")
@blueprint.response(200, ObjectionSchema)
def read(complaint_id: str) -> Answered:
    """Read a complaint or a clue, as one of those who deal with it."""
    return seen_document(*_seen(complaint_id))


@blueprint.get("/<complaint_id>/files/<file>/content")
@gives_file(blueprint)
def read_file(complaint_id: str, file: str) -> Response:
    """Read a file that came with it, in its own media type."""
    return handed_in(shown(*_seen(complaint_id)), file)


post = posts(blueprint, COMPLAINT)
post("/clues", complaint.TRANSFER_CLUE, ClueBody)
post("/<complaint_id>/closures", complaint.CLOSE, ComplaintClosureBody)
post("/<complaint_id>/takeovers", handed_in_takeover.TAKE_OVER, MatterTakeoverBody)
take_in(post, "/<complaint_id>")


def _seen(complaint_id: str) -> tuple[Seen[Complaint], bool]:
    seen = read_thing(services().office, acting(), COMPLAINT, complaint_id)
    return seen, complaint.masked(seen.desk, seen.state)
