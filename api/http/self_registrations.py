"""Registering oneself (自助注册): ``/v1/registrations``, at the word of a trusted issuer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marshmallow import fields

from api.acts.self_registration import Registered, register
from api.conventions.admission import Admission
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Text
from api.http.rows import shows
from api.services import services

if TYPE_CHECKING:
    from api.http.acting import Answered

blueprint = Blueprint(
    "registrations", prefix="/v1/registrations", description="自助注册 / registering oneself"
)


class TokenBody(Body):
    """The issuer's token, which says who somebody is; it is kept nowhere."""

    token = Text(longest=4096)


@shows(Registered, "account")
class RegisteredSchema(AnswerSchema):
    """Whose account it is, says the token; by it they are signed in from here on."""

    links = fields.Dict(keys=fields.String(), values=fields.String())


@blueprint.post("")
@blueprint.admits(Admission.PUBLIC)
@blueprint.tells(401, 403, 409)
@blueprint.arguments(TokenBody)
@blueprint.response(201, RegisteredSchema)
def register_oneself(body: dict[str, str]) -> Answered:
    """Register oneself as an applicant, by a token of the issuer that says name and document.

    Then ask an employer to be taken in, at `/v1/moves`. Sent again, it tells the same account.
    """
    now = services().clock.now()
    registered = register(services().office, body["token"], now)
    answer = {"account": registered.account, "links": {"moves": "/v1/moves"}}
    return answer, 201 if registered.first else 200, {}
