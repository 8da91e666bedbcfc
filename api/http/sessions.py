"""Signing in and out: ``/v1/sessions``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from marshmallow import fields

from api.conventions.admission import Admission
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Always, AnswerSchema, Body, Text
from api.conventions.paging import PageQuery
from api.http.lists import Query, front_door, lists
from api.http.rows import members, shows
from api.problems import Problem
from api.services import services
from api.signin import authenticated
from api.signin.directory import AccountFacts
from api.signin.gate import whence
from api.signin.sessions import OwnSession

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from api.acts.acting import Acting
    from api.signin.sign_in import SignedIn
    from projections.listing import Listing

blueprint = Blueprint(
    "sessions", prefix="/v1/sessions", description="登录与会话 / signing in, and its sessions"
)


class SignInBody(Body):
    """Who signs in."""

    login = Text(longest=200)
    password = Text(longest=200)


class RefreshBody(Body):
    """The token that came with the last answer; it is good once."""

    refresh_token = Text(longest=200)


class ConfirmationBody(Body):
    """The password of whoever is signed in."""

    password = Text(longest=200)


@shows(AccountFacts, "account person organisation roles")
class CallerSchema(AnswerSchema):
    """Who is signed in."""


class SignedInSchema(AnswerSchema):
    """The tokens of a session."""

    session = fields.String()
    access_token = fields.String()
    token_type = Always("Bearer")
    expires_in = fields.Integer(metadata={"description": "Seconds."})
    refresh_token = fields.String()
    password_change_required = fields.Boolean()
    fresh_until = fields.AwareDateTime()
    caller = fields.Nested(CallerSchema)


@shows(OwnSession, "session method browser system began_at ends_at")
class SessionSchema(AnswerSchema):
    """A session that has not ended; ``device`` is called as in ``/v1/account/sign-ins``."""

    device = fields.String(allow_none=True)
    current = fields.Boolean()


class ConfirmationSchema(AnswerSchema):
    """Until when the sign-in counts as fresh."""

    fresh_until = fields.AwareDateTime()


class SignInFields(TypedDict):
    """``SignInBody``, read."""

    login: str
    password: str


@blueprint.post("")
@blueprint.admits(Admission.PUBLIC)
@blueprint.tells(401)
@blueprint.arguments(SignInBody)
@blueprint.response(201, SignedInSchema)
def sign_in(body: SignInFields) -> dict[str, object]:
    """Sign in with login and password, or with login and one-time code."""
    now = services().clock.now()
    return _tokens(services().sign_in.sign_in(body["login"], body["password"], whence(), now))


@blueprint.post("/refresh")
@blueprint.admits(Admission.PUBLIC)
@blueprint.tells(401)
@blueprint.arguments(RefreshBody)
@blueprint.response(200, SignedInSchema)
def refresh(body: dict[str, str]) -> dict[str, object]:
    """Get new tokens for a session under way.

    A refresh token that comes a second time ends its session.
    """
    now = services().clock.now()
    return _tokens(services().sign_in.refresh(body["refresh_token"], now))


def _shown(who: Acting, page: Sequence[OwnSession]) -> list[dict[str, Any]]:
    actor, door = who.actor, services().sign_in
    return [
        members(
            each,
            device=door.device_name(actor.account, each.device),
            current=each.session == actor.sign_in,
        )
        for each in page
    ]


@lists(
    blueprint,
    "Sessions",
    PageQuery,
    count=False,
    reading=front_door,
    shown=_shown,
    sessions=SessionSchema,
)
def list_sessions(who: Acting, _query: Query) -> Listing[OwnSession]:
    """List one's own sessions."""
    return services().sign_in.sessions.of_account(who.actor.account, who.at)


@blueprint.delete("/current")
@blueprint.admits(Admission.UNREPLACED)
@blueprint.response(204)
def sign_out() -> None:
    """Sign out."""
    _end(authenticated().session, "signed out")


@blueprint.delete("/<uuid:session_id>")
@blueprint.response(204)
def end_session(session_id: UUID) -> None:
    """End one of one's own sessions."""
    _end(str(session_id), "ended from another session")


@blueprint.post("/current/confirmations")
@blueprint.arguments(ConfirmationBody)
@blueprint.response(201, ConfirmationSchema)
def confirm(body: dict[str, str]) -> dict[str, object]:
    """Give the password again, as a decision asks for."""
    now = services().clock.now()
    until = services().sign_in.confirm(authenticated(), body["password"], whence(), now)
    return {"fresh_until": until}


def _end(session: str, because: str) -> None:
    now = services().clock.now()
    if not services().sign_in.sessions.end(session, authenticated().account, because, now):
        raise Problem("NOT_FOUND")


def _tokens(signed_in: SignedIn) -> dict[str, object]:
    caller = signed_in.caller
    return {
        "session": caller.session,
        "access_token": signed_in.access_token,
        "expires_in": services().settings.access_seconds,
        "refresh_token": signed_in.refresh_token,
        "password_change_required": caller.must_replace,
        "fresh_until": caller.fresh_until,
        "caller": members(caller.facts, roles=sorted(caller.roles)),
    }


password = Blueprint("password", prefix="/v1/password", description="密码 / one's password")


class PasswordBody(Body):
    """The secret in force, and the one to take its place."""

    current_password = Text(longest=200, metadata={"description": "Or the one-time code."})
    new_password = Text(longest=200)


@password.put("")
@password.admits(Admission.UNREPLACED)
@password.arguments(PasswordBody)
@password.response(204)
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
