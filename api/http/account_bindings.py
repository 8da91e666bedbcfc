"""Who signs in at the configured issuer: beneath ``/v1/accounts/{id}``."""

from __future__ import annotations

from api.acts import account_binding
from api.acts.account import ACCOUNT
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Text
from api.http.accounts import ReasonForAccountBody
from api.http.acting import posts

blueprint = Blueprint(
    "account-bindings",
    prefix="/v1/accounts/<account_id>",
    description="账号与统一身份认证的关联 / accounts and identities of an issuer",
)


class BindingBody(Body):
    """The subject, as the issuer's tokens name it in ``sub``; it is kept out of the record."""

    subject = Text(required=True, longest=255)


post = posts(blueprint, ACCOUNT)
post("/bindings", account_binding.BIND, BindingBody, account_binding.bind_and_end)
post(
    "/binding-releases",
    account_binding.RELEASE,
    ReasonForAccountBody,
    account_binding.release_and_end,
)
