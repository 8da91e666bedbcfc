"""Who signs in at the configured issuer: ``/v1/accounts/{id}/binding``."""

from __future__ import annotations

from marshmallow import fields

from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Text
from api.http.acting import acting
from api.services import services

blueprint = Blueprint(
    "account-bindings",
    prefix="/v1/accounts/<account_id>/binding",
    description="账号与统一身份认证的关联 / accounts and identities of an issuer",
)


class BindingBody(Body):
    """The subject, as the issuer's tokens name it in ``sub``."""

    subject = Text(required=True, longest=255)


class BindingSchema(AnswerSchema):
    """An account that acts under an identity of the issuer. The subject is shown to nobody."""

    account = fields.String(required=True)
    issuer = fields.String(required=True)


@blueprint.put("")
@blueprint.refuses(409, 422)
@blueprint.arguments(BindingBody)
@blueprint.response(200, BindingSchema)
def bind(body: dict[str, str], account_id: str) -> dict[str, str]:
    """Bind an account to a subject of the issuer. Nothing is recorded; its sessions end."""
    issuer = services().office.binding.bind(acting(), account_id, body["subject"])
    return {"account": account_id, "issuer": issuer}


@blueprint.delete("")
@blueprint.refuses(409, 422)
@blueprint.response(204)
def release(account_id: str) -> None:
    """End the binding of an account; its sessions end."""
    services().office.binding.release(acting(), account_id)
