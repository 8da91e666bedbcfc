"""Extensions of windows: ``/v1/organisations/{organisation_id}/window-extensions``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.acts.extending import Extending
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Day, Flag, Text
from api.conventions.versions import etag
from api.http.acting import (
    Answered,
    AppendedSchema,
    acting,
    acts_field,
    answered,
    commanding,
    deciding,
    offers_of,
)
from api.http.showing import words
from api.http.words import optional_stream
from api.services import services
from domain.organisation.state import stream_of

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from api.acts.extending import SeenExtensions

blueprint = Blueprint(
    "window-extensions", prefix="/v1/organisations", description="延期 / extensions of windows"
)


class WindowExtensionBody(Body):
    """Which window of which pack is open until when, and why.

    For one ``employer``, for one ``person``, or for everybody beneath the authority.
    """

    pack = Text(required=True, longest=100)
    window = Text(required=True, longest=100)
    until = Day(required=True)
    employer = optional_stream("organisation")
    person = optional_stream("person")
    reason = Text(required=True, longest=2000)


class ExtensionDecisionBody(Body):
    """Granted or not; ``document`` is the 文号 of the grant, where there is one."""

    grant = Flag(required=True)
    document = Text(longest=100, load_default=None, allow_none=True)


class WindowExtensionSchema(AnswerSchema):
    """An extension; ``granted`` is null while it is proposed.

    ``reason`` is null for who is not of the authority.
    """

    extension = fields.String(required=True)
    pack = fields.String(required=True)
    window = fields.String(required=True)
    until = fields.Date(required=True)
    employer = fields.String(required=True, allow_none=True)
    person = fields.String(required=True, allow_none=True)
    granted = fields.Boolean(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)


class WindowExtensionsSchema(AnswerSchema):
    """The extensions of an authority, the oldest first."""

    extensions = fields.List(fields.Nested(WindowExtensionSchema), required=True)
    acts = acts_field()


@blueprint.post("/<organisation_id>/window-extensions")
@blueprint.appends(to_existing=True)
@blueprint.arguments(WindowExtensionBody)
@blueprint.response(201, AppendedSchema)
def propose(body: dict[str, Any], organisation_id: str) -> Answered:
    """Propose to extend a window, as the handler of an authority that decides under the notice."""
    who = commanding(to_existing=True)
    office = services().office.window_extensions
    answer = office.propose(who, organisation_id, Extending(**body))
    return _told(answer, who, organisation_id)


@blueprint.post("/<organisation_id>/window-extensions/<extension_id>/decisions")
@blueprint.appends(to_existing=True)
@blueprint.arguments(ExtensionDecisionBody)
@blueprint.response(201, AppendedSchema)
def decide(body: dict[str, Any], organisation_id: str, extension_id: str) -> Answered:
    """Grant or decline an extension that was proposed, as the authority's leader."""
    who = deciding()
    office = services().office.window_extensions
    answer = office.decide(who, organisation_id, extension_id, **body)
    return _told(answer, who, organisation_id)


@blueprint.get("/<organisation_id>/window-extensions")
@blueprint.response(200, WindowExtensionsSchema)
def list_extensions(organisation_id: str) -> Answered:
    """List the extensions of an authority, those that wait for a decision among them."""
    seen = services().office.window_extensions.read(acting(), organisation_id)
    return _document(seen), 200, etag(seen.version)


def _told(answer: Answer, who: Acting, organisation: str) -> Answered:
    """What an act led to, with the acts that are next."""
    office = services().office.window_extensions
    acts = offers_of(lambda: office.read(who, organisation))
    return answered(answer, stream_of("windows", organisation), next_acts=acts)


def _document(seen: SeenExtensions) -> dict[str, Any]:
    return {
        "extensions": [
            {
                "extension": each.extension,
                "pack": each.pack,
                "window": each.window,
                "until": each.until,
                "employer": each.employer,
                "person": each.person,
                "granted": each.granted,
                "reason": words(each.reason, visible=True) if seen.words else None,
            }
            for each in seen.extensions
        ],
        "acts": [act.value for act in seen.offers],
    }
