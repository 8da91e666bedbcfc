"""Who signs in at the configured issuer: beneath ``/v1/accounts/{id}``."""

from __future__ import annotations

from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Text
from api.http.accounts import ReasonForAccountBody
from api.http.acting import Answered, AppendedSchema, acting, answered, commanding, offers_of
from api.services import services

blueprint = Blueprint(
    "account-bindings",
    prefix="/v1/accounts/<account_id>",
    description="账号与统一身份认证的关联 / accounts and identities of an issuer",
)


class BindingBody(Body):
    """The subject, as the issuer's tokens name it in ``sub``; it is kept out of the record."""

    subject = Text(required=True, longest=255)


@blueprint.post("/bindings")
@blueprint.appends(to_existing=True)
@blueprint.arguments(BindingBody)
@blueprint.response(201, AppendedSchema)
def bind(body: dict[str, str], account_id: str) -> Answered:
    """Bind an account to a subject of the issuer, in the place of an earlier one."""
    answer = services().office.binding.bind(
        commanding(to_existing=True), account_id, body["subject"]
    )
    acts = offers_of(lambda: services().office.registers.account(acting(), account_id))
    return answered(answer, account_id, next_acts=acts)


@blueprint.post("/binding-releases")
@blueprint.appends(to_existing=True)
@blueprint.arguments(ReasonForAccountBody)
@blueprint.response(201, AppendedSchema)
def release(body: dict[str, str], account_id: str) -> Answered:
    """End the binding of an account; its sessions end."""
    answer = services().office.binding.release(
        commanding(to_existing=True), account_id, body["reason"]
    )
    acts = offers_of(lambda: services().office.registers.account(acting(), account_id))
    return answered(answer, account_id, next_acts=acts)
