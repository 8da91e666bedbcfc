"""Public verification of certificates: ``/v1/certificates/{number}``."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

from flask import Response, request
from marshmallow import fields
from marshmallow.validate import OneOf

from api.acts.certificate import Said, said_to_who_holds, said_to_who_knows
from api.conventions.admission import Admission
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Text
from api.http.masking import printed
from api.http.rows import members, shows
from api.pages.certificate import scan_page
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


@shows(Said, "name series specialty level label issued_on revoked_on voided_on")
class SaidSchema(AnswerSchema):
    """What the certificate says; ``name`` is masked, the last two null while it is valid."""


class CertificateSchema(AnswerSchema):
    """All that anybody may know by a number; ``issuer`` is in whose name it was issued."""

    status = fields.String(validate=OneOf(("valid", "revoked", "void", NONE)))
    issuer = fields.String(allow_none=True)


class HolderBody(Body):
    """The name of whose certificate it is said to be, however it is spelt."""

    name = Text(longest=200)


class VerifiedSchema(CertificateSchema):
    """What the certificate says, to whoever knows the name of its holder; all null to others.

    A name that is not its holder's is answered like a number that there is not.
    """

    says = fields.Nested(SaidSchema, allow_none=True)


@blueprint.post("/<number>/verifications")
@blueprint.admits(Admission.PUBLIC)
@blueprint.tells(429)
@blueprint.arguments(HolderBody)
@blueprint.response(200, VerifiedSchema)
def verify_with_name(body: dict[str, str], number: str) -> dict[str, Any]:
    """Learn what a certificate says, by its number and the name of its holder.

    As of the record when it was asked, or not at all (503). Whoever tries names and numbers that
    do not belong together has to wait ever longer.
    """
    found, guess = _guessed(number)
    says = None if found is None else said_to_who_knows(services().office, found, body["name"])
    if found is None or says is None:
        return {"status": NONE, "issuer": None, "says": None}
    services().sign_in.throttle.forgive_guess(guess)
    status = certificates.standing(found)
    return {"status": status, "issuer": found.issuer, "says": members(says)}


@blueprint.get("/<number>/scans/<check>")
@blueprint.admits(Admission.PUBLIC)
@blueprint.tells(429)
@blueprint.response(200, content_type="text/html")
def verify_by_code(number: str, check: str) -> Response:
    """Read what a certificate says, as its QR code leads there; 404 where the code is of none.

    Whoever tries codes has to wait ever longer.
    """
    found, guess = _guessed(number)
    says = None if found is None else said_to_who_holds(services().office, found, check)
    if found is None or says is None:
        return printed(scan_page("", "", None), HTTPStatus.NOT_FOUND)
    services().sign_in.throttle.forgive_guess(guess)
    return printed(scan_page(number, found.issuer, says))


@blueprint.get("/<number>")
@blueprint.admits(Admission.PUBLIC)
@blueprint.tells(429)
@blueprint.response(200, CertificateSchema)
def verify(number: str) -> dict[str, str | None]:
    """Learn whether a certificate is valid, revoked, void, or none of this record's.

    The answer is as of the record when it was asked, or there is none (503).
    Whoever asks for number after number that does not exist has to wait ever longer.
    """
    found, guess = _guessed(number)
    if found is None:
        return {"status": NONE, "issuer": None}
    services().sign_in.throttle.forgive_guess(guess)
    return {"status": certificates.standing(found), "issuer": found.issuer}


def _guessed(number: str) -> tuple[certificates.Certificate | None, str]:
    """The certificate with a number, and where the guess came from, which is counted."""
    guess = request.remote_addr or ""
    services().sign_in.throttle.count_guess(guess, services().clock.now())
    return _found(number), guess


def _found(number: str) -> certificates.Certificate | None:
    """The certificate with a number, as of the record now. Raises ``NOT_YET_VISIBLE``."""
    if not _NUMBER.fullmatch(number):
        return None
    with services().views.connection() as connection:
        if not wait_for(connection, [certificates.view], services().record.head(), _SECONDS):
            raise Problem("NOT_YET_VISIBLE")
        return certificates.with_number(connection, number)
