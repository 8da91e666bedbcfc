"""What whoever holds a receipt may do: follow, add files, withdraw, ask for erasure.

A receipt travels in a body and never in an address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request
from marshmallow import fields
from marshmallow.validate import Length

from api.acts import folding
from api.acts import handed_in as public_objection
from api.conventions.admission import Admission
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Text
from api.http.masking import words
from api.http.public_files import HandedInFileBody, handing_in
from api.problems import Problem
from api.services import services
from domain.objection.events import ObjectionDismissed, ObjectionNotAdmitted, ObjectionUpheld
from domain.objection.files import MOST_FILES

if TYPE_CHECKING:
    from audit.record import History

blueprint = Blueprint("receipts", prefix="/v1/objections", description="回执 / by receipt")
_LONGEST = 4000


class ReceiptBody(Body):
    """The receipt that was told when the thing was handed in."""

    receipt = Text(longest=60)


class ReceiptWithReasonBody(ReceiptBody):
    """The receipt, and why; may be left out."""

    reason = Text(load_default=None, longest=_LONGEST)


class FurtherFilesBody(ReceiptBody):
    """The receipt, and files that were uploaded since."""

    files = fields.List(fields.Nested(HandedInFileBody), validate=Length(1, MOST_FILES))


class FollowedSchema(AnswerSchema):
    """Where the thing stands, as whoever handed it in may know."""

    kind = fields.String()
    standing = fields.String()
    files = fields.Integer()
    answer = fields.String(allow_none=True)


@blueprint.post("/follow")
@blueprint.admits(Admission.PUBLIC)
@blueprint.tells(404)
@blueprint.arguments(ReceiptBody)
@blueprint.response(200, FollowedSchema)
def follow(body: dict[str, str]) -> dict[str, Any]:
    """Follow what one handed in, by its receipt."""
    return _followed(services().record.load(stream_of(body["receipt"])))


@blueprint.post("/files")
@blueprint.admits(Admission.PUBLIC)
@blueprint.tells(404, 409)
@blueprint.arguments(FurtherFilesBody)
@blueprint.response(200, FollowedSchema)
def add_files(body: dict[str, Any]) -> dict[str, Any]:
    """Add files to what one handed in, by its receipt, while it is open."""
    stream, now = stream_of(body["receipt"]), services().clock.now()
    with handing_in(body["files"], now) as files:
        public_objection.add_files(services().office, stream, files, now)
    return _followed(services().record.load(stream))


@blueprint.post("/withdrawals")
@blueprint.admits(Admission.PUBLIC)
@blueprint.tells(404, 409)
@blueprint.arguments(ReceiptWithReasonBody)
@blueprint.response(200, FollowedSchema)
def withdraw(body: dict[str, Any]) -> dict[str, Any]:
    """Withdraw an objection that one raised, by its receipt."""
    stream = stream_of(body["receipt"])
    public_objection.withdraw(services().office, stream, body["reason"], services().clock.now())
    return _followed(services().record.load(stream))


@blueprint.post("/erasure-requests")
@blueprint.admits(Admission.PUBLIC)
@blueprint.tells(404, 409)
@blueprint.arguments(ReceiptWithReasonBody)
@blueprint.response(200, FollowedSchema)
def ask_for_erasure(body: dict[str, Any]) -> dict[str, Any]:
    """Ask, by the receipt, that what one handed in be erased; two officers decide on it."""
    stream = stream_of(body["receipt"])
    office, now = services().office, services().clock.now()
    public_objection.ask_for_erasure(office, stream, body["reason"], now)
    return _followed(services().record.load(stream))


def stream_of(receipt: str) -> str:
    """The stream that a receipt is for. Raises the problem ``NOT_FOUND``; who guesses waits."""
    guess, now = request.remote_addr or "", services().clock.now()
    services().sign_in.throttle.count_guess(guess, now)
    stream = services().receipts.stream_of(receipt)
    if stream is None:
        raise Problem("NOT_FOUND")
    services().sign_in.throttle.forgive_guess(guess)
    return stream


def _followed(history: History) -> dict[str, Any]:
    complaint, objection = folding.complaint(history), folding.objection(history)
    kept = folding.kept(history)
    if complaint is not None:
        kind, standing = "complaint", complaint.ending or "received"
    elif objection is None:
        raise Problem("NOT_FOUND")
    else:
        kind = "objection"
        standing = objection.ending or ("admitted" if objection.admitted else "received")
    assert kept is not None
    return {
        "kind": kind,
        "standing": standing,
        "files": len(kept.files),
        "answer": _answer(history),
    }


def _answer(history: History) -> str | None:
    """What the objector is told in the end: the decision, in the authority's own words."""
    for event in history.events:
        if isinstance(event, ObjectionNotAdmitted):
            return words(event.reason, visible=True)
        if isinstance(event, (ObjectionUpheld, ObjectionDismissed)):
            return words(event.answer, visible=True)
    return None
