"""Replacing one's password, or the one-time code of the first sign-in: ``/v1/password``."""

from __future__ import annotations

from api.conventions.admission import Admission
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Text
from api.services import services
from api.signin import authenticated
from api.signin.gate import whence

blueprint = Blueprint("password", prefix="/v1/password", description="密码 / one's password")


class PasswordBody(Body):
    """The secret in force, and the one to take its place."""

    current_password = Text(
        required=True, longest=200, metadata={"description": "Or the one-time code."}
    )
    new_password = Text(required=True, longest=200)


@blueprint.put("")
@blueprint.admits(Admission.UNREPLACED)
@blueprint.arguments(PasswordBody)
@blueprint.response(204)
def replace_password(body: dict[str, str]) -> None:
    """Replace the password or the one-time code.

    Every other session of the account ends.
    """
    services().sign_in.replace_secret(
        authenticated(),
        body["current_password"],
        body["new_password"],
        whence(),
        services().clock.now(),
    )
