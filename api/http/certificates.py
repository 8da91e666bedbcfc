"""Public verification of certificates: ``/v1/certificates/{number}``."""

from __future__ import annotations

import re

from flask import request
from marshmallow import fields
from marshmallow.validate import OneOf

from api.conventions.admission import Admission
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.problems import Problem
from api.services import services
from projections import certificates
from projections.progress import wait_for

blueprint = Blueprint(
    "certificates", prefix="/v1/certificates", description="证书查验 / verifying certificates"
)

NONE = "none"
_SECONDS = 2.0
"""How long to wait for the view: what it does not know yet must not be answered."""
_NUMBER = re.compile(r"[0-9A-Z]{1,40}")


class CertificateSchema(AnswerSchema):
    """All that anybody may know by a number; ``issuer`` is in whose name it was issued."""

    status = fields.String(required=True, validate=OneOf(("valid", "revoked", NONE)))
    issuer = fields.String(required=True, allow_none=True)


@blueprint.get("/<number>")
@blueprint.admits(Admission.PUBLIC)
@blueprint.tells(429)
@blueprint.response(200, CertificateSchema)
def verify(number: str) -> dict[str, str | None]:
    """Learn whether a certificate is valid, revoked, or none of this record's.

    The answer is as of the record when it was asked, or there is none (503).
    Whoever asks for number after number that does not exist has to wait ever longer.
    """
    guess, now = request.remote_addr or "", services().clock.now()
    services().sign_in.throttle.count_guess(guess, now)
    status, issuer = NONE, None
    if _NUMBER.fullmatch(number):
        with services().views.connection() as connection:
            if not wait_for(connection, [certificates.view], services().record.head(), _SECONDS):
                raise Problem("NOT_YET_VISIBLE")
            status = certificates.verify(connection, number)
            found = certificates.with_number(connection, number)
            issuer = None if found is None else found.issuer
    if status != NONE:
        services().sign_in.throttle.forgive_guess(guess)
    return {"status": status, "issuer": issuer}
