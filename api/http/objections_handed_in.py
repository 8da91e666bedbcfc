"""What whoever holds the receipt of an objection or a complaint may do: ``/v1/objections``.

They follow it, add files, withdraw, ask for erasure. Who deals with it does so in
``api.http.objections`` and ``api.http.complaints``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Length

from api.acts import folding
from api.acts import handed_in as public_objection
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.http.masking import words
from api.http.public_files import HandedInFileBody, handing_in
from api.http.receipts import ReceiptBody, ReceiptWithReasonBody, by_receipt
from api.problems import Problem
from api.services import services
from domain.objection.events import ObjectionDismissed, ObjectionNotAdmitted, ObjectionUpheld
from domain.objection.files import MOST_FILES

if TYPE_CHECKING:
    from datetime import datetime

    from api.office import Office
    from audit.record import History

blueprint = Blueprint("receipts", prefix="/v1/objections", description="回执 / by receipt")


class FurtherFilesBody(ReceiptBody):
    """The receipt, and files that were uploaded since."""

    files = fields.List(fields.Nested(HandedInFileBody), validate=Length(1, MOST_FILES))


class FollowedSchema(AnswerSchema):
    """Where the thing stands, as whoever handed it in may know."""

    kind = fields.String()
    standing = fields.String()
    files = fields.Integer()
    answer = fields.String(allow_none=True)


def follow(_office: Office, _stream: str, _at: datetime) -> None:
    """Follow what one handed in, by its receipt."""


def add_files(office: Office, stream: str, at: datetime, *, files: list[dict[str, Any]]) -> None:
    """Add files to what one handed in, by its receipt, while it is open."""
    with handing_in(files, at) as handed_in:
        public_objection.add_files(office, stream, at, files=handed_in)


def _followed(stream: str) -> dict[str, Any]:
    history = services().record.load(stream)
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


post = by_receipt(blueprint, FollowedSchema, _followed)
post("/follow", follow)
post("/files", add_files, FurtherFilesBody)
post("/withdrawals", public_objection.withdraw, ReceiptWithReasonBody)
post("/erasure-requests", public_objection.ask_for_erasure, ReceiptWithReasonBody)
